from typing import Any

import pytest
from hypothesis import given

from .given import LINES, PARAGRAPHS, complaints, refused, text
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


@pytest.mark.parametrize("start", ["tomorrow", "2026-5-1", "0000-01-01", "2026-05-01 10:00", "2026-05-01T10:00Z\n"])
def test_moments_are_written_in_iso_8601(start: str) -> None:
    assert "$.start" in refused("event", title="x", start=start)


@pytest.mark.parametrize("start", ["1000-01-01T00:00:00+23:59", "2999-12-31T23:59:59-23:59"])
def test_the_first_and_the_last_moment_survive_the_change_to_utc(start: str) -> None:
    assert event(start=start)["DTSTART"].endswith("Z")
