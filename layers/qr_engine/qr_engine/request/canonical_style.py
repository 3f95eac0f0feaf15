"""The canonical style: colours as hex text, gradients as stops, and settings without effect at their defaults."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from ..artwork.color import Color, parse_color
from ..artwork.words import GradientKind
from ..errors import Issue
from .canonical import CanonicalFrame, CanonicalGradient, CanonicalLogo, CanonicalStroke, CanonicalStyle
from .canonical_colors import parse_color_field, style_for_colors
from .canonical_effects import canonical_effects
from .logo_schema import Logo
from .schema import QRRequest
from .style_schema import EyeColors, Frame, Gradient, Stroke

__all__ = [
    "canonical_style",
    "finish_style",
    "has_translucent_gradient",
    "painted_colors",
]

_MIDDLE = (0.5, 0.5)
_SPACES = re.compile("[ \t\r\n]+")


def canonical_style(
    request: QRRequest, symbol_colors: tuple[Color, Color], issues: list[Issue]
) -> CanonicalStyle | None:
    """Fold the style of a request into its canonical form, None for a plain code; problems are added to `issues`.

    Parameters
    ----------
    symbol_colors
        The foreground and the background from `parse_colors`.
    """
    foreground = symbol_colors[0]
    if request.eye_shape is not None and (request.eye_border_style, request.eye_center_style) != ("square", "square"):
        message = "Must be left out if eye_border_style or eye_center_style is given: they style the same parts."
        issues.append(Issue("eye_shape", message))
    requested_colors = request.colors
    if _style_values(request) == _PLAIN:
        return style_for_colors(request, symbol_colors)
    canonical = CanonicalStyle(
        data_pattern=request.data_pattern,
        eye_shape=None if request.eye_shape == "square" else request.eye_shape,
        eye_border_style=request.eye_border_style,
        eye_center_style=request.eye_center_style,
        eye_border=_parse_hex(requested_colors.eye_border, "colors.eye_border", issues),
        eye_center=_parse_hex(requested_colors.eye_center, "colors.eye_center", issues),
        per_eye=_canonical_per_eye(requested_colors.per_eye or [], issues),
        gradient=_canonical_gradient(request.gradient, "gradient", issues),
        eye_gradient=_apply_to_all(_canonical_gradient(request.eye_gradient, "eye_gradient", issues)),
        background_gradient=_apply_to_all(
            _canonical_gradient(request.background_gradient, "background_gradient", issues)
        ),
        stroke=_canonical_stroke(request.stroke, issues),
        effects=canonical_effects(request.effects or [], issues),
        frame=_canonical_frame(request.frame, issues),
        verify=request.verify,
        logo=_canonical_logo(request.logo, issues, repair=request.repair),
        faint=request.contrast == "warn",
    )
    if canonical.stroke is not None:
        issues += _translucent_issues(canonical, foreground)
    if canonical == CanonicalStyle(verify=request.verify, faint=canonical.faint):
        return style_for_colors(request, symbol_colors)
    # An invalid colour has no form to compare, and the request is refused because of it.
    if request.readers == "all" and not issues:
        from .canonical_eyes import with_readers

        return with_readers(canonical, symbol_colors)
    return canonical


def finish_style(
    style: CanonicalStyle, *, without_pixels: bool, may_grow: bool, may_change: bool
) -> CanonicalStyle | None:
    """Complete the style of a valid request: fetch the logo if it is an asset, drop everything but the logo for text.

    Parameters
    ----------
    without_pixels
        Whether the format is text or JSON, which show neither colours nor shapes.
    may_grow
        Whether the version and the level of the symbol may be raised for its logo.
    may_change
        Whether the eyes may get another border if theirs has no form that all scanners read.

    Raises
    ------
    Problem
        See `canonical_logo.with_asset_bytes` and `canonical_eyes.refuse_change`.
    """
    if without_pixels:
        if style.logo is None:
            return None
        style = CanonicalStyle(verify=style.verify, logo=msgspec.structs.replace(style.logo, background=None))
    if style.readers == "all" and not may_change:
        from .canonical_eyes import refuse_change

        refuse_change(style)
    if style.logo is not None and not may_grow:
        style = msgspec.structs.replace(style, logo=msgspec.structs.replace(style.logo, grows=False))
    if style.logo is not None and style.logo.asset:
        from .canonical_logo import with_asset_bytes

        return msgspec.structs.replace(style, logo=with_asset_bytes(style.logo))
    return style


def _style_values(request: QRRequest) -> tuple[object, ...]:
    """Collect the fields that style a code."""
    requested_colors = request.colors
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
        requested_colors.eye_border,
        requested_colors.eye_center,
        requested_colors.per_eye,
        request.logo,
    )


_PLAIN = _style_values(QRRequest(data="plain"))
"""The values of a request without any style: a plain code, the most frequent kind, needs no `CanonicalStyle`."""


def _canonical_stroke(stroke: Stroke | None, issues: list[Issue]) -> CanonicalStroke | None:
    """Fold a stroke into its canonical form; None for an invisible one."""
    color = None if stroke is None else parse_color_field(stroke.color, "stroke.color", issues)
    if stroke is None or color is None:
        return None
    blended = msgspec.structs.replace(color, alpha=round(color.alpha * stroke.opacity))
    return CanonicalStroke(blended.hex, stroke.width) if blended.alpha else None


def _translucent_issues(style: CanonicalStyle, foreground: Color) -> list[Issue]:
    """Find the colours that a stroke would show through, as it lies under the shapes as well as around them."""
    has_plain_parts = style.gradient is None or not (style.gradient.apply_to_data and style.gradient.apply_to_eyes)
    painted: dict[str, list[str | None]] = {
        "colors.foreground": [foreground.hex] if has_plain_parts else [],
        "colors.eye_border": [style.eye_border],
        "colors.eye_center": [style.eye_center],
        "colors.per_eye": [color for eye in style.per_eye for color in eye],
        "gradient": _stop_colors(style.gradient),
        "eye_gradient": _stop_colors(style.eye_gradient),
    }
    message = "Must be opaque if there is a stroke, because the stroke lies under it."
    return [Issue(path, message) for path, colors in painted.items() if any(len(color or "") > 7 for color in colors)]


def _stop_colors(gradient: CanonicalGradient | None) -> list[str | None]:
    return [color for _, color in gradient.stops] if gradient else []


def _canonical_logo(logo: Logo | None, issues: list[Issue], *, repair: bool) -> CanonicalLogo | None:
    if logo is None:
        return None
    from .canonical_logo import canonical_logo

    background = None if logo.background is None else parse_color_field(logo.background, "logo.background", issues)
    return canonical_logo(logo, background, issues, repair=repair)


def _canonical_frame(frame: Frame | None, issues: list[Issue]) -> CanonicalFrame | None:
    if frame is None:
        return None
    # Few requests have a frame, so the others do not load this.
    from unicodedata import normalize

    color = _parse_hex(frame.color, "frame.color", issues)
    if color is not None and color.endswith("00") and len(color) == 9:
        issues.append(Issue("frame.color", "Must be visible; leave out frame to have no frame."))
    text_color = _parse_hex(frame.text_color, "frame.text_color", issues)
    # Composed, and on one line: the layout breaks lines itself.
    text = None if frame.text is None else _SPACES.sub(" ", normalize("NFC", frame.text)).strip(" ")
    if text is not None and not text.strip():
        issues.append(Issue("frame.text", "Must have visible characters; leave it out for a frame without a caption."))
    if text is None:
        return CanonicalFrame(frame.style, None, "bottom", color, None)
    return CanonicalFrame(frame.style, text, frame.text_position, color, text_color)


def painted_colors(style: CanonicalStyle | None) -> tuple[Color, ...]:
    """Collect the colours of a style, including those of the frame and of the logo's plate."""
    if style is None:
        return ()
    names = [style.eye_border, style.eye_center, *[color for eye in style.per_eye for color in eye]]
    names += [color for gradient in _gradients(style) for color in _stop_colors(gradient)]
    if style.frame is not None:
        names += [style.frame.color, style.frame.text_color]
    if style.stroke is not None:
        names.append(style.stroke.color)
    if style.logo is not None:
        names.append(style.logo.background)
    return tuple([parse_color(color) for color in names if color])


