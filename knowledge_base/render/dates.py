"""Dates and times in words, as a British reader expects them, whatever the machine's locale."""

from __future__ import annotations

import datetime

from knowledge_base.model import When

_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def part_date(value: str) -> str:
    """``2010-09-07`` as Tuesday 7 September 2010, ``2010-09`` as September 2010, ``2010`` as it is."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        day = datetime.date(*parts)
        return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{_MONTHS[parts[1] - 1]} {parts[0]}" if len(parts) == 2 else value


def day(value: datetime.date) -> str:
    """23 November 2026."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def hours(starts: datetime.time | None, ends: datetime.time | None) -> str:
    """09:45 to 15:00, or from 09:45; empty where the hour is not known."""
    if starts is None:
        return ""
    return f"{clock(starts)} to {clock(ends)}" if ends else f"from {clock(starts)}"


def clock(value: datetime.time) -> str:
    """10:15, as run sheets print it."""
    return f"{value:%H:%M}"


def minutes(value: int) -> str:
    """225 as 3 hours 45 minutes."""
    hours, rest = divmod(value, 60)
    words = []
    if hours:
        words.append(f"{hours} hour{'s' if hours > 1 else ''}")
    if rest or not hours:
        words.append(f"{rest} minute{'s' if rest != 1 else ''}")
    return " ".join(words)


def span(value: When) -> str:
    """The days on which a session ran, as exactly as that is known: June/July 2010."""
    words = part_date(value.since)
    if value.to is None:
        return words
    month, year = words.split(" ") if words.count(" ") == 1 else (words, "")
    until = part_date(value.to)
    # "June/July 2010", as the report has it: each set met once, and which set when is not said.
    return f"{month if until.endswith(year) else words}/{until}"


def when(value: When) -> str:
    """The same with the hours, where they are known: Tuesday 7 September 2010, 10:00 to 13:45."""
    hours = f", {clock(value.starts)} to {clock(value.ends)}" if value.starts and value.ends else ""
    return f"{span(value)}{hours}"
