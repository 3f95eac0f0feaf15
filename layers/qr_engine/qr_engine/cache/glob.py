"""Globs over the data of the entries, for a clear."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

__all__ = ["compile_glob"]


def compile_glob(pattern: str) -> Callable[[str], bool]:
    r"""Return a function that tells whether a whole text matches `pattern`.

    ``*`` stands for any run of characters, ``?`` for one, ``[a-z]`` for one of a set, ``[!a-z]`` or ``[^a-z]`` for one
    outside of it; ``\`` takes the special meaning from the character after it. A bracket that is not closed is itself.

    Examples
    --------
    >>> compile_glob("https://old.example.com/*")("https://old.example.com/a?b")
    True
    >>> compile_glob(r"what\?")("whats")
    False
    """
    pieces = [""]
    for kind, text in _tokens(pattern):
        if kind == "run":
            pieces.append("")
        else:
            pieces[-1] += _PART[kind](text)
    expression = re.compile(_join(pieces), re.DOTALL)
    return lambda text: expression.fullmatch(text) is not None


def _join(pieces: list[str]) -> str:
    """Return one expression from the pieces between the stars.

    The first place where a piece fits is as good as any later one, so the groups are atomic. Otherwise a pattern of
    many stars would take time exponential in their number.
    """
    if len(pieces) == 1:
        return pieces[0]
    first, *middle, last = pieces
    return first + "".join(f"(?>.*?{piece})" for piece in middle) + f".*{last}"


_WITHOUT_SETS = r"(?P<escaped>\\.)|(?P<run>\*+)|(?P<one>\?)|(?P<open>\[)|(?P<plain>.)"
_TOKEN = re.compile(r"(?P<set>\[[!^]?(?:\\.|[^\\])(?>(?:\\.|[^\]\\])*)\])|" + _WITHOUT_SETS, re.DOTALL)
_TOKEN_WITHOUT_SETS = re.compile(_WITHOUT_SETS, re.DOTALL)


def _tokens(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the text of each part of `pattern`."""
    start, may_have_sets = 0, True
    while match := (_TOKEN if may_have_sets else _TOKEN_WITHOUT_SETS).match(pattern, start):
        kind = match.lastgroup or ""
        # Where one bracket is not closed, none after it is: looking for the end of each would take quadratic time.
        may_have_sets = may_have_sets and kind != "open"
        yield kind, match[0]
        start = match.end()


def _translate_set(text: str) -> str:
    inner = text[1:-1]
    negated = inner[:1] in ("!", "^") and len(inner) > 1
    members = _translate_members(inner[1:] if negated else inner)
    return f"[{'^' if negated else ''}{members}]"


def _translate_members(inner: str) -> str:
    """Write the inside of a set as a regular expression; a range may run backwards, as in Redis."""
    return re.sub(
        r"(\\.|[^\\])-(\\.|[^\\])|(\\.|[^\\])|\\$",
        lambda match: (
            "-".join(re.escape(end) for end in sorted((match[1][-1], match[2][-1])))
            if match[1]
            else re.escape(match[0][-1])
        ),
        inner,
        flags=re.DOTALL,
    )


_PART: dict[str, Callable[[str], str]] = {
    "escaped": lambda text: re.escape(text[1]),
    "one": lambda _: ".",
    "set": _translate_set,
    "open": re.escape,
    "plain": re.escape,
}
