"""Parse SVG logos, and write them anew from elements and attributes that are known to be harmless."""

from __future__ import annotations

import math
import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ...render.page.logo_path_data import parse_numbers
from ..model import MAX_PIXELS, Logo, check_aspect, refuse
from .allowlist import ATTRIBUTES, DRAWN_AS_GROUPS, ELEMENTS, REFUSED, SKIPPED
from .cost.check import check_cost
from .dashes import settle_dashes
from .document import read_elements
from .geometry import UNITS, settle_geometry
from .markers import settle_markers
from .numbers import check_numbers
from .references import check_references
from .style_sheet import check_css, plain_css
from .styles import settle

if TYPE_CHECKING:
    from ..bitmap import Bitmap

__all__ = ["read_svg"]

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK_HREF: Final = "http://www.w3.org/1999/xlink}href"
# Attributes whose values are never read as CSS.
_NOT_CSS: Final = ("class", "d", "id", "points")
_DRAWING: Final = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image")
_MAX_IMAGES: Final = 4
_EMBEDDED: Final = re.compile(r"data:image/(?:png|jpe?g);base64,", re.IGNORECASE)
_LENGTH: Final = re.compile(
    r"\s*+((?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++)(?:e[+-]?[0-9]{1,2})?)\s*+(px|pt|pc|mm|cm|in|q|r?em|ex)?\s*+",
    re.IGNORECASE,
)
# A smaller side is a mistake, and programs that divide by numbers near zero get into trouble.
_LEAST: Final = 1e-3


def read_svg(body: bytes, digest: str) -> Logo:
    """Read an SVG logo, and keep only what draws: with a ``viewBox``, and without prefixes or style sheets.

    Raises
    ------
    InvalidRequest
        The SVG is not well-formed, has no size, or has anything that could run, reach out, or look different elsewhere.
    """
    root = read_elements(body)
    if _local(root) != "svg":
        refuse("The root of an SVG must be an svg element.")
    clean = _cleaned(root)
    settle(clean)
    for element in clean.iter():
        if element.tag in DRAWN_AS_GROUPS:
            element.tag = "g"
    if not any(element.tag in _DRAWING for element in clean.iter()):
        refuse("The SVG draws nothing.")
    width, height = _size(clean)
    left, top = parse_numbers(clean.get("viewBox", "").replace(",", " "))[:2]
    settle_geometry(clean, (left, top, width, height))
    settle_markers(clean)
    settle_dashes(clean, (left, top, width, height))
    check_numbers(clean, max(width, height))
    bitmaps = _bitmaps(_embedded(clean))
    layers = check_references(clean)
    cost, filter_layers = check_cost(clean, _pixels(bitmaps), width / height, layers.grown)
    _write_pictures(bitmaps)
    clean.set("xmlns", _SVG)
    document = ElementTree.tostring(clean, encoding="unicode").encode()
    return Logo(
        "svg", width, height, document, "image/svg+xml", digest, (layers.nested + filter_layers, layers.all), cost
    )


def _local(element: Element) -> str | None:
    """Return the name of an SVG element; None for an element of another vocabulary, such as an editor's."""
    namespace, _, name = element.tag.rpartition("}")
    return name if namespace in ("", _SVG) else None


def _cleaned(element: Element) -> Element:
    name = _local(element) or ""
    clean = Element(name)
    for given, value in element.attrib.items():
        attribute = "href" if given == _XLINK_HREF else given
        if attribute.lower().startswith("on"):
            refuse(f"An SVG logo must not have event handlers ({attribute}).")
        if attribute in ATTRIBUTES and not (name == "a" and attribute == "href"):
            clean.set(attribute, _checked(name, attribute, value))
    if name == "style":
        clean.text = "".join(element.itertext())
        return clean
    for child in _choice(element) if name == "switch" else element:
        kind = _local(child)
        if kind in REFUSED:
            refuse(f"An SVG logo {REFUSED[kind]}.")
        if kind is None and child.tag.rpartition("}")[0] == "http://www.w3.org/1999/xhtml":
            refuse("An SVG logo must not have HTML.")
        if kind is None or kind in SKIPPED:
            continue
        if not _is_wanted(child):
            continue
        if kind not in ELEMENTS:
            refuse(f"An SVG logo must not have {kind} elements.", allowed=tuple(sorted(ELEMENTS)))
        clean.append(_cleaned(child))
    return clean


