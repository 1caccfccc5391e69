"""Amendment notes in every spelling: the target, what was done, by which act, since when."""

import re
from datetime import date

import pytest

from kb.address import ClauseAddress
from kb.corpus.notes import act_code, read_notes
from kb.corpus.outline import NoteText
from kb.model import NOT_STATED, Amendment, Records

FROM_PUBLICATION = "from the day of first official publication"
FROM_SIGNING = "from the day of signing"
AS_PROVIDED = "as the amending act itself provides"
TEN_DAYS = "ten calendar days after the day of first official publication"
KNOWN = {
    "regulation/4",
    "regulation/5",
    "regulation/5/1",
    "regulation/7/part-2/1",
    "law/3",
    "law/3/2",
    "law/3/2/4",
}


def read(text: str, component: str = "regulation", where: str = "") -> list[Amendment]:
    """Read one note that stands under ``where``; in a law that is an article or what it holds."""
    holder = ClauseAddress.parse(where) if where else None
    article = ClauseAddress(component, holder.path[:1]) if holder and component == "law" else None
    note = NoteText(component, "2", text, (1,), holder, article)
    return read_notes([note], KNOWN, "U1")[0]


SHIPPED = [
    ("decree/1", "amended", "814", date(2022, 2, 22), "U2200000814", FROM_PUBLICATION, (17,)),
    ("code", "amended", "814", date(2022, 2, 22), "U2200000814", FROM_PUBLICATION, (37,)),
    ("regulation/2", "restated", "487", date(2017, 6, 1), "U1700000487", FROM_PUBLICATION, (150,)),
    ("regulation/3", "restated", "487", date(2017, 6, 1), "U1700000487", FROM_PUBLICATION, (156,)),
    ("regulation/5", "amended", "74", date(2019, 7, 22), "U1900000074", NOT_STATED, (198,)),
    ("regulation/6", "amended", "74", date(2019, 7, 22), "U1900000074", NOT_STATED, (204,)),
]


def test_the_shipped_act_has_six_amendments(records: Records) -> None:
    found = [
        (a.target.short, a.action, a.by.number, a.by.date, a.by.id, a.commencement, a.source_lines)
        for a in records.amendments
    ]
    assert found == SHIPPED
    assert {a.target.act for a in records.amendments} == {"U1500000153"}


def test_no_shipped_note_gives_a_day_of_commencement(records: Records) -> None:
    assert [a.commencement_date for a in records.amendments] == [None] * 6
    stated = [a.commencement_stated for a in records.amendments]
    assert stated[0] == "алғашқы ресми жарияланған күнен бастап қолданысқа енгізіледі"
    assert stated[4:] == ["", ""]


