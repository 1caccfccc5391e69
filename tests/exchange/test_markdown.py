"""Markdown: the law's words, escaped; anchors as on the site; what is ours is marked."""

import re
from dataclasses import replace
from html import unescape

import pytest
from markdown_it import MarkdownIt

from kb.exchange.markdown import anchor, escaped, write


def rendered(text):
    """The words that a reader of the page sees, without marks."""
    html = MarkdownIt().render(text)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html)))


def test_every_clause_has_an_anchor_of_its_own(text):
    """``law/5-1`` and ``law/5/1`` are two clauses."""
    page = write(text)
    assert len({anchor(clause.address) for clause in text.clauses}) == len(text.clauses)
    for clause in text.clauses:
        assert page.count(f'<a id="{anchor(clause.address)}"></a>') == 1


def test_every_word_of_every_clause_is_read_on_the_page(text):
    page = rendered(write(text))
    for clause in text.clauses:
        for line in clause.text.split("\n"):
            assert re.sub(r"\s+", " ", line).strip() in page


@pytest.mark.parametrize(
    "words",
    [
        "# жол", "1. бірінші", "2) екінші", "- сызықша", "+ қосу", "> дәйексөз", "*жұлдыз*",
        "_астын сызу_", "[сілтеме](x)", "`код`", "<b>қалың</b>", "a|b", "~~x~~", r"кері \ сызық",
        "=== ", "&amp; емес",
    ],
)  # fmt: skip
def test_what_markdown_would_take_for_its_own_is_escaped(words):
    assert rendered(escaped(words)).strip() == rendered_plain(words)


def rendered_plain(words):
    return re.sub(r"\s+", " ", words).strip()


def test_a_paragraph_of_the_shipped_act(shipped):
    page = write(shipped)
    assert (
        '<a id="code.6"></a>**6\\.** Мемлекеттік қызметшілерге мынадай талаптар қойылады:\n\n'
        '<a id="code.6.1"></a>**1)** қарапайым болуға'
    ) in page
    assert '### <a id="code.chapter-3"></a>3-тарау. Мемлекеттік қызметшілердің' in page
    assert "<sub>[Әдеп кодексінің 6-тармағы](#code.6)</sub>" in page


def test_a_number_stands_before_the_first_part(shipped):
    assert '**9\\.** <a id="code.9.part-1"></a>Мемлекеттік қызметшілер мемлекеттік' in write(
        shipped
    )


def test_what_is_ours_is_marked(shipped):
    page = write(shipped)
    quoted = [line for line in page.splitlines() if line.startswith(">")]
    assert all("Adep" in line for line in quoted)
    assert len(quoted) == 1 + len(shipped.editor_notes)


def test_a_russian_text_is_spoken_of_in_russian(synthetic):
    page = write(synthetic("decree"))
    assert "> **Adep:** Акт «1». Редакция 2021-10-12." in page
    assert '### <a id="regulation.chapter-1"></a>Глава 1. Общие положения' in page
    assert "*Сноска. Пункт 2 с изменениями" in page


def test_an_article_is_a_heading(synthetic):
    assert '#### <a id="law.5"></a>5-бап. Өтінішті қараудан бас тарту' in write(synthetic("law"))


def test_an_act_without_title_or_name_is_called_by_its_code(shipped):
    act = replace(shipped.acts[0], title="", short={})
    assert write(replace(shipped, acts=(act,))).startswith(
        "# U1500000153\n\n> **Adep:** U1500000153."
    )
