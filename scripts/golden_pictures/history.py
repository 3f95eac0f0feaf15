"""The golden file as the commits before this tree have it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from .record import PICTURES, ROOT, differences, read_pictures

if TYPE_CHECKING:
    from pathlib import Path

    from .record import Pictures

__all__ = ["changes_under_one_version"]


def changes_under_one_version(pictures: Pictures, root: Path = ROOT) -> list[str] | None:
    """Find the pictures that some commit has otherwise, though the renderer's version was this one.

    Commits of the first parents are looked at, back to the version before. None where there is no history to look at.
    """
    path = PICTURES.relative_to(ROOT).as_posix()
    log = _git(root, "log", "--first-parent", "--format=%H", "--", path)
    if log is None:
        return None
    changed: list[str] = []
    for commit in log.split():
        text = _git(root, "show", f"{commit}:{path}")
        if text is None:
            break
        before = read_pictures(text)
        if before.renderer_version != pictures.renderer_version:
            break
        changed += differences(before.comparable_with(pictures), pictures.comparable_with(before))
    return sorted(set(changed))


def _git(root: Path, *arguments: str) -> str | None:
    """Return what git says of this repository; None where there is no git, no repository, or no such thing in it."""
    try:
        done = subprocess.run(("git", *arguments), cwd=root, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout
