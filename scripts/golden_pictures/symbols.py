"""Requests for symbols of every kind: versions, levels, masks, modes, Micro QR and structured append."""

from __future__ import annotations

from itertools import product
from typing import Any

from .contents import CONTENTS

__all__ = ["pages", "symbols"]

Request = dict[str, Any]

_VERSIONS = (1, 2, 6, 7, 9, 10, 14, 21, 26, 27, 32, 40)
_MICRO = {"M1": "12345", "M2": "AB12", "M3": "micro qr", "M4": "micro QR 4!"}
_TEXTS: dict[str, Request] = {
    "numbers": {"data": "0123456789012345"},
    "capitals": {"data": "HTTPS://EXAMPLE.COM/A-1"},
    "mixed modes": {"data": "order 00012345678901234567 OF THE DAY: €"},
    "long numbers": {"data": "31415926535897932384626433832795" * 40},
    "no ECI": {"data": "žluťoučký kůň", "eci": "never"},
    "an ECI where readers guess wrong": {"data": "茗荷"},
    "an ECI always": {"data": "plain", "eci": "always"},
    "Kanji mode": {"data": "日本語の文字列と abc", "kanji": True},
    "no Kanji mode": {"data": "日本語の文字列と abc"},
    "no boost": {"data": "https://example.com", "error_correction": "L", "boost_error_correction": False},
}


def symbols() -> dict[str, Request]:
    """Return requests by name without their format, which is drawn as ``json`` or another that costs little."""
    requests: dict[str, Request] = {f"contents/{name}": {"data": content} for name, content in CONTENTS.items()}
    requests |= {f"texts/{name}": request for name, request in _TEXTS.items()}
    for version in _VERSIONS:
        requests[f"versions/{version}"] = {"data": f"version {version}", "version": version, "error_correction": "L"}
    for level, boost in product("LMQH", (True, False)):
        name = f"levels/{level}, {'raised where free' if boost else 'as asked'}"
        requests[name] = {
            "data": "https://example.com/levels",
            "error_correction": level,
            "boost_error_correction": boost,
            "version": 5,
        }
    for mask in range(8):
        requests[f"masks/{mask}"] = {"data": "https://example.com/masks", "mask": mask}
    for mask in range(4):
        requests[f"micro masks/{mask}"] = {"data": "mask", "micro": True, "mask": mask}
    for name, text in _MICRO.items():
        requests[f"micro/{name}"] = {"data": text, "micro": True, "version": int(name[1:]), "error_correction": "L"}
    requests["micro/M4-Q"] = {"data": "12345678", "micro": True, "error_correction": "Q"}
    for part, parts in ((1, 2), (2, 2), (3, 16)):
        requests[f"structured append/{part} of {parts}"] = {
            "data": "one message over several symbols, ěščř",
            "structured_append": {"part": part, "parts": parts},
        }
    return requests


def pages() -> dict[str, Request]:
    """Plain codes that differ in what surrounds the symbol, for every format."""
    return {
        "pages/as given": {},
        "pages/no margin": {"margin": 0, "size": 64},
        "pages/wide margin, odd size": {"margin": 20, "size": 301},
        "pages/300 dpi": {"dpi": 300, "size": 130},
        "pages/named": {"title": "Menu <1> & more", "description": "Leads to the menu\nof today"},
        "pages/colours": {"colors": {"foreground": "navy", "background": "#fffbe6"}},
        "pages/inverted": {"colors": {"foreground": "#fff", "background": "#102a43"}},
        "pages/Micro QR": {"data": "12345", "micro": True, "margin": 2},
        "pages/version 7": {"version": 7, "size": 160},
        "pages/version 40": {"version": 40, "size": 200},
    }
