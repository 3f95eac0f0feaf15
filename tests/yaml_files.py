"""YAML as data, read by libyaml where PyYAML has it, which is ten times as fast."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

__all__ = ["read_yaml"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """Return the document in a file."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
