"""The path data and transformations of an SVG as numbers (SVG 2, 9.3 and CSS Transforms 1, 8)."""

from __future__ import annotations

import re
from math import acos, ceil, cos, pi, radians, sin, sqrt, tan
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...artwork.model import Command, Path

__all__ = [
    "Matrix",
    "ellipse",
    "multiply",
    "parse_number",
    "parse_numbers",
    "parse_path",
    "parse_steps",
    "parse_transform",
]

Matrix: TypeAlias = tuple[float, float, float, float, float, float]

_NUMBER: Final = r"[-+]?(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][-+]?\d++)?"
_WHOLE: Final = re.compile(_NUMBER)
_NUMBERS: Final = re.compile(rf"[\s,]*+({_NUMBER})")
_FLAG: Final = re.compile(r"[\s,]*+([01])")
_LETTER: Final = re.compile(r"[\s,]*+([MmLlHhVvCcSsQqTtAaZz])")
_COUNTS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_FUNCTION: Final = re.compile(r"\s*+,?\s*+(matrix|translate|scale|rotate|skewX|skewY)\s*+\(([^()]*+)\)")


def parse_numbers(text: str) -> list[float]:
    """Parse a list of numbers; raise ``ValueError`` if the text has anything else."""
    return [parse_number(item) for item in re.split(r"[\s,]+", text.strip()) if item]


def parse_number(text: str) -> float:
    """Parse one number without a unit; raise ``ValueError`` for anything else."""
    if not _WHOLE.fullmatch(text.strip()):
        raise ValueError("no number")
    return float(text)


def parse_path(text: str) -> Path:
    """Parse path data to absolute moves, lines and cubic curves; raise ``ValueError`` if it is not well-formed."""
    return tuple([command for step in parse_steps(text) for command in step])


def parse_steps(text: str) -> Iterator[list[Command]]:
    """Parse path data as `parse_path` does, and yield the results of each command together."""
    start = x, y = 0.0, 0.0
    before, control = "", (0.0, 0.0)
    for letter, relative, arguments in _parse_segments(text):
        if not before and letter != "M":
            raise ValueError("path data begin with a move")
        commands: list[Command] = []
        values = list(arguments)
        if relative and letter == "H":
            values = [x + values[0]]
        elif relative and letter == "V":
            values = [y + values[0]]
        elif relative:
            first = 5 if letter == "A" else 0
            values[first:] = [value + (y if i % 2 else x) for i, value in enumerate(values[first:])]
        if letter == "Z":
            commands.append(("Z",))
            x, y = start
        elif letter == "M":
            start = x, y = values[0], values[1]
            commands.append(("M", x, y))
        elif letter in "LHV":
            x = values[0] if letter != "V" else x
            y = values[-1] if letter != "H" else y
            commands.append(("L", x, y))
        else:
            mirrored = (2 * x - control[0], 2 * y - control[1])
            if letter in "CS":
                near = mirrored if before in "CS" and before else (x, y)
                a, b, c, d, end_x, end_y = values if letter == "C" else (*near, *values)
                commands.append(("C", a, b, c, d, end_x, end_y))
                control = c, d
            elif letter in "QT":
                near = mirrored if before in "QT" and before else (x, y)
                q, r, end_x, end_y = values if letter == "Q" else (*near, *values)
                a, b = x + (q - x) * 2 / 3, y + (r - y) * 2 / 3
                commands.append(("C", a, b, end_x + (q - end_x) * 2 / 3, end_y + (r - end_y) * 2 / 3, end_x, end_y))
                control = q, r
            else:
                end_x, end_y = values[5:]
                commands += _arc_curves(x, y, values)
            x, y = end_x, end_y
        before = letter
        yield commands


def _parse_segments(text: str) -> Iterator[tuple[str, bool, list[float]]]:
    position, command = 0, ""
    text = text.rstrip()
    while position < len(text):
        match = _LETTER.match(text, position)
        if match is not None:
            command, position = match[1], match.end()
        elif command in ("", "Z", "z"):
            raise ValueError("numbers without a command")
        letter = command.upper()
        values = []
        for index in range(_COUNTS[letter]):
            match = (_FLAG if letter == "A" and index in (3, 4) else _NUMBERS).match(text, position)
            if match is None:
                raise ValueError("a number is missing")
            values.append(float(match[1]))
            position = match.end()
        yield letter, command != letter, values
        command = {"M": "L", "m": "l"}.get(command, command)


