"""The service beside the load: whether it is there, its cache routes, and who signs for them."""

from __future__ import annotations

import json
import re
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from scripts.signed_address import sign_with_environment

__all__ = ["Service", "Unreachable"]

_GATEWAY = re.compile(r"\.execute-api\.([a-z0-9-]+)\.(amazonaws\.com(\.cn)?|api\.aws)$")
_SIGNED_SECONDS = 300
_WARMED_AT_ONCE = 40
"""Codes in one call of the warm route, so that it answers within the 30 seconds that API Gateway waits."""


class Unreachable(Exception):
    """The service does not answer, or not as it should; says what it did."""


class Service:
    """The cache routes of one API.

    Parameters
    ----------
    url
        Where it is.
    region
        What requests are signed for; found in the address of an API Gateway. Without either nothing is signed.
    timeout
        Seconds.
    """

    def __init__(self, url: str, region: str | None, timeout: float) -> None:
        self.url = url
        self.timeout = timeout
        match = _GATEWAY.search(urlsplit(url).hostname or "")
        self.region = region or (match[1] if match else None)

    def require(self) -> None:
        """Draw one code.

        Raises
        ------
        Unreachable
            It does not come.
        """
        self._answer(Request(f"{self.url}/api/qr/generate?data=load-test&format=svg&cache=false"))

    def stats(self) -> dict[str, Any]:
        """Return what the stats route says.

        Raises
        ------
        Unreachable
            It says nothing.
        """
        stats: dict[str, Any] = self._call("GET", "/api/qr/cache/stats", None, "stats")["stats"]
        return stats

    def clear(self) -> None:
        """Empty the cache, however many calls that takes.

        Raises
        ------
        Unreachable
            It cannot be emptied.
        """
        body: dict[str, str] = {}
        while True:
            answer = self._call("POST", "/api/qr/cache/clear", body, "complete")
            if answer["complete"]:
                return
            body = {"cursor": answer["cursor"]}

    def warm(self, patterns: list[dict[str, Any]]) -> None:
        """Have every one of `patterns` drawn and stored.

        Raises
        ------
        Unreachable
            One of them could not be.
        """
        for start in range(0, len(patterns), _WARMED_AT_ONCE):
            left = patterns[start : start + _WARMED_AT_ONCE]
            while left:
                answer = self._call("POST", "/api/qr/cache/warm", {"patterns": left}, "failed")
                if answer["failed"] or answer.get("left", 0) == len(left):
                    raise Unreachable(
                        f"the warm route did not store {answer['failed'] or len(left)} codes{_why(answer)}"
                    )
                left = left[len(left) - answer["left"] :] if answer.get("left") else []

    def _call(self, method: str, path: str, body: dict[str, Any] | None, member: str) -> dict[str, Any]:
        """Return the JSON object that a cache route answers, which has `wanted` in it."""
        answer = self._answer(self._request(method, path, body))
        try:
            document = json.loads(answer)
        except ValueError:
            document = None
        if not isinstance(document, dict) or member not in document:
            beginning = answer[:80].decode(errors="replace")
            raise Unreachable(f"{method} {self.url}{path} does not answer as QR Engine does, but {beginning!r}")
        return document

    def _request(self, method: str, path: str, body: dict[str, Any] | None) -> Request:
        data = None if body is None else json.dumps(body).encode()
        headers = {} if body is None else {"Content-Type": "application/json"}
        url = self.url + sign_with_environment(method, path, data or b"", seconds=_SIGNED_SECONDS)
        if self.region:
            from .signing import sign

            headers = sign(method, url, headers, data, self.region)
        return Request(url, data, headers, method=method)

    def _answer(self, request: Request) -> bytes:
        try:
            with urlopen(request, timeout=self.timeout) as response:
                answer: bytes = response.read()
                return answer
        except HTTPError as error:
            detail = " ".join(error.read(300).decode(errors="replace").split())
            problem = f"{request.get_method()} {request.full_url} answers {error.code}"
            raise Unreachable(f"{problem}: {detail}" if detail else problem) from None
        except (URLError, HTTPException, OSError) as error:
            reason = str(getattr(error, "reason", error)) or type(error).__name__
            raise Unreachable(f"{self.url} does not answer ({reason}); `make run` serves it locally") from None


def _why(answer: dict[str, Any]) -> str:
    """Return what the warm route says of the first code that it did not store."""
    problems = [result["problem"] for result in answer["results"] if "problem" in result]
    return f": {problems[0]['detail']}" if problems else ""
