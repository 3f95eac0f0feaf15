"""What becomes of events, logos and stored entries that are changed at random, until so much processor time is used up.

Run as a program, it works through each target in turn and says how many inputs it tried, which failed, and which took
longest. An input that fails is made as small as hypothesis can, and written into the corpus, where it is tried first.
"""

from __future__ import annotations

import argparse
import json
import logging
import struct
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from time import process_time
from typing import Any, Final

import msgspec
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from tests.stopwatch import slowness

from qr_engine.cache.entry import unpack
from qr_engine.errors import InvalidRequest
from qr_engine.logo.logo_cache import load_logo
from qr_engine.pipeline.engine import Code, _is_sound

__all__ = ["CORPUS", "TARGETS", "Report", "fuzz", "replay"]

CORPUS: Final = Path(__file__).parent / "corpus"
MOST_SECONDS: Final = 3.0
"""Of processor time for one input, on a busy machine."""

_ROUND: Final = 100
_TOKENS: Final = (
    *(
        b"\0",
        b"\xff",
        b"\xff\xda",
        b"\xff\xd9",
        b"IDAT",
        b"IEND",
        b"iCCP",
        b"acTL",
        b"VP8X",
        b"ANMF",
        b"ALPH",
        b"\x7f\xff\xff\xff",
    ),
    *(
        b"<g>",
        b"</g>",
        b"<use href='#a'/>",
        b"url(#a)",
        b"transform='scale(9e9)'",
        b"1e999",
        b"NaN",
        b"-",
        b"%",
        b"&#0;",
    ),
    *(b"null", b"[]", b"{}", b'""', b"-1", b"1e308", b"\\ud800", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf0\x9f\x91\x8d"),
)
_VALUES: Final[tuple[Any, ...]] = (
    None,
    True,
    0,
    -1,
    1e308,
    2**70,
    "",
    "x" * 8000,
    "\ud800",
    "\0",
    [],
    {},
    [[]] * 50,
    {"a": {}},
    "#fff",
    "40",
)


class Report(msgspec.Struct):
    """What came of one target."""

    executions: int = 0
    crashes: list[str] = []
    slowest: float = 0.0
    slowest_input: bytes = b""


@st.composite
def mutations(draw: st.DrawFn, corpus: tuple[bytes, ...]) -> bytes:
    """Give an input of the corpus with up to eight changes."""
    data = bytearray(draw(st.sampled_from(corpus)))
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(data)))
        length = draw(st.sampled_from((0, 1, 2, 4, 16, 64, 1024)))
        match draw(st.sampled_from(("token", "byte", "delete", "repeat", "splice", "random"))):
            case "token":
                data[start : start + length] = draw(st.sampled_from(_TOKENS))
            case "byte" if start < len(data):
                data[start] = draw(st.integers(0, 255))
            case "delete":
                del data[start : start + length]
            case "repeat":
                data[start:start] = data[start : start + length] * draw(st.integers(1, 50))
            case "splice":
                other = draw(st.sampled_from(corpus))
                where = draw(st.integers(0, len(other)))
                data[start : start + length] = other[where : where + length]
            case _:
                data[start:start] = draw(st.binary(max_size=16))
    return bytes(data)


@st.composite
def changed_events(draw: st.DrawFn, corpus: tuple[bytes, ...]) -> bytes:
    """Give an event with other values at some of its places, or with other text."""
    if draw(st.integers(0, 3)) == 0:
        return draw(mutations(corpus))
    event = json.loads(draw(st.sampled_from(corpus)))
    body = event.get("body") if isinstance(event, dict) else None
    fields = json.loads(body) if isinstance(body, str) and body.startswith("{") else None
    for _ in range(draw(st.integers(1, 4))):
        tree = fields if fields is not None and draw(st.booleans()) else event
        places = list(_places(tree))
        if places:
            parent, name = draw(st.sampled_from(places))
            value = st.one_of(st.sampled_from(_VALUES), st.text(max_size=20), st.floats(), st.integers())
            parent[name] = deepcopy(draw(value))
    if fields is not None and isinstance(event.get("body"), str):
        event["body"] = json.dumps(fields)
    return json.dumps(event).encode()


def _places(tree: Any) -> Any:
    """Give every member of objects and lists, with what it is in."""
    for name in tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield tree, name
        yield from _places(tree[name])


