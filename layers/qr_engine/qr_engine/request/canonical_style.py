"""From what a caller wrote of the looks of a code to their one canonical form."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import msgspec

from ..artwork.color import WHITE, Color, ColorError, contrast, over, parse_color
from ..errors import Issue
from .canonical import CanonicalFrame, CanonicalGradient, CanonicalLogo, CanonicalStroke, CanonicalStyle
from .logo_schema import Logo
from .schema import QRRequest
from .style_schema import Colors, EyeColors, Frame, Gradient, GradientType, Stroke

__all__ = ["colors", "fades", "finished", "painted_colors", "style", "unhyphenated"]

_MIDDLE = (0.5, 0.5)
_SPACES = re.compile("[ \t\r\n]+")
_WORDS = ("data_pattern", "eye_shape", "eye_border_style", "eye_center_style", "shape")
_PARTS = ("logo", "frame")
_BLACK, _WHITE = Color(0, 0, 0, 255), Color(255, 255, 255, 255)
CONTRAST_REQUIRED = 3.0
"""As `scan.judgement` has it, which no request loads before its symbol is known."""


def unhyphenated(value: dict[str, Any]) -> dict[str, Any]:
    """The same request with the names of its fields and styles in snake case: ``eye-shape: rounded-square``."""
    named = {name.replace("-", "_"): item for name, item in value.items()}
    if len(named) != len(value):
        return value
    for part in _PARTS:
        if isinstance(named.get(part), dict):
            named[part] = unhyphenated(named[part])
    words = {name: named[name] for name in _WORDS if isinstance(named.get(name), str)}
    return {**named, **{name: word.replace("-", "_") for name, word in words.items()}}


def colors(asked: Colors, issues: list[Issue]) -> tuple[Color, Color]:
    """The foreground and the background; what is no colour is added to `issues`."""
    foreground = _color(asked.foreground, "colors.foreground", issues)
    background = _color(asked.background, "colors.background", issues)
    return foreground or _BLACK, background or _WHITE


def style(request: QRRequest, plain: tuple[Color, Color], issues: list[Issue]) -> CanonicalStyle | None:
    """The looks of a code that is not plain, else None; what is wrong with them is added to `issues`.

    Parameters
    ----------
    plain
        The foreground and the background, as `colors` has read them.
    """
    foreground = plain[0]
    if request.eye_shape is not None and (request.eye_border_style, request.eye_center_style) != ("square", "square"):
        said = "Must be left out beside eye_border_style and eye_center_style, which say the same."
        issues.append(Issue("eye_shape", said))
    asked = request.colors
    if _values(request) == _PLAIN:
        return CanonicalStyle(verify=request.verify, faint=True) if _is_faint(request, plain) else None
    # Not for plain codes, and so not for most cold starts.
    from .canonical_effects import effects

    found = CanonicalStyle(
        data_pattern=request.data_pattern,
        eye_shape=None if request.eye_shape == "square" else request.eye_shape,
        eye_border_style=request.eye_border_style,
        eye_center_style=request.eye_center_style,
        eye_border=_hex(asked.eye_border, "colors.eye_border", issues),
        eye_center=_hex(asked.eye_center, "colors.eye_center", issues),
        per_eye=_per_eye(asked.per_eye or [], issues),
        gradient=_gradient(request.gradient, "gradient", issues),
        eye_gradient=_whole(_gradient(request.eye_gradient, "eye_gradient", issues)),
        background_gradient=_whole(_gradient(request.background_gradient, "background_gradient", issues)),
        stroke=_stroke(request.stroke, issues),
        effects=effects(request.effects or [], issues),
        frame=_frame(request.frame, issues),
        verify=request.verify,
        logo=_logo(request.logo, issues, repair=request.repair),
        faint=request.contrast == "warn",
    )
    if found.stroke is not None:
        issues += _see_through(found, foreground)
    if found == CanonicalStyle(verify=request.verify, faint=found.faint):
        return found if _is_faint(request, plain) else None
    return found


def _is_faint(request: QRRequest, plain: tuple[Color, Color]) -> bool:
    """Whether a code of two colours has less contrast than is drawn unasked, and is asked for all the same."""
    if request.contrast != "warn":
        return False
    under = over(plain[1], WHITE)
    return contrast(over(plain[0], under), under) < CONTRAST_REQUIRED


def finished(found: CanonicalStyle, *, plain: bool, grows: bool) -> CanonicalStyle | None:
    """The looks of a request that is right: its logo with the bytes of its asset, and of a `plain` format no more.

    Parameters
    ----------
    grows
        Whether the symbol may be a larger or a stronger one for the sake of its logo.

    Raises
    ------
    Problem
        As `canonical_logo.with_asset`.
    """
    if plain:
        if found.logo is None:
            return None
        found = CanonicalStyle(verify=found.verify, logo=msgspec.structs.replace(found.logo, background=None))
    if found.logo is not None and not grows:
        found = msgspec.structs.replace(found, logo=msgspec.structs.replace(found.logo, grows=False))
    if found.logo is not None and found.logo.asset:
        from .canonical_logo import with_asset

        return msgspec.structs.replace(found, logo=with_asset(found.logo))
    return found


def _values(request: QRRequest) -> tuple[object, ...]:
    """What makes a code more than plain."""
    asked = request.colors
    return (
        request.data_pattern,
        request.eye_shape,
        request.eye_border_style,
        request.eye_center_style,
        request.gradient,
        request.eye_gradient,
        request.background_gradient,
        request.stroke,
        request.effects,
        request.frame,
        asked.eye_border,
        asked.eye_center,
        asked.per_eye,
        request.logo,
    )


_PLAIN = _values(QRRequest(data="plain"))
"""Those of a request that says nothing of its looks: a plain code, the most frequent one, needs no `CanonicalStyle`."""


def _stroke(asked: Stroke | None, issues: list[Issue]) -> CanonicalStroke | None:
    """One that is seen at all."""
    color = None if asked is None else _color(asked.color, "stroke.color", issues)
    if asked is None or color is None:
        return None
    seen = msgspec.structs.replace(color, alpha=round(color.alpha * asked.opacity))
    return CanonicalStroke(seen.hex, asked.width) if seen.alpha else None


def _see_through(found: CanonicalStyle, foreground: Color) -> list[Issue]:
    """What a stroke would show through, since it lies under the shapes as well as around them."""
    alone = found.gradient is None or not (found.gradient.apply_to_data and found.gradient.apply_to_eyes)
    painted: dict[str, list[str | None]] = {
        "colors.foreground": [foreground.hex] if alone else [],
        "colors.eye_border": [found.eye_border],
        "colors.eye_center": [found.eye_center],
        "colors.per_eye": [color for eye in found.per_eye for color in eye],
        "gradient": _shown(found.gradient),
        "eye_gradient": _shown(found.eye_gradient),
    }
    said = "Must be opaque where there is a stroke, which lies under it."
    return [Issue(path, said) for path, colors in painted.items() if any(len(color or "") > 7 for color in colors)]


def _shown(gradient: CanonicalGradient | None) -> list[str | None]:
    return [color for _, color in gradient.stops] if gradient else []


def _logo(asked: Logo | None, issues: list[Issue], *, repair: bool) -> CanonicalLogo | None:
    if asked is None:
        return None
    from .canonical_logo import canonical_logo

    background = None if asked.background is None else _color(asked.background, "logo.background", issues)
    return canonical_logo(asked, background, issues, repair=repair)


def _frame(asked: Frame | None, issues: list[Issue]) -> CanonicalFrame | None:
    if asked is None:
        return None
    # Loaded by those who need it, as few do.
    from unicodedata import normalize

    color = _hex(asked.color, "frame.color", issues)
    if color is not None and color.endswith("00") and len(color) == 9:
        issues.append(Issue("frame.color", "Must be visible; leave the frame out to have none."))
    text_color = _hex(asked.text_color, "frame.text_color", issues)
    # In its fewest characters, and as one line: where it is broken is found when it is set.
    text = None if asked.text is None else _SPACES.sub(" ", normalize("NFC", asked.text)).strip(" ")
    if text is not None and not text.strip():
        issues.append(Issue("frame.text", "Must have something to show; leave it out for a frame without a caption."))
    if text is None:
        return CanonicalFrame(asked.style, None, "bottom", color, None)
    return CanonicalFrame(asked.style, text, asked.text_position, color, text_color)


def painted_colors(found: CanonicalStyle | None) -> tuple[Color, ...]:
    """The colours of everything but the symbol's own foreground and its background; of a logo that of its plate."""
    if found is None:
        return ()
    named = [found.eye_border, found.eye_center, *[color for eye in found.per_eye for color in eye]]
    named += [color for each in _gradients(found) for color in _shown(each)]
    if found.frame is not None:
        named += [found.frame.color, found.frame.text_color]
    if found.stroke is not None:
        named.append(found.stroke.color)
    if found.logo is not None:
        named.append(found.logo.background)
    return tuple([parse_color(color) for color in named if color])


