"""What style sheets say, as attributes: the same picture, by a program that reads style sheets itself."""

from __future__ import annotations

import pytest
import resvg_py
from tests.stopwatch import Stopwatch
from tests.unit.logo.pictures import read, refusal_of, svg

PATH = '<path class="a b" id="p" d="M0 0h10v10z"/>'
BOX = 'viewBox="0 0 10 10"'


def drawn(document: bytes) -> bytes:
    return bytes(resvg_py.svg_to_bytes(svg_string=document.decode(), width=60, height=60))


def cleaned(inside: str) -> str:
    return read(svg(inside, BOX)).body.decode()


@pytest.mark.parametrize(
    "inside",
    [
        f"<style>path{{fill:red}}.a{{fill:lime}}</style>{PATH}",
        f"<style>.a{{fill:lime}}path{{fill:red}}</style>{PATH}",
        f"<style>.a{{fill:red}}.b{{fill:lime}}</style>{PATH}",
        f"<style>#p{{fill:lime}}.a.b{{fill:red}}</style>{PATH}",
        f"<style>path.a{{fill:lime}}.b{{fill:red}}*{{fill:blue}}</style>{PATH}",
        f"<style>.a{{fill:lime ! important;fill:red}}</style>{PATH}",
        '<style>.b,.a{fill:lime;stroke:blue}</style><path class="b" fill="red" d="M0 0h9v9z"/>',
        '<style>.a{fill:red}</style><path class="a" style="fill:lime" d="M0 0h10v10z"/>',
        f"<style>g path{{fill:lime}}svg>path{{fill:red}}</style><g>{PATH}</g>",
        f"<style>.o path{{fill:lime}}.o>path{{fill:red}}</style><g class='o'><g>{PATH}</g></g>",
        f"<style>.o .a{{fill:red}}svg .n > .a{{fill:lime}}</style><g class='n'><g class='o'>{PATH}</g></g>",
        f"<style>svg{{fill:lime}}</style>{PATH}",
        f"<style>.a{{fill:lime}}</style><style>.a{{fill:blue}}</style>{PATH}",
        f"<style>path{{mix-blend-mode:multiply;fill:#ff0}}</style><rect width='9' height='9' fill='#0ff'/>{PATH}",
        f"<style>.a{{fill:url(#g);opacity:.5}}#s{{stop-color:lime}}</style><linearGradient id='g'><stop id='s'/>"
        f"<stop offset='1' stop-color='red'/></linearGradient>{PATH}",
    ],
)
def test_the_cascade_gives_the_same_picture(inside: str) -> None:
    original = svg(inside, BOX)
    ours = read(original).body
    assert b"<style" not in ours
    assert b"class" not in ours
    assert drawn(ours) == drawn(original)


def test_what_is_important_goes_before_what_is_specific() -> None:
    text = cleaned(
        '<style>.a{fill:lime!important}#p{fill:red}</style><path class="a" id="p" style="fill:blue" d="M0 0"/>'
    )
    assert 'fill="#00ff00"' in text


def test_properties_that_draw_nothing_are_left_out() -> None:
    text = cleaned('<path style="fill:red;font-family:x;-inkscape-stroke:none;enable-background:new" d="M0 0h9v9z"/>')
    assert '<path d="M0 0h9v9z" fill="#ff0000" />' in text


def test_a_size_on_a_page_is_none_of_the_picture() -> None:
    body = svg(PATH, 'viewBox="0 0 10 10" style="width:24px;height:1em"')
    assert read(body).body.startswith(b'<svg viewBox="0 0 10 10" xmlns=')


def test_how_a_shape_blends_stays_a_style() -> None:
    assert 'style="mix-blend-mode:multiply"' in cleaned('<path style="MIX-BLEND-MODE: Multiply" d="M0 0h9v9z"/>')


@pytest.mark.parametrize("selector", [":hover", ".a:focus", "g .a:active", "path::before", ":root path:hover"])
def test_rules_for_a_pointer_are_left_out(selector: str) -> None:
    assert "fill" not in cleaned(f"<style>{selector}{{fill:red}}</style>{PATH}")


@pytest.mark.parametrize("media", ["print", "(prefers-color-scheme: dark)"])
def test_sheets_for_other_media_are_left_out(media: str) -> None:
    assert "fill" not in cleaned(f"<style media='{media}'>path{{fill:red}}</style>{PATH}")


@pytest.mark.parametrize("selector", ["path:nth-child(2)", "[fill]", "g + path", "g ~ path", "path:not(.a)", "g > > a"])
def test_selectors_that_programs_read_differently_are_refused(selector: str) -> None:
    message = refusal_of(svg(f"<style>{selector}{{fill:red}}</style>{PATH}")).message
    assert message == f"Style sheets in an SVG can only select elements, classes and ids, not {selector!r}."


@pytest.mark.parametrize("text", ["<style>path{fill:var(--x)}</style>", '<path fill="var(--x, red)" d="M0 0z"/>'])
def test_variables_are_refused(text: str) -> None:
    assert "variables" in refusal_of(svg(text + PATH)).message


@pytest.mark.parametrize(
    ("style", "message"),
    [
        ("d:path('M0 0h1')", "A style in the SVG must not have outlines; use the d attribute."),
        ("rotate:10deg", "A style in the SVG must not transform by this; use transform."),
    ],
)
def test_styles_that_change_what_is_drawn_are_refused(style: str, message: str) -> None:
    assert refusal_of(svg(f'<path style="{style}" d="M0 0h9v9z"/>')).message == message


@pytest.mark.parametrize(
    ("sheet", "refusal"),
    [
        ("a" * 1_500_000, None),
        ("{" * 1_500_000, "can only select elements, classes and ids"),
        (".a{fill:red}" * 100_000, "at most 2000 selectors"),
        ("path " * 300_000 + "{fill:red}", "at most 2000 selectors"),
        ("*{fill:red;stroke:red}" * 1900, "too long to apply"),
    ],
)
def test_no_style_sheet_takes_long(sheet: str, refusal: str | None) -> None:
    body = svg(f"<style>{sheet}</style>" + '<path class="a" d="M0 0h1v1z"/>' * 900, BOX)
    with Stopwatch() as watch:
        message = refusal_of(body).message if refusal else read(body).kind
    assert (refusal or "svg") in message
    assert len(message) < 150
    assert watch.seconds < 3
