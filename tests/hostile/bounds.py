"""SVG logos of each kind with as many of it as are accepted."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable

from qr_engine.errors import InvalidRequest
from qr_engine.logo.reading import read_logo

from .bitmaps import png_of
from .logos import svg, zigzag

__all__ = ["KINDS", "largest"]

_DEFS = (
    '<linearGradient id="g"><stop stop-color="#f00"/><stop offset="1" stop-color="#00f"/></linearGradient>'
    '<radialGradient id="r"><stop stop-color="#fff"/><stop offset="1"/></radialGradient>'
    '<clipPath id="c"><circle cx="50" cy="50" r="49"/></clipPath>'
    '<mask id="m"><path fill="#fff" d="M0 0h99v99z"/></mask>'
    '<pattern id="t" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(30)">'
    '<circle cx="5" cy="5" r="4"/></pattern>'
    '<pattern id="w" href="#t" fill="#fff"><circle cx="5" cy="5" r="4"/></pattern>'
    '<mask id="n" fill="url(#w)"><path d="M0 0h99v99h-99z"/></mask>'
    f'<path id="p" d="{zigzag(40)}"/><symbol id="s" viewBox="0 0 99 99"><path d="M0 0h99v99z"/></symbol>'
)
_FULL = "M0 0h99v99h-99z"


def _of(inside: str) -> bytes:
    return svg(f"<defs>{_DEFS}</defs>{inside}")


def _image(side: int, uses: int = 1) -> str:
    data = b64encode(png_of(side)).decode()
    image = f'<image id="i" width="99" height="99" href="data:image/png;base64,{data}"/>'
    return image + '<use href="#i"/>' * (uses - 1)


def _all(count: int) -> str:
    return (
        f'<use href="#p" fill="url(#g)"/>'
        f'<path d="{zigzag(20)}" fill="none" stroke="#123" stroke-opacity=".5" stroke-linejoin="round"/>'
        f'<g opacity=".9"><path fill="url(#r)" d="{_FULL}"/></g>'
        f'<path clip-path="url(#c)" fill="#456" d="{_FULL}"/><path mask="url(#m)" fill="#654" d="{_FULL}"/>'
        f'<use href="#s" width="50" height="50"/>'
    ) * count + _image(64)


KINDS: dict[str, Callable[[int], bytes]] = {
    "elements": lambda count: _of('<path d="M0 0h1v1z"/>' * count),
    "edges": lambda count: _of(f'<path d="{zigzag(count)}"/>'),
    "uses of a path": lambda count: _of('<use href="#p"/>' * count),
    "strokes": lambda count: _of(f'<path d="{zigzag(count)}" fill="none" stroke="#000" stroke-linejoin="round"/>'),
    "thin strokes": lambda count: _of(f'<path stroke="#000" stroke-width=".01" fill="none" d="{zigzag(count)}"/>'),
    "thin strokes far out": lambda count: _of(
        '<g opacity=".9"><path stroke="url(#g)" stroke-width=".01" fill="none" d="M-200 0'
        + "".join(f"h500v.{1 + index % 9}h-500v.1" for index in range(count))
        + '"/></g>'
    ),
    "long curves": lambda count: _of(
        '<path stroke="#000" fill="none" d="M0 0' + "C90000 0 0 90000 90000 90000" * count + '"/>'
    ),
    "dashes": lambda count: _of(f'<path fill="none" stroke="#000" stroke-dasharray="{99 / count}" d="M0 0L99 99"/>'),
    "round dashes": lambda count: _of(
        f'<path stroke="#000" stroke-width="9" stroke-linecap="round" stroke-dasharray="0 1" d="{zigzag(count)}"/>'
    ),
    "markers": lambda count: _of(
        '<marker id="a" orient="auto" overflow="visible"><path d="M0 0h9v9z"/></marker>'
        f'<path fill="none" d="{zigzag(count)}" marker-mid="url(#a)"/>'
    ),
    "markers that are cut": lambda count: _of(
        '<marker id="a" orient="auto" markerWidth="99" markerHeight="99"><circle r="99"/></marker>'
        f'<path fill="none" d="{zigzag(count)}" marker-mid="url(#a)"/>'
    ),
    "flat fills": lambda count: _of(f'<path fill="#123" d="{_FULL}"/>' * count),
    "translucent fills": lambda count: _of(f'<path fill-opacity=".5" d="{_FULL}"/>' * count),
    "gradients": lambda count: _of(f'<path fill="url(#g)" d="{_FULL}"/>' * count),
    "turned patterns": lambda count: _of(f'<path fill="url(#t)" d="{_FULL}"/>' * count),
    "edges of a turned pattern": lambda count: _of(f'<path fill="url(#t)" d="{zigzag(count)}"/>'),
    "flat lines": lambda count: _of(
        ('<path d="M0 0' + "".join(f"L{99 * (i % 2)} {35 * i % 99}" for i in range(20)) + '"/>') * count
    ),
    "layers": lambda count: _of(f'<path opacity=".9" d="{_FULL}"/>' * count),
    "clip paths": lambda count: _of(f'<path clip-path="url(#c)" d="{_FULL}"/>' * count),
    "masks": lambda count: _of(f'<path mask="url(#m)" d="{_FULL}"/>' * count),
    "masks painted around": lambda count: _of(f'<path mask="url(#n)" d="{_FULL}"/>' * count),
    "sizes below zero": lambda count: _of(
        '<rect width="-9999" height="-9999"/>' + f'<path fill-opacity=".5" d="{zigzag(99)}"/>' * count
    ),
    "gradients of gradients": lambda count: _of(
        "".join(f'<linearGradient id="h{index}" href="#h{index + 1}"/>' for index in range(count))
        + "".join(f'<path fill="url(#h{index})" d="M0 0h1v1z"/>' for index in range(count))
        + f'<linearGradient id="h{count}"><stop/><stop offset="1"/></linearGradient>'
    ),
    "symbols": lambda count: _of('<use href="#s"/>' * count),
    "pixels of a bitmap": lambda count: _of(_image(min(64 * count, 4096))),
    "uses of a bitmap": lambda count: _of(_image(500, count)),
    "all at once": lambda count: _of(_all(count)),
}
"""By what there are so many of."""


def largest(kind: str, most: int = 100_000) -> tuple[int, bytes, str]:
    """Find the largest logo of a kind that is accepted: its number, its bytes, and why one more is refused."""
    low, high, reason = 0, 1, ""
    while high <= most and not (reason := _reason(KINDS[kind](high))):
        low, high = high, 2 * high
    while high - low > max(1, low // 50):
        middle = (low + high) // 2
        refusal = _reason(KINDS[kind](middle))
        low, high, reason = (low, middle, refusal) if refusal else (middle, high, reason)
    return low, KINDS[kind](low), reason


def _reason(body: bytes) -> str:
    try:
        read_logo(b64encode(body).decode())
    except InvalidRequest as refusal:
        return refusal.issues[0].message
    return ""
