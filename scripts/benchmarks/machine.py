"""Where the figures come from: processor and versions, nothing that names a computer or a person."""

from __future__ import annotations

import os
import platform
import zlib
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

__all__ = ["describe", "peer", "versions"]

_DISTRIBUTIONS = (
    "msgspec",
    "aws-lambda-powertools",
    "redis",
    "hiredis",
    "segno",
    "qrcode",
    "qrcodegen",
    "zxing-cpp",
    "pillow",
)


def describe() -> dict[str, str]:
    """Describe the machine as far as it matters to a measurement, with its load in the last 1, 5 and 15 minutes."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "load_average": " ".join(f"{load:.2f}" for load in os.getloadavg()),
    }


def versions() -> dict[str, str]:
    """Return the packages of this environment that take part."""
    versions_here = {"zlib": zlib.ZLIB_RUNTIME_VERSION}
    for name in _DISTRIBUTIONS:
        try:
            versions_here[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return versions_here


def peer(module: str) -> Any | None:
    """Return a package to compare with, or None where it is not installed."""
    try:
        return import_module(module)
    except ModuleNotFoundError:
        return None


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text().splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()
