"""A bucket for assets, with moto in the place of AWS."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest
from moto import mock_aws

from qr_engine import config
from qr_engine.logo import assets

__all__ = ["BUCKET", "IDENTITY", "Clock", "assets_bucket"]

BUCKET = "brand"
IDENTITY = {
    "ASSETS_BUCKET": BUCKET,
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
}


class Clock:
    """A clock that only goes on when it is told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def assets_bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An execution environment with a bucket; what comes is the client that puts objects into it."""
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    config.settings.cache_clear()
    assets._of.cache_clear()
    with mock_aws():
        client = boto3.client("s3", region_name="eu-central-1")
        client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        yield client
    config.settings.cache_clear()
    assets._of.cache_clear()
