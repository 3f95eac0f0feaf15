"""The layer and the function as AWS gets them, and the usual stack beside them, all with bytecode."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import msgspec

from .harness import Run
from .results import LeftOut

__all__ = ["Built", "built_layer"]

_ROOT = Path(__file__).resolve().parents[2]
_ARCHITECTURES = {"x86_64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}
_USUAL = ("redis", "aws-lambda-powertools")
"""What the usual stack shares with the layer, at the same version; Pillow comes on top, and segno as it is here."""


class Built(msgspec.Struct, frozen=True):
    """Folders of importable packages.

    Attributes
    ----------
    python
        The interpreter that they are for.
    functions
        The folder of each function, built, by its name.
    layer
        What Lambda mounts at ``/opt/python``.
    usual
        segno, Pillow, redis and Powertools, and a function that uses them.
    runtime
        The runtime client, which Lambda has loaded before it comes to a function.
    """

    python: str
    functions: dict[str, Path]
    layer: Path
    usual: Path
    runtime: Path


@lru_cache(maxsize=1)
def built_layer(run: Run) -> Built | LeftOut:
    """Build and install it all once, in the workspace; or say why that cannot be done here."""
    python = _python313()
    architecture = _ARCHITECTURES.get(platform.machine())
    if python is None or architecture is None or platform.system() != "Linux" or not shutil.which("make"):
        return LeftOut("the built layer", "needs Linux, make and python3.13, for whose bytecode the layer is built")
    layer, usual, runtime = (run.workspace / name for name in ("layer", "usual", "runtime"))
    functions = {name: run.workspace / name for name in ("generate", "stats", "clear", "warm")}
    try:
        _make(_ROOT / "layers" / "qr_engine", "Makefile", "build-QREngineLayer", layer, python, architecture)
        for name, folder in functions.items():
            target = f"build-{name.capitalize()}Function"
            _make(_ROOT / "functions" / name, "../Makefile", target, folder, python, architecture)
        packages = {
            found.name.replace("_", "-"): found.version
            for found in metadata.distributions(path=[str(layer / "python")])
        }
        shared = [f"{name}=={packages[name]}" for name in _USUAL]
        _install(python, usual, "pillow", f"segno=={metadata.version('segno')}", *shared)
        _install(python, runtime, "awslambdaric")
    except metadata.PackageNotFoundError:
        return LeftOut("the built layer", "needs its package: pip install segno")
    except subprocess.CalledProcessError as error:
        return LeftOut("the built layer", f"needs a package index that pip can reach: {error.cmd[0]} failed")
    for found in metadata.distributions(path=[str(usual), str(runtime)]):
        run.versions |= {found.name: found.version} if found.name in ("pillow", "awslambdaric") else {}
    return Built(python, functions, layer / "python", usual, runtime)


def _python313() -> str | None:
    """Return an interpreter that runs; a name on PATH may be a shim for a version that is not there."""
    for candidate in (sys.executable, "python3.13"):
        check = [candidate, "-c", "import pip, sys; sys.exit(sys.version_info[:2] != (3, 13))"]
        try:
            if subprocess.run(check, capture_output=True, check=False).returncode == 0:
                return candidate
        except FileNotFoundError:
            continue
    return None


def _make(folder: Path, makefile: str, target: str, artifacts: Path, python: str, architecture: str) -> None:
    artifacts.mkdir()
    # `make bench` has told make things that are not meant for this one.
    environment = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS")}
    variables = [f"ARTIFACTS_DIR={artifacts}", f"PYTHON={python}", f"ARCHITECTURE={architecture}"]
    command = ["make", "--directory", str(folder), "--makefile", makefile, target, *variables]
    subprocess.run(command, env=environment, capture_output=True, check=True)


def _install(python: str, folder: Path, *packages: str) -> None:
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
    subprocess.run([*pip, "--target", str(folder), *packages], capture_output=True, check=True)
    for name in ("usual_stack.py", "bare_function.py"):
        shutil.copy(Path(__file__).with_name(name), folder)
    compiling = [python, "-m", "compileall", "-q", "-j", "0", "--invalidation-mode", "unchecked-hash", str(folder)]
    subprocess.run(compiling, capture_output=True, check=True)
