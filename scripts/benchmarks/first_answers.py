"""The first answer of an environment, by the kind of Redis that has the picture."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping

from redis import Redis
from tests.redis_server import RedisServer
from tests.redis_servers.certificates import Authority
from tests.redis_servers.cluster import ClusterServers

from .built_layer import built_layer
from .cold_start import contender
from .harness import Run, measure
from .results import LeftOut, Line, Result

__all__ = ["TITLE", "results"]

TITLE = "Import and first answer from Redis, by kind of Redis"

_USER = "engine"


def results(run: Run) -> Iterator[Result]:
    """Against the same answer drawn, where there is no Redis."""
    built = built_layer(run)
    if isinstance(built, LeftOut):
        yield LeftOut(TITLE, built.why)
        return
    if not shutil.which("redis-server") or not shutil.which("openssl"):
        yield LeftOut(TITLE, "needs redis-server and openssl on PATH")
        return
    engine = ("app", built.functions["generate"], built.layer)
    places = _places(run)
    contenders = [contender(built, "no Redis, drawn", engine, "both")]
    for name, where in places.items():
        contender(built, name, engine, "both", where).batch(1)  # draws the picture, and stores it
        contenders.append(contender(built, name, engine, "both", where, source="redis"))
    none, *answered = measure(run, contenders, rounds=1 if run.quick else 11)
    for answer in answered:
        yield Line(what=answer.name, ours=answer, theirs=none, as_floor=True)


def _places(run: Run) -> dict[str, Mapping[str, str]]:
    """Start new servers and return the variables that lead to them."""
    folder = run.workspace / "first-answers"
    folder.mkdir()
    authority = Authority(folder)
    plain, encrypted, cluster = RedisServer(folder), RedisServer(folder), ClusterServers(folder)
    encrypted.encrypt(*authority.sign("DNS:localhost"), authority.certificate)
    for server in (plain, encrypted, cluster):
        run.closing.callback(server.stop)
        server.start()
    # Only ElastiCache can check a signed token: this user is let in with any password.
    with Redis.from_url(encrypted.url, ssl_ca_certs=str(authority.certificate)) as administrator:
        administrator.execute_command("ACL", "SETUSER", _USER, "on", "nopass", "allcommands", "allkeys")
    # On a busy machine as well the answer is to come from Redis, and not from a client that gave it up.
    patient = {"REDIS_TIMEOUT_MS": "10000", "REDIS_CONNECT_TIMEOUT_MS": "10000"}
    tls = {"REDIS_URL": encrypted.url, "REDIS_TLS_CA_FILE": str(authority.certificate)}
    login = {"REDIS_AUTH": "iam", "REDIS_USERNAME": _USER, "REDIS_IAM_CACHE_NAME": "codes"}
    role = {"AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"}
    places = {
        "one server": {"REDIS_URL": plain.url},
        "over TLS": tls,
        "over TLS with a login by IAM": {**tls, **login, **role},
        "a cluster": {"REDIS_CLUSTER_NODES": cluster.nodes},
    }
    return {name: {**patient, **variables} for name, variables in places.items()}
