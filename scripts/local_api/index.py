"""The index of the local API at ``/``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .gateway import Answer
    from .routes import Route

__all__ = ["EXAMPLE", "index"]

EXAMPLE = "/api/qr/generate?data=https://example.com"

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>QR Engine</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }}
</style>
<h1>QR Engine</h1>
<p><a href="{example}"><img src="{example}" alt="QR code for https://example.com" width="300" height="300"></a>
<pre>&lt;img src="{example}"&gt;</pre>
<ul>
{routes}
</ul>
"""


def index(routes: Iterable[Route], accept: str) -> Answer:
    """List the routes: a page with a first picture where HTML is accepted, else JSON."""
    if "text/html" in accept:
        items = "\n".join(f"<li><code>{route.key}</code>" for route in routes)
        return 200, [("content-type", "text/html; charset=utf-8")], _PAGE.format(example=EXAMPLE, routes=items).encode()
    entries = [{"method": route.method, "path": route.path, "function": route.function.name} for route in routes]
    document = {"name": "QR Engine", "routes": entries, "example": EXAMPLE}
    return 200, [("content-type", "application/json")], json.dumps(document, indent=2).encode() + b"\n"
