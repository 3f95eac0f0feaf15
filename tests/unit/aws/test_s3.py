from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from tests.s3_server import S3Server, s3_server

from qr_engine.aws import s3
from qr_engine.aws.s3 import S3Error, get_object, list_keys
from qr_engine.config.aws_identity import AwsIdentity

BUCKET = "brand"
NOWHERE = AwsIdentity("eu-central-1", None, None, None, None, None)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Server]:
    with s3_server() as server:
        for name, value in server.variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(s3, "_regions", {})
        server.create_bucket(Bucket=BUCKET)
        yield server


def put(bucket: S3Server, key: str, body: bytes) -> None:
    bucket.put_object(Bucket=BUCKET, Key=key, Body=body)


def test_an_object_comes_with_its_etag_and_only_if_it_has_changed(bucket: S3Server):
    put(bucket, "a/b.json", b"one")
    found = get_object(BUCKET, "a/b.json", most=10)
    assert found is not None
    assert found[0] == b"one"
    assert get_object(BUCKET, "a/b.json", most=10, etag=found[1]) is None
    put(bucket, "a/b.json", b"two")
    assert get_object(BUCKET, "a/b.json", most=10, etag=found[1]) not in (None, found)


def test_no_more_is_read_than_is_asked_for(bucket: S3Server):
    put(bucket, "large", bytes(300_000))
    assert [len((get_object(BUCKET, "large", most=most) or (b"", ""))[0]) for most in (10, 299_999, 300_000)] == [
        11,
        300_000,
        300_000,
    ]


def test_keys_are_listed_in_one_folder_only(bucket: S3Server):
    for key in ("styles/b.json", "styles/a.json", "styles/old/c.json", "logo.svg", "styles.json"):
        put(bucket, key, b"{}")
    assert list_keys(BUCKET, "styles/") == ["styles/a.json", "styles/b.json"]


@pytest.mark.parametrize(
    ("bucket_name", "key", "code"), [(BUCKET, "none", "NoSuchKey"), ("other", "x", "NoSuchBucket")]
)
def test_what_s3_refuses_it_names(bucket: S3Server, bucket_name: str, key: str, code: str):
    with pytest.raises(S3Error) as raised:
        get_object(bucket_name, key, most=10)
    assert raised.value.code == code
    assert len(bucket.requests) == 1


def test_a_fault_of_the_server_is_tried_again(bucket: S3Server):
    bucket.fault = (503, "SlowDown")
    with pytest.raises(S3Error, match="SlowDown"):
        get_object(BUCKET, "x", most=10)
    assert len(bucket.requests) == s3.ATTEMPTS


def test_a_bucket_of_another_region_is_found_and_remembered(bucket: S3Server):
    put(bucket, "x", b"there")
    bucket.region = "us-west-2"
    for asked in (2, 3):
        assert (get_object(BUCKET, "x", most=10) or (b"",))[0] == b"there"
        assert len(bucket.requests) == asked


def test_wrong_keys_are_told(bucket: S3Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    with pytest.raises(S3Error, match="SignatureDoesNotMatch"):
        get_object(BUCKET, "x", most=10)


@pytest.mark.parametrize(
    ("name", "region", "url"),
    [
        ("brand", "eu-central-1", "https://brand.s3.eu-central-1.amazonaws.com"),
        ("brand", "cn-north-1", "https://brand.s3.cn-north-1.amazonaws.com.cn"),
        ("brand.example.com", "eu-central-1", "https://s3.eu-central-1.amazonaws.com/brand.example.com"),
    ],
)
def test_a_bucket_has_a_host_of_its_own_unless_no_certificate_covers_it(name: str, region: str, url: str):
    place = s3._Place.of(name, region, NOWHERE)
    assert f"{place.scheme}://{place.host}{place.prefix}" == url


def test_one_that_answers_too_slowly_is_given_up(monkeypatch: pytest.MonkeyPatch):
    """A server that sends a byte now and then, each within the timeout of a read."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def trickle() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            while not stop.wait(0.01):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    thread = threading.Thread(target=trickle)
    thread.start()
    for name, value in {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{listener.getsockname()[1]}")
    try:
        with pytest.raises(S3Error, match="TimeoutError"):
            get_object(BUCKET, "x", most=2_000_000, seconds=0.2)
    finally:
        stop.set()
        thread.join()
        listener.close()


def test_an_answer_that_breaks_off_is_no_object(monkeypatch: pytest.MonkeyPatch):
    listener = socket.create_server(("127.0.0.1", 0))

    def break_off() -> None:
        for _ in range(s3.ATTEMPTS):
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")

    thread = threading.Thread(target=break_off)
    thread.start()
    for name, value in {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{listener.getsockname()[1]}")
    with pytest.raises(S3Error, match="IncompleteRead"):
        get_object(BUCKET, "x", most=100)
    thread.join()
    listener.close()
