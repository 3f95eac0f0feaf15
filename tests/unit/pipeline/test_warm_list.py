from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.s3_server import S3Server, s3_server

from qr_engine.errors import ListUnavailable
from qr_engine.pipeline.warm_list import MAX_BYTES, MAX_LINES, read_list


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Server]:
    with s3_server() as server:
        for name, value in server.variables.items():
            monkeypatch.setenv(name, value)
        server.create_bucket(Bucket="lists")
        yield server


def test_a_list_in_s3_has_the_version_of_its_object(bucket: S3Server):
    bucket.put_object(Bucket="lists", Key="shop/to warm.jsonl", Body=b'"one"\n')
    found = read_list("s3://lists/shop/to warm.jsonl")
    assert found.lines == [(1, b'"one"')]
    bucket.put_object(Bucket="lists", Key="shop/to warm.jsonl", Body=b'"two"\n')
    assert read_list("s3://lists/shop/to warm.jsonl").version != found.version


def test_one_that_is_not_there_says_what_s3_says(bucket: S3Server):
    with pytest.raises(ListUnavailable, match=r"s3://lists/nothing cannot be read: NoSuchKey"):
        read_list("s3://lists/nothing")


def test_a_list_in_a_file_is_read_without_s3(tmp_path: Path):
    path = tmp_path / "my list.jsonl"
    path.write_text('"one"\n\n{"data": "two"}\n', encoding="utf-8")
    found = read_list(f"file://{tmp_path}/my%20list.jsonl")
    assert found.lines == [(1, b'"one"'), (3, b'{"data": "two"}')]
    path.write_text('"one"\n', encoding="utf-8")
    assert read_list(f"file://{tmp_path}/my%20list.jsonl").version != found.version


@pytest.mark.parametrize("name", ["nothing", "folder", "pipe", "long", "large", "with%00nothing"])
def test_a_file_that_is_no_list_is_unavailable(tmp_path: Path, name: str):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "long").write_bytes(b"\n" * (MAX_LINES + 1))
    (tmp_path / "large").write_bytes(bytes(MAX_BYTES + 1))
    with pytest.raises(ListUnavailable, match=name):
        read_list(f"file://{tmp_path}/{name}")
