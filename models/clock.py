"""The clock that a record's times come from."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from scoring.written.days import full_moment

Clock = Callable[[], datetime]
RELEASED_ON = date(2026, 11, 26)
"""The day of this program's release: its clock is doubted where that is long ago."""
LONG, LONG_OUT = timedelta(days=400), timedelta(days=5 * 365)
SLACK = timedelta(minutes=5)
FOR_EVER = "A change keeps for ever the time that it is made at."


def utc_now() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


def doubt(now: datetime, newest: datetime | None) -> str:
    """Say why a clock may be wrong, by the newest change or long after the release; "" where it may not."""
    if newest is not None and newest - now > SLACK:
        why = f"before the newest change of the record, {full_moment(newest.astimezone())}"
        then = "Until it is right, changes get that time."
    elif newest is not None and now - newest > LONG:
        why, then = f"{(now - newest).days:,} days after the newest change of the record", FOR_EVER
    elif now.date() - RELEASED_ON > LONG_OUT:
        why, then = "more than five years after this program was released", FOR_EVER
    else:
        return ""
    return f"The clock of this computer shows {full_moment(now.astimezone())}, {why}. {then}"


def apart(now: datetime, of_server: datetime) -> str:
    """Say that a clock and a server's are apart; "" where they are not."""
    if abs(now - of_server) <= SLACK:
        return ""
    return (
        f"The clock of this computer shows {full_moment(now.astimezone())}, and the server's "
        f"{full_moment(of_server.astimezone())}. Changes get the time of the server."
    )
