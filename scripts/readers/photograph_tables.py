"""The photographs as tables: by condition, by maker, by look; and how the score predicts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .decoders import DECODERS, OUTLINE, PHONES
from .matrix_tables import markdown
from .peers import NPM, PYTHON
from .photographs import OURS, PLAIN_LOOK
from .ranking import SPLITS, Prediction, predict
from .results import Reading, Results, share

__all__ = ["photograph_tables"]

_MAKERS = (OURS, NPM, PYTHON)
_LOWEST = 6


def photograph_tables(results: Results) -> Iterator[str]:
    """Yield headings, notes and tables; nothing where no photographs were taken."""
    readings = results.of("photographs")
    if not readings:
        return
    decoders = [name for name in DECODERS if any(name in reading.verdicts for reading in readings)]
    looks = len({(reading.rows["maker"], reading.rows["look"]) for reading in readings})
    yield (
        f"## Photographs\n\n{looks} looks of one symbol, version 3 at level Q, in "
        f"{len({reading.rows['condition'] for reading in readings})} conditions: {len(readings)} pictures. A look has "
        "the same noise and the same light from each maker. Single looks differ by chance: two points mean nothing."
    )
    counts = [sum(reading.verdicts.get(name) == "read" for reading in readings) for name in decoders]
    wrong = [sum(reading.verdicts.get(name) == "wrong" for reading in readings) for name in decoders]
    rows = [["read", *map(str, counts)], ["another text read", *map(str, wrong)]]
    yield markdown([f"of {len(readings)}", *(DECODERS[name].title for name in decoders)], rows)
    yield "### By condition\n\nPercent read, the mean over the decoders of phones."
    yield _by_condition(readings)
    yield "### The same look by several makers\n\nPercent read: decoders of phones · decoders by outline."
    yield _same_looks(readings)
    yield "### All looks of ours\n\nPercent read, with `scan.score`; the least readable first."
    yield _all_looks(readings)
    prediction = predict(results)
    if prediction is not None:
        yield from _score(prediction)


def _by_condition(readings: Sequence[Reading]) -> str:
    columns = [
        (name, some)
        for name, some in (
            ("ours, plain", _some(readings, OURS, "plain")),
            ("ours, styled", _some(readings, OURS, "styled")),
            ("ours, colours and effects", _some(readings, OURS, "other")),
            *(
                (f"{maker}, {kind}", _some(readings, maker, kind))
                for maker in (NPM, PYTHON)
                for kind in ("plain", "styled")
            ),
        )
        if some
    ]
    groups = dict.fromkeys(reading.rows["group"] for reading in readings)
    rows = [
        [group, *(_percent([each for each in some if each.rows["group"] == group], PHONES) for _, some in columns)]
        for group in groups
    ]
    rows.append(["all", *(_percent(some, PHONES) for _, some in columns)])
    return markdown(["condition", *(name for name, _ in columns)], rows)


def _some(readings: Sequence[Reading], maker: str, kind: str) -> list[Reading]:
    return [reading for reading in readings if (reading.rows["maker"], reading.rows["kind"]) == (maker, kind)]


def _same_looks(readings: Sequence[Reading]) -> str:
    by_look: dict[str, dict[str, list[Reading]]] = {}
    for reading in readings:
        by_look.setdefault(reading.rows["look"], {}).setdefault(reading.rows["maker"], []).append(reading)
    rows = [
        [f"`{look}`", *(_both(by_maker[maker]) if maker in by_maker else "-" for maker in _MAKERS)]
        for look, by_maker in by_look.items()
        if len(by_maker) > 1
    ]
    return markdown(["look", *_MAKERS], rows)


def _all_looks(readings: Sequence[Reading]) -> str:
    looks: dict[str, list[Reading]] = {}
    for reading in readings:
        if reading.rows["maker"] == OURS:
            looks.setdefault(reading.rows["look"], []).append(reading)
    order = sorted(looks, key=lambda look: share(looks[look], PHONES))
    rows = []
    for look in order:
        some, score = looks[look], looks[look][0].score
        name = f"**{look}**" if look == PLAIN_LOOK else look
        rows.append([name, "-" if score is None else str(score), _percent(some, PHONES), _percent(some, OUTLINE)])
    return markdown(["look", "score", "phones", "by outline"], rows)


def _score(prediction: Prediction) -> Iterator[str]:
    yield (
        "### What the score predicts\n\nzxing-cpp takes `scan.score`. Its rank correlation with the mean of the other "
        f"decoders of phones is taken over {SPLITS} random halves of {len(prediction.looks)} looks. The median is "
        f"**{prediction.median:.2f}**, and nine tenths lie between {prediction.low:.2f} and {prediction.high:.2f}. "
        f"Over all looks it is {prediction.whole:.2f}."
    )
    lowest = sorted(prediction.looks, key=lambda look: look.score)[:_LOWEST]
    least = sorted(prediction.looks, key=lambda look: look.share)[:_LOWEST]
    yield f"Lowest by score: {', '.join(f'{look.name} ({look.score})' for look in lowest)}."
    yield f"Least read: {', '.join(f'{look.name} ({100 * look.share:.0f} %)' for look in least)}."


def _percent(readings: Sequence[Reading], decoders: Sequence[str]) -> str:
    return f"{100 * share(readings, decoders):.1f}"


def _both(readings: Sequence[Reading]) -> str:
    return f"{_percent(readings, PHONES)} · {_percent(readings, OUTLINE)}"
