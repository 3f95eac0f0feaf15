"""Take old versions of an environment's functions and layer away: ``make prune ENV=dev KEEP=5``.

Every release keeps a version of each function to go back to, which SnapStart charges for and which holds on to the
network interfaces of a VPC that the functions have left. The newest KEEP stay, and what an alias leads to.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]


__all__ = ["prune"]


def main() -> int:
    """Prune the environment that the command line names."""
    from scripts.deploying.account import Account
    from scripts.release import environments

    by_name = environments()
    parser = argparse.ArgumentParser(description="Delete old versions of an environment.")
    parser.add_argument("environment", choices=by_name)
    parser.add_argument("--keep", type=int, default=5, help="versions of each function to keep besides the live one")
    arguments = parser.parse_args()
    if arguments.keep < 0:
        parser.error("--keep is 0 or more")
    environment = by_name[arguments.environment]
    account = Account(environment.region)
    for line in prune(account.client("cloudformation"), account.client("lambda"), environment.stack, arguments.keep):
        print(line, flush=True)
    return 0


def prune(stacks: Any, functions: Any, stack: str, keep: int) -> list[str]:
    """Delete what is older than the newest `keep`; what was done, a line each."""
    pages = stacks.get_paginator("list_stack_resources").paginate(StackName=stack)
    found = [each for page in pages for each in page["StackResourceSummaries"]]
    done, carried = [], set()
    for name in (each["PhysicalResourceId"] for each in found if each["ResourceType"] == "AWS::Lambda::Function"):
        live = _live(functions, name)
        pages = functions.get_paginator("list_versions_by_function").paginate(FunctionName=name)
        versions = [each for page in pages for each in page["Versions"] if each["Version"] != "$LATEST"]
        versions.sort(key=lambda each: int(each["Version"]), reverse=True)
        others = [each for each in versions if each["Version"] not in live]
        for each in others[keep:]:
            functions.delete_function(FunctionName=name, Qualifier=each["Version"])
            done.append(f"deleted version {each['Version']} of {name}")
        kept = [each for each in versions if each not in others[keep:]]
        carried |= {layer["Arn"] for each in kept for layer in each.get("Layers", ())}
    for arn in (each["PhysicalResourceId"] for each in found if each["ResourceType"] == "AWS::Lambda::LayerVersion"):
        layer = arn.rpartition(":")[0]
        pages = functions.get_paginator("list_layer_versions").paginate(LayerName=layer)
        for each in (each for page in pages for each in page["LayerVersions"]):
            if each["LayerVersionArn"] not in carried | {arn}:
                functions.delete_layer_version(LayerName=layer, VersionNumber=each["Version"])
                done.append(f"deleted version {each['Version']} of the layer")
    return done or ["There are no old versions to delete."]


def _live(functions: Any, name: str) -> set[str]:
    """Return the versions that an alias of the function leads to."""
    pages = functions.get_paginator("list_aliases").paginate(FunctionName=name)
    live = set()
    for alias in (each for page in pages for each in page["Aliases"]):
        weights = alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})
        live |= {alias["FunctionVersion"], *weights}
    return live


if __name__ == "__main__":
    sys.exit(main())
