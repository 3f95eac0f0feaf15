"""The packages of npm that take part, installed once below ``.make``."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Final

__all__ = ["npm_folder"]

_PACKAGES: Final = Path(__file__).with_name("package.json")
_FOLDER: Final = Path(__file__).parents[2] / ".make" / "readers" / "npm"
_INSTALL_SECONDS: Final = 300


@cache
def npm_folder() -> Path:
    """Return the folder with ``node_modules``; what is not there yet is installed.

    Raises
    ------
    OSError
        npm is missing, or cannot reach its registry.
    """
    if (_FOLDER / "node_modules").is_dir():
        return _FOLDER
    npm = shutil.which("npm")
    if npm is None:
        raise OSError("npm is not on PATH")
    _FOLDER.mkdir(parents=True, exist_ok=True)
    shutil.copy(_PACKAGES, _FOLDER)
    command = [npm, "install", "--prefix", str(_FOLDER), "--no-audit", "--no-fund", "--ignore-scripts"]
    try:
        subprocess.run(command, capture_output=True, check=True, timeout=_INSTALL_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise OSError("npm cannot install its packages") from error
    return _FOLDER
