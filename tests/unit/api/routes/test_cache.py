from __future__ import annotations

import pytest

from qr_engine.api.gateway import GATEWAY_MS, Request
from qr_engine.errors import InvalidRequest

from .conftest import HANDLERS, Call, event_v2

STATS = "GET /api/qr/cache/stats"
CLEAR = "POST /api/qr/cache/clear"
WARM = "POST /api/qr/cache/warm"
POST = "POST /api/qr/generate"


def test_stats_count_hits_and_misses_of_the_memory_tier(call: Call):
    for _ in range(4):
        call(POST, json={"data": "x"})
    stats = call(STATS).json["stats"]
    assert (stats["hits"], stats["misses"], stats["hit_rate"], stats["sets"]) == (3, 1, 75.0, 1)
    assert (stats["mode"], stats["prefix"], stats["errors"]) == ("memory", "qr_engine_v2", 0)
    assert stats["total_keys"] == 1
    assert stats["memory_bytes"] == stats["memory_tier"]["bytes"] > 0
    assert stats["memory_tier"]["entries"] == 1
    assert stats["memory_tier"]["hits"] == 3


def test_stats_of_a_new_environment_divide_by_nothing(call: Call):
    assert call(STATS).json["stats"]["hit_rate"] == 0


def test_clear_removes_everything_but_the_counters(call: Call):
    call(POST, json={"data": "x"})
    call(POST, json={"data": "x"})
    payload = call(CLEAR).json
    assert payload.pop("freed_bytes") > 0
    assert payload == {"success": True, "pattern": "*", "count": 1, "scanned": 1, "complete": True}
    stats = call(STATS).json["stats"]
    assert (stats["total_keys"], stats["hits"], stats["misses"]) == (0, 1, 1)
    assert call(POST, json={"data": "x"}).json["cached"] is False


@pytest.mark.parametrize("where", ["body", "query"])
def test_clear_removes_what_matches_the_pattern(call: Call, where: str):
    for data in ("https://old.example.com/a", "https://old.example.com/b", "https://new.example.com/"):
        call(POST, json={"data": data})
    pattern = "https://old.example.com/*"
    response = call(CLEAR, **({"json": {"pattern": pattern}} if where == "body" else {"query": {"pattern": pattern}}))
    assert (response.json["pattern"], response.json["count"], response.json["complete"]) == (pattern, 2, True)
    assert call(POST, json={"data": "https://new.example.com/"}).json["cached"] == "memory"


def test_clear_by_format_and_age(call: Call):
    for form in ("svg", "png"):
        call(POST, json={"data": "x", "format": form})
    assert call(CLEAR, json={"older_than": 3600}).json["count"] == 0
    assert call(CLEAR, query={"older_than": "3600", "format": "png"}).json["count"] == 0
    assert call(CLEAR, json={"format": "png"}).json["count"] == 1
    assert call(POST, json={"data": "x"}).json["cached"] == "memory"


