from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from aws_lambda_powertools.metrics import Metrics, MetricUnit

from qr_engine import config, observability
from qr_engine.observability import MAX_VALUES, METRICS, annotate, count, count_refusal, flush, logger, observe


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("POWERTOOLS_METRICS_DISABLED", "POWERTOOLS_SERVICE_NAME", "POWERTOOLS_METRICS_NAMESPACE"):
        monkeypatch.delenv(name, raising=False)
    config.telemetry.cache_clear()
    monkeypatch.setattr(observability, "_pending", {})
    monkeypatch.setattr(observability, "_refusals", {})
    yield
    config.telemetry.cache_clear()


def by_powertools(service: str, namespace: str) -> None:
    metrics = Metrics(namespace=namespace, service=service)
    metrics.add_dimension("route", "generate")
    metrics.add_dimension("outcome", "miss")
    metrics.add_metric("Requests", MetricUnit.Count, 1)
    metrics.add_metric("Duration", MetricUnit.Milliseconds, 1.25)
    metrics.flush_metrics()


@pytest.mark.parametrize(("service", "namespace"), [("qr-engine", "QREngine"), ("other", "Somewhere")])
def test_the_line_is_the_one_that_powertools_would_write(
    service: str, namespace: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", service)
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", namespace)
    flush("generate", "miss", 1.25)
    by_powertools(service, namespace)
    ours, theirs = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert abs(ours["_aws"].pop("Timestamp") - theirs["_aws"].pop("Timestamp")) < 5000
    assert ours == theirs


def service_wide(line: str) -> dict[str, list[float]]:
    """The values that a line has for the whole service, checked against what it declares."""
    members = json.loads(line)
    first, *more = members["_aws"]["CloudWatchMetrics"]
    assert [each["Name"] for each in first["Metrics"]] == ["Requests", "Duration"]
    if not more:
        return {}
    (second,) = more
    assert (second["Namespace"], second["Dimensions"]) == (first["Namespace"], [["service"]])
    assert all(each["Unit"] == METRICS[each["Name"]] for each in second["Metrics"])
    return {each["Name"]: members[each["Name"]] for each in second["Metrics"]}


def test_what_happened_and_what_took_how_long_goes_into_the_next_line_only(capsys: pytest.CaptureFixture[str]):
    count("Misses")
    count("Misses", 2)
    observe("DrawTime", 1.5)
    observe("DrawTime", 2.5)
    flush("batch", "done", 1.25)
    flush("batch", "done", 1.25)
    first, second = capsys.readouterr().out.splitlines()
    assert service_wide(first) == {"Misses": [3], "DrawTime": [1.5, 2.5]}
    assert service_wide(second) == {}


def test_powertools_declares_a_metric_of_the_service_likewise(capsys: pytest.CaptureFixture[str]):
    observe("DrawTime", 1.5)
    flush("generate", "miss", 1.25)
    metrics = Metrics(namespace="QREngine", service="qr-engine")
    metrics.add_metric("DrawTime", MetricUnit.Milliseconds, 1.5)
    metrics.flush_metrics()
    ours, theirs = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert ours["_aws"]["CloudWatchMetrics"][1:] == theirs["_aws"]["CloudWatchMetrics"]
    assert (ours["DrawTime"], ours["service"]) == (theirs["DrawTime"], theirs["service"])


def test_a_line_has_no_more_values_of_a_metric_than_cloudwatch_takes(capsys: pytest.CaptureFixture[str]):
    for _ in range(MAX_VALUES + 50):
        observe("DrawTime", 1.5)
    flush("warm", "done", 1.25)
    assert service_wide(capsys.readouterr().out)["DrawTime"] == [1.5] * MAX_VALUES


def test_what_is_not_written_is_not_kept_either(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    count("Misses")
    flush("generate", "miss", 1.25)
    config.telemetry.cache_clear()
    monkeypatch.delenv("POWERTOOLS_METRICS_DISABLED")
    flush("generate", "miss", 1.25)
    assert service_wide(capsys.readouterr().out) == {}


def test_a_request_writes_one_line(capsys: pytest.CaptureFixture[str]):
    flush("generate", "miss", 1.25)
    assert capsys.readouterr().out.count("\n") == 1


def test_metrics_can_be_turned_off(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    flush("generate", "miss", 1.25)
    assert capsys.readouterr().out == ""


def test_there_is_one_logger():
    assert logger() is logger()


def test_refusals_are_counted_for_the_service_and_each_kind_in_a_line_of_its_own(
    capsys: pytest.CaptureFixture[str],
):
    for kind in ("NOPERM", "OOM", "NOPERM"):
        count_refusal(kind)
    flush("generate", "miss", 1.25)
    flush("generate", "miss", 1.25)
    first, *kinds, last = capsys.readouterr().out.splitlines()
    assert service_wide(first) == {"CacheErrors": [3]}
    assert service_wide(last) == {}
    lines = [json.loads(line) for line in kinds]
    assert [(each["kind"], each["service"], each["CacheErrors"]) for each in lines] == [
        ("NOPERM", "qr-engine", [2.0]),
        ("OOM", "qr-engine", [1.0]),
    ]
    for each in lines:
        (declared,) = each["_aws"]["CloudWatchMetrics"]
        assert declared["Dimensions"] == [["kind", "service"]]
        assert [metric["Name"] for metric in declared["Metrics"]] == ["CacheErrors"]


def test_a_line_says_which_version_of_the_function_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_VERSION", "12")
    flush("generate", "failed", 1.25)
    line = json.loads(capsys.readouterr().out)
    assert (line["outcome"], line["version"]) == ("failed", "12")
    assert all("version" not in each["Dimensions"][0] for each in line["_aws"]["CloudWatchMetrics"])


def test_a_note_is_a_member_of_the_next_line_only_and_no_dimension(capsys: pytest.CaptureFixture[str]):
    annotate("kid", "2026-11")
    flush("generate", "memory", 1.25)
    flush("generate", "memory", 1.25)
    noted, next_line = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert noted["kid"] == "2026-11"
    assert "kid" not in next_line
    assert all("kid" not in each["Dimensions"][0] for each in noted["_aws"]["CloudWatchMetrics"])


def test_where_no_lines_are_written_notes_are_forgotten(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    annotate("kid", "2026-11")
    flush("generate", "memory", 1.25)
    monkeypatch.delenv("POWERTOOLS_METRICS_DISABLED")
    config.telemetry.cache_clear()
    flush("generate", "memory", 1.25)
    assert "kid" not in json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(("level", "lines"), [("DEBUG", 1), ("INFO", 0)])
def test_debug_logs_each_answer_and_nothing_of_what_was_asked(
    level: str, lines: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setenv("POWERTOOLS_LOG_LEVEL", level)
    monkeypatch.setattr(observability, "logger", lambda: logging.getLogger("this test"))
    with caplog.at_level(logging.DEBUG, "this test"):
        flush("generate", "miss", 1.25)
    found = [(each.levelname, each.message, vars(each)["outcome"], vars(each)["ms"]) for each in caplog.records]
    assert found == [("DEBUG", "answered", "miss", 1.25)] * lines
