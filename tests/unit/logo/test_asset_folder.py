"""Logos in a folder: what is a file of it is an asset, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.logo.buckets import Clock, forget_assets, held_bytes
from tests.unit.logo.pictures import svg

from qr_engine.errors import AssetNotFound, AssetUnavailable, InvalidRequest, Problem
from qr_engine.logo import assets
from qr_engine.logo.assets import FRESH_SECONDS, asset
from qr_engine.logo.model import MAX_BYTES


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(assets, "monotonic", found)
    return found


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A folder for assets, beside a file that is none."""
    found = tmp_path / "logos"
    found.mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    monkeypatch.delenv("ASSETS_BUCKET", raising=False)
    monkeypatch.setenv("ASSETS_DIR", str(found))
    forget_assets()
    yield found
    forget_assets()


def refusal_of(key: str) -> Problem:
    with pytest.raises(Problem) as raised:
        asset(key)
    assert [issue.path for issue in raised.value.issues] == ["logo.asset"]
    return raised.value


def test_an_asset_is_a_file_under_the_folder(folder: Path) -> None:
    (folder / "brand" / "2026").mkdir(parents=True)
    (folder / "brand" / "2026" / "logo.svg").write_bytes(svg())
    assert asset("brand/2026/logo.svg") == svg()


@pytest.mark.parametrize(
    "key",
    [
        "nothing.svg",
        "brand",
        "",
        ".",
        "..",
        "../secret",
        "brand/../../secret",
        "brand/./logo.svg",
        "brand//logo.svg",
        "/etc/hostname",
        "brand\\..\\..\\secret",
        "logo.svg\0.png",
        "logo.svg/more",
        "x" * 300,
        "pipe",
    ],
)
def test_what_is_no_file_of_it_is_a_404(folder: Path, key: str) -> None:
    (folder / "brand").mkdir()
    (folder / "brand" / "logo.svg").write_bytes(svg())
    (folder / "logo.svg").write_bytes(svg())
    os.mkfifo(folder / "pipe")
    assert isinstance(refusal_of(key), AssetNotFound)


@pytest.mark.parametrize("target", ["../secret", "{parent}/secret", "/etc/hostname", "loop", "nowhere"])
def test_a_link_out_of_it_or_nowhere_is_a_404(folder: Path, target: str) -> None:
    (folder / "loop").symlink_to("loop")
    (folder / "link").symlink_to(target.format(parent=folder.parent))
    assert isinstance(refusal_of("link"), AssetNotFound)


def test_a_folder_that_leads_out_of_it_is_a_404(folder: Path) -> None:
    (folder / "up").symlink_to("..")
    assert isinstance(refusal_of("up/secret"), AssetNotFound)


def test_a_folder_beside_it_whose_name_begins_alike_is_outside(folder: Path) -> None:
    beside = folder.with_name("logos-of-others")
    beside.mkdir()
    (beside / "logo.svg").write_bytes(svg())
    (folder / "link").symlink_to(beside / "logo.svg")
    assert isinstance(refusal_of("link"), AssetNotFound)


def test_links_within_it_are_followed_as_kubernetes_makes_them(folder: Path) -> None:
    (folder / "..2026_11_29").mkdir()
    (folder / "..2026_11_29" / "logo.svg").write_bytes(svg())
    (folder / "..data").symlink_to("..2026_11_29")
    (folder / "logo.svg").symlink_to("..data/logo.svg")
    assert asset("logo.svg") == svg()


def test_the_largest_one_is_taken_and_one_byte_more_is_refused(folder: Path) -> None:
    (folder / "large.png").write_bytes(bytes(MAX_BYTES))
    assert len(asset("large.png")) == MAX_BYTES
    (folder / "larger.png").write_bytes(bytes(MAX_BYTES + 1))
    found = refusal_of("larger.png")
    assert isinstance(found, InvalidRequest)
    assert found.issues[0].limit == {"max_bytes": MAX_BYTES}
    assert held_bytes() == MAX_BYTES


def test_it_is_looked_at_once_a_minute(folder: Path, clock: Clock) -> None:
    (folder / "logo.svg").write_bytes(b"one")
    assert asset("logo.svg") == b"one"
    (folder / "logo.svg").write_bytes(b"second")
    clock.now += FRESH_SECONDS - 1
    assert asset("logo.svg") == b"one"
    clock.now += 1
    assert asset("logo.svg") == b"second"


def test_one_that_has_not_changed_is_not_read_again(folder: Path, clock: Clock) -> None:
    (folder / "logo.svg").write_bytes(b"one")
    first = asset("logo.svg")
    clock.now += FRESH_SECONDS
    assert asset("logo.svg") is first


def test_one_that_is_gone_is_not_served_any_longer(folder: Path, clock: Clock) -> None:
    (folder / "logo.svg").write_bytes(b"one")
    asset("logo.svg")
    (folder / "logo.svg").unlink()
    clock.now += FRESH_SECONDS
    assert isinstance(refusal_of("logo.svg"), AssetNotFound)
    assert held_bytes() == 0


def test_a_folder_that_is_gone_is_a_503(folder: Path) -> None:
    folder.rmdir()
    assert isinstance(refusal_of("logo.svg"), AssetUnavailable)
