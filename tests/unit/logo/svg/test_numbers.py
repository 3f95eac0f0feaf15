from __future__ import annotations

import pytest
from tests.unit.logo.pictures import read, refusal_of, svg

PATH = '<path d="M0 0h9v9z"/>'


def inside(text: str) -> bytes:
    return svg(text, 'viewBox="0 0 10 10"')


@pytest.mark.parametrize(
    "far",
    [
        '<path d="M0 0L1e38 1e38"/>',
        '<polygon points="0,0 5,-50001"/>',
        '<line x2="1e5" stroke="red"/>',
        '<path d="M0 0h9v9z" stroke-width="99999999"/>',
        '<path d="M0 0h9v9z" stroke-miterlimit="1e308"/>',
        '<path d="M0 0h9v9z" style="stroke-width:1e9"/>',
        "<style>path{stroke-width:1e9}</style>" + PATH,
        f'<g transform="translate(1e30 0)">{PATH}</g>',
    ],
)
def test_numbers_out_of_proportion_are_refused(far: str) -> None:
    assert "too large for its size" in refusal_of(inside(far)).message


@pytest.mark.parametrize(
    "grown",
    [
        f'<g transform="scale(1001)">{PATH}</g>',
        f'<g transform="scale(40)"><g transform="matrix(30 0 0 1 0 0)">{PATH}</g></g>',
        f'<g transform="skewX(89.999)">{PATH}</g>',
        f'<svg viewBox="0 0 .001 .001">{PATH}</svg>',
        f'<defs><g id="a" transform="scale(40)">{PATH}</g></defs><use href="#a" transform="scale(30)"/>',
    ],
)
def test_transformations_that_multiply_without_end_are_refused(grown: str) -> None:
    assert "enlarge" in refusal_of(inside(grown)).message


def test_what_a_style_transforms_is_bounded_as_well() -> None:
    body = inside('<path d="M0 0h9v9z" style="transform:scale(90)scaleX(90)"/>')
    assert refusal_of(body).message == "Transformations in an SVG logo can enlarge by at most 1000."


@pytest.mark.parametrize(
    "usual",
    [
        '<g transform="translate(0,600) scale(0.1,-0.1)"><path d="M2830 5984c-412-44-789-180-1135-410"/></g>',
        '<defs><symbol id="a" viewBox="0 0 24 24"><path d="M0 0h24v24z"/></symbol></defs>'
        '<use href="#a" width="24" height="24"/>',
        "<style>.a{fill:#1e9999;stroke:url(#g12e99);stroke-width:3}</style>" + '<path class="a" d="M1e2 5h9v9z"/>',
        '<path d="M0 0h9v9z" stroke-dasharray="none"/>',
        '<g transform="matrix(1.33 0 0 -1.33 0 682)"><g transform="scale(20)"><path d="M0 0h9v9z"/></g></g>',
    ],
)
def test_what_editors_write_is_taken(usual: str) -> None:
    assert read(svg(usual, 'viewBox="0 0 600 600"')).kind == "svg"
