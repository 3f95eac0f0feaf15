"""Appointments: the first event of an iCalendar object (RFC 5545)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import msgspec

from ...errors import InvalidRequest
from ..calendar import Event, write_event
from .content_lines import ContentLine, read_lines
from .escaped import unescape_text

__all__ = ["parse_event"]

_TEXTS = {"SUMMARY": "title", "LOCATION": "location", "DESCRIPTION": "description", "UID": "uid"}
_MOMENT = r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?"


def parse_event(text: str) -> dict[str, Any] | None:
    """Parse an event; an identifier that is derived from the other fields is left out."""
    fields: dict[str, Any] = {"type": "event"}
    for line in read_lines(text):
        match line.name:
            case "SUMMARY" | "LOCATION" | "DESCRIPTION" | "UID":
                fields.setdefault(_TEXTS[line.name], unescape_text(line.value))
            case "URL":
                fields.setdefault("url", line.value)
            case "DTSTART":
                fields.setdefault("start", _moment(line))
                fields.setdefault("tzid", line.parameter("TZID"))
            case "DTEND":
                fields.setdefault("end", _last_day(_moment(line)))
            case "END" if line.value.upper() == "VEVENT":
                break
    if not fields.get("title") or not fields.get("start"):
        return None
    return {name: value for name, value in fields.items() if name != "uid" or not _is_derived(fields)}


def _moment(line: ContentLine) -> str | None:
    match = re.fullmatch(_MOMENT, line.value)
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    written = f"{year}-{month}-{day}"
    return written if hour is None else f"{written}T{hour}:{minute}:{second}{zone}"


def _last_day(end: str | None) -> str | None:
    """Return the last day of an event whose end is the day after it; a moment stays unchanged."""
    if end is None or "T" in end:
        return end
    try:
        return (date.fromisoformat(end) - timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return None


def _is_derived(fields: dict[str, Any]) -> bool:
    """Return whether the identifier is the one derived from the other fields."""
    others = {name: value for name, value in fields.items() if name != "uid" and value}
    try:
        written = write_event(msgspec.convert(others, Event))
    except (msgspec.ValidationError, InvalidRequest, ValueError):
        return False
    return f"\r\nUID:{fields['uid']}\r\n" in written
