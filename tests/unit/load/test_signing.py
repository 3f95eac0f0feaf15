from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from scripts.load.service import Service, Unreachable

KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token"}


@pytest.fixture
def gateway() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A server that notes the headers it gets, in the place of API Gateway, which no test can reach."""
    seen: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            seen.append(dict(self.headers))
            body = json.dumps({"complete": True}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_cache_route_is_signed_as_botocore_signs_it(
    gateway: tuple[str, list[dict[str, str]]], monkeypatch: pytest.MonkeyPatch
):
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    url, seen = gateway
    Service(url, "eu-central-1", 5).clear()
    headers = seen[0]
    expected = AWSRequest("POST", f"{url}/api/qr/cache/clear", {"Content-Type": "application/json"}, b"{}")
    expected.context["timestamp"] = headers["X-Amz-Date"]
    signer = SigV4Auth(Credentials(*KEYS.values()), "execute-api", "eu-central-1")
    expected.headers["X-Amz-Date"] = headers["X-Amz-Date"]
    expected.headers["X-Amz-Security-Token"] = "token"
    to_sign = signer.string_to_sign(expected, signer.canonical_request(expected))
    assert headers["Authorization"].endswith(f"Signature={signer.signature(to_sign, expected)}")
    assert "/eu-central-1/execute-api/aws4_request" in headers["Authorization"]


def test_a_local_api_gets_no_signature(gateway: tuple[str, list[dict[str, str]]]):
    url, seen = gateway
    Service(url, None, 5).clear()
    assert "Authorization" not in seen[0]


def test_the_region_of_a_gateway_is_in_its_address():
    assert Service("https://abc.execute-api.us-west-2.amazonaws.com/v1", None, 5).region == "us-west-2"


def test_a_service_that_is_not_there_is_named():
    with pytest.raises(Unreachable, match=r"http://127\.0\.0\.1:1 does not answer"):
        Service("http://127.0.0.1:1", None, 5).require()
