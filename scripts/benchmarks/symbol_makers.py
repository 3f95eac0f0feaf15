"""Every encoder at hand that makes a symbol from a text, in turns with ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import msgspec

from qr_engine.symbol import Level, encode

from .harness import Run, call, measure
from .machine import peer
from .node_peer import NPM, node_peer
from .results import LeftOut, Line, Result

__all__ = ["NAYUKI", "NPM", "PYTHON_QRCODE", "SEGNO", "ZXING", "compare", "url"]

SEGNO = "segno"
PYTHON_QRCODE = "python-qrcode"
NAYUKI = "Nayuki's qrcodegen"
ZXING = "zxing-cpp"

Make = Callable[[str, Level], object]


class Peer(msgspec.Struct, frozen=True):
    """Another encoder.

    Attributes
    ----------
    module, distribution
        What is imported, and what pip installs for it.
    boosts
        Whether it raises the level for free, as ours does; else it is asked for the level that ours ended with.
    make
        From the module to a function of text and level.
    version
        Of what that function gives.
    """

    module: str
    distribution: str
    boosts: bool
    make: Callable[[Any], Make]
    version: Callable[[Any], int]


def url(length: int) -> str:
    """Return a URL of that many characters, one that only byte mode can hold."""
    path = "menu/summer/terrace?lang=en&from=table-card/"
    return ("https://example.com/" + path * (length // len(path) + 1))[:length]


def compare(
    run: Run, text: str, level: Level, what: str, targets: dict[str, float], *, rounds: int | None = None
) -> Iterator[Result]:
    """Our encoder against every other, for one text; all of them make the same version.

    Parameters
    ----------
    targets
        By the peer's name: how many times faster ours is to be.
    rounds
        As `measure`.

    Raises
    ------
    ValueError
        A peer made another version, so that the comparison would not be fair.
    """
    symbol = encode(text, error_correction=level)
    reached = symbol.error_correction or level
    contenders = [call("qr_engine", partial(encode, text, error_correction=level))]
    for name, entry in _PEERS.items():
        module = peer(entry.module)
        if module is None:
            yield LeftOut(name, f"needs its package: pip install {entry.distribution}")
            continue
        work = partial(entry.make(module), text, level if entry.boosts else reached)
        _require_same(name, entry.version(work()), symbol.version)
        contenders.append(call(name, work))
    node = node_peer(run)
    if isinstance(node, LeftOut):
        yield node
    else:
        _require_same(NPM, node.version_of(text, reached), symbol.version)
        contenders.append(node.contender("symbol", text, reached))
    ours, *others = measure(run, contenders, rounds=rounds)
    for theirs in others:
        yield Line(what=what, ours=ours, theirs=theirs, target=targets.get(theirs.name), at=symbol.version)


def _require_same(name: str, theirs: int, ours: int) -> None:
    if theirs != ours:
        raise ValueError(f"{name} makes version {theirs} where qr_engine makes version {ours}")


def _segno(segno: Any) -> Make:
    return lambda text, level: segno.make(text, error=level, encoding="utf-8", micro=False)


def _zxing(zxingcpp: Any) -> Make:
    kind = zxingcpp.BarcodeFormat.QRCode
    return lambda text, level: zxingcpp.create_barcode(text, kind, ec_level=level)


def _zxing_version(barcode: Any) -> int:
    modules: int = barcode.to_image(scale=1, add_quiet_zones=False).shape[0]
    return (modules - 17) // 4


def _python_qrcode(qrcode: Any) -> Make:
    levels = {level: getattr(qrcode.constants, f"ERROR_CORRECT_{level}") for level in "LMQH"}

    def make(text: str, level: Level) -> Any:
        code = qrcode.QRCode(error_correction=levels[level])
        code.add_data(text)
        code.make()
        return code

    return make


def _nayuki(qrcodegen: Any) -> Make:
    ecc = qrcodegen.QrCode.Ecc
    levels = {"L": ecc.LOW, "M": ecc.MEDIUM, "Q": ecc.QUARTILE, "H": ecc.HIGH}
    return lambda text, level: qrcodegen.QrCode.encode_text(text, levels[level])


_PEERS = {
    ZXING: Peer("zxingcpp", "zxing-cpp", False, _zxing, _zxing_version),
    SEGNO: Peer("segno", "segno", True, _segno, lambda code: int(code.version)),
    PYTHON_QRCODE: Peer("qrcode", "qrcode", False, _python_qrcode, lambda code: int(code.version)),
    NAYUKI: Peer("qrcodegen", "qrcodegen", True, _nayuki, lambda code: int(code.get_version())),
}
