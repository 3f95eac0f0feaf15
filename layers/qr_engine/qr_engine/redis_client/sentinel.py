"""The master that a group of sentinels names."""

from __future__ import annotations

from msgspec.structs import replace

from ..config import Address, Settings
from .errors import Fault, LoginRefused, Lost, Spent
from .options import dial
from .pool import Server

__all__ = ["Sentinels", "sentinel"]


def sentinel(settings: Settings) -> Server:
    """A client of the master, which is looked up anew at every (re)connect, and so after a failover."""
    how = dial(settings, (f"{settings.redis_sentinel_master}", 0))
    return Server(replace(how, locate=Sentinels(settings).master), settings.redis_max_connections)


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
        self._sentinels = {address: self._server(address, log_in=False) for address in settings.sentinel_nodes}

    def master(self) -> Address:
        """Where the master is now, by the first sentinel that answers; one that does not is asked last from then on.

        It is asked on the way to the master, within the time that there is for connecting.

        Raises
        ------
        Fault
            None of them knows the master, or those that were asked within the timeouts did not answer.
        """
        failure: Fault = Lost(f"no sentinel knows the master {self._settings.redis_sentinel_master}")
        for address in tuple(self._sentinels):
            try:
                found = self._ask(address)
                if found is not None:
                    return found
            except Spent:
                break
            except Fault as error:
                failure = error
            self._sentinels[address] = self._sentinels.pop(address)
        raise failure

    def _ask(self, address: Address) -> Address | None:
        question = "SENTINEL", "GET-MASTER-ADDR-BY-NAME", self._settings.redis_sentinel_master
        try:
            (reply,) = self._sentinels[address].batch([question])
        except LoginRefused:
            self._sentinels[address] = self._server(address, log_in=True)
            (reply,) = self._sentinels[address].batch([question])
        if reply is None:
            return None
        host, port = reply
        return host.decode(), int(port)

    def _server(self, address: Address, *, log_in: bool) -> Server:
        return Server(dial(self._settings, address, log_in=log_in), self._settings.redis_max_connections)
