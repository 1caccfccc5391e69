"""Read articles, paragraphs, subparagraphs and the lines without a number that belong to them."""

from __future__ import annotations

import re

from kb.address import ClauseAddress
from kb.corpus import front_matter
from kb.corpus.cursor import Cursor
from kb.corpus.drafting import (
    STRUCTURE,
    continues,
    follows,
    is_closed,
    mark_of,
    number_key,
    quotes_open,
)
from kb.corpus.outline import OpenClause, Run

_QUOTE_REACH = 400
_CYRILLIC = re.compile("[а-яёәғқңөұүһі]", re.IGNORECASE)
_AFTER_ITEM = STRUCTURE | {"note", "remark"}


class ClauseReader:
    """The open article or paragraph, the open item of its list, and where a quotation ends."""

    def __init__(self, cursor: Cursor) -> None:
        """Read from ``cursor``."""
        self.cursor = cursor
        self.clause: OpenClause | None = None
        self.item: OpenClause | None = None
        self.quote_end = 0

    def close(self) -> None:
        """Finish what is open."""
        self.clause = self.item = None

    # -- numbered lines --------------------------------------------------------------------

    def article(self) -> None:
        """Open an article; words without a closing mark are its heading."""
        mark, part = self.cursor.mark, self.cursor.part
        self._check_order(part.last_number)
        article = self._open((mark.number,), "article")
        article.heading = "" if is_closed(mark.text) else mark.text
        part.article, part.last_number = article, mark.number
        self.clause, self.item = article, None
        self._add_run(article, mark.text)

    def paragraph(self) -> None:
        """Open a paragraph, of the article above it where there is one."""
        mark, part = self.cursor.mark, self.cursor.part
        holder = part.article or part
        self._check_order(holder.last_number)
        above = part.article.address.path if part.article else ()
        paragraph = self._open((*above, mark.number), "paragraph")
        holder.last_number = mark.number
        self.clause, self.item = paragraph, None
        self._add_run(paragraph, mark.text)

    def subparagraph(self) -> None:
        """Open an item of the list that the open article or paragraph introduces."""
        mark, above = self.cursor.mark, self.clause
        holder = self.cursor.part if above is None and self.cursor.in_annex else above
        if holder is None or (above and above.kind == "preamble"):
            raise self.cursor.fail(f"subparagraph {mark.number}) stands under no paragraph")
        self._check_order(holder.last_number)
        path = above.items_path() if above else ()
        self.item = self._open((*path, mark.number), "subparagraph")
        holder.last_number = mark.number
        self._add_run(self.item, mark.text)

    def _open(self, path: tuple[str, ...], kind: str) -> OpenClause:
        part = self.cursor.part
        number = "" if kind in {"preamble", "text"} else self.cursor.mark.number
        if self.cursor.ended:
            raise self.cursor.fail("a clause stands after the end of the text")
        address = ClauseAddress(part.name, path)
        if address in part.addresses:
            raise self.cursor.fail(f"a second {kind} {number} in {part.name}")
        clause = OpenClause(address, kind, number, part.chapter)
        part.add(clause)
        return clause

    def _check_order(self, last: str | None) -> None:
        mark = self.cursor.mark
        if last is not None and number_key(mark.number) <= number_key(last):
            raise self.cursor.fail(f"{mark.kind} {mark.number} stands after {mark.kind} {last}")

    def _add_run(self, clause: OpenClause, reading: str) -> None:
        quoted, row = self.cursor.at < self.quote_end, self.cursor.mark.kind == "row"
        number = self.cursor.line.number
        source = self._verbatim(reading).strip()
        clause.runs.append(Run([reading.strip()], [source], [number], quoted, row))
        self.cursor.place("clause", clause.address.short)

    def _verbatim(self, reading: str) -> str:
        """The source words behind ``reading``: the source line less the mark before its words."""
        source = self.cursor.line.text
        return source if reading == self.cursor.text else mark_of(source).text

    # -- lines without a number ------------------------------------------------------------

    def row(self) -> None:
        """Take in a row of a table: into the open clause, or into the text of an annex."""
        clause = self.item or self.clause or self._annex_text()
        if clause is None or self.cursor.ended:
            raise self.cursor.fail("no clause is open that this table could belong to")
        self._add_run(clause, self.cursor.text)

    def _annex_text(self) -> OpenClause | None:
        """The clause that is the annex itself: what stands in it under no number of its own."""
        part = self.cursor.part
        if not self.cursor.in_annex or self.cursor.ended:
            return None
        own = next((c for c in part.clauses if c.kind == "text"), None)
        self.clause = own or self._open((), "text")
        return self.clause

    def text(self) -> None:
        """Take in a line without a mark, or raise ``ParseError`` where none belongs."""
        if self.clause is None and self.item is None and (annex := self._annex_text()):
            self._add_run(annex, self.cursor.text)
            return
        if self.cursor.ended or (self.clause is None and self.cursor.part.clauses):
            raise self.cursor.fail("no rule says where this line belongs")
        if self.clause is None and self.item is None:
            self._preamble()
        elif self._begins_quotation():
            self.quoted()
        elif self.item is not None and self._belongs_to_item(self.item):
            self._refuse_stray(self.item)
            self._continue(self.item)
        elif self.clause is None:
            raise self.cursor.fail("no rule says where this line belongs")
        else:
            self._refuse_stray(self.clause)
            self._indent(self.clause)

    def quoted(self) -> None:
        """Take in a line of the words that the clause puts into another act."""
        clause = self.item or self.clause
        assert clause is not None
        self._add_run(clause, self.cursor.text)

    @property
    def in_quotation(self) -> bool:
        """Whether the line at hand stands inside such words."""
        return self.cursor.at < self.quote_end

    def _refuse_stray(self, above: OpenClause) -> None:
        """Raise for a line that would otherwise be taken into the law's words by mistake."""
        cursor, text = self.cursor, self.cursor.text
        if above.kind == "text" or not above.last_text or not cursor.lines.begins_afresh(cursor.at):
            return
        if not _CYRILLIC.search(text):
            raise cursor.fail("this line has no word of the law's language")
        shouted = text.isupper() and len(text.split()) > 1
        is_heading = shouted or cursor.line.is_markdown_heading or not self._goes_on_below()
        if is_heading and not is_closed(text):
            raise cursor.fail("this line is no sentence, and no heading with a number")

    def _goes_on_below(self) -> bool:
        """Whether a line without a mark follows, which may end the sentence of the one at hand."""
        lines, below = self.cursor.lines, self.cursor.at + 1
        while below < len(lines) and lines.marks[below].kind == "page":
            below += 1
        return below < len(lines) and (
            lines.marks[below].kind == "text" or lines.is_reference(below)
        )

    def _preamble(self) -> None:
        cursor = self.cursor
        if cursor.part.headings or not front_matter.begins_preamble(cursor.lines, cursor.at):
            raise cursor.fail("this line is no title, no preamble and no clause")
        self.clause = self._open(("preamble",), "preamble")
        self._add_run(self.clause, cursor.text)

    def _begins_quotation(self) -> bool:
        """The words that an act puts into another one are quoted: their numbers are not its own."""
        above, text = self.item or self.clause, self.cursor.text
        if above is None or not above.last_text.endswith(":"):
            return False
        if text[0] not in '«"' or not quotes_open(text):
            return False
        end = self.cursor.lines.quotation_end(self.cursor.at, _QUOTE_REACH, paired=text[0] == '"')
        self.quote_end = end or self.quote_end
        return end is not None

    def _belongs_to_item(self, item: OpenClause) -> bool:
        """Inside a list, a line without a number completes the item above it.

        It does so when it goes on with the sentence, when the item closed with a semicolon or a
        colon, or when the list goes on after it.
        """
        text = self.cursor.text
        if not item.ends_in_table and (
            continues(item.last_text, text) or item.last_text.endswith((";", ":"))
        ):
            return True
        coming = self.cursor.lines.next_mark(self.cursor.at + 1, _AFTER_ITEM)
        if coming is None or coming.kind != "subparagraph":
            return False
        return follows(coming.number, item.number)

    def _continue(self, clause: OpenClause) -> None:
        """Join the line to the clause's last run, or begin a run where a sentence ended."""
        last, text = clause.last_text, self.cursor.text
        if clause.ends_in_table or (is_closed(last) and not text[:1].islower() and last[-1] != ";"):
            self._add_run(clause, text)
            return
        run = clause.runs[-1]
        run.reading.append(text)
        run.source.append(self.cursor.line.text)
        run.lines.append(self.cursor.line.number)
        self.cursor.place("clause", clause.address.short)

    def _indent(self, clause: OpenClause) -> None:
        """A further indent of a paragraph, or the rest of one that a page end broke."""
        after_items = self.item is not None
        self.item = None
        if clause.kind == "article" and len(clause.runs) == 1 and not after_items:
            self._under_article(clause)
        elif not after_items and self._goes_on(clause):
            self._continue(clause)
        else:
            self._add_run(clause, self.cursor.text)
            clause.begin_indent(after_items=after_items)

    def _goes_on(self, clause: OpenClause) -> bool:
        """Whether the line at hand completes the sentence above it; no row is completed."""
        text = self.cursor.text
        if clause.kind == "text":
            return text[:1].islower() and not clause.ends_in_table
        return not clause.ends_in_table and continues(clause.last_text, text)

    def _under_article(self, article: OpenClause) -> None:
        """The first line under an article's number: its heading, the rest of one, or an indent."""
        text = self.cursor.text
        is_heading = not article.last_text or (article.heading and text[:1].islower())
        if is_heading and not is_closed(text):
            article.heading = f"{article.heading} {text}".strip()
            self._continue(article)
        elif article.heading or is_closed(article.last_text):
            self._add_run(article, text)
        else:
            self._continue(article)
