"""What makes a regular expression take longer than its text is long."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

__all__ = ["clashes", "texts", "torn_repeats"]

# Type stubs do not have them.
constants, parser = import_module("re._constants"), import_module("re._parser")

_SAMPLE = "".join(map(chr, range(256))) + "\u2028\ud7ff\ufffd\U00010000"
_MANY = 100
"""From so many times on a repeat counts as one without a bound."""

_REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT)
_ANY_REPEATS = (*_REPEATS, constants.POSSESSIVE_REPEAT)

Item = tuple[Any, Any]


def _parsed(pattern: str, flags: int) -> list[Item]:
    return list(parser.parse(pattern, flags))


def _class(item: Item) -> frozenset[str] | None:
    """The characters of the sample that an item of one character matches; None for other items."""
    kind, value = item
    if kind is constants.LITERAL:
        return frozenset(chr(value))
    if kind is constants.NOT_LITERAL:
        return frozenset(_SAMPLE) - {chr(value)}
    if kind is constants.ANY:
        return frozenset(_SAMPLE)
    if kind is constants.IN:
        return _members(value)
    return None


def _members(items: list[Item]) -> frozenset[str]:
    tests = {
        constants.CATEGORY_DIGIT: str.isdigit,
        constants.CATEGORY_SPACE: str.isspace,
        constants.CATEGORY_WORD: lambda each: each.isalnum() or each == "_",
    }
    opposite = {
        constants.CATEGORY_NOT_DIGIT: constants.CATEGORY_DIGIT,
        constants.CATEGORY_NOT_SPACE: constants.CATEGORY_SPACE,
        constants.CATEGORY_NOT_WORD: constants.CATEGORY_WORD,
    }
    found: set[str] = set()
    negated = False
    for kind, value in items:
        if kind is constants.NEGATE:
            negated = True
        elif kind is constants.LITERAL:
            found.add(chr(value))
        elif kind is constants.RANGE:
            found |= {each for each in _SAMPLE if value[0] <= ord(each) <= value[1]}
        elif kind is constants.CATEGORY:
            base = opposite.get(value, value)
            found |= {each for each in _SAMPLE if bool(tests[base](each)) == (base is value)}
    return frozenset(_SAMPLE) - found if negated else frozenset(found)


def _inner(item: Item) -> list[list[Item]]:
    """The sequences that an item holds, one of which it matches."""
    kind, value = item
    if kind in _ANY_REPEATS:
        return [list(value[2])]
    if kind is constants.SUBPATTERN:
        return [list(value[3])]
    if kind is constants.ATOMIC_GROUP:
        return [list(value)]
    if kind is constants.BRANCH:
        return [list(each) for each in value[1]]
    return []


def _characters(item: Item) -> frozenset[str]:
    """The characters that may stand anywhere in what an item matches."""
    one = _class(item)
    if one is not None:
        return one
    if item[0] is constants.GROUPREF:
        return frozenset(_SAMPLE)
    return frozenset().union(*[_characters(each) for sequence in _inner(item) for each in sequence])


def _nullable(item: Item) -> bool:
    kind, value = item
    if kind in _ANY_REPEATS:
        return value[0] == 0 or all(map(_nullable, value[2]))
    if _class(item) is not None:
        return False
    sequences = _inner(item)
    return not sequences or any(all(map(_nullable, sequence)) for sequence in sequences)


def _unbounded(item: Item, kinds: tuple[Any, ...] = _REPEATS) -> bool:
    return item[0] in kinds and int(item[1][1]) >= _MANY


def clashes(pattern: str, flags: int = 0) -> list[str]:
    """Name the pairs of repeats without bounds that can share out the same characters in more than one way."""
    return list(_clashes(_parsed(pattern, flags)))


def _clashes(sequence: list[Item]) -> Iterator[str]:
    for index, item in enumerate(sequence):
        if item[0] is constants.ATOMIC_GROUP or item[0] is constants.POSSESSIVE_REPEAT:
            # What has matched is not tried again, so only what is inside counts.
            yield from _clashes(_inner(item)[0])
            continue
        for inner in _inner(item):
            yield from _clashes(inner)
        if _unbounded(item):
            yield from _nested(item)
        last = _trailing(item)
        if last is not None:
            yield from _adjacent(last, sequence[index + 1 :])


def _trailing(item: Item) -> Item | None:
    """The repeat without a bound that an item ends with."""
    if _unbounded(item):
        return item
    if item[0] is constants.SUBPATTERN or (item[0] in _REPEATS and item[1][1] == 1):
        inner = _inner(item)[0]
        return _trailing(inner[-1]) if inner else None
    return None


def _nested(item: Item) -> Iterator[str]:
    body = _inner(item)[0]
    while len(body) == 1 and body[0][0] is constants.SUBPATTERN:
        body = _inner(body[0])[0]
    for index, inner in enumerate(body):
        others = [each for place, each in enumerate(body) if place != index]
        for own in filter(_unbounded, _flattened(inner)):
            shared = _characters(own)
            if not any(not _nullable(each) and not (_characters(each) & shared) for each in others):
                yield f"a repeat of {_shown(shared)} within a repeat"


def _adjacent(item: Item, following: list[Item]) -> Iterator[str]:
    found: list[str] = []
    _pass(_characters(item), following, [], found)
    yield from found


def _pass(given: frozenset[str], sequence: list[Item], between: list[frozenset[str]], found: list[str]) -> bool:
    """Whether text of the characters `given` can be shared out past a sequence; note repeats that take some of it.

    Parameters
    ----------
    between
        The characters of what must stand between. A repeat that has none of them ends there, so that all places
        together take no longer than the text.
    """
    for after in sequence:
        shared = given & _characters(after)
        if _class(after) is not None:
            between.append(_characters(after))
        elif (
            _unbounded(after, _ANY_REPEATS)
            and shared
            and all(map(_class, _inner(after)[0]))
            and all(each & shared for each in between)
        ):
            found.append(f"two repeats of {_shown(shared)}, one after the other")
            continue
        passed = [_pass(given, inner, list(between), found) for inner in _inner(after)]
        if not _nullable(after) and not (any(passed) if passed else shared):
            return False
    return True


def _flattened(item: Item) -> Iterator[Item]:
    yield item
    for sequence in _inner(item):
        for each in sequence:
            yield from _flattened(each)


def _shown(characters: frozenset[str]) -> str:
    return repr("".join(sorted(characters))[:12])


def _letters(sequence: list[Item]) -> list[str]:
    """One character of each class, in the order of the pattern."""
    found: list[str] = []
    for item in sequence:
        one = _class(item)
        if one:
            found += [min(one & frozenset("a1. -") or one), max(one)]
        for inner in _inner(item):
            found += _letters(inner)
    return list(dict.fromkeys(found))


def _shortest(sequence: list[Item], repeats: int = 1) -> str:
    """A text that the sequence matches, with each repeat at most so many times."""
    text = ""
    for item in sequence:
        one = _class(item)
        if one:
            text += min(one & frozenset("a1. -") or one)
        elif item[0] in _ANY_REPEATS:
            low, high, inner = item[1]
            text += _shortest(list(inner), repeats) * max(low, min(int(high), repeats))
        else:
            text += _shortest(_inner(item)[0], repeats) if _inner(item) else ""
    return text


def texts(pattern: str, length: int, flags: int = 0) -> Iterator[str]:
    """Texts of about `length` characters that are hard for a pattern: runs of its classes, then what fits nowhere."""
    sequence = _parsed(pattern, flags)
    letters = _letters(sequence)[:12]
    whole = _shortest(sequence)
    pieces = dict.fromkeys(
        [
            *letters,
            *[first + second for first in letters[:5] for second in letters[:5] if first != second],
            *[whole[:end] for end in range(1, min(len(whole), 16) + 1)],
            *[whole[start:] for start in range(1, min(len(whole), 8))],
        ]
    )
    for piece in filter(None, pieces):
        run = piece * (length // len(piece))
        yield run + "\0"
        yield run + "\n\n"
        yield whole[: len(whole) // 2] + run + "\0"
        yield whole[:-1] + run + "\0"
    for first in letters[:6]:
        for second in letters[:6]:
            yield first * (length // 2) + second * (length // 2) + "\0"


def torn_repeats(pattern: str, flags: int = 0) -> int:
    """Return how many possessive repeats have a part that can fail after its first character.

    Python before 3.11.5 goes on behind what such a part has taken before it failed, as if it had matched.
    """
    return _count_torn(_parsed(pattern, flags))


def _count_torn(sequence: list[Item]) -> int:
    return sum(
        (item[0] is constants.POSSESSIVE_REPEAT and not _fails_at_first(inner)) + _count_torn(inner)
        for item in sequence
        for inner in _inner(item)
    )


def _fails_at_first(sequence: list[Item]) -> bool:
    return len(sequence) <= 1 and all(_fails_at_first(inner) for item in sequence for inner in _inner(item))
