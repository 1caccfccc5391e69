"""Read the list of repealed acts in an annex: title, number, date, provision, publication."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.corpus.notes import act_code, kind_of_act
from kb.language.dates import find_dates
from kb.model import Act, ActReference, Clause, Repeal

_REPEALS = re.compile(r"күші жойыл|утративш\w+ силу|утратил\w* силу")
_ANNEXED = re.compile(r"қосымша|приложени")
_PUBLICATION = re.compile(r"\((?P<publication>[^()]*)\)\W*$")
_NUMBER = re.compile(r"\s*(?:года|г\.)?\s*(?:№|No|N)\s*(?P<number>\d+)(?P<rest>[^«»]*)")
_QUOTED = re.compile(r"[«\"](?P<title>.*)[»\"]")
_KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
# Kazakh names the provision after the act, Russian before it, where the act is in the genitive.
_PROVISION = re.compile(
    r"^\s*(?:Жарлығының|Заңының|қаулысының|бұйрығының)\s+(?P<provision>\S.*?)\s*$"
)
_RUSSIAN_PROVISION = re.compile(
    r"^(?P<provision>\S.*?)\s+(?:Указа|Закона|[Пп]остановления|[Пп]риказа)\s"
)


def read_repeals(act: Act, clauses: Sequence[Clause]) -> list[Repeal]:
    """Return the repeals that the act orders "according to the annex", in the annex's order."""
    if not any(_orders_repeal(clause) for clause in clauses):
        return []
    by = ActReference(act.number, act.adopted, act.id, act.kind, act.title)
    annexed = [c for c in clauses if c.address.component == "annex" and c.kind == "paragraph"]
    return [repeal for clause in annexed if (repeal := _repeal(clause, by, act))]


def _orders_repeal(clause: Clause) -> bool:
    return bool(_REPEALS.search(clause.text) and _ANNEXED.search(clause.text))


def _repeal(clause: Clause, by: ActReference, act: Act) -> Repeal | None:
    """One entry of the list; ``None`` for one that names no act by its day and number."""
    publication = _PUBLICATION.search(clause.text)
    body = clause.text[: publication.start()] if publication else clause.text
    dated = [(d, m) for d in find_dates(body) if (m := _NUMBER.match(body, d.end))]
    if not dated:
        return None
    kazakh = bool(_KAZAKH.search(body))
    # The act's title, before its number in Kazakh and after it in Russian, may quote another's.
    day, number = (max if kazakh else min)(dated, key=lambda pair: pair[0].start)
    before, after = body[: day.start], number["rest"]
    title = _QUOTED.match(before) if kazakh else _QUOTED.search(body, number.end("number"))
    provision = _PROVISION.match(after) if kazakh else _RUSSIAN_PROVISION.match(before)
    kind = kind_of_act(after if kazakh else before) or "decree"
    repealed = ActReference(
        number["number"],
        day.value,
        act_code(kind, number["number"], day.value),
        kind,
        title["title"] if title else "",
    )
    return Repeal(
        clause.address.inside(act.id),
        repealed,
        provision["provision"] if provision else "",
        publication["publication"].strip() if publication else "",
        by,
        None if act.in_force_assumed else act.in_force,
    )
