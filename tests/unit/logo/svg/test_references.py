from __future__ import annotations

import pytest
from tests.unit.logo.pictures import as_base64, clean, picture, read, refusal_of, svg

from qr_engine.errors import InvalidRequest

PNG = as_base64(picture())

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10"'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<g><script/></g>",
        '<s:script xmlns:s="http://www.w3.org/2000/svg">1</s:script>',
        "<handler/>",
    ],
)
def test_scripts_are_refused(inside: str) -> None:
    assert refusal_of(svg(inside)).message == "An SVG logo must not have scripts."


@pytest.mark.parametrize("attribute", ["onload", "onclick", "ONLOAD", "onbegin", "on"])
def test_event_handlers_are_refused(attribute: str) -> None:
    assert (
        refusal_of(svg(f'<path {attribute}="x"/>')).message
        == f"An SVG logo must not have event handlers ({attribute})."
    )


@pytest.mark.parametrize(
    "href",
    [
        "http://example.com/x.svg#a",
        "//example.com/x.png",
        "x.png",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:image/svg+xml;base64,AAAA",
        "data:text/html,x",
        " http://example.com/",
        "",
    ],
)
@pytest.mark.parametrize("element", ["use", "image", "linearGradient"])
@pytest.mark.parametrize("name", ["href", "xlink:href"])
def test_external_references_are_refused(element: str, name: str, href: str) -> None:
    assert "can only refer to itself" in refusal_of(svg(f'<{element} {name}="{href}"/>', XLINK)).message


@pytest.mark.parametrize(
    "element", ["<use/>", '<use href="#"/>', '<image href="#" width="9" height="9"/>', "<g><use/></g>"]
)
def test_a_reference_without_a_name_draws_nothing_and_not_an_element_without_one(element: str) -> None:
    read(svg(f'<path d="M0 0h9v9z"/>{element}'))


def test_a_picture_inside_is_kept_where_it_is_an_image() -> None:
    href = f"data:image/png;base64,{PNG}"
    assert href in clean(f'<image href="{href}" width="5" height="5"/>')
    assert "can only refer to itself" in refusal_of(svg(f'<use href="{href}"/>')).message


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (PNG[:80], "The picture is truncated or damaged."),
        (as_base64(b"no picture"), "A picture inside an SVG logo must be a PNG or a JPEG."),
        ("%%%", "A picture inside the SVG is not valid base64."),
        (
            as_base64(picture(size=(5000, 4999))),
            "A logo can have at most 4096 pixels a side; this one has 5000 × 4999.",
        ),
    ],
)
def test_a_bad_picture_inside_is_refused(payload: str, message: str) -> None:
    assert refusal_of(svg(f'<image href="data:image/png;base64,{payload}"/>')).message == message


def test_more_than_four_pictures_inside_are_refused() -> None:
    assert refusal_of(svg(f'<image href="data:image/png;base64,{PNG}"/>' * 5)).limit == {"max": 4}


@pytest.mark.parametrize(
    "document",
    [
        b'<!DOCTYPE svg [<!ENTITY x "y">]><svg viewBox="0 0 1 1"><path d="&x;"/></svg>',
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [ <!ATTLIST svg x CDATA "y"> ]><svg/>',
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY % x SYSTEM "file:///etc/passwd">%x;]><svg/>',
    ],
)
def test_a_doctype_with_declarations_is_refused(document: bytes) -> None:
    assert refusal_of(document).message.startswith("The DOCTYPE of an SVG logo must not have declarations in [ ]")


def test_an_entity_that_nothing_declares_is_refused() -> None:
    assert refusal_of(svg("&x;")).message.startswith("The SVG is not well-formed: undefined entity")


def test_the_word_in_a_comment_is_no_doctype() -> None:
    assert read(svg('<!-- <!DOCTYPE x> --><path d="M0 0z"/>')).kind == "svg"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-7"])
def test_another_encoding_cannot_hide_anything(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><svg viewBox="0 0 1 1"><script/></svg>'
    with pytest.raises(InvalidRequest):
        read(text.encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7", "latin-1"])
def test_what_the_declaration_says_of_the_encoding_does_not_count(encoding: str) -> None:
    body = f'<?xml version="1.0" encoding="{encoding}"?><svg viewBox="0 0 1 1"><path id="é" d="M0 0z"/></svg>'.encode()
    assert "é" in read(body).body.decode()


@pytest.mark.parametrize(
    "css",
    [
        "@import 'x.css';",
        "@layer{path{fill:red}}",
        "@media screen{.a{fill:url(x)}}",
        ".a{fill:url(http://example.com/)}",
        ".a{fill:URL( 'http://example.com/#a' )}",
        ".a{fill:url(data:image/png;base64,AAAA)}",
        ".a{fill:u\\72l(http://example.com/)}",
        ".a{fill:ur/**/l(http://example.com/) } .b{fill:url/**/(x)}",
        ".a{background:image-set('x.png' 1x)}",
        ".a{behavior:x}",
        ".a{width:expression(1)}",
    ],
)
def test_styles_that_reach_out_are_refused(css: str) -> None:
    assert refusal_of(svg(f"<style>{css}</style>")).message.startswith("A style in the SVG must not have ")


@pytest.mark.parametrize("attribute", ["style", "fill", "clip-path", "mask", "transform"])
@pytest.mark.parametrize("value", ["url(http://example.com/#a)", "u\\72l(//x)", "url(#a) url(x)"])
def test_attributes_that_reach_out_are_refused(attribute: str, value: str) -> None:
    assert refusal_of(svg(f'<path {attribute}="{value}"/>')).message.startswith("A style in the SVG must not have ")


def test_a_style_may_refer_to_the_document_and_have_comments() -> None:
    gradient = '<linearGradient id="b"/>'
    text = clean(
        f'<style>/* from @editor */.a{{fill:url("#b")}}</style>{gradient}<path d="M0 0z" style="fill:url( #b )"/>'
    )
    assert '<path d="M0 0z" fill="url(#b)" />' in text
    assert "@editor" not in text
