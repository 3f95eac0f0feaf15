"""Many lookups, or many stores, in one exchange with each server of Redis; each means what it means alone."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import msgspec

from ..observability import count
from ..redis_client import Call, batch
from ..redis_client.resilient import Unavailable
from . import keys
from .counters import Counters
from .entry import Entry
from .redis_tier import RedisTier
from .script_args import LEASE_MS, LOOKUP, STORE

__all__ = ["Drawn", "Leased", "Wanted", "look_up", "release", "store"]


class Wanted(msgspec.Struct, frozen=True):
    """One of many lookups; no other of the same exchange has its key.

    Attributes
    ----------
    key, request
        The cache key, and the canonical request that the entry has to answer.
    lease_ms
        How long the caller may have to draw it.
    redrawable, quick
        As for `Cache.lookup`.
    """

    key: str
    request: bytes
    lease_ms: float = LEASE_MS
    redrawable: bool = True
    quick: bool = False


class Leased(msgspec.Struct, frozen=True):
    """What a lookup finds where another environment is drawing the picture, for another `left_ms` at most.

    It has been counted neither as a hit nor as a miss: that is left to the lookup that follows.
    """

    left_ms: int


class Drawn(msgspec.Struct, frozen=True):
    """One of many entries to store, drawn for one lookup or, with `lookups` 0, for none."""

    key: str
    entry: Entry
    redrawable: bool = True
    lookups: int = 1


def look_up(tier: RedisTier, wanted: Sequence[tuple[Wanted, int]]) -> list[Entry | Leased | None]:
    """For each of `wanted` the entry, or who draws it: another, or with None the caller, as after `RedisTier.lookup`.

    Parameters
    ----------
    wanted
        The lookups, each with how many lookups it stands for in popularity.
    """
    found: list[Entry | Leased | None] = [None] * len(wanted)
    counters = tier.counters
    taken = counters.take() if tier.calls.room else Counters()
    places: list[int] = []
    calls: list[Call] = []
    for place, (one, weight) in enumerate(wanted):
        if tier.left_alone(one.key):
            counters.misses += 1
            count("BreakerSkipped")
            continue
        request = one.request if one.redrawable else b""
        brought = Counters() if calls else taken
        calls.append(
            tier.calls.lookup(one.key, request, weight=weight, lease_ms=one.lease_ms, asker=tier.asker(), taken=brought)
        )
        places.append(place)
    answers = tier.guarded.run_all(LOOKUP, calls)
    if not answers.get(0, (None, 0))[1]:
        counters.merge(taken)
    for number, place in enumerate(places):
        value, counted = answers.get(number, (0, 0))
        if not counted:
            tier.count(value)
        if isinstance(value, bytes):
            one, _ = wanted[place]
            found[place] = tier.checked(one.key, one.request, value)
        elif value:
            found[place] = Leased(value)
    return found


def store(tier: RedisTier, drawn: Sequence[Drawn]) -> list[bool]:
    """Keep all that was `drawn` and give the leases back, as `RedisTier.store`; whether Redis took each."""
    taken = [False] * len(drawn)
    places: list[int] = []
    calls: list[Call] = []
    counted: list[Counters] = []
    for place, one in enumerate(drawn):
        if tier.left_alone(one.key):
            continue
        if not one.entry.fits:
            tier.release(one.key)
            continue
        kept = _kept(one.entry)
        if not calls:
            kept.merge(tier.counters.take())
        calls.append(tier.calls.store(one.key, one.entry, lookups=one.lookups, redrawable=one.redrawable, counted=kept))
        places.append(place)
        counted.append(kept)
    answers = tier.guarded.run_all(STORE, calls)
    for number, (place, kept) in enumerate(zip(places, counted, strict=True)):
        taken[place] = number in answers
        if not taken[place]:
            kept.merge(_kept(drawn[place].entry, -1))
        if not taken[place] or not tier.calls.room:
            tier.counters.merge(kept)
    return taken


def release(tier: RedisTier, wanted: Sequence[str]) -> None:
    """Give the leases on the keys `wanted` back: there will be no pictures."""
    names = [keys.lease(tier.settings.redis_prefix, key) for key in wanted]
    with suppress(Unavailable):
        tier.guarded.call(batch, [("DEL", name) for name in names])


def _kept(entry: Entry, times: int = 1) -> Counters:
    """What storing `entry` counts."""
    return Counters(sets=times, plain_bytes=times * entry.length, stored_bytes=times * len(entry.body))
