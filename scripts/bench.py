"""Measure the engine as ratios within one run: ``make bench``, a few minutes, or ``QUICK=1 make bench``.

A full run writes ``docs/benchmarks.md`` and ``docs/benchmarks.json``. A quick one, and one of chosen topics, only
print, unless ``--out`` says where to write. Targets are reported, never asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]

# As on Lambda, where the layer is at /opt/python.
sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]


def main() -> None:
    """Measure the topics that the command line names, or all."""
    from scripts.benchmarks.handler import prepare_environment

    quick = os.environ.get("QUICK", "0") not in ("", "0")
    prepare_environment()

    from time import perf_counter

    import msgspec
    from scripts.benchmarks import machine
    from scripts.benchmarks.harness import Run
    from scripts.benchmarks.pictures import PICTURES
    from scripts.benchmarks.report import document, page, tables
    from scripts.benchmarks.suite import TOPICS, findings

    parser = argparse.ArgumentParser(description="Measure the engine as ratios within one run.")
    parser.add_argument("topics", nargs="*", metavar="topic", help=f"of {', '.join(TOPICS)}; all of them if none")
    parser.add_argument("--out", type=Path, help="folder for benchmarks.md and benchmarks.json")
    parser.add_argument("--against", metavar="commit", help="compare with it; words of lines take the place of topics")
    arguments = parser.parse_args()
    if arguments.against:
        sys.exit(_compare(arguments.against, arguments.topics, quick=quick))
    unknown = [name for name in arguments.topics if name not in TOPICS]
    if unknown:
        parser.error(f"there is no topic {unknown[0]}: {', '.join(TOPICS)}")
    out: Path | None = arguments.out or (None if quick or arguments.topics else ROOT / "docs")

    described, results = machine.describe(), []
    with ExitStack() as closing:
        workspace = closing.enter_context(TemporaryDirectory(prefix="qr-engine-bench-"))
        run = Run(quick=quick, workspace=Path(workspace), closing=closing, versions=machine.versions())
        for name in arguments.topics or TOPICS:
            began = perf_counter()
            finding = findings(run, TOPICS[name])
            if out and name in PICTURES and finding.lines:
                (out / "charts").mkdir(parents=True, exist_ok=True)
                picture = f"charts/{name.replace('_', '-')}.svg"
                (out / picture).write_text(PICTURES[name](finding.lines), encoding="utf-8")
                finding = msgspec.structs.replace(finding, picture=picture)
            results.append(finding)
            print(tables([finding]), f"\n\n({perf_counter() - began:.0f} s)", end="\n\n", flush=True)
    if out:
        out.mkdir(parents=True, exist_ok=True)
        (out / "benchmarks.md").write_text(page(results, described, run.versions), encoding="utf-8")
        content = msgspec.to_builtins(document(results, described, run.versions))
        written = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        (out / "benchmarks.json").write_text(written, encoding="utf-8")
        print(f"Written to {out}")


def _compare(commit: str, words: list[str], *, quick: bool) -> int | str:
    """Compare with `commit` and return the exit status; its worktree and processes end with the comparison."""
    from scripts.benchmarks.against.command import compare
    from scripts.benchmarks.harness import Run

    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        with ExitStack() as closing:
            workspace = closing.enter_context(TemporaryDirectory(prefix="qr-engine-bench-"))
            return compare(Run(quick, Path(workspace), closing, {}), ROOT, commit, words)
    except LookupError as error:
        return f"AGAINST: {error}."
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    main()
