"""`rank` and `explain` as JSON and in words, and how sure a list is."""

from pathlib import Path

import pytest

from models.operation import Actor
from models.record import Opener, Record
from models.values.recommending import LineDecision
from tests.cli.conftest import Run
from tests.exchange.round_workbook.workbooks import good_sheets, put, save
from tests.models.operations.deciding_rounds import last_from_paper

YEARS = ("2025/26", "2026/27")
APPLICATION_KEYS = [
    *("reference", "organisation", "area", "requested", "status", "reasons", "counting_members"),
    *("quality", "cost", "total", "place", "tied", "place_by", "below_threshold", "offer", "outcome"),
    *("outcome_reason", "criteria", "recommendation", "decision"),
]


def test_the_document_is_as_published_key_for_key(run: Run, workbook: Path) -> None:
    document = run("rank", workbook, "--json").json

    assert list(document) == ["fund", "round", "combine", "split", "applications", "areas"]
    assert document["split"] == {"quality": "80", "cost": "20"}
    assert [list(application) for application in document["applications"]] == [APPLICATION_KEYS] * 3
    # Coventry comes first in Pots: the ranked one, then the other; then Walsall
    assert [a["reference"] for a in document["applications"]] == ["ACF-001", "ACF-003", "ACF-002"]
    # A1 (4 + 5) / 2 = 4.5, A2 3: Q = 100 (50 · 4.5/5 + 30 · 3/5) / 80 = 6300 / 80 = 78.75
    # A3 = 100 (5000 − 4500) / 5000 = 10: C = 10; T = (80 · 78.75 + 20 · 10) / 100 = 65
    first = document["applications"][0]
    assert (first["quality"], first["cost"], first["total"], first["place"]) == ("78.75", "10.00", "65.00", 1)
    assert (first["status"], first["offer"], first["outcome"]) == ("ranked", "4500.00", "fund")
    assert first["criteria"] == [
        {"code": "A1", "value": "4.50", "weight": "50.00", "points": "45.00"},
        {"code": "A2", "value": "3.00", "weight": "30.00", "points": "18.00"},
        {"code": "A3", "value": "10.00", "weight": "20.00", "points": "2.00"},
    ]
    assert document["areas"][0] == {
        "area": "Coventry",
        "pot": "20000.00",
        "available": "20000.00",
        "offered": "4500.00",
        "remaining": "15500.00",
        "stopped_by_tie": False,
    }


def test_an_area_filters_the_output_only(run: Run, workbook: Path) -> None:
    whole, part = (run("rank", workbook, "--json", *area).json for area in ((), ("--area", "Walsall")))

    there = {of: [one for one in whole[of] if one["area"] == "Walsall"] for of in ("applications", "areas")}
    assert part == {**whole, **there}
    assert "Coventry" not in run("rank", workbook, "--area", "Walsall").out


def test_pot_tolerance_and_what_is_over_are_three_figures(run: Run, tmp_path: Path) -> None:
    sheets = put(put(good_sheets(), "Round!B13", 10), "Pots!B2", 4200)

    lines = run("rank", save(sheets, tmp_path / "round.xlsx")).out.splitlines()

    # £4,500.00 of £4,200.00, with £420.00 on top
    assert lines[2] == "Coventry: pot £4,200.00, tolerance £420.00, offered £4,500.00, over the pot £300.00"


def test_a_round_in_two_years_is_told_apart_by_the_year(run: Run, record: Path, tmp_path: Path) -> None:
    sheets = put(put(good_sheets(), "Round!B5", "2025/26"), "Pots!B2", 4200)
    assert run("load", record, save(sheets, tmp_path / "last.xlsx")).status == 0

    assert run("rank", record, "--round", "Autumn").status == 1
    pots = {y: run("rank", record, "--round", "Autumn", "--year", y, "--json").json for y in YEARS}
    assert [pots[year]["areas"][0]["pot"] for year in YEARS] == ["4200.00", "20000.00"]


def test_a_decision_changes_its_own_field_alone(run: Run, record: Path) -> None:
    proposed = run("rank", record, "--json").json
    assert run("recommend", record, "--round", "Autumn", "--accept").status == 0
    before = run("rank", record, "--json").json
    alone = [{**one, "recommendation": None} for one in before["applications"]]
    assert {**before, "applications": alone} == proposed
    of = before["applications"][0]["reference"]
    line = LineDecision(of, "change", "decline", change_reason="paid for elsewhere")
    with Record.open(record, Opener("Grace Okoro", "tests")) as opened:
        opened.perform(last_from_paper(opened, 1, line, notice="031/2026"), Actor("Grace Okoro"))

    after = run("rank", record, "--json").json

    assert after["applications"][0]["decision"] == {
        "outcome": "decline",
        "amount": None,
        "reason": "paid for elsewhere",
        "exception": False,
    }
    assert run("explain", record, "--application", of, "--json").json["decision"]["outcome"] == "decline"
    after["applications"][0]["decision"] = None
    assert after == before


def test_an_explanation_is_the_applications_object_and_its_steps(run: Run, workbook: Path) -> None:
    document = run("explain", workbook, "--application", "ACF-001", "--json").json
    ranked = run("rank", workbook, "--json").json["applications"][0]

    steps = document.pop("steps")
    assert document == ranked
    assert {tuple(step) for step in steps} == {("rule", "words", "exact", "shown")}
    # 100 (50 · 9/10 + 30 · 3/5) / 80 = 6300 / 80 = 315/4
    assert {"rule": "quality", "exact": "315/4", "shown": "78.75"}.items() <= next(
        step for step in steps if step["rule"] == "quality"
    ).items()


def test_a_record_and_its_workbooks_say_the_same(
    record: Path, workbook: Path, run: Run, tmp_path: Path
) -> None:
    options = ("--json", "--draws", "20", "--seed", "3", "--within", "7.5", "--across")

    assert run("sensitivity", record, *options).json == run("sensitivity", workbook, *options).json

    saved = tmp_path / "saved.xlsx"

    assert run("save", record, "--round", "Autumn", saved).status == 0
    assert run("rank", saved, "--json").out == run("rank", record, "--json").out


@pytest.mark.parametrize(
    "option",
    [
        ("--draws", "0"),
        ("--draws", "1.5"),
        ("--seed", "-1"),
        ("--within", "0"),
        ("--within", "x"),
        ("--within", "٤"),
    ],
)
def test_settings_out_of_bounds_are_wrong_usage(workbook: Path, run: Run, option: tuple[str, str]) -> None:
    assert run("sensitivity", workbook, *option).status == 2
