from __future__ import annotations

from time import time
from urllib.parse import parse_qs

import pytest
from scripts.signed_address import sign_with_environment

from qr_engine.api.signing.keys import keys_of, sign
from qr_engine.config import load

KEY = {"SIGNING_KEY": "k" * 32, "SIGNING_KEY_ID": "2026-11"}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KEY:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("address", ["/qr?text=a%20b", "/api/qr/validate"])
def test_without_a_key_an_address_is_as_it_was(address: str):
    assert sign_with_environment("GET", address) == address


@pytest.mark.parametrize("address", ["/qr?text=a%20b", "/api/qr/validate"])
@pytest.mark.parametrize("seconds", [None, 60])
def test_with_one_it_is_signed(address: str, seconds: int | None, monkeypatch: pytest.MonkeyPatch):
    for name, value in KEY.items():
        monkeypatch.setenv(name, value)
    path, _, query = sign_with_environment("POST", address, b"{}", seconds=seconds).partition("?")
    before, _, signature = query.rpartition("&sig=")
    assert path == address.partition("?")[0]
    assert signature == sign(keys_of(load(KEY))[0], "POST", path, before, b"{}")
    parameters = parse_qs(before)
    assert parameters.pop("kid") == ["2026-11"]
    if seconds is None:
        assert "exp" not in parameters
    else:
        assert abs(int(parameters.pop("exp")[0]) - time() - seconds) < 5
    assert parameters == parse_qs(address.partition("?")[2])


def test_a_key_without_a_name_signs_without_kid(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SIGNING_KEY", "k" * 32)
    assert sign_with_environment("GET", "/qr").startswith("/qr?sig=")
