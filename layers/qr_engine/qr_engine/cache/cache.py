"""The two tiers of one execution environment: memory in front of Redis, and a service that works without either."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from ..config import Settings, is_started_ahead
from ..errors import CacheUnavailable
from ..redis_client.resilient import Unavailable
from . import stats, warm_progress
from .clear import Chosen, Cleared, clear_redis, forget_popular
from .counters import Counters
from .deferred_store import FirstLookup
from .entry import Entry
from .memory import MemoryTier
from .popularity import Popular, most_popular
from .redis_tier import RedisTier
from .script_args import LEASE_MS, REMEMBERED_REQUEST
from .stats import CacheStats, MemoryTierStats, PopularEntry

if TYPE_CHECKING:
    from .bulk import Drawn, Leased, Wanted

__all__ = ["Cache", "Tier"]

Tier = Literal["memory", "redis"]


class Cache:
    """Both tiers of one execution environment.

    Parameters
    ----------
    settings
        Where Redis is, if there is one, and the bounds of the memory tier.
    is_sound
        Whether the picture and the metadata of an entry from Redis can be served; one that cannot is drawn anew.
    """

    def __init__(self, settings: Settings, is_sound: Callable[[Entry], bool] = lambda _: True) -> None:
        self.settings = settings
        self.counters = Counters()
        self.redis = RedisTier(settings, self.counters, is_sound) if settings.mode != "memory" else None
        ttl = min(settings.memory_cache_ttl, settings.redis_ttl) if self.redis else settings.redis_ttl
        self.memory = MemoryTier(settings.memory_cache_bytes, ttl)
        self._place = ("", 0)
        # Nobody waits for what starts ahead of its requests.
        skips = self.redis is not None and settings.redis_first_lookup == "skip" and not is_started_ahead()
        self._first = FirstLookup(skips=skips)

    @contextmanager
    def request(self) -> Iterator[None]:
        """Have all that is asked of Redis within the block lose no more than one request may.

        That is one connection and two commands. A request within a request is a part of that.
        """
        if self.redis is None:
            yield
            return
        from ..redis_client.budget import COMMANDS, allow, allowed

        with allow(allowed() or self.redis.guarded.budget(COMMANDS)):
            yield

    def lookup(
        self, key: str, request: bytes, *, wait_ms: float = LEASE_MS, redrawable: bool = True, quick: bool = False
    ) -> tuple[Entry, Tier] | None:
        """The entry that answers the canonical `request`, and the tier that had it. Counts a hit or a miss.

        After a miss the caller is expected to draw the picture and `store` it, or to `release` the key.

        Parameters
        ----------
        wait_ms
            The longest to wait for the picture where another environment is drawing it.
        redrawable
            Whether the request alone is enough to draw the picture again; otherwise popularity passes it over.
        quick
            Whether drawing the picture takes less time than to connect to Redis, which the first lookup may then leave
            to the next one.
        """
        self._settle()
        entry, owed = self.memory.get(key)
        if entry is not None:
            self.counters.memory_hits += 1
            return entry, "memory"
        if self.redis is None or self._first.skip(key, quick=quick):
            self.counters.misses += 1
            return None
        entry = self.redis.lookup(key, request, weight=1 + owed, wait_ms=wait_ms, redrawable=redrawable)
        if entry is None:
            return None
        self.memory.put(key, entry)
        return entry, "redis"

    def lookup_all(self, wanted: Sequence[Wanted]) -> list[tuple[Entry, Tier] | Leased | None]:
        """As `lookup` for each of `wanted`, whose keys are all different, in one exchange and without waiting.

        Where another environment is drawing a picture, that is what is found, and nothing is counted.
        """
        self._settle()
        found: list[tuple[Entry, Tier] | Leased | None] = [None] * len(wanted)
        absent: list[tuple[int, int]] = []
        for place, one in enumerate(wanted):
            entry, owed = self.memory.get(one.key)
            if entry is None:
                absent.append((place, 1 + owed))
            else:
                self.counters.memory_hits += 1
                found[place] = entry, "memory"
        if self.redis is None or self._skips([wanted[place] for place, _ in absent]):
            self.counters.misses += len(absent)
            return found
        # Here and below: only a batch needs it, and every cold start would wait for it.
        from .bulk import look_up

        asked = [(wanted[place], weight) for place, weight in absent]
        for (place, _), outcome in zip(absent, look_up(self.redis, asked), strict=True):
            if isinstance(outcome, Entry):
                self.memory.put(wanted[place].key, outcome)
                found[place] = outcome, "redis"
            else:
                found[place] = outcome
        return found

    def _skips(self, absent: list[Wanted]) -> bool:
        """Whether this first lookup goes without Redis, which it does not where several need the client anyway."""
        return bool(absent) and self._first.skip(absent[0].key, quick=absent[0].quick and len(absent) == 1)

    def store(self, key: str, entry: Entry, *, lookups: int = 1, redrawable: bool = True) -> bool:
        """Keep `entry` in both tiers; whether the tier that is shared, or the only one, took it.

        Parameters
        ----------
        lookups
            How many lookups it was drawn for: 0 if nobody asked for it yet.
        redrawable
            As for `lookup`.
        """
        self._keep(key, entry, lookups, redrawable)
        if self.redis is None:
            return self.memory.holds(key)
        if self._first.drawn(key, entry, lookups, redrawable):
            return True
        return self.redis.store(key, entry, lookups=lookups, redrawable=redrawable)

    def store_all(self, drawn: Sequence[Drawn]) -> list[bool]:
        """As `store` for each of `drawn`, in one exchange."""
        for one in drawn:
            self._keep(one.key, one.entry, one.lookups, one.redrawable)
        if self.redis is None:
            return [self.memory.holds(one.key) for one in drawn]
        from .bulk import store

        owed = [self._first.drawn(one.key, one.entry, one.lookups, one.redrawable) for one in drawn]
        stored = iter(store(self.redis, [one for one, later in zip(drawn, owed, strict=True) if not later]))
        return [later or next(stored) for later in owed]

    def _keep(self, key: str, entry: Entry, lookups: int, redrawable: bool) -> None:
        ranked = redrawable and len(entry.request) <= REMEMBERED_REQUEST
        self.memory.put(key, entry, lookups=lookups, ranked=ranked)
        if self.redis is None:
            self.counters.merge(Counters(sets=1, plain_bytes=entry.length, stored_bytes=len(entry.body)))

    def release_all(self, wanted: Sequence[str]) -> None:
        """As `release` for each of `wanted`, in one exchange."""
        held = [key for key in wanted if not self._first.ended(key)]
        if self.redis is not None and held:
            from .bulk import release

            release(self.redis, held)

    def release(self, key: str) -> None:
        """Let others go ahead with the picture under `key`, which this environment could not draw."""
        if self.redis is not None and not self._first.ended(key):
            self.redis.release(key)

    def lasting(self, wanted: list[str]) -> list[bool]:
        """Whether each key has an entry, in the shared or only tier, that is not about to expire. Counts nothing.

        Raises
        ------
        CacheUnavailable
            Redis does not answer.
        """
        self._settle()
        if self.redis is None:
            return [self.memory.holds(key) for key in wanted]
        try:
            return warm_progress.lasting(self.redis.guarded, wanted)
        except Unavailable:
            raise _gone() from None

    def popular(self, most: int) -> list[Popular]:
        """The keys that are asked for most, the first first; with their requests.

        Raises
        ------
        CacheUnavailable
            Redis does not answer.
        """
        self._settle()
        if self.redis is None:
            held = self.memory.popular(most)
            return [Popular(key, float(lookups), entry.request) for key, entry, lookups in held]
        try:
            return most_popular(self.redis.guarded, most)
        except Unavailable:
            raise _gone() from None

    def remember_place(self, version: str, place: int) -> None:
        """Keep how far the warming of the list of this `version` came."""
        self._place = (version, place)
        if self.redis is not None:
            warm_progress.remember_place(self.redis.guarded, version, place)

    def remembered_place(self, version: str) -> int:
        """How far the last warming of the list of this `version` came; 0 if there was none, or nobody knows."""
        known = self._place if self.redis is None else warm_progress.remembered_place(self.redis.guarded)
        return known[1] if known[0] == version else 0

    def clear(
        self,
        chosen: Chosen | None = None,
        *,
        forget: Chosen | None = None,
        conditions: str = "",
        cursor: str | None = None,
        seconds: float = 20.0,
    ) -> Cleared:
        """Remove the entries that `chosen` picks, or all, from both tiers.

        Parameters
        ----------
        forget
            Whose popularity to forget, where that is not everyone's.
        conditions
            What `chosen` asks, in words that are the same each time: a cursor only counts for the same conditions.
        cursor, seconds
            Where an earlier clear stopped, and how long this one may take.

        Raises
        ------
        CacheUnavailable
            Redis does not answer; the memory tier of this environment is cleared all the same.
        InvalidRequest
            The cursor is none that an earlier call gave.
        """
        self._settle()
        before = len(self.memory)
        count, freed = self.memory.clear(lambda entry: chosen is None or chosen(entry.created, entry.request))
        if self.redis is None:
            return Cleared(count, before, freed, None)
        try:
            if cursor is None:
                forget_popular(self.redis.guarded, forget)
            return clear_redis(self.redis.guarded, chosen, conditions=conditions, cursor=cursor, seconds=seconds)
        except Unavailable:
            raise _gone() from None

    def stats(self, format_of: Callable[[bytes], str]) -> CacheStats:
        """The figures of both tiers.

        Parameters
        ----------
        format_of
            Reads the format from a canonical request.

        Raises
        ------
        CacheUnavailable
            Redis does not answer.
        """
        self._settle()
        if self.redis is None:
            memory = self.memory
            shared = stats.Shared(self.counters, len(memory), memory.bytes, True, memory.evictions)
        else:
            try:
                shared = stats.shared(self.redis.guarded, self.counters)
            except Unavailable:
                raise _gone() from None
        popular = [
            PopularEntry(found.key, format_of(found.request), round(found.lookups, 2)) for found in self.popular(10)
        ]
        own = MemoryTierStats(len(self.memory), self.memory.bytes, self.memory.hits)
        return stats.told(shared, own, popular, self.settings, self.breaker)

    def _settle(self) -> None:
        if self.redis is not None and self._first.owed is not None:
            self._first.settle(self.redis)

    def forget(self) -> None:
        """Close every connection and begin anew, with what this environment has counted; see `snapshot`."""
        self.memory.clear(lambda _: True)
        if self.redis is not None:
            self.redis.forget()

    @property
    def breaker(self) -> Literal["closed", "open"]:
        """Whether this environment leaves Redis, or a node of it, alone for the moment."""
        breakers = self.redis.guarded.breakers.values() if self.redis else ()
        return "open" if any(breaker.is_open for breaker in breakers) else "closed"


def _gone() -> CacheUnavailable:
    return CacheUnavailable("Redis does not answer; codes are drawn and served without it. Try again in a few seconds.")
