"""Strict decoding of JSON bodies and query strings: no duplicate keys, no NaN, nothing but UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Final, NoReturn, cast

import msgspec

from ..errors import InvalidRequest, Issue

__all__ = ["MAX_VALUES", "contains_null_text", "decode_json", "decode_pairs"]


MAX_VALUES: Final = 2_000
"""Most values in the body of a request for one code; the longest possible request has a tenth of that."""


def decode_json(text: str, most: int = MAX_VALUES) -> dict[str, Any]:
    """Decode a JSON object.

    Parameters
    ----------
    most
        Most values, objects and lists together; they are counted before anything is decoded.

    Raises
    ------
    InvalidRequest
        The text is not JSON (RFC 8259), has a duplicate key, is nested too deeply, has too many values, or is not an
        object.
    """
    # RFC 8259, 8.1: a parser may ignore a byte order mark. Editors and PowerShell add one invisibly.
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise InvalidRequest.of(Issue("", "The body must be a JSON object; it is empty."))
    if not text.lstrip().startswith("{"):
        raise InvalidRequest.of(Issue("", "The body must be a JSON object."))
    _weigh(text, most)
    try:
        if text.count("{") > _MANY_OBJECTS:
            # Finds too deep nesting in a third of the time that the decoder needs.
            msgspec.json.decode(text, type=msgspec.Raw)
        if not text.isascii():
            text.encode()
        value = _DECODER.decode(text)
        if "\\u" in text:
            msgspec.json.encode(value)
    except msgspec.DecodeError as error:
        raise _malformed_problem(str(error)) from None
    except UnicodeEncodeError:
        raise _malformed_problem("it holds half of a surrogate pair, which is no character") from None
    except RecursionError:
        raise _malformed_problem("it is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise _malformed_problem(
            f"{error.msg.removesuffix(' at').rstrip(': ')} at line {error.lineno}, column {error.colno}"
        ) from None
    except _NotStandard as error:
        raise _malformed_problem(str(error)) from None
    except ValueError:
        # The only cause left: Python reads no number of more than 4,300 digits.
        raise _malformed_problem("a number has more digits than any field takes") from None
    return cast("dict[str, Any]", value)


def _weigh(text: str, most: int) -> None:
    """Refuse JSON of more than `most` values, counting the characters that separate them."""
    if _parts(text) <= most:
        return
    # An SVG or a text to encode has such characters too, so those within strings do not count.
    bare = text.replace("\\\\", "").replace('\\"', "") if "\\" in text else text
    # A member of an object has at most two strings.
    count = bare.count('"') // 4
    if count <= most:
        count = _parts("".join(bare.split('"')[::2]))
    if count > most:
        message = f"The body must have at most {most} values; this one has at least {count}."
        raise InvalidRequest.of(Issue("", message, limit={"max": most}))


def _parts(text: str) -> int:
    return text.count("{") + text.count("[") + text.count(",")


_LISTS: Final = ("colors", "center")
"""Fields of nested objects that are lists; their values have no commas."""


def decode_pairs(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Build the nested object that flat names with dots describe: ``colors.foreground=navy``.

    A repeated name gives the list of its values. So do commas in a field that is always a list:
    ``gradient.colors=navy,teal``. Numbers from 0 give a list of objects: ``effects.0.type=shadow``.

    Raises
    ------
    InvalidRequest
        A name stands for both a value and an object, or is nested too deeply, or a number is missing.
    """
    root: dict[str, Any] = {}
    numbered = False
    for name, value in pairs:
        *parents, leaf = name.split(".")
        node: Any = root if len(parents) < _MAX_DEPTH else None
        for parent in parents:
            node = node.setdefault(parent, {}) if isinstance(node, dict) else None
        if not isinstance(node, dict) or isinstance(node.get(leaf), dict):
            raise InvalidRequest.of(Issue(name[:64], "Must be either a value or an object, and not nested too deeply."))
        values = value.split(",") if parents and leaf in _LISTS and "," in value else None
        if leaf in node:
            if not isinstance(node[leaf], list):
                node[leaf] = [node[leaf]]
            node[leaf] += values or [value]
        else:
            node[leaf] = values or value
        numbered = numbered or any(parent.isdecimal() for parent in parents)
    return {name: _lists_for_numbers(item, name) for name, item in root.items()} if numbered else root


def _lists_for_numbers(value: Any, path: str) -> Any:
    """Turn objects in `value` whose field names are numbers into lists."""
    if not isinstance(value, dict):
        return value
    inner = {name: _lists_for_numbers(item, f"{path}.{name}") for name, item in value.items()}
    if not any(name.isdecimal() for name in inner):
        return inner
    indices = [str(index) for index in range(len(inner))]
    if inner.keys() != set(indices):
        message = f"Must be numbered from 0 without a gap: {path[:64]}.0, {path[:64]}.1 and so on."
        raise InvalidRequest.of(Issue(path[:64], message))
    return [inner[name] for name in indices]


def contains_null_text(value: Any) -> bool:
    """Return whether one of the query string's values in `value` is the text ``null``.

    msgspec reads it as a null wherever one is allowed, though a query string has no nulls.
    """
    if isinstance(value, str):
        return len(value) == 4 and value.lower() == "null"
    if isinstance(value, dict):
        return any(map(contains_null_text, value.values()))
    # Values from a style may also be numbers and booleans.
    return isinstance(value, list) and any(map(contains_null_text, value))


class _NotStandard(ValueError):
    """JSON that Python's decoder accepts although the standard does not."""


def _refuse_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = sorted(name for name, _ in pairs)
        twice = next(name for name, following in pairwise(names) if name == following)
        raise _NotStandard(f"the key {twice[:64]!r} is given more than once")
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise _NotStandard(f"{name} is not a JSON number")


def _malformed_problem(reason: str) -> InvalidRequest:
    return InvalidRequest.of(Issue("", f"The body is not valid JSON: {reason}."))


_MAX_DEPTH = 5
_MANY_OBJECTS = 200
_DECODER = json.JSONDecoder(object_pairs_hook=_refuse_duplicates, parse_constant=_refuse_constant)
