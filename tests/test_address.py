"""Addresses parse, print, sort and cite, and every printed form reads back."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.address import LANGUAGES, ClauseAddress
from kb.errors import AddressError

READ = [
    ("code/6/8", ClauseAddress("code", ("6", "8"))),
    ("U1500000153/code/6/8", ClauseAddress("code", ("6", "8"), "U1500000153")),
    (
        "U1500000153/code/6/8@2022-02-22",
        ClauseAddress("code", ("6", "8"), "U1500000153", date(2022, 2, 22)),
    ),
    ("code/6/8@2022-02-22", ClauseAddress("code", ("6", "8"), None, date(2022, 2, 22))),
    ("regulation/9/part-3", ClauseAddress("regulation", ("9", "part-3"))),
    ("regulation/6-1/2", ClauseAddress("regulation", ("6-1", "2"))),
    ("decree/preamble", ClauseAddress("decree", ("preamble",))),
    ("code/chapter-3", ClauseAddress("code", ("chapter-3",))),
    ("law/12-1/3-1/1", ClauseAddress("law", ("12-1", "3-1", "1"))),
    ("Z1500000416/law/12", ClauseAddress("law", ("12",), "Z1500000416")),
    ("annex-2/4", ClauseAddress("annex-2", ("4",))),
    ("rules/1.2/3", ClauseAddress("rules", ("1.2", "3"))),
    ("V16UL003811/rules/1", ClauseAddress("rules", ("1",), "V16UL003811")),
    ("Z080000062_/law/1", ClauseAddress("law", ("1",), "Z080000062_")),
    ("V2100023045/rules/6-1", ClauseAddress("rules", ("6-1",), "V2100023045")),
    ("code", ClauseAddress("code")),
    ("  code/6 \n", ClauseAddress("code", ("6",))),
]


@pytest.mark.parametrize(("text", "address"), READ)
def test_a_printed_address_is_read(text: str, address: ClauseAddress) -> None:
    assert ClauseAddress.parse(text) == address
    assert str(address) == text.strip()


BAD = [
    "",
    "   ",
    "/",
    "code/",
    "code//6",
    "code/x",
    "code/6)",
    "code/6/8@",
    "code/6/8@2022-13-01",
    "code/6/8@22.02.2022",
    "code/6/8@20220222",
    "U1500000153",
    "U1500000153/",
    "Code/6",
    "кодекс/6",
    "code/part-",
    "code/part-0",
    "code/0",
    "code/٦",
    "code/6-",
    "code/6\n/8",
    "../etc/passwd",
]


@pytest.mark.parametrize("text", BAD)
def test_bad_input_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(AddressError) as caught:
        ClauseAddress.parse(text)
    assert "\n" not in str(caught.value)
    assert str(caught.value)


@pytest.mark.parametrize("text", ["", "code", "6-тармақ", "пункт 6 Кодекса чести", "статья"])
def test_words_that_are_no_citation_are_refused_in_one_line(text: str) -> None:
    with pytest.raises(AddressError) as caught:
        ClauseAddress.parse_citation(text)
    assert "\n" not in str(caught.value)


def test_a_language_without_citations_is_refused() -> None:
    with pytest.raises(AddressError, match="choose one of kk, ru, en"):
        ClauseAddress.parse("code/6").cite("de")


CITED = [
    ("code/6/8", "kk", "Әдеп кодексінің 6-тармағының 8) тармақшасы"),
    ("code/6/8", "ru", "подпункт 8) пункта 6 Этического кодекса"),
    ("code/6/8", "en", "Code of Ethics, paragraph 6, subparagraph 8)"),
    ("decree/preamble", "kk", "Жарлықтың кіріспесі"),
    ("decree/preamble", "ru", "преамбула Указа"),
    ("decree/preamble", "en", "Decree, preamble"),
    ("decree/3", "kk", "Жарлықтың 3-тармағы"),
    (
        "regulation/9/part-3",
        "kk",
        "Әдеп жөніндегі уәкіл туралы ереженің 9-тармағының үшінші бөлігі",
    ),
    ("regulation/9/part-3", "ru", "часть третья пункта 9 Положения об уполномоченном по этике"),
    (
        "regulation/9/part-3",
        "en",
        "Regulation on the Ethics Commissioner, paragraph 9, third part",
    ),
    (
        "regulation/9/part-2/1",
        "ru",
        "подпункт 1) части второй пункта 9 Положения об уполномоченном по этике",
    ),
    ("regulation/6-1/2", "kk", "Әдеп жөніндегі уәкіл туралы ереженің 6-1-тармағының 2) тармақшасы"),
    ("code/chapter-2", "kk", "Әдеп кодексінің 2-тарауы"),
    ("code/chapter-2", "ru", "глава 2 Этического кодекса"),
    ("annex/2", "kk", "Қосымшаның 2-тармағы"),
    ("annex-2/2", "kk", "2-қосымшаның 2-тармағы"),
    ("annex-2", "ru", "Приложение 2"),
    ("annex-2/2", "en", "Annex 2, paragraph 2"),
    ("code", "kk", "Әдеп кодексі"),
    ("law/12", "kk", "Заңның 12-бабы"),
    ("law/12", "ru", "статья 12 Закона"),
    ("law/12", "en", "Law, article 12"),
    ("law/12/3", "kk", "Заңның 12-бабының 3-тармағы"),
    ("law/12/3/1", "ru", "подпункт 1) пункта 3 статьи 12 Закона"),
    ("law/12-1/3-1/1", "kk", "Заңның 12-1-бабының 3-1-тармағының 1) тармақшасы"),
    ("law/12/3/1", "en", "Law, article 12, paragraph 3, subparagraph 1)"),
    ("order/4", "kk", "Бұйрықтың 4-тармағы"),
    ("rules/6-1/2", "ru", "подпункт 2) пункта 6-1 Правил"),
    ("resolution/1", "en", "Resolution, paragraph 1"),
    ("instruction/1", "kk", "Нұсқаулықтың 1-тармағы"),
    ("standard/5", "ru", "пункт 5 Стандарта"),
]


@pytest.mark.parametrize(("text", "lang", "citation"), CITED)
def test_a_citation_prints_and_reads_back(text: str, lang: str, citation: str) -> None:
    address = ClauseAddress.parse(text)
    assert address.cite(lang) == citation
    assert ClauseAddress.parse_citation(citation, lang) == address
    assert ClauseAddress.parse_citation(citation) == address


CITED_IN_AN_ACT = [
    ("U1500000153/code/6", "kk", "Әдеп кодексінің 6-тармағы"),
    ("U1500000153/regulation/9", "ru", "пункт 9 Положения об уполномоченном по этике"),
    ("K1400000226/code/366", "kk", "Кодекстің 366-тармағы"),
    ("K1400000226/code", "ru", "Кодекс"),
    ("K1400000226/code/2/1", "ru", "подпункт 1) пункта 2 Кодекса"),
    ("V2100023045/regulation/2", "kk", "Ереженің 2-тармағы"),
    ("V2100023045/regulation/2", "ru", "пункт 2 Положения"),
    ("V2100023045/regulation/2", "en", "Regulation, paragraph 2"),
    ("V2100023045/regulation-2/2", "kk", "2-ереженің 2-тармағы"),
    ("V2100023045/code/2", "en", "Code, paragraph 2"),
    ("V2100023045/rules/2", "en", "Rules, paragraph 2"),
]


@pytest.mark.parametrize(("text", "lang", "citation"), CITED_IN_AN_ACT)
def test_only_the_act_that_names_its_texts_is_cited_by_those_names(
    text: str, lang: str, citation: str
) -> None:
    address = ClauseAddress.parse(text)
    assert address.cite(lang) == citation
    plain = ClauseAddress(address.component, address.path)
    assert ClauseAddress.parse_citation(citation, lang) == plain
    assert ClauseAddress.parse_citation(citation) == plain


def test_a_subparagraph_right_under_an_article_is_cited_by_its_own_level() -> None:
    address = ClauseAddress.parse("law/1/3")
    cited = address.cite("kk", ("article", "subparagraph"))
    assert cited == "Заңның 1-бабының 3) тармақшасы"
    assert ClauseAddress.parse_citation(cited) == address


def test_addresses_sort_as_the_text_does() -> None:
    in_order = [
        "decree/preamble",
        "decree/1",
        "decree/1/1",
        "decree/1/2",
        "decree/2",
        "code",
        "code/chapter-2",
        "code/5/6",
        "code/6",
        "code/6/2",
        "code/6/9",
        "code/6/10",
        "code/6-1",
        "code/7",
        "code/10",
        "regulation/2/part-1",
        "regulation/2/part-4",
        "annex/1",
        "annex-2/1",
    ]
    addresses = [ClauseAddress.parse(text) for text in in_order]
    shuffled = addresses[::-1]
    assert sorted(shuffled, key=lambda a: a.sort_key) == addresses


def test_the_addresses_above_a_clause_end_with_the_component() -> None:
    address = ClauseAddress.parse("U1500000153/regulation/9/part-2/1")
    above = [str(a) for a in address.ancestors]
    assert above == [
        "U1500000153/regulation/9/part-2",
        "U1500000153/regulation/9",
        "U1500000153/regulation",
    ]
    assert ClauseAddress("code").parent is None


NUMBERS = st.integers(1, 400).map(str) | st.builds(
    "{}-{}".format, st.integers(1, 99), st.integers(1, 9)
)
PARTS = st.integers(1, 20).map("part-{}".format)
COMPONENTS = st.sampled_from(
    ["decree", "code", "regulation", "annex", "annex-2", "law", "order", "resolution"]
) | st.sampled_from(["code-2", "regulation-2", "rules", "rules-3", "instruction", "standard"])
PATHS = st.one_of(
    st.just(()),
    st.just(("preamble",)),
    NUMBERS.map("chapter-{}".format).map(lambda chapter: (chapter,)),
    st.tuples(NUMBERS),
    st.tuples(NUMBERS, NUMBERS),
    st.tuples(NUMBERS, PARTS),
    st.tuples(NUMBERS, PARTS, NUMBERS),
    st.tuples(NUMBERS, NUMBERS, NUMBERS),
)
ACTS = st.none() | st.sampled_from(["U1500000153", "Z1500000416", "V2100023045", "P030000015"])
EDITIONS = st.none() | st.dates(date(1995, 1, 1), date(2100, 1, 1))
ADDRESSES = st.builds(ClauseAddress, COMPONENTS, PATHS, ACTS, EDITIONS)


@given(ADDRESSES)
def test_every_address_reads_back_as_printed(address: ClauseAddress) -> None:
    assert ClauseAddress.parse(str(address)) == address
    assert ClauseAddress.parse(address.short) == ClauseAddress(address.component, address.path)


@given(ADDRESSES, st.sampled_from(LANGUAGES))
def test_every_citation_reads_back_in_its_language(address: ClauseAddress, lang: str) -> None:
    plain = ClauseAddress(address.component, address.path)
    assert ClauseAddress.parse_citation(address.cite(lang), lang) == plain
    assert ClauseAddress.parse_citation(address.cite(lang)) == plain


@given(ADDRESSES, ADDRESSES)
def test_distinct_addresses_never_sort_as_equal(one: ClauseAddress, other: ClauseAddress) -> None:
    assert (one == other) == (one.sort_key == other.sort_key)


@given(st.text(max_size=40), st.sampled_from([ClauseAddress.parse, ClauseAddress.parse_citation]))
def test_any_other_text_is_refused_in_one_line(
    text: str, read: Callable[[str], ClauseAddress]
) -> None:
    try:
        read(text)
    except AddressError as error:
        message = str(error)
    else:
        message = "an address"
    assert "\n" not in message
