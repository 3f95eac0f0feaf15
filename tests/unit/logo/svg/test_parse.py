from __future__ import annotations

from xml.etree import ElementTree

import pytest
import resvg_py
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.logo.pictures import clean, read, read_or_refused, refusal_of, svg

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10"'


def test_an_svg_keeps_what_draws() -> None:
    logo = read(
        svg(
            '<defs><linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient></defs>'
            '<g transform="scale(2)"><path d="M0 0h5v2z" fill="url(#a)"/></g>'
        )
    )
    assert (logo.kind, logo.width, logo.height, logo.content_type) == ("svg", 10, 5, "image/svg+xml")
    assert logo.aspect == 2
    assert logo.body.decode() == (
        '<svg viewBox="0 0 10 5" xmlns="http://www.w3.org/2000/svg"><defs><linearGradient id="a">'
        '<stop offset="0" stop-color="#ff0000" /></linearGradient></defs>'
        '<g transform="scale(2)"><path d="M0 0h5v2z" fill="url(#a)" /></g></svg>'
    )


def test_it_looks_as_it_did() -> None:
    original = svg(
        '<style>.a{fill:#c00}</style><defs><circle id="c" r="2"/></defs><rect class="a" width="10" height="5"/>'
        '<use xlink:href="#c" x="5" y="2" style="fill:blue"/>',
        XLINK,
    )
    before, after = (
        bytes(resvg_py.svg_to_bytes(svg_string=text.decode(), width=80, height=80))
        for text in (original, read(original).body)
    )
    assert before == after


def test_it_may_come_without_a_namespace_with_a_byte_order_mark_and_a_declaration() -> None:
    body = b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?>\n<svg viewBox="0 0 1 1"><path d="M0 0z"/></svg>'
    assert read(body).body == b'<svg viewBox="0 0 1 1" xmlns="http://www.w3.org/2000/svg"><path d="M0 0z" /></svg>'


def test_what_draws_nothing_is_left_out() -> None:
    text = clean(
        "<!-- made by --><title>t</title><metadata><script/></metadata><?php x?>"
        '<i:layer xmlns:i="http://www.inkscape.org/"><script/></i:layer>'
        '<path d="M0 0z" data-x="1" i:label="2" xmlns:i="http://www.inkscape.org/" unknown="3"/>'
    )
    assert text == '<svg viewBox="0 0 10 5" xmlns="http://www.w3.org/2000/svg"><path d="M0 0z" /></svg>'


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 24 12"', (24, 12)),
        ('viewBox="-5,-5 10 20" width="100%"', (10, 20)),
        ('width="24" height="12"', (24, 12)),
        ('width="1in" height="72pt"', (96, 96)),
        ('width="4000" height="4000" viewBox="0 0 3 4"', (3, 4)),
    ],
)
def test_the_size_comes_from_the_viewbox_or_from_width_and_height(attributes: str, size: tuple[float, float]) -> None:
    logo = read(svg(attributes=attributes))
    assert (logo.width, logo.height) == pytest.approx(size)
    root = ElementTree.fromstring(logo.body)
    assert root.get("viewBox")
    assert root.get("width") is None


@pytest.mark.parametrize(
    "attributes",
    [
        "",
        'width="10"',
        'width="100%" height="100%"',
        'viewBox="0 0 0 5"',
        'viewBox="0 0 -1 5"',
        'viewBox="0 0 1 nan"',
        'viewBox="0 0 inf 1"',
        'viewBox="0 0 1e9 1e9"',
        'viewBox="x"',
        'viewBox="0 0 1e-320 1e-320"',
    ],
)
def test_an_svg_without_a_size_is_refused(attributes: str) -> None:
    assert (
        refusal_of(svg(attributes=attributes)).message
        == "An SVG logo must have a viewBox, or a width and a height above zero."
    )


def test_an_svg_of_more_than_4096_pixels_is_refused() -> None:
    assert refusal_of(svg(attributes='width="5000" height="5000"')).limit == {"max": 4096}


@pytest.mark.parametrize(
    ("element", "message"),
    [
        ("foreignObject", "An SVG logo must not have foreign content (foreignObject)."),
        ("animate", "An SVG logo must not be animated."),
        ("set", "An SVG logo must not be animated."),
        (
            "text",
            "An SVG logo must not have text, because it looks different on every machine: convert it to outlines.",
        ),
    ],
)
def test_other_elements_are_refused_by_name(element: str, message: str) -> None:
    assert refusal_of(svg(f"<g><{element}/></g>")).message == message


