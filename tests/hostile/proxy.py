"""What stands between an environment and its Redis, and is slow, or cuts, in a way that a test chooses."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

__all__ = ["Proxy"]


class Proxy:
    """A port that passes everything on to a server, and of its answers what the attributes say.

    Attributes
    ----------
    chunk
        Bytes of an answer that are passed on at a time.
    pause
        Seconds before each of them.
    stall_after
        Bytes of the answers of a connection after which nothing more comes, though it stays open; None for never.
    cut_after
        Bytes of the answers of a connection after which it ends.
    reset
        Whether it ends with a reset, and not in order.
    mute
        Whether connections are taken, and nothing else happens.
    connections
        How many have been made.
    """

    def __init__(self, port: int) -> None:
        self.chunk, self.pause = 65_536, 0.0
        self.stall_after: int | None = None
        self.cut_after: int | None = None
        self.reset = False
        self.mute = False
        self.connections = 0
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._listener.getsockname()[1])
        self._open: set[socket.socket] = set()
        self._ended = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._ended.set()
        for found in [self._listener, *self._open]:
            with contextlib.suppress(OSError):
                found.shutdown(socket.SHUT_RDWR)
            found.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                self.connections += 1
                self._open.add(near)
                if self.mute:
                    continue
                far = socket.create_connection(("127.0.0.1", self._target))
                self._open.add(far)
                threading.Thread(target=self._forward, args=(near, far), daemon=True).start()
                threading.Thread(target=self._back, args=(far, near), daemon=True).start()

    def _forward(self, near: socket.socket, far: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := near.recv(65_536):
                far.sendall(data)
        self._end(near, far)

    def _back(self, far: socket.socket, near: socket.socket) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while data := far.recv(self.chunk):
                self._ended.wait(self.pause)
                if self.stall_after is not None and passed + len(data) > self.stall_after:
                    near.sendall(data[: self.stall_after - passed])
                    self._ended.wait()
                if self.cut_after is not None and passed + len(data) > self.cut_after:
                    near.sendall(data[: self.cut_after - passed])
                    time.sleep(0.001)
                    break
                near.sendall(data)
                passed += len(data)
        if self.reset:
            with contextlib.suppress(OSError):
                near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self._end(near, far)

    def _end(self, *ends: socket.socket) -> None:
        for end in ends:
            if not self.reset:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            end.close()
            self._open.discard(end)
