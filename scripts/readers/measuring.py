"""A run: draw, let every decoder read, collect."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec

from qr_engine import RENDERER_VERSION

from .conditions import CONDITIONS
from .decoders import DECODERS, PHONES, Missing, read_all
from .drawing import draw_all
from .matrix import trials
from .peers import peer_versions
from .photographs import TEXT, draw_looks, photograph_all
from .results import Reading, Results, Verdict, verdict

__all__ = ["Plan", "measure"]

Tell: TypeAlias = Callable[[str], object]

_QUICK = 12


class Plan(msgspec.Struct, frozen=True):
    """What to measure.

    Attributes
    ----------
    parts
        ``matrix``, ``photographs``, and ``every``: the matrix of the styles as designed once more, each style with
        every symbol.
    families
        Of the matrix; empty for all.
    decoders
        Names of `DECODERS`; empty for all, of which only those of phones read ``every``.
    quick
        Whether one picture in twelve is enough.
    jobs
        How many decoders read at a time; None for as many as there are processors.
    """

    parts: tuple[str, ...] = ("matrix", "photographs")
    families: tuple[str, ...] = ()
    decoders: tuple[str, ...] = ()
    quick: bool = False
    jobs: int | None = None


class _Work(msgspec.Struct, frozen=True):
    """A reading without its verdicts, the picture, and what it says."""

    reading: Reading
    file: str
    text: str


def measure(plan: Plan, tell: Tell) -> Results:
    """Carry out a plan, and tell how far it is."""
    work: list[_Work] = []
    left_out: dict[str, str] = {}
    versions: dict[str, str] = {}
    if "matrix" in plan.parts:
        work += _matrix_work(plan, tell, "matrix")
    if "photographs" in plan.parts:
        some, left_out = _photograph_work(plan, tell)
        work += some
        versions |= {name: each for name, each in _peers().items() if name not in left_out}
    results = Results(str(RENDERER_VERSION), versions, left_out, [])
    _read(work, [name for name in DECODERS if not plan.decoders or name in plan.decoders], plan, tell, results)
    if "every" in plan.parts:
        _read(_matrix_work(plan, tell, "every"), plan.decoders or PHONES, plan, tell, results)
    return results


def _read(work: Sequence[_Work], names: Sequence[str], plan: Plan, tell: Tell, results: Results) -> None:
    """Let decoders read what is drawn, and add the readings to the results."""
    if not work:
        return
    drawn = [each for each in work if each.file]
    tell(f"{len(drawn)} pictures")
    verdicts: list[dict[str, Verdict]] = [{} for _ in drawn]
    for name, read in read_all([Path(each.file) for each in drawn], names, tell, jobs=plan.jobs).items():
        if isinstance(read, Missing):
            results.left_out[DECODERS[name].title] = str(read)
            continue
        results.versions[DECODERS[name].title] = read.version
        if read.deaths:
            results.deaths[name] = results.deaths.get(name, 0) + read.deaths
        for each, texts, picture in zip(verdicts, read.texts, drawn, strict=True):
            each[name] = verdict(texts, picture.text)
    by_picture = {id(picture): each for picture, each in zip(drawn, verdicts, strict=True)}
    results.readings.extend(
        msgspec.structs.replace(each.reading, verdicts=by_picture.get(id(each), {})) for each in work
    )


def _matrix_work(plan: Plan, tell: Tell, part: str) -> list[_Work]:
    some = trials(every=part == "every", families=plan.families)
    if plan.quick:
        some = [trial for number, trial in enumerate(some) if "plain" in trial.rows or number % _QUICK == 0]
    tell(f"drawing {len(some)} pictures of the matrix")
    return [
        _Work(
            Reading(part, trial.rows, str(trial.symbol), trial.size, {}, drawn.score, drawn.refusal),
            drawn.file,
            trial.symbol.text,
        )
        for trial, drawn in zip(some, draw_all([trial.request for trial in some]), strict=True)
    ]


def _photograph_work(plan: Plan, tell: Tell) -> tuple[list[_Work], dict[str, str]]:
    looks, left_out = draw_looks()
    if plan.quick:
        looks = looks[::_QUICK]
    tell(f"photographing {len(looks)} looks in {len(CONDITIONS)} conditions")
    work = []
    for photograph in photograph_all(looks):
        look, condition = photograph.look, photograph.condition
        rows = {
            "maker": look.maker,
            "look": look.name,
            "kind": look.kind,
            "group": condition.group,
            "condition": condition.name,
        }
        work.append(_Work(Reading("photographs", rows, "3-Q", 0, {}, look.score), photograph.file, TEXT))
    return work, left_out


def _peers() -> dict[str, str]:
    try:
        return peer_versions()
    except OSError:
        return {}