def test_html_is_refused() -> None:
    assert refusal_of(svg('<b xmlns="http://www.w3.org/1999/xhtml"/>')).message == "An SVG logo must not have HTML."
    assert refusal_of(b"<html><svg/></html>").message == "The root of an SVG must be an svg element."


def test_a_broken_document_is_refused() -> None:
    assert refusal_of(svg("<g>")).message.startswith("The SVG is not well-formed: mismatched tag")
    assert refusal_of(b"<svg viewBox='0 0 1 1'>\xff</svg>").message.startswith("The SVG is not well-formed")
    assert refusal_of(b"<").message.startswith("The SVG is not well-formed")


def test_an_svg_that_draws_nothing_is_refused() -> None:
    assert refusal_of(svg("<g/>")).message == "The SVG draws nothing."


def test_depth_and_number_of_elements_are_bounded() -> None:
    assert refusal_of(svg("<g>" * 32 + "</g>" * 32)).message == "An SVG logo can have at most 32 levels of elements."
    assert refusal_of(svg("<g/>" * 5000)).message == "An SVG logo can have at most 5000 elements."
    assert refusal_of(svg("<g>" * 100_000)).limit == {"max": 32}


def chain(length: int, reference: str, times: int = 2) -> str:
    """Groups, each of which refers to the next one `times` times."""
    links = [f'<g id="n{i}">{reference.format(i + 1) * times}</g>' for i in range(length)]
    return "".join(links) + f'<g id="n{length}"><path d="M0 0z"/></g>'


@pytest.mark.parametrize("length", [2, 4])
@pytest.mark.parametrize(
    "reference", ['<use href="#n{}"/>', '<g mask="url(#n{})"/>', '<g style="clip-path:url(#n{})"/>']
)
def test_references_may_be_nested(length: int, reference: str) -> None:
    assert read(svg(chain(length, reference))).kind == "svg"


@pytest.mark.parametrize(
    "reference", ['<use href="#n{}"/>', '<g mask="url(#n{})"/>', '<g style="clip-path:url(#n{})"/>']
)
def test_what_grows_as_references_are_followed_is_refused(reference: str) -> None:
    wide = '<g id="n1">' + '<path d="M0 0z"/>' * 200 + "</g>" + reference.format(1) * 200
    assert refusal_of(svg(wide)).message == "An SVG logo can draw at most 10000 elements."
    assert (
        refusal_of(svg(chain(30, reference))).message
        == "A chain of references in an SVG logo can have at most 8 elements."
    )
    assert refusal_of(svg(chain(7, reference, times=5))).message == "An SVG logo can draw at most 10000 elements."


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="a"><path d="M0 0z"/><use href="#a"/></g>',
        '<mask id="a"><path d="M0 0z" mask="url(#a)"/></mask>',
        '<clipPath id="a"><path d="M0 0z" class="c"/></clipPath><style>.b, .c{clip-path:url(#a)}</style>',
        '<clipPath id="a"><path d="M0 0z"/></clipPath><style>path{clip-path:url(#a)}</style>',
    ],
)
def test_what_refers_to_itself_is_refused(inside: str) -> None:
    assert refusal_of(svg(inside)).message == "An element of the SVG refers to itself."


def test_a_style_sheet_that_clips_other_elements_is_no_circle() -> None:
    inside = '<clipPath id="a"><path d="M0 0z"/></clipPath><style>.b{clip-path:url(#a)}</style><g class="b"/>'
    assert read(svg(inside)).kind == "svg"


def test_a_gradient_may_be_used_many_times() -> None:
    stops = '<stop offset="0"/>' * 20
    paths = '<path d="M0 0z" fill="url(#g)"/>' * 2000
    assert read(svg(f'<linearGradient id="g">{stops}</linearGradient>{paths}')).kind == "svg"


@given(st.text(alphabet=st.sampled_from("<>/&;'\"= svgpath#()urlon!-?xD[]"), max_size=60))
def test_any_text_inside_is_read_or_refused_and_never_a_fault(inside: str) -> None:
    logo = read_or_refused(svg(inside + '<path d="M0 0z"/>'))
    assert logo is None or ElementTree.fromstring(logo.body).tag == "{http://www.w3.org/2000/svg}svg"


def test_reading_the_result_again_changes_nothing() -> None:
    once = read(svg('<style>.a{fill:red}</style><path class="a" d="M0 0h1z"/>'))
    assert read(once.body).body == once.body
