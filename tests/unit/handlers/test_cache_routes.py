from __future__ import annotations

import pytest

from qr_engine.errors import InvalidRequest

from .conftest import HANDLERS, Call

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
    assert call(CLEAR).json == {"success": True, "pattern": "*", "count": 1}
    stats = call(STATS).json["stats"]
    assert (stats["total_keys"], stats["hits"], stats["misses"]) == (0, 1, 1)
    assert call(POST, json={"data": "x"}).json["cached"] is False


@pytest.mark.parametrize("where", ["body", "query"])
def test_clear_removes_what_matches_the_pattern(call: Call, where: str):
    for data in ("https://old.example.com/a", "https://old.example.com/b", "https://new.example.com/"):
        call(POST, json={"data": data})
    pattern = "https://old.example.com/*"
    found = call(CLEAR, **({"json": {"pattern": pattern}} if where == "body" else {"query": {"pattern": pattern}}))
    assert found.json == {"success": True, "pattern": pattern, "count": 2}
    assert call(POST, json={"data": "https://new.example.com/"}).json["cached"] == "memory"


@pytest.mark.parametrize(
    "parts",
    [
        {"json": {"pattern": ""}},
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
    found = call(WARM, json={"patterns": ["test1", {"data": "test2", "format": "png"}]}).json
    assert found["success"] is True
    assert found["count"] == 2
    assert [result["outcome"] for result in found["results"]] == ["stored", "stored"]
    assert call(POST, json={"data": "test1"}).json["cached"] == "memory"
    assert call(POST, json={"data": "test2", "format": "png"}).json["cached"] == "memory"


def test_warming_again_finds_it_present_and_counts_no_lookup(call: Call):
    call(WARM, json={"patterns": ["test1"]})
    assert call(WARM, json={"patterns": ["test1"]}).json["results"] == [{"pattern": "test1", "outcome": "present"}]
    stats = call(STATS).json["stats"]
    assert (stats["hits"], stats["misses"], stats["sets"]) == (0, 0, 1)


def test_one_bad_pattern_never_stops_the_others(call: Call):
    found = call(WARM, json={"patterns": ["", "good", {"data": "x", "size": 1}]}).json
    assert [result["outcome"] for result in found["results"]] == ["failed", "stored", "failed"]
    assert found["results"][2]["problem"]["errors"][0]["path"] == "size"
    assert found["count"] == 1


@pytest.mark.parametrize("body", ['{"patterns": []}', "{}", '{"patterns": "test"}', '{"patterns": [1]}', ""])
def test_a_warm_without_patterns_is_a_400(call: Call, body: str):
    assert call(WARM, body=body).status == 400


def test_a_direct_invocation_takes_and_gives_the_plain_body():
    assert HANDLERS["warm"]({"patterns": ["test1"]}, None) == {
        "success": True,
        "count": 1,
        "results": [{"pattern": "test1", "outcome": "stored"}],
    }


def test_a_direct_invocation_with_nothing_to_warm_fails():
    with pytest.raises(InvalidRequest, match="patterns"):
        HANDLERS["warm"]({"patterns": []}, None)
