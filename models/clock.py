"""The clock that a record's times come from."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from scoring.written.days import full_moment

Clock = Callable[[], datetime]
RELEASED_ON = date(2026, 11, 26)
"""The day of this program's release: its clock is doubted where that is long ago."""
LONG, LONG_OUT = timedelta(days=400), timedelta(days=5 * 365)
BEFORE, SLACK = timedelta(hours=1), timedelta(minutes=5)
"""How far a clock may be before the newest change unasked, and apart from a server's untold."""
FOR_EVER = "A change keeps for ever the time that it is made at."


def utc_now() -> datetime:
    return datetime.now(UTC)


def doubt(now: datetime, newest: datetime | None) -> str:
    """Say why a clock may be wrong: before the newest change, long after it or the release; "" for none."""
    if newest is not None and newest - now > BEFORE:
        at = full_moment(newest.astimezone())
        why = (
            f"before the newest change of the record, {at}, whose time changes get until the clock passes it"
        )
    elif newest is not None and now - newest > LONG:
        why = f"{(now - newest).days:,} days after the newest change of the record"
    elif now.date() - RELEASED_ON > LONG_OUT:
        why = "more than five years after this program was released"
    else:
        return ""
    return f"The clock of this computer shows {full_moment(now.astimezone())}, {why}. {FOR_EVER}"


def apart(now: datetime, of_server: datetime) -> str:
    """Say that a clock and a server's are apart; "" where they are not."""
    if abs(now - of_server) <= SLACK:
        return ""
    return (
        f"The clock of this computer shows {full_moment(now.astimezone())}, and the server's "
        f"{full_moment(of_server.astimezone())}. Changes get the time of the server."
    )
