"""The table of decoders, and how each is started."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

import msgspec

from ..npm import npm_folder
from .process import DecoderProcess

__all__ = ["DECODERS", "OTHERS", "OUTLINE", "PHONES", "Decoder", "Missing", "start"]

_HERE: Final = Path(__file__).parent
_ROOT: Final = _HERE.parents[2]
_ENVIRONMENT: Final = _ROOT / ".venv-readers" / "bin" / "python"


class Missing(Exception):
    """A decoder that this machine has not; the message says how to get it."""


class Decoder(msgspec.Struct, frozen=True):
    """A decoder.

    Attributes
    ----------
    title
        As its makers write it.
    family
        ``phones``: what phones' scanners and browsers are made of. ``outline``: finds an eye by the four corners of
        its outline. ``others``: counted in no family.
    runtime
        The program that it runs in.
    package
        Where it comes from.
    """

    title: str
    family: Literal["phones", "outline", "others"]
    runtime: Literal["python", "node", "java"]
    package: str


DECODERS: Final[dict[str, Decoder]] = {
    "zxingcpp": Decoder("zxing-cpp", "phones", "python", "PyPI zxing-cpp"),
    "zbar": Decoder("ZBar", "phones", "python", "libzbar0"),
    "wechat": Decoder("WeChat QR", "phones", "python", "PyPI opencv-contrib-python-headless, without its models"),
    "rxing": Decoder("rxing", "phones", "python", "PyPI rxing"),
    "jsqr": Decoder("jsQR", "phones", "node", "npm jsqr"),
    "qr": Decoder("qr", "phones", "node", "npm qr"),
    "quirc": Decoder("quirc", "outline", "python", "PyPI pyquirc"),
    "boofcv": Decoder("BoofCV", "outline", "java", "the archive in PyPI pyboof"),
    "opencv": Decoder("OpenCV", "outline", "python", "QRCodeDetector of opencv-contrib-python-headless"),
    "aruco": Decoder("OpenCV Aruco", "others", "python", "QRCodeDetectorAruco of opencv-contrib-python-headless"),
    "zxingjs": Decoder("zxing-js", "others", "node", "npm @zxing/library"),
}
PHONES, OUTLINE, OTHERS = (
    tuple([name for name, decoder in DECODERS.items() if decoder.family == family])
    for family in ("phones", "outline", "others")
)


def start(name: str) -> DecoderProcess:
    """Start a decoder.

    Raises
    ------
    Missing
        It is not on this machine.
    """
    command = {"python": _python_command, "node": _node_command, "java": _java_command}[DECODERS[name].runtime](name)
    # One thread each: as many decoders run at a time as there are processors.
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(_ROOT)}
    try:
        return DecoderProcess(command, environment)
    except OSError as error:
        raise Missing(f"{DECODERS[name].package}: {error}") from error


def _boofcv_archive() -> Path | None:
    """Return where pyboof keeps BoofCV, in the environment of `make readers` or in this one."""
    package = find_spec("pyboof")
    here = [] if package is None or package.origin is None else [Path(package.origin).parent]
    there = _ENVIRONMENT.parents[1].glob("lib/python*/site-packages/pyboof")
    return next((folder / "PyBoof-all.jar" for folder in (*there, *here)), None)


def _python_command(name: str) -> list[str]:
    # The environment of `make readers`, from whichever this runs in.
    python = str(_ENVIRONMENT) if _ENVIRONMENT.exists() else sys.executable
    return [python, "-m", "scripts.readers.decoders.python_decoders", name]


def _node_command(name: str) -> list[str]:
    node = shutil.which("node")
    if node is None:
        raise Missing("node and npm are not on PATH")
    # Node looks for packages beside the script, not where it was started.
    script = shutil.copy(_HERE / "npm_decoders.mjs", npm_folder())
    return [node, str(script), name]


def _java_command(_: str) -> list[str]:
    java, archive = shutil.which("java"), _boofcv_archive()
    if java is None or archive is None:
        raise Missing("a Java development kit is not on PATH, or PyPI pyboof is not installed")
    return [
        java,
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=4",
        "-cp",
        str(archive),
        str(_HERE / "BoofCv.java"),
    ]