def _arc_curves(x: float, y: float, values: list[float]) -> Iterator[Command]:
    """Turn an elliptical arc into cubic curves (SVG 2, implementation notes, B.2)."""
    across, down, turn, large, sweep, end_x, end_y = values
    across, down = abs(across), abs(down)
    if (x, y) == (end_x, end_y):
        return
    if not across or not down:
        yield "L", end_x, end_y
        return
    c, s = cos(radians(turn)), sin(radians(turn))
    half_x, half_y = (x - end_x) / 2, (y - end_y) / 2
    ux, uy = (c * half_x + s * half_y) / across, (c * half_y - s * half_x) / down
    longer = ux * ux + uy * uy
    if longer > 1:
        scale, longer = sqrt(longer), 1.0
        across, down, ux, uy = across * scale, down * scale, ux / scale, uy / scale
    offset = sqrt(max(0.0, 1 / longer - 1)) * (1 if large != sweep else -1)
    # On the unit circle: the centre, and the ends as seen from it.
    mx, my = offset * uy, -offset * ux
    ax, ay, bx, by = ux - mx, uy - my, -ux - mx, -uy - my
    angle = acos(max(-1.0, min(1.0, ax * bx + ay * by))) * (1 if ax * by - ay * bx >= 0 else -1)
    if sweep and angle < 0:
        angle += 2 * pi
    elif not sweep and angle > 0:
        angle -= 2 * pi
    count = max(1, ceil(abs(angle) / (pi / 2) - 1e-9))
    step = angle / count
    k = 4 / 3 * tan(step / 4)
    middle_x, middle_y = (x + end_x) / 2, (y + end_y) / 2

    def from_unit_circle(px: float, py: float) -> tuple[float, float]:
        px, py = (px + mx) * across, (py + my) * down
        return middle_x + c * px - s * py, middle_y + s * px + c * py

    for _ in range(count):
        bx, by = ax * cos(step) - ay * sin(step), ax * sin(step) + ay * cos(step)
        yield (
            "C",
            *from_unit_circle(ax - k * ay, ay + k * ax),
            *from_unit_circle(bx + k * by, by - k * bx),
            *from_unit_circle(bx, by),
        )
        ax, ay = bx, by


def ellipse(x: float, y: float, across: float, down: float) -> Path:
    """Draw a closed ellipse around a point."""
    curves = [*_arc_curves(x + across, y, [across, down, 0, 0, 1, x - across, y])]
    curves += _arc_curves(x - across, y, [across, down, 0, 0, 1, x + across, y])
    return ("M", x + across, y), *curves, ("Z",)


def parse_transform(text: str) -> Matrix:
    """Parse and multiply a list of transformations; raise ``ValueError`` if it is not well-formed."""
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    position = 0
    text = text.strip()
    while position < len(text):
        match = _FUNCTION.match(text, position)
        if match is None:
            raise ValueError("no transformation")
        matrix = multiply(matrix, _function_matrix(match[1], parse_numbers(match[2])))
        position = match.end()
    return matrix


def _function_matrix(name: str, values: list[float]) -> Matrix:
    match name, values:
        case "matrix", [a, b, c, d, e, f]:
            return a, b, c, d, e, f
        case "translate", [x, *rest] if len(rest) < 2:
            return 1, 0, 0, 1, x, rest[0] if rest else 0
        case "scale", [x, *rest] if len(rest) < 2:
            return x, 0, 0, rest[0] if rest else x, 0, 0
        case "rotate", [angle, *rest] if len(rest) in (0, 2):
            c, s = cos(radians(angle)), sin(radians(angle))
            x, y = rest or (0.0, 0.0)
            return c, s, -s, c, x - c * x + s * y, y - s * x - c * y
        case "skewX", [angle]:
            return 1, 0, tan(radians(angle)), 1, 0, 0
        case "skewY", [angle]:
            return 1, tan(radians(angle)), 0, 1, 0, 0
    raise ValueError("no transformation")


def multiply(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the transformation that applies `inner`, then `outer`."""
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f
