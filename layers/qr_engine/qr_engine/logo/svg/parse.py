"""SVG logos, parsed and written anew from what is known to be harmless."""

from __future__ import annotations

import math
import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from ..model import MAX_PIXELS, Logo, check_aspect, refuse
from .allowlist import ATTRIBUTES, ELEMENTS, MAX_DEPTH, MAX_ELEMENTS, REFUSED, SKIPPED
from .cost import check_cost
from .numbers import check_numbers
from .references import check_references
from .styles import settle

__all__ = ["read_svg"]

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK_HREF: Final = "http://www.w3.org/1999/xlink}href"
_LOCAL_URL: Final = re.compile(r"""url\(\s*+(["']?)#[^"'()\s\\]++\1\s*+\)""", re.IGNORECASE)
# A backslash could spell any of the others.
_CSS_REFUSED: Final = re.compile(
    r"url\s*\(|@|\\|image-set|image\s*\(|src\s*\(|expression|javascript:|behavior", re.IGNORECASE
)
# What stands between the two halves of a word hides it.
_CSS_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_CSS_ESCAPE: Final = re.compile(r"\\(?:([0-9a-f]{1,6}+)\s?|([g-z_-]))", re.IGNORECASE)
_NAME: Final = re.compile(r"[a-z_-]", re.IGNORECASE)
# Attributes whose values are never read as CSS.
_NOT_CSS: Final = ("class", "d", "id", "points")
_DRAWING: Final = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image")
_MAX_IMAGES: Final = 4
_EMBEDDED: Final = re.compile(r"data:image/(?:png|jpe?g);base64,", re.IGNORECASE)
_LENGTH: Final = re.compile(
    r"\s*+((?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++)(?:e[+-]?[0-9]{1,2})?)\s*+(px|pt|pc|mm|cm|in|q)?\s*+", re.IGNORECASE
)
# What is smaller is a slip, and numbers near zero are trouble for whoever divides by them.
_LEAST: Final = 1e-3
# CSS Values and Units 3, 6.2: 96 pixels to the inch.
_UNITS: Final = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "q": 96 / 101.6}


def read_svg(body: bytes, digest: str) -> Logo:
    """Give an SVG logo of which only what draws is left: with a ``viewBox``, without prefixes and style sheets.

    Raises
    ------
    InvalidRequest
        It is not well-formed, has no size, or has anything that could run, reach out, or look different elsewhere.
    """
    root = _parsed(body)
    if _local(root) != "svg":
        refuse("The root of an SVG is an svg element.")
    clean = _cleaned(root)
    if not any(element.tag in _DRAWING for element in clean.iter()):
        refuse("The SVG draws nothing.")
    settle(clean)
    width, height = _size(clean)
    check_numbers(clean, max(width, height))
    pictures = _embedded(clean)
    layers = check_references(clean)
    cost = check_cost(clean, _pixels(pictures), width / height)
    _write_pictures(pictures)
    clean.set("xmlns", _SVG)
    document = ElementTree.tostring(clean, encoding="unicode").encode()
    return Logo("svg", width, height, document, "image/svg+xml", digest, layers, cost)


def _parsed(body: bytes) -> Element:
    # The encoding is given, so that an XML declaration cannot make the parser see something else than was checked.
    parser = expat.ParserCreate("utf-8", namespace_separator="}")
    builder = ElementTree.TreeBuilder()
    depth = count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MAX_DEPTH:
            refuse(f"An SVG logo has at most {MAX_DEPTH} levels of elements.", limit={"max": MAX_DEPTH})
        if count > MAX_ELEMENTS:
            refuse(f"An SVG logo has at most {MAX_ELEMENTS} elements.", limit={"max": MAX_ELEMENTS})
        builder.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    # Entities are declared in a DOCTYPE and nowhere else.
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        refuse(f"The SVG is not well-formed: {error}.")
    return builder.close()


def _refuse_doctype(*_: object) -> None:
    refuse("An SVG logo may not have a DOCTYPE or entities.")


def _local(element: Element) -> str | None:
    """The name of an SVG element; None for one of another vocabulary, such as an editor's."""
    namespace, _, name = element.tag.rpartition("}")
    return name if namespace in ("", _SVG) else None


