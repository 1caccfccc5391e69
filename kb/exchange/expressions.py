"""The held texts of the acts one by one: an act, on a day, in a language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kb.corpus.repeals import read_repeals
from kb.errors import InputError
from kb.exchange.naming import language
from kb.model import Act, Edition, Records

_EMPTY = Records((), (), (), (), (), (), (), (), (), ())


def expressions(records: Records, act: str | None = None) -> list[Records]:
    """Every held text as records of its own, of one act or of all, the newest edition first."""
    newest = [_newest(records, one) for one in records.acts]
    shown = {_key(one.acts[0]) for one in newest}
    older = [_of_edition(e) for e in records.editions if _key(e.act) not in shown]
    found = [one for one in (*newest, *older) if act in {None, one.acts[0].id}]
    # A stable sort: of one day, the text that the corpus puts first stays first.
    return sorted(found, key=lambda r: (r.acts[0].id, -r.acts[0].edition.toordinal()))


def choose(
    records: Records,
    act: str | None = None,
    edition: date | None = None,
    lang: str | None = None,
) -> Records:
    """The one held text that is asked for; ``InputError`` names those there are.

    Without a day it is the newest edition, without a language the one of the newest edition.
    """
    codes = list(dict.fromkeys(one.id for one in records.acts))
    if act is None and len(codes) > 1:
        raise InputError(f"name the act: --act {' or --act '.join(codes)}")
    held = expressions(records, act)
    if not held:
        raise InputError(f"no act has the code {act!r}; held are {', '.join(codes)}")
    found = [
        one
        for one in held
        if edition in {None, one.acts[0].edition} and lang in {None, one.acts[0].lang}
    ]
    if not found:
        texts = ", ".join(f"{o.acts[0].edition.isoformat()} ({o.acts[0].lang})" for o in held)
        raise InputError(f"that text of {held[0].acts[0].id} is not held; held are {texts}")
    main = _newest(records, next(a for a in records.acts if a.id == held[0].acts[0].id))
    return next((one for one in found if _key(one.acts[0]) == _key(main.acts[0])), found[0])


def file_name(act: Act, suffix: str) -> str:
    """A file name that tells one text from every other: ``U1500000153.kaz@2022-02-22.xml``."""
    return f"{act.id}.{language(act.lang)}@{act.edition.isoformat()}.{suffix}"


def _key(act: Act) -> tuple[str, date, str]:
    return act.id, act.edition, act.lang


def _newest(records: Records, act: Act) -> Records:
    """The records of one act's newest edition, with the notes of the editors on it."""
    return replace(
        _EMPTY,
        acts=(act,),
        clauses=tuple(c for c in records.clauses if c.address.act == act.id),
        amendments=tuple(a for a in records.amendments if a.target.act == act.id),
        repeals=tuple(r for r in records.repeals if r.clause.act == act.id),
        references=tuple(r for r in records.references if r.clause.act == act.id),
        editor_notes=tuple(n for n in records.editor_notes if n.address.act == act.id),
    )


def _of_edition(edition: Edition) -> Records:
    """The records of another edition; mentions are found in the newest Kazakh text alone."""
    return replace(
        _EMPTY,
        acts=(edition.act,),
        clauses=edition.clauses,
        amendments=edition.amendments,
        repeals=tuple(read_repeals(edition.act, edition.clauses)),
    )