def fades(found: CanonicalStyle | None) -> bool:
    """Whether a gradient lets something through, be it at one end only."""
    return found is not None and any(len(color or "") > 7 for each in _gradients(found) for color in _shown(each))


def _gradients(found: CanonicalStyle) -> tuple[CanonicalGradient | None, ...]:
    return found.gradient, found.eye_gradient, found.background_gradient


def _per_eye(asked: list[EyeColors], issues: list[Issue]) -> tuple[tuple[str | None, str | None], ...]:
    found = [
        (
            _hex(eye.border, f"colors.per_eye[{index}].border", issues),
            _hex(eye.center, f"colors.per_eye[{index}].center", issues),
        )
        for index, eye in enumerate(asked)
    ]
    while found and found[-1] == (None, None):
        found.pop()
    return tuple(found)


def _whole(found: CanonicalGradient | None) -> CanonicalGradient | None:
    """A gradient of one part only, to which it is no question what it applies to."""
    if found is None:
        return None
    return msgspec.structs.replace(found, apply_to_data=True, apply_to_eyes=True)


def _gradient(asked: Gradient | None, path: str, issues: list[Issue]) -> CanonicalGradient | None:
    if asked is None:
        return None
    kind: GradientType
    kind, angle = ("linear", 45.0) if asked.type == "diagonal" else (asked.type, asked.angle)
    return CanonicalGradient(
        type=kind,
        stops=_stops(asked, path, issues),
        angle=angle % 360 if kind in ("linear", "conic") else 0.0,
        # Adding zero makes -0.0, which says the same, 0.0.
        center=(asked.center[0] + 0.0, asked.center[1] + 0.0) if asked.center and kind != "linear" else _MIDDLE,
        apply_to_data=asked.apply_to_data,
        apply_to_eyes=asked.apply_to_eyes,
    )


def _stops(asked: Gradient, path: str, issues: list[Issue]) -> tuple[tuple[float, str], ...]:
    if (asked.colors is None) == (asked.stops is None):
        issues.append(Issue(path, "Must have either colors or stops."))
        return ()
    if asked.stops is not None:
        if any(one.offset > other.offset for one, other in pairwise(asked.stops)):
            issues.append(Issue(f"{path}.stops", "Must have their offsets in ascending order."))
        listed = [(stop.offset + 0.0, stop.color, f"{path}.stops[{i}].color") for i, stop in enumerate(asked.stops)]
    else:
        given = asked.colors or []
        listed = [(round(i / (len(given) - 1), 4), each, f"{path}.colors[{i}]") for i, each in enumerate(given)]
    return tuple((offset, _hex(color, where, issues) or "") for offset, color, where in listed)


def _hex(text: str | None, path: str, issues: list[Issue]) -> str | None:
    found = None if text is None else _color(text, path, issues)
    return None if found is None else found.hex


def _color(text: str, path: str, issues: list[Issue]) -> Color | None:
    try:
        return parse_color(text)
    except ColorError as error:
        issues.append(Issue(path, str(error), suggestion=error.suggestion))
        return None
