"""The three catalogues hold the same messages, and all that templates and code ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from babel.messages.plurals import get_plural
from flask import Flask

import kb.web
from kb.address import LANGUAGES
from kb.corpus.headnotes import ACTORS, ROLES
from kb.importing.damage import REASONS
from kb.model import Records
from kb.web.admin_build_page import STAGES
from kb.web.languages import catalogue, long_date, ngettext, say
from kb.web.states import dated

WEB = Path(kb.web.__file__).parent
# A key in the call of a message function, in a template or in code.
_CALL = re.compile(r"\b(?:_|gettext|say)\(\s*\"([a-z0-9_.-]+)\"(?!\s*~)")
_PLURAL = re.compile(r"\bngettext\(\s*\"([a-z0-9_.-]+)\",\s*\"([a-z0-9_.-]+)\"")
_PLACE = re.compile(r"%\((\w+)\)s")


def used_keys() -> set[str]:
    found: set[str] = set()
    for path in [*WEB.rglob("*.html"), *WEB.rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        found |= set(_CALL.findall(text))
        found |= {key for key, _ in _PLURAL.findall(text)}
    return found


def plain(text: str) -> str:
    """Every kind of space as a plain one."""
    return " ".join(text.split())


def pairs(first: Iterable[object], second: Iterable[str]) -> list[str]:
    return [f"{a}.{b}" for a, b in product(first, second)]


def keys_of_lists() -> set[str]:
    lists = {
        "role": ROLES,
        "roles": ROLES,
        "read.beside": ("none", "ru", "en"),
        "cite": ("kk", "ru", "en", "quote", "link", "markdown"),
        "cite.copy": ("kk", "ru", "en", "quote", "link", "markdown"),
        "actor": ACTORS,
        "language": LANGUAGES,
        "label.official": ("ru", "kk"),
        "language.own": LANGUAGES,
        "status": ("in-force", "excluded", "repealed"),
        "act_kind": ("decree", "law", "order", "resolution"),
        "ask": (
            "answer", "not_held", "no_answer", "no_clause", "unknown_act", "no_change",
        ),
        "ask.switch": LANGUAGES,
        "covers": ("decree", "code", "regulation", "annex"),
        "rephrase": ("situation", "short", "number"),
        "admin.build": (
            "none", "asked", "running", "opening", "done", "failed", "stale", "again", "button",
        ),
        "admin.stage": STAGES,
        "admin.reason": (*REASONS, "other"),
        "admin.changes": ("added", "changed", "gone", "renumbered", "retouched"),
        "admin.pairing": ("only_here", "only_there", "differing"),
        "admin.error": (
            "file", "act", "edition", "adopted", "in_force", "refused", "changed",
            "refused-lines", "replace",
        ),
        "admin.field": ("act", "edition", "lang", "number", "adopted", "in_force"),
        "about.language": (*LANGUAGES, "all"),
        "about.method": ("read", "search", "decide", "quote"),
        "about.limits": ("advice", "edition", "editions", "translation", "wordings", "others"),
        "about.privacy": ("questions", "cookies", "outside", "address"),
        "confidence": ("sure", "probable", "possible", "reference", "history"),
        "nav": ("ask", "search", "act", "note", "amendments", "commissioner", "about"),
        "editions.lang": ("kk", "ru"),
        "facet": ("act", "component", "role", "topic", "by"),
        "timeline": ("adopted", "in-force", "edition"),
        "opensearch": pairs(("search", "ask"), ("name", "words")),
        "note.said": (
            "added", "known", "words", "moved", "removed", "renewed", "opened", "cleared",
        ),
        "note.option": ("translation", "official", "opening", "remarks"),
        "note.status": ("altered", "gone", "unknown"),
        "note.error": (
            "too-large", "too-many", "too-long", "title-too-long", "not-json", "not-a-note",
            "newer", "damaged", "nothing-named", "not-held", "other-edition", "ambiguous",
            "no-file", "empty", "unverified",
        ),
        "compare.kind": (
            "changed", "added", "gone", "renumbered", "moved", "noise", "unchanged",
        ),
        "compare.reason": ("changed", "gone", "renumbered", "moved", "context"),
        "compare.noise": ("spaces", "signs", "look-alikes", "letters"),
        "compare.show": ("substance", "with-noise", "noise", "all"),
        "compare.look": ("merged", "sides"),
        "compare.text": ("kk", "ru"),
        "promise": pairs(("words", "silence", "time"), ("title", "text")),
        "error": pairs((400, 403, 404, 405, 413, 429, 500, 503), ("title", "text")),
    }  # fmt: skip
    return {f"{group}.{value}" for group, values in lists.items() for value in values}


def messages(lang: str) -> dict[str, tuple[str, ...]]:
    found = {}
    for message in catalogue(lang):
        if message.id:
            many = isinstance(message.id, tuple)
            found[message.id[0] if many else message.id] = (
                tuple(message.string) if many else (message.string,)
            )
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_missing_or_left_over(lang: str) -> None:
    assert messages(lang).keys() == used_keys() | keys_of_lists()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_empty_or_fuzzy(lang: str) -> None:
    assert [key for key, forms in messages(lang).items() if not all(forms)] == []
    assert not [message.id for message in catalogue(lang) if message.id and message.fuzzy]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plural_forms_are_the_languages_own(lang: str) -> None:
    plural = get_plural(lang)
    assert catalogue(lang).num_plurals == plural.num_plurals
    assert catalogue(lang).plural_expr == plural.plural_expr.strip("()") or (
        catalogue(lang).plural_expr == plural.plural_expr
    )
    for message in catalogue(lang):
        if isinstance(message.id, tuple):
            assert len(message.string) == plural.num_plurals


def test_places_to_fill_are_the_same_in_every_language() -> None:
    by_lang = [messages(lang) for lang in LANGUAGES]
    for key in by_lang[0]:
        places = [{frozenset(_PLACE.findall(form)) for form in found[key]} for found in by_lang]
        assert places[0] == places[1] == places[2], key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_messages_have_no_markup(lang: str) -> None:
    assert not [k for k, forms in messages(lang).items() if re.search("[<>&]", "".join(forms))]


def test_every_record_has_words(app: Flask, records: Records) -> None:
    known = messages("en")
    assert {f"role.{h.role}" for h in records.headnotes} <= known.keys()
    assert {f"actor.{h.actor}" for h in records.headnotes} <= known.keys()
    assert {f"status.{c.status}" for c in records.clauses} <= known.keys()
    assert {f"act_kind.{act.kind}" for act in records.acts} <= known.keys()


@pytest.mark.parametrize(
    ("lang", "number", "words"),
    [
        ("kk", 1, "1 өзгеріс"),
        ("kk", 5, "5 өзгеріс"),
        ("ru", 1, "1 изменение"),
        ("ru", 2, "2 изменения"),
        ("ru", 5, "5 изменений"),
        ("ru", 11, "11 изменений"),
        ("ru", 21, "21 изменение"),
        ("ru", 22, "22 изменения"),
        ("en", 1, "1 change"),
        ("en", 2, "2 changes"),
    ],
)
def test_plurals(app: Flask, lang: str, number: int, words: str) -> None:
    with app.test_request_context(f"/{lang}/"):
        app.preprocess_request()
        message = ngettext("amendments.count.one", "amendments.count.many", number)
        assert message % {"num": number} == words


@pytest.mark.parametrize(
    ("lang", "words"),
    [("kk", "2022 ж. 22 ақпан"), ("ru", "22 февраля 2022 г."), ("en", "22 February 2022")],
)
def test_dates(app: Flask, lang: str, words: str) -> None:
    with app.test_request_context(f"/{lang}/"):
        app.preprocess_request()
        assert plain(long_date(date(2022, 2, 22))) == words
        assert long_date(None) == "—"
        assert say("act.edition", date="X").count("X") == 1


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("No. 487 of 2017-06-01 replaced it.", "en", "No. 487 of 1 June 2017 replaced it."),
        ("Ниже — редакция 2022-02-22.", "ru", "Ниже — редакция 22 февраля 2022 г."),
        ("2016-01-01 бастап", "kk", "2016-01-01 бастап"),
        ("№ 2022-99-99.", "en", "№ 2022-99-99."),
        ("code/6@12022-02-221", "en", "code/6@12022-02-221"),
    ],
)  # fmt: skip
def test_days_in_a_sentence_are_written_in_words(text: str, lang: str, expected: str) -> None:
    assert plain(dated(text, lang)) == expected
