from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.symbol.oracles import nayuki_score, rows

from qr_engine.symbol import encode
from qr_engine.symbol.layout import layout
from qr_engine.symbol.penalty import change_by, estimate_all, micro_score, penalty_points, wide_finder_points


def ours(lines: list[str], version: int) -> int:
    shape = layout(version, micro=False)
    plane = int("".join(line + "0000" for line in lines), 2)
    (estimate,) = estimate_all(plane, [change_by(0, shape)], shape)
    return penalty_points(estimate, shape, 1 << 62) + wide_finder_points(plane, shape)


runs_of_modules = st.lists(st.tuples(st.sampled_from("01"), st.integers(1, 12)), min_size=1, max_size=60)
finders = st.integers(1, 4).map(lambda scale: "".join(module * scale for module in "00001011101"))
lines_of_modules = st.one_of(
    runs_of_modules.map(lambda runs: "".join(module * count for module, count in runs)),
    finders,
    finders.map(lambda line: line[::-1]),
    st.text("01", min_size=1, max_size=45),
)


@given(
    version=st.sampled_from([1, 4, 7]), lines=st.lists(lines_of_modules, min_size=1, max_size=20), across=st.booleans()
)
@settings(max_examples=150)
def test_any_square_of_modules_gets_nayukis_score(version: int, lines: list[str], across: bool) -> None:
    size = 4 * version + 17
    square = [(lines[y % len(lines)] * size)[:size] for y in range(size)]
    if across:
        square = ["".join(column) for column in zip(*square, strict=True)]
    assert ours(square, version) == nayuki_score(square)


@pytest.mark.parametrize("version", [1, 2, 7, 15, 27, 40])
def test_a_real_symbol_gets_nayukis_score(version: int) -> None:
    lines = rows(encode("a score", version=version, mask=version % 8))
    assert ours(lines, version) == nayuki_score(lines)


@given(plane=st.lists(st.text("01", min_size=11, max_size=11), min_size=11, max_size=11))
def test_a_micro_symbol_is_scored_by_its_open_edges(plane: list[str]) -> None:
    right = sum(line[-1] == "1" for line in plane[1:])
    bottom = plane[-1][1:].count("1")
    expected = right * 16 + bottom if right <= bottom else bottom * 16 + right
    assert micro_score(int("".join(line + "0000" for line in plane), 2), 11) == expected


def every_score(text: str) -> list[float]:
    """Nayuki's score of the symbol under each mask, with the patterns of rule N3 at every width."""
    return [nayuki_score(rows(encode(text, error_correction="L", boost=False, mask=mask))) for mask in range(8)]


# In the first two the mask that is best without the wide patterns has one.
@pytest.mark.parametrize("number", [882, 1144, 1626, 1, 2, 3])
def test_wide_patterns_count_in_the_choice_of_the_mask(number: int) -> None:
    text = f"https://example.com/{number}"
    scores = every_score(text)
    assert encode(text, error_correction="L", boost=False).mask == scores.index(min(scores))


@pytest.mark.parametrize("number", [162, 216, 286, 318])
def test_of_masks_with_equal_points_the_lowest_is_chosen(number: int) -> None:
    text = f"https://example.com/{number}"
    scores = every_score(text)
    assert scores.count(min(scores)) > 1
    assert encode(text, error_correction="L", boost=False).mask == scores.index(min(scores))
