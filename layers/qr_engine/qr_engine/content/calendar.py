"""An appointment: a VCALENDAR with one VEVENT (RFC 5545). segno has no helper for it.

Equal events give equal text on every day. So ``UID`` and ``DTSTAMP``, which RFC 5545 (3.6.1) requires, are neither
random nor from a clock. ``UID`` is derived from the content. ``DTSTAMP`` is the beginning of 1970, so that any later
invitation with the same UID supersedes this one. Lines are not folded: RFC 5545 (3.1) only recommends it, and readers
that do not unfold would cut a line in two.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated

import msgspec
from msgspec import Meta

from ..errors import Issue
from .escape import escape_content_line
from .fields import END, Paragraph, Text, WebAddress, reading_issue
from .moment import MomentError, load_zone, read_moment

__all__ = ["Event", "event_issues", "write_event"]

Moment = Annotated[
    str,
    Meta(
        min_length=7,
        max_length=100,
        pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]+" + END,
        title="an ISO 8601 date, or date and time, with or without an offset (in a query string + is %2B)",
        examples=["2026-05-01", "2026-05-01T18:30", "2026-05-01T18:30:00+02:00"],
    ),
]
ZoneName = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_+/-]+" + END, title="a time zone")]


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag="event"):
    """An appointment for a calendar."""

    title: Annotated[Text, Meta(description="The title that the calendar shows.")]
    start: Annotated[
        Moment,
        Meta(description="A date for an all-day event; or a time, with an offset, a zone or neither (then local)."),
    ]
    end: Annotated[
        Moment | None,
        Meta(description="Later than `start`, in the same form; for an all-day event, the last day itself."),
    ] = None
    tzid: Annotated[
        ZoneName | None,
        Meta(
            description="The IANA time zone of times without an offset; by default they are local.",
            examples=["Europe/Prague"],
        ),
    ] = None
    location: Annotated[Text | None, Meta(description="Where it takes place.")] = None
    description: Annotated[Paragraph | None, Meta(description="Further details.")] = None
    url: Annotated[WebAddress | None, Meta(description="A web page about it.")] = None
    uid: Annotated[Text | None, Meta(description="Your own identifier, so that calendars recognise the event.")] = None


def event_issues(event: Event) -> Iterator[Issue]:
    """Find what is wrong with the event beyond the shape of its fields."""
    try:
        zone = None if event.tzid is None else load_zone(event.tzid)
    except MomentError as error:
        yield Issue("tzid", error.message)
        return
    moments: dict[str, date | datetime] = {}
    for name, written in (("start", event.start), ("end", event.end)):
        if written is None:
            continue
        try:
            moments[name] = read_moment(written, zone)
        except MomentError as error:
            yield reading_issue(name, error.message, error.readings)
    if zone is not None and moments and not any(_lacks_offset(written) for written in (event.start, event.end)):
        yield Issue("tzid", "Must be left out if every time has an offset.")
    if len(moments) < 2:
        return
    start, end = moments["start"], moments["end"]
    if _kind(start) != _kind(end):
        yield Issue("end", f"Must be {_kind(start)}, as start is.")
    elif isinstance(start, datetime) and isinstance(end, datetime):
        if end <= start:
            yield Issue("end", "Must be later than start.")
    elif end < start:
        yield Issue("end", "Must not be before start.")
    elif _is_last_day(end):
        yield Issue("end", "Must be before the last day of the calendar, 9999-12-31.")


def _lacks_offset(written: str | None) -> bool:
    """Return whether `written` is a time without an offset, or one that cannot be read."""
    if written is None:
        return False
    try:
        local = read_moment(written)
    except MomentError:
        return True
    return isinstance(local, datetime) and local.tzinfo is None


def _is_last_day(day: date) -> bool:
    return day == date.max


def write_event(event: Event) -> str:
    """Write the event as an iCalendar object; moments with an offset or a zone are given in UTC."""
    zone = None if event.tzid is None else load_zone(event.tzid)
    properties = [
        f"SUMMARY:{escape_content_line(event.title)}",
        f"DTSTART{_print_moment(read_moment(event.start, zone))}",
    ]
    if event.end is not None:
        properties.append(f"DTEND{_print_moment(_exclusive_end(read_moment(event.end, zone)))}")
    for name, text in (("LOCATION", event.location), ("DESCRIPTION", event.description)):
        if text is not None:
            properties.append(f"{name}:{escape_content_line(text)}")
    if event.url is not None:
        properties.append(f"URL:{event.url}")
    uid = _derive_uid(properties) if event.uid is None else escape_content_line(event.uid)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//QR Engine//EN",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "DTSTAMP:19700101T000000Z",
        *properties,
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(lines)


def _kind(moment: date | datetime) -> str:
    if not isinstance(moment, datetime):
        return "a date without a time"
    return "a date and time without an offset" if moment.tzinfo is None else "a date and time with an offset"


def _exclusive_end(end: date | datetime) -> date | datetime:
    # DTEND is the first moment after the event (RFC 5545, 3.6.1); people name the last day.
    return end if isinstance(end, datetime) else end + timedelta(days=1)


def _print_moment(moment: date | datetime) -> str:
    if not isinstance(moment, datetime):
        return f";VALUE=DATE:{_print_date(moment)}"
    return f":{_print_date(moment)}T{moment:%H%M%S}" + ("" if moment.tzinfo is None else "Z")


def _print_date(day: date) -> str:
    # The C library writes years below 1000 with fewer digits; RFC 5545, 3.3.4, requires four.
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _derive_uid(properties: list[str]) -> str:
    import hashlib

    return hashlib.sha256("\n".join(properties).encode()).hexdigest()[:16]
