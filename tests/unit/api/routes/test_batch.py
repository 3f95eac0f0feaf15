from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import pytest

from .conftest import HANDLERS, Call, answer, event_v1, event_v2, read_png

BATCH = "POST /api/qr/batch"


def test_every_item_of_a_batch_is_drawn(call: Call):
    codes = [{"id": f"item-{number}", "data": f"text {number}", "format": "png"} for number in range(50)]
    payload = call(BATCH, json={"codes": codes}).json
    assert payload["success"] is True
    assert payload["summary"] == {"total": 50, "succeeded": 50, "failed": 0, "skipped": 0, "cached": 0}
    for number, result in enumerate(payload["results"]):
        assert (result["index"], result["id"]) == (number, f"item-{number}")
        assert read_png(base64.b64decode(result["data"])) == f"text {number}"


def test_a_bad_item_never_fails_the_rest(call: Call):
    codes = [{"data": "a"}, {"data": "b", "size": 1}, {"data": "c" * 3000}, {"data": "a"}]
    payload = call(BATCH, json={"codes": codes}).json
    assert [result["success"] for result in payload["results"]] == [True, False, False, True]
    assert payload["results"][1]["problem"]["errors"][0]["path"] == "size"
    assert payload["results"][2]["problem"]["status"] == 413
    assert payload["success"] is False
    assert payload["summary"] == {"total": 4, "succeeded": 2, "failed": 2, "skipped": 0, "cached": 1}


def test_stop_on_error_leaves_the_rest_undone_and_says_so(call: Call):
    codes = [{"data": "a"}, {"data": ""}, {"id": "third", "data": "c"}]
    payload = call(BATCH, json={"codes": codes, "options": {"stop_on_error": True}}).json
    assert payload["results"][2] == {"index": 2, "id": "third", "success": False, "skipped": True}
    assert payload["summary"]["skipped"] == 1


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "codes"),
        ({"codes": []}, "codes"),
        ({"codes": [{"data": "x"}] * 51}, "codes"),
        ({"codes": [1]}, "codes[0]"),
        ({"codes": [{"data": "x"}], "options": {"stop": True}}, "options.stop"),
    ],
)
def test_a_batch_of_the_wrong_shape_gets_a_problem(call: Call, body: dict[str, Any], path: str):
    response = call(BATCH, json=body)
    assert response.status == 400
    assert response.json["errors"][0]["path"] == path


@pytest.mark.parametrize("identity", ["", "x" * 129, 5])
def test_an_unusable_id_fails_its_item_alone(call: Call, identity: object):
    payload = call(BATCH, json={"codes": [{"id": identity, "data": "x"}, {"data": "y"}]}).json
    assert payload["results"][0]["problem"]["errors"][0]["path"] == "id"
    assert payload["results"][1]["success"] is True


def test_an_answer_stays_below_what_lambda_can_return(call: Call):
    codes = [{"data": f"{number}" * 1270, "format": "json", "version": 40} for number in range(10, 60)]
    response = call(BATCH, json={"codes": codes})
    assert len(response.body) < 6 * 1024 * 1024
    statuses = {result["problem"]["status"] for result in response.json["results"] if not result["success"]}
    assert statuses <= {413}
    assert response.json["summary"]["total"] == 50


