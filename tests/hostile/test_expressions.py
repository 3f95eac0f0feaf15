"""No text of a stranger makes a regular expression take longer than in proportion to its length."""

from __future__ import annotations

import re
from collections import deque
from time import process_time

import pytest
from tests.stopwatch import Stopwatch, slowness

from qr_engine.cache.glob import compile_glob

from .backtracking import clashes, texts, torn_repeats
from .expressions import Expression, expressions, expressions_in

FOUND = expressions()
SEEN = [each for each in FOUND if each.pattern is not None]

ELSEWHERE = {
    # The patterns of `Meta`, each of which is found where it stands.
    ("content/fields.py", "rule.pattern"),
    # Of a glob, whose own test is below.
    ("cache/glob.py", "_join(pieces)"),
    # Made of the project's own table of countries, of classes with a fixed count each.
    ("content/iban.py", "''.join([f'{_CLASSES[kind]}{{{count}}}' for count, kind in _parts(country)])"),
    # An operator's text, and a table of constants beside it.
    ("config/__init__.py", "PATTERNS[name]"),
    # What stands around an address, of 254 characters at most.
    ("content/address.py", "_SURROUNDINGS.format(re.escape(addresses[0]))"),
}
"""Calls whose pattern is no constant, and why that is known to be harmless."""

SHORT = {
    # An address has at most 254 characters.
    "content/address.py": 254,
    # Looks at the project's own table of countries.
    "content/iban.py": 40,
    # Looks at the first 80 characters.
    "api/answer.py": 80,
}
"""How long the text is at most, where the pattern alone is not linear."""

LENGTHS = (24, 2**10, 2**13, 2**17)
# Seconds of CPU time, under which a growth is noise; what grows with the square of the length takes minutes at the end.
NOISE = 0.05
STEEP = 2.0


def ident(each: Expression) -> str:
    return each.place


def file_of(each: Expression) -> str:
    return each.place.rpartition(":")[0]


def test_every_pattern_is_made_of_constants():
    unseen = {(file_of(each), each.made_of) for each in FOUND if each.pattern is None}
    assert unseen == ELSEWHERE
    assert len(SEEN) > 40


def test_what_is_made_of_anything_else_is_noticed():
    source = "import re\nP = 'a'\ndef f(x):\n re.match(x, '')\n re.sub(rf'{P}+b', '', x)\n re.search(P + x, '')\n"
    assert [each.pattern for each in expressions_in(source, "f.py")] == [None, "a+b", None]


@pytest.mark.parametrize("each", SEEN, ids=ident)
def test_no_two_repeats_share_out_the_same_text(each: Expression):
    if file_of(each) not in SHORT:
        assert not clashes(each.pattern or "", each.flags)


@pytest.mark.parametrize("each", SEEN, ids=ident)
def test_no_possessive_repeat_can_fail_halfway(each: Expression):
    assert not torn_repeats(each.pattern or "", each.flags)


def test_a_possessive_repeat_that_can_fail_halfway_is_noticed():
    assert torn_repeats(r"\d++(?:\.\d++)?+x") == torn_repeats(r"(?:ab|c)*+") == 1
    assert not torn_repeats(r"\d++(?>(?:\.\d++)?)(%|[a-z]++)?+x*+")


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+b", r"(\w+\s?)*$", r"[0-9]*\.?[0-9]+x", r"\s*\s*x", r"(?:a|b)*a*c", r"\d+\.?\d*e", r"(?:\w*x?)*y"],
)
def test_a_pattern_that_goes_back_and_forth_is_noticed(pattern: str):
    assert clashes(pattern)


@pytest.mark.parametrize(
    "pattern", [r"(?:[.#][\w-]+)*", r"a*b*c", r"\s*+\s*+x", r"(?>\d+)\d*x", r"[0-9]++(?:\.[0-9]++)?", r"\(([^()]*)\)"]
)
def test_a_pattern_that_does_not_is_not(pattern: str):
    assert not clashes(pattern)


def slower_than_linear(each: Expression, most: int = LENGTHS[-1]) -> str | None:
    """The beginning of a text that takes longer than in proportion to its length."""
    compiled = re.compile(each.pattern or "", each.flags)
    for method in each.methods:
        arguments = ("",) if method in ("sub", "subn") else ()
        call = getattr(compiled, method)
        runs = zip(
            *[texts(each.pattern or "", length, each.flags) for length in LENGTHS if length <= most], strict=False
        )
        for run in runs:
            before = 0.0
            for text, shorter in zip(run, (None, *run), strict=False):
                started = process_time()
                result = call(*arguments, text)
                if method == "finditer":
                    deque(result, maxlen=0)
                taken = process_time() - started
                factor = len(text) / len(shorter) if shorter else 1
                enough = max(NOISE, STEEP * factor * max(before, NOISE / 100))
                if taken > enough and taken / slowness() > enough:
                    return f"{method} of {text[:20]!r}… with {len(text)} characters: {taken:.3f} s after {before:.4f} s"
                before = taken
    return None


@pytest.mark.parametrize("each", SEEN, ids=ident)
def test_a_text_takes_no_longer_than_in_proportion_to_its_length(each: Expression):
    found = slower_than_linear(each, SHORT.get(file_of(each), LENGTHS[-1]))
    # A busy machine may take a moment off once, and not twice at the same place.
    assert found is None or slower_than_linear(each, SHORT.get(file_of(each), LENGTHS[-1])) is None, found


@pytest.mark.parametrize(
    ("pattern", "methods"),
    [
        (r"\s*!\s*important$", ("sub",)),
        (r"\s*([0-9]*\.?[0-9]+)\s*(px)?\s*", ("fullmatch",)),
        (r"scale\s*\(([^)]*)\)", ("findall",)),
        (r"\s*>\s*", ("sub",)),
        (r"(a|a)*b", ("match",)),
    ],
)
def test_patterns_that_held_a_function_are_found(pattern: str, methods: tuple[str, ...]):
    assert slower_than_linear(Expression("", pattern, 0, methods), LENGTHS[-2])


@pytest.mark.parametrize("glob", ["[" * 50_000, "[!" * 25_000, r"[a\]" * 12_500])
def test_brackets_that_are_not_closed_are_taken_in_proportion_to_their_number(glob: str):
    # 50,000 characters by the square take half a minute.
    with Stopwatch() as watch:
        compile_glob(glob)
    assert watch.seconds < 2


@pytest.mark.parametrize(
    "glob", ["*a" * 500 + "b", "*[a-z]" * 170 + "0", "*" * 1000 + "b", "*?" * 500 + "b", "*aaaaaaaa" * 100 + "b"]
)
def test_a_glob_takes_no_longer_than_in_proportion_to_the_text(glob: str):
    matches = compile_glob(glob[:1024])
    with Stopwatch() as watch:
        assert not matches("a" * 7089)
    assert watch.seconds < 0.5
