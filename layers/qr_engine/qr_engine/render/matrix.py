"""The modules themselves, as JSON, for programs that draw or print codes on their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ..artwork import rows

if TYPE_CHECKING:
    from ..artwork import Artwork

__all__ = ["draw"]


class _Document(msgspec.Struct, frozen=True):
    version: str
    error_correction: str | None
    mask: int
    size: int
    quiet_zone: int
    modules: list[str]


def draw(artwork: Artwork) -> bytes:
    """Print the artwork's symbol as a JSON object.

    ``version`` is as it is usually written, ``7`` or ``M3``; ``error_correction`` null for M1; ``size`` in modules a
    side; ``quiet_zone`` the modules to leave empty around it, which ``modules`` leaves out. ``modules`` has a text for
    each row from top to bottom, a character a module, ``1`` for dark. Colours and `Artwork.size` play no part.
    """
    symbol = artwork.symbol
    return msgspec.json.encode(
        _Document(
            version=symbol.name,
            error_correction=symbol.error_correction,
            mask=symbol.mask,
            size=symbol.size,
            quiet_zone=artwork.margin,
            modules=rows(symbol),
        )
    )
