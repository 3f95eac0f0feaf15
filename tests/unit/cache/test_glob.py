from __future__ import annotations

import fnmatch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qr_engine.cache.glob import compile_glob


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ("https://old.example.com/*", "https://old.example.com/a/b?c=d", "https://new.example.com/"),
        ("*", "anything\nat all", None),
        ("v?.0", "v1.0", "v10.0"),
        ("[a-c]x", "bx", "dx"),
        ("[!a-c]x", "dx", "bx"),
        ("[^a-c]x", "dx", "bx"),
        ("[!a]x", "bx", "ax"),
        (r"what\?", "what?", "whats"),
        (r"\*", "*", "a"),
        (r"[\]]", "]", "["),
        ("[]]", "]", "a"),
        ("[a", "[a", "a"),
        ("a.b", "a.b", "axb"),
        ("(a|b)+", "(a|b)+", "a"),
        ("tail\\", "tail\\", "tail"),
        ("[z-a]", "m", "0"),
        ("a^b$", "a^b$", "ab"),
        ("[&&-~]", "-", "é"),
        ("[]", "[]", "a"),
        ("[!]", "!", "a"),
        ("[^]", "^", "a"),
        ("a[]b", "a[]b", "ab"),
        ("[[]", "[", "[["),
        ("[[]x", "[x", "[[]x"),
        ("[a*[b?", "[a-[bx", "[a-[b"),
        (r"[\]*[a", r"[]-[a", "]"),
        ("[]b[c]", "b", "[]bc"),
    ],
)
def test_a_pattern_matches_the_whole_text(pattern: str, matching: str, other: str | None):
    assert compile_glob(pattern)(matching)
    assert other is None or not compile_glob(pattern)(other)


@given(st.text())
def test_an_escaped_text_matches_itself(text: str):
    assert compile_glob("".join(f"\\{character}" for character in text))(text)


@given(st.text(max_size=30))
def test_no_pattern_is_an_error(pattern: str):
    compile_glob(pattern)("some text")


@given(st.text("ab*?", max_size=12), st.text("ab", max_size=12))
def test_without_sets_and_escapes_it_agrees_with_fnmatch(pattern: str, text: str):
    assert bool(compile_glob(pattern)(text)) == fnmatch.fnmatchcase(text, pattern)


def test_many_stars_take_no_more_than_their_share():
    assert not compile_glob("*a" * 300 + "*b")("a" * 7000)
