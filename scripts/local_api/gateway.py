"""HTTP to Lambda and back, as an HTTP API of API Gateway does it (payload format 2.0).

The format is described in the API Gateway developer guide, "Create AWS Lambda proxy integrations for HTTP APIs".
"""

from __future__ import annotations

import base64
import itertools
import json
import re
import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .routes import Route

__all__ = ["Answer", "answer", "event", "request_id"]

Answer = tuple[int, list[tuple[str, str]], bytes]

_PROCESS = str(uuid4())[:23]
_requests = itertools.count(1)

_TEXT_TYPES = frozenset({"", "application/json", "application/javascript", "application/xml"})


def _is_text(content_type: str) -> bool:
    """Return whether API Gateway passes such a body on as text; it encodes any other, including forms, in base64."""
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type in _TEXT_TYPES or media_type.startswith("text/") or media_type.endswith("+json")


def _body(body: bytes, content_type: str) -> dict[str, Any]:
    if _is_text(content_type):
        try:
            return {"body": body.decode("utf-8"), "isBase64Encoded": False}
        except UnicodeDecodeError:
            pass
    return {"body": base64.b64encode(body).decode("ascii"), "isBase64Encoded": True}


def _headers(environ: Mapping[str, Any]) -> dict[str, str]:
    headers = {_header_name(name): value for name, value in environ.items() if name.startswith("HTTP_")}
    for name, header in (("CONTENT_TYPE", "content-type"), ("CONTENT_LENGTH", "content-length")):
        if environ.get(name):
            headers[header] = environ[name]
    return headers


@lru_cache(maxsize=256)
def _header_name(variable: str) -> str:
    """Return the name of the header behind a WSGI variable that begins with ``HTTP_``, in API Gateway's spelling."""
    return variable[5:].lower().replace("_", "-")


def _encode_octets(raw: str) -> str:
    """Percent-encode the octets of a query string that a client, such as curl, has sent unencoded.

    WSGI represents each octet as one character (PEP 3333, "Unicode Issues").
    """
    return raw if raw.isascii() else re.sub("[^\x00-\x7f]", lambda octet: f"%{ord(octet[0]):02X}", raw)


@lru_cache(maxsize=256)
def _query(raw: str) -> dict[str, str]:
    """Return the parameters of a query string, cached; callers copy them. A page requests its pictures again."""
    parameters: dict[str, str] = {}
    for name, value in parse_qsl(raw, keep_blank_values=True):
        parameters[name] = f"{parameters[name]},{value}" if name in parameters else value
    return parameters


def event(environ: Mapping[str, Any], route: Route, body: bytes) -> dict[str, Any]:
    """Make the event that API Gateway would hand to the function of `route` for this WSGI request.

    Parameters
    ----------
    environ
        The WSGI environment (PEP 3333); repeated headers are already joined by a comma.
    route
        The route that the request matched; for a HEAD request, that of the GET.
    body
        The whole body.
    """
    headers = _headers(environ)
    cookies = headers.pop("cookie", "")
    path = str(environ["PATH_INFO"])
    parameters = route.parameters(path)
    raw_query = _encode_octets(environ.get("QUERY_STRING", ""))
    now = time.time()
    payload: dict[str, Any] = {
        "version": "2.0",
        "routeKey": route.key,
        "rawPath": path,
        "rawQueryString": raw_query,
        "headers": headers,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "local",
            "domainName": headers.get("host", "localhost"),
            "domainPrefix": "local",
            "http": {
                "method": route.method,
                "path": path,
                "protocol": environ.get("SERVER_PROTOCOL", "HTTP/1.1"),
                "sourceIp": str(environ.get("REMOTE_ADDR", "127.0.0.1")).partition(":")[0],
                "userAgent": headers.get("user-agent", ""),
            },
            "requestId": request_id(),
            "routeKey": route.key,
            "stage": "$default",
            "time": _clock_time(int(now)),
            "timeEpoch": int(now * 1000),
        },
        "isBase64Encoded": False,
    }
    if cookies:
        payload["cookies"] = cookies.split("; ")
    if parameters:
        payload["pathParameters"] = parameters
    if raw_query:
        payload["queryStringParameters"] = _query(raw_query).copy()
    if body:
        payload |= _body(body, headers.get("content-type", ""))
    return payload


def request_id() -> str:
    """Return an identifier that no other request has, in the form of a UUID: a part for the process, and a number."""
    return f"{_PROCESS}-{next(_requests):012x}"


@lru_cache(maxsize=2)
def _clock_time(seconds: int) -> str:
    """Return a time in seconds since 1970 in the form of web servers' access logs."""
    return time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(seconds))


def answer(result: Any) -> Answer:
    """Split the handler's result into status, headers and body.

    A result without ``statusCode`` is the JSON body itself, as for API Gateway.
    """
    if not (isinstance(result, dict) and "statusCode" in result):
        return 200, [("content-type", "application/json")], json.dumps(result).encode()
    headers = [(name.lower(), str(value)) for name, value in result.get("headers", {}).items()]
    headers += [("set-cookie", cookie) for cookie in result.get("cookies", ())]
    body = result.get("body") or ""
    return (
        int(result["statusCode"]),
        headers,
        base64.b64decode(body) if result.get("isBase64Encoded") else body.encode("utf-8"),
    )
