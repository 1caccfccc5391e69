"""Draw set pages into a PDF, each row tagged with the paragraph that it belongs to."""

from __future__ import annotations

from kb.note.pages import BOTTOM, HEIGHT, LEFT, RIGHT, RULE_GAP, TOP, WIDTH, Page, Row, text_width
from kb.note.pages import Paragraph as SetParagraph
from kb.note.pdf_file import PdfFile, text_string
from kb.note.pdf_fonts import EmbeddedFont
from kb.note.truetype import Face

_RAISED = 0.62  # the size of a footnote number, against that of its line


class Drawing:
    """Draws pages, and remembers the structure and the headings met."""

    def __init__(self, file: PdfFile) -> None:
        """Draw into ``file``."""
        self._file = file
        self._fonts: dict[str, EmbeddedFont] = {}
        self._tree = file.reserve()
        self._pages_root = file.reserve()
        self._kids: dict[int, list[tuple[int, int]]] = {}
        self._paragraphs: list[SetParagraph] = []
        self._numbers: dict[int, int] = {}
        self._parents: list[list[int]] = []
        self.pages: list[int] = []
        self.headings: list[tuple[str, int, float]] = []

    def draw(self, page: Page, number: str) -> None:
        """Draw one page, with its number at its foot."""
        here = self._file.reserve()
        self.pages.append(here)
        self._parents.append([])
        ops: list[str] = []
        y = HEIGHT - TOP
        for place, row in enumerate(page.rows):
            y -= row.height - (row.paragraph.style.before if not place and row.first else 0.0)
            ops += self._row(row, y, here)
        if page.notes:
            ops += self._notes(page, here)
        style = page.rows[0].paragraph.style if page.rows else page.notes[0].paragraph.style
        ops += self._page_number(number, style.face)
        content = self._file.add_stream("\n".join(ops).encode("ascii"))
        self._file.put(
            here,
            f"<< /Type /Page /Parent {self._pages_root} 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
            f"/Contents {content} 0 R /StructParents {len(self.pages) - 1} /Tabs /S "
            f"/Resources << /Font << {self._font_entries()} >> >> >>",
        )

    def finish(self) -> tuple[int, int]:
        """Write fonts, page list and structure; return the numbers of the latter two."""
        for font in self._fonts.values():
            font.write(self._file)
        kids = " ".join(f"{page} 0 R" for page in self.pages)
        self._file.put(
            self._pages_root, f"<< /Type /Pages /Count {len(self.pages)} /Kids [{kids}] >>"
        )
        self._write_structure()
        return self._pages_root, self._tree

    def _row(self, row: Row, y: float, page: int) -> list[str]:
        paragraph, style = row.paragraph, row.paragraph.style
        if row.first and style.tag.startswith("H"):
            self.headings.append((paragraph.text, page, y + style.leading))
        base = y + (style.leading - style.size) / 2 + style.size * 0.2
        ops = _bar(row, y) if style.bar else []
        ops.append(f"/{style.tag} << /MCID {self._marked(paragraph, page)} >> BDC")
        ops.append(f"BT {style.grey} g")
        x = LEFT + style.indent
        if paragraph.mark and style.tag == "Note":
            if row.first:
                ops.append(self._shown(paragraph.mark, style.face, style.size, LEFT, base, True))
            ops.append(self._shown(row.text, style.face, style.size, x, base))
        else:
            ops.append(self._shown(row.text, style.face, style.size, x, base))
            if row.last and paragraph.mark:
                x += text_width(row.text, style) + 1
                ops.append(self._shown(paragraph.mark, style.face, style.size, x, base, True))
        return [*ops, "ET EMC"]

    def _shown(
        self, text: str, face: Face, size: float, x: float, y: float, raised: bool = False
    ) -> str:
        if raised:
            size, y = size * _RAISED, y + size * 0.36
        font = self._font(face)
        where = f"1 0 0 1 {x:.2f} {y:.2f} Tm"
        return f"/{font.name} {size:.2f} Tf {where} {font.encoded(text)} Tj"

    def _notes(self, page: Page, here: int) -> list[str]:
        y = BOTTOM + sum(row.height for row in page.notes)
        rule = y + RULE_GAP / 3
        ops = [f"/Artifact BMC [] 0 d 0.5 w {LEFT} {rule:.2f} m {LEFT + 140} {rule:.2f} l S EMC"]
        for row in page.notes:
            y -= row.height
            ops += self._row(row, y, here)
        return ops

    def _page_number(self, number: str, face: Face) -> list[str]:
        width = sum(face.advance(char) for char in number) * 9 / 1000
        shown = self._shown(number, face, 9, (WIDTH + LEFT - RIGHT - width) / 2, BOTTOM / 2)
        return ["/Artifact << /Type /Pagination >> BDC BT 0.3 g", shown, "ET EMC"]

    def _font(self, face: Face) -> EmbeddedFont:
        if face.name not in self._fonts:
            number = self._file.reserve()
            self._fonts[face.name] = EmbeddedFont(face, f"F{len(self._fonts) + 1}", number)
        return self._fonts[face.name]

    def _font_entries(self) -> str:
        return " ".join(f"/{font.name} {font.number} 0 R" for font in self._fonts.values())

    def _marked(self, paragraph: SetParagraph, page: int) -> int:
        """Number a run of marked content, and note whose it is."""
        key = id(paragraph)
        if key not in self._numbers:
            self._numbers[key] = self._file.reserve()
            self._kids[key] = []
            self._paragraphs.append(paragraph)
        run = len(self._parents[-1])
        self._parents[-1].append(self._numbers[key])
        self._kids[key].append((run, page))
        return run

    def _write_structure(self) -> None:
        whole = self._file.reserve()
        for paragraph in self._paragraphs:
            runs = " ".join(
                f"<< /Type /MCR /Pg {page} 0 R /MCID {run} >>"
                for run, page in self._kids[id(paragraph)]
            )
            self._file.put(
                self._numbers[id(paragraph)],
                f"<< /Type /StructElem /S /{paragraph.style.tag} /P {whole} 0 R "
                f"/Lang {text_string(paragraph.lang)} /K [{runs}] >>",
            )
        all_of_them = " ".join(f"{self._numbers[id(p)]} 0 R" for p in self._paragraphs)
        self._file.put(
            whole, f"<< /Type /StructElem /S /Document /P {self._tree} 0 R /K [{all_of_them}] >>"
        )
        parents = " ".join(
            f"{page} [{' '.join(f'{number} 0 R' for number in numbers)}]"
            for page, numbers in enumerate(self._parents)
        )
        self._file.put(
            self._tree,
            f"<< /Type /StructTreeRoot /K {whole} 0 R /ParentTree << /Nums [{parents}] >> "
            f"/ParentTreeNextKey {len(self._parents)} >>",
        )


def _bar(row: Row, y: float) -> list[str]:
    """The line at the left of a quote, solid for the law and dotted for what is ours."""
    style = row.paragraph.style
    top = y + row.height
    kind = "[] 0 d 2 w" if style.bar == "solid" else "[1 3] 0 d 1.2 w"
    x = LEFT + 6
    return [f"/Artifact BMC {style.grey} G {kind} {x} {y:.2f} m {x} {top:.2f} l S EMC 0 G"]
