"""When golden files may be written anew, and what to do where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from .record import BYTES, PICTURES, Bytes, differences, read_pictures

if TYPE_CHECKING:
    from pathlib import Path

    from .record import Pictures

__all__ = ["REMEDY", "refusal"]

REMEDY = (
    "If that is meant, raise RENDERER_VERSION in layers/qr_engine/qr_engine/__init__.py by one, run `make golden`, and "
    "put a line into CHANGELOG.md."
)


def refusal(pictures: Pictures, written: Bytes, *, golden: Path = PICTURES, raw: Path = BYTES) -> str | None:
    """Say why the golden files must not become these; None if they may.

    A picture may come or go at any time. One that is there may change only together with the renderer's version, since
    caches, here and in browsers, hold the old one under the same key.
    """
    if not golden.exists():
        return None
    before = read_pictures(golden.read_bytes())
    if pictures.renderer_version > before.renderer_version:
        return None
    if pictures.renderer_version < before.renderer_version:
        return f"RENDERER_VERSION is {pictures.renderer_version}, and must not fall below {before.renderer_version}."
    changed = differences(before.comparable_with(pictures), pictures.comparable_with(before))
    earlier = msgspec.json.decode(raw.read_bytes(), type=Bytes) if raw.exists() else None
    if earlier is not None and earlier.drawn_with == written.drawn_with:
        changed += [name for name in differences(earlier.bytes, written.bytes) if name not in changed]
    if not changed:
        return None
    return f"{len(changed)} pictures changed: {'; '.join(changed)}. {REMEDY}"
