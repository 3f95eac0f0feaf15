from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from .given import LINES, PARAGRAPHS, complaints, problems_of, refusal_of, text
from .readers import content_lines, plain


def event(**given_fields: Any) -> dict[str, str]:
    return dict(content_lines(text("event", **({"title": "x", "start": "2026-05-01"} | given_fields))))


def wrong(**given_fields: Any) -> dict[str, str]:
    return complaints("event", **({"title": "x", "start": "2026-05-01"} | given_fields))


def test_a_whole_event_line_by_line() -> None:
    made = text(
        "event",
        title="Project XYZ Final Review",
        start="1998-01-18T23:00:00-05:00",
        end="1998-01-19T05:30Z",
        location="Conference Room; 3B",
        description="Project XYZ Final Review\nConference Room - 3B\nCome Prepared.",
        url="https://example.com/a,b;c",
        uid="review,1@example.com",
    )
    assert made.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//QR Engine//EN",
        "BEGIN:VEVENT",
        r"UID:review\,1@example.com",
        "DTSTAMP:19700101T000000Z",
        "SUMMARY:Project XYZ Final Review",
        "DTSTART:19980119T040000Z",
        "DTEND:19980119T053000Z",
        r"LOCATION:Conference Room\; 3B",
        r"DESCRIPTION:Project XYZ Final Review\nConference Room - 3B\nCome Prepared.",
        "URL:https://example.com/a,b;c",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_time_without_an_offset_stays_local() -> None:
    assert event(start="1998-01-18T23:00")["DTSTART"] == "19980118T230000"


def test_an_all_day_event_ends_after_its_last_day() -> None:
    made = event(start="2026-12-30", end="2026-12-31")
    assert (made["DTSTART;VALUE=DATE"], made["DTEND;VALUE=DATE"]) == ("20261230", "20270101")


def test_an_all_day_event_may_end_on_the_day_it_starts() -> None:
    assert event(start="2026-05-01", end="2026-05-01")["DTEND;VALUE=DATE"] == "20260502"


def test_an_event_needs_no_end() -> None:
    assert not [name for name in event() if name.startswith("DTEND")]


@given(title=LINES, description=PARAGRAPHS)
def test_any_words_are_read_back_and_forge_no_property(title: str, description: str) -> None:
    lines = content_lines(text("event", title=title, start="2026-05-01", description=description))
    assert [name for name, _ in lines][6:9] == ["SUMMARY", "DTSTART;VALUE=DATE", "DESCRIPTION"]
    assert (plain(lines[6][1]), plain(lines[8][1])) == (title, description)
    assert len(lines) == 11


def test_equal_events_share_their_identifier() -> None:
    assert event(location="here")["UID"] == event(location="here")["UID"]


def test_different_events_have_different_identifiers() -> None:
    assert len({event(location=place)["UID"] for place in ("here", "there", "HERE")}) == 3


def test_an_end_before_the_start_is_refused() -> None:
    assert wrong(start="2026-05-02", end="2026-05-01") == {"end": "Must not be before start."}


def test_moments_are_compared_across_offsets() -> None:
    assert not wrong(start="2026-05-01T12:00+02:00", end="2026-05-01T11:00Z")


@pytest.mark.parametrize("end", ["2026-05-01T10:00Z", "2026-05-01T09:59:59Z", "2026-05-01T11:59+02:00"])
def test_a_timed_event_must_end_later_than_it_starts(end: str) -> None:
    assert wrong(start="2026-05-01T10:00Z", end=end) == {"end": "Must be later than start."}


@pytest.mark.parametrize(
    ("start", "end", "kind"),
    [
        ("2026-05-01", "2026-05-01T10:00", "a date without a time"),
        ("2026-05-01T10:00", "2026-05-01T11:00Z", "a date and time without an offset"),
        ("2026-05-01T10:00Z", "2026-05-02", "a date and time with an offset"),
    ],
)
def test_start_and_end_are_written_in_the_same_way(start: str, end: str, kind: str) -> None:
    assert wrong(start=start, end=end) == {"end": f"Must be {kind}, as start is."}


def test_moments_that_do_not_exist_are_refused_both_at_once() -> None:
    found = wrong(start="2026-02-30", end="2026-05-01T24:61")
    assert list(found) == ["start", "end"]
    assert all("that exist" in sentence for sentence in found.values())


WRITTEN = [
    # JavaScript: toISOString, Temporal.ZonedDateTime.
    ("2026-05-01T16:30:00.000Z", "20260501T163000Z"),
    ("2026-05-01T18:30:00+02:00[Europe/Prague]", "20260501T163000Z"),
    ("2026-05-01T18:30:00+02:00[Europe/Prague][u-ca=iso8601]", "20260501T163000Z"),
    # Python: isoformat, and its timespec.
    ("2026-05-01T18:30:00.123456+02:00", "20260501T163000Z"),
    ("2026-05-01T18", "20260501T180000"),
    ("2026-05-01T18:30:00+05:53:28", "20260501T123632Z"),
    # Java: Instant, OffsetDateTime, ZonedDateTime, the basic and other forms of DateTimeFormatter.
    ("2026-05-01T16:30:00.123456789Z", "20260501T163000Z"),
    ("2026-05-01T18:30+02:00", "20260501T163000Z"),
    ("2026-05-01T18:30+02:00[Europe/Prague]", "20260501T163000Z"),
    ("2026-05-01T16:30Z[UTC]", "20260501T163000Z"),
    ("2026-05-01T18:30[Europe/Prague]", "20260501T163000Z"),
    # Other forms of the standard.
    ("20260501T163000Z", "20260501T163000Z"),
    ("20260501T1830+0200", "20260501T163000Z"),
    ("2026-05-01T18:30:00+0200", "20260501T163000Z"),
    ("2026-05-01T18:30:00+02", "20260501T163000Z"),
    ("2026-05-01T18:30:00,5+02:00", "20260501T163000Z"),
    ("2026-05-01T18:30.5Z", "20260501T183030Z"),
    ("2026-05-01T18:30:00\u221202:00", "20260501T203000Z"),
    ("2026-05-01t16:30z", "20260501T163000Z"),
    ("2026-05-01T24:00", "20260502T000000"),
]


