"""Which held text is meant: an act, on a day, in a language."""

from dataclasses import replace
from datetime import date

import pytest

from kb.errors import InputError
from kb.exchange import akn
from kb.exchange.akn_read import read
from kb.exchange.expressions import choose, expressions, file_name
from kb.model import Edition

NEWER, OLDER = date(2022, 2, 22), date(2019, 7, 22)


@pytest.fixture(scope="module")
def held(shipped, synthetic):
    """Two editions of the act in Kazakh, the newest in Russian too, and a second act."""
    act = shipped.acts[0]
    decree = replace(act, edition=OLDER, components=act.components[:1], chapters=())
    older = Edition(decree, shipped.clauses[:6], shipped.amendments[2:])
    russian = Edition(replace(act, lang="ru", edition=NEWER), shipped.clauses, shipped.amendments)
    newest = Edition(act, shipped.clauses, shipped.amendments)
    law = synthetic("law")
    return replace(
        shipped,
        acts=(*shipped.acts, *law.acts),
        clauses=(*shipped.clauses, *law.clauses),
        amendments=(*shipped.amendments, *law.amendments),
        editions=(older, newest, russian),
    )


@pytest.mark.parametrize(
    ("act", "edition", "lang", "found"),
    [
        ("U1500000153", None, None, (NEWER, "kk", 90)),
        ("U1500000153", NEWER, None, (NEWER, "kk", 90)),
        ("U1500000153", None, "kk", (NEWER, "kk", 90)),
        ("U1500000153", None, "ru", (NEWER, "ru", 90)),
        ("U1500000153", OLDER, None, (OLDER, "kk", 6)),
        ("Z1800000152", None, None, (date(2021, 10, 12), "kk", 25)),
    ],
)
def test_the_text_asked_for(held, act, edition, lang, found):
    text = choose(held, act, edition, lang)
    assert {c.address.act for c in text.clauses} == {act}
    assert (text.acts[0].edition, text.acts[0].lang, len(text.clauses)) == found


@pytest.mark.parametrize(
    ("act", "edition", "lang", "said"),
    [
        (None, None, None, "--act U1500000153 or --act Z1800000152"),
        ("U9", None, None, "U1500000153, Z1800000152"),
        ("U1500000153", date(2020, 1, 1), None, r"2022-02-22 \(kk\).*2019-07-22 \(kk\)"),
        ("U1500000153", OLDER, "ru", "is not held"),
        ("Z1800000152", None, "ru", "is not held"),
    ],
)
def test_what_is_not_held_is_refused_with_what_is(held, act, edition, lang, said):
    with pytest.raises(InputError, match=said):
        choose(held, act, edition, lang)


def test_every_held_text_once(held):
    names = [file_name(text.acts[0], "xml") for text in expressions(held)]
    assert names == [
        "U1500000153.kaz@2022-02-22.xml",
        "U1500000153.rus@2022-02-22.xml",
        "U1500000153.kaz@2019-07-22.xml",
        "Z1800000152.kaz@2021-10-12.xml",
    ]


def test_every_held_text_is_exchanged(held, exchanged, invalid):
    for text in expressions(held):
        document = akn.write(text)
        assert invalid(document) == []
        assert read(document) == exchanged(text)


def test_without_act_the_only_one_is_meant(shipped):
    assert choose(shipped).acts == shipped.acts
