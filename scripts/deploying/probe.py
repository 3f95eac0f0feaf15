"""One client for the smoke test: requests over HTTP, signed where the route asks for it."""

from __future__ import annotations

import http.client
import json
import os
import re
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import msgspec
from scripts.signed_address import sign_with_environment

__all__ = ["Answer", "Failed", "Probe"]


class Failed(Exception):
    """An answer is not what it has to be; the text says what it was."""


class Answer(msgspec.Struct, frozen=True):
    """What came back.

    Attributes
    ----------
    headers
        By name in lower case.
    milliseconds
        From the first byte sent, or the connection where it was a new one, to the last received.
    """

    status: int
    headers: dict[str, str]
    body: bytes
    milliseconds: float

    def json(self) -> Any:
        """Return the body, which has to be JSON.

        Raises
        ------
        Failed
            It is not.
        """
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise Failed(f"the body is not JSON: {self.body[:80]!r}") from error


class Probe:
    """Asks the API at `url`.

    Parameters
    ----------
    region
        Where a deployed API takes signatures for; None for one that asks for none.
    style
        The style that codes have; None for none.
    """

    def __init__(self, url: str, region: str | None = None, style: str | None = None) -> None:
        self.style = style
        self.url = url.rstrip("/")
        parts = urlsplit(self.url)
        self.host, self._encrypted = parts.netloc, parts.scheme == "https"
        deployed = re.search(r"\.execute-api\.([a-z0-9-]+)\.amazonaws\.", self.url)
        self.region = region or (deployed[1] if deployed else None)

    @property
    def deployed(self) -> bool:
        """Whether AWS answers, and not this computer."""
        return self.region is not None

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: dict[str, str] | None = None,
        *,
        signed: bool = False,
        status: int = 200,
    ) -> Answer:
        """Send one request on a connection of its own.

        Raises
        ------
        Failed
            Nobody answers, or with another status than `status`.
        """
        sent = json.dumps(body).encode() if body is not None else None
        path = sign_with_environment(method, path, sent or b"", seconds=300)
        all_headers = {"Host": self.host, **({"Content-Type": "application/json"} if sent else {}), **(headers or {})}
        if "ORIGIN_SECRET" in os.environ:
            all_headers["x-origin-secret"] = os.environ["ORIGIN_SECRET"]
        if signed and self.region:
            from scripts.load.service import Unreachable
            from scripts.load.signing import sign

            try:
                all_headers = sign(method, self.url + path, all_headers, sent, self.region)
            except Unreachable as error:
                # With a key of its own an address needs no credentials, if the stack has Signing=admin.
                if "SIGNING_KEY" not in os.environ:
                    raise Failed(str(error)) from error
        kind = http.client.HTTPSConnection if self._encrypted else http.client.HTTPConnection
        connection = kind(self.host, timeout=35)
        begun = perf_counter()
        try:
            connection.request(method, path, sent, all_headers)
            response = connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise Failed(f"nobody answers: {error}") from error
        finally:
            connection.close()
        took = (perf_counter() - begun) * 1000
        answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, content, took)
        if answer.status != status:
            raise Failed(f"{method} {path.partition('?')[0]} answered {answer.status}, not {status}: {content[:160]!r}")
        return answer
