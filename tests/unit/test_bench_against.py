from __future__ import annotations

import subprocess
from pathlib import Path
from random import Random

import pytest
from scripts.benchmarks.against.lines import lines
from scripts.benchmarks.against.statistic import CONFIDENCE, Interval, interval, judge
from scripts.benchmarks.against.tree import read, worktree

ROOT = Path(__file__).parents[2]
SLOWER, LEVEL, FASTER = [1.10] * 15, [1.00] * 15, [0.90] * 15


@pytest.mark.parametrize(
    ("count", "depth"),
    # Table A3 of Conover's book: the probability of fewer on one side is 2.5 % at most.
    [(6, 1), (8, 1), (9, 2), (11, 2), (12, 3), (15, 4), (20, 6), (30, 10)],
)
def test_the_interval_reaches_from_the_kth_smallest_to_the_kth_largest(count: int, depth: int):
    ratios = [float(number) for number in range(1, count + 1)]
    Random(1).shuffle(ratios)
    assert interval(ratios) == Interval(depth, (count + 1) / 2, count + 1 - depth)


@pytest.mark.parametrize("count", range(6))
def test_fewer_than_six_ratios_have_no_interval(count: int):
    assert interval([1.5] * count) is None


def test_the_interval_holds_the_true_median_as_often_as_it_says():
    chooser, held = Random(1), 0
    for _ in range(2000):
        # Skewed, as times are: most are near the least, and some far beyond.
        found = interval([chooser.lognormvariate(0.0, 0.5) for _ in range(15)])
        assert found is not None
        held += found.low <= 1.0 <= found.high
    assert held / 2000 >= CONFIDENCE


def test_a_stray_ratio_does_not_move_the_interval():
    assert interval([1.0] * 13 + [9.0, 0.1]) == Interval(1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (1.051, 1.2, "slower"),
        (1.05, 1.2, ""),
        (0.99, 3.0, ""),
        (0.8, 0.96, ""),
        (0.8, 0.95, "faster"),
    ],
)
def test_only_an_interval_that_lies_wholly_beyond_the_threshold_decides(low: float, high: float, verdict: str):
    assert Interval(low, (low + high) / 2, high).verdict == verdict


@pytest.mark.parametrize(
    ("measured", "verdict", "times"),
    [
        ([SLOWER, SLOWER], "slower", 2),
        ([SLOWER, LEVEL], "", 2),
        ([SLOWER, FASTER], "faster", 2),
        ([LEVEL], "", 1),
        ([FASTER], "faster", 1),
        ([[2.0, 2.0]], "", 1),
    ],
)
def test_what_looks_slower_is_measured_once_more(measured: list[list[float]], verdict: str, times: int):
    left = iter(measured)
    asked: list[list[float]] = []

    def measure() -> list[float]:
        asked.append(next(left))
        return asked[-1]

    assert judge(measure)[1] == verdict
    assert len(asked) == times


def test_a_tree_is_found_by_its_template():
    tree = read("this tree", ROOT)
    assert tree.functions["GET /api/qr/generate"].is_file()
    assert len(list(tree.layer.glob("*/__init__.py"))) == 1


def test_every_line_asks_for_a_route_that_there_is():
    routes = read("this tree", ROOT).functions
    assert {line.route for line in lines()} <= set(routes)


def test_lines_have_names_of_their_own():
    names = [line.what for line in lines()]
    assert len(names) == len(set(names))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "file").write_text("first")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "First")
    (folder / "file").write_text("changed")
    return folder


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True, text=True).stdout


def end_within(repository: Path, folder: Path, end: type[BaseException]) -> None:
    with worktree(repository, "HEAD", folder) as place:
        assert (place / "file").read_text() == "first"
        raise end


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit, ValueError])
def test_the_worktree_goes_away_whatever_ends_it(repository: Path, tmp_path: Path, end: type[BaseException]):
    with pytest.raises(end):
        end_within(repository, tmp_path, end)
    assert not (tmp_path / "tree").exists()
    assert len(git(repository, "worktree", "list").splitlines()) == 1


@pytest.mark.parametrize("commit", ["nothing", "--force", ""])
def test_what_is_no_commit_is_refused(repository: Path, tmp_path: Path, commit: str):
    with pytest.raises(LookupError, match="is no commit"), worktree(repository, commit, tmp_path):
        pass
