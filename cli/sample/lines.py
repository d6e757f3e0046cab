"""The applications of the sample's round in progress, from the shipped list."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from msgspec import Struct

import resources
from cli.sample.made_up import made_up
from models.values.rows import ApplicationRow
from scoring.round import Eligibility

LIST = "sample/round-in-progress.csv"
GATES = {
    "yes": (Eligibility.YES, ""),
    "check": (Eligibility.TO_CHECK, ""),
    "no": (Eligibility.NO, "The money would go into a building, which the fund does not pay for."),
}
RECEIVED = 41
"""How many days ago the first application came in."""


class Theme(Struct, frozen=True):
    """The need, what will be done and change, how the group is run; crime type and priority, by code."""

    need: str
    plan: str
    change: str
    group: str
    is_for: tuple[str, str]


THEMES = made_up("themes", dict[str, Theme])
"""What applicants write, by what their project is about."""
NEED, CHANGE = (made_up(f"applicants.{name}", str) for name in ("need", "change"))
OWN = made_up("applicants.own", tuple[str, ...])
"""How an applicant ends its plan in words of its own."""


class SampleLine(Struct, frozen=True):
    """An application, the marks on which its panel agreed or would agree, and its crime type and priority."""

    row: ApplicationRow
    marks: tuple[int, ...]
    is_for: tuple[str, str]


def sample_lines(today: date) -> tuple[SampleLine, ...]:
    """Return the applications in the order of the list, received before the day."""
    with resources.path(LIST).open(encoding="utf-8", newline="") as file:
        return tuple(_lines(csv.DictReader(file), today))


def _lines(table: Iterator[dict[str, str]], today: date) -> Iterator[SampleLine]:
    for number, cells in enumerate(table):
        marks = tuple(int(mark) for mark in cells["marks"])
        yield SampleLine(_row(number, cells, today), marks, THEMES[cells["theme"]].is_for)


def _row(number: int, cells: dict[str, str], today: date) -> ApplicationRow:
    theme = THEMES[cells["theme"]]
    asked, match = int(cells["pounds"]) * 100, int(cells["match"]) * 100
    eligibility, reason = GATES[cells["gates"]]
    received = datetime.combine(today - timedelta(days=RECEIVED - number // 3), time(9 + number % 8, number))
    return ApplicationRow(
        reference=cells["reference"],
        organisation=cells["organisation"],
        project=cells["project"],
        area=cells["area"],
        requested_pence=asked,
        minimum_pence=asked * 6 // 10,
        total_cost_pence=asked + match,
        match_funding_pence=match,
        beneficiaries=int(cells["people"]),
        received_at=received,
        received_has_time=True,
        eligibility=eligibility,
        eligibility_reason=reason,
        organisation_type=theme.group.split(",")[0],
        contact_name="The secretary",
        email=f"{cells['reference'].lower()}@example.org",
        summary=cells["summary"],
        need=f"{theme.need} {NEED}".format(**cells),
        outcomes=f"{theme.change} {CHANGE}".format(**cells),
        start_on=today + timedelta(days=70),
        end_on=today + timedelta(days=250),
        bank_account_held=True,
        constitution_held=True,
        safeguarding_policy=True,
        answers=(
            ("What will you do?", f"{theme.plan} {_own(number, cells)}"),
            ("How is the group run?", theme.group),
        ),
    )


def _own(number: int, cells: dict[str, str]) -> str:
    """Return a sentence of the applicant's own, so that no two plans are word for word the same."""
    return OWN[number % len(OWN)].format(**cells)
