from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.request import Request, urlopen

import msgspec
import pytest
from scripts.load.service import Service, Unreachable
from scripts.load.signing import sign
from tests.unit.load.signature import Received, signature_of

KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token"}


@pytest.fixture
def gateway() -> Iterator[tuple[str, list[Received]]]:
    """A server that notes what it gets, in the place of API Gateway, which no test can reach."""
    received: list[Received] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append(Received(self.command, self.path, dict(self.headers), body))
            answer = json.dumps({"complete": True}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", received
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_cache_route_is_signed_for_its_region(gateway: tuple[str, list[Received]], monkeypatch: pytest.MonkeyPatch):
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    url, received = gateway
    Service(f"{url}/v1", "eu-central-1", 5).clear()
    (sent,) = received
    assert (sent.target, sent.body) == ("/v1/api/qr/cache/clear", b"{}")
    assert "/eu-central-1/execute-api/aws4_request" in sent.headers["Authorization"]
    assert sent.headers["Authorization"].endswith(f"Signature={signature_of(sent, 'secret')}")


def test_a_signature_does_not_fit_another_body(gateway: tuple[str, list[Received]], monkeypatch: pytest.MonkeyPatch):
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    url, received = gateway
    Service(url, "eu-central-1", 5).clear()
    other = msgspec.structs.replace(received[0], body=b'{"pattern": "*"}')
    assert not received[0].headers["Authorization"].endswith(signature_of(other, "secret"))


def test_a_local_api_gets_no_signature(gateway: tuple[str, list[Received]]):
    url, received = gateway
    Service(url, None, 5).clear()
    assert "Authorization" not in received[0].headers


@pytest.mark.parametrize("host", ["abc.execute-api.us-west-2.amazonaws.com", "abc.execute-api.us-west-2.api.aws"])
def test_the_region_of_a_gateway_is_in_its_address(host: str):
    assert Service(f"https://{host}/v1", None, 5).region == "us-west-2"


@pytest.mark.parametrize("token", ["a/session+token==", None])
@pytest.mark.parametrize(
    "target",
    ["/api/qr/cache/clear", "/v1/api/qr/cache/clear", "/v1/api/qr/cache/clear?z=%C3%A9%20%2A&pattern=a%2Bb%26c&a="],
)
def test_what_is_sent_bears_out_its_signature(
    target: str, token: str | None, gateway: tuple[str, list[Received]], monkeypatch: pytest.MonkeyPatch
):
    url, received = gateway
    keys = {name: value for name, value in {**KEYS, "AWS_SESSION_TOKEN": token}.items() if value}
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    for name, value in keys.items():
        monkeypatch.setenv(name, value)
    body = '{"pattern": "menu-é*"}'.encode()
    headers = sign("POST", url + target, {"Content-Type": "application/json"}, body, "eu-central-1")
    urlopen(Request(url + target, body, headers, method="POST")).close()
    (sent,) = received
    assert sent.headers["Authorization"].endswith(f"Signature={signature_of(sent, KEYS['AWS_SECRET_ACCESS_KEY'])}")
    assert sent.headers.get("X-Amz-Security-Token") == token


def test_a_service_that_is_not_there_is_named():
    with pytest.raises(Unreachable, match=r"http://127\.0\.0\.1:1 does not answer"):
        Service("http://127.0.0.1:1", None, 5).require()
