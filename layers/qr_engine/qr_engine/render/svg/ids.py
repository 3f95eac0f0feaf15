"""Names in an SVG: the accessible name of the picture (SVG-AAM 1.0), and identifiers unique to the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...hashes import sha256

if TYPE_CHECKING:
    from ...artwork import Artwork

__all__ = ["MARK", "accessible_name", "replace_marks"]

MARK: Final = "\0"
"""A placeholder in identifiers that `replace_marks` replaces; no text in a document can contain it."""


def accessible_name(artwork: Artwork) -> tuple[str, str]:
    """Print the root attributes and the first child elements that name the picture; both are empty without a title."""
    attributes = elements = ""
    if artwork.title:
        attributes += f' aria-labelledby="t{MARK}"'
        elements += f'<title id="t{MARK}">{_escape(artwork.title)}</title>'
    if artwork.description:
        attributes += f' aria-describedby="d{MARK}"'
        elements += f'<desc id="d{MARK}">{_escape(artwork.description)}</desc>'
    return (f' role="img"{attributes}', elements) if attributes else ("", "")


def replace_marks(document: str) -> str:
    """Replace the marks in identifiers by a digest of the document, so that two documents on one page never collide."""
    if MARK not in document:
        return document
    return document.replace(MARK, sha256(document.encode()).hexdigest()[:12])


def _escape(text: str) -> str:
    # xml.sax.saxutils could do this, but imports half of the standard library.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
