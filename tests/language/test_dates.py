"""Dates as acts and people write them in three languages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.dates import find_dates

JUNE, FEBRUARY, DECEMBER = date(2017, 6, 1), date(2022, 2, 22), date(2015, 12, 29)

DATES = [
    ("ҚР Президентінің 2022.02.22 №814 Жарлығымен", FEBRUARY),
    ("ҚР Президентінің 22.02.2022 № 814 Жарлығымен", FEBRUARY),
    ("01.06.2017 No 487", JUNE),
    ("1.6.2017", JUNE),
    ("2017-06-01 күні", JUNE),
    ("2015 жылғы 29 желтоқсандағы №153 Жарлығы", DECEMBER),
    ("2015 жылдың 29 желтоқсанында", DECEMBER),
    ("2015 жылы 29 желтоқсанда тіркелді", DECEMBER),
    ("2015 ж. 29 желтоқсан", DECEMBER),
    ("2015 жылғы «29» желтоқсан", DECEMBER),
    ("29 желтоқсан 2015 жыл", DECEMBER),
    ("1 маусым 2017", JUNE),
    ("1999 жылғы 2 шiлдедегi N 912", date(1999, 7, 2)),
    ("2016 жылғы 1 қаңтардан бастап", date(2016, 1, 1)),
    ("2005 жылғы 3 мамырдағы", date(2005, 5, 3)),
    ("2011 жылғы 1 сәуірдегі", date(2011, 4, 1)),
    ("от 29 декабря 2015 года № 153", DECEMBER),
    ("от 3 мая 2005 года", date(2005, 5, 3)),
    ("с 5 марта 2019 г.", date(2019, 3, 5)),
    ("«12» августа 2020 года", date(2020, 8, 12)),
    ("on 1 June 2017", JUNE),
    ("June 1, 2017", JUNE),
    ("the 1st of June 2017", JUNE),
    ("December 29 2015", DECEMBER),
    ("АПРЕЛЬ 2019, 5 ИЮЛЯ 2019", date(2019, 7, 5)),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_a_date_is_found_where_it_stands(text: str, expected: date) -> None:
    [found] = find_dates(text)
    assert found.value == expected
    assert text[found.start : found.end].strip("«»") in text
    assert str(expected.year) in text[found.start : found.end]


NO_DATES = [
    "",
    "30.02.2020",
    "2020.13.01",
    "2020 жылғы 31 маусым",
    "2018 жылы",
    "6.8",
    "1234.56.7890",
    "№ 01.06.20177",
    "5 маусым",
    "5 майлы шелпек 2017",
    "тармақ 12.10",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_full_date_is_left_out(text: str) -> None:
    assert list(find_dates(text)) == []


def test_several_dates_are_all_found() -> None:
    text = "2017.06.01 № 487; 22.07.2019 № 74; 2022 жылғы 22 ақпандағы № 814"
    assert sorted(found.value for found in find_dates(text)) == [JUNE, date(2019, 7, 22), FEBRUARY]


MONTHS = [
    ("kk", "{y} жылғы {d} {m}", "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан"
     " қараша желтоқсан"),
    ("ru", "{d} {m} {y} года", "января февраля марта апреля мая июня июля августа сентября октября"
     " ноября декабря"),
    ("en", "{m} {d}, {y}", "January February March April May June July August September October"
     " November December"),
]  # fmt: skip


@given(st.dates(date(1991, 1, 1), date(2099, 12, 31)), st.sampled_from(MONTHS))
def test_every_day_reads_back_in_every_language(day: date, way: tuple[str, str, str]) -> None:
    _, pattern, months = way
    text = pattern.format(y=day.year, d=day.day, m=months.split()[day.month - 1])
    assert [found.value for found in find_dates(text)] == [day]


@given(st.dates(date(1991, 1, 1), date(2099, 12, 31)), st.sampled_from(["%d.%m.%Y", "%Y.%m.%d"]))
def test_every_day_reads_back_in_figures(day: date, pattern: str) -> None:
    assert [found.value for found in find_dates(f"ҚР {day.strftime(pattern)} № 5")] == [day]


@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)
