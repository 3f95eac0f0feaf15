"""The master that a group of sentinels names."""

from __future__ import annotations

from time import monotonic

from redis.exceptions import AuthenticationError, RedisError
from redis.exceptions import ConnectionError as Lost

from ...config import Address, Settings
from .server import Server, open_server

__all__ = ["Sentinels", "sentinel"]


def sentinel(settings: Settings) -> Server:
    """A client of the master, which is looked up anew at every (re)connect, and so after a failover."""
    sentinels = Sentinels(settings)
    return open_server(settings, (f"{settings.redis_sentinel_master}", 0), locate=sentinels.master)


class Sentinels:
    """Those who know which server is the master.

    A sentinel that asks for a login gets the one of the master; none is sent to those that do not ask.

    Parameters
    ----------
    settings
        Where they are, and the name of the master.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._sentinels = {address: open_server(settings, address, log_in=False) for address in settings.sentinel_nodes}

    def master(self) -> Address:
        """Where the master is now, by the first sentinel that answers; one that does not is asked last from then on.

        Raises
        ------
        redis.RedisError
            None of them knows the master, or those that were asked within the timeouts did not answer.
        """
        deadline = monotonic() + (self._settings.redis_connect_timeout_ms + self._settings.redis_timeout_ms) / 1000
        failure: RedisError = Lost(f"no sentinel knows the master {self._settings.redis_sentinel_master}")
        for address in tuple(self._sentinels):
            try:
                found = self._ask(address)
                if found is not None:
                    return found
            except RedisError as error:
                failure = error
            self._sentinels[address] = self._sentinels.pop(address)
            if monotonic() >= deadline:
                break
        raise failure

    def _ask(self, address: Address) -> Address | None:
        question = "SENTINEL GET-MASTER-ADDR-BY-NAME", self._settings.redis_sentinel_master
        try:
            (reply,) = self._sentinels[address].batch([question])
        except AuthenticationError:
            self._sentinels[address] = open_server(self._settings, address)
            (reply,) = self._sentinels[address].batch([question])
        if reply is None:
            return None
        host, port = reply
        return host.decode(), int(port)
