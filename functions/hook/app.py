"""The hook: CodeDeploy calls it before it moves traffic to new versions. It serves no requests.

It draws one code with the new version of generate and reads it back, and calls the cache with the new versions of the
other functions. If anything is wrong, the deployment ends, and traffic stays on the old versions.
"""

from __future__ import annotations

import base64
import io
import json
import os
from time import time
from typing import Any
from urllib.parse import quote

GENERATE = "/api/qr/generate"
READABLE = ("image/png", "image/webp", "image/jpeg", "image/gif")
"""The formats that a decoder can read back."""

MOST_STYLES = 5
"""The number of styles to try before none counts as working."""

WAIT = 50
"""Seconds to wait for an answer: a version that has never run has to start first."""


class Wrong(Exception):
    """A new version does not work; the text says what it did."""


def lambda_handler(event: dict[str, Any], _context: Any) -> None:
    """Try the new versions, and tell CodeDeploy whether traffic may move to them."""
    import boto3
    from botocore.config import Config

    client = boto3.client("lambda", config=Config(read_timeout=WAIT, retries={"total_max_attempts": 2}))
    status = "Succeeded"
    try:
        check(client, str(event["DeploymentId"]))
    except Exception as error:  # whatever it was, CodeDeploy would wait an hour for an answer
        print(
            json.dumps(
                {"level": "ERROR", "message": "the new versions fail", "error": f"{type(error).__name__}: {error}"}
            )
        )
        status = "Failed"
    boto3.client("codedeploy").put_lifecycle_event_hook_execution_status(
        deploymentId=event["DeploymentId"],
        lifecycleEventHookExecutionId=event["LifecycleEventHookExecutionId"],
        status=status,
    )


def check(client: Any, deployment: str) -> None:
    """Draw a code, read it back, and call the cache, all with the new versions.

    Parameters
    ----------
    client
        The Lambda client.
    deployment
        Identifier of the deployment; the code contains it, so that no cache has that code yet.

    Raises
    ------
    Wrong
        A new version does not work.
    """
    code = {"data": f"https://example.com/deployment/{deployment}"}
    if os.environ.get("REQUIRE_STYLE") == "true":
        style = _find_style(client, code["data"])
        if style is None:
            # Without any style nothing can be drawn, and that is not the fault of the new versions.
            return
        code["style"] = style
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in code.items())
    picture = _ask(client, "GENERATE", f"GET {GENERATE}", query=query)
    # A style may set the format, and lock it.
    if picture["headers"]["Content-Type"] in READABLE:
        found = _read(base64.b64decode(picture["body"]))
        if found != code["data"]:
            raise Wrong(f"a decoder reads {found!r} from what generate draws")
    elif len(code) == 1:
        raise Wrong(f"generate answers with {picture['headers']['Content-Type']}, not with a PNG")
    try:
        _ask_cache(client, code)
    except Wrong:
        # A forced deployment has to work while something is wrong, and that may be the cache.
        if os.environ.get("STOP_AT_ALARM") != "false":
            raise


def _find_style(client: Any, text: str) -> str | None:
    """Find a style that works; None if there are no styles."""
    names = [style["name"] for style in json.loads(_ask(client, "GENERATE", "GET /api/qr/styles")["body"])["styles"]]
    fault = None
    for name in names[:MOST_STYLES]:
        try:
            _ask(client, "GENERATE", "POST /api/qr/validate", body=json.dumps({"data": text, "style": name}))
            return str(name)
        except Wrong as wrong:
            # The file of a style may be broken; its owner has to mend it, so try the next style.
            fault = wrong
    if fault is not None:
        raise fault
    return None


def _ask_cache(client: Any, code: dict[str, str]) -> None:
    _ask(client, "STATS", "GET /api/qr/cache/stats")
    warmed = _invoke(client, "WARM", {"patterns": [code]})
    if warmed.get("failed") != 0:
        raise Wrong(f"warm answers {str(warmed)[:200]}")
    _ask(client, "CLEAR", "POST /api/qr/cache/clear", body=json.dumps({"pattern": code["data"]}))


def _ask(client: Any, function: str, route: str, *, query: str = "", body: str | None = None) -> dict[str, Any]:
    """Call the new version of a function with an event like those of an HTTP API."""
    method, _, path = route.partition(" ")
    query = _sign(method, f"{path}?{query}", body)
    http = {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "hook"}
    event = {
        "version": "2.0",
        "routeKey": route,
        "rawPath": path,
        "rawQueryString": query,
        "headers": {
            "host": "hook",
            "content-type": "application/json",
            "accept": "image/png",
            "x-origin-secret": os.environ.get("ORIGIN_SECRET", ""),
        },
        "requestContext": {"http": http, "routeKey": route, "stage": "$default", "requestId": "hook"},
        "isBase64Encoded": False,
        **({} if body is None else {"body": body}),
    }
    answer = _invoke(client, function, event)
    if answer.get("statusCode") != 200:
        raise Wrong(f"{route} answers {answer.get('statusCode')}: {str(answer.get('body'))[:200]}")
    return answer


def _sign(method: str, address: str, body: str | None) -> str:
    """Return the query of an address, signed if the stack has a key; where no signature is required, it is ignored."""
    from qr_engine.api.signing.keys import keys_of, sign_address
    from qr_engine.config import settings

    keys = keys_of(settings())
    if keys:
        address = sign_address(keys[0], method, address, int(time()) + WAIT, (body or "").encode())
    return address.partition("?")[2]


def _invoke(client: Any, function: str, event: dict[str, Any]) -> dict[str, Any]:
    answer = client.invoke(FunctionName=os.environ[function], Payload=json.dumps(event).encode())
    content = json.loads(answer["Payload"].read())
    if "FunctionError" in answer or not isinstance(content, dict):
        raise Wrong(f"{function.lower()} ends with {str(content)[:200]}")
    return content


def _read(picture: bytes) -> str:
    """Read the text of the QR code in a picture with an independent decoder; empty if it finds none."""
    import zxingcpp
    from PIL import Image

    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("RGB"))
    return found[0].text if found else ""
