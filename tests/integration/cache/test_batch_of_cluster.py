"""Many codes in one go from a cluster: one exchange with each node, which fails without the others."""

from __future__ import annotations

import pytest
from tests.redis_servers.cluster import ClusterServers

from qr_engine.config import load
from qr_engine.pipeline.engine import Engine

from .batches import TEXTS, made, sources
from .conftest import entry_name


def of_cluster(cluster: ClusterServers, **variables: str) -> Engine:
    given = {"REDIS_CLUSTER_NODES": cluster.nodes, "MEMORY_CACHE_BYTES": "0", "REDIS_TIMEOUT_MS": "1000"}
    return Engine(load({**given, "REDIS_PREFIX": "together", **variables}))


def test_a_cluster_is_asked_in_one_exchange_with_each_node(cluster: ClusterServers, sends: list[int]):
    engine = of_cluster(cluster)
    made(engine, ["other", *TEXTS])
    sends.clear()
    assert sources(of_cluster(cluster), TEXTS) == ["redis"] * 50
    sends.clear()
    assert sources(engine, TEXTS) == ["redis"] * 50
    assert len(sends) == 3


@pytest.mark.usefixtures("long_pause")
def test_a_node_that_hangs_costs_the_codes_of_its_own_alone(cluster: ClusterServers):
    engine = of_cluster(cluster, REDIS_TIMEOUT_MS="200")
    found = made(engine, TEXTS)
    names = [entry_name(each.key, "together") for each in found]
    hung = cluster.master_of(names[0])
    theirs = [cluster.master_of(name) is hung for name in names]
    hung.pause()
    try:
        told = sources(engine, TEXTS)
    finally:
        hung.resume()
    assert told == ["miss" if its else "redis" for its in theirs]
    assert engine.cache.counters.errors == 1
    cluster.wait()


def test_slots_that_have_moved_are_followed(cluster: ClusterServers):
    engine = of_cluster(cluster)
    keys = [found.key for found in made(engine, TEXTS)]
    key = keys[0]
    name = entry_name(key, "together")
    target = cluster.another(cluster.master_of(name))
    cluster.migrate(name, target)
    # A script that finds some of its keys on one side and some on the other is told to try again later.
    told = zip(keys, sources(engine, TEXTS), strict=True)
    assert {source for other, source in told if other[:2] != key[:2]} == {"redis"}
    cluster.finish(name, target)
    made(engine, TEXTS)
    errors = engine.cache.counters.errors
    assert sources(of_cluster(cluster), TEXTS) == sources(engine, TEXTS) == ["redis"] * 50
    assert engine.cache.counters.errors == errors
    cluster.wait()
