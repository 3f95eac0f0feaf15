from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from qr_engine.studio import files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the page's folder, as another release would have it."""
    copy = tmp_path / "page"
    shutil.copytree(files._FOLDER, copy)
    monkeypatch.setattr(files, "_FOLDER", copy)
    files.find_version.cache_clear()
    yield copy
    files.find_version.cache_clear()


def test_the_version_changes_with_any_file(folder: Path) -> None:
    before = files.find_version()
    files.find_version.cache_clear()
    assert files.find_version() == before
    (folder / "style.css").write_text("p {}", encoding="utf-8")
    files.find_version.cache_clear()
    assert files.find_version() != before


def test_the_version_changes_with_what_the_engine_draws(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files.find_version()
    monkeypatch.setattr(files, "RENDERER_VERSION", 10_000)
    files.find_version.cache_clear()
    assert files.find_version() != before


def test_the_page_names_its_files_by_the_version() -> None:
    page = files.load_page().text
    assert f"studio/{files.find_version()}/app.js" in page
    assert "{version}" not in page
