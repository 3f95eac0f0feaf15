"""An S3 of this machine, as far as the service asks for anything there: objects, their ETags, and lists of keys.

It checks signatures by the rules that AWS publishes, which moto, the usual stand-in, does not.
"""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.unit.load.signature import Received, signature_of

__all__ = ["IDENTITY", "S3Server", "s3_server"]

IDENTITY = {
    "AWS_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "secret",
}
"""Who may ask."""


class S3Server(http.server.ThreadingHTTPServer):
    """Buckets with their objects; the methods are those of boto3's client that tests use.

    Attributes
    ----------
    buckets
        The bytes of every object, by bucket and key.
    requests
        The targets that were asked for.
    fault
        The status and the code that it answers all requests with; None to answer as it should.
    region
        The only region that it answers for.
    """

    daemon_threads = True

    def __init__(self, host: str) -> None:
        super().__init__((host, 0), _Handler)
        self.buckets: dict[str, dict[str, bytes]] = {}
        self.requests: list[str] = []
        self.fault: tuple[int, str] | None = None
        self.region = IDENTITY["AWS_REGION"]

    @property
    def url(self) -> str:
        return f"http://{self.server_address[0]!s}:{self.server_port}"

    @property
    def variables(self) -> dict[str, str]:
        """What a service needs in its environment to ask here."""
        return {**IDENTITY, "AWS_ENDPOINT_URL_S3": self.url}

    def create_bucket(self, *, Bucket: str) -> None:  # noqa: N803  # as boto3 calls them
        self.buckets[Bucket] = {}

    def delete_bucket(self, *, Bucket: str) -> None:  # noqa: N803
        del self.buckets[Bucket]

    def put_object(self, *, Bucket: str, Key: str, Body: bytes) -> None:  # noqa: N803
        self.buckets[Bucket][Key] = Body

    def delete_object(self, *, Bucket: str, Key: str) -> None:  # noqa: N803
        del self.buckets[Bucket][Key]


class _Handler(http.server.BaseHTTPRequestHandler):
    server: S3Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = self.server
        server.requests.append(self.path)
        authorization = self.headers["authorization"] or ""
        path, _, query = self.path.partition("?")
        # S3 encodes the path once, other services twice.
        received = Received("GET", f"{unquote(path)}?{query}", dict(self.headers), b"")
        signed = signature_of(received, IDENTITY["AWS_SECRET_ACCESS_KEY"])
        if not authorization.endswith(f"Signature={signed}"):
            self.refuse(403, "SignatureDoesNotMatch")
        elif f"/{server.region}/s3/" not in authorization:
            self.refuse(400, "AuthorizationHeaderMalformed", {"x-amz-bucket-region": server.region})
        elif server.fault is not None:
            self.refuse(*server.fault)
        else:
            self.answer_from_bucket()

    def answer_from_bucket(self) -> None:
        parts = urlsplit(self.path)
        bucket, _, key = parts.path[1:].partition("/")
        objects = self.server.buckets.get(bucket)
        if objects is None:
            self.refuse(404, "NoSuchBucket")
        elif not key:
            self.list_keys(objects, parse_qs(parts.query))
        elif unquote(key) not in objects:
            self.refuse(404, "NoSuchKey")
        else:
            body = objects[unquote(key)]
            etag = f'"{md5(body).hexdigest()}"'
            unchanged = self.headers["if-none-match"] == etag
            self.answer(304 if unchanged else 200, b"" if unchanged else body, {"ETag": etag})

    def list_keys(self, objects: dict[str, bytes], query: dict[str, list[str]]) -> None:
        assert query["list-type"] == ["2"]
        (prefix,), (delimiter,) = query["prefix"], query["delimiter"]
        found = [key for key in sorted(objects) if key.startswith(prefix) and delimiter not in key[len(prefix) :]]
        contents = "".join(f"<Contents><Key>{key}</Key><Size>1</Size></Contents>" for key in found[:1000])
        self.answer(200, f"<ListBucketResult><Prefix>{prefix}</Prefix>{contents}</ListBucketResult>".encode())

    def refuse(self, status: int, code: str, headers: dict[str, str] | None = None) -> None:
        self.answer(status, f"<Error><Code>{code}</Code></Error>".encode(), headers)

    def answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@contextmanager
def s3_server(host: str = "127.0.0.1") -> Iterator[S3Server]:
    """A server that answers as long as the ``with`` block lasts."""
    with S3Server(host) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
