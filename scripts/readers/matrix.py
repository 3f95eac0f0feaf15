"""Every style of the matrix: the request for it, and the rows of the tables that it is counted in."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from itertools import product
from typing import Any, Final, get_args

import msgspec

from qr_engine.artwork.words import (
    DataPattern,
    EffectKind,
    EyeBorderStyle,
    EyeCenterStyle,
    EyeShape,
    FrameName,
    GradientType,
    TextPosition,
)
from qr_engine.request.schema import QRRequest
from qr_engine.symbol.model import AreaShape

from .symbols import SIZES, SMALL_VERSIONS, VERSIONS, TrialSymbol, choose, symbols

__all__ = ["ALL_FAMILIES", "FAMILIES", "LOGO", "PLAIN", "Trial", "trials"]

PLAIN: Final = "plain"
FAMILIES: Final = ("eyes", "patterns", "borders", "centres", "frames", "gradients", "effects", "logos")
ALL_FAMILIES: Final = ("eyes, all", "patterns, all", "borders, all", "centres, all")
"""The same eyes with ``readers: all``."""

LOGO: Final = base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="12" fill="#c2185b"/>'
    b'<path fill="#fff" d="M5 7h14v10H5z"/></svg>'
).decode()


class Trial(msgspec.Struct, frozen=True):
    """A picture to draw.

    Attributes
    ----------
    rows
        By family, the row in which it counts.
    fields
        Of the request, without those of the symbol.
    size
        In pixels.
    """

    rows: dict[str, str]
    fields: dict[str, Any]
    symbol: TrialSymbol
    size: int

    @property
    def request(self) -> dict[str, Any]:
        """The whole request."""
        return {
            "data": self.symbol.text,
            "size": self.size,
            "version": self.symbol.version,
            "error_correction": self.symbol.level,
            "boost_error_correction": False,
            **self.fields,
        }


def trials(*, every: bool = False, families: tuple[str, ...] = ()) -> list[Trial]:
    """Return the trials of the matrix, those of the plain codes first.

    Parameters
    ----------
    every
        Whether each style meets every symbol, and not one a size.
    families
        The only ones to try; empty for all, or where `every` is set for those as designed.
    """
    made = []
    if every and not families:
        families = FAMILIES
    for rows, fields, versions in _styles():
        if families and not rows.keys() & set(families):
            continue
        name = " ".join(rows.values())
        for size in SIZES:
            some = symbols(versions) if every else [choose(f"{name} {size}", versions)]
            made += [Trial(rows, fields, symbol, size) for symbol in some]
    plain = dict.fromkeys((trial.symbol, trial.size) for trial in made)
    if not families:
        plain |= dict.fromkeys(product(symbols(), SIZES))
    return [Trial({PLAIN: PLAIN}, {}, symbol, size) for symbol, size in plain] + made


def _styles() -> Iterator[tuple[dict[str, str], dict[str, Any], tuple[int, ...]]]:
    for rows, fields in (*_eyes(), *_borders()):
        yield rows, fields, VERSIONS
    for rows, fields in (*_frames(), *_gradients(), *_effects(), *_logos()):
        yield rows, fields, VERSIONS
    if "readers" in {field.name for field in msgspec.structs.fields(QRRequest)}:
        for rows, fields in (*_eyes(), *_borders()):
            yield {f"{family}, all": row for family, row in rows.items()}, {**fields, "readers": "all"}, SMALL_VERSIONS


def _eyes() -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    for eye, pattern in product(get_args(EyeShape), get_args(DataPattern)):
        yield {"eyes": eye, "patterns": pattern}, {"data_pattern": pattern, "eye_shape": eye}


def _borders() -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    for border, center in product(get_args(EyeBorderStyle), get_args(EyeCenterStyle)):
        yield {"borders": border, "centres": center}, {"eye_border_style": border, "eye_center_style": center}


def _frames() -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    for frame, position in product(get_args(FrameName), get_args(TextPosition)):
        fields = {"style": frame, "text": f"SCAN ME {position}", "text_position": position}
        yield {"frames": frame}, {"frame": fields}


def _gradients() -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    for kind, colors in product(get_args(GradientType), (["#5b2a86", "#c2185b"], ["#0b3d91", "#00695c", "#4a148c"])):
        yield {"gradients": kind}, {"data_pattern": "rounded", "gradient": {"type": kind, "colors": colors}}


def _effects() -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    for kind, intensity, pattern in product(get_args(EffectKind), (30, 60), ("square", "dots", "classy_rounded")):
        effect = {"type": kind, "intensity": intensity}
        yield {"effects": f"{kind} {intensity}"}, {"data_pattern": pattern, "effects": [effect]}


def _logos() -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    for size, shape, pattern in product((15, 20, 25), get_args(AreaShape), ("square", "rounded")):
        logo = {"data": LOGO, "size": size, "shape": shape}
        yield {"logos": f"{size} %"}, {"data_pattern": pattern, "logo": logo}
