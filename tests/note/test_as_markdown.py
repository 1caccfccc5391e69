"""The Markdown, rendered again: what was text is text, quotes are quotes, footnotes are there."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from kb.answer.quote import Library
from kb.note.as_markdown import as_markdown, plain
from kb.note.document import OMISSION, compose
from kb.note.note import OwnWords
from tests.note.making import FIRST, INJECTIONS, MADE, ORDER, a_note, everything, quoted


def text_of(node: SyntaxTreeNode) -> str:
    return "".join(inner.content for inner in node.walk() if inner.type in {"text", "text_special"})


def blocks(markdown: str) -> list[tuple[str, str]]:
    tree = SyntaxTreeNode(MarkdownIt("commonmark").parse(markdown))
    return [(node.type, text_of(node)) for node in tree.children]


@pytest.mark.parametrize("text", INJECTIONS)
def test_own_words_render_as_they_were_written(library: Library, text: str) -> None:
    found = blocks(as_markdown(compose(a_note(OwnWords(text), title=text), library, MADE)))
    title = " ".join(text.split())
    assert found == [("heading", title), ("paragraph", text.strip())]


@pytest.mark.parametrize("text", INJECTIONS)
def test_nothing_of_own_words_is_markup(text: str) -> None:
    assert re.search(r"<(?!p>|/p>)", MarkdownIt("commonmark").render(plain(text))) is None


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_quotes_render_word_for_word(library: Library, language: str) -> None:
    document = everything(library, language)
    tree = SyntaxTreeNode(MarkdownIt("commonmark").parse(as_markdown(document)))
    found = [[text_of(p) for p in n.children] for n in tree.children if n.type == "blockquote"]
    expected = []
    for block in document.quotes:
        for lines in (block.law, block.translation):
            if lines:
                expected.append([OMISSION if x.omission else x.printed for x in lines])
    assert found == expected


def test_every_footnote_is_called_once_and_said_once(library: Library) -> None:
    document = compose(
        a_note(quoted(library, "code/7"), quoted(library, "code/6/8")), library, MADE
    )
    markdown = as_markdown(document)
    assert re.findall(r"\[\^(\d+)\](?!:)", markdown) == ["1", "2"]
    assert re.findall(r"^\[\^(\d+)\]:", markdown, re.M) == ["1", "2"]
    assert "U1500000153/code/6/8@2022-02-22" in markdown


def test_the_edition_of_an_older_wording_is_read_back(two: Library) -> None:
    note = a_note(quoted(two, f"{ORDER}/rules/8@{FIRST}"), language="en")
    markdown = as_markdown(compose(note, two, MADE))
    assert "## Rules, paragraph 8 (edition of 15 January 2019)[^1]" in markdown
    assert f"address: {ORDER}/rules/8@2019-01-15" in markdown
    assert "The edition of 12 October 2021 does not have this provision." in markdown


def test_the_official_text_is_set_as_a_quote_and_ours_in_italics(two: Library) -> None:
    quotes = [quoted(two, f"{ORDER}/rules/4"), quoted(two, "code/7")]
    markdown = as_markdown(compose(a_note(*quotes, language="ru"), two, MADE))
    assert "> 4\\. Документ выдается читателю на тридцать календарных дней." in markdown
    assert "*Неофициальный перевод:*\n\n> *7" in markdown
