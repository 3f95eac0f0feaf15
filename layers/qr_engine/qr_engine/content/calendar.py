"""An appointment: a VCALENDAR with one VEVENT (RFC 5545). segno has no helper for it.

Equal events give equal text on every day. ``UID`` and ``DTSTAMP``, which RFC 5545 (3.6.1) requires, therefore hold no
chance and no clock: the first is derived from the content, the second is the beginning of 1970, so that any later
invitation with the same UID supersedes this one.
Lines are not folded: RFC 5545 (3.1) only recommends it, and readers that do not unfold would cut a line in two.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

import msgspec
from msgspec import Meta

from ..errors import Issue
from .escape import content_line
from .fields import END, Paragraph, Text, WebAddress

__all__ = ["Event", "event_problems", "event_text"]

Moment = Annotated[
    str,
    Meta(
        min_length=10,
        max_length=25,
        pattern=r"^[12][0-9]{3}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?)?" + END,
        title="an ISO 8601 date, or date and time, with or without an offset (in a query string + is %2B)",
        examples=["2026-05-01", "2026-05-01T18:30", "2026-05-01T18:30:00+02:00"],
    ),
]


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="event"):
    """An appointment for a calendar."""

    title: Annotated[Text, Meta(description="What the calendar shows.")]
    start: Annotated[
        Moment,
        Meta(description="A date for an all-day event; or a time, with an offset or without (then local)."),
    ]
    end: Annotated[
        Moment | None,
        Meta(description="Written in the same way as `start`, and later; of an all-day event the last day itself."),
    ] = None
    location: Annotated[Text | None, Meta(description="Where it takes place.")] = None
    description: Annotated[Paragraph | None, Meta(description="Everything else there is to know.")] = None
    url: Annotated[WebAddress | None, Meta(description="A web page about it.")] = None
    uid: Annotated[
        Text | None, Meta(description="An identifier of your own, so that calendars know the event again.")
    ] = None


def event_problems(event: Event) -> Iterator[Issue]:
    """Find what is wrong with the event beyond the shape of its fields."""
    start, end = _existing(event.start), _existing(event.end or event.start)
    if start is None:
        yield Issue("start", "Must be a date, and a time, that exist, such as 2026-05-01T18:30.")
    if end is None and event.end is not None:
        yield Issue("end", "Must be a date, and a time, that exist, such as 2026-05-01T18:30.")
    if start is None or end is None or event.end is None:
        return
    if _kind(start) != _kind(end):
        yield Issue("end", f"Must be {_kind(start)}, as start is.")
    elif isinstance(start, datetime) and isinstance(end, datetime):
        if end <= start:
            yield Issue("end", "Must be later than start.")
    elif end < start:
        yield Issue("end", "Must not be before start.")


def event_text(event: Event) -> str:
    """Write the event as an iCalendar object; moments with an offset are given in UTC."""
    described = [
        f"SUMMARY:{content_line(event.title)}",
        f"DTSTART{_value(_parsed(event.start))}",
    ]
    if event.end is not None:
        described.append(f"DTEND{_value(_past(_parsed(event.end)))}")
    for name, words in (("LOCATION", event.location), ("DESCRIPTION", event.description)):
        if words is not None:
            described.append(f"{name}:{content_line(words)}")
    if event.url is not None:
        described.append(f"URL:{event.url}")
    uid = _derived(described) if event.uid is None else content_line(event.uid)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//QR Engine//EN",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "DTSTAMP:19700101T000000Z",
        *described,
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(lines)


def _existing(written: str) -> date | datetime | None:
    try:
        return _parsed(written)
    except ValueError:
        return None


def _parsed(written: str) -> date | datetime:
    if "T" not in written:
        return date.fromisoformat(written)
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo is None else moment.astimezone(UTC)


def _kind(moment: date | datetime) -> str:
    if not isinstance(moment, datetime):
        return "a date without a time"
    return "a date and time without an offset" if moment.tzinfo is None else "a date and time with an offset"


def _past(end: date | datetime) -> date | datetime:
    # DTEND is not part of the event (RFC 5545, 3.6.1); people name the last day.
    return end if isinstance(end, datetime) else end + timedelta(days=1)


def _value(moment: date | datetime) -> str:
    if not isinstance(moment, datetime):
        return f";VALUE=DATE:{moment:%Y%m%d}"
    return f":{moment:%Y%m%dT%H%M%S}" + ("" if moment.tzinfo is None else "Z")


def _derived(described: list[str]) -> str:
    import hashlib

    return hashlib.sha256("\n".join(described).encode()).hexdigest()[:16]
