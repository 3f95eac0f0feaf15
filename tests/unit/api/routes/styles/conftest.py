"""A folder of styles, and requests that name one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.unit.logo.buckets import Clock, assets_folder
from tests.unit.logo.pictures import svg

from qr_engine.logo import assets
from qr_engine.request import named_style

from ..conftest import Answer, Call

GET, POST = "GET /api/qr/generate", "POST /api/qr/generate"
VALIDATE, BATCH = "POST /api/qr/validate", "POST /api/qr/batch"
WARM = "POST /api/qr/cache/warm"
DATA = "https://example.com"
ACME: dict[str, Any] = {"colors": {"foreground": "#1a2b8c"}, "data_pattern": "rounded", "size": 400}
LOGO = svg('<circle cx="5" cy="5" r="5" fill="red"/>', 'viewBox="0 0 10 10"')


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, environment: None) -> Iterator[Path]:
    with assets_folder(monkeypatch, tmp_path / "assets") as found:
        yield found


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    for module in (named_style, assets):
        monkeypatch.setattr(module, "monotonic", found)
    return found


def put(folder: Path, fields: dict[str, Any], name: str = "acme") -> None:
    (folder / "styles" / f"{name}.json").write_text(json.dumps(fields), encoding="utf-8")


def get(call: Call, **query: Any) -> Answer:
    return call(GET, query={"data": DATA, "style": "acme", **query})
