"""Styles as files: which are taken, what is said of others, and when they are read."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from tests.s3_server import S3Server
from tests.unit.logo.buckets import BUCKET, Clock, assets_bucket

from qr_engine.assets import FRESH_SECONDS
from qr_engine.errors import BrokenStyle, InvalidRequest, Problem, StyleNotFound, StyleUnavailable
from qr_engine.request import named_style
from qr_engine.request.named_style import HELD_STYLES, RETRY_SECONDS, find_style, list_styles


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Server]:
    with assets_bucket(monkeypatch) as server:
        yield server


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(named_style, "monotonic", found)
    return found


def put(bucket: S3Server, content: Any, name: str = "acme") -> None:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    bucket.put_object(Bucket=BUCKET, Key=f"styles/{name}.json", Body=body)


def pick(line: logging.LogRecord, *names: str) -> tuple[Any, ...]:
    return tuple(getattr(line, name) for name in names)


def problem_of(name: Any = "acme") -> Problem:
    with pytest.raises(Problem) as raised:
        find_style(name)
    return raised.value


def test_a_style_has_the_fields_of_its_file(bucket: S3Server):
    put(bucket, {"eye-shape": "rounded-square", "size": 400.0, "title": None})
    style = find_style("acme")
    assert style.fields == {"eye_shape": "rounded_square", "size": 400}
    assert style.locks == ()


def test_its_digest_is_that_of_its_fields(bucket: S3Server, clock: Clock):
    digests = []
    for content in (
        {"size": 400, "margin": 2},
        b'{ "margin": 2,\n "size": 400 }',
        {"size": 400, "margin": 2, "lock": True},
        {"size": 401, "margin": 2},
    ):
        put(bucket, content)
        digests.append(find_style("acme").digest)
        clock.now += FRESH_SECONDS
    assert digests[0] == digests[1] == digests[2] != digests[3]


@pytest.mark.parametrize(
    ("lock", "locks"),
    [
        (True, ["colors", "gradient", "background_gradient", "eye_gradient", "data_pattern"]),
        (False, []),
        (["size", "logo"], ["size", "logo"]),
        (["colors.foreground"], ["colors.foreground", "gradient"]),
        (["eye_border_style"], ["eye_border_style", "eye_shape", "readers"]),
        (["logo.asset"], ["logo.asset", "logo.data"]),
        (["colors.eye_center"], ["colors.eye_center", "colors.per_eye", "eye_gradient"]),
        (["eye_gradient"], ["eye_gradient", "colors.eye_border", "colors.eye_center", "colors.per_eye"]),
    ],
    ids=str,
)
def test_a_lock_covers_what_would_be_drawn_in_its_place(bucket: S3Server, lock: Any, locks: list[str]):
    fields = {"colors": {"foreground": "navy"}, "data_pattern": "dots", "size": 400, "format": "png", "margin": 2}
    put(bucket, {**fields, "lock": lock})
    assert sorted(find_style("acme").locks) == sorted(locks)


@pytest.mark.parametrize(
    ("content", "field", "message"),
    [
        ({"size": 3}, "size", "from 16 to 4096"),
        ({"colors": {"foreground": "nave"}}, "colors.foreground", "navy"),
        ({"colour": "navy"}, "colour", "not a known field"),
        ({"data": "x"}, "data", "left out of a style"),
        ({"verify": False}, "verify", "left out of a style"),
        ({"cache": False}, "cache", "left out of a style"),
        ({"style": "other"}, "style", "left out of a style"),
        ({"gradient": {"type": "linear"}}, "gradient", "either colors or stops"),
        ({"logo": {"size": 20}}, "logo", "either data or asset"),
        ({"title": "null"}, "", "null"),
        ({"lock": "size"}, "lock", "true or false, or a list"),
        ({"lock": ["colours.foreground"]}, "lock[0]", "the name of a field"),
        ({"lock": ["data"]}, "lock[0]", "the name of a field"),
        ({"lock": [True]}, "lock[0]", "the name of a field"),
        (b'{"size": 3, "size": 4}', "", "The file is not valid JSON"),
        (b"[]", "", "The file must be a JSON object"),
        (b"", "", "The file must be a JSON object"),
        (b'{"title": "\xff"}', "", "UTF-8"),
        (b" " * (64 * 1024 + 1), "", "at most 65536 bytes"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_file_that_is_none_of_a_style_is_told_by_field(
    bucket: S3Server, caplog: pytest.LogCaptureFixture, content: Any, field: str, message: str
):
    put(bucket, content)
    problem = problem_of()
    assert isinstance(problem, BrokenStyle)
    assert problem.issues[0].path == (f"style.{field}" if field else "style")
    assert message in problem.issues[0].message
    assert problem.detail.startswith("styles/acme.json: ")
    problem_of()
    assert [(line.message, *pick(line, "file", "field")) for line in caplog.records] == [
        ("a style cannot be used", "styles/acme.json", field)
    ]


def test_every_fault_of_a_file_is_told(bucket: S3Server):
    put(bucket, {"size": 3, "lock": 1, "cache": True, "colors": {"foreground": "nave"}})
    assert [issue.path for issue in problem_of().issues] == [
        "style.cache",
        "style.size",
        "style.colors.foreground",
        "style.lock",
    ]


def test_a_style_is_read_once_a_minute_at_most(bucket: S3Server, clock: Clock):
    put(bucket, {"size": 400})
    first = find_style("acme")
    put(bucket, {"size": 500})
    clock.now += FRESH_SECONDS - 1
    assert find_style("acme") is first
    assert len(bucket.requests) == 1
    clock.now += 1
    assert find_style("acme").fields == {"size": 500}
    clock.now += FRESH_SECONDS
    assert find_style("acme").fields == {"size": 500}
    assert len(bucket.requests) == 3


def test_one_that_is_not_there_is_not_asked_for_again_within_the_minute(bucket: S3Server, clock: Clock):
    assert isinstance(problem_of(), StyleNotFound)
    put(bucket, {"size": 400})
    assert isinstance(problem_of(), StyleNotFound)
    assert len(bucket.requests) == 1
    clock.now += FRESH_SECONDS
    assert find_style("acme").fields == {"size": 400}


def test_one_that_is_gone_is_not_drawn_any_longer(bucket: S3Server, clock: Clock):
    put(bucket, {"size": 400})
    find_style("acme")
    bucket.delete_object(Bucket=BUCKET, Key="styles/acme.json")
    clock.now += FRESH_SECONDS
    assert isinstance(problem_of(), StyleNotFound)


def test_while_the_bucket_fails_the_last_good_one_is_kept(
    bucket: S3Server, clock: Clock, caplog: pytest.LogCaptureFixture
):
    put(bucket, {"size": 400})
    first = find_style("acme")
    put(bucket, {"size": 500})
    bucket.fault = (503, "SlowDown")
    clock.now += FRESH_SECONDS
    assert find_style("acme").fields == first.fields
    (line,) = caplog.records
    assert (line.levelname, line.message) == ("WARNING", "styles cannot be read")
    assert pick(line, "file", "detail") == ("styles/acme.json", "S3 does not return the asset: SlowDown.")
    asked = len(bucket.requests)
    find_style("acme")
    assert len(bucket.requests) == asked
    bucket.fault = None
    clock.now += FRESH_SECONDS
    assert find_style("acme").fields == {"size": 500}


def test_one_that_was_never_read_is_tried_again_soon(bucket: S3Server, clock: Clock):
    put(bucket, {"size": 400})
    bucket.fault = (503, "SlowDown")
    assert isinstance(problem_of(), StyleUnavailable)
    asked = len(bucket.requests)
    assert isinstance(problem_of(), StyleUnavailable)
    assert len(bucket.requests) == asked
    bucket.fault = None
    clock.now += RETRY_SECONDS
    assert find_style("acme").fields == {"size": 400}


def test_a_file_that_was_mended_is_taken_after_a_minute(bucket: S3Server, clock: Clock):
    put(bucket, {"size": 3})
    assert isinstance(problem_of(), BrokenStyle)
    put(bucket, {"size": 400})
    clock.now += FRESH_SECONDS
    assert find_style("acme").fields == {"size": 400}


@pytest.mark.parametrize("name", ["", "../acme", "a/b", "a.b", "-a", "x" * 65, ["a", "b"], None, 7])
def test_a_name_is_letters_digits_hyphens_and_underscores(bucket: S3Server, name: Any):
    problem = problem_of(name)
    assert isinstance(problem, InvalidRequest)
    assert problem.issues[0].path == "style"
    assert bucket.requests == []


def test_the_names_that_are_remembered_are_bounded(bucket: S3Server):
    for number in range(HELD_STYLES + 10):
        problem_of(f"none{number}")
    assert len(named_style._held) == HELD_STYLES


def test_styles_are_listed_by_their_names(bucket: S3Server):
    for name in ("b", "acme", "old/c", "bad name"):
        put(bucket, {}, name)
    bucket.put_object(Bucket=BUCKET, Key="styles/readme.txt", Body=b"")
    assert list_styles() == ["acme", "b"]


def test_they_are_listed_once_a_minute_at_most(bucket: S3Server, clock: Clock):
    put(bucket, {}, "a")
    assert list_styles() == ["a"]
    put(bucket, {}, "b")
    assert (list_styles(), len(bucket.requests)) == (["a"], 1)
    clock.now += FRESH_SECONDS
    assert list_styles() == ["a", "b"]
    bucket.fault = (503, "SlowDown")
    clock.now += FRESH_SECONDS
    assert list_styles() == ["a", "b"]


def test_what_was_never_listed_is_a_503_and_tried_again_soon(bucket: S3Server, clock: Clock):
    bucket.fault = (403, "AccessDenied")
    for _ in range(2):
        with pytest.raises(StyleUnavailable):
            list_styles()
    assert len(bucket.requests) == 1
    bucket.fault = None
    clock.now += RETRY_SECONDS
    assert list_styles() == []
