"""Read the rules of a style sheet that apply on a screen (CSS Syntax 3, CSS Conditional 3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..model import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["check_css", "is_for_screen", "plain_css", "read_rules"]

_LOCAL_URL: Final = re.compile(r"""url\(\s*+(["']?)#[^"'()\s\\]++\1\s*+\)""", re.IGNORECASE)
# An escape with a backslash could spell any of the other words.
_REFUSED: Final = re.compile(
    r"url\s*\(|@|\\|image-set|image\s*\(|src\s*\(|expression|javascript:|behavior", re.IGNORECASE
)
# A comment in the middle of a word would hide the word from the checks.
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:([0-9a-f]{1,6}+)\s?|([g-z_-]))", re.IGNORECASE)
_NAME: Final = re.compile(r"[a-z_-]", re.IGNORECASE)

_AT_RULE: Final = re.compile(r"@([\w-]*+)([^{};]*+)([{;]?)")
_BETWEEN: Final = re.compile(r"(?>(?:\s++|<!--|-->)*)")
# These rules draw nothing in a still picture without text, or are only for other programs.
_PASSED_OVER: Final = ("charset", "namespace", "font-face", "keyframes", "-webkit-keyframes", "page", "supports")
_ON_A_SCREEN: Final = ("", "all", "screen", "only all", "only screen")
_TRUE: Final = (
    "(prefers-color-scheme:light)",
    "(prefers-contrast:no-preference)",
    "(prefers-reduced-motion:no-preference)",
    "(color)",
)


def plain_css(text: str) -> str:
    """Remove comments, and escapes in names, from a style."""
    return _ESCAPE.sub(_unescaped, _COMMENT.sub(" ", text))


def check_css(text: str) -> None:
    """Refuse a style that could reach out or draw differently elsewhere; `text` comes from `plain_css`."""
    found = _REFUSED.search(_LOCAL_URL.sub("", text))
    if found:
        refuse(f"A style in the SVG must not have {found.group()!r}; only url(#…) to the document itself is allowed.")
    if "var(" in text.lower():
        refuse("A style in the SVG must not have variables: replace them with their values.")


def _unescaped(escape: re.Match[str]) -> str:
    """Return the letter that an escape stands for, if names can have it; else the escape (CSS Syntax 3, 4.3.7)."""
    code = int(escape[1], 16) if escape[1] else ord(escape[2])
    letter = chr(code) if code < 128 else ""
    return letter if _NAME.fullmatch(letter) else escape[0]


def read_rules(text: str) -> Iterator[tuple[str, str]]:
    """Check a style sheet, and yield the selectors and the declarations of each rule that applies on a screen.

    Raises
    ------
    InvalidRequest
        The sheet imports another one, or has a kind of rule that programs read differently.
    """
    text, position, nested = plain_css(text), 0, 0
    while (position := _skip(_BETWEEN, text, position)) < len(text):
        if text[position] == "}" and nested:
            nested, position = nested - 1, position + 1
        elif (found := _AT_RULE.match(text, position)) is None:
            end = text.find("}", position)
            end = len(text) if end < 0 else end
            rule = text[position:end]
            check_css(rule)
            selectors, brace, declarations = rule.rpartition("{")
            if brace:
                yield selectors, declarations
            position = end + 1
        elif found[1].lower() == "media" and found[3] == "{" and is_for_screen(found[2]):
            nested, position = nested + 1, found.end()
        elif found[1].lower() in ("media", *_PASSED_OVER):
            position = _after_block(text, found.end()) if found[3] == "{" else found.end()
        else:
            refuse(f"A style in the SVG must not have {'@' + found[1][:40]!r}; only rules and @media are allowed.")


def is_for_screen(query: str) -> bool:
    """Return whether a screen of any size with the light colour scheme meets a media query; unknown queries fail."""
    for part in query.lower().split(","):
        kind, *conditions = [
            "".join(each.split()) if "(" in each else " ".join(each.split()) for each in part.split(" and ")
        ]
        if kind in (*_ON_A_SCREEN, *_TRUE) and all(condition in _TRUE for condition in conditions):
            return True
    return False


def _skip(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _after_block(text: str, position: int) -> int:
    """Find the end of a block that has been opened; each brace is searched for only once."""
    depth, opening, closing = 1, text.find("{", position), text.find("}", position)
    while closing >= 0:
        if 0 <= opening < closing:
            depth, opening = depth + 1, text.find("{", opening + 1)
            continue
        depth -= 1
        if not depth:
            return closing + 1
        closing = text.find("}", closing + 1)
    return len(text)
