"""Dashes of SVG logos in any notation become pairs of plain numbers, and are drawn in every format."""

from __future__ import annotations

import re

import pytest
from tests.unit.logo.pictures import clean, refusal_of, svg

from qr_engine.render.page.logo_shapes import parse_shapes

BOX = 'viewBox="0 0 30 40"'
LINE = '<path d="M0 0h20" stroke="red" {}/>'


def dashes(inside: str) -> list[str]:
    """The dashes that each element says it has, from the top to the bottom."""
    return re.findall(r'stroke-dasharray="([^"]*)"', clean(inside, BOX))


@pytest.mark.parametrize(
    ("given", "settled"),
    [
        ("2", "2 2"),
        ("2,3 , 4", "2 3 4 2 3 4"),
        ("2px 1e0", "2 1"),
        ("1in 3pt", "96 4"),
        ("10%", "3.535534 3.535534"),
        ("0 5", "0 5"),
    ],
)
def test_dashes_are_pairs_of_numbers(given: str, settled: str) -> None:
    assert dashes(LINE.format(f'stroke-dasharray="{given}"')) == [settled]
    assert dashes(LINE.format(f'style="Stroke-Dasharray: {given}"')) == [settled]
    assert dashes(f"<style>path{{stroke-dasharray:{given}}}</style>" + LINE.format("")) == [settled]


@pytest.mark.parametrize("given", ["none", "0", "0 0%", "1e-9", "initial", "inherit", "unset"])
def test_a_whole_line_has_none(given: str) -> None:
    assert dashes(LINE.format(f'stroke-dasharray="{given}"')) == []


def test_elements_have_those_around_them() -> None:
    inside = LINE.format('stroke-dasharray="none"') + LINE.format("") + LINE.format('stroke-dasharray="1 1"')
    assert dashes(f'<g stroke-dasharray="3">{inside}</g>') == ["3 3", "none", "1 1"]


@pytest.mark.parametrize("given", ["two", "1 -1", "1,,2", "calc(1px)", "1vw"])
def test_what_is_no_list_of_lengths_is_refused_in_an_attribute_and_dropped_in_a_style(given: str) -> None:
    assert "stroke-dasharray=" in refusal_of(svg(LINE.format(f'stroke-dasharray="{given}"'), BOX)).message
    assert dashes(LINE.format(f'style="stroke-dasharray:4;stroke-dasharray:{given}"')) == ["4 4"]


def test_where_dashes_begin_may_lie_before_the_line() -> None:
    assert 'stroke-dashoffset="-3"' in clean(LINE.format('stroke-dasharray="4" stroke-dashoffset="-3px"'), BOX)
    assert "stroke-dashoffset=" in refusal_of(svg(LINE.format('stroke-dashoffset="1 2"'), BOX)).message


@pytest.mark.parametrize(
    ("outline", "length"),
    [
        ('<path d="M0 0h20v15z"', 60),
        ('<rect width="10" height="15"', 50),
        ('<circle cx="9" cy="9" r="9"', 56.55),
        ('<polyline points="0 0 3 4 3 9"', 10),
        ('<path d="M0 0h10M20 20v10"', 20),
    ],
)
def test_a_length_that_the_author_gives_is_that_of_the_outline(outline: str, length: float) -> None:
    (settled,) = dashes(f'{outline} stroke="red" pathLength="10" stroke-dasharray="1 2"/>')
    assert [float(each) for each in settled.split()] == pytest.approx([length / 10, length / 5], rel=0.01)


def test_percentages_are_those_of_the_picture_that_a_line_is_in() -> None:
    line = LINE.format('stroke-dasharray="10%"')
    assert dashes(f'<svg width="9" height="9" viewBox="0 0 7 7">{line}</svg>') == ["0.7 0.7"]


def test_a_pdf_has_them_as_dashes() -> None:
    shapes = parse_shapes(clean(LINE.format('stroke-dasharray="3 1" stroke-dashoffset="-1"'), BOX).encode())
    assert shapes is not None
    assert [shape.dashes for shape in shapes] == [((3.0, 1.0), 3.0)]


def test_dashes_too_many_to_draw_are_refused() -> None:
    message = refusal_of(svg(LINE.format('stroke-dasharray="1e-4"'), BOX)).message
    assert message.startswith("An SVG logo can take at most 200 ms to draw")
