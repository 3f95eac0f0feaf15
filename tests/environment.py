"""Execution environments of the functions, as Lambda starts and ends them, within the process of a test."""

from __future__ import annotations

import pytest

from qr_engine import config
from qr_engine.api.routes import generate
from qr_engine.api.signing import guard
from qr_engine.config import Settings
from qr_engine.pipeline import engine

__all__ = ["forget", "fresh"]


def forget() -> None:
    """End the environment: the next call reads the settings anew, and starts with an empty memory."""
    config.settings.cache_clear()
    engine.engine.cache_clear()
    generate._remembered.clear()
    guard.verifier.cache_clear()


def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin one with nothing set."""
    for field in Settings.__struct_fields__:
        monkeypatch.delenv(field.upper(), raising=False)
    forget()
