"""What error replies mean, and which slot a key has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.crc import key_slot

from qr_engine.redis_client import errors
from qr_engine.redis_client.errors import Ask, Moved, RedisError, ResponseError, error_from_reply
from qr_engine.redis_client.slots import slot_of


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("NOAUTH Authentication required.", errors.AuthenticationError),
        ("WRONGPASS invalid username-password pair", errors.AuthenticationError),
        ("LOADING Redis is loading the dataset in memory", errors.BusyLoading),
        ("ERR max number of clients reached", errors.ConnectionLost),
        ("NOSCRIPT No matching script.", errors.NoScript),
        ("READONLY You can't write against a read only replica.", errors.ReadOnly),
        ("NOPERM this user has no permissions", errors.NoPermission),
        ("CLUSTERDOWN Hash slot not served", errors.ClusterDown),
        ("OOM command not allowed when used memory > 'maxmemory'.", ResponseError),
        ("TRYAGAIN Multiple keys request during rehashing of slot", ResponseError),
        ("", ResponseError),
    ],
)
def test_an_error_reply_is_known_by_its_code(message: str, kind: type[RedisError]):
    assert type(error_from_reply(message)) is kind
    assert str(error_from_reply(message)) == message


@pytest.mark.parametrize(("code", "kind"), [("MOVED", Moved), ("ASK", Ask)])
@pytest.mark.parametrize("host", ["10.0.0.7", "node.example", "fd00::7", ""])
def test_a_redirection_says_where_to_go(code: str, kind: type[Moved | Ask], host: str):
    found = error_from_reply(f"{code} 3999 {host}:6381")
    assert isinstance(found, kind)
    assert (found.slot, found.host, found.port) == (3999, host, 6381)


@pytest.mark.parametrize("message", ["MOVED", "MOVED 3999", "ASK here now", "MOVED 1 host:port"])
def test_a_redirection_that_says_nowhere_is_a_refusal(message: str):
    assert type(error_from_reply(message)) is ResponseError


@given(st.text(alphabet="{}ab é\0", max_size=12) | st.binary(max_size=24))
def test_a_key_has_the_slot_that_redis_gives_it(key: str | bytes):
    assert slot_of(key) == key_slot(key.encode() if isinstance(key, str) else key)
