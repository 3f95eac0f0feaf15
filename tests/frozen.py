"""What callers, operators and running stacks depend on: compared with the list in ``tests/frozen.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scripts.local_api.routes import parse

__all__ = ["FROZEN", "PATH", "assert_frozen", "members"]

PATH = Path(__file__).with_name("frozen.yaml")
FROZEN: dict[str, Any] = parse(PATH)
"""The list: sections by name, as CONTRIBUTING.md describes them."""


def assert_frozen(section: str, found: Any) -> None:
    """Fail, saying what to do, where `found` is not what the list has in this section."""
    listed, there = set(_lines(FROZEN[section])), set(_lines(found))
    gone, new = sorted(listed - there), sorted(there - listed)
    differences = "; ".join(f"{name}: {', '.join(lines)}" for name, lines in (("gone", gone), ("new", new)) if lines)
    assert not differences, (
        f"{section}: put back what is gone, since others depend on it, and add what is new, if it is meant, to "
        f"tests/frozen.yaml ({differences})."
    )


def _lines(value: Any, path: str = "") -> list[str]:
    """Every leaf with the way to it; what a list holds has no order."""
    if isinstance(value, dict):
        return [line for name, item in value.items() for line in _lines(item, f"{path}/{name}")] or [f"{path}: nothing"]
    if isinstance(value, list):
        return [f"{path}: {item}" for item in value] or [f"{path}: nothing"]
    return [f"{path}: {value}"]


def members(value: Any, path: str = "") -> set[str]:
    """The names of all members of a JSON value, with dots for nesting and ``[]`` for what is in a list."""
    if isinstance(value, dict):
        inner = {f"{path}.{name}" if path else name: item for name, item in value.items()}
        return set(inner).union(*[members(item, name) for name, item in inner.items()])
    if isinstance(value, list):
        return {each for item in value for each in members(item, f"{path}[]")}
    return set()
