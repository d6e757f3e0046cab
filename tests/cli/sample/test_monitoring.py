"""Exporting the monitoring workbook of a round of the Victims Fund."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from models.operation import Actor
from models.operations.awards.monitoring import AwardPlan, PlanReturns, PutReturns, ReturnPut
from models.operations.set_up.office import SetUpOffice
from models.papers.monitoring.monitoring import ReturnContent, SupportedNumber
from models.record import Opener, Record
from models.reference.schemes import shipped_funds
from models.values.awards import PlannedReturn
from tests.cli.conftest import Run
from tests.models.year_rounds import Grant, award_all, round_of

OFFICER = Actor("Grace Okoro")
GRANTS = (
    Grant("Coventry", "Harbour House", "Shelter", 1_500_000),
    Grant("Coventry", "Kite Club", "Advice", 250_000),
)
DUE = (PlannedReturn(1, date(2026, 1, 31), "the end"),)
SAID = ReturnContent(
    date(2026, 1, 30), supported=(SupportedNumber("needs", "Shelter and accommodation", 31),)
)


@pytest.fixture
def victims(tmp_path: Path) -> Path:
    """A record with two awards of the Victims Fund, one of which reports."""
    path, funds = tmp_path / "victims.panel", shipped_funds()
    with Record.create(path, Opener("Grace Okoro", "tests")) as record:
        record.perform(SetUpOffice("Office", funds), OFFICER)
        rows = round_of(GRANTS, fund="Victims Fund", year="2026/27")
        begun = tuple(replace(row, start_on=date(2025, 4, 1)) for row in rows.applications)
        award_all(record, replace(rows, applications=begun), notice="005/2026")
        plans = tuple(AwardPlan(f"G-00{n}", DUE, ()) for n in (0, 1))
        record.perform(PlanReturns(1, plans), OFFICER)
        record.perform(PutReturns(1, (ReturnPut("G-000", 1, SAID, None),)), OFFICER)
    return path


def test_the_return_to_the_ministry_is_summed_and_what_is_missing_is_named(
    victims: Path, run: Run, tmp_path: Path
) -> None:
    ran = run("export", victims, "monitoring", "--round", "Autumn", "--out", tmp_path / "m.xlsx")

    assert (ran.status, ran.err) == (0, "")
    assert "a draft, 2 awards, £17,500.00, 1 of 2 returns received, 1 overdue" in ran.out
    sheet = load_workbook(tmp_path / "m.xlsx")["Ministry return"]
    rows = {row[1]: row[2:] for row in sheet.iter_rows(min_row=5, values_only=True)}
    # 6 service areas, 8 categories of need, 5 indicator areas
    assert len(rows) == 19
    assert rows["Shelter and accommodation"] == (31, 1, 1)
    assert rows["Domestic violence"] == (0, 0, 2)


def test_an_issue_is_kept_and_not_issued_twice(victims: Path, run: Run, tmp_path: Path) -> None:
    asked = ("export", victims, "monitoring", "--round", "Autumn", "--issue", "--out", tmp_path / "m.xlsx")

    first, again = run(*asked), run(*asked)

    assert (first.status, again.status) == (0, 0)
    assert "version 1, 2 awards" in first.out
    assert "version 1, 2 awards" in again.out
    assert run("verify", victims).status == 0


def test_another_ending_is_refused(victims: Path, run: Run, tmp_path: Path) -> None:
    ran = run("export", victims, "monitoring", "--round", "Autumn", "--out", tmp_path / "m.pdf")

    assert ran.status == 1
    assert "monitoring writes a file that ends in .xlsx" in ran.err
