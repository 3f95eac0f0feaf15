from __future__ import annotations

from hashlib import sha256
from typing import Any, NoReturn

import pytest
import resvg_py
from msgspec.structs import replace
from tests.unit.logo.pictures import picture, read, svg

from qr_engine.errors import InvalidRequest
from qr_engine.logo.logo_cache import LogoCache, load_logo


def digest(body: bytes) -> str:
    return sha256(body).hexdigest()


def test_a_logo_is_read_once_and_then_known_by_its_digest() -> None:
    body = picture(color=(1, 2, 3))
    logo = load_logo(digest(body), body)
    assert load_logo(digest(body), None) is logo


def test_one_that_is_not_known_is_asked_for_again() -> None:
    with pytest.raises(InvalidRequest, match="send it again"):
        load_logo("0" * 64, None)


def test_what_is_known_is_bounded() -> None:
    logo = read(picture())
    known = LogoCache(limit=3 * len(logo.body))
    for number in range(5):
        known.put(replace(logo, digest=str(number)))
    assert known.bytes == 3 * len(logo.body)
    assert [known.get(str(number)) is not None for number in range(5)] == [False, False, True, True, True]


def test_the_least_recently_used_is_forgotten_first() -> None:
    logo = read(picture())
    known = LogoCache(limit=3 * len(logo.body))
    for name in "abc":
        known.put(replace(logo, digest=name))
    assert known.get("a") is not None
    known.put(replace(logo, digest="d"))
    assert [name for name in "abcd" if known.get(name) is not None] == ["a", "c", "d"]


def test_the_last_one_is_known_however_large_it_is() -> None:
    logo = read(picture())
    known = LogoCache(limit=1)
    known.put(logo)
    assert known.get(logo.digest) is logo


def test_an_svg_of_which_nothing_shows_is_refused() -> None:
    empty = svg('<path d="M20 20h5v5z"/>')
    with pytest.raises(InvalidRequest, match="transparent"):
        load_logo(digest(empty), empty)


class PanicException(BaseException):
    """What Rust code that gives up raises; no document is known to make it, so it is made here."""


@pytest.mark.parametrize("fault", [ValueError("not well-formed"), PanicException("overflow")])
def test_an_svg_that_cannot_be_drawn_is_refused(fault: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_: Any) -> NoReturn:
        raise fault

    monkeypatch.setattr(resvg_py, "svg_to_bytes", fails)
    body = svg('<path d="M0 0h9v4z" fill="#321"/>')
    with pytest.raises(InvalidRequest, match="cannot be drawn"):
        load_logo(digest(body), body)
