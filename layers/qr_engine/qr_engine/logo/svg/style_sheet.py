"""The rules of a style sheet that hold on a screen (CSS Syntax 3, CSS Conditional 3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..model import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["check_css", "is_for_screen", "plain_css", "read_rules"]

_LOCAL_URL: Final = re.compile(r"""url\(\s*+(["']?)#[^"'()\s\\]++\1\s*+\)""", re.IGNORECASE)
# A backslash could spell any of the others.
_REFUSED: Final = re.compile(
    r"url\s*\(|@|\\|image-set|image\s*\(|src\s*\(|expression|javascript:|behavior", re.IGNORECASE
)
# What stands between the two halves of a word hides it.
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:([0-9a-f]{1,6}+)\s?|([g-z_-]))", re.IGNORECASE)
_NAME: Final = re.compile(r"[a-z_-]", re.IGNORECASE)

_AT_RULE: Final = re.compile(r"@([\w-]*+)([^{};]*+)([{;]?)")
_BETWEEN: Final = re.compile(r"(?:\s++|<!--|-->)*+")
# They draw nothing in a still picture without text, or are what other programs have to be told.
_PASSED_OVER: Final = ("charset", "namespace", "font-face", "keyframes", "-webkit-keyframes", "page", "supports")
_ON_A_SCREEN: Final = ("", "all", "screen", "only all", "only screen")
_TRUE: Final = (
    "(prefers-color-scheme:light)",
    "(prefers-contrast:no-preference)",
    "(prefers-reduced-motion:no-preference)",
    "(color)",
)


def plain_css(text: str) -> str:
    """Give a style without comments and without escapes in names."""
    return _ESCAPE.sub(_unescaped, _COMMENT.sub(" ", text))


def check_css(text: str) -> None:
    """Refuse what could reach out, or draw differently elsewhere, in a style as `plain_css` gives it."""
    found = _REFUSED.search(_LOCAL_URL.sub("", text))
    if found:
        refuse(f"A style in the SVG must not have {found.group()!r}; only url(#…) to the document itself is allowed.")
    if "var(" in text.lower():
        refuse("A style in the SVG must not have variables: replace them with their values.")


def _unescaped(escape: re.Match[str]) -> str:
    """Give the letter of a name that an escape stands for (CSS Syntax 3, 4.3.7); any other escape stays one."""
    code = int(escape[1], 16) if escape[1] else ord(escape[2])
    letter = chr(code) if code < 128 else ""
    return letter if _NAME.fullmatch(letter) else escape[0]


def read_rules(text: str) -> Iterator[tuple[str, str]]:
    """Give the selectors and the declarations of each rule that holds on a screen, checked.

    Raises
    ------
    InvalidRequest
        It imports another sheet, or has a rule of a kind that programs read differently.
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
    """Whether a media query is met by a screen of any size, in the light colour scheme; what is not known is not."""
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
    """Find the end of a block that has been opened; each brace is looked for once."""
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
