"""Place the bits of the codewords in the symbol (ISO/IEC 18004:2015, 7.7.3).

The symbol is filled in strips of two columns, from right to left, alternately upwards and downwards. So the modules of
one column between two function patterns are a slice of the bit string with step 2, or with step 1 where a function
pattern covers the other column of the strip. A row is a slice of the columns. Two `itemgetter`s of a few hundred slices
place everything without a loop over modules.
"""

from __future__ import annotations

from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from .standard import width

if TYPE_CHECKING:
    from collections.abc import Callable

    from .function_patterns import Area

__all__ = ["make_placer"]


def _covered_rows(areas: list[Area], n: int, line: int) -> list[bytearray]:
    """Return for each column the rows that function patterns cover; row and column `line`, the timing, are left out."""
    columns = [bytearray(n - 1) for _ in range(n - 1)]
    for area in areas:
        end = area.y + area.height
        first, last = area.y - (area.y > line), end - (end > line)
        for column in range(area.x, area.x + area.width):
            if column != line:
                columns[column - (column > line)][first:last] = b"\x01" * (last - first)
    return columns


def _sections(right: bytearray, left: bytearray) -> list[int]:
    """Return the rows where either column changes between data and function pattern, and both ends."""
    if right == left and 1 not in right:
        return [0, len(right)]
    edges = {0, len(right)}
    for column in (right, left):
        row, value = 0, column[0] ^ 1
        while (row := column.find(value, row)) >= 0:
            edges.add(row)
            value ^= 1
    return sorted(edges)


def _slice(start: int, step: int, count: int) -> slice:
    stop = start + step * count
    # For a slice that runs backwards past the first bit, a stop of -1 would mean the last bit.
    return slice(start, None if stop < 0 else stop, step)


def make_placer(version: int, areas: list[Area], *, micro: bool) -> Callable[[bytes, bytes, bytes], bytes]:
    """Make the function that places the final message in the symbol.

    Its arguments are one byte for each bit of the message, whatever the byte means; one byte for all modules that are
    not data; and the bytes between two rows. It returns the symbol as one byte for each module, row after row.
    """
    n = width(version, micro=micro)
    line = 0 if micro else 6
    covered = _covered_rows(areas, n, line)
    rows = n - 1
    total = sum(column.count(0) for column in covered)
    columns: list[list[slice]] = []
    position = 0
    for strip in range(rows // 2):
        right, left = covered[rows - 1 - 2 * strip], covered[rows - 2 - 2 * strip]
        upwards = strip % 2 == 0
        edges = _sections(right, left)
        sections = list(pairwise(edges))
        if upwards:
            sections.reverse()
        slices: tuple[list[slice], list[slice]] = ([], [])
        for top, bottom in sections:
            height = bottom - top
            free = [column for column in (right, left) if not column[top]]
            step = len(free)
            for index, (column, pieces) in enumerate(zip((right, left), slices, strict=True)):
                if column[top]:
                    pieces.append(slice(total, total + height))
                    continue
                start = position + (index if step == 2 else 0)
                if upwards:
                    pieces.append(_slice(start + step * (height - 1), -step, height))
                else:
                    pieces.append(_slice(start, step, height))
            position += step * height
        if upwards:
            for pieces in slices:
                pieces.reverse()
        columns += slices
    columns.reverse()
    blank = slice(total, total + n)
    columns.insert(line, [slice(total, total + rows)])
    gather_columns = itemgetter(*[piece for column in columns for piece in column], blank)
    lines = [slice(row, n * rows, rows) for row in range(rows)]
    lines.insert(line, slice(n * rows, n * rows + n))
    gather_rows = itemgetter(*lines)

    def place(message: bytes, other: bytes, between: bytes) -> bytes:
        # Add up to seven remainder bits, and as many bytes as the longest run of modules without data.
        columns_in_turn = b"".join(gather_columns(message + other * (7 + n)))
        return between.join(gather_rows(columns_in_turn))

    return place