def _choice(element: Element) -> list[Element]:
    """Return the first child of a ``switch`` that applies here and can be drawn (SVG 2, 5.10.2), if there is one."""
    return [child for child in element if _local(child) in ELEMENTS and _is_wanted(child)][:1]


def _is_wanted(element: Element) -> bool:
    """Return whether an element needs no extension, and is for readers of English if it names a language.

    Like browsers, this ignores ``requiredFeatures``, which SVG 2 has dropped.
    """
    languages = element.get("systemLanguage")
    # Extensions are other vocabularies, such as that of Illustrator.
    return not element.get("requiredExtensions", "").strip() and (
        languages is None or any(each.strip().lower().split("-")[0] == "en" for each in languages.split(","))
    )


def _checked(element: str, attribute: str, value: str) -> str:
    if attribute == "href":
        reference = value.strip()
        if not reference.startswith("#") and not (element == "image" and _EMBEDDED.match(reference)):
            refuse("An SVG logo can only refer to itself (#id) and to a PNG or JPEG inside it.")
        return reference
    return value if attribute in _NOT_CSS else _checked_css(value)


def _checked_css(text: str) -> str:
    plain = plain_css(text)
    check_css(plain)
    return plain


def _embedded(root: Element) -> dict[Element, bytes]:
    """Return the bytes of the embedded pictures; refuse other data, and too many pictures."""
    embedded = [image for image in root.iter("image") if not image.get("href", "").startswith("#")]
    if len(embedded) > _MAX_IMAGES:
        refuse(f"An SVG logo can have at most {_MAX_IMAGES} pictures inside.", limit={"max": _MAX_IMAGES})
    found = {}
    for image in embedded:
        try:
            found[image] = b64decode("".join(image.get("href", "").partition(",")[2].split()), validate=True)
        except (Base64Error, ValueError):
            refuse("A picture inside the SVG is not valid base64.")
    return found


def _bitmaps(pictures: dict[Element, bytes]) -> dict[Element, Bitmap]:
    """Read the headers of the embedded pictures; refuse them if they take too long to decode."""
    if not pictures:
        return {}
    from ..bitmap import read_bitmap
    from ..bitmap.cost import INSIDE_SECONDS
    from ..bitmap.cost import check_cost as check_reading

    bitmaps = {image: read_bitmap(body) for image, body in pictures.items()}
    if any(bitmap.format == "WEBP" for bitmap in bitmaps.values()):
        refuse("A picture inside an SVG logo must be a PNG or a JPEG.")
    check_reading(*bitmaps.values(), seconds=INSIDE_SECONDS)
    return bitmaps


def _pixels(bitmaps: dict[Element, Bitmap]) -> dict[Element, int]:
    """Return the number of pixels that each embedded picture will have."""
    if not bitmaps:
        return {}
    from ..raster import reduced_pixels

    return {image: reduced_pixels(bitmap) for image, bitmap in bitmaps.items()}


def _write_pictures(bitmaps: dict[Element, Bitmap]) -> None:
    """Write the embedded pictures without metadata, no larger than a logo needs; refuse damaged ones."""
    for image, bitmap in bitmaps.items():
        from ..raster import read_within

        kind, body = read_within(bitmap)
        image.set("href", f"data:{kind};base64,{b64encode(body).decode()}")


def _size(root: Element) -> tuple[float, float]:
    """Return width and height in units of the ``viewBox``; add one if the document has only a size."""
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
        refuse("An SVG logo must have a viewBox, or a width and a height above zero.")
    for side in ("width", "height"):
        if _length(root.get(side, "")) > MAX_PIXELS:
            refuse(f"A logo can have at most {MAX_PIXELS} pixels a side.", limit={"max": MAX_PIXELS})
        # The box that the logo is drawn in decides its size.
        root.attrib.pop(side, None)
    for place in ("x", "y", "preserveAspectRatio"):
        root.attrib.pop(place, None)
    check_aspect(width, height)
    return width, height


def _length(text: str) -> float:
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * UNITS[(found[2] or "").lower()] if found else 0.0
