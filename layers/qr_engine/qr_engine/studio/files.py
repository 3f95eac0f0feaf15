"""The files of the page, each compressed once, and their version, which is part of their addresses."""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path

import msgspec

from .. import RENDERER_VERSION
from ..hashes import sha256
from .shapes import draw_shapes

__all__ = ["PageFile", "find_file", "find_version", "load_page"]

_FOLDER = Path(__file__).parent / "page"
_PAGE = "index.html"
_SHAPES = "shapes.svg"
_CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_GZIP_WINDOW_BITS = 31  # makes zlib write a gzip member (RFC 1952), with no time in it


class PageFile(msgspec.Struct, frozen=True):
    """A file as it is sent.

    Attributes
    ----------
    content_type
        Its media type.
    text
        What it contains.
    gzipped
        The text, compressed.
    digest
        SHA-256 of the text, in hexadecimal digits.
    """

    content_type: str
    text: str
    gzipped: bytes
    digest: str


@cache
def find_version() -> str:
    """Return sixteen digits that change with any file of the page, and with the pictures that the engine draws.

    They are part of the files' addresses, so that a browser may keep the files for ever and never mixes old and new
    ones.
    """
    parts = [f"{path.name}\n{path.read_text(encoding='utf-8')}" for path in sorted(_FOLDER.iterdir())]
    return sha256("\0".join([str(RENDERER_VERSION), *parts]).encode()).hexdigest()[:16]


@cache
def load_page() -> PageFile:
    """Return the page itself, with the version filled into its addresses."""
    text = (_FOLDER / _PAGE).read_text(encoding="utf-8").replace("{version}", find_version())
    return _pack(_PAGE, text)


def find_file(name: str) -> PageFile | None:
    """Return the file that the page loads by this name, or None if there is no such file."""
    return _load_file(name) if name == _SHAPES or name in _list_names() else None


@cache
def _list_names() -> frozenset[str]:
    return frozenset(path.name for path in _FOLDER.iterdir()) - {_PAGE}


@cache
def _load_file(name: str) -> PageFile:
    return _pack(name, draw_shapes() if name == _SHAPES else (_FOLDER / name).read_text(encoding="utf-8"))


def _pack(name: str, text: str) -> PageFile:
    body = text.encode()
    gzipped = zlib.compress(body, 9, _GZIP_WINDOW_BITS)
    return PageFile(_CONTENT_TYPES[Path(name).suffix], text, gzipped, sha256(body).hexdigest())
