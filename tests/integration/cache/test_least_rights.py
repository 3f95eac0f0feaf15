from __future__ import annotations

import redis
from tests.integration.redis_client.test_acl import PASSWORD, USER, make_user
from tests.redis_server import RedisServer

from qr_engine.cache.clear import ClearFilter
from qr_engine.cache.glob import compile_glob
from qr_engine.request import format_of, text_of

from .conftest import Environment, asked, entry_names


def test_the_documented_user_can_do_all_that_the_cache_does(
    environment: Environment, redis_server: RedisServer, client: redis.Redis
):
    make_user(redis_server.port)
    own = environment(REDIS_AUTH="password", REDIS_USERNAME=USER, REDIS_PASSWORD=PASSWORD)
    matches = compile_glob("a*")
    assert [own.generate(asked("a")).source for _ in range(2)] == ["miss", "redis"]
    assert own.cache.not_expiring([own.generate(asked("b")).key]) == [True]
    own.cache.release(["00" * 32])
    own.cache.save_cursor("version", 5)
    assert own.cache.load_cursor("version") == 5
    assert len(own.cache.popular(5)) == 2
    told = own.cache.stats(format_of)
    assert (told.hits, told.misses, told.total_keys, told.evictions) == (1, 2, 2, 0)
    client.rpush(entry_names(client)[0] + b"00", "of another type")
    assert own.cache.clear(ClearFilter(lambda _created, request: matches(text_of(request)))).count == 1
    assert own.cache.clear().count == 2
    assert own.cache.stats(format_of).errors == 0
