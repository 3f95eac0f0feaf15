from __future__ import annotations

import sys

import pytest

from qr_engine.errors import ListUnavailable
from qr_engine.pipeline.warm_list import read_list


def test_without_boto3_the_list_is_unavailable_and_the_message_says_what_is_missing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(ListUnavailable, match=r"s3://bucket/key needs boto3 .* pip install boto3"):
        read_list("s3://bucket/key")