def test_a_picture_that_no_batch_can_hold_says_which_size_fits(call: Call, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("qr_engine.api.routes.batch.PICTURES_LIMIT", 60_000)
    large = {"data": "x", "format": "jpeg", "size": 2048}
    (result,) = call(BATCH, json={"codes": [large]}).json["results"]
    problem = result["problem"]
    assert (problem["status"], problem["limit"], problem["errors"][0]["path"]) == (413, 60_000, "size")
    fitting = {**large, "size": problem["errors"][0]["suggestion"]}
    assert call(BATCH, json={"codes": [fitting]}).json["summary"]["succeeded"] == 1


def test_a_batch_that_takes_too_long_says_which_codes_to_ask_for_again():
    class Hurry:
        """The context of an invocation that has a second less at each look."""

        left = 9_000

        def get_remaining_time_in_millis(self) -> int:
            self.left -= 1_000
            return self.left

    event = event_v2(BATCH, body=json.dumps({"codes": [{"data": f"text {number}"} for number in range(20)]}))
    results = answer(HANDLERS["generate"](event, Hurry())).json["results"]
    successes = [result["success"] for result in results]
    assert successes == sorted(successes, reverse=True)
    assert 0 < sum(successes) < 20
    assert {result["problem"]["code"] for result in results if not result["success"]} == {"too_much_data"}


FIFTY = {"codes": [{"data": f"text {number}"} for number in range(50)]}
ACCEPTING = {"accept-encoding": "gzip"}


def test_a_large_answer_is_compressed_for_a_client_that_takes_it(call: Call):
    whole = call(BATCH, json=FIFTY)
    pressed = call(BATCH, json=FIFTY, headers=ACCEPTING)
    assert pressed.headers["Content-Encoding"] == "gzip"
    assert len(pressed.body) < len(whole.body) / 5
    unzipped = json.loads(gzip.decompress(pressed.body))
    assert [result["data"] for result in unzipped["results"]] == [result["data"] for result in whole.json["results"]]
    assert {whole.headers["Vary"], pressed.headers["Vary"]} == {"Accept-Encoding"}
    assert "Content-Encoding" not in whole.headers


@pytest.mark.parametrize(
    "codes",
    [
        [{"data": "x"}],
        [{"data": f"text {number}", "format": "png"} for number in range(50)],
        [{"data": f"text {number}", "format": "png" if number % 5 else "svg"} for number in range(50)],
    ],
    ids=["small", "base64", "mostly base64"],
)
def test_what_is_small_or_mostly_in_base64_is_sent_as_it_is(call: Call, codes: list[dict[str, Any]]):
    assert "Content-Encoding" not in call(BATCH, json={"codes": codes}, headers=ACCEPTING).headers


def test_a_rest_api_gets_its_answer_as_text(call: Call):
    event = event_v1(BATCH, body=json.dumps(FIFTY), headers={"Accept-Encoding": "gzip"})
    assert answer(HANDLERS["generate"](event, None)).json["success"] is True


@pytest.mark.parametrize("route", [BATCH, "POST /api/qr/cache/warm"])
def test_an_answer_full_of_problems_stays_below_what_lambda_can_return(call: Call, route: str):
    bad = {f"field{number}": 1 for number in range(500)}
    response = call(route, json={"codes": [bad] * 50} if route == BATCH else {"patterns": [bad] * 90})
    assert response.status == 200
    assert len(response.body) < 2 * 1024 * 1024


def test_no_logo_is_looked_at_when_the_time_is_over():
    class Late:
        """The context of an invocation that is about to end."""

        def get_remaining_time_in_millis(self) -> int:
            return 4_000

    codes = [{"data": "x", "logo": {"data": "AAAA"}}, {"data": "x", "logo": {"asset": "brand/logo.svg"}}, {"data": ""}]
    results = answer(HANDLERS["generate"](event_v2(BATCH, body=json.dumps({"codes": codes})), Late())).json["results"]
    assert [result["problem"]["code"] for result in results] == ["too_much_data", "too_much_data", "invalid_request"]
    assert "no time left" in results[0]["problem"]["detail"]


def test_the_pictures_of_a_batch_share_the_room_of_the_answer(call: Call, monkeypatch: pytest.MonkeyPatch):
    one = len(call(BATCH, json={"codes": [{"data": "a"}]}).json["results"][0]["data"])
    monkeypatch.setattr("qr_engine.api.routes.batch.PICTURES_LIMIT", 2 * one + one // 2)
    results = call(BATCH, json={"codes": [{"data": "a"}, {"data": "a"}, {"data": "a"}]}).json["results"]
    assert [result["success"] for result in results] == [True, True, False]
    assert results[2]["problem"]["code"] == "too_much_data"


def test_a_text_stands_for_a_request_with_the_defaults(call: Call):
    answer = call(BATCH, json={"codes": ["https://example.com", {"data": "https://example.com"}]}).json
    first, second = answer["results"]
    assert (first["success"], first["etag"]) == (True, second["etag"])


def test_an_empty_text_is_refused_in_its_place(call: Call):
    answer = call(BATCH, json={"codes": ["", "x"]}).json
    assert [result["success"] for result in answer["results"]] == [False, True]
    assert answer["results"][0]["problem"]["errors"][0]["path"] == "data"
