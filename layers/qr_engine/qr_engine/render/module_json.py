"""The modules and their roles as JSON, for programs that draw or print codes themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from ..artwork import rows
from ..symbol.roles import Role, roles

if TYPE_CHECKING:
    from ..artwork import Artwork

__all__ = ["draw"]

_LETTERS: Final = {
    Role.DATA: "d",
    Role.ERROR_CORRECTION: "e",
    Role.REMAINDER: "r",
    Role.FINDER: "f",
    Role.SEPARATOR: "s",
    Role.TIMING: "t",
    Role.ALIGNMENT: "a",
    Role.FORMAT: "i",
    Role.VERSION: "v",
    Role.DARK_MODULE: "k",
}
_LEGEND: Final = {letter: role.name.lower() for role, letter in _LETTERS.items()}
_TO_LETTERS: Final = bytes.maketrans(bytes(_LETTERS), "".join(_LETTERS.values()).encode())


class _Document(msgspec.Struct, frozen=True, omit_defaults=True):
    version: str
    error_correction: str | None
    mask: int
    size: int
    quiet_zone: int
    modules: tuple[str, ...]
    roles: list[str]
    legend: dict[str, str]
    cleared: tuple[str, ...] | None = None


def draw(artwork: Artwork) -> bytes:
    """Print the artwork's symbol as a JSON object.

    ``version`` is as usually written, such as ``7`` or ``M3``. ``error_correction`` is null for M1. ``size`` is in
    modules a side. ``quiet_zone`` is the number of modules to leave empty around the symbol; ``modules`` does not
    contain them. ``modules`` has a text for each row from top to bottom with a character for each module, ``1`` for
    dark. ``roles`` has the same rows with a letter for the role of each module, and ``legend`` the meaning of every
    letter, such as ``f`` for ``finder``. Where pictures leave out modules for a logo, ``modules`` still has them as
    encoded, and ``cleared`` has the same rows with ``1`` for each of them. Colours and `Artwork.size` are ignored.
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
            roles=[row.translate(_TO_LETTERS).decode() for row in roles(symbol)],
            legend=_LEGEND,
            cleared=rows(msgspec.structs.replace(symbol, matrix=artwork.cleared)) if artwork.cleared else None,
        )
    )
