"""What is compared: requests as API Gateway sends them, since those are what every version of the service answers."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from ..handler import ROOT, Event, get_event, post_event
from ..symbol_makers import url

__all__ = ["Line", "Part", "lines"]

Part = Literal["import", "first answer", "answer", "over HTTP"]
"""What of it is measured: the import of the function, that and the first answer, an answer of a process that has given
some, or one that the local API gives."""

GENERATE = "GET /api/qr/generate"

_FEW, _MANY = 8, 600
"""How many different codes a line has. What is quick has more than an environment remembers the addresses of."""

_LOGOS = ROOT / "scripts" / "load" / "logos"
_LOOKS = {"data_pattern": "rounded", "eye_shape": "rounded_square", "error_correction": "H", "size": 570}
_GRADIENT = {"type": "linear", "colors": ["#5b2a86", "#0b3d91"]}
_EFFECTS = ("shadow", "glow", "blur", "noise", "vintage")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One comparison.

    Attributes
    ----------
    status, source
        What the answer has to have, and its ``X-Cache``; empty where that does not matter.
    prime
        How many of the events are answered before: all of them where the cache is to have them.
    revalidates
        Whether the client has the pictures already.
    redis
        Whether a Redis is there.
    """

    what: str
    events: list[Event]
    route: str = GENERATE
    part: Part = "answer"
    status: int = 200
    source: str = ""
    prime: int = 1
    revalidates: bool = False
    redis: bool = False
    environment: dict[str, str] = msgspec.field(default_factory=dict)


def lines() -> Iterator[Line]:
    """All of them, from what starts a process to what draws most."""
    yield from _starts()
    yield from _plain()
    yield from _cached()
    yield from _batches()
    yield from _styled()


def _starts() -> Iterator[Line]:
    drawn, known = _gets(1, cache="false"), _gets(1)
    yield Line(what="import", events=drawn, part="import")
    yield Line(what="import and first plain SVG", events=drawn, part="first answer")
    yield Line(
        what="import and first plain SVG, from Redis", events=known, part="first answer", source="redis", redis=True
    )


def _plain() -> Iterator[Line]:
    yield Line(what="plain SVG", events=_gets(_MANY, cache="false"))
    for size in (300, 570):
        yield Line(what=f"plain PNG, {size} px", events=_gets(_MANY, format="png", size=str(size), cache="false"))
    micro = [get_event({"data": f"{number:05d}", "micro": "true", "cache": "false"}) for number in range(_MANY)]
    yield Line(what="Micro QR, SVG", events=micro)
    for version, length in ((1, 14), (40, 2331)):
        events = _gets(_MANY if version == 1 else _FEW, length, version=str(version), cache="false")
        yield Line(what=f"plain SVG, version {version}", events=events)
    for form in ("webp", "jpeg", "avif", "pdf", "eps", "txt", "json"):
        yield Line(what=f"plain {form}", events=_gets(_FEW, format=form, cache="false"))
    rejected = _gets(_MANY, error_correction="hgih", cache="false")
    yield Line(what="400, a misspelt value", events=rejected, status=400)
    validated = _posts("POST /api/qr/validate", [{"data": text, **_LOOKS} for text in _texts(_FEW)])
    yield Line(what="validate", events=validated, route="POST /api/qr/validate")


def _cached() -> Iterator[Line]:
    yield Line(what="SVG from memory", events=_gets(_FEW), source="memory", prime=_FEW)
    yield Line(what="304", events=_gets(_FEW), status=304, prime=_FEW, revalidates=True)
    from_redis = {"MEMORY_CACHE_BYTES": "0"}
    yield Line(
        what="SVG from Redis", events=_gets(_FEW), source="redis", prime=_FEW, redis=True, environment=from_redis
    )
    yield Line(what="local API, SVG from memory", events=_gets(1), part="over HTTP")
    yield Line(what="local API, 304", events=_gets(1), part="over HTTP", status=304, revalidates=True)


def _batches() -> Iterator[Line]:
    route = "POST /api/qr/batch"
    drawn, known = (
        _posts(route, [{"codes": [{"data": text, "cache": cached} for text in _texts(50)]}]) for cached in (False, True)
    )
    yield Line(what="batch of 50, drawn", events=drawn, route=route)
    yield Line(what="batch of 50, from memory", events=known, route=route)
    yield Line(
        what="batch of 50, from Redis",
        events=known,
        route=route,
        redis=True,
        environment={"MEMORY_CACHE_BYTES": "0"},
    )


def _styled() -> Iterator[Line]:
    for form in ("svg", "png"):
        yield _look(f"styled {form}", form)
        yield _look(f"styled {form}, read back", form, verify=True)
        yield _look(f"gradient, {form}", form, gradient=_GRADIENT)
        yield _look(f"frame, {form}", form, frame={"style": "badge", "text": "SCAN ME"})
    for form in ("webp", "jpeg", "avif", "pdf", "eps"):
        yield _look(f"styled {form}", form)
    yield _look("conic gradient, png", "png", gradient={**_GRADIENT, "type": "conic"})
    for effect in _EFFECTS:
        yield _look(f"{effect}, png", "png", effects=[{"type": effect}])
    large = {"gradient": _GRADIENT, "logo": {"data": _logo("bolt.png")}}
    yield _look("10-H, gradient, bitmap logo, png, 1,024 px", "png", size=1024, version=10, **large)
    effects = [{"type": kind} for kind in ("shadow", "glow", "blur")]
    yield _look("three effects, png, 4,096 px", "png", size=4096, effects=effects)
    for form in ("avif", "webp"):
        yield _look(f"gradient, {form}, 3,072 px", form, size=3072, gradient=_GRADIENT)
    yield _look("bitmap logo, svg", "svg", logo={"data": _logo("bolt.png")})
    yield _look("SVG logo, png", "png", logo={"data": _logo("leaf.svg")})
    # A third of a symbol of level L is more than it bears, so that another level and version are looked for.
    yield _look("bitmap logo that needs repair, svg", "svg", logo={"data": _logo("bolt.png"), "size": 33}, **_WEAK)


_WEAK = {"error_correction": "L"}


def _look(what: str, form: str, **fields: Any) -> Line:
    look = {**_LOOKS, "format": form, "verify": False, "cache": False, **fields}
    events = _posts("POST /api/qr/generate", [{"data": text, **look} for text in _texts(_FEW)])
    return Line(what=what, events=events, route="POST /api/qr/generate")


def _texts(count: int, length: int = 25) -> list[str]:
    """Texts of one length and no two alike, so that remembering one is no help with the next."""
    return [f"{url(length - 3)}{number:03d}" for number in range(count)]


def _gets(count: int, length: int = 25, **fields: str) -> list[Event]:
    asked = {"format": "svg", **fields}
    return [get_event({"data": text, **asked}) for text in _texts(count, length)]


def _posts(route: str, bodies: list[dict[str, Any]]) -> list[Event]:
    path = route.partition(" ")[2]
    return [{**post_event(json.dumps(body)), "routeKey": route, "rawPath": path} for body in bodies]


def _logo(name: str) -> str:
    return b64encode((_LOGOS / name).read_bytes()).decode()
