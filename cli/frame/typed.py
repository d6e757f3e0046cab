"""What is typed, read: days, amounts, years, names of rounds; of what is recorded no day that is to come."""

import argparse
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from cli.frame.output import Options
from exchange.cells.values import is_financial_year, read_date
from models.store.places import ServerAddress, address_of
from scoring.allocating.gate import Concern
from scoring.ranking import Allowance
from scoring.written.amounts import read_money
from scoring.written.days import far_words, full_day, read_day
from scoring.written.names import post_fault
from scoring.written.text import Refused, Unreadable, listed
from scoring.written.zones import read_time

YES_NO = {"yes": True, "no": False}
NO_AMOUNT = "An amount is missing. Write it like North=115000."
RECORD_ENDING = ".panel"
WORKBOOK = (".xlsx",)


def day(text: str) -> date:
    """Return a day written like 2026-12-02 or 02/12/2026; anything else is wrong usage."""
    try:
        found = read_date(text)
    except Unreadable as no:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day: {no}") from no
    if found is None:
        raise argparse.ArgumentTypeError("a day is missing; write it like 2026-12-02")
    return found


def refuse_far(on: date | None, options: Options) -> None:
    """Refuse a day that is far from today, unless the options say that it is right."""
    far = "" if getattr(options, "date_is_right", False) else far_words(on, today())
    if far:
        raise Refused(f"{far} Correct it, or add --date-is-right. Nothing was changed.")


def confirmed(options: Options) -> tuple[str, ...]:
    """Return what somebody confirms of the money of an award: `Concern`."""
    return tuple(one for one in Concern if getattr(options, one.replace("-", "_"), False))


def allowance_of(options: Options, area: str) -> Allowance:
    """Return who allows the money of an area to be passed, and by how much."""
    who = named_with_post(options.allowed_by, "the person who allows it", "--allowed-by")
    return Allowance(area, options.allow, *who, options.allowed_because.strip(), today())


def named_with_post(text: str, who: str, option: str) -> tuple[str, str]:
    """Return a name and a post, as an option gives them: "NAME, POST"; Refused where one is missing."""
    name, _, post = text.partition(",")
    if fault := post_fault(who, name, post):
        raise Refused(f'{fault} The command takes them with {option} "NAME, POST".')
    return name.strip(), post.strip()


def typed_day(text: str, now: date, options: Options | None = None) -> date | None:
    """Return a day as people write it, "1 April" as the next one, None for "".

    Refused where it is none, and where the options do not say that one far from today is right; without
    options it is only looked at.
    """
    try:
        found = read_day(text, now, is_past=False)
    except Unreadable as no:
        raise Refused(str(no)) from no
    if options is not None:
        refuse_far(found, options)
    return found


def said_of(kind: type[Struct], options: Options) -> dict[str, Any]:
    """Return what was typed of a value's fields, by field, without those that were left out."""
    given = {name: getattr(options, name, None) for name in kind.__struct_fields__}
    return {name: value for name, value in given.items() if value not in (None, [])}


def typed_time(text: str) -> str:
    """Return a time of day like 17:00 as it is kept; refused where it is none."""
    try:
        return read_time(text)
    except Unreadable as no:
        raise Refused(str(no)) from no


def past_day(on: date | None, what: str) -> date:
    """Return the day on which something was, today where none is said; refused where it is still to come.

    `what` says what bears which day: "A decision is dated the day it was signed".
    """
    now = today()
    if on is not None and on > now:
        raise Refused(f"{full_day(on)} is still to come. {what}. Nothing was recorded.")
    return now if on is None else on


def today() -> date:
    return date.today()


def typed_pence(written: str, before: str = "") -> int | None:
    """Return an amount in pounds as pence, None for ""; refused where it is none, `before` before why."""
    try:
        return read_money(written)
    except Unreadable as no:
        raise Refused(f"{before}{no}") from no


def pence_of(written: str, missing: str, before: str = "") -> int:
    """Return an amount in pounds as pence; refused where it is none.

    `missing` is the sentence where nothing is written, `before` what goes before any other.
    """
    pence = typed_pence(written, before)
    if pence is None:
        raise Refused(missing)
    return pence


def typed_pounds(text: str) -> int:
    return pence_of(text, "An amount is missing. Write it like 4500.00.")


def pence_by_area(said: Sequence[str]) -> dict[str, int]:
    """Return pence by area of what was written as AREA=POUNDS; refused where an area is there twice."""
    found: dict[str, int] = {}
    for one in said:
        area, equals, amount = one.rpartition("=")
        name = area.strip()
        if not equals or not name:
            raise Refused(f"“{one}” is not an area with an amount. Write it like North=115000.")
        if name in found:
            raise Refused(f"{name} is named twice. Name each area once.")
        found[name] = pence_of(amount, f"{name}: {NO_AMOUNT}", f"{name}: ")
    return found


def financial_year(text: str) -> str:
    """Return a financial year like 2026/27; anything else is wrong usage."""
    if not is_financial_year(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a financial year like 2026/27")
    return text


def keyed(text: str, no: Exception) -> tuple[str, str]:
    """Return what is typed as KEY=TEXT, the text with its lines; raises the refusal where there is no key."""
    key, found, value = text.partition("=")
    if not found or not key.strip():
        raise no
    return key.strip(), in_lines(value)


def in_lines(text: str) -> str:
    r"""Return typed words with a line for each \n, as not every terminal can type a new one."""
    return text.replace("\\n", "\n").strip()


def round_name(text: str) -> str:
    """Return a round's name as workbooks give it back, without spaces around it; a blank is wrong usage."""
    name = text.strip()
    if not name or not name.isprintable():
        raise argparse.ArgumentTypeError(f"{text!r} is not a name")
    return name


def file_path(text: str) -> Path:
    """Return the path of a record's file; Refused where somebody names one on a server."""
    found = address_of(text)
    if isinstance(found, ServerAddress):
        raise Refused(
            f"{found} is on an office server, and this can be done only with a record in a file. Name a file."
        )
    return found


def refuse_ending(path: Path, writer: str, endings: Sequence[str]) -> None:
    """Refuse a name that does not end as what the writer puts in the file: "guide", (".pdf",)."""
    if path.suffix.casefold() not in endings:
        raise Refused(
            f"{writer} writes a file that ends in {listed(endings, 'or')}; {path.name} does not. Rename it."
        )


def month(text: str) -> date:
    """Return the first day of a month like 2026-11; anything else is wrong usage."""
    if not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a month like 2026-11")
    return date(int(text[:4]), int(text[5:]), 1)
