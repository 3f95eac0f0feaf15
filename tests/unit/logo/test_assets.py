"""Logos in S3."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.s3_server import IDENTITY, S3Server
from tests.unit.logo.buckets import BUCKET, Clock, assets_bucket, forget_assets, held_bytes
from tests.unit.logo.pictures import svg

from qr_engine import config
from qr_engine.assets import FRESH_SECONDS
from qr_engine.errors import AssetNotFound, AssetUnavailable, InvalidRequest, Problem
from qr_engine.logo import assets
from qr_engine.logo.assets import HELD_BYTES, asset
from qr_engine.logo.model import MAX_BYTES


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(assets, "monotonic", found)
    return found


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Server]:
    """A bucket for assets, in which objects can be put."""
    with assets_bucket(monkeypatch) as client:
        yield client


def put(client: S3Server, body: bytes, key: str = "logo.svg") -> None:
    client.put_object(Bucket=BUCKET, Key=key, Body=body)


def refusal_of(key: str = "logo.svg") -> Problem:
    with pytest.raises(Problem) as raised:
        asset(key)
    assert [issue.path for issue in raised.value.issues] == ["logo.asset"]
    return raised.value


def test_an_asset_is_an_object_of_the_bucket(bucket: S3Server) -> None:
    put(bucket, svg(), "brand/2026/logo.svg")
    assert asset("brand/2026/logo.svg") == svg()


def test_an_asset_that_is_not_there_is_a_404(bucket: S3Server) -> None:
    assert isinstance(refusal_of("nothing.svg"), AssetNotFound)


def test_without_a_bucket_an_asset_is_a_400(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASSETS_BUCKET", raising=False)
    config.settings.cache_clear()
    assert isinstance(refusal_of(), InvalidRequest)


def test_a_bucket_that_is_not_there_is_a_503(bucket: S3Server) -> None:
    bucket.delete_bucket(Bucket=BUCKET)
    assert isinstance(refusal_of(), AssetUnavailable)


def test_an_s3_that_does_not_answer_is_a_503(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**IDENTITY, "ASSETS_BUCKET": BUCKET, "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:1"}.items():
        monkeypatch.setenv(name, value)
    forget_assets()
    assert isinstance(refusal_of(), AssetUnavailable)
    forget_assets()


@pytest.mark.parametrize("fault", [(503, "SlowDown"), (500, "InternalError"), (400, "ExpiredToken")])
def test_what_s3_cannot_do_now_is_a_503_until_it_can(bucket: S3Server, fault: tuple[int, str]) -> None:
    put(bucket, b"one")
    bucket.fault = fault
    found = refusal_of()
    assert isinstance(found, AssetUnavailable)
    assert fault[1] in found.detail
    bucket.fault = None
    assert asset("logo.svg") == b"one"


def test_while_the_bucket_fails_the_last_one_is_kept(bucket: S3Server, clock: Clock) -> None:
    put(bucket, b"one")
    asset("logo.svg")
    bucket.fault = (503, "SlowDown")
    clock.now += FRESH_SECONDS
    assert asset("logo.svg") == b"one"
    asked = len(bucket.requests)
    assert asset("logo.svg") == b"one"
    assert len(bucket.requests) == asked
    bucket.fault = None
    put(bucket, b"two")
    clock.now += FRESH_SECONDS
    assert asset("logo.svg") == b"two"


def test_an_object_that_is_too_large_is_refused_and_not_held(bucket: S3Server) -> None:
    put(bucket, bytes(MAX_BYTES + 1))
    found = refusal_of()
    assert isinstance(found, InvalidRequest)
    assert found.issues[0].limit == {"max_bytes": MAX_BYTES}
    assert held_bytes() == 0


def test_the_largest_one_is_taken(bucket: S3Server) -> None:
    put(bucket, bytes(MAX_BYTES))
    assert len(asset("logo.svg")) == MAX_BYTES


def test_an_asset_is_asked_for_once_a_minute(bucket: S3Server, clock: Clock) -> None:
    put(bucket, b"one")
    assert asset("logo.svg") == b"one"
    put(bucket, b"two")
    clock.now += FRESH_SECONDS - 1
    assert asset("logo.svg") == b"one"
    clock.now += 1
    assert asset("logo.svg") == b"two"


def test_one_that_has_not_changed_is_not_sent_again(bucket: S3Server, clock: Clock) -> None:
    put(bucket, b"one")
    first = asset("logo.svg")
    clock.now += FRESH_SECONDS
    assert asset("logo.svg") is first
    put(bucket, b"two")
    clock.now += FRESH_SECONDS - 1
    assert asset("logo.svg") is first


def test_one_that_is_gone_is_not_served_any_longer(bucket: S3Server, clock: Clock) -> None:
    put(bucket, b"one")
    asset("logo.svg")
    bucket.delete_object(Bucket=BUCKET, Key="logo.svg")
    clock.now += FRESH_SECONDS
    assert isinstance(refusal_of(), AssetNotFound)
    assert held_bytes() == 0


def test_what_is_held_is_bounded(bucket: S3Server) -> None:
    for number in range(HELD_BYTES // MAX_BYTES + 2):
        put(bucket, bytes(MAX_BYTES), f"{number}.png")
        asset(f"{number}.png")
    assert held_bytes() == HELD_BYTES
