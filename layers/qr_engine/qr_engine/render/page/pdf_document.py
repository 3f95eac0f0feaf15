"""Write the objects of a PDF file (ISO 32000-1, 7.3 and 7.5)."""

from __future__ import annotations

import hashlib
import zlib
from typing import Final

__all__ = ["Document", "encode_stream"]

# The comment of four bytes over 127 tells file transfer programs that the file is not text (ISO 32000-1, 7.5.2).
_HEADER: Final = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
_DEFLATE_LEVEL: Final = 6


class Document:
    """The objects of a document, added one by one, and the resources that its page refers to by name.

    Parameters
    ----------
    title, subject
        Entries of the information dictionary; empty for none.
    """

    def __init__(self, *, title: str = "", subject: str = "") -> None:
        self.objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b""]
        self.resources: dict[str, dict[str, str]] = {}
        texts = {"Title": title, "Subject": subject}
        entries = "".join([f"/{name} {_print_text(text)}" for name, text in texts.items() if text])
        self.information = f"/Info {self.add(f'<<{entries}>>'.encode())}" if entries else ""

    def add(self, body: bytes) -> str:
        """Add an object and return the reference to it."""
        self.objects.append(body)
        return f"{len(self.objects)} 0 R"

    def name_resource(self, category: str, value: str) -> str:
        """Return the page's name for `value`, a resource of a category such as ``ExtGState``."""
        names = self.resources.setdefault(category, {})
        return names.setdefault(value, f"{category[0]}{len(names)}")

    def serialize(self, content: str, width: str, height: str) -> bytes:
        """Write the file: the objects, and the table of their offsets (7.5.4); the page's sides are in points."""
        resources = "".join(
            f"/{category}<<{''.join(f'/{name} {value}' for value, name in names.items())}>>"
            for category, names in self.resources.items()
        )
        contents = self.add(encode_stream(content.encode()))
        self.objects[2] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents {contents}/Resources<<{resources}>>>>"
        ).encode()
        parts, position, offsets = [_HEADER], len(_HEADER), []
        for index, body in enumerate(self.objects, 1):
            offsets.append(b"%010d 00000 n \n" % position)
            parts.append(b"%d 0 obj\n%b\nendobj\n" % (index, body))
            position += len(parts[-1])
        count = len(offsets) + 1
        # The identifier must differ between documents, and be the same each time that one is printed.
        identifier = hashlib.sha256(b"".join(parts)).hexdigest()[:32].encode()
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, b"".join(offsets)))
        information = self.information.encode()
        parts.append(
            b"trailer\n<</Size %d/Root 1 0 R%b/ID[<%b><%b>]>>\n" % (count, information, identifier, identifier)
        )
        parts.append(b"startxref\n%d\n%%%%EOF\n" % position)
        return b"".join(parts)


def encode_stream(data: bytes, dictionary: str = "") -> bytes:
    """Encode a stream object, deflated."""
    deflated = zlib.compress(data, _DEFLATE_LEVEL)
    return b"<<%b/Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (dictionary.encode(), len(deflated), deflated)


def _print_text(text: str) -> str:
    """Print a text string as UTF-16 with a byte order mark, in hexadecimal (ISO 32000-1, 7.9.2.2)."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