def answer_event(data: bytes) -> None:
    """Answer an event: no exception leaves a handler, and no answer is a fault of the service."""
    from tests.unit.api.routes.conftest import HANDLERS

    try:
        event = json.loads(data)
    except ValueError:
        event = {"routeKey": "POST /api/qr/generate", "version": "2.0", "body": data.decode("utf-8", "replace")}
    route = event.get("routeKey") if isinstance(event, dict) else None
    if isinstance(route, str) and route.startswith("POST /api/qr/cache/warm"):
        return
    answer = HANDLERS["generate"](event, None)
    json.dumps(answer).encode()
    assert answer["statusCode"] < 500, answer


def read_logo(data: bytes) -> None:
    """Read a logo as a request's is read: it is one, or a problem says why not."""
    with suppress(InvalidRequest):
        load_logo(f"{zlib.crc32(data):08x}{len(data)}", _with_checksums(data))


def read_entry(data: bytes) -> None:
    """Read a value from Redis: it is no entry, or one that can be served."""
    # As if its checksum, or its signature, were right.
    for is_checked in (False, True):
        entry = unpack(data, is_checked=is_checked)
        if entry is not None and _is_sound(entry):
            Code("0" * 64, "svg", entry, "redis", 0.0, 0.0).describe()
            entry.picture()


def _with_checksums(data: bytes) -> bytes:
    """Give a PNG with the right checksums, so that a change is not found out by them."""
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        return data
    parts, position = [data[:8]], 8
    while position + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, position)
        chunk = data[position + 4 : position + 8 + length]
        parts.append(data[position : position + 4] + chunk + struct.pack(">I", zlib.crc32(chunk)))
        position += 12 + length
    return b"".join(parts) + data[position:]


TARGETS: Final[dict[str, tuple[Callable[[bytes], None], Any]]] = {
    "events": (answer_event, changed_events),
    "logos": (read_logo, mutations),
    "entries": (read_entry, mutations),
}


def _corpus(target: str) -> tuple[bytes, ...]:
    folders = [CORPUS / target, *([Path(__file__).parents[2] / "events"] if target == "events" else [])]
    return tuple([path.read_bytes() for folder in folders for path in sorted(folder.iterdir())])


def replay(target: str) -> Report:
    """Try the corpus as it is."""
    report = Report()
    for data in _corpus(target):
        _run(target, data, report)
    return report


def _run(target: str, data: bytes, report: Report) -> None:
    started = process_time()
    TARGETS[target][0](data)
    taken = process_time() - started
    report.executions += 1
    if taken > report.slowest:
        report.slowest, report.slowest_input = taken, data
    assert taken < MOST_SECONDS or taken / slowness() < MOST_SECONDS, f"{taken:.1f} s"


def fuzz(target: str, seconds: float, start: int = 0) -> Report:
    """Try inputs for so many seconds of processor time.

    Parameters
    ----------
    start
        Where chance begins: the same inputs come for the same number.
    """
    corpus, report = _corpus(target), Report()
    strategy = TARGETS[target][1](corpus)
    end = process_time() + seconds
    last = b""
    number = start
    while process_time() < end and len(report.crashes) < 10:
        number += 1

        @seed(number)
        @settings(
            max_examples=_ROUND,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
            report_multiple_bugs=False,
        )
        @given(strategy)
        def attempt(data: bytes) -> None:
            nonlocal last
            last = data
            _run(target, data, report)

        try:
            attempt()
        except Exception as error:
            name = CORPUS / target / f"crash-{zlib.crc32(last):08x}"
            name.write_bytes(last)
            report.crashes.append(f"{name.name}: {type(error).__name__}: {str(error)[:300]}")
    return report


def main() -> None:
    """Work through all targets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="of processor time, for all targets together")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    failed = False
    for target in TARGETS:
        report = fuzz(target, 60 * options.minutes / len(TARGETS), options.seed)
        failed = failed or bool(report.crashes)
        print(
            f"{target}: {report.executions} executions, {len(report.crashes)} crashes, "
            f"slowest {report.slowest:.2f} s ({report.slowest_input[:60]!r}, {len(report.slowest_input)} bytes)",
            *report.crashes,
            sep="\n",
            file=sys.stderr,
            flush=True,
        )
    sys.exit(failed)


if __name__ == "__main__":
    main()
