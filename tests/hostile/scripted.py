"""A server that answers each command with what a test has written, whatever was asked."""

from __future__ import annotations

import contextlib
import socket
import threading
from itertools import count

__all__ = ["ScriptedServer"]


class ScriptedServer:
    """Takes connections, reads commands as clients send them, and gives one of `replies` for each.

    Attributes
    ----------
    replies
        What the commands get, in their order; the last goes on for ever.
    first
        What comes before the first reply of each connection.
    connections
        How many have been made.
    """

    def __init__(self, *replies: bytes, first: bytes = b"") -> None:
        self.replies, self.first = replies, first
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._listener.getsockname()[1])
        self._open: list[socket.socket] = [self._listener]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        for found in self._open:
            with contextlib.suppress(OSError):
                found.shutdown(socket.SHUT_RDWR)
            found.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                self.connections += 1
                self._open.append(near)
                threading.Thread(target=self._answer, args=(near,), daemon=True).start()

    def _answer(self, near: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), near, near.makefile("rb") as asked:
            for number in count():
                line = asked.readline()
                if not line:
                    return
                for _ in range(int(line[1:])):
                    asked.read(int(asked.readline()[1:]) + 2)
                reply = self.replies[min(number, len(self.replies) - 1)]
                near.sendall((self.first if number == 0 else b"") + reply)
