"""What a stack that stands has to do: every route once, and the cache between environments."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from urllib.parse import quote

import msgspec

from .probe import Answer, Failed, Probe

__all__ = ["Result", "Skipped", "smoke"]

GENERATE = "/api/qr/generate"
STYLE = "&data_pattern=rounded&eye_shape=leaf&gradient.colors=%235b2a86,%23c2185b"
ENVIRONMENTS = 12
"""Requests at once, so that more than one environment answers."""


class Skipped(Exception):
    """A check that does not apply here, and why."""


class Result(msgspec.Struct, frozen=True):
    """What one check came to: "ok", "skipped" or "failed", and what it saw."""

    name: str
    verdict: str
    message: str


def smoke(probe: Probe, more: dict[str, Callable[[], str]] | None = None) -> Iterator[Result]:
    """Run every check, one after the other; `more` are checks by name that only a deployed stack can stand."""
    text = f"https://example.com/smoke/{secrets.token_hex(8)}"
    checks: dict[str, Callable[[], str]] = {
        "GET /healthz": lambda: _health(probe),
        "GET generate": lambda: _first(probe, text),
        "a hit": lambda: _hit(probe, text),
        "304": lambda: _not_modified(probe, text),
        "HEAD generate": lambda: _head(probe, text),
        "a styled PNG, read": lambda: _styled(probe, text),
        "POST generate": lambda: _post(probe, text),
        "POST batch": lambda: _batch(probe, text),
        "POST validate": lambda: _validate(probe, text),
        "GET styles": lambda: _styles(probe),
        "POST read": lambda: _read_back(probe, text),
        "a wrong request": lambda: _wrong(probe),
        "POST warm, signed": lambda: _warm(probe, text),
        "GET stats, signed": lambda: _stats(probe),
        "a hit across environments": lambda: _across(probe, text),
        "POST clear, signed": lambda: _clear(probe, text),
        **(more or {}),
    }
    for name, check in checks.items():
        try:
            yield Result(name, "ok", check())
        except Skipped as why:
            yield Result(name, "skipped", str(why))
        except (LookupError, TypeError) as missing:
            yield Result(name, "failed", f"the answer lacks {missing}")
        except Failed as why:
            yield Result(name, "failed", str(why))


def _picture(probe: Probe, text: str, more: str = "") -> str:
    named = f"&style={probe.style}" if probe.style else ""
    return f"{GENERATE}?data={quote(text, safe='')}{named}{more}"


def _code(probe: Probe, text: str, **fields: str) -> dict[str, str]:
    named = {"style": probe.style} if probe.style else {}
    return {"data": text, **named, **fields}


def _looks(probe: Probe) -> str:
    # A style may lock its own.
    return "" if probe.style else STYLE


def _need(condition: object, message: str) -> None:
    if not condition:
        raise Failed(message)


def _health(probe: Probe) -> str:
    answer = probe.ask("GET", "/healthz")
    health = answer.json()
    _need(answer.headers.get("cache-control") == "no-store", "caches may store it")
    return f"version {health['version']}, renderer {health['renderer_version']}"


def _first(probe: Probe, text: str) -> str:
    answer = probe.ask("GET", _picture(probe, text, "&format=svg"))
    _need(answer.headers.get("content-type", "").startswith("image/svg+xml"), "it is not an SVG")
    kept = "public, max-age=60" if probe.style else "immutable"
    _need(kept in answer.headers.get("cache-control", ""), "browsers cannot keep it as long as they should")
    _need(answer.headers.get("etag"), "it has no ETag")
    return f"{len(answer.body)} bytes, {answer.headers.get('x-cache')}, {answer.milliseconds:.0f} ms"


def _hit(probe: Probe, text: str) -> str:
    sources = []
    for _ in range(ENVIRONMENTS):
        answer = probe.ask("GET", _picture(probe, text))
        sources.append(answer.headers.get("x-cache", "-"))
        if sources[-1] in ("memory", "redis"):
            return f"{sources[-1]} after {len(sources)}, {answer.milliseconds:.0f} ms"
    raise Failed(f"a cached code is drawn again and again: {', '.join(sources)}")


def _not_modified(probe: Probe, text: str) -> str:
    etag = probe.ask("GET", _picture(probe, text)).headers["etag"]
    answer = probe.ask("GET", _picture(probe, text), headers={"If-None-Match": etag}, status=304)
    _need(not answer.body, "a 304 has a body")
    return etag[:14] + '…"'


def _head(probe: Probe, text: str) -> str:
    answer = probe.ask("HEAD", _picture(probe, text))
    _need(not answer.body, "it has a body")
    _need(answer.headers.get("etag"), "it has no ETag")
    return f"200, {answer.headers.get('content-type')}"


def _styled(probe: Probe, text: str) -> str:
    answer = probe.ask("GET", _picture(probe, text, f"&format=png&size=400{_looks(probe)}"))
    _need(answer.headers.get("content-type") == "image/png", "it is not a PNG")
    decoded = _read(answer.body)
    _need(decoded == text, f"a decoder reads {decoded!r} from it")
    return f"{len(answer.body)} bytes, a decoder reads its text"


def _read(picture: bytes) -> str:
    import io

    import zxingcpp
    from PIL import Image

    barcodes = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("RGB"))
    return barcodes[0].text if barcodes else ""


def _post(probe: Probe, text: str) -> str:
    answer = probe.ask("POST", GENERATE, _code(probe, text)).json()
    _need(answer.get("success") is True, f"it says {str(answer)[:100]}")
    return f"version {answer['metadata']['version']}, {answer['metadata']['error_correction']}"


def _batch(probe: Probe, text: str) -> str:
    body = {"codes": [_code(probe, text, id="a"), _code(probe, text, id="b", format="png")]}
    answer = probe.ask("POST", "/api/qr/batch", body).json()
    _need([each.get("success") for each in answer["results"]] == [True, True], f"it says {str(answer)[:160]}")
    return "two codes"


def _validate(probe: Probe, text: str) -> str:
    answer = probe.ask("POST", "/api/qr/validate", _code(probe, text)).json()
    _need(answer.get("valid") is True, f"it says {str(answer)[:100]}")
    return f"{len(answer.get('warnings', []))} warnings"


def _styles(probe: Probe) -> str:
    names = [style["name"] for style in probe.ask("GET", "/api/qr/styles").json()["styles"]]
    _need(probe.style in (None, *names), f"{probe.style} is not among them")
    return ", ".join(names[:5]) or "none"


def _read_back(probe: Probe, text: str) -> str:
    drawn = probe.ask("POST", GENERATE, _code(probe, text, format="png")).json()["data"]
    answer = probe.ask("POST", "/api/qr/read", {"image": drawn}).json()
    _need([symbol["text"] for symbol in answer["symbols"]] == [text], f"it says {str(answer)[:100]}")
    return "the text of a picture"


def _wrong(probe: Probe) -> str:
    answer = probe.ask("GET", _picture(probe, "x", "&size=1"), status=400)
    _need(answer.headers.get("content-type") == "application/problem+json", "it is not a problem document")
    _need(answer.headers.get("cache-control") == "no-store", "caches may store it")
    return str(answer.json()["errors"][0]["path"])


def _warm(probe: Probe, text: str) -> str:
    answer = probe.ask("POST", "/api/qr/cache/warm", {"patterns": [_code(probe, f"{text}/warm")]}, signed=True).json()
    _need(answer["failed"] == 0, f"it says {str(answer)[:160]}")
    return f"{answer['stored']} stored, {answer['present']} present"


def _stats(probe: Probe) -> str:
    stats = probe.ask("GET", "/api/qr/cache/stats", signed=True).json()["stats"]
    return f"{stats['mode']}, hit rate {stats['hit_rate']}"


def _across(probe: Probe, text: str) -> str:
    if probe.ask("GET", "/api/qr/cache/stats", signed=True).json()["stats"]["mode"] == "memory":
        raise Skipped("the environments share no cache")
    seen: list[str] = []

    def one(number: int) -> Answer:
        # What is drawn for a moment keeps an environment busy, so that the next request needs another one.
        return probe.ask("GET", _picture(probe, f"{text}/{number % 2}", f"&format=png&size=1024{_looks(probe)}"))

    until = monotonic() + 30
    with ThreadPoolExecutor(ENVIRONMENTS) as pool:
        while monotonic() < until:
            seen += [each.headers.get("x-cache", "-") for each in pool.map(one, range(ENVIRONMENTS))]
            if "redis" in seen:
                return f"one environment found in Redis what another drew, after {len(seen)} requests"
    raise Failed(f"none of {len(seen)} requests was answered from Redis: {', '.join(sorted(set(seen)))}")


def _clear(probe: Probe, text: str) -> str:
    answer = probe.ask("POST", "/api/qr/cache/clear", {"pattern": f"{text}*"}, signed=True).json()
    _need(answer.get("complete") is not False, f"it says {str(answer)[:160]}")
    return ", ".join(f"{name} {value}" for name, value in answer.items() if isinstance(value, int))
