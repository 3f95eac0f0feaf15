from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.unit.logo.buckets import BUCKET, Clock, assets_bucket
from tests.unit.logo.pictures import picture, svg

from qr_engine.errors import InvalidRequest
from qr_engine.logo import assets
from qr_engine.pipeline.engine import engine
from qr_engine.pipeline.keyed_request import KeyedRequest
from qr_engine.request import canonical_bytes, canonical_request, parse

from .conftest import Call, read_png

GET = "GET /api/qr/generate"
ASKED = {"data": "https://example.com", "format": "png", "logo.asset": "brand/logo.svg"}
RED, BLUE = (svg(f'<circle cx="5" cy="5" r="5" fill="{color}"/>', 'viewBox="0 0 10 10"') for color in ("red", "blue"))


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch, environment: None) -> Iterator[Any]:
    with assets_bucket(monkeypatch) as client:
        yield client


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(assets, "monotonic", found)
    return found


def put(bucket: Any, body: bytes) -> None:
    bucket.put_object(Bucket=BUCKET, Key="brand/logo.svg", Body=body)


def test_an_asset_is_drawn_and_kept_for_a_minute_by_caches_on_the_way(call: Call, bucket: Any):
    put(bucket, RED)
    response = call(GET, query=ASKED)
    assert read_png(response.body) == "https://example.com"
    assert response.headers["Cache-Control"] == "public, max-age=60"


def test_an_asset_that_was_replaced_makes_another_picture(call: Call, bucket: Any, clock: Clock):
    put(bucket, RED)
    first = call(GET, query=ASKED)
    put(bucket, BLUE)
    clock.now += assets.FRESH_SECONDS
    second = call(GET, query=ASKED, headers={"if-none-match": first.headers["ETag"]})
    assert (second.status, second.headers["X-Cache"]) == (200, "miss")
    assert second.body != first.body


def test_an_asset_that_is_not_there_is_a_404_that_names_it(call: Call, bucket: Any):
    response = call(GET, query=ASKED)
    assert (response.status, response.json["code"]) == (404, "asset_not_found")
    assert [issue["path"] for issue in response.json["errors"]] == ["logo.asset"]


def test_without_a_bucket_it_is_a_400(call: Call):
    response = call(GET, query=ASKED)
    assert (response.status, [issue["path"] for issue in response.json["errors"]]) == (400, ["logo.asset"])


def test_an_asset_that_is_no_picture_is_a_400_that_names_it(call: Call, bucket: Any):
    put(bucket, b"%PDF-1.7")
    response = call(GET, query=ASKED)
    assert (response.status, [issue["path"] for issue in response.json["errors"]]) == (400, ["logo.asset"])


def test_a_batch_goes_on_past_an_asset_that_is_not_there(call: Call, bucket: Any):
    codes = [{"data": "x", "logo": {"asset": "nothing.png"}}, {"data": "y"}]
    payload = call("POST /api/qr/batch", json={"codes": codes}).json
    assert [result["success"] for result in payload["results"]] == [False, True]
    assert payload["results"][0]["problem"]["code"] == "asset_not_found"


def test_a_request_from_its_canonical_form_finds_its_asset(call: Call, bucket: Any):
    put(bucket, picture(size=(40, 40)))
    request = parse({"data": "x", "logo": {"asset": "brand/logo.svg"}})[1]
    again = canonical_request(canonical_bytes(request))
    engine().draw_and_store(KeyedRequest.of(again))
    assert engine().generate(request).source == "memory"


def test_a_request_whose_asset_was_replaced_is_not_drawn_again(bucket: Any, clock: Clock):
    put(bucket, svg('<path d="M0 0h10v5H0z" fill="#123"/>'))
    again = canonical_request(canonical_bytes(parse({"data": "x", "logo": {"asset": "brand/logo.svg"}})[1]))
    put(bucket, BLUE)
    clock.now += assets.FRESH_SECONDS
    with pytest.raises(InvalidRequest, match="has been replaced"):
        engine().draw_and_store(KeyedRequest.of(again))
