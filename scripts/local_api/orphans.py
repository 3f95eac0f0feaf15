"""The end of a worker whose server is gone, so that nothing keeps the port."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading

__all__ = ["end_with_parent"]

DRAIN_SECONDS = 10.0
"""How long a worker without a server may still take for what it is answering."""


def end_with_parent() -> None:
    """End this process soon after the one that started it, even if that was killed; nothing where nobody did."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        # As the server would have done: answer what has begun, then stop.
        os.kill(os.getpid(), signal.SIGTERM)
        threading.Event().wait(DRAIN_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="end-with-parent").start()
