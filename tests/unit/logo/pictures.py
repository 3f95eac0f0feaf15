"""Logos, good and bad, as requests bring them."""

from __future__ import annotations

import io
from base64 import b64encode
from typing import Any

import pytest
from PIL import Image

from qr_engine.errors import InvalidRequest, Issue
from qr_engine.logo import Logo, read_logo

__all__ = ["as_base64", "picture", "read", "read_or_refused", "refusal_of", "svg"]


def as_base64(body: bytes) -> str:
    return b64encode(body).decode()


def picture(
    format_name: str = "PNG", size: tuple[int, int] = (64, 48), mode: str = "RGB", color: Any = None, **options: Any
) -> bytes:
    out = io.BytesIO()
    shade: Any = {
        "RGB": (200, 30, 40),
        "LA": (90, 128),
        "RGBA": (200, 30, 40, 128),
        "CMYK": (0, 200, 200, 50),
        "I;16": 40000,
    }.get(mode, 90)
    Image.new(mode, size, shade if color is None else color).save(out, format_name, **options)
    return out.getvalue()


def svg(inside: str = '<path d="M0 0h10v10z"/>', attributes: str = 'viewBox="0 0 10 5"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


def read(body: bytes) -> Logo:
    return read_logo(as_base64(body))


def clean(inside: str, attributes: str = 'viewBox="0 0 10 5"') -> str:
    """What is left of an SVG with this in it."""
    return read(svg(inside, attributes)).body.decode()


def refusal_of(data: bytes | str) -> Issue:
    """The one issue with which a logo is refused."""
    with pytest.raises(InvalidRequest) as raised:
        read_logo(data if isinstance(data, str) else as_base64(data))
    (issue,) = raised.value.issues
    assert issue.path == "logo.data"
    assert raised.value.status == 400
    return issue


def read_or_refused(body: bytes) -> Logo | None:
    """The logo, or None where it is refused for what it is; any other error is a fault."""
    try:
        return read(body)
    except InvalidRequest as refusal:
        if [issue.path for issue in refusal.issues] != ["logo.data"]:
            raise
        return None
