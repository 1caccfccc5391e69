"""What changed since a day, as a list and as a feed."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import etree

from kb.errors import CorpusError
from kb.exchange import feed
from kb.exchange.changes import BroughtIn, changes_since, imported_texts
from kb.model import Edition

ATOM = {"a": feed.ATOM}
TEXT = BroughtIn(
    "U1500000153", date(2023, 11, 2), "ru", datetime(2026, 5, 1, 9, 30, tzinfo=UTC), "new.docx"
)


def numbers(found):
    return [change.by.number for change in found.changes]


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (date(2015, 1, 1), ["814", "74", "487"]),
        (date(2017, 6, 1), ["814", "74", "487"]),
        (date(2017, 6, 2), ["814", "74"]),
        (date(2019, 7, 23), ["814"]),
        (date(2022, 2, 22), ["814"]),
        (date(2022, 2, 23), []),
    ],
)
def test_the_changes_of_the_shipped_act_since_a_day(shipped, since, expected):
    assert numbers(changes_since(shipped, since)) == expected


def test_one_act_makes_one_change_of_all_it_did(shipped):
    found = changes_since(shipped, date(2022, 1, 1)).changes[0]
    assert [a.target.short for a in found.amendments] == ["decree/1", "code"]


def test_a_change_counts_again_when_it_commences(synthetic):
    """Law 262-VI was signed on 2019-07-03; its notes say that it commenced on 2020-01-01."""
    assert numbers(changes_since(synthetic("law"), date(2019, 12, 1))) == ["381-VI", "262-VI"]
    assert numbers(changes_since(synthetic("law"), date(2020, 1, 2))) == ["381-VI"]


def test_another_act_is_left_out(shipped, synthetic):
    law = synthetic("law")
    acts, amendments = (*shipped.acts, *law.acts), (*shipped.amendments, *law.amendments)
    both = replace(shipped, acts=acts, amendments=amendments)
    found = changes_since(both, date(2015, 1, 1), act="Z1800000152")
    assert {change.act for change in found.changes} == {"Z1800000152"}


def test_an_older_edition_repeats_no_change_and_adds_its_own(shipped):
    act = replace(shipped.acts[0], edition=date(2019, 7, 22))
    own = replace(shipped.amendments[2], target=replace(shipped.amendments[2].target, path=("9",)))
    records = replace(shipped, editions=(Edition(act, (), (*shipped.amendments, own)),))
    targets = [
        a.target.short
        for change in changes_since(records, date(2017, 1, 1)).changes
        for a in change.amendments
    ]
    assert len(targets) == len(set(targets)) == 7
    assert "regulation/9" in targets
    texts = {
        (a["target"], a["edition"], a["lang"])
        for change in changes_since(records, date(2017, 1, 1)).as_json()["changes"]
        for a in change["amendments"]
    }
    assert ("U1500000153/regulation/9", "2019-07-22", "kk") in texts
    assert ("U1500000153/regulation/2", "2022-02-22", "kk") in texts


def test_texts_in_two_languages_make_one_change(shipped):
    """The Russian text calls the act by another kind and records one change more."""
    act = replace(shipped.acts[0], lang="ru", edition=date(2022, 2, 22))
    same, own = (
        replace(a, by=replace(a.by, kind="order"), note="Сноска.")
        for a in (shipped.amendments[0], shipped.amendments[0])
    )
    own = replace(own, target=replace(own.target, path=("3",)))
    records = replace(shipped, editions=(Edition(act, (), (same, own)),))
    [change] = changes_since(records, date(2022, 1, 1)).changes
    assert [(n.amendment.target.short, n.text.lang) for n in change.notes] == [
        ("decree/1", "kk"),
        ("code", "kk"),
        ("decree/3", "ru"),
    ]
    assert change.by.kind == "decree"
    root = etree.fromstring(feed.write(changes_since(records, date(2022, 1, 1)), (act,), "", "ru"))
    content = root.find("a:entry/a:content", ATOM).text
    assert content.count('<blockquote lang="kk">') == 2
    assert content.count('<blockquote lang="ru">Сноска.') == 1


def test_the_texts_brought_in_since(shipped):
    day = date(2026, 5, 1)
    assert changes_since(shipped, day, brought_in=[TEXT]).editions == (TEXT,)
    assert changes_since(shipped, date(2026, 5, 2), brought_in=[TEXT]).editions == ()
    assert changes_since(shipped, day, act="Z1", brought_in=[TEXT]).editions == ()


def test_the_list_is_machine_readable(shipped):
    found = changes_since(shipped, date(2022, 1, 1), brought_in=[TEXT]).as_json()
    assert found["since"] == "2022-01-01"
    assert found["changes"][0]["by"] == {
        "id": "U2200000814",
        "kind": "decree",
        "number": "814",
        "date": "2022-02-22",
    }
    assert found["changes"][0]["amendments"][0]["target"] == "U1500000153/decree/1"
    assert found["editions"] == [
        {
            "act": "U1500000153",
            "edition": "2023-11-02",
            "lang": "ru",
            "imported": "2026-05-01T09:30:00+00:00",
            "file": "new.docx",
        }
    ]


# -- the data folder --------------------------------------------------------------------------


def write_import(home, text):
    folder = home / "U1500000153" / "editions" / "2023-11-02.ru"
    folder.mkdir(parents=True)
    (folder / "import.toml").write_text(text, encoding="utf-8")


def test_an_imported_text_is_read_from_the_data_folder(tmp_path):
    write_import(tmp_path, 'imported = 2026-05-01T09:30:00Z\nfile = "new.docx"\n')
    assert list(imported_texts(tmp_path)) == [TEXT]


def test_no_data_folder_is_no_imported_text(tmp_path):
    assert list(imported_texts(tmp_path / "nowhere")) == []


@pytest.mark.parametrize("text", ["", "imported = 5", "imported = ", 'imported = "soon"', "\udcff"])
def test_a_damaged_record_of_an_import_is_named(tmp_path, text):
    write_import(tmp_path, "")
    file = next(tmp_path.rglob("import.toml"))
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(CorpusError, match=r"2023-11-02\.ru"):
        list(imported_texts(tmp_path))


# -- the feed ---------------------------------------------------------------------------------


def parsed(shipped, lang="ru", since=date(2019, 1, 1), texts=(TEXT,)):
    found = changes_since(shipped, since, brought_in=texts)
    return etree.fromstring(feed.write(found, shipped.acts, "https://adep.example/", lang))


def words(root, path):
    return [element.text for element in root.findall(path, ATOM)]


def test_a_feed_has_what_atom_requires(shipped):
    """RFC 4287, 4.1.1 and 4.1.2: title, id, updated and author; of an entry the first three."""
    root = parsed(shipped)
    assert words(root, "a:author/a:name") == ["Adep"]
    for holder in (root, *root.findall("a:entry", ATOM)):
        for tag in ("title", "id", "updated"):
            assert len(holder.findall(f"a:{tag}", ATOM)) == 1
            assert holder.find(f"a:{tag}", ATOM).text
    assert root.find("a:link[@rel='self']", ATOM).get("href") == (
        "https://adep.example/ru/feeds/U1500000153.atom"
    )


def test_the_entries_of_a_feed(shipped):
    root = parsed(shipped)
    assert words(root, "a:entry/a:id") == [
        "urn:x-adep:edition:U1500000153:2023-11-02:ru:ru",
        "urn:x-adep:change:U1500000153:814:2022-02-22:ru",
        "urn:x-adep:change:U1500000153:74:2019-07-22:ru",
    ]
    assert words(root, "a:entry/a:updated") == [
        "2026-05-01T09:30:00+00:00",
        "2022-02-22T00:00:00+00:00",
        "2019-07-22T00:00:00+00:00",
    ]
    assert words(root, "a:updated") == ["2026-05-01T09:30:00+00:00"]


@pytest.mark.parametrize(
    ("lang", "title", "line"),
    [
        (
            "kk",
            "№ 74 Жарлық (22.07.2019): Қазақстан Республикасы Президентінің 2015 жылғы 29 "
            "желтоқсандағы № 153 Жарлығы",
            "Әдеп жөніндегі уәкіл туралы ереженің 5-тармағы — өзгеріс енгізілді. Қолданысқа "
            "енгізілуі: ескертпеде көрсетілмеген.",
        ),
        (
            "ru",
            "Указ № 74 от 22.07.2019: Указ Президента Республики Казахстан от 29 декабря 2015 "
            "года № 153",
            "пункт 5 Положения об уполномоченном по этике — внесены изменения. Введение в "
            "действие: в сноске не указано.",
        ),
        (
            "en",
            "Decree No. 74 of 22 July 2019: Decree of the President of the Republic of Kazakhstan "
            "No. 153 of 29 December 2015",
            "Regulation on the Ethics Commissioner, paragraph 5 — amended. Commencement: not "
            "stated in the note.",
        ),
    ],
)
def test_an_entry_in_each_language(shipped, lang, title, line):
    last = parsed(shipped, lang).findall("a:entry", ATOM)[-1]
    assert last.find("a:title", ATOM).text == title
    assert last.find("a:summary", ATOM).text.splitlines()[0] == line


def test_a_feed_without_entries_is_of_the_day_of_the_edition(shipped):
    root = parsed(shipped, since=date(2030, 1, 1), texts=())
    assert words(root, "a:entry/a:id") == []
    assert words(root, "a:updated") == ["2022-02-22T00:00:00+00:00"]


def test_the_same_changes_make_the_same_feed(shipped):
    assert etree.tostring(parsed(shipped)) == etree.tostring(parsed(shipped))


def keys(value):
    if isinstance(value, list):
        return {key for item in value for key in keys(item)}
    return set(value).union(*map(keys, value.values())) if isinstance(value, dict) else set()


def test_every_key_of_the_list_is_written_down(shipped):
    text = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
    section = text.split("## `kb changes --json`")[1].split("\n## ")[0]
    found = changes_since(shipped, date(2022, 1, 1), brought_in=[TEXT]).as_json()
    own = found | {"changes": [c | {"amendments": []} for c in found["changes"]]}
    assert keys(own) <= set(re.findall(r"`(\w+)`", section))