def has_translucent_gradient(style: CanonicalStyle | None) -> bool:
    """Return whether a gradient has a translucent colour."""
    return style is not None and any(
        len(color or "") > 7 for gradient in _gradients(style) for color in _stop_colors(gradient)
    )


def _gradients(style: CanonicalStyle) -> tuple[CanonicalGradient | None, ...]:
    return style.gradient, style.eye_gradient, style.background_gradient


def _canonical_per_eye(eyes: list[EyeColors], issues: list[Issue]) -> tuple[tuple[str | None, str | None], ...]:
    pairs = [
        (
            _parse_hex(eye.border, f"colors.per_eye[{index}].border", issues),
            _parse_hex(eye.center, f"colors.per_eye[{index}].center", issues),
        )
        for index, eye in enumerate(eyes)
    ]
    while pairs and pairs[-1] == (None, None):
        pairs.pop()
    return tuple(pairs)


def _apply_to_all(gradient: CanonicalGradient | None) -> CanonicalGradient | None:
    """Set `apply_to_data` and `apply_to_eyes` to true for a gradient of one part only, where they mean nothing."""
    if gradient is None:
        return None
    return msgspec.structs.replace(gradient, apply_to_data=True, apply_to_eyes=True)


def _canonical_gradient(gradient: Gradient | None, path: str, issues: list[Issue]) -> CanonicalGradient | None:
    if gradient is None:
        return None
    kind: GradientKind
    kind, angle = ("linear", 45.0) if gradient.type == "diagonal" else (gradient.type, gradient.angle)
    return CanonicalGradient(
        type=kind,
        stops=_canonical_stops(gradient, path, issues),
        angle=angle % 360 if kind in ("linear", "conic") else 0.0,
        # Adding zero turns -0.0, which means the same, into 0.0.
        center=(gradient.center[0] + 0.0, gradient.center[1] + 0.0)
        if gradient.center and kind != "linear"
        else _MIDDLE,
        apply_to_data=gradient.apply_to_data,
        apply_to_eyes=gradient.apply_to_eyes,
    )


def _canonical_stops(gradient: Gradient, path: str, issues: list[Issue]) -> tuple[tuple[float, str], ...]:
    if (gradient.colors is None) == (gradient.stops is None):
        issues.append(Issue(path, "Must have either colors or stops."))
        return ()
    if gradient.stops is not None:
        if any(earlier.offset > later.offset for earlier, later in pairwise(gradient.stops)):
            issues.append(Issue(f"{path}.stops", "Must have offsets in ascending order."))
        stops = [(stop.offset + 0.0, stop.color, f"{path}.stops[{i}].color") for i, stop in enumerate(gradient.stops)]
    else:
        colors = gradient.colors or []
        stops = [(round(i / (len(colors) - 1), 4), each, f"{path}.colors[{i}]") for i, each in enumerate(colors)]
    return tuple((offset, _parse_hex(color, color_path, issues) or "") for offset, color, color_path in stops)


def _parse_hex(text: str | None, path: str, issues: list[Issue]) -> str | None:
    color = None if text is None else parse_color_field(text, path, issues)
    return None if color is None else color.hex
