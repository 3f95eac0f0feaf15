"""The hook: what CodeDeploy asks before it moves traffic to new versions. It serves nobody.

It draws one code with the new version of generate and reads it back, and asks the cache with each of the others. What
it finds wrong ends the deployment, and the versions that serve go on serving.
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
"""The pictures of which a decoder gets the pixels."""

MOST_STYLES = 5
"""How many are tried before no style is taken to work."""

WAIT = 50
"""Seconds for an answer: a version that has never run has to start first."""


class Wrong(Exception):
    """A version does not do what it has to; the text says what it did."""


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
    """Draw, read back, and ask the cache, all with the new versions.

    Parameters
    ----------
    client
        Of Lambda.
    deployment
        What the code says, so that nobody has stored it before.

    Raises
    ------
    Wrong
        Something is not as it has to be.
    """
    code = {"data": f"https://example.com/deployment/{deployment}"}
    if os.environ.get("REQUIRE_STYLE") == "true":
        style = _find_style(client, code["data"])
        if style is None:
            # Nothing can be drawn before there is one, and that is no fault of the versions.
            return
        code["style"] = style
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in code.items())
    picture = _ask(client, "GENERATE", f"GET {GENERATE}", query=query)
    # A style may say the format, and lock it.
    if picture["headers"]["Content-Type"] in READABLE:
        found = _read(base64.b64decode(picture["body"]))
        if found != code["data"]:
            raise Wrong(f"a decoder reads {found!r} from what generate draws")
    elif len(code) == 1:
        raise Wrong(f"generate answers with {picture['headers']['Content-Type']}, not with a PNG")
    try:
        _ask_cache(client, code)
    except Wrong:
        # A deployment that is forced is to get out while something is wrong, and the cache may be it.
        if os.environ.get("STOP_AT_ALARM") != "false":
            raise


def _find_style(client: Any, text: str) -> str | None:
    """Find a style that can be used; None where there is none at all."""
    names = [style["name"] for style in json.loads(_ask(client, "GENERATE", "GET /api/qr/styles")["body"])["styles"]]
    fault = None
    for name in names[:MOST_STYLES]:
        try:
            _ask(client, "GENERATE", "POST /api/qr/validate", body=json.dumps({"data": text, "style": name}))
            return str(name)
        except Wrong as wrong:
            # The file of one may be broken, which is for its owner to mend.
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
    """Ask a function's new version, with an event such as an HTTP API sends."""
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
    """Return the query of an address, signed where the stack has a key; where nobody asks for one it plays no part."""
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
    """Read the text of the QR code in a picture, with a decoder that had no part in drawing it; empty for none."""
    import zxingcpp
    from PIL import Image

    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("RGB"))
    return found[0].text if found else ""
