"""Canonical requests: equal requests have one equal form, for the cache key, the cache and the renderer."""

from __future__ import annotations

import msgspec

from ..artwork.words import (
    DataPattern,
    EffectKind,
    EyeBorderStyle,
    EyeCenterStyle,
    EyeShape,
    FrameName,
    GradientKind,
    Readers,
    TextPosition,
)
from ..symbol import Eci, Level
from ..symbol.model import AreaShape
from .plain_schema import FormatName

__all__ = [
    "CanonicalEffect",
    "CanonicalFrame",
    "CanonicalGradient",
    "CanonicalLogo",
    "CanonicalRequest",
    "CanonicalStroke",
    "CanonicalStyle",
    "LogoSource",
]


_SECRETS = ("wifi:", "otpauth:", "otpauth-migration:", "apple-otpauth:", "motp:")
"""Starts of texts that contain the password of a network, or the secret of one-time passwords."""

_SECRET_START = 64
"""How many characters of a text to look at; readers skip blanks and byte order marks before the start."""


class LogoSource:
    """The file of a logo: its digest, and its bytes if they are at hand.

    Attributes
    ----------
    digest
        SHA-256 of the bytes, in hexadecimal. Sources with the same digest are equal.
    body
        The bytes that the caller sent; None in a request decoded from its canonical bytes.
    """

    __slots__ = ("body", "digest")

    def __init__(self, digest: str, body: bytes | None = None) -> None:
        self.digest = digest
        self.body = body

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LogoSource) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"LogoSource({self.digest!r})"


class CanonicalLogo(msgspec.Struct, frozen=True, array_like=True):
    """A validated logo; settings without effect are at their defaults, and canonical bytes have only its digest.

    Attributes
    ----------
    asset
        The key in the bucket; empty for an uploaded logo.
    background
        ``#rrggbb``, or ``#rrggbbaa`` if not opaque; None for no plate.
    repair
        Whether the level, the version or the size may be changed so that the symbol tolerates the logo.
    grows
        Whether the level and the version are among these.
    """

    source: LogoSource
    asset: str
    size: float
    padding: float
    shape: AreaShape
    background: str | None
    clear_modules: bool
    repair: bool
    grows: bool = True


class CanonicalGradient(msgspec.Struct, frozen=True, array_like=True):
    """A validated gradient with its colours as stops; settings that have no effect are at their defaults."""

    type: GradientKind
    stops: tuple[tuple[float, str], ...]
    angle: float
    center: tuple[float, float]
    apply_to_data: bool
    apply_to_eyes: bool


class CanonicalStroke(msgspec.Struct, frozen=True, array_like=True):
    """A validated visible stroke; its colour includes the opacity."""

    color: str
    width: float


class CanonicalEffect(msgspec.Struct, frozen=True, array_like=True):
    """A validated visible effect; its colour is None for the default of its type."""

    type: EffectKind
    intensity: float
    color: str | None


class CanonicalFrame(msgspec.Struct, frozen=True, array_like=True):
    """A validated frame, its text composed (Unicode's NFC); settings that have no effect are at their defaults."""

    style: FrameName
    text: str | None
    text_position: TextPosition
    color: str | None
    text_color: str | None


class CanonicalStyle(msgspec.Struct, frozen=True, array_like=True):
    """The style of a code that is not plain; colours as in `CanonicalRequest`, None for defaults.

    `faint` turns the refusal of too little contrast into a warning. `readers` is ``all`` only if that may change the
    picture, or refuse it.
    """

    data_pattern: DataPattern = "square"
    eye_shape: EyeShape | None = None
    eye_border_style: EyeBorderStyle = "square"
    eye_center_style: EyeCenterStyle = "square"
    eye_border: str | None = None
    eye_center: str | None = None
    per_eye: tuple[tuple[str | None, str | None], ...] = ()
    gradient: CanonicalGradient | None = None
    eye_gradient: CanonicalGradient | None = None
    background_gradient: CanonicalGradient | None = None
    stroke: CanonicalStroke | None = None
    effects: tuple[CanonicalEffect, ...] = ()
    verify: bool = True
    logo: CanonicalLogo | None = None
    frame: CanonicalFrame | None = None
    faint: bool = False
    readers: Readers = "phones"


class CanonicalRequest(msgspec.Struct, frozen=True, array_like=True):
    """A validated request with every default filled in and every spelling folded.

    Two requests for the same picture have equal canonical forms. The field order is part of the cache key; `size` and
    the colours are fixed for formats that have neither.

    Attributes
    ----------
    text
        The text that the symbol encodes.
    foreground, background
        ``#rrggbb``, or ``#rrggbbaa`` if not opaque.
    part, parts
        The place in a structured append sequence; both 0 outside of one.
    dpi
        Pixels per inch; fixed for formats that do not carry a resolution.
    style
        None for a plain code.
    title, description
        Empty for formats that carry none.
    """

    text: str
    format: FormatName
    size: int
    margin: int
    error_correction: Level
    boost: bool
    version: int | None
    mask: int | None
    micro: bool
    eci: Eci
    kanji: bool
    part: int
    parts: int
    foreground: str
    background: str
    dpi: int
    style: CanonicalStyle | None
    title: str = ""
    description: str = ""

    @property
    def has_secret(self) -> bool:
        """Whether whoever reads the text can join a network, or log in as somebody else."""
        start = self.text[:_SECRET_START]
        if not start[:1].isalnum():
            # Files may begin with byte order marks, and copied text with invisible characters.
            start = start[next((place for place, character in enumerate(start) if character.isalnum()), 0) :]
        return start.lower().startswith(_SECRETS)
