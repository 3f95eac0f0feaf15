"""What is counted: n of N where the plain code is read, and nothing for a decoder that is missing."""

from __future__ import annotations

from scripts.readers.matrix_tables import every_symbol_tables, matrix_tables, read_where_plain
from scripts.readers.page import tables
from scripts.readers.photograph_tables import photograph_tables
from scripts.readers.ranking import predict
from scripts.readers.results import Reading, Results, Verdict, load, verdict

ZBAR: dict[str, Verdict] = {"zbar": "read", "quirc": "unread"}
BOTH: dict[str, Verdict] = {"zbar": "read", "quirc": "read"}


def of_matrix(rows: dict[str, str], symbol: str, verdicts: dict[str, Verdict]) -> Reading:
    return Reading("matrix", rows, symbol, 300, verdicts)


def results(readings: list[Reading]) -> Results:
    return Results("12", {"ZBar": "0.23"}, {"BoofCV": "no Java"}, readings)


MATRIX = results(
    [
        of_matrix({"plain": "plain"}, "2-M link", BOTH),
        of_matrix({"plain": "plain"}, "14-M link", ZBAR),
        of_matrix({"eyes": "circle", "patterns": "dots"}, "2-M link", ZBAR),
        of_matrix({"eyes": "circle", "patterns": "square"}, "14-M link", ZBAR),
        Reading("matrix", {"eyes": "star"}, "2-M link", 300, {}, refusal="no"),
    ]
)


def photographs(scores: list[int], read: list[bool]) -> Results:
    readings = []
    for number, (score, good) in enumerate(zip(scores, read, strict=True)):
        rows = {"maker": "QR Engine", "look": f"{number}", "kind": "styled", "group": "blur", "condition": "blur 0.3"}
        found: Verdict = "read" if good else "unread"
        readings.append(Reading("photographs", rows, "3-Q", 0, {"zbar": found, "quirc": "unread"}, score))
    return results(readings)


def test_a_picture_counts_only_where_the_plain_code_is_read():
    eyes = [reading for reading in MATRIX.of("matrix") if "eyes" in reading.rows]
    assert read_where_plain(MATRIX, eyes, "zbar") == (2, 2)
    assert read_where_plain(MATRIX, eyes, "quirc") == (0, 1)


def test_the_tables_have_a_column_a_decoder_that_is_there_and_name_what_is_not():
    text = tables(MATRIX)
    assert "| `circle` | 2 | 2 | 0/1 |" in text
    assert "BoofCV |" not in text
    assert "Left out: BoofCV; no Java." in text


def test_a_refusal_is_told_and_counts_nowhere():
    text = "\n".join(matrix_tables(MATRIX))
    assert "The service refuses 1 of the requests" in text
    assert "`star`" not in text


def test_what_is_lost_of_every_symbol_is_named():
    readings = [
        Reading("every", {"plain": "plain"}, "2-M link", 300, ZBAR),
        Reading(
            "every", {"eyes": "circle", "patterns": "dots"}, "2-M link", 300, {"zbar": "unread", "quirc": "unread"}
        ),
    ]
    text = "\n".join(every_symbol_tables(results(readings)))
    assert "| eyes | 1 | 0/1 | 0 |" in text
    assert "| plain | 1 | 1 | 0/1 |" in text
    # quirc does not read the plain code either.
    assert text.endswith("Lost:\n\n- ZBar: `circle` + `dots`, 2-M link, 300 pixels")
    assert not list(every_symbol_tables(MATRIX))


def test_a_score_that_follows_the_decoders_correlates():
    scores = list(range(0, 100, 5))
    found = predict(photographs(scores, [score > 50 for score in scores]))
    assert found is not None
    assert found.low <= found.median <= found.high
    assert found.median > 0.8


def test_equal_scores_predict_nothing():
    found = predict(photographs([100] * 20, [number % 2 == 0 for number in range(20)]))
    assert found is not None
    assert found.median == 0


def test_photographs_are_counted_by_maker_and_condition():
    text = "\n".join(photograph_tables(photographs([100, 50], [True, False])))
    assert "| blur | 8" not in text
    assert "| condition | ours, styled |" in text
    assert "| blur | 50.0 |" in text


def test_results_come_back_from_their_file(tmp_path):
    MATRIX.save(tmp_path / "kept.json")
    assert load(tmp_path / "kept.json") == MATRIX


def test_another_text_is_wrong_and_no_text_is_unread():
    assert [verdict(texts, "a") for texts in ([], [""], ["b"], ["b", "a"])] == ["unread", "unread", "wrong", "read"]
