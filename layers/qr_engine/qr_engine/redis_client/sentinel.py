"""The master that a group of sentinels names."""

from __future__ import annotations

from msgspec.structs import replace

from ..config import Address, Settings
from .errors import AuthenticationError, BudgetSpent, ConnectionLost, RedisError
from .options import connection_options
from .pool import Server

__all__ = ["Sentinels", "sentinel"]


def sentinel(settings: Settings) -> Server:
    """Make a client of the master; each (re)connect asks the sentinels for it, and so follows a failover."""
    options = connection_options(settings, (f"{settings.redis_sentinel_master}", 0))
    return Server(replace(options, locate=Sentinels(settings).find_master), settings.redis_max_connections)


class Sentinels:
    """The sentinels, which know which server is the master.

    A sentinel that asks for a login gets the master's; others get none.

    Parameters
    ----------
    settings
        Where they are, and the name of the master.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._sentinels = {address: self._server(address, log_in=False) for address in settings.sentinel_nodes}

    def find_master(self) -> Address:
        """Ask the sentinels in turn where the master is, until one answers; one that does not answer moves to the end.

        The time for connecting to the master includes this.

        Raises
        ------
        RedisError
            None of the sentinels knows the master, or none answered within the timeouts.
        """
        failure: RedisError = ConnectionLost(f"no sentinel knows the master {self._settings.redis_sentinel_master}")
        for address in tuple(self._sentinels):
            try:
                address_of_master = self._query(address)
                if address_of_master is not None:
                    return address_of_master
            except BudgetSpent:
                break
            except RedisError as error:
                failure = error
            self._sentinels[address] = self._sentinels.pop(address)
        raise failure

    def _query(self, address: Address) -> Address | None:
        command = "SENTINEL", "GET-MASTER-ADDR-BY-NAME", self._settings.redis_sentinel_master
        try:
            (reply,) = self._sentinels[address].batch([command])
        except AuthenticationError:
            self._sentinels[address] = self._server(address, log_in=True)
            (reply,) = self._sentinels[address].batch([command])
        if reply is None:
            return None
        host, port = reply
        return host.decode(), int(port)

    def _server(self, address: Address, *, log_in: bool) -> Server:
        return Server(connection_options(self._settings, address, log_in=log_in), self._settings.redis_max_connections)
