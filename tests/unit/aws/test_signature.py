from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from qr_engine.aws.credentials import Credentials
from qr_engine.aws.signature import sign_headers

# Imported by name, since botocore has no types.
S3SigV4Auth = import_module("botocore.auth").S3SigV4Auth
AWSRequest = import_module("botocore.awsrequest").AWSRequest
BotoCredentials = import_module("botocore.credentials").Credentials

NOW = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
VISIBLE = st.characters(min_codepoint=33, max_codepoint=126)


@given(
    secret_key=st.text(VISIBLE, min_size=1, max_size=40),
    session_token=st.none() | st.text(VISIBLE, min_size=1, max_size=400),
    region=st.sampled_from(["eu-central-1", "us-east-1", "us-gov-west-1", "cn-north-1"]),
    path=st.from_regex(r"(/[A-Za-z0-9_.~-]+|/%20[a-z]%C3%BC){1,3}", fullmatch=True),
    query=st.sampled_from(["", "delimiter=%2F&list-type=2&prefix=styles%2F"]),
    etag=st.none() | st.just('"0123"'),
    after=st.integers(0, 10**9),
)
def test_a_request_is_signed_as_botocore_does(
    secret_key: str, session_token: str | None, region: str, path: str, query: str, etag: str | None, after: int
):
    keys, now = Credentials("AKIDEXAMPLE", secret_key, session_token), NOW + timedelta(seconds=after)
    headers = {} if etag is None else {"if-none-match": etag}
    host = f"brand.s3.{region}.amazonaws.com"
    request = AWSRequest("GET", f"https://{host}{path}{'?' if query else ''}{query}", headers=headers)
    # The emptiness of the body is signed, as botocore does by default over HTTP.
    request.context["payload_signing_enabled"] = True
    known = BotoCredentials(keys.access_key, keys.secret_key, keys.session_token)
    with mock.patch("botocore.auth.get_current_datetime", return_value=now.replace(tzinfo=None)):
        S3SigV4Auth(known, "s3", region).add_auth(request)
    signed = sign_headers(
        keys, region=region, service="s3", host=host, path=path, query=query, headers=headers, now=now
    )
    assert signed == {name.lower(): value for name, value in request.headers.items()}
