"""Try out a stack that stands: ``make smoke URL=… STACK=qr-engine-dev``, with the stack's output ApiUrl.

Calls every route, with a signature where a deployed API asks for one, and looks for a hit that crosses environments.
With STACK it also waits for the metrics that the stack's alarms look at. It takes what it has put into the cache out
again. Works on ``make run`` and ``sam local start-api`` as well. Ends with 0 where nothing failed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]


def main() -> int:
    """Try the API that the command line names; 0 where nothing failed."""
    from scripts.deploying import watched
    from scripts.deploying.probe import Probe
    from scripts.deploying.smoke import smoke

    parser = argparse.ArgumentParser(description="Test a deployed stack.")
    parser.add_argument("url", help="the stack's output ApiUrl, or http://127.0.0.1:3000")
    parser.add_argument("--stack", help="the stack's name, to wait for the metrics of its alarms")
    parser.add_argument("--region", help="the region to sign for, if the URL does not contain it")
    parser.add_argument("--style", help="a style without format and size, if the stack requires styles")
    arguments = parser.parse_args()
    if not arguments.url.startswith(("http://", "https://")):
        parser.error(f"the URL must begin with http:// or https://, not {arguments.url!r}")
    probe = Probe(arguments.url, arguments.region, arguments.style)
    more = watched.checks(arguments.stack, probe.region) if arguments.stack and probe.region else {}
    failed = 0
    for result in smoke(probe, more):
        print(f"{result.verdict:<8} {result.name:<26} {result.message}", flush=True)
        failed += result.verdict == "failed"
    if not arguments.stack:
        print("skipped  metrics of the alarms      to check them: make smoke URL=… STACK=qr-engine-dev")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