@pytest.mark.parametrize(("start", "value"), WRITTEN)
def test_a_time_may_be_in_every_form_that_programs_write(start: str, value: str) -> None:
    assert event(start=start)["DTSTART"] == value


@pytest.mark.parametrize(
    "start", ["2026-05-01", "20260501", "2026-W18-5", "2026W185", "2026-121", "2026121", "2026-05-01Z"]
)
def test_a_date_may_be_in_every_form_of_the_standard(start: str) -> None:
    assert event(start=start)["DTSTART;VALUE=DATE"] == "20260501"


@pytest.mark.parametrize(
    ("start", "suggestion"),
    [
        ("2026-05-01 10:00", "2026-05-01T10:00"),
        ("2026-05-01 10:00:00.5+02:00", "2026-05-01T10:00:00.5+02:00"),
        ("2026-05-01T10:00:00 02:00", "2026-05-01T10:00:00+02:00"),
        ("tomorrow", None),
        ("2026-5-1", None),
        ("2026-05", None),
        ("+012026-01-01T00:00:00Z", None),
        ("2026-02-29", None),
        ("0000-01-01", None),
        ("2026-05-01T24:01", None),
        ("2026-05-01T23:59:60Z", None),
        ("2026-05-01T10:00+25:00", None),
        ("2026-W54-1", None),
        ("2026-366", None),
        ("9999-12-31T23:00-02:00", None),
        ("2026-05-01T18:30[Mars/Phobos]", None),
        ("2026-05-01T18:30+05:00[Europe/Prague]", "2026-05-01T15:30:00+02:00"),
    ],
)
def test_what_is_no_moment_is_refused_with_what_it_may_mean(start: str, suggestion: str | None) -> None:
    (issue,) = problems_of("event", title="x", start=start)
    assert (issue.path, issue.suggestion) == ("start", suggestion)
    assert issue.message.startswith("Must ")


def test_a_year_has_four_digits_after_the_change_to_utc() -> None:
    assert event(start="1000-01-01T00:00:00+14:00")["DTSTART"] == "09991231T100000Z"


def test_a_zone_makes_utc_of_local_times() -> None:
    made = event(start="2026-05-01T18:30", end="2026-12-01T18:30", tzid="Europe/Prague")
    assert (made["DTSTART"], made["DTEND"]) == ("20260501T163000Z", "20261201T173000Z")


@pytest.mark.parametrize(
    "zone", ["Europe/Prague", "America/Argentina/Buenos_Aires", "Asia/Kathmandu", "Etc/GMT+5", "UTC"]
)
def test_every_zone_is_that_of_another_library(zone: str) -> None:
    there = datetime(2026, 5, 1, 18, 30, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert event(start="2026-05-01T18:30", tzid=zone)["DTSTART"] == f"{there:%Y%m%dT%H%M%S}Z"


@pytest.mark.parametrize(
    ("start", "words", "readings"),
    [
        ("2026-03-29T02:30", "that exists", ("2026-03-29T03:30:00+02:00", "2026-03-29T01:30:00+01:00")),
        ("2026-10-25T02:30", "twice", ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00")),
    ],
)
def test_a_time_that_a_zone_has_not_or_has_twice_is_refused(start: str, words: str, readings: tuple[str, str]) -> None:
    (issue,) = problems_of("event", title="x", start=start, tzid="Europe/Prague")
    assert (issue.path, issue.allowed, issue.suggestion) == ("start", readings, readings[0])
    assert words in issue.message
    assert not wrong(start=readings[0])


@pytest.mark.parametrize("zone", ["Mars/Phobos", "zones", "Europe", "prague", "/etc/passwd", "Europe//Prague"])
def test_a_zone_that_there_is_not_is_refused(zone: str) -> None:
    assert list(wrong(start="2026-05-01T18:30", tzid=zone)) == ["tzid"]


@pytest.mark.parametrize("zone", ["", "zone.tab", "../x", "x" * 65])
def test_a_zone_is_a_name(zone: str) -> None:
    assert "$.tzid" in refusal_of("event", title="x", start="2026-05-01", tzid=zone)


@pytest.mark.parametrize("start", ["2026-05-01", "2026-05-01T18:30Z", "2026-05-01T18:30+02:00"])
def test_a_zone_is_refused_where_no_time_needs_one(start: str) -> None:
    assert list(wrong(start=start, tzid="Europe/Prague")) == ["tzid"]


@pytest.mark.parametrize("start", ["1000-01-01T00:00:00+23:59", "2999-12-31T23:59:59-23:59"])
def test_the_first_and_the_last_moment_survive_the_change_to_utc(start: str) -> None:
    assert event(start=start)["DTSTART"].endswith("Z")
