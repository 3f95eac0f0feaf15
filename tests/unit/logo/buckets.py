"""A bucket for assets, in an S3 of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.s3_server import S3Server, s3_server

from qr_engine import assets as places
from qr_engine import config
from qr_engine.logo import assets
from qr_engine.request import named_style

__all__ = ["BUCKET", "Clock", "assets_bucket", "assets_folder", "forget_assets", "held_bytes"]

BUCKET = "brand"


class Clock:
    """A clock that only goes on when it is told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def forget_assets() -> None:
    """Begin anew with the settings and with what is remembered of assets."""
    config.settings.cache_clear()
    places._source_at.cache_clear()
    named_style._held.clear()
    named_style._listed.clear()


@contextmanager
def assets_bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Server]:
    """An execution environment with a bucket; what comes is the server that objects can be put into."""
    with s3_server() as server:
        for name, value in {**server.variables, "ASSETS_BUCKET": BUCKET}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("ASSETS_DIR", raising=False)
        forget_assets()
        server.create_bucket(Bucket=BUCKET)
        yield server
    forget_assets()


@contextmanager
def assets_folder(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Path]:
    """An execution environment with a folder for assets, which has one for styles."""
    (folder / "styles").mkdir(parents=True)
    monkeypatch.setenv("ASSETS_DIR", str(folder))
    monkeypatch.delenv("ASSETS_BUCKET", raising=False)
    forget_assets()
    yield folder
    forget_assets()


def held_bytes() -> int:
    """The bytes of the logos that are remembered of the place that the settings name."""
    source = places.find_source()
    assert source is not None
    return assets._of(source).bytes
