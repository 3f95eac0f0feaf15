"""Where the server listens, and whom it lets operate it: the environment, and what it may hold."""

from __future__ import annotations

import pytest
from scripts.local_api.server_settings import ServerSettings, load


def test_with_nothing_set_only_this_computer_reaches_it() -> None:
    assert load({}) == ServerSettings("127.0.0.1", 3000, 1, None)
    assert load({"HOST": " ", "PORT": "", "ADMIN_TOKEN": ""}) == load({})
    assert load({}).is_loopback


@pytest.mark.parametrize(
    ("host", "is_loopback", "url"),
    [
        ("127.0.0.1", True, "http://127.0.0.1:3000"),
        ("127.8.9.1", True, "http://127.8.9.1:3000"),
        ("localhost", True, "http://127.0.0.1:3000"),
        ("::1", True, "http://[::1]:3000"),
        ("[::1]", True, "http://[::1]:3000"),
        ("0.0.0.0", False, "http://127.0.0.1:3000"),
        ("::", False, "http://[::1]:3000"),
        ("192.0.2.7", False, "http://192.0.2.7:3000"),
    ],
)
def test_the_address_says_who_reaches_it(host: str, is_loopback: bool, url: str) -> None:
    settings = load({"HOST": host})
    assert (settings.is_loopback, settings.url) == (is_loopback, url)


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("HOST", "example.com", "HOST must be an IP address"),
        ("HOST", "127.0.0.1:3000", "HOST must be an IP address"),
        ("HOST", "256.0.0.1", "HOST must be an IP address"),
        ("PORT", "0", "PORT must be a whole number from 1 to 65535"),
        ("PORT", "http", "PORT must be a whole number"),
        ("WORKERS", "65", "WORKERS must be a whole number from 1 to 64"),
        ("ADMIN_TOKEN", "two words", "ADMIN_TOKEN must have only visible ASCII"),
        ("ADMIN_TOKEN", "žluť", "ADMIN_TOKEN must have only visible ASCII"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_that_names_it(name: str, value: str, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        load({name: value})


def test_the_token_is_never_written() -> None:
    settings = load({"ADMIN_TOKEN": "hunter2", "HOST": "0.0.0.0"})
    assert settings.admin_token == "hunter2"
    assert "hunter2" not in repr(settings)
    with pytest.raises(ValueError, match="ADMIN_TOKEN") as raised:
        load({"ADMIN_TOKEN": "hunter 2"})
    assert "hunter" not in str(raised.value)
