"""What the handlers answer: the shapes that `openapi.yaml` declares and that tests hold the real answers against.

The routes build their answers as plain objects. These structs only describe them, so a new member of an answer has to
be added here as well; the tests close every object and fail on one that is missing.
"""

from __future__ import annotations

from .cache_answers import (
    ClearAnswer,
    LineOutcome,
    ListOutcome,
    PatternOutcome,
    PopularOutcome,
    StatsAnswer,
    WarmAnswer,
)
from .code_answers import (
    BatchAnswer,
    BatchFailure,
    BatchSkipped,
    BatchSuccess,
    Envelope,
    Health,
    Matrix,
    StylesAnswer,
    ValidateAnswer,
)
from .problems import GatewayMessage, ProblemDocument
from .read_answers import GoqrReading, ReadAnswer

__all__ = ["ANSWERS"]

ANSWERS = (
    ProblemDocument,
    Matrix,
    Envelope,
    BatchSuccess,
    BatchFailure,
    BatchSkipped,
    BatchAnswer,
    ValidateAnswer,
    StylesAnswer,
    ReadAnswer,
    GoqrReading,
    Health,
    StatsAnswer,
    ClearAnswer,
    PatternOutcome,
    PopularOutcome,
    LineOutcome,
    ListOutcome,
    WarmAnswer,
    GatewayMessage,
)
