"""The Pots and Applications sheets: areas with their money, and who asks for it."""

from typing import NamedTuple, TypeVar

from exchange.reading.sheets import Cell
from exchange.round_workbook.layout import APPLICATIONS, COUNTED_AS, POTS, answer_asked
from exchange.round_workbook.table import Row, Source, Table
from exchange.round_workbook.values import (
    day,
    moment,
    money_above_nought,
    money_from_nought,
    shown,
    text,
    whole_within,
    yes_no,
)
from models.values.rows import Answer, ApplicationRow
from scoring.round import Area, Eligibility
from scoring.written.names import spelling_key, text_key
from scoring.written.text import Unreadable

Value = TypeVar("Value")


def read_pots(source: Source) -> tuple[Area, ...] | None:
    """Return the areas in their order, None when their names cannot be known; a repeat is a fault."""
    table = source.open_table(POTS)
    if table is None or not table.has("Area"):
        return None
    areas: dict[str, Area] = {}
    spelt: dict[str, str] = {}
    for row in table.rows:
        area = Area(
            name=row.need("Area", text, ""),
            pot_pence=row.need("Amount", money_from_nought, 0),
            start_up_pence=row.take("Start-up", money_from_nought, 0),
            committed_pence=row.take("Already committed", money_from_nought, 0),
            shared_pot=row.take("Shared pot", text, ""),
        )
        first = spelt.setdefault(text_key(area.name), area.name)
        if area.name in areas or first != area.name:
            row.fault("Area", f"the area {area.name} is there twice{_as_spelt(first, area.name)}.")
        if area.name:
            areas.setdefault(area.name, area)
    return tuple(areas.values())


def _as_spelt(there: str, here: str) -> str:
    """Return how one that is there twice stands there first, "" where it is spelt the same."""
    return "" if there == here else f", as {there} before"


class ReadApplications(NamedTuple):
    """Applications, and those that are counted as one organisation, each with what they share."""

    rows: tuple[ApplicationRow, ...]
    merged: tuple[tuple[str, str], ...]


def read_applications(source: Source, areas: tuple[Area, ...] | None) -> ReadApplications | None:
    """Return the applications, None when their references cannot be known.

    `areas` are those with a pot, None when they cannot be known.
    """
    table = source.open_table(APPLICATIONS, keeps_others=True)
    if table is None or not table.has("Reference"):
        return None
    names = None if areas is None else {area.name for area in areas}
    headings = _answer_headings(table, source.area_word)
    rows: dict[str, ApplicationRow] = {}
    spelt: dict[str, str] = {}
    merged: list[tuple[str, str]] = []
    for row in table.rows:
        application = _read_row(row, headings)
        of = application.reference
        first = spelt.setdefault(spelling_key(of), of)
        if of in rows or first != of:
            row.fault("Reference", f"the reference {of} is there twice{_as_spelt(first, of)}.")
        elif of:
            one = row.take(COUNTED_AS, text, "")
            merged += [(of, text_key(one))] if one else []
        if of:
            rows.setdefault(of, application)
        if names is not None and application.area is not None and application.area not in names:
            row.fault("Area", f'"{application.area}" has no pot; add it to Pots or correct it.')
    return ReadApplications(tuple(rows.values()), tuple(merged))


def _read_row(row: Row, headings: tuple[tuple[int, str], ...]) -> ApplicationRow:
    received_at, received_has_time = row.take("Received", moment, (None, False))
    return ApplicationRow(
        reference=row.need("Reference", text, ""),
        organisation=row.need("Organisation", text, ""),
        project=row.take("Project", text, ""),
        area=row.take("Area", text, None),
        requested_pence=row.need("Amount requested", money_above_nought, 0),
        minimum_pence=row.take("Minimum amount", money_above_nought, None),
        total_cost_pence=row.take("Total project cost", money_above_nought, None),
        match_funding_pence=row.take("Match funding", money_from_nought, None),
        beneficiaries=row.take("Beneficiaries", whole_within(0), None),
        received_at=received_at,
        received_has_time=received_has_time,
        eligibility=row.take("Eligible", _eligibility, Eligibility.YES),
        eligibility_reason=row.take("Eligibility reason", text, ""),
        withdrawn=row.take("Withdrawn", yes_no, False),
        previously_funded=row.take("Previously funded", yes_no, None),
        organisation_type=row.take("Organisation type", text, ""),
        charity_number=row.take("Charity number", text, ""),
        company_number=row.take("Company number", text, ""),
        contact_name=row.take("Contact name", text, ""),
        email=row.take("Email", text, ""),
        phone=row.take("Phone", text, ""),
        address=row.take("Address", text, ""),
        postcode=row.take("Postcode", text, ""),
        summary=row.take("Summary", text, ""),
        need=row.take("Need", text, ""),
        outcomes=row.take("Outcomes", text, ""),
        start_on=row.take("Start on", day, None),
        end_on=row.take("End on", day, None),
        bank_account_held=row.take("Bank account held", yes_no, None),
        constitution_held=row.take("Constitution held", yes_no, None),
        safeguarding_policy=row.take("Safeguarding policy", yes_no, None),
        answers=_answers(row, headings),
    )


def _eligibility(cell: Cell) -> Eligibility:
    if isinstance(cell, bool):
        return Eligibility.YES if cell else Eligibility.NO
    try:
        return Eligibility(text(cell).casefold())
    except ValueError:
        raise Unreadable(f"{shown(cell)} is not one of {', '.join(Eligibility)}.") from None


def _answer_headings(table: Table, area_word: str) -> tuple[tuple[int, str], ...]:
    taken: dict[str, int] = {}
    headings: list[tuple[int, str]] = []
    for index, written in sorted(table.others):
        heading = answer_asked(written, area_word)
        taken[heading] = taken.get(heading, 0) + 1
        headings.append((index, heading if taken[heading] == 1 else f"{heading} ({taken[heading]})"))
    return tuple(headings)


def _answers(row: Row, headings: tuple[tuple[int, str], ...]) -> tuple[Answer, ...]:
    found = ((heading, row.take_at(index, text, "")) for index, heading in headings)
    return tuple((heading, answer) for heading, answer in found if answer)
