"""Styled requests, sent to the real functions in process.

What is drawn must be read back as what was asked for, what is refused must name the field that is to blame, and a query
string must mean what the same request in JSON means. `FUZZ_EXAMPLES=2000` makes a long run of it.
"""

from __future__ import annotations

import base64
import io
import json
import os
import re
from typing import Any
from urllib.parse import urlencode

import pytest
import zxingcpp
from hypothesis import event, given, settings
from PIL import Image
from tests.documents import Answer, Curl, send

from qr_engine.request.introspect import fields_of
from qr_engine.request.schema import QRRequest

from .styled_requests import PARTS, styled_requests

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "40"))
READABLE = ("png", "webp", "jpeg", "avif")
GENERATE = "/api/qr/generate"


def posted(asked: dict[str, Any]) -> Answer:
    return send(Curl("POST", GENERATE, {"content-type": "application/json"}, json.dumps(asked)))


def gotten(asked: dict[str, Any]) -> Answer:
    return send(Curl("GET", f"{GENERATE}?{urlencode(flat(asked))}", {}, ""))


def flat(value: Any, name: str = "") -> list[tuple[str, str]]:
    """The same request as the parameters of a query string."""
    if isinstance(value, dict):
        return [pair for key, item in value.items() for pair in flat(item, f"{name}.{key}" if name else key)]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [pair for index, item in enumerate(value) for pair in flat(item, f"{name}.{index}")]
    if isinstance(value, list):
        return [(name, str(item)) for item in value]
    return [(name, value if isinstance(value, str) else json.dumps(value))]


def in_a_query(path: str) -> str:
    """The path of an issue without the indices of its lists."""
    return re.sub(r"\[\d+\]", "", path)


def check_read(asked: dict[str, Any], envelope: dict[str, Any]) -> None:
    """A picture about whose reading nothing was said is read."""
    scan = envelope["metadata"]["scan"]
    if envelope["format"] not in READABLE or scan["warnings"] or "structured_append" in asked or asked.get("kanji"):
        return
    if scan["score"] is None and asked.get("verify") is False:
        return
    picture = Image.open(io.BytesIO(base64.b64decode(envelope["data"]))).convert("RGBA")
    page = Image.new("RGBA", picture.size, "white")
    page.alpha_composite(picture)
    assert [found.bytes for found in zxingcpp.read_barcodes(page.convert("L"))] == [asked["data"].encode()]


@pytest.mark.parametrize("struct", PARTS, ids=lambda struct: struct.__name__)
def test_every_field_is_tried(struct: Any) -> None:
    # Named styles, which lie in a folder or a bucket of the owner, have tests of their own.
    untried = {"style"} if struct is QRRequest else set()
    assert set(PARTS[struct]) == set(fields_of(struct)) - untried


@given(styled_requests())
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
def test_a_styled_request_is_drawn_readably_or_refused_with_its_field(asked: dict[str, Any]) -> None:
    found, same = posted(asked), gotten(asked)
    event(str(found.status))
    assert same.status == found.status
    if found.status == 200:
        assert same.headers.get("etag") == found.json["etag"]
        assert (found.json["etag"] is None) is asked.get("private", False)
        check_read(asked, found.json)
        return
    assert found.status in {400, 413, 422}
    issues = found.json["errors"]
    assert issues
    assert {re.split(r"[.\[]", issue["path"])[0] for issue in issues} <= set(fields_of(QRRequest))
    assert {in_a_query(issue["path"]) for issue in same.json["errors"]} == {
        in_a_query(issue["path"]) for issue in issues
    }
