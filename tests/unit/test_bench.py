from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from scripts.benchmarks import symbol_makers
from scripts.benchmarks.harness import Contender, Measured, Run, measure
from scripts.benchmarks.report import Findings, amount, document, page, ratio, tables
from scripts.benchmarks.results import LeftOut, Line
from scripts.benchmarks.served import Served
from scripts.benchmarks.suite import TOPICS

BENCHMARKS = Path(symbol_makers.__file__).parent
NOT_TOPICS = {
    "__init__",
    "bare_function",
    "built_layer",
    "cold_process",
    "delayed",
    "emulator",
    "empty_server",
    "handler",
    "harness",
    "local_redis",
    "machine",
    "node_peer",
    "pictures",
    "report",
    "results",
    "served",
    "suite",
    "symbol_makers",
    "usual_stack",
}


def run_of(tmp_path: Path, *, quick: bool = True) -> Run:
    return Run(quick=quick, workspace=tmp_path, closing=ExitStack(), versions={})


def scripted(name: str, turns: list[float], log: list[str]) -> Contender:
    """A contender that takes the given seconds, one turn after another."""
    left = iter(turns)

    def batch(calls: int) -> float:
        log.append(f"{name}{calls}")
        return next(left)

    return Contender(name, batch, single=True)


def steady(seconds: float, asked: list[int]) -> Callable[[int], float]:
    def batch(calls: int) -> float:
        asked.append(calls)
        return seconds * calls

    return batch


def line(ours: float, theirs: float, *, as_floor: bool = False, target: float | None = None, unit: str = "s") -> Line:
    return Line(
        what="work",
        ours=Measured("ours", ours, ours, unit),
        theirs=Measured("theirs", theirs, theirs, unit),
        as_floor=as_floor,
        target=target,
    )


def test_contenders_take_turns_and_nobody_always_goes_first(tmp_path: Path):
    log: list[str] = []
    measure(run_of(tmp_path), [scripted("a", [1.0] * 3, log), scripted("b", [1.0] * 3, log)])
    assert log == ["a1", "b1", "b1", "a1", "a1", "b1"]


def test_the_median_and_the_minimum_of_the_rounds_are_kept(tmp_path: Path):
    (found,) = measure(run_of(tmp_path), [scripted("a", [5.0, 1.0, 2.0], [])])
    assert found == Measured("a", 2.0, 1.0)


def test_a_turn_has_as_many_calls_as_fill_it(tmp_path: Path):
    asked: list[int] = []
    run = run_of(tmp_path)
    measure(run, [Contender("a", steady(run.turn / 10, asked))])
    assert asked[-run.rounds :] == [10] * run.rounds


def test_a_call_longer_than_a_turn_is_made_once_a_turn(tmp_path: Path):
    asked: list[int] = []
    run = run_of(tmp_path)
    measure(run, [Contender("a", steady(run.turn * 3, asked))])
    assert set(asked) == {1}


def test_seconds_are_those_of_one_call(tmp_path: Path):
    (found,) = measure(run_of(tmp_path), [Contender("a", steady(0.000_05, []))])
    assert found.median == pytest.approx(0.000_05)


def test_a_full_run_has_more_rounds_and_longer_turns(tmp_path: Path):
    full, quick = run_of(tmp_path, quick=False), run_of(tmp_path)
    assert full.rounds > quick.rounds
    assert full.turn > quick.turn


def test_the_ratio_to_a_peer_says_how_many_times_faster_ours_is():
    assert line(2.0, 50.0).ratio == 25


def test_the_ratio_to_a_floor_says_how_many_times_its_cost_ours_is():
    assert line(3.0, 2.0, as_floor=True).ratio == 1.5


@pytest.mark.parametrize(
    ("found", "met"),
    [
        (line(1.0, 10.0, target=10), True),
        (line(1.0, 9.9, target=10), False),
        (line(2.0, 1.0, as_floor=True, target=2), True),
        (line(2.1, 1.0, as_floor=True, target=2), False),
        (line(1.0, 1.0), None),
    ],
)
def test_a_target_is_met_or_missed(found: Line, met: bool | None):
    assert found.met is met


@pytest.mark.parametrize(
    ("seconds", "shown"), [(2.5, "2.50 s"), (0.0123, "12.3 ms"), (0.000_123_4, "123 µs"), (0.000_000_5, "0.50 µs")]
)
def test_times_are_shown_to_three_digits(seconds: float, shown: str):
    assert amount(Measured("a", seconds, seconds)) == shown


