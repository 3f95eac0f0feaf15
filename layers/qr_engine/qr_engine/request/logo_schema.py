"""What a caller may ask of a logo, and its canonical form.

A canonical request has the digest of a logo in the place of its bytes, which travel along beside it: so a picture of
megabytes makes neither the key nor what the cache keeps of a request any longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta

from ..errors import InvalidRequest, Issue
from ..hashes import sha256
from .style_schema import Background

if TYPE_CHECKING:
    from ..artwork.color import Color

__all__ = ["CanonicalLogo", "Logo", "LogoShape", "LogoSource", "canonical_logo", "with_asset"]

LogoShape = Literal["square", "circle", "rounded_square"]

LONGEST_DATA = 2816 * 1024
"""Characters: as long as a body may be, of which 2 MiB in base64 take a little less."""

_ASSET = r"^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$"


class Logo(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A picture in the middle of the code; `data` or `asset` says which."""

    data: Annotated[
        Annotated[str, Meta(min_length=1, max_length=LONGEST_DATA)] | None,
        Meta(description="A PNG, JPEG, WebP or SVG of up to 2 MiB, as a data URI or in base64."),
    ] = None
    asset: Annotated[
        Annotated[
            str,
            Meta(
                min_length=1,
                max_length=256,
                pattern=_ASSET,
                extra_json_schema={"title": "the key of an object, such as brand/logo.svg"},
            ),
        ]
        | None,
        Meta(description="The key of such a picture in the bucket `ASSETS_BUCKET`; never a URL."),
    ] = None
    size: Annotated[float, Meta(ge=5, le=50, description="Its longer side, in percent of the symbol's.")] = 20.0
    padding: Annotated[float, Meta(ge=0, le=10, description="Modules to leave free around it.")] = 1.0
    shape: Annotated[LogoShape, Meta(description="What it is cut to, and what its plate looks like.")] = "square"
    background: Annotated[
        Background | None, Meta(description="A plate under it; not given, the background of the code shows.")
    ] = None
    clear_modules: Annotated[
        bool, Meta(description="Leave out the modules under it, whole ones; else it lies on top of them.")
    ] = True


class LogoSource:
    """What the bytes of a logo are told by, and the bytes, where they are at hand.

    Attributes
    ----------
    digest
        SHA-256 of the bytes, in hexadecimal. Sources with the same digest are equal.
    body
        The bytes as they were given; None in a request that comes from its canonical form.
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
    """A checked logo, what has no effect left at its default; in canonical bytes its source is the digest alone.

    Attributes
    ----------
    asset
        The key in the bucket; empty for a logo that was sent along.
    background
        ``#rrggbb``, or ``#rrggbbaa`` where not opaque; None for no plate.
    repair
        Whether the level, the version or the size may be changed so that the symbol bears it.
    grows
        Whether that may be the level and the version.
    """

    source: LogoSource
    asset: str
    size: float
    padding: float
    shape: LogoShape
    background: str | None
    clear_modules: bool
    repair: bool
    grows: bool = True


def canonical_logo(asked: Logo, background: Color | None, issues: list[Issue], *, repair: bool) -> CanonicalLogo | None:
    """The canonical form of a logo, that of an asset without its source; what is wrong is added to `issues`.

    Whether the bytes are a picture is left to who draws it: a request that the cache answers does not wait for that.
    """
    if (asked.data is None) == (asked.asset is None):
        issues.append(Issue("logo", "Must have either data or asset."))
        return None
    source = LogoSource("")
    if asked.data is not None:
        from ..logo.reading import decoded

        try:
            source = _source(decoded(asked.data))
        except InvalidRequest as refusal:
            issues += refusal.issues
            return None
    return CanonicalLogo(
        source=source,
        asset=asked.asset or "",
        size=asked.size,
        padding=asked.padding + 0.0 if asked.clear_modules else 0.0,  # -0.0 says the same as 0.0
        shape=asked.shape,
        background=background.hex if background is not None and background.alpha else None,
        clear_modules=asked.clear_modules,
        repair=repair,
    )


def with_asset(logo: CanonicalLogo) -> CanonicalLogo:
    """The logo with the bytes that its asset has now.

    Raises
    ------
    Problem
        As `logo.assets.asset`.
    """
    from ..logo.assets import asset

    return msgspec.structs.replace(logo, source=_source(asset(logo.asset)))


def _source(body: bytes) -> LogoSource:
    return LogoSource(sha256(body).hexdigest(), body)
