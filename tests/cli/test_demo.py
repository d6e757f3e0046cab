"""The demonstration: two made-up rounds, through every step, to four schedules that agree."""

import json
from contextlib import redirect_stdout
from decimal import Decimal
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cli.command import main
from models.queries.panel.meeting import meeting
from models.queries.set_up.rounds import find_round
from models.record import Opener, Record
from models.values.rows import scored_round
from scoring.marks.meeting import meeting_items
from tests.demo import made_sample


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with a record of the demonstration in which another was made, and what that one printed."""
    folder, printed = tmp_path_factory.mktemp("demo"), StringIO()
    made_sample(folder / "sample.panel")
    with redirect_stdout(printed):
        assert main(["demo", "--out", str(folder), "--no-window"]) == 0
    return folder, printed.getvalue()


@pytest.fixture
def demo(twice: tuple[Path, str]) -> Path:
    return twice[0]


def test_the_demo_writes_four_schedules_and_nothing_else_that_ends_so(demo):
    written = sorted(p.name for p in demo.iterdir() if p.suffix in (".xlsx", ".pdf"))

    assert written == [
        "acf-schedule.pdf",
        "acf-schedule.xlsx",
        "victims-schedule.pdf",
        "victims-schedule.xlsx",
    ]


def test_a_second_demo_in_the_same_folder_starts_afresh_and_prints_the_ranking_and_the_paths(twice, capsys):
    demo, printed = twice
    assert main(["rank", str(demo / "sample.panel"), "--round", "Small grants"]) == 0

    assert "VF-001" in capsys.readouterr().out
    assert "ACF-006    Brookmarsh Amateur Boxing Gym" in printed
    for name in ("acf-schedule.xlsx", "acf-schedule.pdf", "victims-schedule.xlsx", "victims-schedule.pdf"):
        assert str(demo / name) in printed


def test_the_demo_record_is_sound_and_its_schedules_are_what_was_issued(demo, capsys):
    record = str(demo / "sample.panel")

    for name in ("acf-schedule.xlsx", "acf-schedule.pdf", "victims-schedule.xlsx", "victims-schedule.pdf"):
        assert main(["verify", record, "--against", str(demo / name)]) == 0, name
    assert "nothing" not in capsys.readouterr().err


def test_the_schedule_adds_up_to_what_the_areas_were_offered(demo):
    rows = list(load_workbook(demo / "acf-schedule.xlsx", data_only=True)["Schedule"].values)
    headings = next(list(row) for row in rows if row[0] == "Reference")
    recommended = headings.index("Recommended")
    lines = [row[recommended] for row in rows if str(row[0]).startswith("ACF-")]

    assert len(lines) == 37
    # Birmingham East 14,575 + West 20,000 + Coventry 9,500 + Dudley 9,010 + Sandwell 13,220
    # + Solihull 8,620 + Walsall 8,665 + Wolverhampton 10,610
    assert sum(value or 0 for value in lines) == 94_200


def test_no_paper_of_the_demo_leaves_its_reader_without_a_day(demo, tmp_path, capsys):
    record = str(demo / "sample.panel")

    for fund in ("Autumn round", "Small grants"):
        for kind in ("call", "letters"):
            name = ["export", record, kind, "--round", fund, "--out", str(tmp_path / f"{fund} {kind}.docx")]
            assert main(name) == 0, (fund, kind)

    assert "names no day" not in capsys.readouterr().err


def test_the_demos_panels_closed_what_they_settled(demo):
    with Record.open(demo / "sample.panel", Opener("Sam Example", "tests")) as record:
        for name, fund, is_open in (
            ("Autumn round", "Active Citizens Fund", {"ACF-028"}),
            ("Small grants", "Victims Fund", {"VF-009", "VF-014"}),
        ):
            round_id = record.ask(partial(find_round, name=name, fund=fund, year="2026/27"))
            held = record.ask(partial(meeting, round_id=round_id))

            scored = scored_round(held.rows)
            items = meeting_items(scored, [one.code for one in held.rows.members])
            assert {one.reference for one in items} - set(held.closed) == is_open


def test_the_sample_has_an_office_and_a_years_money_that_is_not_overspent(demo, capsys):
    record = str(demo / "sample.panel")
    capsys.readouterr()

    assert main(["office", record, "--json"]) == 0
    office = json.loads(capsys.readouterr().out)
    assert main(["budget", record, "--fund", "Active Citizens Fund", "--year", "2026/27", "--json"]) == 0
    budget = json.loads(capsys.readouterr().out)

    assert office["contact_post"] == "Grants Officer"
    assert len(budget["areas"]) == 8
    assert all(Decimal(area["left"]) > 0 for area in budget["areas"])
    assert sum(Decimal(area["left"]) for area in budget["areas"]) == Decimal(budget["left"])
    assert (len(budget["moves"]), len(budget["contributions"])) == (1, 1)


def test_a_councils_share_is_planned_by_purpose_and_decided_jointly(demo, capsys):
    record = str(demo / "sample.panel")
    capsys.readouterr()

    assert main(["budget", record, "--fund", "CSF", "--year", "2026/27", "--json"]) == 0
    budget = json.loads(capsys.readouterr().out)
    assert main(["fund", record, "show", "EYI", "--json"]) == 0
    renamed = json.loads(capsys.readouterr().out)

    # 480,000 allocated, of which 400,000 is decided
    assert (budget["areas"][0]["decided"], budget["areas"][0]["left"]) == ("400000.00", "80000.00")
    assert [line["purpose"] for line in budget["spending_plans"][0]["lines"]] == [
        "Street wardens in the evening",
        "Outreach of a night shelter",
    ]
    assert len(renamed["names"]) == 2
