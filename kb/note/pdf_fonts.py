"""Put fonts into a PDF so that every letter can be read back out of it."""

from __future__ import annotations

from kb.note.pdf_file import PdfFile
from kb.note.truetype import Face

# How many entries a block of a character map may have.
_BLOCK = 100


class EmbeddedFont:
    """A face in one PDF.

    Each character used has a number of its own, though two may share a glyph (the Latin and the
    Cyrillic A): otherwise the one would be read back as the other.
    """

    def __init__(self, face: Face, name: str, number: int) -> None:
        """Set the face, its name on the pages, and the number of its object."""
        self.face = face
        self.name = name
        self.number = number
        self._codes: dict[str, int] = {}

    def encoded(self, text: str) -> str:
        """The text as a hexadecimal string of this font."""
        codes = (self._codes.setdefault(char, len(self._codes) + 1) for char in text)
        return f"<{''.join(f'{code:04X}' for code in codes)}>"

    def write(self, file: PdfFile) -> None:
        """Write the font and all that belongs to it."""
        face = self.face
        program = file.add_stream(face.data, f"/Length1 {len(face.data)}")
        box = " ".join(map(str, face.box))
        descriptor = file.add(
            f"<< /Type /FontDescriptor /FontName /{face.name} /Flags 4 /FontBBox [{box}] "
            f"/ItalicAngle {-12 if 'Italic' in face.name else 0} /Ascent {face.ascent} "
            f"/Descent {face.descent} /CapHeight {face.ascent} "
            f"/StemV 80 /FontFile2 {program} 0 R >>"
        )
        widths = " ".join(str(face.advance(char)) for char in self._codes)
        below = file.add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{face.name} /CIDSystemInfo "
            f"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/FontDescriptor {descriptor} 0 R /W [1 [{widths}]] "
            f"/CIDToGIDMap {file.add_stream(self._glyph_map())} 0 R >>"
        )
        letters = file.add_stream(self._letters().encode("ascii"))
        file.put(
            self.number,
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{face.name} /Encoding /Identity-H "
            f"/DescendantFonts [{below} 0 R] /ToUnicode {letters} 0 R >>",
        )

    def _glyph_map(self) -> bytes:
        glyphs = [0, *(self.face.glyph(char) for char in self._codes)]
        return b"".join(glyph.to_bytes(2, "big") for glyph in glyphs)

    def _letters(self) -> str:
        """The map from the numbers to Unicode."""
        rows = [f"<{code:04X}> <{ord(char):04X}>" for char, code in self._codes.items()]
        blocks = [rows[at : at + _BLOCK] for at in range(0, len(rows), _BLOCK)]
        body = "\n".join(
            f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar" for block in blocks
        )
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        )
