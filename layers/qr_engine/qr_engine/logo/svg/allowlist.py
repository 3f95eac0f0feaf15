"""The elements, attributes and properties that an SVG logo may have.

All of them draw the same on every machine, in a bounded time, and reach nothing outside the document.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "ATTRIBUTES",
    "DRAWN_AS_GROUPS",
    "ELEMENTS",
    "GEOMETRY",
    "MAX_DEPTH",
    "MAX_DRAWN",
    "MAX_DRAWN_DATA",
    "MAX_ELEMENTS",
    "MAX_LAYERS",
    "MAX_NESTED_LAYERS",
    "PROPERTIES",
    "REFUSED",
    "REFUSED_PROPERTIES",
    "SKIPPED",
    "STYLED",
]

MAX_ELEMENTS: Final = 5000
MAX_DEPTH: Final = 32
# The most elements once every `use` is followed.
MAX_DRAWN: Final = 10_000
# The most numbers and letters of path data in these elements, counted each time that they are drawn.
MAX_DRAWN_DATA: Final = 200_000
# The most separate layers, which a renderer draws before it composites them: opacity, clip paths, masks, blending.
MAX_LAYERS: Final = 200
MAX_NESTED_LAYERS: Final = 8
# The longest chain of references: no editor writes longer ones, and renderers follow them anew for each shape.
MAX_CHAIN: Final = 8

ELEMENTS: Final = frozenset(
    (
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "image",
        "style",
        "a",
        "switch",
        "pattern",
        "marker",
        "filter",
        "feOffset",
        "feGaussianBlur",
        "feFlood",
        "feBlend",
        "feComposite",
        "feMerge",
        "feMergeNode",
        "feColorMatrix",
        "feDropShadow",
        "feComponentTransfer",
        "feFuncR",
        "feFuncG",
        "feFuncB",
        "feFuncA",
        "feMorphology",
    )
)

DRAWN_AS_GROUPS: Final = ("a", "switch")
"""Elements that are drawn as a ``g``: an ``a`` without its link, and a ``switch`` with the child that applies."""

SKIPPED: Final = frozenset(("title", "desc", "metadata", "view"))
"""Elements that are silently left out, since they draw nothing."""

REFUSED: Final = {
    "script": "must not have scripts",
    "handler": "must not have scripts",
    "listener": "must not have scripts",
    "foreignObject": "must not have foreign content (foreignObject)",
    "iframe": "must not have foreign content (iframe)",
    "text": "must not have text, because it looks different on every machine: convert it to outlines",
    "tspan": "must not have text, because it looks different on every machine: convert it to outlines",
    "textPath": "must not have text, because it looks different on every machine: convert it to outlines",
    "font": "must not have fonts",
    "animate": "must not be animated",
    "animateColor": "must not be animated",
    "animateMotion": "must not be animated",
    "animateTransform": "must not be animated",
    "set": "must not be animated",
    "video": "must not have sound or video",
    "audio": "must not have sound or video",
}
"""The reason to refuse elements that people may wonder about; other elements are refused by name."""

GEOMETRY: Final = frozenset(("x", "y", "cx", "cy", "r", "rx", "ry", "width", "height"))
"""Properties for the position and size of an element, and attributes of the same names."""

PAINTED: Final = frozenset(
    (
        "fill",
        "fill-opacity",
        "fill-rule",
        "stroke",
        "stroke-width",
        "stroke-opacity",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-dasharray",
        "stroke-dashoffset",
        "marker-start",
        "marker-mid",
        "marker-end",
        "color",
        "opacity",
        "stop-color",
        "stop-opacity",
        "flood-color",
        "flood-opacity",
        "color-interpolation-filters",
        "filter",
        "clip-path",
        "clip-rule",
        "mask",
        "mask-type",
        "display",
        "visibility",
        "overflow",
        "vector-effect",
        "paint-order",
        "transform",
        "transform-origin",
        "transform-box",
        "shape-rendering",
    )
)
"""Properties for the painting of an element, and attributes of the same names."""

ATTRIBUTES: Final = GEOMETRY.union(
    PAINTED,
    (
        "id",
        "class",
        "style",
        "d",
        "points",
        "pathLength",
        "x1",
        "y1",
        "x2",
        "y2",
        "fx",
        "fy",
        "fr",
        "viewBox",
        "preserveAspectRatio",
        "href",
        "offset",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "clipPathUnits",
        "maskUnits",
        "maskContentUnits",
        "markerUnits",
        "markerWidth",
        "markerHeight",
        "refX",
        "refY",
        "orient",
        "patternUnits",
        "patternContentUnits",
        "patternTransform",
        "filterUnits",
        "primitiveUnits",
        "in",
        "in2",
        "result",
        "stdDeviation",
        "dx",
        "dy",
        "mode",
        "operator",
        "radius",
        "k1",
        "k2",
        "k3",
        "k4",
        "values",
        "tableValues",
        "slope",
        "intercept",
        "amplitude",
        "exponent",
        "type",
        "media",
    ),
)
"""The attributes to keep; event handlers are refused, and others are left out."""

STYLED: Final = ("mix-blend-mode", "isolation")
"""Properties that do not exist as attributes."""

PROPERTIES: Final = GEOMETRY.union(PAINTED, STYLED)
"""The properties of a style that are kept; others are left out."""

_TRANSFORM: Final = "transform by this; use transform"
REFUSED_PROPERTIES: Final = {
    "scale": _TRANSFORM,
    "rotate": _TRANSFORM,
    "translate": _TRANSFORM,
    "zoom": _TRANSFORM,
    "d": "have outlines; use the d attribute",
}
"""Properties that would change the drawing, and the reason to refuse them."""
