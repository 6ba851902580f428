"""This machine's own time zone, summer time included."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo


class Here(tzinfo):
    """The zone that this machine's clock shows, with the offset of each instant itself.

    A ``datetime.astimezone()`` carries the offset of one instant only, which is an hour wrong in
    a week in which the clocks change.
    """

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        """What the clock here shows less UTC, at the local time ``dt``."""
        return _local(dt).utcoffset() if dt else None

    def dst(self, dt: datetime | None) -> timedelta | None:
        """Not told apart from the offset."""
        del dt
        return None

    def tzname(self, dt: datetime | None) -> str | None:
        """The zone's short name at ``dt``."""
        return _local(dt).tzname() if dt else None

    def fromutc(self, dt: datetime) -> datetime:
        """Local time of an instant; ``dt`` holds UTC's digits."""
        here = dt.replace(tzinfo=UTC).astimezone()
        return here.replace(tzinfo=self)


def _local(dt: datetime) -> datetime:
    return dt.replace(tzinfo=None).astimezone()


HERE = Here()
