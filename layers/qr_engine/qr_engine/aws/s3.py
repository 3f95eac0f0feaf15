"""Objects in S3, with one signed HTTPS request for each.

The SDK would add 140 to 330 ms to the first request that needs an object; this adds only the time for TLS.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection, IncompleteRead
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

import msgspec

from ..config.aws_identity import AwsIdentity, aws_identity
from ..percent_encoding import percent_encode
from ..tls import tls_context
from .credentials import Credentials, CredentialsError, read_credentials
from .signature import sign_headers

__all__ = ["S3Error", "get_object", "list_keys"]

CONNECT_SECONDS: Final = 2
SECONDS: Final = 5
"""Seconds to connect and to answer, for all attempts together."""

ATTEMPTS: Final = 3
"""One more than a transient fault needs, since the first may only find out the bucket's region."""

DEFAULT_REGION: Final = "us-east-1"
"""The region to ask if no variable names one; S3 then returns the bucket's region."""

_LIST_LENGTH = 4 * 1024 * 1024
"""Bytes of a list of a thousand keys, with room to spare."""

_ERROR_LENGTH = 64 * 1024
_CHUNK = 64 * 1024
_UNCHANGED = 304
_ELSEWHERE = frozenset({301, 307, 400})
_CODE = re.compile(rb"<Code>([A-Za-z0-9]{1,64})</Code>")
_KEY = re.compile(rb"<Key>([^<]{1,1024})</Key>")

_regions: dict[str, str] = {}
"""The regions of buckets that turned out to be elsewhere."""


class S3Error(Exception):
    """S3 did not return what was asked for.

    Attributes
    ----------
    code
        S3's error code, such as ``NoSuchKey``; or the kind of fault that prevented an answer.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Reply(msgspec.Struct, frozen=True):
    status: int
    headers: dict[str, str]
    body: bytes


def get_object(
    bucket: str, key: str, *, most: int, etag: str | None = None, seconds: float = SECONDS
) -> tuple[bytes, str] | None:
    """Read an object and its ETag; None if it still has the known `etag`.

    Parameters
    ----------
    most
        Bytes after which reading stops; a larger object is returned with one byte more.
    seconds
        The time for all attempts together.

    Raises
    ------
    S3Error
        The object does not exist or may not be read, or S3 does not answer.
    """
    path = "/" + "/".join(percent_encode(part) for part in key.split("/"))
    reply = _ask(bucket, path, "", {} if etag is None else {"if-none-match": etag}, most + 1, seconds)
    if reply.status == _UNCHANGED:
        return None
    return reply.body, reply.headers.get("etag", "")


def list_keys(bucket: str, prefix: str) -> list[str]:
    """List the first thousand keys that begin with `prefix` and have no slash after it, in order.

    Raises
    ------
    S3Error
        The keys may not be listed, or S3 does not answer.
    """
    query = f"delimiter=%2F&list-type=2&prefix={percent_encode(prefix)}"
    reply = _ask(bucket, "/", query, {}, _LIST_LENGTH, SECONDS)
    return [key.decode(errors="replace") for key in _KEY.findall(reply.body)]


def _ask(bucket: str, path: str, query: str, headers: dict[str, str], most: int, seconds: float) -> _Reply:
    """Return the answer of S3: the object, or that it has not changed.

    Raises
    ------
    S3Error
        S3 answers anything else, or nothing.
    """
    identity, deadline = aws_identity(), monotonic() + seconds
    try:
        keys = read_credentials(identity, elsewhere=True)
    except CredentialsError as error:
        raise S3Error(str(error)) from None
    fault = "no answer"
    for _ in range(ATTEMPTS):
        region = _regions.get(bucket) or identity.region or DEFAULT_REGION
        try:
            reply = _exchange(_Place.of(bucket, region, identity), path, query, headers, keys, most, deadline)
        except (OSError, HTTPException) as error:
            fault = type(error).__name__
            continue
        if reply.status in (200, _UNCHANGED):
            return reply
        found = _CODE.search(reply.body)
        fault = found[1].decode() if found else str(reply.status)
        actual = reply.headers.get("x-amz-bucket-region", region)
        if reply.status in _ELSEWHERE and actual != region:
            _regions[bucket] = actual
        elif reply.status < 500:
            break
    raise S3Error(fault)


class _Place(msgspec.Struct, frozen=True):
    """The address of a bucket.

    Attributes
    ----------
    scheme, host
        Parts of the address; the host includes the port if there is one.
    prefix
        The beginning of the path: empty, or the bucket.
    region
        The region to sign for.
    """

    scheme: str
    host: str
    prefix: str
    region: str

    @classmethod
    def of(cls, bucket: str, region: str, identity: AwsIdentity) -> _Place:
        if identity.s3_endpoint:
            parts = urlsplit(identity.s3_endpoint)
            return cls(parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{bucket}", region)
        host = f"s3.{region}.amazonaws.com{'.cn' if region.startswith('cn-') else ''}"
        # The certificate only covers one label before the host.
        return (
            cls("https", host, f"/{bucket}", region) if "." in bucket else cls("https", f"{bucket}.{host}", "", region)
        )


def _exchange(
    place: _Place, path: str, query: str, headers: dict[str, str], keys: Credentials, most: int, deadline: float
) -> _Reply:
    """Send one request.

    Raises
    ------
    OSError, HTTPException
        There is no complete answer before the deadline.
    """
    path = place.prefix + path
    signed = sign_headers(
        keys,
        region=place.region,
        service="s3",
        host=place.host,
        path=path,
        query=query,
        headers=headers,
        now=datetime.now(UTC),
    )
    connection = _connect(place, min(CONNECT_SECONDS, _left(deadline)))
    try:
        connection.connect()
        socket = connection.sock
        socket.settimeout(_left(deadline))
        connection.request("GET", f"{path}?{query}" if query else path, headers=signed)
        response = connection.getresponse()
        parts: list[bytes] = []
        length, most = 0, most if response.status == 200 else _ERROR_LENGTH
        while length < most:
            socket.settimeout(_left(deadline))
            part = response.read1(min(_CHUNK, most - length))
            if not part:
                break
            parts.append(part)
            length += len(part)
        if length < most and response.length:
            raise IncompleteRead(b"")
        return _Reply(response.status, {name.lower(): value for name, value in response.getheaders()}, b"".join(parts))
    finally:
        connection.close()


def _connect(place: _Place, timeout: float) -> HTTPConnection:
    if place.scheme == "http":
        return HTTPConnection(place.host, timeout=timeout)
    return HTTPSConnection(place.host, timeout=timeout, context=tls_context(None))


def _left(deadline: float) -> float:
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError
    return left
