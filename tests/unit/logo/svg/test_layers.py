"""What an SVG logo makes a program draw apart, in pixels of its own, and how much memory and time that may take."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.unit.logo.pictures import read, refusal_of, svg

PATH = '<path d="M0 0h9v9z"/>'
APART = {
    "opacity": ('<g opacity=".5">', "</g>"),
    "clip": ('<g clip-path="url(#c)">', "</g>"),
    "mask": ('<g style="mask:url(#m)">', "</g>"),
    "blend": ('<g style="mix-blend-mode:screen">', "</g>"),
    "svg": ('<svg viewBox="0 0 9 9">', "</svg>"),
}
REFERRED = f'<defs><clipPath id="c">{PATH}</clipPath><mask id="m">{PATH}</mask></defs>'


def nest(kind: str, depth: int, inside: str = PATH) -> bytes:
    start, end = APART[kind]
    return svg(REFERRED + start * depth + inside + end * depth, 'viewBox="0 0 10 10"')


@pytest.mark.parametrize(
    ("inside", "layers"),
    [
        (PATH, (0, 0)),
        ('<path opacity="1" clip-path="none" d="M0 0h9v9z"/><path fill-opacity=".5" d="M0 0h9v9z"/>', (0, 0)),
        ('<path opacity=".5" d="M0 0h9v9z"/>' * 3, (1, 3)),
        ('<g opacity=".5"><path opacity=".5" d="M0 0h9v9z"/></g>', (2, 2)),
        (f'<mask id="m">{PATH}</mask><g mask="url(#m)">{PATH}</g>', (2, 2)),
        ('<symbol id="s"><path opacity=".5" d="M0 0h9v9z"/></symbol>' + '<use href="#s"/>' * 4, (2, 8)),
        ('<defs><g opacity=".5"><path d="M0 0z"/></g></defs>' + PATH, (0, 0)),
    ],
)
def test_layers_are_counted_where_they_are_drawn(inside: str, layers: tuple[int, int]) -> None:
    assert read(svg(inside, 'viewBox="0 0 10 10"')).layers == layers


@pytest.mark.parametrize("kind", APART)
def test_nesting_them_too_deep_is_refused(kind: str) -> None:
    within = 8 - (kind in ("clip", "mask"))
    assert read(nest(kind, within)).layers[0] == 8
    assert refusal_of(nest(kind, within + 1)).limit == {"max": 8}


def test_too_many_of_them_are_refused() -> None:
    assert read(svg('<path opacity=".5" d="M0 0h1v1z"/>' * 200)).layers == (1, 200)
    assert refusal_of(svg('<path opacity=".5" d="M0 0h1v1z"/>' * 201)).limit == {"max": 200}


FAR = '<path d="M-20-20h50v50h-50z" fill="red"/>'
PROGRAM = """
import sys
sys.path[:] = eval(sys.argv[1])
from qr_engine.pipeline.generate import draw_picture
from qr_engine.request import parse
from tests.stopwatch import Stopwatch
logo = {"data": "data:image/svg+xml," + sys.stdin.read(), "size": 50, "padding": 0}
asked = {"data": "x" * 1270, "error_correction": "H", "format": "png", "size": 4096, "margin": 0, "verify": False}
with Stopwatch() as watch:
    draw_picture(parse(asked | {"colors": {"background": "transparent"}, "logo": logo})[1])
# Not ru_maxrss, in which the process that this one was forked from counts as well.
peak = next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(peak, watch.seconds)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "logo",
    [
        f'<mask id="m" x="-20" y="-20" width="50" height="50" maskUnits="userSpaceOnUse">{FAR}</mask>'
        f'<g mask="url(#m)">{FAR}</g>',
        f'<g opacity=".9">{FAR}' * 2 + FAR + "</g>" * 2,
        f'<g opacity=".9">{FAR}</g>' * 12,
    ],
)
def test_the_largest_logo_takes_less_than_512_mb_and_6_s(logo: str) -> None:
    command = [sys.executable, "-c", PROGRAM, repr([path for path in sys.path if path])]
    document = svg(logo, 'viewBox="0 0 10 10"').decode().replace("#", "%23")
    run = subprocess.run(command, input=document, capture_output=True, text=True, timeout=120, check=True)
    megabytes, seconds = map(float, run.stdout.split())
    assert megabytes < 512
    assert seconds < 6
