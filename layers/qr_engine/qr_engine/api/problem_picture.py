"""A problem as a small picture, for pages that embed a picture and show no text: its title and first sentence.

Only refusals load this module, and with it the font.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final

from ..render import FORMATS
from ..render.notice import NOTICE_FORMATS, draw_notice

if TYPE_CHECKING:
    from ..errors import Problem
    from .gateway import Response

__all__ = ["NOTICE_FORMATS", "header_text", "problem_header", "problem_picture_response"]

_LONGEST_HEADER: Final = 1000


def problem_picture_response(
    problem: Problem, format_name: str, *, status: int | None = None, cache_control: str = "no-store"
) -> Response:
    """Build the response that shows `problem` in a picture and in the header ``X-Problem``, with its status.

    Parameters
    ----------
    format_name
        One of `NOTICE_FORMATS`.
    status
        The status, if it differs from the problem's.
    """
    status = status or problem.status
    picture_format = FORMATS[format_name]
    body = draw_notice(f"{status} {problem.title}", problem.detail, format_name)
    headers = {
        "Content-Type": picture_format.content_type,
        "Cache-Control": cache_control,
        "X-Problem": problem_header(problem),
        "X-Content-Type-Options": "nosniff",
    }
    if format_name == "svg":
        headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return {
        "statusCode": status,
        "headers": headers,
        "body": base64.b64encode(body).decode() if picture_format.binary else body.decode(),
        "isBase64Encoded": picture_format.binary,
    }


def problem_header(problem: Problem) -> str:
    """Format the code and the detail of `problem` as a field value."""
    return header_text(f"{problem.code}: {problem.detail}")


def header_text(text: str) -> str:
    """Format `text` as a field value: printable ASCII (RFC 9110, 5.5), and not long."""
    line = " ".join(text.split())
    plain = "".join([character if " " <= character <= "~" else "?" for character in line])
    return plain if len(plain) <= _LONGEST_HEADER else f"{plain[: _LONGEST_HEADER - 3]}..."
