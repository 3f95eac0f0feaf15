"""Cross-origin sharing as the template configures it (Fetch Standard, CORS protocol)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Sharing", "parse_sharing"]


class Sharing(msgspec.Struct, frozen=True, rename="camel"):
    """The CORS configuration of API Gateway, which adds the headers itself: no function sees a preflight.

    Attributes
    ----------
    allow_origins
        Sites, or ``*`` for all of them.
    max_age
        Seconds that a browser may keep the answer to a preflight.
    """

    allow_origins: list[str]
    allow_methods: list[str]
    allow_headers: list[str]
    expose_headers: list[str]
    max_age: int

    def is_preflight(self, environ: Mapping[str, Any]) -> bool:
        """Return whether a request is a preflight: a browser asks whether it may send the real one."""
        return (
            environ["REQUEST_METHOD"] == "OPTIONS"
            and bool(self._origin(environ))
            and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ
        )

    def headers(self, environ: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Return the CORS headers for a WSGI request: none unless a page of another, allowed site sends it."""
        origin = self._origin(environ)
        if not origin:
            return []
        headers = [("access-control-allow-origin", origin)]
        if not self.is_preflight(environ):
            return [*headers, ("access-control-expose-headers", ",".join(self.expose_headers))]
        return [
            *headers,
            ("access-control-allow-methods", ",".join(self.allow_methods)),
            ("access-control-allow-headers", ",".join(self.allow_headers)),
            ("access-control-max-age", str(self.max_age)),
        ]

    def _origin(self, environ: Mapping[str, Any]) -> str:
        origin = str(environ.get("HTTP_ORIGIN", ""))
        if origin and "*" in self.allow_origins:
            return "*"
        return origin if origin in self.allow_origins else ""


def parse_sharing(template: dict[str, Any]) -> Sharing:
    """Read the CORS configuration of the template's HTTP API, with the defaults of its parameters."""
    apis = (resource for resource in template["Resources"].values() if resource["Type"] == "AWS::Serverless::HttpApi")
    cors = dict(next(apis)["Properties"]["DefinitionBody"]["x-amazon-apigateway-cors"])
    origins = cors["allowOrigins"]
    if isinstance(origins, dict):
        cors["allowOrigins"] = template["Parameters"][origins["Ref"]]["Default"].split(",")
    return msgspec.convert(cors, Sharing)
