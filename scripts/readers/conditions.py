"""The conditions in which a code is photographed; `camera.py` says what each number does to a picture."""

from __future__ import annotations

from typing import Final

import msgspec

__all__ = ["CONDITIONS", "Condition"]


class Condition(msgspec.Struct, frozen=True):
    """What lies between a picture and the pixels of a camera; lengths in modules, greys from 0 to 255.

    Attributes
    ----------
    name, group
        What tables call it.
    tilt, turn
        Of the page: about its vertical axis, and in its own plane, in degrees.
    cylinder
        Half of the angle that the page is wrapped around, in degrees.
    crumple
        How far a point is displaced at most.
    gain
        How far ink spreads; below 0 it shrinks.
    ink, paper
        The greys of black and of white.
    dark_page
        Whether a black page surrounds the picture.
    dimming
        The light at the far side, where the near side has 1.
    shadow
        The light beyond a straight edge.
    glare
        How bright two patches of reflected light are, where 1 makes white of black.
    moire
        The depth of the pattern that a screen and a camera make together.
    blur
        The standard deviation of a lens out of focus.
    motion
        How far the hand moves during the exposure.
    pixels
        The camera's pixels a module.
    noise
        The standard deviation of its grain.
    jpeg
        The quality of the file, or 0 for none.
    """

    name: str
    group: str
    tilt: float = 0
    turn: float = 0
    cylinder: float = 0
    crumple: float = 0
    gain: float = 0
    ink: int = 0
    paper: int = 255
    dark_page: bool = False
    dimming: float = 1
    shadow: float = 1
    glare: float = 0
    moire: float = 0
    blur: float = 0
    motion: float = 0
    pixels: float = 5
    noise: float = 0
    jpeg: int = 0


CONDITIONS: Final = (
    Condition("tilted by 20°", "perspective", tilt=20),
    Condition("tilted by 35°", "perspective", tilt=35),
    Condition("tilted by 45°", "perspective", tilt=45),
    Condition("turned by 15°", "rotation", turn=15),
    Condition("turned by 45°", "rotation", turn=45),
    Condition("blur 0.3", "blur", blur=0.3),
    Condition("blur 0.45", "blur", blur=0.45),
    Condition("blur 0.6", "blur", blur=0.6),
    Condition("motion 1", "motion", motion=1),
    Condition("motion 1.5", "motion", motion=1.5),
    Condition("motion 2", "motion", motion=2),
    Condition("3 pixels a module", "low resolution", pixels=3),
    Condition("2.5 pixels a module", "low resolution", pixels=2.5),
    Condition("2 pixels a module", "low resolution", pixels=2),
    Condition("noise 30", "noise", noise=30),
    Condition("noise 60", "noise", noise=60),
    Condition("noise 90", "noise", noise=90),
    Condition("JPEG 30", "JPEG", pixels=4, jpeg=30),
    Condition("JPEG 10", "JPEG", pixels=4, jpeg=10),
    Condition("light falling to 0.2", "uneven light", dimming=0.2),
    Condition("hard shadow 0.35", "uneven light", shadow=0.35),
    Condition("glare 0.6", "glare", glare=0.6),
    Condition("glare 1", "glare", glare=1),
    Condition("ink 120, paper 210", "low ink", ink=120, paper=210),
    Condition("ink 160, paper 210", "low ink", ink=160, paper=210),
    Condition("dot gain -0.2", "dot gain", gain=-0.2),
    Condition("dot gain -0.1", "dot gain", gain=-0.1),
    Condition("dot gain +0.1", "dot gain", gain=0.1),
    Condition("dot gain +0.2", "dot gain", gain=0.2),
    Condition("cylinder 45°", "warp", cylinder=45),
    Condition("cylinder 65°", "warp", cylinder=65),
    Condition("crumpled", "warp", crumple=0.8),
    Condition("moire 0.5", "moire", moire=0.5),
    Condition("moire 0.8", "moire", moire=0.8),
    Condition("dark page", "dark surround", dark_page=True),
    Condition("phone, near", "phone", tilt=20, blur=0.3, dimming=0.5, noise=24, jpeg=50),
    Condition("phone, far", "phone", tilt=15, turn=10, motion=1, pixels=3.5, shadow=0.6, noise=16, jpeg=60),
)
"""Thirty-seven, from easy to hard within each group."""
