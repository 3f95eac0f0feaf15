"""What a word on the command line may be: each function reads one, and says what is allowed where it cannot."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from urllib.parse import urlsplit

__all__ = ["above_zero", "address", "measure", "number", "words"]


def address(text: str) -> str:
    """Where an API is, without what may be left out, and its host in lower case: as clients send it and sign it."""
    wrong = argparse.ArgumentTypeError(f"must be an http or https address without a query, not {text!r}")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in _PORTS or not parts.hostname or parts.query or parts.fragment:
        raise wrong
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    place = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    return f"{parts.scheme}://{place}{parts.path.rstrip('/')}"


_PORTS = {"http": 80, "https": 443}


def number(least: int, most: int = 2_000_000) -> Callable[[str], int]:
    """Return a reader of whole numbers from `least` to `most`."""

    def read(text: str) -> int:
        if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"must be a whole number, {least} to {most}, not {text!r}")
        return int(text)

    return read


def measure(text: str) -> float:
    """Return a number that is not negative."""
    if not re.fullmatch(r"[0-9]{1,7}(\.[0-9]+)?", text):
        raise argparse.ArgumentTypeError(f"must be a number, not {text!r}")
    return float(text)


def above_zero(text: str) -> float:
    """Return a number above 0."""
    value = measure(text)
    if not value:
        raise argparse.ArgumentTypeError(f"must be a number above 0, not {text!r}")
    return value


def words(text: str) -> tuple[str, ...]:
    """Return the parts between commas."""
    return tuple(word.strip() for word in text.split(",") if word.strip())
