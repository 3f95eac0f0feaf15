"""Names in an SVG: what the picture is called (SVG-AAM 1.0), and identifiers that no other document has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...hashes import sha256

if TYPE_CHECKING:
    from ...artwork import Artwork

__all__ = ["MARK", "accessible_name", "replace_marks"]

MARK: Final = "\0"
"""Stands in an identifier for what `replace_marks` puts in its place; no text that a document may have contains it."""


def accessible_name(artwork: Artwork) -> tuple[str, str]:
    """Print the attributes of the root element and its first children that name the picture; empty without a title."""
    attributes = elements = ""
    if artwork.title:
        attributes += f' aria-labelledby="t{MARK}"'
        elements += f'<title id="t{MARK}">{_escape(artwork.title)}</title>'
    if artwork.description:
        attributes += f' aria-describedby="d{MARK}"'
        elements += f'<desc id="d{MARK}">{_escape(artwork.description)}</desc>'
    return (f' role="img"{attributes}', elements) if attributes else ("", "")


def replace_marks(document: str) -> str:
    """Replace the marks in identifiers by a digest of the document, so that two on one page never collide."""
    if MARK not in document:
        return document
    return document.replace(MARK, sha256(document.encode()).hexdigest()[:12])


def _escape(text: str) -> str:
    # Not xml.sax.saxutils, which imports half of the standard library.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
