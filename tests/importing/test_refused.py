"""Files that are no text of the act, and what is said of each."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pypdf
import pytest
from docx import Document

from kb.errors import InputError, KbError
from kb.importing.inspect import Inspection
from kb.importing.metadata import Given
from kb.importing.read_file import LARGEST, read_bytes, source_text

EDITIONS = Path(__file__).parents[1] / "editions"
SECOND = (EDITIONS / "second.kk.txt").read_text(encoding="utf-8")
BLOCK = '<html><body><div class="container_gamma text">{}</div></body></html>'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def archive(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def word(body: str) -> bytes:
    xml = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return archive({"word/document.xml": xml.encode()})


def picture_pdf() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def encrypted_pdf() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


ENTITY = f"""<!DOCTYPE w [<!ENTITY a "1. Алым.">]><w:document xmlns:w="{W}">
<w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>""".encode()
DEEP = word("<w:tbl><w:tr><w:tc>" * 210 + "</w:tc></w:tr></w:tbl>" * 210)
FILES = [
    pytest.param(b" \n\n", "no text in it", id="white space"),
    pytest.param(bytes(range(256)) * 40, "not a text|unknown", id="bytes of no format"),
    pytest.param("§ ± ¶ · ".encode("latin-1") * 40, "unknown", id="another encoding"),
    pytest.param(b"\xff\xfeA", "damaged", id="half a letter of UTF-16"),
    pytest.param(b"\xd0\xcf\x11\xe0" + bytes(600), "old Word", id="a .doc"),
    pytest.param(b"{\\rtf1 text}", "RTF", id="rich text"),
    pytest.param(b"\x89PNG\r\n", "picture", id="a picture"),
    pytest.param(b"MIME-Version: 1.0\n", "web archive", id="a web archive"),
    pytest.param(archive({"a.txt": b"1"}), "no Word document", id="an archive of other things"),
    pytest.param(archive({"word/document.xml": b"0" * 30_000_000}), "not opened", id="a zip bomb"),
    pytest.param(
        archive({f"word/{i}.xml": b"0" * 1_000_000 for i in range(90)}), "not opened",
        id="a zip bomb of many files",
    ),
    pytest.param(archive({"word/document.xml": b"<w:document"}), "damaged", id="broken XML"),
    pytest.param(archive({"word/document.xml": ENTITY}), "entities", id="entities in a document"),
    pytest.param(word("<w:p/>")[:-30], "damaged", id="a cut archive"),
    pytest.param(
        word("<w:p><w:ins><w:r><w:t>1. Алым.</w:t></w:r></w:ins></w:p>"), "tracked changes",
        id="tracked changes",
    ),
    pytest.param(DEEP, "damaged|nested", id="deep tables"),
    pytest.param(b"%PDF-1.7\n" + bytes(5000), "PDF is damaged", id="no PDF after its mark"),
    pytest.param(picture_pdf(), "no text layer", id="a PDF of pictures"),
    pytest.param(encrypted_pdf(), "encrypted", id="an encrypted PDF"),
    pytest.param(BLOCK.format("<p>1. А<script>x</script></p>").encode(), "script", id="a script"),
    pytest.param(BLOCK.format("<iframe src=x></iframe>").encode(), "iframe", id="a frame"),
    pytest.param(("<html><body>" + "<div>" * 3000 + "а").encode(), "deep|no text", id="deep page"),
    pytest.param(b"<html><body></body></html>", "no text", id="an empty page"),
    pytest.param(b'{\n  "acts": [{"id": "U1500000153"}]}', "--format akn", id="our own JSON"),
    pytest.param(b"\xef\xbb\xbf<?xml version='1.0'?><a><p>1. Fee.</p></a>", "is XML", id="XML"),
    pytest.param(("1. " + "а" * 20_001).encode(), "20004 characters", id="an endless line"),
    pytest.param("а\n".encode() * 30_001, "too long", id="too many lines"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "why"), FILES)
def test_a_file_that_is_no_text(data: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why) as caught:
        source_text(data)
    assert "\n" not in str(caught.value)


def test_a_page_may_be_xml() -> None:
    page = "<?xml version='1.0' encoding='utf-8'?>" + BLOCK.format("<p>1. А</p>")
    assert source_text(page.encode()).lines == ("1. А",)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        read_bytes(tmp_path)


def test_a_script_elsewhere_on_the_page_is_none_of_the_text() -> None:
    page = "<html><script>1. Б</script><body><div>Мәзір</div>" + BLOCK.format("<p>1. А</p>")[12:]
    assert source_text(page.encode()).lines == ("1. А",)


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    with path.open("wb") as file:
        file.truncate(50 * 2**20)
    with pytest.raises(InputError, match="50 MB"):
        read_bytes(path)
    assert LARGEST == 20 * 2**20


@pytest.mark.parametrize("name", ["missing.txt", "", "a\x00b"])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        read_bytes(tmp_path / name)


HEAD = "Алым туралы\nҚазақстан Республикасының Заңы 2020 жылғы 2 наурыздағы № 12-VI ҚРЗ.\n"
LAW = HEAD + "1-бап. Алым\nАлым теңгемен төленеді.\n"
# A text, what it is said to be, and why it is not.
WRONG = [
    ("another number", SECOND, {"act": "U1500000153"}, "its number is 96, not 153"),
    ("another registration", SECOND, {"act": "V1800016986"}, "under the number 16985"),
    ("another year", LAW, {"act": "Z2100000012"}, "adopted in 2020"),
    ("another law", LAW, {"act": "Z2000000013"}, "the number 12-VI"),
    ("no clause", HEAD + "Алым төленеді.", {"act": "Z2000000012"}, "no clause"),
    ("a letter", "Құрметті әріптестер!\n", {"act": "Z2000000012"}, "no clause"),
    ("the future", LAW, {"act": "Z2000000012", "edition": date.today() + timedelta(1)}, "future"),
    ("before adoption", LAW, {"act": "Z2000000012", "edition": date(2020, 3, 1)}, "earlier"),
    ("the other language", LAW, {"act": "Z2000000012", "lang": "ru"}, "the text is Kazakh"),
    ("no number", "Алым туралы\n1-бап. Алым\nА.", {"act": "Z2000000012"}, "--number"),
    ("no day", "Алым туралы\n1-бап. Алым\nА.",
     {"act": "Z2000000012", "given": Given(number="12-VI")}, "--adopted"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "more", "why"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_text_that_is_not_the_act(
    inspected: Callable[..., Inspection], text: str, more: dict[str, object], why: str
) -> None:
    with pytest.raises(InputError, match=why):
        inspected(text.encode(), **more)


def test_a_page_saved_from_another_act(
    inspected: Callable[..., Inspection], files: SimpleNamespace
) -> None:
    data = files.as_html(files.filled(SECOND), code="V1800016999")
    with pytest.raises(InputError, match="saved from V1800016999"):
        inspected(data)


def test_what_the_text_does_not_say_may_be_given(inspected: Callable[..., Inspection]) -> None:
    given = Given("12-VI", date(2020, 3, 2), date(2020, 7, 1))
    found = inspected(
        "Алым туралы\n1-бап. Алым\nАлым төленеді.".encode(), "Z2000000012", given=given
    )
    assert (found.act.number, found.act.adopted, found.act.in_force) == (
        "12-VI", date(2020, 3, 2), date(2020, 7, 1),
    )  # fmt: skip
    assert found.assumed == ()


def test_an_unstated_day_of_commencement_is_said_to_be_assumed(
    inspected: Callable[..., Inspection],
) -> None:
    found = inspected(SECOND.encode())
    assert found.act.in_force == date(2018, 5, 14)
    assert "--in-force" in found.assumed[0]


def test_lines_not_understood_are_all_named_and_keep_the_text_out(
    inspected: Callable[..., Inspection],
) -> None:
    text = LAW + "2-бап. Айып\nАйып төленеді.\nКездейсоқ жол\n3-бап. Пеня\n1-бап. Тағы\n"
    found = inspected(text.encode(), "Z2000000012")
    assert [error.line for error in found.refused] == [7, 9]
    with pytest.raises(InputError, match=r"line 7: .* \(and 1 more"):
        found.check_complete()


def test_a_damaged_word_file_is_refused_wherever_it_is_cut() -> None:
    document = Document()
    document.add_paragraph("1. Алым.")
    out = BytesIO()
    document.save(out)
    data = out.getvalue()
    for end in range(4, len(data) - 1, len(data) // 40):
        with pytest.raises(KbError):
            source_text(data[:end])