def test_sizes_are_shown_in_megabytes():
    assert amount(Measured("a", 17_040_000, 17_040_000, "B")) == "17.0 MB"


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (line(1.0, 25.0), "25.0× faster"),
        (line(1.0, 1.0), "1.00× faster"),
        (line(25.0, 1.0), "**25.0× slower**"),
        (line(3.0, 2.0, as_floor=True), "1.50× its cost"),
        (line(1.0, 2.0, as_floor=True), "0.50× its cost"),
        (line(3.0, 2.0, as_floor=True, unit="B"), "1.50× as much"),
        (line(10.0, 45.0, unit="B"), "4.50× smaller"),
        (line(45.0, 10.0, unit="bytes"), "**4.50× larger**"),
        (line(10.0, 45.0, unit="misses"), "4.50× fewer"),
        (line(45.0, 10.0, unit="misses"), "**4.50× more**"),
    ],
)
def test_a_ratio_says_who_is_ahead(found: Line, shown: str):
    assert ratio(found) == shown


def test_a_missed_target_stands_out():
    assert "≥ 10× **missed**" in tables([Findings("Topic", "lines", (line(1.0, 2.0, target=10),), ())])


def test_what_was_left_out_is_said_once_with_the_reason():
    left_out = LeftOut("npm qrcode", "needs node")
    shown = tables([Findings("Topic", "lines", (), (left_out, left_out))])
    assert shown == "## Topic\n\nLeft out: npm qrcode; needs node."


def test_a_grid_has_a_row_for_what_was_done_and_a_column_for_who_did_it():
    first = line(1.0, 2.0)
    second = Line(what="more work", ours=first.ours, theirs=Measured("other", 3.0, 3.0))
    rows = tables([Findings("Topic", "grid", (first, second), ())]).splitlines()[2:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert cells[0] == ["", "ours", "against theirs", "against other"]
    assert cells[2:] == [["work", "1.00 s", "2.00× faster", ""], ["more work", "1.00 s", "", "3.00× faster"]]


def test_the_page_names_the_machine_and_the_versions():
    machine = {"processor": "Z80", "cores": "2", "system": "S", "python": "CPython 3.13", "load_average": "0.1"}
    shown = page([], machine, {"segno": "1.6.6"})
    assert "Z80, 2 cores" in shown
    assert "segno 1.6.6" in shown


def test_the_document_has_the_ratio_of_every_line():
    written = document([Findings("Topic", "lines", (line(1.0, 2.0), line(1.0, 4.0)), ())], {}, {})
    assert [entry["ratio"] for entry in written["topics"][0]["lines"]] == [2.0, 4.0]


def test_every_topic_file_is_in_the_suite():
    files = {file.stem for file in BENCHMARKS.glob("*.py")} - NOT_TOPICS
    assert files == {topic.results.__module__.rpartition(".")[2] for topic in TOPICS.values()}


def test_topics_have_titles_of_their_own():
    titles = [topic.title for topic in TOPICS.values()]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("length", [1, 14, 25, 300, 2953])
def test_a_url_has_the_length_that_was_asked_for(length: int):
    assert len(symbol_makers.url(length)) == length


def test_a_peer_that_is_not_installed_is_left_out_with_the_way_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(symbol_makers, "peer", lambda module: None)
    monkeypatch.setattr(symbol_makers, "node_peer", lambda run: LeftOut("npm qrcode", "needs node and npm"))
    found = list(symbol_makers.compare(run_of(tmp_path), "text", "M", "what", {}))
    assert LeftOut("segno", "needs its package: pip install segno") in found
    assert LeftOut("npm qrcode", "needs node and npm") in found


def test_peers_that_make_another_version_are_not_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    entry = symbol_makers._PEERS[symbol_makers.ZXING]
    other = type(entry)(entry.module, entry.distribution, entry.boosts, entry.make, lambda barcode: 40)
    monkeypatch.setitem(symbol_makers._PEERS, symbol_makers.ZXING, other)
    with pytest.raises(ValueError, match="version 40 where qr_engine makes version 1"):
        list(symbol_makers.compare(run_of(tmp_path), "text", "M", "what", {}))


SERVES_ITS_FOLDER = """
import http.server, os

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response_only(200)
        self.send_header("etag", os.getcwd())
        self.send_header("content-length", "0")
        self.end_headers()

http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the processor time of another process")
def test_a_server_runs_in_its_own_tree_so_that_it_imports_nothing_of_this_one(tmp_path: Path) -> None:
    program = tmp_path / "scripts" / "serve.py"
    program.parent.mkdir()
    program.write_text(SERVES_ITS_FOLDER, encoding="utf-8")
    with Served(program) as server:
        server.wait()
        assert server.get("/", {}) == (200, str(tmp_path))
