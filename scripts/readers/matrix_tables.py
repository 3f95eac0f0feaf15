"""The matrix as tables: a family of styles each, a row a style, a column a decoder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .decoders import DECODERS
from .matrix import ALL_FAMILIES, FAMILIES, PLAIN
from .results import Reading, Results

__all__ = ["every_symbol_tables", "markdown", "matrix_tables", "read_where_plain"]

_NOTE = (
    "Each style is drawn at 300 and at 600 pixels. It meets one of the symbols that all take turns at: versions 2, 7 "
    "and 14, levels M and H, and as text a link, digits or words. With `readers: all` the versions are 1 to 10. A "
    "picture counts for a decoder only where it reads the plain code of the same symbol and size: 47/48 is 47 of 48 "
    "such pictures."
)


def matrix_tables(results: Results) -> Iterator[str]:
    """Yield headings, notes and tables; nothing where the matrix was not measured."""
    readings = results.of("matrix")
    if not readings:
        return
    decoders = _decoders_of(readings)
    yield f"## The matrix\n\n{_NOTE}"
    yield markdown(["", "pictures", *_titles(decoders)], _summary(results, decoders))
    plain = [reading for reading in readings if PLAIN in reading.rows]
    yield "### Plain codes\n\nOf all plain codes, by version."
    versions = sorted({_version(reading) for reading in plain})
    rows = []
    for version in versions:
        some = [reading for reading in plain if _version(reading) == version]
        rows.append(_plain_row(f"version {version}", some, decoders))
    yield markdown(["", "pictures", *_titles(decoders)], rows)
    for family in (*FAMILIES, *ALL_FAMILIES):
        some = [reading for reading in readings if family in reading.rows]
        if not some:
            continue
        title = family[0].upper() + family[1:].replace(", all", ", with `readers: all`")
        yield f"### {title}"
        names = dict.fromkeys(reading.rows[family] for reading in some)
        rows = [
            _row(results, f"`{name}`", [each for each in some if each.rows[family] == name], decoders) for name in names
        ]
        yield markdown(["", "pictures", *_titles(decoders)], rows)
    refused = [reading for reading in results.readings if reading.part == "matrix" and reading.refusal]
    if refused:
        yield f"The service refuses {len(refused)} of the requests, which count nowhere:\n\n{_refusals(refused)}"


_EVERY_NOTE = (
    "As designed, each style once more, with each of these symbols at both sizes, and the decoders of phones. The last "
    "line has what they read of plain codes."
)


def every_symbol_tables(results: Results) -> Iterator[str]:
    """Yield a heading, a table and the pictures that were lost; nothing where not every symbol was tried."""
    readings = results.of("every")
    if not readings:
        return
    decoders = _decoders_of(readings)
    yield f"## Every symbol\n\n{_EVERY_NOTE}"
    rows = []
    for family in (*FAMILIES, *ALL_FAMILIES):
        some = [reading for reading in readings if family in reading.rows]
        if some:
            rows.append(_row(results, family, some, decoders))
    styled = [reading for reading in readings if PLAIN not in reading.rows]
    rows.append(_row(results, "all", styled, decoders))
    rows.append(_plain_row(PLAIN, [reading for reading in readings if PLAIN in reading.rows], decoders))
    yield markdown(["", "pictures", *_titles(decoders)], rows)
    lost = [
        f"- {DECODERS[name].title}: {' + '.join(f'`{row}`' for row in reading.rows.values())}, "
        f"{reading.symbol}, {reading.size} pixels"
        for name in decoders
        for reading in styled
        if reading.verdicts.get(name) != "read" and read_where_plain(results, [reading], name)[1]
    ]
    if lost:
        yield "\n".join(["Lost:\n", *lost])


def read_where_plain(results: Results, readings: Iterable[Reading], decoder: str) -> tuple[int, int]:
    """Return how many of these pictures a decoder reads, and how many there are whose plain code it reads."""
    plain = {
        (reading.symbol, reading.size)
        for reading in results.readings
        if PLAIN in reading.rows and reading.verdicts.get(decoder) == "read"
    }
    counted = [reading for reading in readings if (reading.symbol, reading.size) in plain]
    return sum(reading.verdicts.get(decoder) == "read" for reading in counted), len(counted)


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; the first column is text, the others are figures."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def _summary(results: Results, decoders: Sequence[str]) -> Iterator[list[str]]:
    styled = [reading for reading in results.of("matrix") if PLAIN not in reading.rows]
    designed = [reading for reading in styled if not reading.rows.keys() & set(ALL_FAMILIES)]
    for name, some in (
        ("as designed", designed),
        ("with `readers: all`", [reading for reading in styled if reading.rows.keys() & set(ALL_FAMILIES)]),
    ):
        if some:
            yield _row(results, name, some, decoders)
            yield [
                f"{name}, percent",
                "",
                *(_percent(*read_where_plain(results, some, decoder)) for decoder in decoders),
            ]
    wrong = [sum(reading.verdicts.get(name) == "wrong" for reading in styled) for name in decoders]
    if any(wrong):
        yield ["another text read", str(len(styled)), *map(str, wrong)]


def _decoders_of(readings: Sequence[Reading]) -> list[str]:
    return [name for name in DECODERS if any(name in reading.verdicts for reading in readings)]


def _plain_row(name: str, plain: Sequence[Reading], decoders: Sequence[str]) -> list[str]:
    cells = [_fraction(sum(each.verdicts[decoder] == "read" for each in plain), len(plain)) for decoder in decoders]
    return [name, str(len(plain)), *cells]


def _row(results: Results, name: str, readings: Sequence[Reading], decoders: Sequence[str]) -> list[str]:
    cells = [_fraction(*read_where_plain(results, readings, decoder)) for decoder in decoders]
    return [name, str(len(readings)), *cells]


def _fraction(read: int, of: int) -> str:
    return str(read) if read == of else f"{read}/{of}"


def _percent(read: int, of: int) -> str:
    return f"{100 * read / of:.1f}" if of else "-"


def _titles(decoders: Sequence[str]) -> list[str]:
    return [DECODERS[name].title for name in decoders]


def _version(reading: Reading) -> int:
    return int(reading.symbol.partition("-")[0])


def _refusals(readings: Sequence[Reading]) -> str:
    reasons: dict[str, int] = {}
    for reading in readings:
        what = next(iter(reading.rows.values()))
        reasons[f"{what}: {reading.refusal}"] = reasons.get(f"{what}: {reading.refusal}", 0) + 1
    return "\n".join(f"- {count} of {reason}" for reason, count in reasons.items())