# The note, its target, the action, and the number and signing day of the amending act.
KAZAKH = [
    ("Ескерту. 5-тармаққа өзгеріс енгізілді - ҚР Президентінің 2022.02.22 № 814 Жарлығымен.",
     "regulation/5", "amended", "814", date(2022, 2, 22)),
    ("Сілтеме. 5-тармаққа өзгеріс енгізілді - ҚР Президентінің 22.02.2022 №814 Жарлығымен.",
     "regulation/5", "amended", "814", date(2022, 2, 22)),
    ("Сілттеме. 5-тармақ жаңа редакцияда – ҚР Президентінің 01.06.2017 No 487 Жарлығымен.",
     "regulation/5", "restated", "487", date(2017, 6, 1)),
    ("Ескерту. 5-тармақ жаңа редакцияда — ҚР Президентінің 2017 жылғы 1 маусымдағы N 487",
     "regulation/5", "restated", "487", date(2017, 6, 1)),
    ("Ескерту. 5-тармақ жаңа редакцияда - ҚР Президентінің 2017 ж. 1 маусымдағы № 487 Жарлығымен.",
     "regulation/5", "restated", "487", date(2017, 6, 1)),
    ("Ескерту. 5-тармақ алып тасталды -ҚР Президентінің 2017.06.01. № 487 Жарлығымен.",
     "regulation/5", "excluded", "487", date(2017, 6, 1)),
    ("Ескерту. 5-тармақ алып тасталды- ҚР Президентінің 01.06.2017 ж. № 487 Жарлығымен.",
     "regulation/5", "excluded", "487", date(2017, 6, 1)),
    ("Ескерту. 5-тармақ алып тасталды ҚР Президентінің 01.06.2017 № 487 Жарлығымен.",
     "regulation/5", "excluded", "487", date(2017, 6, 1)),
    ("Ескерту. Ереже 5-1-тармақпен толықтырылды - ҚР Президентінің 01.06.2017 № 487 Жарлығымен.",
     "regulation/5-1", "supplemented", "487", date(2017, 6, 1)),
    ("Ескерту. 5-тармақ 4-1) тармақшамен толықтырылды - ҚР 01.06.2017 № 487 Жарлығымен.",
     "regulation/5/4-1", "supplemented", "487", date(2017, 6, 1)),
    ("Ескерту. 5-тармағының 1) тармақшасы жаңа редакцияда - ҚР Президентінің 01.06.2017 № 487.",
     "regulation/5/1", "restated", "487", date(2017, 6, 1)),
    ("Ескерту. 9-тармақтың үшінші бөлігі жаңа редакцияда - ҚР Президентінің 01.06.2017 № 487.",
     "regulation/9/part-3", "restated", "487", date(2017, 6, 1)),
    ("Ескерту. 7-тармақтың 1) тармақшасы жаңа редакцияда - ҚР Президентінің 01.06.2017 № 487.",
     "regulation/7/part-2/1", "restated", "487", date(2017, 6, 1)),
    ("Ескерту. 2-тарау жаңа редакцияда - ҚР Президентінің 01.06.2017 № 487 Жарлығымен.",
     "regulation/chapter-2", "restated", "487", date(2017, 6, 1)),
    ("Ескерту. 2-тараудың тақырыбы жаңа редакцияда - ҚР Президентінің 01.06.2017 № 487 Жарлығымен.",
     "regulation/chapter-2", "heading-restated", "487", date(2017, 6, 1)),
    ("Ескерту. Тараудың тақырыбы жаңа редакцияда - ҚР Президентінің 01.06.2017 № 487 Жарлығымен.",
     "regulation/chapter-2", "heading-restated", "487", date(2017, 6, 1)),
    ("Ескерту. Тақырыбы жаңа редакцияда - ҚР Президентінің 01.06.2017 № 487 Жарлығымен.",
     "regulation", "heading-restated", "487", date(2017, 6, 1)),
    ("Ескерту. Кіріспе жаңа редакцияда - ҚР Президентінің 01.06.2017 № 487 Жарлығымен.",
     "regulation/preamble", "restated", "487", date(2017, 6, 1)),
    ("Ескерту. Күші жойылды - ҚР Президентінің 01.06.2017 № 487 Жарлығымен.",
     "regulation", "repealed", "487", date(2017, 6, 1)),
    ("Ескерту. Мәтінде \"алым\" деген сөз ауыстырылды - ҚР 13.05.2020 № 327-VІ Заңымен.",
     "regulation", "amended", "327-VI", date(2020, 5, 13)),
    ("Ескерту. 5-тармаққа өзгерiс енгiзiлдi - Үкiметтiң 2004 жылғы 5 шiлдедегi N 1023 қаулысымен.",
     "regulation/5", "amended", "1023", date(2004, 7, 5)),
    ("Ескерту. 5-тармақ жаңа редакцияда – ҚР Қаржы министрінің 12.10.2021 № ҚР ДСМ-15 бұйрығымен.",
     "regulation/5", "restated", "ҚР ДСМ-15", date(2021, 10, 12)),
    ("Ескерту. 5-тармақ жаңа редакцияда – ҚР Қаржы министрінің 12.10.2021 № 48-НҚ бұйрығымен.",
     "regulation/5", "restated", "48-НҚ", date(2021, 10, 12)),
    ("Ескерту. 5-тармақ жаңа редакцияда – қала мәслихатының 12.10.2021 № 18/145 шешімімен.",
     "regulation/5", "restated", "18/145", date(2021, 10, 12)),
]  # fmt: skip
RUSSIAN = [
    ("Сноска. Пункт 5 в редакции Указа Президента РК от 01.06.2017 № 487.",
     "regulation/5", "restated", "487", date(2017, 6, 1)),
    ("Сноска. Пункт 5 в редакции Указа Президента РК от 1 июня 2017 года № 487.",
     "regulation/5", "restated", "487", date(2017, 6, 1)),
    ("Сноска. Пункт 5 – в редакции Указа Президента РК от 01.06.2017 г. № 487.",
     "regulation/5", "restated", "487", date(2017, 6, 1)),
    ("Сноска. Пункт 5 с изменением, внесенным Указом Президента РК от 22.07.2019 № 74.",
     "regulation/5", "amended", "74", date(2019, 7, 22)),
    ("Сноска. Пункт 5 исключен Указом Президента РК от 22.07.2019 № 74.",
     "regulation/5", "excluded", "74", date(2019, 7, 22)),
    ("Сноска. Положение дополнено пунктом 5-1 в соответствии с Указом РК от 22.07.2019 № 74.",
     "regulation/5-1", "supplemented", "74", date(2019, 7, 22)),
    ("Сноска. Пункт 5 дополнен подпунктом 4-1) в соответствии с Указом РК от 22.07.2019 № 74.",
     "regulation/5/4-1", "supplemented", "74", date(2019, 7, 22)),
    ("Сноска. Подпункт 1) пункта 5 в редакции Указа Президента РК от 22.07.2019 № 74.",
     "regulation/5/1", "restated", "74", date(2019, 7, 22)),
    ("Сноска. Часть третья пункта 9 в редакции Указа Президента РК от 22.07.2019 № 74.",
     "regulation/9/part-3", "restated", "74", date(2019, 7, 22)),
    ("Сноска. Заголовок главы 2 в редакции Указа Президента РК от 22.07.2019 № 74.",
     "regulation/chapter-2", "heading-restated", "74", date(2019, 7, 22)),
    ("Сноска. Преамбула в редакции Указа Президента РК от 22.07.2019 № 74.",
     "regulation/preamble", "restated", "74", date(2019, 7, 22)),
    ("Сноска. Утратило силу Указом Президента РК от 22.07.2019 № 74.",
     "regulation", "repealed", "74", date(2019, 7, 22)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "target", "action", "number", "signed"), KAZAKH + RUSSIAN)
