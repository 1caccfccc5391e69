"""Read a page saved from the portal: the lines of its text block, and the anchors in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from kb.errors import InputError
from kb.importing.read_plain import decode
from kb.importing.source import SourceText, checked_lines, raised, table_lines, tidy

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_CODE = re.compile(r"/docs/([A-Z]\d{2}[A-Z0-9]{7,8}_?)(?![A-Z0-9])")
_ANCHOR = re.compile(r"z\d{1,6}")
_ACTIVE = ("script", "iframe", "object", "embed", "applet")
_IGNORED = {"style", "head", "title", "noscript", "template", "button", "select", "textarea"}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt",
    "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
}  # fmt: skip


def read_html(data: bytes) -> SourceText:
    """The lines of the portal's text block, of the article, or of a page that is nothing else."""
    root = _parsed(data)
    block = _text_block(root)
    active = next(block.iter(*_ACTIVE), None)
    if active is not None:
        raise InputError(
            f"there is a {active.tag} inside the text of the page; "
            "save the page from the portal itself, as HTML only"
        )
    reader = _Reader()
    for title in _titles_outside(root, block):
        reader.read(title)
    reader.read(block)
    lines = checked_lines(reader.lines)
    return SourceText(lines, "html", tuple(reader.anchors), (), _own_code(root))


def _parsed(data: bytes) -> html.HtmlElement:
    """Parse without network, entities of a DTD, comments or instructions."""
    text = _text_of(data)
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=False, remove_pis=True, huge_tree=False
    )
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError(f"the page cannot be read: {_reason(error)}") from None
    # What is nested deeper than libxml2 allows it drops, and says so in its log alone.
    if any("epth" in entry.message for entry in parser.error_log):
        raise InputError("the page is nested too deeply to be a text of the portal")
    return root


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__


def _text_of(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeError):
            pass
    return decode(data)


def _classes(element: html.HtmlElement) -> set[str]:
    return set((element.get("class") or "").split())


def _text_block(root: html.HtmlElement) -> html.HtmlElement:
    """The longest of the portal's text blocks; else the article, else the body of the page."""
    blocks = [e for e in root.iter("div") if {"container_gamma", "text"} <= _classes(e)]
    blocks = blocks or list(root.iter("article")) or list(root.iter("body"))
    if not blocks:
        raise InputError("the page has no text")
    return max(blocks, key=lambda e: sum(map(len, e.itertext())))


def _titles_outside(root: html.HtmlElement, block: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The act's title and adoption line, which the portal sets above the text block."""
    for element in root.iter("div"):
        if "slogan" in _classes(element):
            around = (block in element.iter("div"), element in block.iter("div"))
            if not any(around):
                yield element
            return


def _own_code(root: html.HtmlElement) -> str:
    """The code of the act in the address that the page was saved from or names as its own."""
    addresses = [
        *(str(link.get("href")) for link in root.iter("link") if link.get("rel") == "canonical"),
        *(str(m.get("content")) for m in root.iter("meta") if m.get("property") == "og:url"),
        *(str(comment.text) for comment in root.getroottree().xpath("//comment()[position()<3]")
          if "saved from" in str(comment.text)),
    ]  # fmt: skip
    found = (match[1] for address in addresses if (match := _CODE.search(address)))
    return next(found, "")


class _Reader:
    """Walk a block without recursion; a line ends where a block of the page does."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.anchors: list[tuple[int, str]] = []
        self._open: list[str] = []
        self._waiting: list[str] = []
        self._counted: dict[html.HtmlElement, int] = {}

    def read(self, block: html.HtmlElement) -> None:
        """Add the lines of a block."""
        self._walk(block)
        self._end_line()

    def _walk(self, block: html.HtmlElement) -> None:
        stack: list[tuple[html.HtmlElement, bool]] = [(block, True)]
        while stack:
            element, entering = stack.pop()
            if not entering:
                self._leave(element, is_root=element is block)
                continue
            goes_in = self._enter(element)
            stack.append((element, False))
            if goes_in:
                stack.extend((child, True) for child in reversed(element))

    def _enter(self, element: html.HtmlElement) -> bool:
        """Note what begins; whether its children are to be read too."""
        if not isinstance(element.tag, str) or element.tag in _IGNORED:
            return False
        if element.tag in _BLOCKS or element.tag == "br":
            self._end_line()
        for name in (element.get("id"), element.get("name")):
            if name and _ANCHOR.fullmatch(name):
                self._waiting.append(name)
        if element.tag == "table":
            self._table(element)
            return False
        if element.tag == "li":
            self._open.append(self._list_number(element))
        self._say(element.text, element)
        return True

    def _list_number(self, item: html.HtmlElement) -> str:
        """The number that a browser shows before an item of a numbered list."""
        above = item.getparent()
        if above is None or above.tag != "ol":
            return ""
        start = above.get("start") or "1"
        first = int(start) if start.isdecimal() and len(start) < 6 else 1
        number = self._counted.get(above, first)
        self._counted[above] = number + 1
        return f"{number}. "

    def _leave(self, element: html.HtmlElement, *, is_root: bool) -> None:
        if isinstance(element.tag, str) and element.tag in _BLOCKS:
            self._end_line()
        if not is_root:
            above = element.getparent()
            self._say(element.tail, above)

    def _say(self, text: str | None, element: html.HtmlElement | None) -> None:
        if not text:
            return
        if element is not None and element.tag == "sup" and text.strip().isdigit():
            text = raised(text.strip())
        if element is not None and element.tag == "pre":
            *ended, text = text.split("\n")
            for line in ended:
                self._open.append(line)
                self._end_line()
        self._open.append(text.replace("\n", " "))

    def _end_line(self) -> None:
        line = tidy("".join(self._open))
        self._open = []
        if line:
            self._add(line)

    def _add(self, line: str) -> None:
        self.lines.append(line)
        self.anchors += [(len(self.lines), name) for name in self._waiting]
        self._waiting = []

    def _table(self, table: html.HtmlElement) -> None:
        """Read each cell by itself; tables inside a cell become lines of it."""
        if sum(1 for _ in table.iterancestors("table")) > 3:
            raise InputError("tables are nested too deeply in the page")
        rows = []
        for tr in table.iter("tr"):
            if next(tr.iterancestors("table")) is table:
                cells = [cell for cell in tr if cell.tag in {"td", "th"}]
                rows.append([self._cell(cell) for cell in cells])
        for line in table_lines(rows):
            self._add(line if "\t" in line else tidy(line))

    def _cell(self, cell: html.HtmlElement) -> str:
        inner = _Reader()
        inner.read(cell)
        self._waiting += [name for _, name in inner.anchors]
        return "\n".join(inner.lines)
