"""`docs/security.md` against the code: every bound is the one that holds, and every test that it names exists."""

from __future__ import annotations

import re

from tests.documents import ROOT

from qr_engine.api.answer import ANSWER_LIMIT
from qr_engine.api.routes import batch, generate
from qr_engine.artwork.cost import DRAWING_SECONDS
from qr_engine.cache import refusals
from qr_engine.logo import model as logo
from qr_engine.logo.bitmap import cost, jpeg
from qr_engine.logo.bitmap import model as bitmap
from qr_engine.logo.svg import allowlist
from qr_engine.logo.svg.cost.check import LEAST_SIDE
from qr_engine.pipeline import drawing_time
from qr_engine.reading import MAX_SYMBOLS, clock
from qr_engine.reading.picture import model as picture
from qr_engine.reading.picture.bitmap import DECODING_SECONDS
from qr_engine.request.decode import MAX_VALUES

TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for section in re.findall(r"\| bound \|.*?\n\|[-|]+\|\n(.*?)\n\n", TEXT, re.DOTALL)
    for line in section.splitlines()
]
BOUNDS = {
    "bytes of a body of generate and validate": generate.BODY_LIMIT,
    "values in a body": MAX_VALUES,
    "bytes of a body of batch": batch.BODY_LIMIT,
    "values in a body of batch": batch.MAX_VALUES,
    "bytes of a response": ANSWER_LIMIT,
    "ms that a small code of a batch needs at least": drawing_time.LEAST_MS,
    "ms that a batch reserves for its response": drawing_time.ANSWER_MS,
    "refusals that are remembered": refusals.MAX_REFUSALS,
    "seconds that a refusal is remembered": refusals.REFUSAL_SECONDS,
    "bytes of a logo": logo.MAX_BYTES,
    "pixels a side": logo.MAX_PIXELS,
    "computed ms to read a bitmap": 1000 * cost.READING_SECONDS,
    "computed ms to read all bitmaps inside an SVG": 1000 * cost.INSIDE_SECONDS,
    "pixels a side after reduction": cost.KEPT_PIXELS,
    "chunks of a PNG or WebP, segments of a JPEG": bitmap.MAX_PARTS,
    "scans of a JPEG": jpeg.MAX_SCANS,
    "bytes of a colour profile": bitmap.MAX_PROFILE_BYTES,
    "frames": 1,
    "computed ms to draw an SVG at its least size": 1000 * DRAWING_SECONDS,
    "pixels of the longer side at its least size": LEAST_SIDE,
    "elements": allowlist.MAX_ELEMENTS,
    "levels of elements": allowlist.MAX_DEPTH,
    "elements drawn, with each `use` followed": allowlist.MAX_DRAWN,
    "numbers and letters of drawn path data": allowlist.MAX_DRAWN_DATA,
    "layers": allowlist.MAX_LAYERS,
    "bytes of a picture to read": picture.MAX_BYTES,
    "pixels of a picture to read": picture.MAX_PIXELS,
    "pixels a side of a picture to read": picture.MAX_SIDE,
    "computed ms to decode a picture to read": 1000 * DECODING_SECONDS,
    "pixels searched for symbols": picture.KEPT_PIXELS,
    "ms after which no further pass begins": 1000 * clock.SEARCHING_SECONDS,
    "ms after which no further condition is tried": 1000 * clock.GRADING_SECONDS,
    "symbols returned": MAX_SYMBOLS,
    "layers within layers": allowlist.MAX_NESTED_LAYERS,
}


def test_every_bound_is_the_one_of_the_code() -> None:
    assert {row[0]: float(row[1]) for row in ROWS if row[1] != "linear"} == BOUNDS


def test_every_bound_takes_less_than_a_second() -> None:
    assert max(float(row[2].split()[0]) for row in ROWS if row[2]) < 1


def test_every_test_that_is_named_exists() -> None:
    named = [row[3].strip("`") for row in ROWS]
    assert named
    assert all((ROOT / path).exists() for path in named)
