"""Hooks of SnapStart, which freezes an environment that has started and restores it many times, elsewhere and later."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["on_freeze_and_thaw"]


def on_freeze_and_thaw(forget: Callable[[], None]) -> None:
    """Register `forget` to be called before the snapshot and again in each environment restored from it.

    Sockets do not survive a snapshot, and neither may anything that has to differ between environments. A runtime
    without hooks, unlike Lambda's, freezes nothing.
    """
    try:
        from snapshot_restore_py import register_after_restore, register_before_snapshot
    except ImportError:
        return
    register_before_snapshot(forget)
    register_after_restore(forget)
