"""The cache key: canonical form and digest, against the digest alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from hashlib import sha256

from qr_engine import RENDERER_VERSION
from qr_engine.request import CanonicalRequest, cache_key, canonical_bytes, object_of_json, parse

from .harness import Run, called, measure
from .results import Line, Result
from .symbol_makers import url

__all__ = ["TITLE", "results"]

TITLE = "Cache key"


def results(run: Run) -> Iterator[Result]:
    """A canonical request of 25 characters to its 64 hex digits."""
    _, canonical = parse(object_of_json(json.dumps({"data": url(25)})))
    digested = b"%d:" % RENDERER_VERSION + canonical_bytes(canonical)
    if sha256(digested).hexdigest() != cache_key(canonical_bytes(canonical)):
        raise ValueError("the floor digests other bytes than the key")
    ours, floor, usual = measure(
        run,
        [
            called("qr_engine", lambda: cache_key(canonical_bytes(canonical))),
            called("SHA-256 of the same bytes", lambda: sha256(digested).hexdigest()),
            called("json.dumps and SHA-256", partial(_by_json, canonical)),
        ],
    )
    yield Line(what="canonical form and SHA-256", ours=ours, theirs=floor, as_floor=True)
    yield Line(what="canonical form and SHA-256", ours=ours, theirs=usual)


def _by_json(request: CanonicalRequest) -> str:
    fields = {name: getattr(request, name) for name in request.__struct_fields__}
    return sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
