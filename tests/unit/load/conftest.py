from __future__ import annotations

from collections.abc import Callable

import pytest
from scripts.load.options import Options, parse_command_line

Chosen = Callable[..., Options]


@pytest.fixture
def chosen() -> Chosen:
    """The options that these words on the command line choose."""

    def of(*words: str) -> Options:
        options = parse_command_line(words).options
        assert options is not None
        return options

    return of
