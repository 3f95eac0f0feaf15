from __future__ import annotations

import subprocess
import sys

import qr_engine.symbol


def test_the_package_exports_what_it_says() -> None:
    assert sorted(qr_engine.symbol.__all__) == [
        "Eci",
        "Level",
        "Mode",
        "Segment",
        "Symbol",
        "encode",
        "has_room_for",
        "option_issues",
    ]
    assert all(hasattr(qr_engine.symbol, name) for name in qr_engine.symbol.__all__)


def test_importing_it_loads_nothing_heavy() -> None:
    program = (
        "import sys, msgspec; before = set(sys.modules); import qr_engine.symbol;"
        "print(*sorted(name for name in set(sys.modules) - before if not name.startswith('qr_engine')))"
    )
    path = [entry for entry in sys.path if entry.endswith("qr_engine")]
    loaded = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {path!r}; {program}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert set(loaded) <= {"_bisect", "bisect"}