def test_a_note_says_what_was_done_to_what_by_which_act(
    text: str, target: str, action: str, number: str, signed: date
) -> None:
    [found] = read(text)
    assert (found.target.short, found.action) == (target, action)
    assert (found.by.number, found.by.date) == (number, signed)
    assert found.note == text


# In a law a paragraph is one of the article that the note stands in: the words, where, the target.
IN_A_LAW = [
    ("3-бапқа өзгеріс енгізілді", "law/3", "law/3"),
    ("2-тармақ жаңа редакцияда", "law/3/2", "law/3/2"),
    ("3-бабының 2-тармағының 4) тармақшасы алып тасталды", "law/3", "law/3/2/4"),
    ("4) тармақша алып тасталды", "law/3/2", "law/3/2/4"),
    ("2-тарау 5-1-баппен толықтырылды", "law/3", "law/5-1"),
    ("3-бап 2-1-тармақпен толықтырылды", "law/3", "law/3/2-1"),
    ("3-баптың тақырыбы жаңа редакцияда", "law/3", "law/3"),
    ("3-баптың екінші бөлігі жаңа редакцияда", "law/3", "law/3/part-2"),
    ("Статья 3 с изменениями, внесенными", "law/3", "law/3"),
    ("Пункт 2 статьи 3 в редакции", "law/3", "law/3/2"),
    ("Подпункт 4) пункта 2 статьи 3 исключен", "law/3", "law/3/2/4"),
    ("Глава 2 дополнена статьей 5-1 в соответствии с", "law/3", "law/5-1"),
    ("Статья 3 дополнена пунктом 2-1 в соответствии с", "law/3", "law/3/2-1"),
]


def in_full(words: str) -> str:
    """A note with these words about the change, in the language of the words."""
    if re.search("[ыі]", words) and not re.search("стать|ункт|лав", words):
        return f"Ескерту. {words} - ҚР 03.07.2019 № 262-VI Заңымен."
    return f"Сноска. {words} Законом РК от 03.07.2019 № 262-VI."


@pytest.mark.parametrize(("words", "where", "target"), IN_A_LAW)
def test_a_note_in_a_law(words: str, where: str, target: str) -> None:
    [found] = read(in_full(words), "law", where)
    assert found.target.short == target
    assert (found.by.kind, found.by.id) == ("law", "Z1900000262")


