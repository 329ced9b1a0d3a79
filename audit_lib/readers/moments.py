"""When a file was last changed, as the file itself says."""

from __future__ import annotations

from datetime import UTC, datetime


def universal(written: str) -> str:
    """An ISO time as ``2018-05-22T09:30:00Z``; one without a zone is taken as universal time. Empty for what is none."""
    try:
        return in_universal_time(datetime.fromisoformat(written.strip()))
    except (ValueError, OverflowError):
        return ""


def in_universal_time(moment: datetime) -> str:
    """A moment in the same form. OverflowError for one that falls out of the calendar."""
    moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
