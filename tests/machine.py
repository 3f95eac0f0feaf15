"""What some tests need of the machine. A missing part skips them with one line; under ``CI=true`` it fails them."""

from __future__ import annotations

import ctypes.util
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

__all__ = [
    "LAMBDA_IMAGE",
    "command",
    "container_engine",
    "font",
    "library",
    "missing",
    "npm_packages",
    "package",
    "python313",
]

LAMBDA_IMAGE = "public.ecr.aws/lambda/python:3.13-x86_64"


def missing(what: str, remedy: str) -> NoReturn:
    """End the test, which needs `what`: skip it, or under ``CI=true`` fail it."""
    message = f"{what} is missing: {remedy}"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def _succeeds(*arguments: str) -> bool:
    try:
        return subprocess.run(arguments, capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def command(name: str, remedy: str) -> str:
    """Find a program beside this interpreter or on PATH, or end the test with `remedy`."""
    places = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    return shutil.which(name, path=places) or missing(name, remedy)


def library(name: str, remedy: str) -> str:
    """Find a shared library, or end the test with `remedy`."""
    return ctypes.util.find_library(name) or missing(f"lib{name}", remedy)


def package(name: str, remedy: str) -> None:
    """End the test with `remedy` unless a package can be imported."""
    if importlib.util.find_spec(name) is None:
        missing(f"The package {name}", remedy)


def npm_packages(folder: Path, *packages: str) -> str:
    """Install packages into a folder and find Node.js, or end the test.

    None of them may run a program while it is installed.

    Parameters
    ----------
    packages
        With their versions; without any, those of the folder's ``package.json``.
    """
    node, npm = (command(name, "install Node.js 20 or later, with npm") for name in ("node", "npm"))
    options = ("--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=0")
    try:
        done = subprocess.run(
            [npm, "install", *options, *packages], cwd=folder, capture_output=True, text=True, timeout=180, check=False
        )
    except subprocess.TimeoutExpired:
        missing("A registry of npm", "let npm reach one")
    if done.returncode:
        missing("A registry of npm", f"let npm reach one; it says {done.stderr.strip().splitlines()[:1]}")
    return node


def font(path: Path, digest: str) -> Path:
    """Find an installed font of the version with this SHA-256, or end the test."""
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        missing(f"The right version of {path}", "install fonts-inter 4.0~beta7, as in Debian 12")
    return path


@cache
def _python313() -> str | None:
    if sys.version_info[:2] == (3, 13):
        return sys.executable
    # A name on PATH may be a shim for a version that is not installed, so it has to prove itself.
    return next((found for found in ("python3.13",) if _succeeds(found, "-c", "")), None)


def python313() -> str:
    """Find CPython 3.13, which compiles what Lambda loads, or end the test."""
    return _python313() or missing("python3.13", "install CPython 3.13 and put it on PATH")


@cache
def _has_image() -> bool:
    return _succeeds("docker", "image", "inspect", LAMBDA_IMAGE)


@cache
def _has_engine() -> bool:
    return _succeeds("docker", "version")


def container_engine() -> None:
    """End the test unless Docker runs and has Lambda's image."""
    if not _has_engine():
        missing("A Docker engine", "install Docker, start it, and set DOCKER_HOST where it is not the usual one")
    if not _has_image():
        missing(f"The image {LAMBDA_IMAGE}", f"docker pull {LAMBDA_IMAGE}")
