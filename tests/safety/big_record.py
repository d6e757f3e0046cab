"""A big record: thousands of applications with a page of words each, all marked by ten members."""

import random
from pathlib import Path

from models.operation import Actor
from models.operations.set_up.load import LoadRound
from models.record import Opener, Record
from models.values.rows import MemberRow, RoundRows, SheetRow
from scoring.round import Area
from tests.models.rounds import AUTUMN, application, set_up_office

OPENER = Opener("Grace Okoro", "tests")
MEMBERS = 10
FIFTY_MB = 8_300
"""About so many applications, with 249,000 marks, make 50 MB."""


def make_big(path: Path, applications: int, key: str | None) -> Path:
    """Make a record with so many applications; 1,000 are 6 MB."""
    with Record.create(path, OPENER, key=key) as record:
        set_up_office(record)
        record.perform(LoadRound(big_round(applications)), Actor("Grace Okoro"))
    return path


def big_round(count: int) -> RoundRows:
    """Return the round, the same each time."""
    draw, three = random.Random(1), range(3)
    applications = tuple(
        application(
            1,
            reference=f"ACF-{number:05d}",
            organisation=f"Made-up Group {number}",
            summary="What an applicant wrote of the work. " * 25,
            answers=(),
        )
        for number in range(count)
    )
    members = tuple(MemberRow(f"M{one}", f"Member {one}", "" if one else "chair") for one in range(MEMBERS))
    sheets = tuple(
        SheetRow(member.code, one.reference, True, tuple(draw.randrange(6) for _ in three), ("",) * 3)
        for one in applications
        for member in members
    )
    return AUTUMN(
        areas=(Area("Coventry", 200_000_000),),
        applications=applications,
        members=members,
        sheets=sheets,
    )
