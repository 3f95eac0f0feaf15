"""The canonical form of a logo: the digest of its file stands for the bytes.

The bytes travel separately, so that a file of megabytes makes neither the key nor the stored request longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ..errors import InvalidRequest, Issue
from ..hashes import sha256
from .canonical import CanonicalLogo, LogoSource
from .logo_schema import Logo

if TYPE_CHECKING:
    from ..artwork.color import Color

__all__ = ["canonical_logo", "with_asset_bytes"]


def canonical_logo(logo: Logo, background: Color | None, issues: list[Issue], *, repair: bool) -> CanonicalLogo | None:
    """Fold a logo into its canonical form, an asset without its source; problems are added to `issues`.

    The bytes are not read as a picture yet, so that a request answered by the cache does not wait for that.
    """
    if (logo.data is None) == (logo.asset is None):
        issues.append(Issue("logo", "Must have either data or asset."))
        return None
    source = LogoSource("")
    if logo.data is not None:
        from ..logo.reading import decode_logo

        try:
            source = _logo_source(decode_logo(logo.data))
        except InvalidRequest as problem:
            issues += problem.issues
            return None
    return CanonicalLogo(
        source=source,
        asset=logo.asset or "",
        size=logo.size,
        padding=logo.padding + 0.0 if logo.clear_modules else 0.0,  # -0.0 says the same as 0.0
        shape=logo.shape,
        background=background.hex if background is not None and background.alpha else None,
        clear_modules=logo.clear_modules,
        repair=repair,
    )


def with_asset_bytes(logo: CanonicalLogo) -> CanonicalLogo:
    """Return the logo with the bytes that its asset has now.

    Raises
    ------
    Problem
        See `logo.assets.asset`.
    """
    from ..logo.assets import asset

    return msgspec.structs.replace(logo, source=_logo_source(asset(logo.asset)))


def _logo_source(body: bytes) -> LogoSource:
    return LogoSource(sha256(body).hexdigest(), body)