SEVERAL_TARGETS = [
    ("4 және 5-тармақтарға өзгерістер енгізілді", ["4", "5"]),
    ("4, 5 және 7-тармақтар жаңа редакцияда", ["4", "5", "7"]),
    ("4 – 6-тармақтар алып тасталды", ["4", "5", "6"]),
    ("4-тармақ, 5-тармақ және 6-1-тармақ алып тасталды", ["4", "5", "6-1"]),
    ("5-тармақтың 1), 3) және 4) тармақшалары жаңа редакцияда", ["5/1", "5/3", "5/4"]),
    ("5-тармақтың 1) тармақшасы және 7-тармақ жаңа редакцияда", ["5/1", "7"]),
    ("4-тармаққа, 5-тармақтың 1) тармақшасына өзгеріс енгізілді", ["4", "5/1"]),
    ("9-тармақтың бірінші және үшінші бөліктері алып тасталды", ["9/part-1", "9/part-3"]),
    ("Часть первая и третья пункта 9 исключены", ["9/part-1", "9/part-3"]),
    ("Пункты 4 и 5 в редакции", ["4", "5"]),
    ("Подпункты 1), 3) пункта 5 исключены", ["5/1", "5/3"]),
    ("Подпункт 1) пункта 5 и пункт 7 исключены", ["5/1", "7"]),
    ("Пункт 5 дополнен подпунктами 5) и 6) в соответствии с", ["5/5", "5/6"]),
]


@pytest.mark.parametrize(("words", "targets"), SEVERAL_TARGETS)
def test_a_note_about_several_clauses(words: str, targets: list[str]) -> None:
    found = sorted(amendment.target.short for amendment in read(in_full(words)))
    assert found == [f"regulation/{target}" for target in targets]


