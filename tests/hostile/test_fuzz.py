"""The corpus, and some seconds of what `make fuzz` does for ten."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from tests.environment import forget, fresh

from .fuzz import CORPUS, TARGETS, fuzz, replay


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An execution environment of the memory tier alone, which logs nothing."""
    forget()
    fresh(monkeypatch)
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
    forget()


@pytest.mark.parametrize("target", TARGETS)
def test_the_corpus_does_no_harm(target: str):
    assert replay(target).executions >= len(list((CORPUS / target).iterdir()))


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
def test_random_changes_of_the_corpus_do_no_harm(target: str):
    report = fuzz(target, 5)
    assert report.executions > 100
    assert report.crashes == []
