"""Read the list of repealed acts in an annex: title, number, date, provision, publication."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.corpus.notes import act_code
from kb.errors import CorpusError
from kb.language.dates import find_dates
from kb.model import Act, ActReference, Clause, Repeal

_REPEALS = re.compile(r"күші жойыл|утративш\w+ силу|утратил\w* силу")
_ANNEXED = re.compile(r"қосымша|приложени")
_PUBLICATION = re.compile(r"\((?P<publication>[^()]*)\)\W*$")
_NUMBER = re.compile(r"\s*(?:№|No|N)\s*(?P<number>\d+)(?P<rest>[^«»]*)")
_PROVISION = re.compile(r"^(?:Жарлығының|Указа)\s+(?P<provision>\S.*?)\s*$")
_QUOTED = re.compile(r"^[«\"](?P<title>.*)[»\"]")


def read_repeals(act: Act, clauses: Sequence[Clause]) -> list[Repeal]:
    """Return the repeals that the act orders "according to the annex", in the annex's order."""
    if not any(_orders_repeal(clause) for clause in clauses):
        return []
    by = ActReference(act.number, act.adopted, act.id, act.kind, act.title)
    annexed = [c for c in clauses if c.address.component == "annex" and c.kind == "paragraph"]
    return [_repeal(clause, by, act) for clause in annexed]


def _orders_repeal(clause: Clause) -> bool:
    return bool(_REPEALS.search(clause.text) and _ANNEXED.search(clause.text))


def _repeal(clause: Clause, by: ActReference, act: Act) -> Repeal:
    publication = _PUBLICATION.search(clause.text)
    body = clause.text[: publication.start()] if publication else clause.text
    dated = [
        (d, m) for d in find_dates(body) if (m := _NUMBER.match(body, _after_words(body, d.end)))
    ]
    if not dated:
        raise CorpusError(f"{clause.address}: the repealed act has no date and number")
    # The act's own number is the last one: its title may quote the number of another.
    day, number = max(dated, key=lambda pair: pair[0].start)
    title = _QUOTED.match(body[: day.start])
    provision = _PROVISION.match(number["rest"].strip())
    repealed = ActReference(
        number["number"],
        day.value,
        act_code("decree", number["number"], day.value),
        "decree",
        title["title"] if title else "",
    )
    return Repeal(
        clause.address.inside(act.id),
        repealed,
        provision["provision"] if provision else "",
        publication["publication"].strip() if publication else "",
        by,
        act.in_force,
    )


def _after_words(body: str, end: int) -> int:
    """Skip white space between a date and its number sign."""
    while end < len(body) and body[end].isspace():
        end += 1
    return end