def test_clear_by_age_takes_what_was_drawn_more_than_so_many_seconds_ago(call: Call, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("qr_engine.pipeline.engine.time", lambda: 5000.9)
    call(POST, json={"data": "x"})
    for now, count in ((5059.0, 0), (5060.0, 0), (5060.1, 1)):
        monkeypatch.setattr("qr_engine.api.routes.cache.time", lambda now=now: now)
        assert call(CLEAR, json={"older_than": 60}).json["count"] == count


@pytest.mark.parametrize(
    "parts",
    [
        {"json": {"older_than": -1}},
        {"json": {"older_than": "5"}},
        {"query": {"older_than": "soon"}},
        {"query": {"older_than": "null"}},
        {"query": {"format": "null"}},
        {"query": {"format": "svg"}, "json": {"older_than": "5"}},
        {"json": {"older_than": 10**400}},
        {"json": {"cursor": "nonsense"}},
        {"json": {"cursor": "0-0 "}},
        {"query": {"cursor": ""}},
        {"json": {"format": "bmp"}},
        {"json": {"pattern": ""}},
        {"json": {"pattern": None}},
        {"json": {"pattern": "x", "older_than": None}},
        {"json": {"patern": "x"}},
        {"body": "nonsense"},
        {"json": {"pattern": "a"}, "query": {"pattern": "b"}},
        {"query": "pattern=a&pattern=b"},
    ],
)
def test_a_clear_of_the_wrong_shape_removes_nothing(call: Call, parts: dict[str, object]):
    call(POST, json={"data": "x"})
    assert call(CLEAR, **parts).status == 400
    assert call(STATS).json["stats"]["total_keys"] == 1


def test_warm_draws_and_stores(call: Call):
    payload = call(WARM, json={"patterns": ["test1", {"data": "test2", "format": "png"}]}).json
    assert payload["success"] is True
    assert payload["count"] == 2
    assert [result["outcome"] for result in payload["results"]] == ["stored", "stored"]
    assert call(POST, json={"data": "test1"}).json["cached"] == "memory"
    assert call(POST, json={"data": "test2", "format": "png"}).json["cached"] == "memory"


def test_warming_again_finds_it_present_and_counts_no_lookup(call: Call):
    call(WARM, json={"patterns": ["test1"]})
    payload = call(WARM, json={"patterns": ["test1"]}).json
    assert payload["results"] == [{"pattern": "test1", "outcome": "present"}]
    assert (payload["present"], payload["complete"], payload["left"]) == (1, True, 0)
    stats = call(STATS).json["stats"]
    assert (stats["hits"], stats["misses"], stats["sets"]) == (0, 0, 1)


def test_one_bad_pattern_never_stops_the_others(call: Call):
    payload = call(WARM, json={"patterns": ["", "good", {"data": "x", "size": 1}]}).json
    assert [result["outcome"] for result in payload["results"]] == ["failed", "stored", "failed"]
    assert payload["results"][2]["problem"]["errors"][0]["path"] == "size"
    assert payload["count"] == 1


@pytest.mark.parametrize("body", ['{"patterns": []}', "{}", '{"patterns": "test"}', '{"patterns": [1]}', ""])
def test_a_warm_without_patterns_is_a_400(call: Call, body: str):
    assert call(WARM, body=body).status == 400


def test_a_pattern_of_another_kind_is_told_both_kinds_that_there_are(call: Call):
    (error,) = call(WARM, json={"patterns": ["good", 5]}).json["errors"]
    assert error == {"path": "patterns[1]", "message": "Must be a text, or an object."}


def test_a_direct_invocation_takes_and_gives_the_plain_body():
    answer = HANDLERS["warm"]({"patterns": ["test1"]}, None)
    assert (answer["success"], answer["count"]) == (True, 1)
    assert answer["results"] == [{"pattern": "test1", "outcome": "stored"}]


def test_a_direct_invocation_with_nothing_to_warm_fails():
    with pytest.raises(InvalidRequest, match="patterns"):
        HANDLERS["warm"]({"patterns": []}, None)


class Context:
    """A Lambda context in which every look at the clock costs a second."""

    def __init__(self, seconds: int) -> None:
        self.left = seconds * 1000

    def get_remaining_time_in_millis(self) -> int:
        self.left -= 1000
        return self.left


def test_a_warm_stops_before_its_time_is_up_and_says_what_is_left():
    patterns = [f"text {number}" for number in range(20)]
    first = HANDLERS["warm"]({"patterns": patterns}, Context(8))
    assert first["complete"] is False
    assert 0 < first["count"] < 20
    assert first["left"] == 20 - first["count"]
    second = HANDLERS["warm"]({"patterns": patterns}, Context(100))
    assert (second["complete"], second["present"]) == (True, first["stored"])


@pytest.mark.parametrize(("seconds", "most"), [(120, GATEWAY_MS), (8, 7000)])
def test_a_request_has_no_more_time_than_the_function_and_the_gateway_give_it(seconds: int, most: float):
    assert most - 5000 < Request(event_v2(WARM), Context(seconds)).remaining_ms() <= most


def test_the_popular_are_warmed_without_telling_what_they_encode(call: Call):
    for _ in range(3):
        call(POST, json={"data": "secret"})
    response = call(WARM, json={"popular": 5})
    assert response.json["present"] == 1
    assert set(response.json["results"][0]) == {"key", "outcome"}
    assert b"secret" not in response.body


def test_stats_name_the_popular_by_key_and_format_only(call: Call):
    for data, times in (("rare", 1), ("often", 3)):
        for _ in range(times):
            etag = call(POST, json={"data": data}).json["etag"]
    response = call(STATS)
    popular = response.json["stats"]["popular"]
    assert popular[0]["key"] == etag.strip('"')
    assert popular[0]["format"] == "svg"
    assert popular[0]["lookups"] >= popular[1]["lookups"]
    assert b"often" not in response.body
