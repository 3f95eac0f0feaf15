from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from aws_lambda_powertools.metrics import Metrics, MetricUnit

from qr_engine import config
from qr_engine.observability import logger, record


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("POWERTOOLS_METRICS_DISABLED", "POWERTOOLS_SERVICE_NAME", "POWERTOOLS_METRICS_NAMESPACE"):
        monkeypatch.delenv(name, raising=False)
    config.telemetry.cache_clear()
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
    record("generate", "miss", 1.25)
    by_powertools(service, namespace)
    ours, theirs = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert abs(ours["_aws"].pop("Timestamp") - theirs["_aws"].pop("Timestamp")) < 5000
    assert ours == theirs


def test_a_request_writes_one_line(capsys: pytest.CaptureFixture[str]):
    record("generate", "miss", 1.25)
    assert capsys.readouterr().out.count("\n") == 1


def test_metrics_can_be_turned_off(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    record("generate", "miss", 1.25)
    assert capsys.readouterr().out == ""


def test_there_is_one_logger():
    assert logger() is logger()
