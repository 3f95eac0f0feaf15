"""Read the elements of an SVG from bytes, in any encoding that programs write."""

from __future__ import annotations

import codecs
import re
from typing import Final
from xml.etree import ElementTree
from xml.parsers import expat

from ..model import refuse
from .allowlist import MAX_DEPTH, MAX_ELEMENTS

__all__ = ["read_elements"]

_DOCTYPE: Final = b"<!DOCTYPE"
_DECLARED: Final = re.compile(rb"""<\?xml[^>]{0,80}?\sencoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})""", re.ASCII)
# No browser reads other encodings, or they take far too long (RFC 3492).
_ENCODINGS: Final = re.compile(
    r"utf-?(?:8|16(?:-?[lb]e)?)|(?:us-)?ascii|iso-?8859-\d{1,2}|latin-?1|(?:windows-?|cp)125\d|koi8-[ru]|macintosh|macroman"
    r"|gb2312|gbk|gb18030|big5|shift_jis|euc-(?:jp|kr)",
    re.IGNORECASE,
)
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_elements(body: bytes) -> ElementTree.Element:
    """Read the elements, with namespaces before a ``}``, and leave out a DOCTYPE that declares nothing.

    Raises
    ------
    InvalidRequest
        The document is not well-formed, declares entities, or has too many elements or levels of elements.
    """
    text = _in_utf8(body)
    try:
        return _parsed(text)
    except _Doctype as found:
        # Without the DOCTYPE, a reference to its entities is not well-formed. With it, the parser would silently skip
        # the reference.
        start = text.rfind(_DOCTYPE, 0, found.end)
        text = text[:start] + text[found.end + 1 :]
    try:
        return _parsed(text)
    except _Doctype:
        refuse("The SVG is not well-formed: it has more than one DOCTYPE.")


class _Doctype(Exception):
    """A DOCTYPE that declares nothing, and the index of the byte that closes it."""

    def __init__(self, end: int) -> None:
        super().__init__(end)
        self.end = end


def _in_utf8(body: bytes) -> bytes:
    """Convert the document to UTF-8 by its byte order mark, or by its declared encoding if it is not valid UTF-8."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _recoded(body[len(mark) :], encoding)
    if body.startswith((b"<\0", b"\0<")):
        return _recoded(body, "utf-16-le" if body[1] == 0 else "utf-16-be")
    declared = _DECLARED.match(body.lstrip())
    if declared is None:
        return body
    encoding = declared[1].decode("ascii").lower()
    try:
        body.decode()
    except UnicodeDecodeError:
        if not _ENCODINGS.fullmatch(encoding):
            refuse(f"An SVG logo must be in UTF-8, UTF-16 or another web encoding, not in {encoding}.")
        # Browsers read ISO-8859-1 and US-ASCII as Windows-1252, which has more letters.
        return _recoded(body, "cp1252" if encoding in ("iso-8859-1", "latin-1", "latin1", "us-ascii") else encoding)
    return body


def _recoded(body: bytes, encoding: str) -> bytes:
    try:
        return body.decode(encoding).encode()
    except (UnicodeError, LookupError):
        refuse(f"The SVG declares {encoding}, but is not valid {encoding}.")


def _parsed(text: bytes) -> ElementTree.Element:
    # Set the encoding, so that an XML declaration cannot make the parser see other text than was checked.
    parser = expat.ParserCreate("utf-8", namespace_separator="}")
    builder = ElementTree.TreeBuilder()
    depth = count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MAX_DEPTH:
            refuse(f"An SVG logo can have at most {MAX_DEPTH} levels of elements.", limit={"max": MAX_DEPTH})
        if count > MAX_ELEMENTS:
            refuse(f"An SVG logo can have at most {MAX_ELEMENTS} elements.", limit={"max": MAX_ELEMENTS})
        builder.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag)

    def end_doctype() -> None:
        raise _Doctype(parser.CurrentByteIndex)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    # Only a DOCTYPE can declare entities.
    parser.StartDoctypeDeclHandler = _check_doctype
    parser.EndDoctypeDeclHandler = end_doctype
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        refuse(f"The SVG is not well-formed: {error}.")
    return builder.close()


def _check_doctype(_name: str, _system: str | None, _public: str | None, has_declarations: int) -> None:
    if has_declarations:
        refuse(
            "The DOCTYPE of an SVG logo must not have declarations in [ ], such as entities: save the SVG without them."
        )
