"""Restored letters: each fits its line, none changes more than letters, none is left out."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.corpus.load import shipped_acts
from kb.corpus.read import RawLine, read_text, split_lines
from kb.corpus.restore import load_restorations, restore_lines
from kb.errors import RestorationError
from kb.language.letters import letter_skeleton, same_letters
from kb.model import Records, Restoration

FOLDER = shipped_acts() / "U1500000153"
LINES = split_lines(read_text(FOLDER / "decree-153.kk.txt"))
ENTRIES = load_restorations(FOLDER / "restorations.toml")
# What the scan left behind; none of it may stand in a text that is read.
DAMAGE = [
    "уәк л", "уәк лд", "лтеме", "lem", "жөнндег", "мемлекетт к", "қызмет нде", "бөл мш", "өк лд",
    "әк м", "енг з", "мен және өзіндік", "3 аңдар", "жергл", "жұмысст", " ,", " ;", " .", "  ",
]  # fmt: skip
LATIN_INSIDE = re.compile(r"[а-яәғқңөұүһі][a-z]|[a-z][а-яәғқңөұүһі]", re.IGNORECASE)
BARE_QIMYL = re.compile(r"(?<!і)с-қимыл")
# One consonant alone is no Kazakh word.
FRAGMENT = re.compile(r"(?<![\w-])[бвгғджзйкқлмнңпрстфхһцчшщ](?![\w).-])", re.IGNORECASE)


def test_every_shipped_entry_fits_its_line() -> None:
    assert restore_lines(LINES, ENTRIES)
    assert all(entry.reason for entry in ENTRIES)


def test_no_shipped_entry_stands_twice() -> None:
    keys = [(entry.line, entry.before) for entry in ENTRIES]
    assert len(keys) == len(set(keys))


def test_a_restored_line_differs_by_letters_alone() -> None:
    reading = restore_lines(LINES, ENTRIES)
    for line in LINES:
        assert same_letters(line.text, reading[line.number]), line.number


def test_a_clauses_reading_and_source_text_have_the_same_letters(records: Records) -> None:
    for clause in records.clauses:
        assert letter_skeleton(clause.text) == letter_skeleton(clause.source_text)


def test_only_the_lines_that_are_listed_differ() -> None:
    reading = restore_lines(LINES, ENTRIES)
    changed = {line.number for line in LINES if reading[line.number] != line.text}
    assert changed == {entry.line for entry in ENTRIES}


@pytest.mark.parametrize("damage", DAMAGE)
def test_no_damage_is_left(records: Records, damage: str) -> None:
    assert [c.address.short for c in records.clauses if damage in c.text] == []


@pytest.mark.parametrize("pattern", [LATIN_INSIDE, BARE_QIMYL, FRAGMENT], ids=lambda p: p.pattern)
def test_no_broken_word_is_left(records: Records, pattern: re.Pattern[str]) -> None:
    texts = {clause.address.short: clause.text for clause in records.clauses}
    texts |= {f"heading {c.number}": c.heading for c in records.acts[0].chapters}
    texts |= {f"note {a.target}": a.note for a in records.amendments}
    assert {where: m.group() for where, text in texts.items() if (m := pattern.search(text))} == {}


def test_a_machine_translators_slip_is_not_restored(records: Records) -> None:
    text = next(c.text for c in records.clauses if c.address.short == "code/6/4")
    assert "дәрежелік" in text
    assert "міндетсіздіктерімен" in text


def restored(text: str, **entry: object) -> str:
    fields = {"line": 1, "reason": "a test", **entry}
    return restore_lines([RawLine(1, text)], [Restoration(**fields)])[1]  # type: ignore[arg-type]


APPLIED = [
    (
        "Әдеп жөнндег уәк л туралы",
        "жөнндег уәк л",
        "жөніндегі уәкіл",
        "Әдеп жөніндегі уәкіл туралы",
    ),
    ("қарсы с-қимыл жасайды", "с-қимыл", "іс-қимыл", "қарсы іс-қимыл жасайды"),
    ("мәжбүрlemeуге тиіс", "мәжбүрlemeуге", "мәжбүрлемеуге", "мәжбүрлемеуге тиіс"),
    ("осы 3 аңдарын", "3 аңдарын", "Заңдарын", "осы Заңдарын"),
    ("адалдық пенәділдік", "пенәділдік", "пен әділдік", "адалдық пен әділдік"),
]


@pytest.mark.parametrize(("text", "before", "after", "expected"), APPLIED)
def test_an_entry_replaces_whole_words(text: str, before: str, after: str, expected: str) -> None:
    assert restored(text, before=before, after=after) == expected


MISFITS = [
    ("Әдеп туралы", {"before": "уәк л", "after": "уәкіл"}, "stands there 0 times, not 1"),
    ("с-қимыл мен с-қимыл", {"before": "с-қимыл", "after": "іс-қимыл"}, "2 times, not 1"),
    ("с-қимыл", {"before": "с-қимыл", "after": "іс-қимыл", "count": 2}, "1 times, not 2"),
    ("іс-қимыл", {"before": "с-қимыл", "after": "іс-қимыл"}, "0 times, not 1"),
    ("Әдеп", {"line": 2, "before": "Әдеп", "after": "Әдепі"}, "line 2 is empty"),
]


@pytest.mark.parametrize(("text", "entry", "message"), MISFITS)
def test_an_entry_that_does_not_fit_is_refused(
    text: str, entry: dict[str, object], message: str
) -> None:
    with pytest.raises(RestorationError, match=message):
        restored(text, **entry)


MORE_THAN_LETTERS = [
    ("дәрежелік", "дөрекілік", "differ by more"),
    ("Әдеп", "Әдеп кодексі", "differ by more"),
    ("тиіс емес", "тиіс", "differ by more"),
    ("мүлкі", "мүлкін", "differ by more"),
    ("", "і", "needs the words"),
]


@pytest.mark.parametrize(("before", "after", "message"), MORE_THAN_LETTERS)
def test_an_entry_that_changes_more_than_letters_is_refused(
    tmp_path: Path, before: str, after: str, message: str
) -> None:
    file = tmp_path / "restorations.toml"
    file.write_text(
        f'[[restoration]]\nline = 1\nbefore = "{before}"\nafter = "{after}"\nreason = "no"\n',
        encoding="utf-8",
    )
    with pytest.raises(RestorationError, match=message):
        load_restorations(file)


def test_an_entry_without_a_field_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "restorations.toml"
    file.write_text('[[restoration]]\nline = 1\nbefore = "і"\n', encoding="utf-8")
    with pytest.raises(RestorationError, match="cannot be read"):
        load_restorations(file)


WORDS = st.text("абвгдеәіңқөүұ 3Злхcx", min_size=1, max_size=6)


def spoiled(word: str, data: st.DataObject) -> str:
    """The word with letters і lost and spaces set, as a scan does it."""
    kept = [letter for letter in word if letter != "і" or data.draw(st.booleans())]
    return "".join(letter + data.draw(st.sampled_from(["", " "])) for letter in kept).strip()


@given(st.lists(WORDS.filter(str.strip), min_size=1, max_size=8), st.data())
def test_whatever_a_scan_lost_is_put_back_and_nothing_else(
    words: list[str], data: st.DataObject
) -> None:
    whole = " ".join(" ".join(words).split())
    damaged = spoiled(whole, data)
    if not damaged:
        return
    found = restored(damaged, before=damaged, after=whole)
    assert found == whole
    assert same_letters(damaged, whole)


@given(st.data())
def test_dropping_any_shipped_entry_leaves_the_rest_fitting(data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(ENTRIES), unique=True))
    reading = restore_lines(LINES, kept)
    assert all(same_letters(line.text, reading[line.number]) for line in LINES)
