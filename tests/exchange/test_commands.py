"""`kb export` and `kb changes`: what they write, and how they refuse."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from lxml import etree

from kb.cli import cli
from kb.errors import InputError
from kb.exchange.akn_read import read

ORDER, DECREE = "V1800016985", "U1500000153"


@pytest.fixture(scope="module")
def kb(editions_home):
    """Run the command in this process; a refusal is raised."""

    def run(*arguments):
        env = {"KB_HOME": str(editions_home), "KB_ENCODER": "none"}
        found = CliRunner().invoke(cli, arguments, env=env, standalone_mode=False)
        if found.exception:
            raise found.exception
        return found.stdout_bytes

    return run


@pytest.mark.parametrize(
    ("arguments", "edition", "lang"),
    [
        ([], "2021-10-12", "kk"),
        (["--edition", "2019-01-15"], "2019-01-15", "kk"),
        (["--lang", "ru"], "2021-10-12", "ru"),
        (["--edition", "2021-10-12", "--lang", "kk"], "2021-10-12", "kk"),
    ],
)
def test_the_text_asked_for_is_written(kb, arguments, edition, lang, invalid):
    document = kb("export", "--format", "akn", "--act", ORDER, *arguments)
    act = read(document).acts[0]
    assert (act.edition.isoformat(), act.lang) == (edition, lang)
    assert invalid(document) == []


def test_json_has_everything_or_the_text_asked_for(kb):
    whole = json.loads(kb("export"))
    assert [act["id"] for act in whole["acts"]] == [DECREE, ORDER]
    one = json.loads(kb("export", "--act", ORDER, "--edition", "2019-01-15"))
    assert [act["edition"] for act in one["acts"]] == ["2019-01-15"]
    assert {clause["id"].split("/")[0] for clause in one["clauses"]} == {ORDER}


def test_csv_has_the_newest_text_of_every_act(kb):
    text = kb("export", "--format", "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {(row["act"], row["edition"]) for row in rows} == {
        (DECREE, "2022-02-22"),
        (ORDER, "2021-10-12"),
    }


def test_jsonld_has_the_addresses_of_the_site(kb):
    graph = json.loads(kb("export", "--format", "jsonld", "--base-url", "https://a.kz"))["@graph"]
    assert all(node["@id"].startswith("https://a.kz/kk/act/") for node in graph)


def test_markdown_goes_to_a_file(kb, tmp_path):
    kb("export", "--format", "md", "--act", DECREE, "-o", str(tmp_path / "act.md"))
    assert (tmp_path / "act.md").read_text(encoding="utf-8").startswith("# Қазақстан")


def test_a_folder_gets_every_text_as_a_file(kb, tmp_path):
    kb("export", "--format", "akn", "-o", str(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "U1500000153.kaz@2022-02-22.xml",
        "V1800016985.kaz@2019-01-15.xml",
        "V1800016985.kaz@2021-10-12.xml",
        "V1800016985.rus@2021-10-12.xml",
    ]


def test_a_folder_gets_the_texts_asked_for(kb, tmp_path):
    kb("export", "--format", "md", "--act", ORDER, "--lang", "ru", "-o", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["V1800016985.rus@2021-10-12.md"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "akn"], f"--act {DECREE} or --act {ORDER}"),
        (["--format", "md", "--act", "U9"], f"{DECREE}, {ORDER}"),
        (["--act", DECREE, "--lang", "ru"], r"held are 2022-02-22 \(kk\)"),
        (["--act", ORDER, "--edition", "2020-01-01"], "is not held"),
        (["--edition", "soon"], "not a date"),
        (["-o", "no-such-folder/x"], "cannot write"),
    ],
)
def test_an_export_that_cannot_be_is_refused(kb, arguments, said):
    with pytest.raises(InputError, match=said):
        kb("export", *arguments)


def test_a_folder_of_csv_is_refused(kb, tmp_path):
    with pytest.raises(InputError, match="one file"):
        kb("export", "--format", "csv", "-o", str(tmp_path))


def test_a_folder_of_a_text_that_is_not_held_is_refused(kb, tmp_path):
    with pytest.raises(InputError, match="is not held"):
        kb("export", "--format", "akn", "--act", DECREE, "--lang", "ru", "-o", str(tmp_path))


def test_changes_of_every_act(kb):
    found = json.loads(kb("changes", "--since", "2019-06-01", "--json"))
    assert {change["act"] for change in found["changes"]} == {DECREE, ORDER}
    assert found["editions"] == []


def test_changes_in_words(kb):
    lines = kb("changes", "--since", "2022-01-01", "--lang", "en").decode().splitlines()
    assert lines == [
        f"{DECREE}: Decree No. 814 of 22 February 2022",
        "  Decree, paragraph 1 [decree/1]: amended",
        "  Code of Ethics [code]: amended",
    ]


def test_no_changes_print_nothing(kb):
    assert kb("changes", "--since", "2030-01-01") == b""


def test_an_imported_text_is_among_the_changes(kb, editions_home):
    record = editions_home / "acts" / ORDER / "editions" / "2021-10-12.ru" / "import.toml"
    record.write_text('imported = 2026-05-01T09:30:00Z\nfile = "new.docx"\n', encoding="utf-8")
    try:
        found = json.loads(kb("changes", "--since", "2026-01-01", "--json"))
    finally:
        record.unlink()
    assert [(e["act"], e["lang"], e["file"]) for e in found["editions"]] == [
        (ORDER, "ru", "new.docx")
    ]
    assert datetime.fromisoformat(found["editions"][0]["imported"]) == datetime(
        2026, 5, 1, 9, 30, tzinfo=UTC
    )


def test_the_feed_has_the_address_of_the_site(kb):
    data = kb(
        "changes", "--since", "2015-01-01", "--act", DECREE, "--format", "atom",
        "--base-url", "https://a.kz",
    )  # fmt: skip
    links = {link.get("href") for link in etree.fromstring(data).iter("{*}link")}
    assert f"https://a.kz/kk/feeds/{DECREE}.atom" in links


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--since", "yesterday"], "not a date"),
        (["--since", "2020-01-01", "--act", "U9"], f"{DECREE}, {ORDER}"),
        (["--since", "2020-01-01", "--json", "--format", "atom"], "choose one"),
    ],
)
def test_changes_that_cannot_be_listed_are_refused(kb, arguments, said):
    with pytest.raises(InputError, match=said):
        kb("changes", *arguments)
