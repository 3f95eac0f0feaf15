"""Convert the colour spaces of CSS to sRGB, with the figures of CSS Color 4, 10 to 17.

Colours outside sRGB are clipped channel by channel, as in browsers on an sRGB screen.
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, radians, sin
from typing import Final

__all__ = ["PREDEFINED", "Channels", "hsl", "hwb", "lab", "lch", "oklab", "oklch"]

Channels = tuple[float, float, float]
_Matrix = tuple[Channels, Channels, Channels]

_XYZ_TO_SRGB: Final = (
    (12831 / 3959, -329 / 214, -1974 / 3959),
    (-851781 / 878810, 1648619 / 878810, 36519 / 878810),
    (705 / 12673, -2585 / 12673, 705 / 667),
)
_D50_TO_D65: Final = (
    (0.955473421488075, -0.02309845494876471, 0.06325924320057072),
    (-0.0283697093338637, 1.0099953980813041, 0.021041441191917323),
    (0.012314014864481998, -0.020507649298898964, 1.330365926242124),
)
_P3_TO_XYZ: Final = (
    (608311 / 1250200, 189793 / 714400, 198249 / 1000160),
    (35783 / 156275, 247089 / 357200, 198249 / 2500400),
    (0.0, 32229 / 714400, 5220557 / 5000800),
)
_A98_TO_XYZ: Final = (
    (573536 / 994567, 263643 / 1420810, 187206 / 994567),
    (591459 / 1989134, 6239551 / 9945670, 374412 / 4972835),
    (53769 / 1989134, 351524 / 4972835, 4929758 / 4972835),
)
_PROPHOTO_TO_XYZ_D50: Final = (
    (0.79776664490064230, 0.13518129740053308, 0.03134773412839220),
    (0.28807482881940130, 0.71183523424187300, 0.00008993693872564),
    (0.0, 0.0, 0.82510460251046020),
)
_REC2020_TO_XYZ: Final = (
    (63426534 / 99577255, 20160776 / 139408157, 47086771 / 278816314),
    (26158966 / 99577255, 472592308 / 697040785, 8267143 / 139408157),
    (0.0, 19567812 / 697040785, 295819943 / 278816314),
)
_OKLAB_TO_LMS: Final = (
    (1.0, 0.3963377773761749, 0.2158037573099136),
    (1.0, -0.1055613458156586, -0.0638541728258133),
    (1.0, -0.0894841775298119, -1.2914855480194092),
)
_LMS_TO_XYZ: Final = (
    (1.2268798758459243, -0.5578149944602171, 0.2813910456659647),
    (-0.0405757452148008, 1.1122868032803170, -0.0717110580655164),
    (-0.0763729366746601, -0.4214933324022432, 1.5869240198367816),
)
_D50: Final = (0.3457 / 0.3585, 1.0, (1.0 - 0.3457 - 0.3585) / 0.3585)
_EPSILON, _KAPPA = 216 / 24389, 24389 / 27


def _times(matrix: _Matrix, color: Channels) -> Channels:
    first, second, third = [sum(factor * value for factor, value in zip(row, color, strict=True)) for row in matrix]
    return first, second, third


def _each(curve: Callable[[float], float], color: Channels) -> Channels:
    """Apply a transfer function to each channel; a negative value is converted by its amount, and keeps its sign."""
    first, second, third = [curve(value) if value >= 0 else -curve(-value) for value in color]
    return first, second, third


def _encoded(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * float(value ** (1 / 2.4)) - 0.055


def _decoded(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _linear(color: Channels) -> Channels:
    return _each(_encoded, color)


def _xyz(color: Channels) -> Channels:
    return _linear(_times(_XYZ_TO_SRGB, color))


def _xyz_d50(color: Channels) -> Channels:
    return _xyz(_times(_D50_TO_D65, color))


def _display_p3(color: Channels) -> Channels:
    return _xyz(_times(_P3_TO_XYZ, _each(_decoded, color)))


def _a98(color: Channels) -> Channels:
    return _xyz(_times(_A98_TO_XYZ, _each(lambda value: float(value ** (563 / 256)), color)))


def _prophoto(color: Channels) -> Channels:
    curve = _each(lambda value: value / 16 if value <= 16 / 512 else float(value**1.8), color)
    return _xyz_d50(_times(_PROPHOTO_TO_XYZ_D50, curve))


def _rec2020(color: Channels) -> Channels:
    alpha, beta = 1.09929682680944, 0.018053968510807
    curve = _each(
        lambda value: value / 4.5 if value < beta * 4.5 else float(((value + alpha - 1) / alpha) ** (1 / 0.45)), color
    )
    return _xyz(_times(_REC2020_TO_XYZ, curve))


PREDEFINED: Final[dict[str, Callable[[Channels], Channels]]] = {
    "srgb": lambda color: color,
    "srgb-linear": _linear,
    "display-p3": _display_p3,
    "display-p3-linear": lambda color: _xyz(_times(_P3_TO_XYZ, color)),
    "a98-rgb": _a98,
    "prophoto-rgb": _prophoto,
    "rec2020": _rec2020,
    "xyz": _xyz,
    "xyz-d65": _xyz,
    "xyz-d50": _xyz_d50,
}
"""The conversions of the spaces of ``color()`` to sRGB (CSS Color 4, 10); results outside sRGB are not from 0 to 1."""


def hsl(hue: float, saturation: float, lightness: float) -> Channels:
    """Convert a hue in degrees, and a saturation and a lightness from 0 to 1."""

    def channel(offset: int) -> float:
        sector = (offset + hue / 30) % 12
        return lightness - saturation * min(lightness, 1 - lightness) * max(-1.0, min(sector - 3, 9 - sector, 1.0))

    return channel(0), channel(8), channel(4)


def hwb(hue: float, white: float, black: float) -> Channels:
    """Convert a hue in degrees, and a whiteness and a blackness of at least 0."""
    if white + black >= 1:
        return (white / (white + black),) * 3
    first, second, third = [channel * (1 - white - black) + white for channel in hsl(hue, 1.0, 0.5)]
    return first, second, third


def lab(lightness: float, a: float, b: float) -> Channels:
    """Convert CIE Lab with a lightness from 0 to 100 and the white point D50."""
    middle = (lightness + 16) / 116
    first, last = middle + a / 500, middle - b / 200
    scaled = (
        first**3 if first**3 > _EPSILON else (116 * first - 16) / _KAPPA,
        middle**3 if lightness > _KAPPA * _EPSILON else lightness / _KAPPA,
        last**3 if last**3 > _EPSILON else (116 * last - 16) / _KAPPA,
    )
    return _xyz_d50((scaled[0] * _D50[0], scaled[1], scaled[2] * _D50[2]))


def lch(lightness: float, chroma: float, hue: float) -> Channels:
    """Convert CIE Lab by its chroma and hue."""
    return lab(lightness, chroma * cos(radians(hue)), chroma * sin(radians(hue)))


def oklab(lightness: float, a: float, b: float) -> Channels:
    """Convert Oklab with a lightness from 0 to 1."""
    first, second, third = _times(_OKLAB_TO_LMS, (lightness, a, b))
    return _xyz(_times(_LMS_TO_XYZ, (first**3, second**3, third**3)))


def oklch(lightness: float, chroma: float, hue: float) -> Channels:
    """Convert Oklab by its chroma and hue."""
    return oklab(lightness, chroma * cos(radians(hue)), chroma * sin(radians(hue)))
