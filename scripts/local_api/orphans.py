"""End a worker whose server is gone, so that nothing keeps the port."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading

__all__ = ["end_with_parent"]

DRAIN_SECONDS = 10.0
"""How long a worker without a server may still take for requests that have begun."""


def end_with_parent() -> None:
    """End this process soon after its parent, even if that was killed; do nothing without a parent."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        # As the server would have done: finish open requests, then stop.
        os.kill(os.getpid(), signal.SIGTERM)
        threading.Event().wait(DRAIN_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="end-with-parent").start()
