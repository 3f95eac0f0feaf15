"""Look at an account before a deployment: ``make doctor ENV=dev``. Changes nothing; 0 where one would begin."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]


def main() -> int:
    """Check the environment that the command line names."""
    from scripts.deploying.account import Account
    from scripts.deploying.checks import check, show
    from scripts.release import environments

    by_name = environments()
    parser = argparse.ArgumentParser(description="Check an account before a deployment.")
    parser.add_argument("environment", nargs="?", default="")
    arguments = parser.parse_args()
    if arguments.environment not in by_name:
        print(f"Name one of the environments in samconfig.toml: make doctor ENV={'|'.join(by_name)}", file=sys.stderr)
        return 2
    environment = by_name[arguments.environment]
    return 0 if show(check(environment, Account(environment.region))) else 1


if __name__ == "__main__":
    sys.exit(main())
