"""Write the objects of a PDF file: numbered, compressed, the same bytes for the same content."""

from __future__ import annotations

import codecs
import hashlib
import zlib

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def text_string(text: str) -> str:
    """A text for a title or a language, in hexadecimal UTF-16, so that nothing needs escaping."""
    marked = codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    return f"<{marked.hex().upper()}>"


class PdfFile:
    """Gathers objects, then writes them with their table."""

    def __init__(self) -> None:
        """Start with no objects."""
        self._objects: list[bytes] = []

    def reserve(self) -> int:
        """Take a number for an object that is written later."""
        self._objects.append(b"null")
        return len(self._objects)

    def put(self, number: int, body: str) -> None:
        """Write an object whose number was taken before."""
        self._objects[number - 1] = body.encode("ascii")

    def add(self, body: str) -> int:
        """Write an object, and return its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def add_stream(self, data: bytes, entries: str = "") -> int:
        """Write a compressed stream, and return its number."""
        packed = zlib.compress(data, 9)
        head = f"<< {entries} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
        number = self.reserve()
        self._objects[number - 1] = head.encode("ascii") + packed + b"\nendstream"
        return number

    def written(self, catalogue: int, info: int) -> bytes:
        """The whole file; its identifier is the hash of its content."""
        out = bytearray(_HEAD)
        places = []
        for number, body in enumerate(self._objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        name = hashlib.sha256(out).hexdigest()[:32]
        start = len(out)
        out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
        out += "".join(f"{place:010} 00000 n \n" for place in places).encode()
        out += (
            f"trailer\n<< /Size {len(places) + 1} /Root {catalogue} 0 R /Info {info} 0 R "
            f"/ID [<{name}> <{name}>] >>\nstartxref\n{start}\n%%EOF\n"
        ).encode()
        return bytes(out)