# A note that names several acts: action, number, signing year, and rule of each.
SEVERAL_ACTS = [
    ("Ескерту. 5-тармаққа өзгерістер енгізілді - ҚР Президентінің 2017.06.01 № 487 (алғашқы ресми"
     " жарияланған күнінен бастап қолданысқа енгізіледі); 22.07.2019 № 74 Жарлықтарымен.",
     [("amended", "487", 2017, FROM_PUBLICATION), ("amended", "74", 2019, NOT_STATED)]),
    ("Ескерту. 5-тармақ жаңа редакцияда - ҚР Президентінің 01.06.2017 № 487; өзгеріс енгізілді - ҚР"
     " Президентінің 22.07.2019 № 74 (алғашқы ресми жарияланған күнінен бастап) Жарлықтарымен.",
     [("restated", "487", 2017, NOT_STATED), ("amended", "74", 2019, FROM_PUBLICATION)]),
    ("Ескерту. 5-тармаққа өзгерістер енгізілді - ҚР 13.11.2015 № 400-V (01.01.2016 бастап"
     " қолданысқа енгізіледі); 03.07.2019 № 262-VI (01.01.2020 бастап қолданысқа енгізіледі)"
     " Заңдарымен.",
     [("amended", "400-V", 2015, "from 2016-01-01"),
      ("amended", "262-VI", 2019, "from 2020-01-01")]),
    ("Сноска. Пункт 5 с изменениями, внесенными указами Президента РК от 01.06.2017 № 487"
     " (вводится в действие по истечении десяти календарных дней после дня его первого официального"
     " опубликования); от 22.07.2019 № 74.",
     [("amended", "487", 2017, TEN_DAYS), ("amended", "74", 2019, NOT_STATED)]),
    ("Сноска. Пункт 5 в редакции Указа Президента РК от 01.06.2017 № 487; с изменениями, внесенными"
     " Указом Президента РК от 22.07.2019 № 74 (вводится в действие с 01.01.2020).",
     [("restated", "487", 2017, NOT_STATED), ("amended", "74", 2019, "from 2020-01-01")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SEVERAL_ACTS)
def test_a_note_that_names_several_acts(
    text: str, expected: list[tuple[str, str, int, str]]
) -> None:
    found = [
        (a.action, a.by.number, a.by.date and a.by.date.year, a.commencement) for a in read(text)
    ]
    assert found == expected
    assert {a.target.short for a in read(text)} == {"regulation/5"}


# The words in brackets, the rule, and the day where the note itself fixes one.
COMMENCEMENTS = [
    ("алғашқы ресми жарияланған күнінен бастап қолданысқа енгізіледі", FROM_PUBLICATION, None),
    ("алғашқы ресми жарияланған күнен бастап қолданысқа енгізіледі", FROM_PUBLICATION, None),
    ("алғашқы ресми жарияланғанынан кейін күнтізбелік он күн өткен соң", TEN_DAYS, None),
    ("ресми жарияланған күнінен кейін күнтізбелік 10 күн өткен соң", TEN_DAYS, None),
    ("алғашқы ресми жарияланған күнінен кейін күнтізбелік алпыс күн өткен соң",
     "sixty calendar days after the day of first official publication", None),
    ("алғашқы ресми жарияланған күнінен кейін үш ай өткен соң",
     "three months after the day of first official publication", None),
    ("алғашқы ресми жарияланған күнінен кейiн алты ай өткен соң қолданысқа енгiзiледi",
     "six months after the day of first official publication", None),
    ("01.01.2018 бастап қолданысқа енгізіледі", "from 2018-01-01", date(2018, 1, 1)),
    ("2018.01.01 бастап қолданысқа енгізіледі", "from 2018-01-01", date(2018, 1, 1)),
    ("2018 жылғы 1 қаңтардан бастап қолданысқа енгізіледі", "from 2018-01-01", date(2018, 1, 1)),
    ("қол қойылған күнінен бастап қолданысқа енгізіледі", FROM_SIGNING, date(2017, 6, 1)),
    ("қолданысқа енгізілу тәртібін 2-тармақтан қараңыз", AS_PROVIDED, None),
    ("вводится в действие со дня его первого официального опубликования", FROM_PUBLICATION, None),
    ("вводится в действие по истечении десяти календарных дней после дня его первого официального"
     " опубликования", TEN_DAYS, None),
    ("вводится в действие с 1 января 2018 года", "from 2018-01-01", date(2018, 1, 1)),
    ("вводится в действие со дня подписания", FROM_SIGNING, date(2017, 6, 1)),
    ("порядок введения в действие см. п. 2", AS_PROVIDED, None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "rule", "day"), COMMENCEMENTS)
def test_a_commencement_rule_is_kept_as_stated(words: str, rule: str, day: date | None) -> None:
    [found] = read(f"Ескерту. 5-тармақ жаңа редакцияда - ҚР 01.06.2017 № 487 Жарлығымен ({words}).")
    assert (found.commencement, found.commencement_date) == (rule, day)
    assert found.by.date == date(2017, 6, 1)


@pytest.mark.parametrize("words", ["", " (алғашқы ресми жарияланған күнінен бастап)", " (№ 5 хат)"])
def test_the_signing_day_is_never_taken_for_the_commencement(words: str) -> None:
    [found] = read(f"Ескерту. 5-тармақ алып тасталды - ҚР 01.06.2017 № 487 Жарлығымен{words}.")
    assert found.commencement_date is None


def test_a_broken_bracket_hides_no_commencement() -> None:
    [found] = read(
        "Сілтеме. 2-тармақ жаңа редакцияда - ҚР Президентінің 01.06.2017 No 487 Жарлығымен."
        " алғашқы ресми жарияланған күнінен бастап қолданысқа енгізіледі)."
    )
    assert found.commencement == FROM_PUBLICATION
    assert found.commencement_stated.startswith("алғашқы ресми")


NO_CHANGE = [
    "Ескерту. Осы Ереженің мәтіні орыс тілінде жарияланды.",
    "Ескерту. 5-тармаққа өзгеріс енгізу көзделген – ҚР Президентінің 05.06.2030 № 910 Жарлығымен.",
    "Сноска. Порядок введения в действие см. пункт 3.",
]


@pytest.mark.parametrize("text", NO_CHANGE)
def test_a_note_about_no_change_gives_no_amendment(text: str) -> None:
    assert read(text) == []


def test_the_portals_remarks_are_no_amendments() -> None:
    text = "РҚАО-ның ескертпесі! 5-тармақ жаңа редакцияда - ҚР 05.06.2030 № 910 Жарлығымен."
    remark = NoteText("regulation", None, text, (1,), is_remark=True)
    assert read_notes([remark], KNOWN, "U1") == ([], [remark])


CODES = [
    ("decree", "487", date(2017, 6, 1), "U1700000487"),
    ("decree", "74", date(2019, 7, 22), "U1900000074"),
    ("law", "416-V", date(2015, 11, 23), "Z1500000416"),
    ("resolution", "1023", date(2004, 7, 5), "P0400001023"),
    ("order", "310", date(2021, 10, 12), None),
    ("decree", "487", None, None),
    ("decree", "ҚР ДСМ-15", date(2021, 1, 1), None),
]


@pytest.mark.parametrize(("kind", "number", "signed", "code"), CODES)
def test_registration_codes_follow_the_portals_convention(
    kind: str, number: str, signed: date | None, code: str | None
) -> None:
    assert act_code(kind, number, signed) == code
