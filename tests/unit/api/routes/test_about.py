from __future__ import annotations

import gzip
import json

import pytest
from scripts.api_description import SERVED, print_served
from scripts.local_api.routes import parse
from tests.documents import ROOT
from tests.environment import fresh
from tests.unit.api.routes.conftest import HANDLERS, Answer, answer, event_v2

from qr_engine.render import FORMATS


def ask(path: str, domain: str = "abc.execute-api.eu-central-1.amazonaws.com", **headers: str) -> Answer:
    event = event_v2(f"GET {path}", headers=headers)
    event["requestContext"]["domainName"] = domain
    return answer(HANDLERS["generate"](event, None))


def server(**headers: str) -> str:
    document = ask("/openapi.json", **headers).json
    (found,) = document["servers"]
    address: str = found["url"]
    assert f"Address: {address}\n" in ask("/llms.txt", **headers).body.decode()
    return address


def test_the_file_that_is_served_is_what_the_code_says_now() -> None:
    assert (ROOT / SERVED).read_text(encoding="utf-8") == print_served(), "run: python scripts/openapi.py"


def test_it_is_the_committed_description_but_for_the_servers() -> None:
    committed = parse(ROOT / "openapi.yaml")
    found = ask("/openapi.json")
    assert found.headers["Content-Type"] == "application/json"
    assert {**found.json, "servers": None} == {**committed, "servers": None}


@pytest.mark.parametrize(
    ("domain", "address"),
    [
        ("abc.execute-api.eu-central-1.amazonaws.com", "https://abc.execute-api.eu-central-1.amazonaws.com"),
        ("qr.example.com", "https://qr.example.com"),
        ("127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("[::1]:3000", "http://[::1]:3000"),
        ("", "/"),
        ('x"}],"evil":[{"', "/"),
    ],
)
def test_its_server_is_where_it_was_asked(domain: str, address: str) -> None:
    assert ask("/openapi.json", domain).json["servers"] == [{"url": address}]


def test_nobody_is_believed_who_only_says_so() -> None:
    forwarded = {"x-forwarded-proto": "http", "x-forwarded-host": "evil.example"}
    assert "evil" not in server(**forwarded)


def test_a_public_address_goes_before_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh(monkeypatch)
    monkeypatch.setenv("PUBLIC_URL", "https://qr.example.com/codes")
    assert server(**{"x-forwarded-host": "evil.example"}) == "https://qr.example.com/codes"


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({"x-forwarded-proto": "https", "x-forwarded-host": "qr.example.com"}, "https://qr.example.com"),
        ({"x-forwarded-proto": "http, https", "x-forwarded-host": "a.example:81, b.example"}, "http://a.example:81"),
        ({"x-forwarded-proto": "https", "host": "qr.example.com"}, "https://qr.example.com"),
        (
            {"x-forwarded-proto": "gopher", "x-forwarded-host": "a"},
            "https://abc.execute-api.eu-central-1.amazonaws.com",
        ),
        (
            {"x-forwarded-proto": "https", "x-forwarded-host": 'a"b'},
            "https://abc.execute-api.eu-central-1.amazonaws.com",
        ),
    ],
)
def test_a_proxy_is_believed_where_the_settings_trust_it(
    monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], address: str
) -> None:
    fresh(monkeypatch)
    monkeypatch.setenv("PUBLIC_URL", "forwarded")
    assert server(**headers) == address


def test_it_is_compressed_for_who_takes_that() -> None:
    found = ask("/openapi.json", **{"accept-encoding": "gzip"})
    assert found.headers["Content-Encoding"] == "gzip"
    assert len(found.body) < 40_000
    assert json.loads(gzip.decompress(found.body)) == ask("/openapi.json").json


def test_the_page_is_one_and_names_every_format() -> None:
    page = ask("/llms.txt").body.decode()
    assert len(page.splitlines()) < 60
    assert all(f".{entry.extension}" in page for entry in FORMATS.values())
