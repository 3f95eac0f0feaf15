"""Colour profiles, written as ICC.1:2001-04 has them, so that no program has to be installed for one."""

from __future__ import annotations

import struct
from itertools import product

__all__ = ["ADOBE", "DISPLAY_P3", "PRESS", "PROPHOTO", "grey_profile", "press_profile", "profile", "rgb_profile"]

# Of the white of D50, as profiles have them.
_D50 = (0.9642, 1.0, 0.8249)


def profile(space: bytes, connection: bytes, tags: dict[bytes, bytes], kind: bytes = b"mntr") -> bytes:
    """A profile of a colour space, such as ``RGB ``, with these tags."""
    tags = {b"desc": _text("made for a test"), b"cprt": b"text\0\0\0\0none\0", b"wtpt": _xyz(_D50), **tags}
    head, body, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        head += struct.pack(">4sII", name, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    size = start + len(body)
    header = struct.pack(">I4sI4s4s4s12x4s4s", size, b"test", 0x02400000, kind, space, connection, b"acsp", b"APPL")
    header = header.ljust(68, b"\0") + b"".join(struct.pack(">i", round(part * 65536)) for part in _D50)
    return header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + head + body


def rgb_profile(primaries: tuple[tuple[float, float, float], ...], gamma: float) -> bytes:
    """A profile of three primaries in XYZ, and one curve for all."""
    colors = {name + b"XYZ": _xyz(color) for name, color in zip((b"r", b"g", b"b"), primaries, strict=True)}
    return profile(b"RGB ", b"XYZ ", {**colors, **{name + b"TRC": _curve(gamma) for name in (b"r", b"g", b"b")}})


def grey_profile(gamma: float) -> bytes:
    return profile(b"GRAY", b"XYZ ", {b"kTRC": _curve(gamma)})


def press_profile() -> bytes:
    """A profile of a press, with a table of the Lab values of its inks in all combinations."""
    inks = ((55, -37, -50), (48, 74, -3), (89, -5, 93), (16, 0, 0))
    table = bytearray()
    for used in product((0, 1), repeat=4):
        lightness, a, b = 95.0, 0.0, 0.0
        for ink, (ink_lightness, ink_a, ink_b) in zip(used, inks, strict=True):
            if ink:
                lightness, a, b = lightness * ink_lightness / 95, (a + ink_a) / 2, (b + ink_b) / 2
        table += bytes((round(lightness * 2.55), round(a + 128), round(b + 128)))
    straight = bytes(range(256))
    matrix = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    lut = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + matrix + straight * 4 + bytes(table) + straight * 3
    return profile(b"CMYK", b"Lab ", {b"A2B0": lut}, b"prtr")


def _xyz(color: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(part * 65536)) for part in color)


def _curve(gamma: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))


def _text(text: str) -> bytes:
    return b"desc\0\0\0\0" + struct.pack(">I", len(text) + 1) + text.encode() + bytes(1 + 4 + 4 + 2 + 1 + 67)


ADOBE = rgb_profile(((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)), 2.19921875)
DISPLAY_P3 = rgb_profile(((0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407)), 2.2)
PROPHOTO = rgb_profile(((0.79767, 0.28807, 0.0), (0.13518, 0.71184, 0.0), (0.03135, 0.00009, 0.8251)), 1.8)
PRESS = press_profile()
