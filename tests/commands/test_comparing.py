"""`kb compare`, and what the other commands print of an older edition."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli import cli
from kb.errors import KbError

ACT = "V1800016985"
PAIR = (f"{ACT}@2019-01-15", f"{ACT}@2021-10-12")
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def kb(editions_home: Path) -> Run:
    """Run the command in this process, on the index of the small act."""
    env = {"KB_HOME": str(editions_home), "KB_ENCODER": "none"}

    def run(*arguments: str) -> Result:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in env.items():
                patch.setenv(name, value)
            return CliRunner().invoke(cli, arguments, standalone_mode=False)

    return run


def out(result: Result) -> str:
    assert result.exception is None, result.exception
    return result.stdout


def test_the_whole_comparison(kb: Run) -> None:
    text = out(kb("compare", *PAIR, "--lang", "ru"))
    for said in (
        "Приказ Министра культуры от 14 мая 2018 года № 96: редакции 15.01.2019 и 12.10.2021",
        "пункт 4 Правил [rules/4]: изменён",
        "оқырманға [-он бес жұмыс күніне-]{+күнтізбелік отыз күнге+} беріледі.",
        "  * Приказ № 310 от 12.10.2021: новая редакция",
        "подпункт 3) пункта 2 Правил [rules/2/3]: изменён номер: был rules/2/2",
        "пункт 11 Правил [rules/11]: перенесён: был rules/5",
        "пункт 8 Правил [rules/8]: в тексте отсутствует",
        "    пункт 9 Правил, внесены изменения: ! сноска есть, а текст прежний",
        "Различий в написании: 6 (из них буква «і»: 0); показать: --noise.",
    ):
        assert said in text
    assert text.count("! в сносках об этом изменении не сказано") == 3
    assert "rules/1]" not in text


SHOWN = [
    ((), {"rules/2/2", "rules/2/3", "rules/2/4", "rules/4", "rules/6/2", "rules/6-1", "rules/10",
          "rules/11", "rules/8"}),
    (("--noise",), {"rules/1", "rules/3"}),
    (("rules/6",), {"rules/6/2"}),
    (("rules/6", "--all"), {"rules/6", "rules/6/1", "rules/6/2", "rules/6/3"}),
    (("пункт 6 Правил", "--all"), {"rules/6", "rules/6/1", "rules/6/2", "rules/6/3"}),
    (("rules/5",), {"rules/11"}),
    (("order",), set()),
]  # fmt: skip


@pytest.mark.parametrize(("options", "expected"), SHOWN)
def test_which_clauses_are_listed(kb: Run, options: tuple[str, ...], expected: set[str]) -> None:
    found = json.loads(out(kb("compare", *PAIR, *options, "--json")))
    ids = {(c["new"] or c["old"])["id"].removeprefix(f"{ACT}/") for c in found["clauses"]}
    assert ids == expected


def test_with_an_address_only_what_is_about_it_is_said(kb: Run) -> None:
    text = out(kb("compare", *PAIR, "rules/2", "--lang", "en"))
    assert "    Rules, paragraph 2, amended: rules/2/2, rules/2/3, rules/2/4\n" in text
    assert "Rules, paragraph 4" not in text
    assert "Differences of print" not in text
    found = json.loads(out(kb("compare", *PAIR, "rules/6", "--json")))
    assert found["counts"] == {"unchanged": 3, "changed": 1}
    [act] = found["by_act"]
    assert [c["target"] for c in act["changes"]] == [f"{ACT}/rules/6/2"]


def test_an_edition_and_itself(kb: Run) -> None:
    assert "Nothing differs." in out(kb("compare", PAIR[0], PAIR[0], "--lang", "en"))


def test_what_rests_on_the_changes(kb: Run, tmp_path: Path) -> None:
    (tmp_path / "judged").mkdir()
    (tmp_path / "notes").mkdir()
    question = {"id": "q-1", "lang": "kk", "question": "?", "accept": [f"{ACT}/rules/8"]}
    (tmp_path / "judged" / "a.jsonl").write_text(json.dumps(question), encoding="utf-8")
    item = {"address": f"{ACT}/rules/4", "edition": "2019-01-15", "text_sha256": ""}
    (tmp_path / "notes" / "n.json").write_text(json.dumps({"id": "n-1", "items": [item]}))
    folders = ("--judged", str(tmp_path / "judged"), "--notes", str(tmp_path / "notes"))
    text = out(kb("compare", *PAIR, *folders, "--lang", "en"))
    assert "To be reviewed:\n  [rules/8] judged question q-1: the clause is gone\n" in text
    assert "  [rules/4] saved note n-1: the words changed\n" in text
    found = json.loads(out(kb("compare", *PAIR, *folders, "--json")))
    assert [(r["id"], r["reason"]) for r in found["review"]] == [
        ("q-1", "gone"),
        ("n-1", "changed"),
    ]


REFUSED = [
    (("compare", f"{ACT}@2018-01-01", PAIR[1]), "those held are V1800016985@2019-01-15"),
    (("compare", "V1800016985", PAIR[1]), "write one like U1500000153@2022-02-22"),
    (("compare", PAIR[0], "U1500000153@2022-02-22"), "different acts"),
    (("compare", *PAIR, "rules/99"), "neither of the two editions"),
    (("compare", *PAIR, "--all", "--noise"), "give one of them"),
    (("compare", *PAIR, "--text", "ru"), "no edition V1800016985@2019-01-15 is held in ru"),
    (("compare", *PAIR, "--judged", "no-such-folder"), "no judged questions"),
    (("compare", *PAIR, "--notes", "no-such-folder"), "not a folder of saved notes"),
    (("show", f"{ACT}/rules/4@2019-01-15", "--on", "2020-01-01"), "give one of them"),
    (("show", f"{ACT}/rules/8"), "rules/8@2019-01-15"),
    (("cite", f"{ACT}/rules/4@2018-01-01"), "the editions held are 2019-01-15, 2021-10-12"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_what_cannot_be_compared_is_refused_in_one_line(
    kb: Run, arguments: tuple[str, ...], said: str
) -> None:
    result = kb(*arguments)
    assert isinstance(result.exception, KbError)
    assert said in str(result.exception)
    assert "\n" not in str(result.exception)


def test_show_prints_the_wording_of_the_day(kb: Run) -> None:
    text = out(kb("show", f"{ACT}/rules/2", "--on", "2020-01-01", "--lang", "en"))
    assert "  2) оқырман – кітапхананың қызметін пайдаланатын қызметкер;" in text
    assert "[rules/2@2019-01-15]" in text
    assert "құжат – кітап" not in text


def test_history_prints_the_wordings_where_there_are_several(kb: Run) -> None:
    text = out(kb("history", f"{ACT}/rules/4", "--lang", "ru"))
    assert text.index("  | Құжат оқырманға күнтізбелік") < text.index("  | Құжат оқырманға он бес")
    assert [day for day in ("12.10.2021", "15.01.2019") if f"редакция {day}" in text] == [
        "12.10.2021",
        "15.01.2019",
    ]
    assert "  | " not in out(kb("history", f"{ACT}/rules/9"))
    found = json.loads(out(kb("history", f"{ACT}/rules/4", "--json")))
    assert [w["editions"] for w in found["wordings"]] == [["2019-01-15"], ["2021-10-12"]]
    assert [len(w["made_by"]) for w in found["wordings"]] == [0, 1]


def test_cite_names_the_edition_asked_for(kb: Run) -> None:
    text = out(kb("cite", f"{ACT}/rules/4@2019-01-15", "--lang", "ru", "--full"))
    assert text.startswith("пункт 4 Правил (Приказ Министра культуры")
    assert text.strip().endswith("редакция 15.01.2019")
