"""Documents as programs write them: document types, encodings, links, alternatives, sheets for other media."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from tests.unit.logo.pictures import clean, read, refusal_of, svg

from qr_engine.logo import read_logo

if TYPE_CHECKING:
    from pathlib import Path

PATH = '<path d="M0 0h9v9z"/>'
DOCUMENT = f'<svg viewBox="0 0 10 10" xmlns="http://www.w3.org/2000/svg">{PATH}</svg>'
W3C = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'


@pytest.mark.parametrize(
    "before",
    [
        W3C,
        f'<?xml version="1.0" standalone="no"?>\n<!-- Created with <!DOCTYPE x> -->\n{W3C}\n<?x y?>\n',
        "<!DOCTYPE svg>",
        "<!DOCTYPE svg SYSTEM 'a>b.dtd' >",
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 20010904//EN" "http://www.w3.org/TR/2001/REC-SVG-20010904/DTD/svg10.dtd">',
    ],
)
def test_a_document_type_without_declarations_is_left_out(before: str) -> None:
    assert read((before + DOCUMENT).encode()).body == read(DOCUMENT.encode()).body


@pytest.mark.parametrize(
    "before", [W3C * 2, W3C + "<!-- x -->" + W3C, "<!DOCTYPE svg SYSTEM '<!DOCTYPE x'><!DOCTYPE x SYSTEM 'y'>"]
)
def test_a_second_document_type_is_refused(before: str) -> None:
    assert refusal_of((before + DOCUMENT).encode()).message.startswith("The SVG is not well-formed")


@pytest.mark.parametrize("reference", ["&ns_svg;", "&nbsp;"])
def test_what_it_would_have_declared_is_refused(reference: str) -> None:
    for text in (DOCUMENT.replace("M0 0", reference), DOCUMENT.replace(PATH, reference + PATH)):
        assert refusal_of((W3C + text).encode()).message.startswith("The SVG is not well-formed: undefined entity")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "UTF-8"])
@pytest.mark.parametrize("declared", ["", '<?xml version="1.0" encoding="UTF-16"?>'])
def test_every_encoding_of_unicode_is_read(encoding: str, declared: str) -> None:
    text = declared + DOCUMENT.replace("<path", '<path id="žluť"')
    assert 'id="žluť"' in read(text.encode(encoding)).body.decode()
    address = "data:image/svg+xml," + quote(text.encode(encoding))
    assert read_logo(address).body == read(text.encode(encoding)).body


@pytest.mark.parametrize(
    ("encoding", "letters"),
    [
        ("ISO-8859-1", "é"),
        ("iso-8859-1", "é"),
        ("windows-1252", "é€"),
        ("ISO-8859-2", "ž"),
        ("windows-1251", "я"),
        ("KOI8-R", "я"),
        ("Shift_JIS", "漢"),
        ("GB2312", "汉"),
        ("EUC-KR", "한"),
    ],
)
def test_a_declared_encoding_is_read(encoding: str, letters: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}" standalone="no"?>{DOCUMENT}'.replace(
        "<path", f'<path id="{letters}"'
    )
    assert f'id="{letters}"' in read(text.encode(encoding)).body.decode()


def test_an_encoding_that_no_browser_reads_is_refused_by_name() -> None:
    text = f'<?xml version="1.0" encoding="punycode"?>{DOCUMENT}'.encode() + b"\xff"
    assert refusal_of(text).message.endswith("another web encoding, not in punycode.")
    assert refusal_of(b"\xff\xfe<\0\0\xd8").message == "The SVG declares utf-16-le, but is not valid utf-16-le."


def test_nothing_hides_in_an_encoding() -> None:
    for encoding in ("utf-16", "utf-16-be", "utf-8-sig"):
        assert refusal_of(svg("<script/>").decode().encode(encoding)).message == "An SVG logo must not have scripts."


def test_a_link_is_left_out_around_what_it_draws() -> None:
    inside = f'<a href="https://example.com" xlink:href="javascript:x" target="_top" fill="red">{PATH}</a>'
    body = svg(inside, 'viewBox="0 0 9 9" xmlns:xlink="http://www.w3.org/1999/xlink"')
    assert '<g fill="#ff0000"><path d="M0 0h9v9z" /></g>' in read(body).body.decode()


@pytest.mark.parametrize(
    ("inside", "chosen"),
    [
        ('<foreignObject requiredExtensions="http://ns.adobe.com/AdobeIllustrator/10.0/"/><g id="b">{}</g>', "b"),
        ('<foreignObject/><g id="b">{}</g><g id="c">{}</g>', "b"),
        ('<g id="a" systemLanguage="de, fr">{}</g><g id="b" systemLanguage="cs,en-GB">{}</g><g id="c">{}</g>', "b"),
        ('<g id="a" systemLanguage="">{}</g><g id="c">{}</g>', "c"),
        ('<g id="a" requiredFeatures="http://www.w3.org/TR/SVG11/feature#Shape">{}</g><g id="c">{}</g>', "a"),
        ('<title>x</title><text>x</text><g id="c">{}</g>', "c"),
    ],
)
def test_a_switch_draws_its_first_child_that_can_be_drawn(inside: str, chosen: str) -> None:
    text = clean(f'<switch transform="scale(1)">{inside.replace("{}", PATH)}</switch>')
    assert text.count("<path") == 1
    assert f'<g transform="scale(1)"><g id="{chosen}">' in text


def test_what_is_for_readers_of_another_language_is_left_out() -> None:
    assert clean(f'{PATH}<g systemLanguage="de">{PATH}</g><g systemLanguage="en">{PATH}</g>').count("<path") == 2


@pytest.mark.parametrize(
    ("sheet", "fill"),
    [
        ("@media screen{path{fill:red}}", "#ff0000"),
        ("@media screen, print { path { fill: red } }", "#ff0000"),
        ("@MEDIA only screen{path{fill:red}} path{stroke:lime}", "#ff0000"),
        ("@media all{@media screen{path{fill:red}}}", "#ff0000"),
        ("@media (prefers-color-scheme: light){path{fill:red}}", "#ff0000"),
        ("@media screen and (prefers-color-scheme:light){path{fill:red}}", "#ff0000"),
        ("path{fill:red}@media print{path{fill:lime}}", "#ff0000"),
        ("path{fill:red}@media (prefers-color-scheme: dark){path{fill:lime}g{fill:lime}}", "#ff0000"),
        ("@media print{path{fill:lime}}path{fill:red}", "#ff0000"),
        ("@media not screen{path{fill:lime}}path{fill:red}", "#ff0000"),
        ("@media (max-width: 40px){path{fill:lime}}path{fill:red}", "#ff0000"),
        ("@charset 'utf-8';path{fill:red}", "#ff0000"),
        ("@font-face{font-family:x;src:url(x.woff)}path{fill:red}", "#ff0000"),
        ("@keyframes a{from{fill:lime}50%{fill:lime}}path{fill:red}", "#ff0000"),
        ("@namespace svg url(http://www.w3.org/2000/svg);path{fill:red}", "#ff0000"),
        ("<![CDATA[path > a, path{fill:red}]]>", "#ff0000"),
        ("<![CDATA[<!-- path{fill:red} -->]]>", "#ff0000"),
        ("path{fill:r\\65 d}", "#ff0000"),
    ],
)
def test_a_sheet_holds_as_on_a_screen(sheet: str, fill: str, tmp_path: Path) -> None:
    body = svg(f"<style>{sheet}</style>{PATH}", 'viewBox="0 0 10 10" width="20" height="20"')
    text = read(body).body.decode()
    assert f'fill="{fill}"' in text
    assert "00ff00" not in text.replace('stroke="#00ff00"', "")


def test_a_sheet_that_imports_another_is_refused() -> None:
    message = refusal_of(svg(f"<style>@import 'x.css';</style>{PATH}")).message
    assert message == "A style in the SVG must not have '@import'; only rules and @media are allowed."
