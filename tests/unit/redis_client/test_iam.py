from __future__ import annotations

import http.server
import json
import threading
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qr_engine.config import AwsIdentity, Settings
from qr_engine.redis_client.errors import AuthenticationError
from qr_engine.redis_client.iam import Credentials, IamCredentials, read_credentials, sign_token

if TYPE_CHECKING:
    from collections.abc import Iterator

# Imported by name, since botocore has no types.
SigV4QueryAuth = import_module("botocore.auth").SigV4QueryAuth
AWSRequest = import_module("botocore.awsrequest").AWSRequest
BotoCredentials = import_module("botocore.credentials").Credentials

NOW = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
KEYS = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None)
SETTINGS = Settings(
    redis_url="rediss://codes.example",
    redis_auth="iam",
    redis_username="engine",
    redis_iam_cache_name="Codes",
)
VARIABLES = (
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
)


def signed_by_botocore(keys: Credentials, region: str, cache: str, user: str, now: datetime, serverless: bool) -> str:
    params = {"Action": "connect", "User": user} | ({"ResourceType": "ServerlessCache"} if serverless else {})
    request = AWSRequest("GET", f"http://{cache.lower()}/", params=params)
    known = BotoCredentials(keys.access_key, keys.secret_key, keys.session_token)
    with mock.patch("botocore.auth.get_current_datetime", return_value=now.replace(tzinfo=None)):
        SigV4QueryAuth(known, "elasticache", region, expires=900).add_auth(request)
    return str(request.prepare().url).removeprefix("http://")


@given(
    access_key=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=16, max_size=20),
    secret_key=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40),
    session_token=st.none() | st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=400),
    region=st.sampled_from(["eu-central-1", "us-east-1", "us-gov-west-1", "cn-north-1"]),
    cache=st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,39}", fullmatch=True),
    user=st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=40),
    after=st.integers(0, 10**9),
    serverless=st.booleans(),
)
def test_a_token_is_what_botocore_signs(
    access_key: str,
    secret_key: str,
    session_token: str | None,
    region: str,
    cache: str,
    user: str,
    after: int,
    serverless: bool,
):
    keys, now = Credentials(access_key, secret_key, session_token), NOW + timedelta(seconds=after)
    expected = signed_by_botocore(keys, region, cache, user, now, serverless)
    assert sign_token(keys, region, cache, user, now, serverless=serverless) == expected


def test_a_token_starts_with_the_name_of_the_cache_in_lower_case():
    assert sign_token(KEYS, "eu-central-1", "Codes", "engine", NOW).startswith(
        "codes/?Action=connect&User=engine&X-Amz-"
    )


def test_a_token_is_good_for_a_quarter_of_an_hour():
    assert "&X-Amz-Expires=900&" in sign_token(KEYS, "eu-central-1", "codes", "engine", NOW)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    return monkeypatch


def test_redis_gets_the_user_and_a_token(environment: pytest.MonkeyPatch):
    user, password = IamCredentials(SETTINGS, "codes.abc.cache.amazonaws.com").get_credentials()
    assert user == "engine"
    assert "ResourceType" not in password


def test_a_serverless_cache_is_told_by_its_address(environment: pytest.MonkeyPatch):
    _, password = IamCredentials(SETTINGS, "codes-abc.serverless.euc1.cache.amazonaws.com").get_credentials()
    assert "&ResourceType=ServerlessCache&" in password


def test_credentials_that_were_replaced_sign_the_next_token(environment: pytest.MonkeyPatch):
    provider = IamCredentials(SETTINGS, "codes.example")
    before = provider.get_credentials()[1]
    environment.setenv("AWS_SESSION_TOKEN", "renewed/+=")
    assert "X-Amz-Security-Token" not in before
    assert "&X-Amz-Security-Token=renewed%2F%2B%3D&" in provider.get_credentials()[1]


@pytest.mark.parametrize("missing", ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_what_is_missing_is_an_error_of_the_login(environment: pytest.MonkeyPatch, missing: str):
    environment.delenv(missing)
    with pytest.raises(AuthenticationError):
        IamCredentials(SETTINGS, "codes.example").get_credentials()


def test_what_is_printed_of_credentials_holds_none():
    assert repr(KEYS) == "Credentials(…)"


class Endpoint(http.server.BaseHTTPRequestHandler):
    body: bytes = b""

    def do_GET(self) -> None:
        allowed = (self.path, self.headers["Authorization"]) == ("/credentials", "sesame")
        self.send_response(200 if allowed else 403)
        self.end_headers()
        self.wfile.write(self.body if allowed else b"no")

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def endpoint() -> Iterator[str]:
    with http.server.HTTPServer(("127.0.0.1", 0), Endpoint) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/credentials"
        server.shutdown()
        thread.join()


def behind(url: str, authorization: str) -> AwsIdentity:
    return AwsIdentity("eu-central-1", None, None, None, url, authorization)


def test_a_restored_snapshot_asks_for_its_credentials(endpoint: str, monkeypatch: pytest.MonkeyPatch):
    answer = {
        "AccessKeyId": "AKID",
        "SecretAccessKey": "secret",
        "Token": "token",
        "Expiration": "2026-01-01T00:00:00Z",
    }
    monkeypatch.setattr(Endpoint, "body", json.dumps(answer).encode())
    assert read_credentials(behind(endpoint, "sesame")) == Credentials("AKID", "secret", "token")


@pytest.mark.parametrize("authorization", ["sesame", "wrong"])
def test_credentials_that_cannot_be_read_are_an_error_of_the_login(endpoint: str, authorization: str):
    with pytest.raises(AuthenticationError):
        read_credentials(behind(endpoint, authorization))


def test_an_endpoint_that_is_not_there_is_an_error_of_the_login():
    with pytest.raises(AuthenticationError):
        read_credentials(behind("http://127.0.0.1:1/credentials", "sesame"))
