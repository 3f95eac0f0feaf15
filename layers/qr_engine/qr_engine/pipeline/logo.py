"""Codes with a logo: find a symbol that tolerates the logo, lay it on the artwork, and report how much it covers.

Only requests with a logo load this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from ..artwork.color import parse_color
from ..errors import InvalidRequest, Issue
from ..hashes import sha256
from ..logo import Logo, LogoFit, PlacementOptions, repair
from ..logo import assets as _assets
from ..logo.logo_cache import load_logo
from ..logo.plate import lay_logo
from ..scan.report import LogoCover
from ..symbol.error_budget import CAMERA_RESERVE

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..artwork import Artwork
    from ..request import CanonicalRequest
    from ..request.canonical import CanonicalLogo
    from ..scan import ScanReport
    from ..symbol import Level, Symbol

__all__ = ["PlacedLogo", "place_logo"]


class PlacedLogo(msgspec.Struct, frozen=True):
    """A logo with its place in a symbol that tolerates it."""

    canonical: CanonicalLogo
    logo: Logo
    fitted: LogoFit

    @property
    def symbol(self) -> Symbol:
        """The symbol without the modules that the logo clears."""
        symbol = self.fitted.symbol
        return msgspec.structs.replace(symbol, matrix=symbol.matrix & ~self.fitted.placement.cleared)

    def lay_on(self, artwork: Artwork) -> Artwork:
        """Lay the logo on the artwork of the symbol."""
        background = self.canonical.background
        plate = None if background is None else parse_color(background)
        return lay_logo(artwork, self.logo, self.fitted.placement, plate)

    def annotate(self, scan: ScanReport) -> ScanReport:
        """Add to the report how many codewords the logo covers, and how the code was changed for it."""
        cover = self.fitted.placement.cover
        covered = LogoCover(max(cover.touched), min(cover.allowed), cover.correctable, CAMERA_RESERVE)
        return msgspec.structs.replace(scan, covered=covered, changes=(*scan.changes, *self.fitted.changes))


def place_logo(
    request: CanonicalRequest,
    canonical: CanonicalLogo,
    symbol: Symbol,
    make: Callable[[Level, int], Symbol],
    holds: Callable[[Level, int], bool],
) -> PlacedLogo:
    """Find a symbol for the text of `request` that tolerates its logo.

    Parameters
    ----------
    symbol
        The symbol without a logo.
    make
        Encodes the same text at exactly this level and version.
    holds
        Whether a symbol of this level and version has room for the text.

    Raises
    ------
    InvalidRequest
        The logo is not a picture that can be drawn, or its bytes are missing.
    AssetNotFound, AssetUnavailable
        The logo is an asset that has been removed, or that S3 does not return.
    WouldNotScan
        The logo covers too much of the symbol.
    """
    logo = _read_logo(canonical)
    geometry = PlacementOptions(canonical.size, canonical.padding, canonical.shape, canonical.clear_modules)
    least, version = request.error_correction, request.version
    return PlacedLogo(
        canonical,
        logo,
        repair(
            symbol,
            logo,
            geometry,
            make=make,
            holds=holds,
            least=least,
            version=version,
            change=canonical.repair,
            grow=canonical.grows,
        ),
    )


def _read_logo(canonical: CanonicalLogo) -> Logo:
    body = canonical.source.body
    if not canonical.asset:
        return load_logo(canonical.source.digest, body)
    try:
        return load_logo(canonical.source.digest, _fetch_unchanged(canonical) if body is None else body)
    except InvalidRequest as problem:
        # The picture reader does not know that this picture is an asset.
        issues = [msgspec.structs.replace(issue, path=_assets.PATH) for issue in problem.issues]
        raise InvalidRequest.of(*issues) from None


def _fetch_unchanged(canonical: CanonicalLogo) -> bytes:
    """Fetch the asset of an earlier request, if it still has the digest in the request."""
    body = _assets.asset(canonical.asset)
    if sha256(body).hexdigest() != canonical.source.digest:
        raise InvalidRequest.of(Issue(_assets.PATH, _REPLACED))
    return body


_REPLACED: Final = "This asset has been replaced, so the code with the old one cannot be drawn again."