def _cleaned(element: Element) -> Element:
    name = _local(element) or ""
    clean = Element(name)
    for given, value in element.attrib.items():
        attribute = "href" if given == _XLINK_HREF else given
        if attribute.lower().startswith("on"):
            refuse(f"An SVG logo may not have event handlers ({attribute}).")
        if attribute in ATTRIBUTES:
            clean.set(attribute, _checked(name, attribute, value))
    if name == "style":
        clean.text = _checked_css("".join(element.itertext()))
        return clean
    for child in element:
        kind = _local(child)
        if kind in REFUSED:
            refuse(f"An SVG logo {REFUSED[kind]}.")
        if kind is None and child.tag.rpartition("}")[0] == "http://www.w3.org/1999/xhtml":
            refuse("An SVG logo may not have HTML.")
        if kind is None or kind in SKIPPED:
            continue
        if kind not in ELEMENTS:
            refuse(f"An SVG logo may not have {kind} elements.", allowed=tuple(sorted(ELEMENTS)))
        clean.append(_cleaned(child))
    return clean


def _checked(element: str, attribute: str, value: str) -> str:
    if attribute == "href":
        reference = value.strip()
        if not reference.startswith("#") and not (element == "image" and _EMBEDDED.match(reference)):
            refuse("An SVG logo may refer to itself (#id) and to a PNG or JPEG inside it, and to nothing else.")
        return reference
    return value if attribute in _NOT_CSS else _checked_css(value)


def _checked_css(text: str) -> str:
    bare = _CSS_ESCAPE.sub(_unescaped, _CSS_COMMENT.sub(" ", text))
    found = _CSS_REFUSED.search(_LOCAL_URL.sub("", bare))
    if found:
        refuse(f"A style in the SVG may not have {found.group()!r}; only url(#…) of the document itself is allowed.")
    if "var(" in bare.lower():
        refuse("A style in the SVG may not have variables: write their values in their places.")
    return bare


def _unescaped(escape: re.Match[str]) -> str:
    """Give the letter of a name that an escape stands for (CSS Syntax 3, 4.3.7); any other escape stays one."""
    code = int(escape[1], 16) if escape[1] else ord(escape[2])
    letter = chr(code) if code < 128 else ""
    return letter if _NAME.fullmatch(letter) else escape[0]


def _embedded(root: Element) -> dict[Element, bytes]:
    """Give the bytes of the pictures inside; refuse what is none, and too many of them."""
    embedded = [image for image in root.iter("image") if not image.get("href", "").startswith("#")]
    if len(embedded) > _MAX_IMAGES:
        refuse(f"An SVG logo has at most {_MAX_IMAGES} pictures inside.", limit={"max": _MAX_IMAGES})
    found = {}
    for image in embedded:
        try:
            found[image] = b64decode("".join(image.get("href", "").partition(",")[2].split()), validate=True)
        except (Base64Error, ValueError):
            refuse("A picture inside the SVG is not valid base64.")
    return found


def _pixels(pictures: dict[Element, bytes]) -> dict[Element, int]:
    """Give the pixels that pictures inside will have, from their headers."""
    if not pictures:
        return {}
    from ..raster import size_of

    return {image: size_of(body) for image, body in pictures.items()}


def _write_pictures(pictures: dict[Element, bytes]) -> None:
    """Refuse pictures inside that are damaged, and make those smaller that have more pixels than a logo needs."""
    for image, body in pictures.items():
        from ..raster import read_within

        kind, smaller = read_within(body)
        if smaller is not body:
            image.set("href", f"data:{kind};base64,{b64encode(smaller).decode()}")


def _size(root: Element) -> tuple[float, float]:
    """Width and height in units of the ``viewBox``, which is added where only a size is given."""
    try:
        box = [float(number) for number in re.split(r"[\s,]+", root.get("viewBox", "").strip()) if number]
    except ValueError:
        box = []
    if len(box) != 4:
        width, height = _length(root.get("width", "")), _length(root.get("height", ""))
        box = [0.0, 0.0, width, height]
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    width, height = box[2:]
    if not all(math.isfinite(number) and abs(number) <= 1e6 for number in box) or min(width, height) < _LEAST:
        refuse("An SVG logo has a viewBox, or a width and a height above zero.")
    for side in ("width", "height"):
        if _length(root.get(side, "")) > MAX_PIXELS:
            refuse(f"A logo has at most {MAX_PIXELS} pixels a side.", limit={"max": MAX_PIXELS})
        # The box that it is drawn in decides.
        root.attrib.pop(side, None)
    for place in ("x", "y", "preserveAspectRatio"):
        root.attrib.pop(place, None)
    check_aspect(width, height)
    return width, height


def _length(text: str) -> float:
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _UNITS[(found[2] or "").lower()] if found else 0.0
