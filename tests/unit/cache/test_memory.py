from __future__ import annotations

import gc
import sys
import tracemalloc

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qr_engine.cache import memory
from qr_engine.cache.entry import REMEMBERED_REQUEST, Entry
from qr_engine.cache.memory import OVERHEAD, MemoryTier


def entry(size: int = 100, text: str = "a") -> Entry:
    return Entry(created=0, metadata=b"", request=text.encode(), body=bytes(size), gzipped=False, length=size)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(memory, "monotonic", lambda: now[0])
    return now


def test_what_is_put_is_got():
    tier = MemoryTier(10_000, 60)
    tier.put("key", entry())
    assert tier.get("key") == entry()
    assert tier.get("other") is None


def test_the_least_recently_used_goes_first():
    tier = MemoryTier(3 * (entry().size + OVERHEAD), 60)
    for key in "abc":
        tier.put(key, entry())
    tier.get("a")
    tier.put("d", entry())
    assert [key for key in "abcd" if tier.holds(key)] == ["a", "c", "d"]
    assert tier.evictions == 1


def test_an_entry_is_forgotten_after_its_ttl(clock: list[float]):
    tier = MemoryTier(10_000, 60)
    tier.put("key", entry())
    clock[0] += 59.9
    assert tier.holds("key")
    clock[0] += 0.1
    assert not tier.holds("key")
    assert tier.get("key") is None
    assert tier.popular(5) == []


def test_the_hits_of_an_entry_that_has_expired_are_known_until_it_is_dropped(clock: list[float]):
    tier = MemoryTier(10_000, 60)
    tier.put("key", entry())
    for _ in range(3):
        tier.get("key")
    clock[0] += 60
    assert tier.get("key") is None
    assert tier.expired_hits("key") == 3
    tier.drop("key")
    assert tier.expired_hits("key") == 0
    assert (len(tier), tier.bytes) == (0, 0)
    assert tier.hits == 3


def test_the_popular_are_those_with_the_most_hits():
    tier = MemoryTier(10_000, 60)
    for key, hits in (("a", 1), ("b", 3), ("c", 2)):
        tier.put(key, entry())
        for _ in range(hits):
            tier.get(key)
    assert [(key, hits) for key, _, hits in tier.popular(2)] == [("b", 3), ("c", 2)]


def test_the_lookups_that_an_entry_was_drawn_for_count_with_its_hits():
    tier = MemoryTier(10_000, 60)
    tier.put("drawn for one", entry(), lookups=1)
    tier.put("warmed", entry(), lookups=0)
    tier.get("drawn for one")
    assert [(key, lookups) for key, _, lookups in tier.popular(5)] == [("drawn for one", 2)]


def test_an_entry_that_is_drawn_anew_keeps_its_hits():
    tier = MemoryTier(10_000, 60)
    tier.put("key", entry(), lookups=1)
    tier.get("key")
    tier.put("key", entry(), lookups=0)
    assert [lookups for _, _, lookups in tier.popular(5)] == [2]


def test_an_entry_that_is_not_ranked_is_never_popular():
    tier = MemoryTier(10_000, 60)
    tier.put("sent along", msgspec.structs.replace(entry(), recipe=b""), lookups=1)
    tier.put("long", msgspec.structs.replace(entry(), request=bytes(REMEMBERED_REQUEST + 1)), lookups=1)
    assert tier.popular(5) == []


def test_a_limit_of_zero_keeps_nothing():
    tier = MemoryTier(0, 60)
    tier.put("key", entry())
    assert not tier.holds("key")


def test_what_alone_exceeds_the_limit_leaves_the_others():
    tier = MemoryTier(2000, 60)
    tier.put("small", entry())
    tier.put("large", entry(5000))
    assert tier.holds("small")
    assert not tier.holds("large")


def test_a_larger_entry_under_the_same_key_does_not_leave_the_old_one():
    tier = MemoryTier(2000, 60)
    tier.put("key", entry())
    tier.put("key", entry(5000))
    assert not tier.holds("key")
    assert tier.bytes == 0


def test_clear_forgets_what_is_chosen_and_counts_only_what_was_alive(clock: list[float]):
    tier = MemoryTier(100_000, 60)
    tier.put("stale", entry())
    clock[0] += 60
    tier.put("kept", entry(text="a"))
    tier.put("gone", entry(text="b"))
    _, before = len(tier), tier.bytes
    assert tier.clear(lambda found: found.request == b"b") == (1, before - entry().size - OVERHEAD)
    assert tier.holds("kept")
    assert len(tier) == 1


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 3000)), max_size=60))
def test_the_bytes_are_exact_and_never_over_the_limit(puts: list[tuple[str, int]]):
    tier = MemoryTier(6000, 60)
    for key, size in puts:
        tier.put(key, entry(size))
        assert tier.bytes <= 6000
    held = [found for key in "abcdefgh" if (found := tier.get(key))]
    assert tier.bytes == sum(found.size + OVERHEAD for found in held)
    assert len(tier) == len(held)


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="measures CPython's objects")
def test_the_overhead_is_no_less_than_what_python_takes():
    tier = MemoryTier(100_000_000, 60)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for number in range(2000):
        tier.put(f"{number:064x}", Entry(number + 10**9, bytes(100), bytes(100), bytes(1000), False, 1000))
    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert taken <= tier.bytes
