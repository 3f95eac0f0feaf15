"""The role of each module of a finished symbol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .function_patterns import Role, areas
from .layout import layout
from .standard import blocks

if TYPE_CHECKING:
    from .model import Symbol

__all__ = ["Role", "roles"]


def roles(symbol: Symbol) -> list[bytes]:
    """Return the role of every module: one `bytes` for each row, one `Role` for each module in it.

    To find the modules of the message, this places one byte with the role of each bit in place of the bit. The number
    of a bit's codeword, or of its block, could be placed the same way.

    Examples
    --------
    >>> from qr_engine.symbol import encode
    >>> from qr_engine.symbol.roles import Role, roles
    >>> Role(roles(encode("test"))[0][0]).name
    'FINDER'
    """
    version, micro, n = symbol.version, symbol.micro, symbol.size
    division = blocks(version, symbol.error_correction or "L", micro=micro)
    message = bytes((Role.DATA,)) * division.data_bits + bytes((Role.ERROR_CORRECTION,)) * (
        8 * division.ec * division.count
    )
    modules = bytearray(layout(version, micro=micro).place(message, bytes((Role.REMAINDER,)), b""))
    for area in areas(version, micro=micro):
        for y in range(area.y, area.y + area.height):
            start = y * n + area.x
            modules[start : start + area.width] = bytes((area.role,)) * area.width
    return [bytes(modules[start : start + n]) for start in range(0, n * n, n)]
