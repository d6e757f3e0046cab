"""`grant-panel server closing` and `server oldest`: what is told to everybody who has the record open."""

import argparse
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from cli.output import say
from scoring.counted import counted
from scoring.refused import Refused
from scoring.written.days import clock

if TYPE_CHECKING:
    from models.store.address import ServerAddress

_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){2}")


def add_to(closing: argparse.ArgumentParser, oldest: argparse.ArgumentParser) -> None:
    """Add when the record closes and why, and which program may open it."""
    when = closing.add_mutually_exclusive_group(required=True)
    words = "close it for maintenance in so many minutes: windows say so, save what is done and close"
    when.add_argument("--in", metavar="MINUTES", dest="minutes", type=int, help=words)
    when.add_argument("--over", action="store_true", help="open it again")
    closing.add_argument("--words", metavar="TEXT", default="", help="what else to say, such as until when")
    words = "the oldest version that may open the record, such as 0.2.0; “none” lets any"
    oldest.add_argument("version", metavar="VERSION", help=words)


def close(address: "ServerAddress", options: argparse.Namespace) -> int:
    """Tell everybody that the record closes, or open it again."""
    from models.clock import utc_now
    from models.store.locks.administering import of_prepared
    from models.store.locks.server_notice import set_notice

    if options.minutes is not None and not 0 <= options.minutes <= 7 * 24 * 60:
        raise Refused("Give the minutes until it closes as a whole number, at most a week.")
    at = None if options.over else utc_now() + timedelta(minutes=options.minutes)
    with of_prepared(address) as connection:
        set_notice(connection, closes_at=at, words=options.words)
    if at is None:
        say(f"{address.name} is open again.")
    else:
        say(f"{address.name} closes at {clock(at.astimezone())}, in {counted(options.minutes, 'minute')}.")
    return 0


def set_oldest(address: "ServerAddress", options: argparse.Namespace) -> int:
    """Set the oldest version of the program that may open the record."""
    from models.store.locks.administering import of_prepared
    from models.store.locks.server_notice import set_notice

    version = "" if options.version == "none" else options.version
    if version and not _VERSION.fullmatch(version):
        raise Refused(f"“{version}” is not a version. Write it as 0.2.0, or “none”.")
    with of_prepared(address) as connection:
        set_notice(connection, smallest_version=version)
    said = f"only Grant Panel {version} or later opens it" if version else "any Grant Panel opens it"
    say(f"{address.name}: {said}.")
    return 0
