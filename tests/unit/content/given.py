"""Contents as a caller writes them, what becomes of them, and characters that formats stumble over."""

from typing import Any

import msgspec
from hypothesis import strategies as st

from qr_engine.content import Content, content_issues, write_payload
from qr_engine.errors import InvalidRequest, Issue
from qr_engine.invisible import find_invisible

NASTY = ";,:\\\"'&?%#+=()@/ nNrR"
_PRINTABLE = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))
_SEEN = _PRINTABLE.filter(lambda character: not find_invisible(character))

LINES = st.text(st.sampled_from(NASTY) | _SEEN, min_size=1, max_size=60)
PARAGRAPHS = st.text(st.sampled_from(NASTY + "\n\t") | _PRINTABLE, min_size=1, max_size=120)


def text(kind: str, **fields: Any) -> str:
    """The payload of a content that arrives as JSON."""
    document = msgspec.json.encode({"type": kind, **fields})
    content: Content = msgspec.json.decode(document, type=Content)
    return write_payload(content)


def complaints(kind: str, **fields: Any) -> dict[str, str]:
    """The message for each path when the content is refused; empty when it is not."""
    try:
        text(kind, **fields)
    except InvalidRequest as problem:
        return {issue.path: issue.message for issue in problem.issues}
    return {}


def problems_of(kind: str, **fields: Any) -> tuple[Issue, ...]:
    """What is found wrong with a content whose fields have the right types."""
    return content_issues(msgspec.convert({"type": kind, **fields}, Content))


def refusal_of(kind: str, **fields: Any) -> str:
    """What msgspec says of a content whose fields break their own rules; empty when it is not refused."""
    try:
        msgspec.convert({"type": kind, **fields}, Content)
    except msgspec.ValidationError as error:
        return str(error)
    return ""
