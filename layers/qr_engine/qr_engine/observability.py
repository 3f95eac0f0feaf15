"""The one Logger and the one Metrics.

A request writes one metrics line and, only where something went wrong, one log line. Neither ever holds what a user
asked to encode.
"""

from __future__ import annotations

from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.metrics import Metrics, MetricUnit
from aws_lambda_powertools.metrics.functions import is_metrics_disabled

__all__ = ["logger", "metrics", "record"]

SERVICE = "qr-engine"

logger = Logger(service=SERVICE)
metrics = Metrics(namespace="QREngine", service=SERVICE)

_DISABLED = is_metrics_disabled()


def record(route: str, outcome: str, milliseconds: float) -> None:
    """Write the metrics line of one request.

    Parameters
    ----------
    route
        The operation, such as ``generate``: a dimension.
    outcome
        A dimension: ``memory``, ``redis``, ``miss``, ``bypass``, ``not_modified``, ``done``, ``rejected``, ``failed``.
    milliseconds
        From event in to response out.
    """
    if _DISABLED:
        return
    metrics.add_dimension("route", route)
    metrics.add_dimension("outcome", outcome)
    metrics.add_metric("Requests", MetricUnit.Count, 1)
    metrics.add_metric("Duration", MetricUnit.Milliseconds, milliseconds)
    metrics.flush_metrics()
