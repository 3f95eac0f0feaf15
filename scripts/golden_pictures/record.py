"""The golden files: one line a picture, so that a difference can be read, and merged."""

from __future__ import annotations

import json
import platform
import re
import sys
import zlib
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec

__all__ = ["BYTES", "PICTURES", "Bytes", "Pictures", "conditions", "differences", "pinned_versions", "read_pictures"]

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "tests" / "golden" / "pictures.json"
"""What counts of every picture; holds on every machine."""

BYTES = ROOT / "tests" / "golden" / "bytes.json"
"""Digests of the bytes themselves; they hold where the same builds of the codecs run."""

_LOCK = ROOT / "layers" / "qr_engine" / "requirements.txt"
_WHEELS = ("pillow", "resvg-py")
"""The packages that write bytes of pictures."""


class Pictures(msgspec.Struct, frozen=True):
    """What counts of every picture, the `RENDERER_VERSION` that drew them, and the `SCORE_VERSION` of their scores."""

    renderer_version: int
    pictures: dict[str, dict[str, Any]]
    score_version: int = 1

    def printed(self) -> str:
        """Return the text of the file."""
        head = {"renderer_version": self.renderer_version, "score_version": self.score_version}
        return _print_record(head, "pictures", self.pictures)

    def comparable_with(self, other: Pictures) -> dict[str, dict[str, Any]]:
        """Return the pictures, without scores and warnings if those of the other ones were made otherwise."""
        if self.score_version == other.score_version:
            return self.pictures
        told = {"score", "warnings"}
        return {name: {key: line[key] for key in line if key not in told} for name, line in self.pictures.items()}


class Bytes(msgspec.Struct, frozen=True):
    """A digest of every picture's bytes, and what drew them."""

    renderer_version: int
    drawn_with: dict[str, str]
    bytes: dict[str, str]

    def printed(self) -> str:
        """Return the text of the file."""
        head = {"renderer_version": self.renderer_version, "drawn_with": self.drawn_with}
        return _print_record(head, "bytes", self.bytes)


def _print_record(head: dict[str, Any], name: str, lines: dict[str, Any]) -> str:
    printed = [f'  "{key}": {json.dumps(value)},' for key, value in head.items()]
    entries = ",\n".join([f"    {json.dumps(key)}: {json.dumps(value)}" for key, value in lines.items()])
    return "\n".join(["{", *printed, f'  "{name}": {{', entries, "  }", "}", ""])


def read_pictures(text: str | bytes) -> Pictures:
    """Return the golden pictures that the text of a file holds."""
    return msgspec.json.decode(text, type=Pictures)


def conditions() -> dict[str, str]:
    """Return what the bytes of pictures depend on here: the machine, and the builds of zlib and of the codecs."""
    machine = f"{sys.platform} {platform.machine()}"
    return {"machine": machine, "zlib": zlib.ZLIB_RUNTIME_VERSION} | {name: metadata.version(name) for name in _WHEELS}


def pinned_versions() -> dict[str, str]:
    """Return the versions of the same packages that the layer's lock names."""
    versions = dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", _LOCK.read_text("utf-8"), re.M))
    return {name: versions[name] for name in _WHEELS}


def differences(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Return the pictures that are in both, and not the same."""
    return [name for name, line in before.items() if name in now and now[name] != line]
