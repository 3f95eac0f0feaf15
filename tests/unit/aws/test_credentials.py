from __future__ import annotations

import http.server
import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qr_engine.aws import credentials
from qr_engine.aws.credentials import Credentials, CredentialsError, read_credentials
from qr_engine.config.aws_identity import AwsIdentity

ANSWER = {
    "AccessKeyId": "AKID",
    "SecretAccessKey": "secret",
    "Token": "token",
    "Expiration": "2026-01-01T00:00:00Z",
}
FOUND = Credentials("AKID", "secret", "token")
NOBODY = AwsIdentity(None, None, None, None, None, None)


class Endpoint(http.server.BaseHTTPRequestHandler):
    """The addresses of SnapStart and ECS under one roof, and those of EC2."""

    body: bytes = json.dumps(ANSWER).encode()

    def do_GET(self) -> None:
        answers = {
            ("/credentials", "Authorization", "sesame"): self.body,
            ("/task", "Authorization", None): self.body,
            ("/latest/meta-data/iam/security-credentials/", "X-aws-ec2-metadata-token", "t"): b"role",
            ("/latest/meta-data/iam/security-credentials/role", "X-aws-ec2-metadata-token", "t"): self.body,
        }
        found = [
            body for (path, name, value), body in answers.items() if (path, value) == (self.path, self.headers[name])
        ]
        self.answer(*found)

    def do_PUT(self) -> None:
        lifetime = self.headers["X-aws-ec2-metadata-token-ttl-seconds"]
        self.answer(*[b"t" for _ in range(self.path == "/latest/api/token" and 0 < int(lifetime) <= 21600)])

    def answer(self, body: bytes | None = None) -> None:
        self.send_response(403 if body is None else 200)
        self.end_headers()
        self.wfile.write(body or b"no")

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def address() -> Iterator[str]:
    with http.server.HTTPServer(("127.0.0.1", 0), Endpoint) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def behind(url: str, authorization: str) -> AwsIdentity:
    return AwsIdentity("eu-central-1", None, None, None, url, authorization)


def test_what_is_printed_of_credentials_holds_none():
    assert repr(Credentials("AKIDEXAMPLE", "secret", None)) == "Credentials(…)"


def test_variables_go_before_an_address():
    identity = AwsIdentity("eu-central-1", "AKID", "secret", "token", "http://127.0.0.1:1/", "x")
    assert read_credentials(identity) == FOUND


def test_a_restored_snapshot_asks_for_its_credentials(address: str):
    assert read_credentials(behind(f"{address}/credentials", "sesame")) == FOUND


def test_a_task_asks_ecs(address: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(credentials, "CONTAINER_ADDRESS", address)
    assert read_credentials(AwsIdentity("eu-central-1", None, None, None, None, None, "/task")) == FOUND


def test_a_pod_shows_the_token_that_its_file_has_now(address: str, tmp_path: Path):
    file = tmp_path / "token"
    identity = AwsIdentity("eu-central-1", None, None, None, f"{address}/credentials", None, None, str(file))
    with pytest.raises(CredentialsError, match="token"):
        read_credentials(identity)
    file.write_text("sesame\n", encoding="utf-8")
    assert read_credentials(identity) == FOUND


def test_an_instance_asks_ec2_where_botocore_is_not_installed(address: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(credentials, "INSTANCE_ADDRESS", address)
    monkeypatch.setitem(sys.modules, "botocore.exceptions", None)
    assert read_credentials(NOBODY, elsewhere=True) == FOUND


def test_where_botocore_is_installed_a_profile_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    file = tmp_path / "credentials"
    file.write_text("[qr]\naws_access_key_id=AKID\naws_secret_access_key=secret\naws_session_token=token\n")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    monkeypatch.setenv("AWS_PROFILE", "qr")
    assert read_credentials(NOBODY, elsewhere=True) == FOUND


def test_a_login_to_redis_does_not_look_elsewhere():
    with pytest.raises(CredentialsError, match="no AWS credentials"):
        read_credentials(NOBODY)


@pytest.mark.parametrize(("body", "authorization"), [(b"{}", "sesame"), (json.dumps(ANSWER).encode(), "wrong")])
def test_credentials_that_cannot_be_read_are_an_error(
    address: str, monkeypatch: pytest.MonkeyPatch, body: bytes, authorization: str
):
    monkeypatch.setattr(Endpoint, "body", body)
    with pytest.raises(CredentialsError):
        read_credentials(behind(f"{address}/credentials", authorization))


def test_an_address_where_nobody_answers_is_an_error():
    with pytest.raises(CredentialsError):
        read_credentials(behind("http://127.0.0.1:1/credentials", "sesame"))
