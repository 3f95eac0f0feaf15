"""Read the ranking of the most requested codes, which lookups maintain."""

from __future__ import annotations

import heapq
import re
from time import time
from typing import Final

import msgspec

from ..redis_client import read_batch
from ..redis_client.resilient import ResilientClient
from . import keys

__all__ = ["Popular", "read_popular"]


_MEMBER: Final = re.compile(rb"[0-9a-f]{62}")
_SCORE: Final = re.compile(rb"-?[0-9]{1,20}(?:\.[0-9]{1,40})?(?:e[-+]?[0-9]{1,2})?")


class Popular(msgspec.Struct, frozen=True):
    """A key that is requested often.

    Attributes
    ----------
    key
        The cache key.
    lookups
        How often the key was requested; a lookup a day ago counts half, one two days ago a quarter, and so on.
    request
        The canonical request.
    """

    key: str
    lookups: float
    request: bytes


def read_popular(redis: ResilientClient, count: int) -> list[Popular]:
    """Return the `count` most popular keys, the most popular first.

    Raises
    ------
    Unavailable
        Redis does not answer.
    """
    if not count:
        return []
    prefix = redis.settings.redis_prefix
    rankings = [("ZREVRANGE", keys.popular(prefix, tag), 0, count - 1, "WITHSCORES") for tag in keys.TAGS]
    ranked: list[tuple[float, str]] = []
    for tag, answer in zip(keys.TAGS, redis.call(read_batch, rankings), strict=True):
        members, scores = (answer or ())[::2], (answer or ())[1::2]
        pairs = zip(members, scores, strict=True)
        ranked += [(float(score), tag + member.decode()) for member, score in pairs if _is_ranking(member, score)]
    best = heapq.nlargest(count, ranked)
    commands = [("HGET", keys.requests(prefix, keys.tag_of(key)), key[2:]) for _, key in best]
    requests = redis.call(read_batch, commands) if commands else []
    today = time() / 86400
    return [
        Popular(key, 2 ** max(-60.0, min(score - today, 60.0)), request)
        for (score, key), request in zip(best, requests, strict=True)
        if request is not None
    ]


def _is_ranking(member: bytes, score: bytes) -> bool:
    """Return whether this is a key and its score, and not a value of another application."""
    return bool(_MEMBER.fullmatch(member) and _SCORE.fullmatch(score))
