"""Set a caption in the middle of a box, in one line or two, as large as it fits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..paths import transform
from .font import advances, cap_height, character_indices, glyph_outline

if TYPE_CHECKING:
    from ..model import Path

__all__ = ["_LEAST_HEIGHT", "TooWide", "missing_characters", "set_lines", "set_text"]

# Heights of a capital, as shares of the box's height: the most in one line, the most in two, and the least.
_ONE_LINE: Final = 0.44
_TWO_LINES: Final = 0.28
_LEAST_HEIGHT: Final = 0.12
# Break a text only where two lines make it this many times larger.
_NOTICEABLY: Final = 1.1
# Distance of baselines, in heights of a capital.
_LEADING: Final = 1.6
# A line may end at a space that no dash follows, which is then left out, and after a sign that joins words.
_BREAK: Final = re.compile(r"(?<=\S) (?=[^\s\u2013\u2014-])|(?<=\w[-/|+&·])(?=\S)")


class TooWide(Exception):
    """The text would be too small to read; about `factor` of its length would fit."""

    def __init__(self, factor: float) -> None:
        super().__init__(factor)
        self.factor = factor


def missing_characters(text: str) -> list[str]:
    """Return the characters of `text` that the font does not have, each once, in their order."""
    available = character_indices()
    return [character for character in dict.fromkeys(text) if character not in available]


def set_text(text: str, width: float, height: float) -> Path:
    """Set `text` in the middle of a box from (0, 0), and return its outlines, in modules.

    Raises
    ------
    KeyError
        For a character that `missing_characters` names.
    TooWide
        The text does not fit.
    """
    one_line = _fit_size([text], width, _ONE_LINE * height)
    lines, size = [text], one_line
    halves = _break_in_two(text)
    if halves is not None:
        two_lines = _fit_size(halves, width, _TWO_LINES * height)
        if two_lines > one_line * _NOTICEABLY:
            lines, size = halves, two_lines
    if size < _LEAST_HEIGHT * height:
        raise TooWide(size / (_LEAST_HEIGHT * height))
    em, leading = size / cap_height(), size * _LEADING
    baseline = (height + size - leading * (len(lines) - 1)) / 2
    path: Path = ()
    for index, line in enumerate(lines):
        path += _set_line(line, em, width / 2, baseline + index * leading)
    return path


def set_lines(text: str, width: float, em: float, *, lines: int, leading: float, start: tuple[float, float]) -> Path:
    """Set `text` in at most `lines` left-aligned lines of one size, and cut off the rest.

    Parameters
    ----------
    width
        Largest width of a line; a longer word is divided anywhere.
    em, leading
        The size of the letters, and the distance of the baselines in ems.
    start
        Where the first baseline begins.

    Raises
    ------
    KeyError
        For a character that `missing_characters` names.
    """
    path: Path = ()
    x, y = start
    for index, line in enumerate(_break_lines(text, width / em, lines)):
        for position, character in zip(advances(line), line, strict=False):
            path += _place_glyph(glyph_outline(character), em, x + em * position, y + index * leading * em)
    return path


def _break_lines(text: str, width: float, most: int) -> list[str]:
    """Divide `text` into lines of at most `width` ems, between words where possible."""
    lines: list[str] = []
    rest = text.strip()
    while rest and len(lines) < most:
        # No character is narrower than a tenth of an em, so no more than these can fit.
        window = rest[: int(width * 10) + 1]
        ends = advances(window)
        fitting = max(1, sum(1 for end in ends[1:] if end <= width))
        if fitting < len(rest):
            space = rest.rfind(" ", 0, fitting + 1)
            fitting = space if space > 0 else fitting
        lines.append(rest[:fitting].rstrip())
        rest = rest[fitting:].lstrip()
    if rest and lines:
        last = lines[-1]
        while last and advances(f"{last}…")[-1] > width:
            last = last[:-1]
        lines[-1] = f"{last.rstrip()}…"
    return lines


def _fit_size(lines: list[str], width: float, most: float) -> float:
    """Return the height of a capital, at most `most`, at which the longest line is as wide as the box."""
    widest = max(advances(line)[-1] for line in lines)
    return min(most, width / widest * cap_height()) if widest else most


def _break_in_two(text: str) -> list[str] | None:
    """Break the text into two lines, as even as they can be; None where it has no place to break."""
    breaks = [(text[: match.start()], text[match.end() :]) for match in _BREAK.finditer(text)]
    if not breaks:
        return None
    return list(min(breaks, key=lambda lines: max(advances(line)[-1] for line in lines)))


def _set_line(text: str, em: float, middle: float, baseline: float) -> Path:
    """Set one line of text with its ink centred on `middle`; the side bearings of its letters do not count."""
    starts = advances(text)
    outlines = [(x, glyph_outline(character)) for character, x in zip(text, starts, strict=False)]
    inked = [(x, path) for x, path in outlines if path]
    if not inked:
        return ()
    (first, left), (last, right) = inked[0], inked[-1]
    ink = first + min(_x_coordinates(left)), last + max(_x_coordinates(right))
    start = middle - em * (ink[0] + ink[1]) / 2
    line: Path = ()
    for x, path in inked:
        line += _place_glyph(path, em, start + em * x, baseline)
    return line


def _place_glyph(path: Path, em: float, x: float, y: float) -> Path:
    return transform(path, lambda px, py: (x + em * px, y + em * py))


def _x_coordinates(path: Path) -> list[float]:
    return [x for _, *points in path for x in points[::2]]
