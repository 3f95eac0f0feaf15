"""What is frozen of real answers: members of JSON, headers, and the outcomes that metrics count."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from tests.frozen import assert_frozen, members
from tests.unit.api.routes.conftest import FUNCTION_OF, HANDLERS, answer, event_v2
from tests.unit.logo.pictures import as_base64, picture

if TYPE_CHECKING:
    import pytest
    from tests.unit.api.routes.conftest import Answer, Call

GET, POST, BATCH = "GET /api/qr/generate", "POST /api/qr/generate", "POST /api/qr/batch"
QUICKCHART, GOQR, CHART = "GET /qr", "GET /v1/create-qr-code/", "GET /chart"
VALIDATE, STATS = "POST /api/qr/validate", "GET /api/qr/cache/stats"
READ = "POST /api/qr/read"
CLEAR, WARM = "POST /api/qr/cache/clear", "POST /api/qr/cache/warm"

PLAIN: dict[str, Any] = {"data": "https://example.com"}
# Has all that an envelope may tell: conditions, what the logo covers, what was changed for it, and a warning.
STYLED = {
    **PLAIN,
    "logo": {"data": as_base64(picture(size=(64, 64))), "size": 30},
    "error_correction": "L",
    "margin": 1,
    "colors": {"foreground": "#777777"},
    "format": "png",
}
NETWORK: dict[str, Any] = {"data": {"type": "wifi", "ssid": "Guests", "password": "correct horse"}}
TOO_LONG = {"data": "x" * 300, "version": 2}
UNKNOWN = {**PLAIN, "data_patern": "dots", "size": 3, "eye_shape": "dotted"}


def union(*answers: Answer) -> list[str]:
    return sorted({name for each in answers for name in members(each.json)})


def test_json_members(call: Call) -> None:
    generated = [call(POST, json=request) for request in (PLAIN, STYLED)]
    assert {each.status for each in generated} == {200}
    refused = [call(POST, json=request) for request in (TOO_LONG, UNKNOWN)]
    assert [each.status for each in refused] == [413, 400]
    codes = [{**PLAIN, "id": "a"}, {**STYLED, "id": "b"}, {**TOO_LONG, "id": "c"}, {**PLAIN, "id": "d"}]
    batched = call(BATCH, json={"codes": codes, "options": {"stop_on_error": True}})
    assert batched.status == 200
    sequence = {**PLAIN, "format": "png", "structured_append": {"part": 1, "parts": 2}}
    readable = [*generated[1:], *[call(POST, json={"format": "png", **each}) for each in (NETWORK, sequence)]]
    found = {
        f"{POST}: the envelope": union(*generated),
        f"{GET}: format=json": union(call(GET, query={**PLAIN, "format": "json"})),
        BATCH: union(batched),
        VALIDATE: union(*[call(VALIDATE, json=request) for request in (PLAIN, STYLED)]),
        READ: union(*[call(READ, body=base64.b64decode(each.json["data"])) for each in readable]),
        STATS: union(call(STATS)),
        WARM: union(call(WARM, json={"patterns": ["a", "a", TOO_LONG]})),
        CLEAR: union(call(CLEAR, json={"pattern": "a*"})),
        "a problem": union(*refused),
    }
    assert_frozen("json members", found)


def test_words_in_answers(call: Call) -> None:
    grained = {"gradient": {"colors": ["navy", "teal"]}, "effects": [{"type": "noise"}], "stroke": {"color": "red"}}
    asked: tuple[dict[str, Any], ...] = (
        {},
        {"margin": 1, "colors": {"foreground": "#777777"}},
        {"colors": {"foreground": "white", "background": "#102030"}},
        {"colors": {"background": "transparent"}, "data_pattern": "dots", "format": "png", "size": 70},
        {**grained, "frame": {}},
        {"data": "日本", "kanji": True, "colors": {"eye_border": "navy"}, "eye_shape": "dot"},
        {"data": "日本", "eci": "always", "structured_append": {"part": 1, "parts": 2}},
        {"data": "1", "micro": True},
        STYLED,
    )
    answers = [call(POST, json={**PLAIN, **request}).json for request in (*asked, {})]
    metadata = [each["metadata"] for each in answers]
    found = {
        # The one that needs a Redis is added.
        "cached": sorted({*[str(each["cached"]) for each in answers], "redis"}),
        "encoding": sorted({each["encoding"] for each in answers}),
        "complexity_level": sorted({each["complexity_level"] for each in metadata}),
        "features_used": sorted({name for each in metadata for name in each["features_used"]}),
        "scan.warnings[].code": sorted({advice["code"] for each in metadata for advice in each["scan"]["warnings"]}),
        "scan.conditions[].name": sorted({one["name"] for each in metadata for one in each["scan"]["conditions"]}),
    }
    assert_frozen("words in answers", found)


def test_response_headers(call: Call) -> None:
    gzip = {"accept-encoding": "gzip"}
    first = call(GET, query=PLAIN)
    answers = {
        f"{GET}: svg": first,
        f"{GET}: png as a file": call(GET, query={**PLAIN, "format": "png", "download": "1"}),
        f"{GET}: compressed": call(GET, query=PLAIN, headers=gzip),
        f"{GET}: not modified": call(GET, query=PLAIN, headers={"if-none-match": first.headers["ETag"]}),
        f"{GET}: a changed logo": call(GET, query={**PLAIN, "logo.data": STYLED["logo"]["data"], "logo.size": "40"}),
        f"{GET}: refused": call(GET),
        f"{POST}: the envelope": call(POST, json=PLAIN),
        f"{POST}: the picture": call(POST, json=PLAIN, headers={"accept": "image/png"}),
        QUICKCHART: call(QUICKCHART, query="text=x&size=20"),
        f"{QUICKCHART}: refused": call(QUICKCHART),
        GOQR: call(GOQR, query="data=x&format=svg"),
        f"{GOQR}: refused": call(GOQR),
        CHART: call(CHART, query="cht=qr&chs=200x200&chl=x"),
        BATCH: call(BATCH, json={"codes": [PLAIN]}),
        f"{BATCH}: compressed": call(BATCH, json={"codes": [PLAIN] * 20}, headers=gzip),
        VALIDATE: call(VALIDATE, json=PLAIN),
        READ: call(READ, body=base64.b64decode(call(POST, json=STYLED).json["data"])),
        STATS: call(STATS),
        WARM: call(WARM, json={"patterns": ["a"]}),
        CLEAR: call(CLEAR),
    }
    found = {
        name: {header: value if header in FIXED else "present" for header, value in each.headers.items()}
        for name, each in answers.items()
    }
    assert_frozen("response headers", found)


FIXED = (
    "Cache-Control",
    "Content-Encoding",
    "Content-Security-Policy",
    "Content-Type",
    "Vary",
    "X-Content-Type-Options",
)
"""The headers whose value is the same each time."""


class Asked(dict[str, str]):
    """Headers of a request that note which of them are read."""

    def __init__(self, values: dict[str, str], asked: set[str]) -> None:
        super().__init__(values)
        self.asked = asked

    def get(self, name: str, default: Any = None) -> Any:
        self.asked.add(name)
        return super().get(name, default)


def test_request_headers() -> None:
    asked: set[str] = set()
    for route, parts, status in (
        (GET, {"query": PLAIN}, 200),
        (GET, {"query": {}}, 400),
        (POST, {"body": json.dumps(PLAIN)}, 200),
        (BATCH, {"body": json.dumps({"codes": [PLAIN]})}, 200),
        (VALIDATE, {"body": json.dumps(PLAIN)}, 200),
        (STATS, {}, 200),
    ):
        event = event_v2(route, **parts)
        event["headers"] = Asked({"host": "example.com"}, asked)
        assert answer(HANDLERS[FUNCTION_OF.get(route, "generate")](event, None)).status == status
    assert_frozen("request headers", sorted(asked))


def test_dimensions_of_metrics(call: Call, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    first = call(GET, query=PLAIN)
    call(GET, query=PLAIN)
    call(GET, query={**PLAIN, "cache": "false"})
    call(GET, query=PLAIN, headers={"if-none-match": first.headers["ETag"]})
    call(GET)
    call(VALIDATE, json=PLAIN)
    call(STATS)
    call(CLEAR)
    call(WARM, json={"patterns": ["a"]})
    monkeypatch.setattr("qr_engine.api.routes.validate.plan", None)
    assert call(VALIDATE, json=PLAIN).status == 500
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith('{"_aws"')]
    found = {name: sorted({line[name] for line in lines}) for name in ("route", "outcome", "service")}
    # The one that needs a Redis is added.
    found["outcome"] = sorted({*found["outcome"], "redis"})
    assert_frozen("metric dimensions", found)
