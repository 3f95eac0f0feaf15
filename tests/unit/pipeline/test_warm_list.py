from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from qr_engine.errors import ListUnavailable
from qr_engine.pipeline.warm_list import MAX_BYTES, MAX_LINES, read_list


def test_without_boto3_the_list_is_unavailable_and_the_message_says_what_is_missing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(ListUnavailable, match=r"s3://bucket/key needs boto3 .* pip install boto3"):
        read_list("s3://bucket/key")


def test_a_list_in_a_file_is_read_without_boto3(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setitem(sys.modules, "boto3", None)
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
