"""A logo's canonical form, which has the digest of the picture in the place of its bytes.

The bytes travel along beside it: so a picture of megabytes makes neither the key nor what the cache keeps of a request
any longer.
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

__all__ = ["canonical_logo", "with_asset"]


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
