"""The whole cache in every mode, and through the failover of a master."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from tests.redis_server import RedisServer
from tests.redis_servers.cluster import ClusterServers
from tests.redis_servers.sentinels import MASTER, SentinelServers
from tests.stopwatch import idle_seconds

from qr_engine.cache.clear import ClearFilter
from qr_engine.cache.glob import compile_glob
from qr_engine.config import load
from qr_engine.pipeline.engine import Engine
from qr_engine.request import format_of, text_of

from .conftest import asked, entry_name

BACK_WITHIN = 5.0


def engine(**variables: str) -> Engine:
    return Engine(load({"MEMORY_CACHE_BYTES": "0", "REDIS_TIMEOUT_MS": "1000", **variables}))


@pytest.fixture(params=["standalone", "cluster", "sentinel"])
def variables(request: pytest.FixtureRequest) -> dict[str, str]:
    """What the environment says in each mode in turn, with a prefix of the test's own."""
    if request.param == "standalone":
        server: RedisServer = request.getfixturevalue("redis_server")
        found = {"REDIS_URL": server.url}
    elif request.param == "cluster":
        found = {"REDIS_CLUSTER_NODES": request.getfixturevalue("cluster").nodes}
    else:
        found = {"REDIS_SENTINEL_NODES": request.getfixturevalue("sentinels").nodes, "REDIS_SENTINEL_MASTER": MASTER}
    return {**found, "REDIS_PREFIX": f"test{time.monotonic_ns()}"}


def test_a_second_environment_gets_the_picture(variables: dict[str, str]):
    texts = [f"code {number}" for number in range(60)]
    assert {engine(**variables).generate(asked(texts[0])).source for _ in range(2)} == {"miss", "redis"}
    one, other = engine(**variables), engine(**variables)
    assert [one.generate(asked(text)).source for text in texts[1:]] == ["miss"] * 59
    assert [other.generate(asked(text)).source for text in texts] == ["redis"] * 60


def test_the_statistics_are_those_of_all_nodes(variables: dict[str, str]):
    own = engine(**variables)
    for _ in range(3):
        for number in range(40):
            own.generate(asked(f"code {number}"))
    told = own.cache.stats(format_of)
    assert (told.hits, told.misses, told.sets, told.errors) == (80, 40, 40, 0)
    assert (told.total_keys, told.total_keys_exact) == (40, True)
    assert told.mode == own.cache.settings.mode
    assert len(told.popular) == 10
    assert all(found.lookups == pytest.approx(3, abs=0.1) for found in told.popular)


