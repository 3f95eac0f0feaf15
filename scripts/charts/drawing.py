"""What all charts have in common: colours, text, the frame with its axes, the legend."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from .scale import Scale, format_tick

__all__ = ["COLORS", "HEIGHT", "WIDTH", "Plot", "document", "legend", "text"]

WIDTH, HEIGHT = 760, 340

_ON_WHITE = ("#0072b2", "#d55e00", "#009e73", "#a0448a", "#b07d00", "#4b5563")
_ON_BLACK = ("#56b4e9", "#f0884f", "#2fc59b", "#d18bdb", "#e0b040", "#9ca3af")

COLORS = tuple([f"series{number}" for number in range(len(_ON_WHITE))])
"""Classes of the series, told apart by colour-blind readers too (after Okabe and Ito), on white and on black."""


def _series(colors: Sequence[str]) -> str:
    return "".join([f".{name}{{color:{color}}}" for name, color in zip(COLORS, colors, strict=True)])


_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#374151}.title{font-weight:600;font-size:15px;fill:#111827}"
    ".grid{stroke:#e5e7eb}.axis{stroke:#9ca3af}.line{fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round}"
    ".card{fill:#fff}.band{fill:#f3f4f6}.bar,.dot{fill:currentColor}text.small{font-size:12px;fill:#6b7280}"
    f"text.inside{{fill:#fff}}{_series(_ON_WHITE)}"
    "@media(prefers-color-scheme:dark){text{fill:#d1d5db}.title{fill:#f9fafb}.grid{stroke:#374151}.axis{stroke:#6b7280}"
    f".card{{fill:#1f2937}}.band{{fill:#283548}}text.small{{fill:#9ca3af}}text.inside{{fill:#111827}}{_series(_ON_BLACK)}}}"
)


class Plot:
    """The rectangle between two axes, in pixels of the chart.

    Parameters
    ----------
    across, up
        The axes.
    left
        Room for the labels of the vertical one.
    """

    def __init__(self, across: Scale, up: Scale, *, left: int = 70, height: int = HEIGHT) -> None:
        self.across, self.up = across, up
        self.left, self.right, self.top, self.bottom = left, WIDTH - 24, 64, height - 52

    def x(self, value: float) -> float:
        """Where a value of the horizontal axis is."""
        return round(self.left + self.across.place(value) * (self.right - self.left), 1)

    def y(self, value: float) -> float:
        """Where a value of the vertical axis is."""
        return round(self.bottom - self.up.place(value) * (self.bottom - self.top), 1)

    def frame(self, across: str, up: str) -> str:
        """Grid, axes and their labels."""
        parts = []
        for tick in self.up.ticks:
            y = self.y(tick)
            parts.append(f'<path class="grid" d="M{self.left} {y}H{self.right}"/>')
            parts.append(text(self.left - 8, y + 4, format_tick(tick), anchor="end"))
        for tick in self.across.ticks:
            x = self.x(tick)
            parts.append(f'<path class="axis" d="M{x} {self.bottom}v5"/>')
            parts.append(text(x, self.bottom + 20, format_tick(tick), anchor="middle"))
        parts.append(f'<path class="axis" d="M{self.left} {self.bottom}H{self.right}"/>')
        parts.append(text((self.left + self.right) / 2, self.bottom + 42, across, anchor="middle"))
        parts.append(
            text(self.left - 8, self.top - 12, up, anchor="end") if len(up) < 8 else text(12, self.top - 12, up)
        )
        return "".join(parts)


def legend(names: Sequence[str], *, left: float, colors: Sequence[str] = COLORS) -> str:
    """Draw what each colour stands for, in one line."""
    parts, at = [], left
    for name, color in zip(names, colors, strict=False):
        parts.append(f'<rect class="bar {color}" x="{at:g}" y="42" width="14" height="4"/>{text(at + 19, 49, name)}')
        at += 34 + 7.2 * len(name)
    return "".join(parts)


def text(x: float, y: float, words: str, *, anchor: str = "start", kind: str = "") -> str:
    """Draw a line of text."""
    marked = f' class="{kind}"' if kind else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{marked}>{escape(words)}</text>'


def document(title: str, content: str, *, height: int = HEIGHT) -> str:
    """Draw a chart that stands by itself, or inside a page."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        f' role="img"><title>{escape(title)}</title><style>{_STYLE}</style>'
        f'<rect class="card" width="{WIDTH}" height="{height}" rx="6"/>'
        f"{text(12, 26, title, kind='title')}{content}</svg>\n"
    )
