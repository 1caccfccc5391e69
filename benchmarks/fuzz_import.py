"""Fuzz the readers and the parser of `kb import` with a coverage-guided fuzzer (needs `atheris`).

``python benchmarks/fuzz_import.py SECONDS [SEED ...]`` mutates the seed files and a few short texts
of each format, and stops at the first input that raises anything but a ``KbError`` or takes more
than two seconds of processor time. The inputs that it found lie in a folder that it names first.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
import time
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kb"]):
    from kb.corpus.load import load_records
    from kb.errors import KbError
    from kb.exchange import akn, akn_read
    from kb.importing import pdf_lines, pdf_tables, read_akn, read_docx, read_html, read_pdf
    from kb.importing.inspect import Request, inspect
    from kb.importing.metadata import Given

_LONGEST_S = 2.0
# They are imported when needed: instrument them too.
_READERS = (akn_read, pdf_lines, pdf_tables, read_akn, read_docx, read_html, read_pdf)
_TEXT = """Алым туралы
Қазақстан Республикасының Заңы 2020 жылғы 2 наурыздағы № 12-VI ҚРЗ.
1-бап. Алым
1. Алым:
1) бір;
"""
_HELD = load_records(with_references=False)
_GIVEN = Given("12-VI", date(2020, 3, 2), date(2020, 7, 1))


def docx(text: str) -> bytes:
    """A document of the fewest parts that a reader needs."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<w:document xmlns:w="{space}"><w:body>{paragraphs}</w:body></w:document>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", xml)
    return out.getvalue()


def html(text: str) -> bytes:
    """A page with the portal's text block."""
    lines = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return f'<html><body><div class="container_gamma text">{lines}</div></body></html>'.encode()


def pdf(text: str) -> bytes:
    """A page that is not compressed: the text, and a table with ruled lines."""
    words = text.encode("ascii", "replace").decode().replace("(", "").replace(")", "")
    lines = "".join(f"({line}) Tj 0 -14 Td " for line in words.split("\n"))
    cells = "".join(
        f"{x} {y} 100 20 re S BT /F1 9 Tf 1 0 0 1 {x + 5} {y + 6} Tm (Cell {x}) Tj ET "
        for x in (50, 150)
        for y in (60, 80, 100)
    )
    content = f"BT /F1 10 Tf 50 380 Td {lines}ET {cells}"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = "".join(f"{n} 0 obj{part}endobj\n" for n, part in enumerate(parts, start=1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R/Size 6>>\nstartxref\n0\n%%EOF".encode()


def document(text: str) -> bytes:
    """The text as an export in Akoma Ntoso."""
    request = Request("fuzz", text.encode(), "Z2000000012", date(2021, 1, 1), None, _GIVEN)
    return akn.write(inspect(request, _HELD).records)


def one_input(data: bytes) -> None:
    """Inspect the bytes as a new act; refusals are what they are for."""
    started = time.process_time()
    request = Request("fuzz", data[:100_000], "Z2000000012", date(2021, 1, 1), None, _GIVEN)
    with contextlib.suppress(KbError):
        inspect(request, _HELD)
    seconds = time.process_time() - started
    if seconds > _LONGEST_S:
        raise TimeoutError(f"{len(data)} bytes took {seconds:.1f} s")


def main() -> None:
    """Write the seeds, then fuzz for the time given."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-import-"))
    seeds = [Path(name).read_bytes() for name in sys.argv[2:]]
    seeds += [_TEXT.encode(), _TEXT.encode("utf-16"), html(_TEXT), docx(_TEXT), pdf(_TEXT)]
    seeds.append(document(_TEXT))
    for number, seed in enumerate(seeds):
        (folder / f"seed-{number}").write_bytes(seed)
    print(f"inputs are kept in {folder}")
    arguments = [sys.argv[0], f"-max_total_time={int(sys.argv[1])}", "-max_len=100000",
                 f"-artifact_prefix={folder}/", str(folder)]  # fmt: skip
    atheris.Setup(arguments, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
