"""The two trees: this one, and another commit in a worktree that goes away again."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from scripts.local_api.routes import parse, routes

__all__ = ["Tree", "read", "worktree"]

TEMPLATE = "template.yaml"


class Tree(msgspec.Struct, frozen=True):
    """What a comparison has to know of a tree; the template says it, so modules may have other names and places.

    Attributes
    ----------
    name
        As the table shows it.
    root
        Its folder.
    layer
        What Lambda mounts, from which the functions import.
    functions
        The file with the handler of each route, by the route's key.
    """

    name: str
    root: Path
    layer: Path
    functions: dict[str, Path]


def read(name: str, root: Path) -> Tree:
    """Return the tree in the folder `root`."""
    template = parse(root / TEMPLATE)
    files: dict[str, Path] = {}
    for route in routes(template):
        module = route.function.handler.rpartition(".")[0].replace(".", "/")
        files[route.key] = root / route.function.folder / f"{module}.py"
    return Tree(name, root, root / _layer(template), files)


def _layer(template: dict[str, Any]) -> str:
    layers = (each for each in template["Resources"].values() if each["Type"] == "AWS::Serverless::LayerVersion")
    return str(next(layers)["Properties"]["ContentUri"])


@contextmanager
def worktree(repository: Path, commit: str, folder: Path) -> Iterator[Path]:
    """Check `commit` out under `folder`, and remove it at the end, whatever ends it.

    Raises
    ------
    LookupError
        `commit` names none.
    """
    found = _git(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}")
    if found.returncode:
        raise LookupError(f"{commit} is no commit of this repository")
    place = folder / "tree"
    try:
        _git(repository, "worktree", "add", "--detach", str(place), found.stdout.strip()).check_returncode()
        yield place
    finally:
        # An impatient second Ctrl-C would leave it in the repository's list.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        _git(repository, "worktree", "remove", "--force", str(place))
        signal.signal(signal.SIGINT, before)


def _git(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "-C", str(repository), *arguments]
    # In a session of its own, so that Ctrl-C does not end it half-way.
    return subprocess.run(command, capture_output=True, text=True, check=False, start_new_session=True)
