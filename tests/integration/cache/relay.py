"""What stands between an environment and its Redis, and fails where a test wants it to."""

from __future__ import annotations

import contextlib
import select
import socket
import threading

from tests.redis_server import RedisServer

__all__ = ["Relay"]


class Relay:
    """A port in front of a Redis that hangs up in the middle of an answer.

    Attributes
    ----------
    answered
        Bytes of the answers that each connection passes on before it ends.
    """

    def __init__(self, server: RedisServer, answered: int) -> None:
        self.answered = answered
        self._server = server
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"redis://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                with near, socket.create_connection(("127.0.0.1", self._server.port)) as far:
                    self._pass_on(near, far)

    def _pass_on(self, near: socket.socket, far: socket.socket) -> None:
        left = self.answered
        while left > 0:
            readable, _, _ = select.select([near, far, self._listener], [], [])
            if near in readable:
                asked_for = near.recv(65536)
                if not asked_for:
                    return
                far.sendall(asked_for)
            if far in readable:
                got = far.recv(65536)[:left]
                near.sendall(got)
                left -= len(got)
            elif near not in readable:
                return
