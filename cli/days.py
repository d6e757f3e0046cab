"""Days as options of the command, and in its JSON; of what is recorded none that is still to come."""

import argparse
from datetime import date

from scoring.refused import Refused
from scoring.written.days import far_words, full_day


def day(text: str) -> date:
    """Return a day written like 2026-12-02 or 02/12/2026; anything else is wrong usage."""
    from exchange.cells.values import read_date
    from scoring.written.text import Unreadable

    try:
        found = read_date(text)
    except Unreadable as no:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day: {no}") from no
    if found is None:
        raise argparse.ArgumentTypeError("a day is missing; write it like 2026-12-02")
    return found


def add_date_is_right(parser: argparse.ArgumentParser) -> None:
    """Add the option that answers what is asked about a day far from today."""
    words = "take a day that is more than five years from today"
    parser.add_argument("--date-is-right", action="store_true", help=words)


def refuse_far(on: date | None, options: argparse.Namespace) -> None:
    """Refuse a day that is far from today, unless the options say that it is right."""
    far = "" if getattr(options, "date_is_right", False) else far_words(on, today())
    if far:
        raise Refused(f"{far} Correct it, or add --date-is-right. Nothing was changed.")


def typed_day(text: str, now: date, options: argparse.Namespace | None = None) -> date | None:
    """Return a day as people write it, "1 April" as the next one, None for "".

    Refused where it is none, and where the options do not say that one far from today is right; without
    options it is only looked at.
    """
    from scoring.written.days import read_day
    from scoring.written.text import Unreadable

    try:
        found = read_day(text, now, is_past=False)
    except Unreadable as no:
        raise Refused(str(no)) from no
    if options is not None:
        refuse_far(found, options)
    return found


def past_day(on: date | None, what: str) -> date:
    """Return the day on which something was, today where none is said; refused where it is still to come.

    `what` says what bears which day: "A decision is dated the day it was signed".
    """
    now = today()
    if on is not None and on > now:
        raise Refused(f"{full_day(on)} is still to come. {what}. Nothing was recorded.")
    return now if on is None else on


def iso_day(on: date | None) -> str | None:
    """Return a day as JSON has it, null where there is none."""
    return None if on is None else on.isoformat()


def today() -> date:
    """Return the day on which the command runs."""
    return date.today()
