"""A photograph of a picture: paper, light, geometry, lens and sensor, in this order, with a seed of its own."""

from __future__ import annotations

from math import cos, pi, radians, sin
from typing import Any, Final, TypeAlias
from zlib import crc32

import cv2
import numpy as np

from .conditions import Condition

__all__ = ["photograph"]

Pixels: TypeAlias = np.ndarray[Any, Any]
"""Numbers of single precision: greys from 0 to 255, or places from -1 to 1."""

_FINE: Final = 3
"""So many samples a side for each pixel of the camera."""
_SURROUND: Final = 4
"""Modules of the page around the picture."""
_DISTANCE: Final = 2.5
"""Of the camera, in sides of the picture."""
_GLARE_RADIUS: Final = 4.5


def photograph(picture: Pixels, name: str, condition: Condition, *, modules: float) -> Pixels:
    """Return the camera's picture, as bytes.

    Parameters
    ----------
    picture
        A square one.
    name
        Of the picture: it and the condition are the seed of everything that is random.
    modules
        Of a side of `picture`, with its quiet zone.
    """
    random = np.random.default_rng(crc32(f"{name}/{condition.name}".encode()))
    fine = condition.pixels * _FINE
    page = _place_on_page(_spread_ink(picture, condition.gain * picture.shape[0] / modules), condition, modules)
    page = page * np.float32((condition.paper - condition.ink) / 255) + np.float32(condition.ink)
    seen = _project(page, condition, random, modules=modules + 2 * _SURROUND, pixels=fine)
    seen = _expose(_light(seen, condition, random, fine), condition, random, fine)
    side = round(seen.shape[0] / _FINE)
    sensed = cv2.resize(seen, (side, side), interpolation=cv2.INTER_AREA)
    if condition.noise:
        sensed = sensed + condition.noise * random.standard_normal(sensed.shape, np.float32)
    sensed = np.clip(np.rint(sensed), 0, 255).astype(np.uint8)
    if condition.jpeg:
        _, file = cv2.imencode(".jpg", sensed, [cv2.IMWRITE_JPEG_QUALITY, condition.jpeg])
        return np.asarray(cv2.imdecode(file, cv2.IMREAD_GRAYSCALE))
    return sensed


def _spread_ink(picture: Pixels, pixels: float) -> Pixels:
    """Return the picture with its dark parts wider by so many pixels on each side, or narrower."""
    radius = round(abs(pixels))
    if radius == 0:
        return picture
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    return cv2.erode(picture, disc) if pixels > 0 else cv2.dilate(picture, disc)


def _place_on_page(picture: Pixels, condition: Condition, modules: float) -> Pixels:
    width = round(_SURROUND * picture.shape[0] / modules)
    grey = 0 if condition.dark_page else 255
    return cv2.copyMakeBorder(picture, width, width, width, width, cv2.BORDER_CONSTANT, value=grey)


def _project(
    page: Pixels, condition: Condition, random: np.random.Generator, *, modules: float, pixels: float
) -> Pixels:
    """Return the page as the lens shows it, in samples of which a module has `pixels` a side."""
    side = round(modules * pixels)
    if not (condition.turn or condition.tilt or condition.cylinder or condition.crumple):
        return cv2.resize(page, (side, side), interpolation=cv2.INTER_AREA)
    angle = radians(condition.turn)
    # The page stays whole in the picture, and a module as large as without the turn.
    reach = abs(sin(angle)) + abs(cos(angle))
    side = round(side * reach)
    across, down = _grid(side, reach)
    if condition.turn:
        across, down = across * cos(angle) + down * sin(angle), down * cos(angle) - across * sin(angle)
    if condition.tilt:
        angle, distance = radians(condition.tilt), 2 * _DISTANCE
        depth = distance / (distance * cos(angle) - across * sin(angle))
        across, down = across * depth, down * (distance + across * depth * sin(angle)) / distance
    if condition.cylinder:
        half = radians(condition.cylinder)
        across = np.arcsin(np.clip(across, -1, 1) * sin(half)) / half
    if condition.crumple:
        reach = 2 * condition.crumple / modules
        across, down = (place + reach * _ripple(side, random, 6 * pixels) for place in (across, down))
    scale = (page.shape[0] - 1) / 2
    # What the samples are too coarse for would be noise in them.
    soft = cv2.GaussianBlur(page, (5, 5), max(0.3, 0.4 * page.shape[0] / side))
    columns, rows = (((place + 1) * scale).astype(np.float32) for place in (across, down))
    return cv2.remap(soft, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def _grid(side: int, reach: float = 1) -> tuple[Pixels, Pixels]:
    """Return how far to the right and how far down each sample is, from minus `reach` to `reach`."""
    line = np.linspace(-reach, reach, side, dtype=np.float32)
    return np.broadcast_to(line, (side, side)), np.broadcast_to(line[:, None], (side, side))


def _ripple(side: int, random: np.random.Generator, length: float) -> Pixels:
    """Return a smooth surface between -1 and 1, whose hills are about `length` samples apart."""
    coarse = max(4, round(side / length))
    hills = random.normal(size=(coarse, coarse)).astype(np.float32)
    surface = cv2.resize(hills, (side, side), interpolation=cv2.INTER_CUBIC)
    return np.asarray(surface / np.abs(surface).max())


def _light(seen: Pixels, condition: Condition, random: np.random.Generator, pixels: float) -> Pixels:
    if condition.dimming == condition.shadow == 1 and not (condition.glare or condition.moire):
        return seen
    side = seen.shape[0]
    across, down = _grid(side)
    direction = random.uniform(0, 2 * pi)
    along = across * np.float32(cos(direction)) + down * np.float32(sin(direction))
    if condition.dimming < 1:
        seen = seen * (condition.dimming + (1 - condition.dimming) * np.clip((along + 1) / 2, 0, 1))
    if condition.shadow < 1:
        seen = np.where(along > random.uniform(-0.2, 0.2), condition.shadow * seen, seen)
    if condition.glare:
        for _ in range(2):
            x, y = random.uniform(-0.45, 0.45, 2).astype(np.float32)
            distance = ((across - x) ** 2 + (down - y) ** 2) * np.float32((side / (2 * pixels * _GLARE_RADIUS)) ** 2)
            seen = seen + 255 * condition.glare * np.exp(-distance)
    if condition.moire:
        for _ in range(2):
            turn, period = random.uniform(0, pi), random.uniform(2.5, 5) * pixels * 2 / side
            steps = (2 * pi / period * each for each in (cos(turn), sin(turn)))
            phases = [np.float32(step) * places for step, places in zip(steps, (across, down), strict=True)]
            wave = np.cos(phases[0] + phases[1] + np.float32(random.uniform(0, 2 * pi)))
            seen = seen * (1 - condition.moire / 2 * (1 + wave) / 2)
    return np.clip(seen, 0, 255)


def _expose(seen: Pixels, condition: Condition, random: np.random.Generator, fine: float) -> Pixels:
    if condition.blur:
        seen = cv2.GaussianBlur(seen, (0, 0), condition.blur * fine)
    if condition.motion:
        seen = cv2.filter2D(seen, -1, _streak(condition.motion * fine, random.uniform(0, pi)))
    return seen


def _streak(length: float, direction: float) -> Pixels:
    """Return the kernel of a straight movement."""
    reach = int(length / 2) + 2
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    x, y = (round(16 * length / 2 * each) for each in (cos(direction), sin(direction)))
    center = 16 * reach
    cv2.line(kernel, (center - x, center - y), (center + x, center + y), 1.0, 1, cv2.LINE_AA, shift=4)
    return np.asarray(kernel / kernel.sum())
