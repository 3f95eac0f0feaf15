"""Dates and times in the forms of ISO 8601 that programs write, converted to iCalendar's.

JavaScript's ``toISOString`` writes fractions of a second, Python's ``isoformat`` up to six digits of them, Java's
``Instant`` up to nine. Java's ``ZonedDateTime`` adds the name of the zone in brackets (RFC 9557); other programs write
the basic form. Fractions of a second are dropped, since iCalendar has none (RFC 5545, 3.3.12).
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final

__all__ = ["MomentError", "load_zone", "read_moment"]

_FORM: Final = (
    # Compiled when the first moment is read, as all patterns of this package are: it takes 2 ms of a cold start.
    r"(?i)(?P<year>[0-9]{4})(?:-?(?:(?P<month>[0-9]{2})-?(?P<day>[0-9]{2})"
    r"|W(?P<week>[0-9]{2})-?(?P<weekday>[1-7])|(?P<ordinal>[0-9]{3})))"
    r"(?P<time>T(?P<hour>[0-9]{2})(?::?(?P<minute>[0-9]{2})(?::?(?P<second>[0-9]{2}))?)?"
    r"(?P<fraction>[.,][0-9]{1,12})?)?"
    r"(?P<offset>Z|[+\-\u2212][0-9]{2}(?::?[0-9]{2}(?::?[0-9]{2})?)?)?"
    r"(?P<zone>\[!?[A-Za-z0-9_+./-]+\])?(?P<tags>(?:\[!?[a-z_][a-z0-9_-]*=[A-Za-z0-9-]+\])*)"
)
_ZONE: Final = r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+){0,2}"


class MomentError(ValueError):
    """A text that is not a moment; `readings` holds the moments that it may mean."""

    def __init__(self, message: str, *readings: str) -> None:
        super().__init__(message)
        self.message, self.readings = message, readings


def read_moment(written: str, zone: tzinfo | None = None) -> date | datetime:
    """Read a date, a local time, or a time in UTC.

    Parameters
    ----------
    zone
        The time zone of a time without an offset; None leaves it local.

    Raises
    ------
    MomentError
        The text has none of the forms, or its time does not exist or exists twice in its zone.
    """
    match = re.fullmatch(_FORM, written)
    if match is None:
        raise _format_error(written)
    try:
        day = _parse_day(match)
        local = _parse_local_time(match, day)
    except (ValueError, OverflowError):
        raise MomentError("Must be a date and time that exist, such as 2026-05-01T18:30.") from None
    if local is None:
        return day
    zone_name = match["zone"].strip("[]!") if match["zone"] else None
    named_zone = zone if zone_name is None else load_zone(zone_name)
    offset = _parse_offset(match["offset"])
    try:
        if offset is None:
            return local if named_zone is None else _to_utc(local, named_zone)
        moment = local.replace(tzinfo=offset).astimezone(UTC)
    except OverflowError:
        raise MomentError("Must be from the year 1 to 9999 in UTC as well.") from None
    if zone_name and match["offset"].upper() != "Z" and moment.astimezone(named_zone).replace(tzinfo=None) != local:
        corrected = moment.astimezone(named_zone).isoformat()
        raise MomentError(f"Must have an offset that {zone_name} has at that time.", corrected)
    return moment


def load_zone(name: str) -> tzinfo:
    """Load a zone of the IANA time zone database, in the release that the layer contains.

    Raises
    ------
    MomentError
        There is no zone with that name.
    """
    from importlib import resources
    from zoneinfo import ZoneInfo

    if re.fullmatch(_ZONE, name):
        file = resources.files("tzdata").joinpath("zoneinfo", *name.split("/"))
        if file.is_file():
            with file.open("rb") as data:
                if data.read(4) == b"TZif":
                    data.seek(0)
                    return ZoneInfo.from_file(data, key=name)
    raise MomentError("Must be the name of a time zone in the IANA database, such as Europe/Prague.")


def _parse_day(match: re.Match[str]) -> date:
    year = int(match["year"])
    if match["week"]:
        return date.fromisocalendar(year, int(match["week"]), int(match["weekday"]))
    if match["ordinal"]:
        day = date(year, 1, 1) + timedelta(days=int(match["ordinal"]) - 1)
        if day.year != year:
            raise ValueError
        return day
    return date(year, int(match["month"]), int(match["day"]))


def _parse_local_time(match: re.Match[str], day: date) -> datetime | None:
    if not match["time"]:
        return None
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    # A fraction belongs to the smallest unit that is written (ISO 8601-1, 5.3.1.4).
    fraction = float("0." + match["fraction"][1:]) if match["fraction"] else 0.0
    unit = 0 if match["second"] else 60 if match["minute"] else 3600
    moment = datetime(day.year, day.month, day.day)
    if (hour, minute, second, fraction) == (24, 0, 0, 0.0):
        # The end of a day is the beginning of the next (ISO 8601-1, 5.3.2).
        return moment + timedelta(days=1)
    return moment.replace(hour=hour, minute=minute, second=second) + timedelta(seconds=int(fraction * unit))


def _parse_offset(written: str | None) -> timezone | None:
    if written is None:
        return None
    if written.upper() == "Z":
        return UTC
    digits = re.sub("[^0-9]", "", written).ljust(6, "0")
    hours, minutes, seconds = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    if hours > 23 or minutes > 59 or seconds > 59:
        raise MomentError("Must have an offset below 24 hours, such as +02:00.")
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return timezone(length if written[0] == "+" else -length)


def _to_utc(local: datetime, zone: tzinfo) -> datetime:
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        if _is_shown(first, local, zone):
            message = "Must have an offset: the clocks go back, so this time exists twice."
        else:
            message = "Must be a time that exists: the clocks go forward and skip this one."
            # The times that each of the two clocks would have shown.
            first, second = (moment.astimezone(UTC).astimezone(zone) for moment in (first, second))
        raise MomentError(message, first.isoformat(), second.isoformat())
    return first.astimezone(UTC)


def _is_shown(moment: datetime, local: datetime, zone: tzinfo) -> bool:
    """Return whether clocks in the zone ever show `local`."""
    return moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local


def _format_error(written: str) -> MomentError:
    message = (
        "Must be an ISO 8601 date, or date and time, with or without an offset (in a query string + is %2B), "
        "such as 2026-05-01T18:30+02:00."
    )
    # Python's str() and databases write a space for the T, and a query string turns the + into one.
    repaired = re.sub(r"^([0-9-]{8,10}) +(?=[0-9]{2}:?[0-9]{2})", r"\1T", written.strip())
    repaired = re.sub(r"(?<! ) ++(?=[0-9]{2}:?[0-9]{2}$)", "+", repaired)
    repaired = re.sub(
        r"(?<! ) *+(?:UTC|GMT)$| (?=[+-])", lambda match: "Z" if "T" in match[0] or "G" in match[0] else "", repaired
    )
    return (
        MomentError(message, repaired)
        if repaired != written and re.fullmatch(_FORM, repaired)
        else MomentError(message)
    )