def test_a_clear_reaches_all_nodes_and_goes_on_where_it_stopped(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("qr_engine.cache.clear.SCAN_COUNT", 10)
    own = engine(**variables)
    for number in range(60):
        own.generate(asked(f"{'old' if number % 3 else 'new'} {number}"))
    matches = compile_glob("old *")
    old = ClearFilter(lambda _created, request: matches(text_of(request)), "old *")
    cleared = own.cache.clear(old, seconds=0)
    total, calls = cleared.count, 1
    while cleared.cursor is not None:
        cleared = own.cache.clear(old, cursor=cleared.cursor, seconds=0)
        total, calls = total + cleared.count, calls + 1
    assert (total, calls > 1) == (40, True)
    assert {text_of(found.request)[:3] for found in own.cache.popular(100)} == {"new"}
    assert own.cache.clear().count == 20


def test_leases_and_lasting_work_across_nodes(variables: dict[str, str]):
    own = engine(**variables)
    keys = [own.generate(asked(f"code {number}")).key for number in range(30)]
    assert own.cache.not_expiring([*keys, "00" * 32]) == [True] * 30 + [False]


SLOWEST = 4.0
"""Seconds: a lease that nobody gives back, and the timeouts before and after it, on a busy machine."""


def errors(of: Engine) -> int:
    """The failures that all environments have counted, with those that `of` has not yet brought to Redis."""
    return of.cache.stats(format_of).errors


class Load:
    """Requests of two environments, one after the other, as long as the block lasts.

    Attributes
    ----------
    sources
        Where each answer came from, with the moment.
    wrong
        Whatever was raised or had the wrong bytes.
    slowest
        Seconds that the answer that waited longest waited for Redis.
    failures
        Failures of Redis that were passed over and counted.
    """

    def __init__(self, make: Callable[[], Engine]) -> None:
        self.sources: list[tuple[float, str]] = []
        self.wrong: list[Any] = []
        self.slowest = 0.0
        self.failures = 0
        self._make = make
        self._failed_before = errors(make())
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run) for _ in range(2)]

    def _run(self) -> None:
        own = self._make()
        expected = {text: Engine(load({})).generate(asked(text)).entry.picture() for text in "abcdefghij"}
        while not self._stop.is_set():
            for text, picture in expected.items():
                started = idle_seconds()
                try:
                    found = own.generate(asked(text))
                    if found.entry.picture() != picture:
                        self.wrong.append(found)
                except Exception as error:  # whatever it is, the test is to see it
                    self.wrong.append(error)
                    return
                self.slowest = max(self.slowest, idle_seconds() - started)
                self.sources.append((time.monotonic(), found.source))
            self._stop.wait(0.005)
        # At once, since what a master has not passed on when it is demoted is lost.
        self.failures = max(self.failures, errors(own) - self._failed_before)

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        self.hits_for(0.3)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def hits_for(self, seconds: float, within: float = 10.0) -> None:
        """Wait until nothing but hits came for `seconds`."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            recent = [source for moment, source in self.sources[-5000:] if moment > time.monotonic() - seconds]
            if len(recent) > 20 and set(recent) == {"redis"}:
                return
            time.sleep(0.02)
        raise AssertionError(f"no hits for {seconds} s; last: {self.sources[-20:]}, {self.wrong}")


def serving(cluster: ClusterServers, text: str) -> RedisServer:
    key = engine(REDIS_CLUSTER_NODES=cluster.nodes).generate(asked(text)).key
    return cluster.master_of(f"qr_engine_v2:{{{key[:2]}}}:c")


@pytest.mark.parametrize("manner", ["takeover", "crash"])
def test_a_master_of_the_cluster_fails_over_under_load(cluster: ClusterServers, manner: str):
    master = serving(cluster, "a")
    replica = cluster.replica_of(master)
    with Load(lambda: engine(REDIS_CLUSTER_NODES=cluster.nodes, REDIS_TIMEOUT_MS="250")) as under_load:
        if manner == "takeover":
            cluster.ask(replica, "CLUSTER FAILOVER")
        else:
            master.stop()
        deadline = time.monotonic() + 15
        while (
            cluster.ask(replica, "ROLE")[0] != "master" or cluster.ask(replica, "CLUSTER INFO")["cluster_state"] != "ok"
        ):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        under_load.hits_for(0.5, within=BACK_WITHIN)
    if manner == "crash":
        master.start()
    cluster.wait()
    assert under_load.wrong == []
    assert under_load.slowest < SLOWEST
    assert manner == "takeover" or under_load.failures >= 1


def test_slots_that_move_under_load_lose_nothing(cluster: ClusterServers):
    own = engine(REDIS_CLUSTER_NODES=cluster.nodes)
    key = own.generate(asked("a")).key
    name = entry_name(key)
    target = cluster.another(cluster.master_of(name))
    with Load(lambda: engine(REDIS_CLUSTER_NODES=cluster.nodes)) as under_load:
        cluster.migrate(name, target)
        time.sleep(0.3)
        cluster.finish(name, target)
        under_load.hits_for(0.5, within=BACK_WITHIN)
    assert under_load.wrong == []
    assert own.generate(asked("a")).source == "redis"
    cluster.wait()


@pytest.mark.parametrize("manner", ["asked for", "crash"])
def test_the_sentinels_fail_a_master_over_under_load(sentinels: SentinelServers, manner: str):
    nodes = {"REDIS_SENTINEL_NODES": sentinels.nodes, "REDIS_SENTINEL_MASTER": MASTER, "REDIS_TIMEOUT_MS": "250"}
    master = sentinels.master()
    with Load(lambda: engine(**nodes)) as under_load:
        if manner == "asked for":
            sentinels.ask(sentinels.sentinels[0], "SENTINEL FAILOVER", MASTER)
        else:
            master.stop()
        deadline = time.monotonic() + 20
        # Who was asked for goes on answering as a master for a while.
        while sentinels.master() is master or (manner == "asked for" and sentinels.ask(master, "ROLE")[0] == "master"):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        under_load.hits_for(0.5, within=BACK_WITHIN)
    if manner == "crash":
        master.start()
    sentinels.wait()
    assert under_load.wrong == []
    assert under_load.slowest < SLOWEST
    assert manner == "asked for" or under_load.failures >= 1
