from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qr_engine.aws.credentials import Credentials
from qr_engine.config import Settings
from qr_engine.redis_client.errors import AuthenticationError
from qr_engine.redis_client.iam import IamCredentials, sign_token

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
