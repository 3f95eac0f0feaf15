"""SnapStart: an environment that is frozen once it has started, and thawed any number of times, elsewhere and later."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["on_freeze_and_thaw"]


def on_freeze_and_thaw(forget: Callable[[], None]) -> None:
    """Have `forget` called before the snapshot is taken, and again in each environment that is restored from it.

    Sockets do not survive, nor does anything that has to differ from environment to environment. Where the runtime has
    no hooks, which Lambda's has, nothing is ever frozen.
    """
    try:
        from snapshot_restore_py import register_after_restore, register_before_snapshot
    except ImportError:
        return
    register_before_snapshot(forget)
    register_after_restore(forget)
