"""From the bytes of a picture to the result of reading it."""

from __future__ import annotations

from ..content.parsing import parse_content
from .clock import Clock
from .decoder import Found, find_symbols
from .grade import grade_symbol
from .model import ContentType, Reading, ReadSymbol
from .picture import open_picture
from .sampling import Sample, sample_symbol
from .stream import Stream, read_stream

__all__ = ["read"]

_NO_TEXT: tuple[ContentType, ...] = ("binary", "unknown_eci")


def read(body: bytes) -> Reading:
    """Read the symbols of a picture, the largest first.

    Raises
    ------
    InvalidRequest
        See `open_picture`.
    """
    clock = Clock()
    found = find_symbols(open_picture(body), clock)
    samples = [sample_symbol(each) for each in found]
    symbols = tuple([_describe(each, sample) for each, sample in zip(found, samples, strict=True)])
    return Reading(symbols, grade_symbol(found[0], samples[0], clock) if found else None)


def _describe(found: Found, sample: Sample) -> ReadSymbol:
    stream = read_stream(found.version, found.error_correction, found.mask, sample.modules, micro=found.micro)
    text = _read_text(found, stream)
    return ReadSymbol(
        text=text,
        data=found.data,
        content_type=found.content_type,
        eci=stream.eci,
        version=found.version,
        micro=found.micro,
        error_correction=found.error_correction,
        mask=found.mask,
        structured_append=stream.structured_append,
        position=(found.position.mirror() if sample.mirrored else found.position).round(),
        inverted=sample.inverted,
        mirrored=sample.mirrored,
        parsed=None if text is None or stream.structured_append else parse_content(text),
    )


def _read_text(found: Found, stream: Stream) -> str | None:
    """Return the text of a symbol; without a declared character set, bytes that are valid UTF-8 are read as UTF-8.

    The decoder tries Shift_JIS first, and so reads two Chinese characters as three others.
    """
    if found.content_type in _NO_TEXT:
        return None
    if stream.only_bytes and not found.data.isascii():
        try:
            return found.data.decode()
        except UnicodeDecodeError:
            pass
    return found.text
