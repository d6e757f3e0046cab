"""The How scored sheet: its formulas give the schedule's figures, in the sheet and in LibreOffice."""

import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from exchange.papers.schedule.how_scored_columns import EXACT_BELOW, levels, rule_keys, score_keys
from models.papers.award_schedule import award_schedule
from models.values.rows import ChairDecisionRow, NotApplicableRow, RoundRows, scored_round
from scoring.places.standings import tie_breaks
from scoring.rank import rank
from scoring.round import ChairDecisionKind
from scoring.schedule.lines import Settled
from scoring.schedule.values import AwardSchedule
from scoring.scheme import Band, Basis, Combine, Criterion, Method, RankedBy, Scheme, Side
from tests.exchange.schedule_rounds import acf_scheme, made_round, schedule_of, with_incidents, write_schedule
from tests.safety.table import Times

HEADINGS = 7
SOFFICE = shutil.which("soffice")
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""
SEEDS = (1, 2, 3, 4, 0, 5, 7, 8, 6, 9, 10, 11)
"""Of random rounds: the first eight have every method, basis, way to combine and order between them."""


def sheet_of(schedule: AwardSchedule, folder: Path, *, values: bool) -> Any:
    path = write_schedule(schedule, folder / "s.xlsx")
    return openpyxl.load_workbook(path, data_only=values)["How scored"]


def columns(sheet: Any) -> dict[str, list[Any]]:
    """Return the cells below each heading."""
    found: dict[str, list[Any]] = {}
    for column in sheet.iter_cols(min_row=HEADINGS, values_only=True):
        found[str(column[0])] = list(column[1:])
    return found


# The formulas and the values beside them


def worked_example() -> RoundRows:
    """Return the worked example of the total (guide, scoring 3), and A7 set aside on the second line."""
    rows = made_round(2, areas=1, scheme=replace(acf_scheme(), minimum_total=None))
    marks = (4, 3, 5, 3, 4, 4, 2)
    return replace(
        rows,
        agreed=tuple(replace(a, marks=marks) for a in rows.agreed),
        not_applicable=(NotApplicableRow("ACF-002", "A7", "no match funding is possible"),),
    )


def test_the_worked_example_stands_beside_its_formulas(tmp_path: Path) -> None:
    schedule = schedule_of(worked_example())

    found = columns(sheet_of(schedule, tmp_path, values=True))

    # with A7 set aside C = 100·12/15 = 80.00 and T = 77.00; Q = 76.25 is untouched; then T = 75.00
    assert found["Reference"] == ["ACF-002", "ACF-001"]
    assert found["A7"] == [None, 2]
    assert found["Quality"] == [76.25, 76.25]
    assert found["Cost"] == [80, 70]
    assert found["Total"] == [77, 75]
    assert found["Place"] == [1, 2]
    assert found["Sharing it"] == [1, 1]


def test_a_list_that_areas_share_is_counted_as_one_where_it_stands_in_one_place(tmp_path: Path) -> None:
    rows = made_round(9)
    sharing = [replace(area, shared_pot="Joint" if n else "") for n, area in enumerate(rows.areas)]
    whole = schedule_of(replace(rows, areas=tuple(sharing)))
    apart = schedule_of(replace(rows, areas=(sharing[1], sharing[0], sharing[2])))
    alone = award_schedule(rows, rank(scored_round(rows)), Settled(), area=sharing[0].name)

    for number, schedule in enumerate((whole, apart)):
        found = columns(sheet_of(schedule, tmp_path, values=True))
        assert found["Place"] == [line.place for line in schedule.lines]
        formulas = columns(sheet_of(schedule, tmp_path, values=False))["Place"]
        own = len([line for line in schedule.lines if line.area == sharing[0].name])
        live = [isinstance(cell, str) for cell in formulas]
        assert sum(live) == (own if number else len(live))
    assert alone.shared == ()


def test_members_are_numbered_and_never_named(tmp_path: Path) -> None:
    schedule = schedule_of(made_round(4, scheme=acf_scheme(Combine.MEAN)))
    sheet = sheet_of(schedule, tmp_path, values=True)

    texts = {str(v) for row in sheet.iter_rows(values_only=True) for v in row if isinstance(v, str)}
    assert "A1 Member 3" in texts
    assert not [text for text in texts if "Example" in text or "M1" in text]


def test_numbers_too_large_to_be_exact_stand_as_values(tmp_path: Path) -> None:
    criteria = (
        Criterion("A1", "Need", Side.QUALITY, 600_001),
        Criterion("A2", "Cost", Side.COST, 399_999, Method.LOWEST, Basis.UNIT),
    )
    rows = made_round(3, areas=1, scheme=Scheme(criteria, scale_maximum=7, combine=Combine.MEAN))
    odd = tuple(
        replace(a, requested_pence=p, beneficiaries=b)
        for a, p, b in zip(
            rows.applications, (1_234_567, 2_345_679, 3_456_787), (9973, 9967, 9949), strict=True
        )
    )
    found = columns(sheet_of(schedule_of(replace(rows, applications=odd)), tmp_path, values=False))

    assert all(isinstance(total, int | float) for total in found["Total"])
    assert all(str(place).startswith("=") for place in found["Place"])
    assert EXACT_BELOW < 2**53


# The same in LibreOffice


def random_rounds(seed: int) -> RoundRows:
    """Return a small round with ties, not-applicable marks and any scheme, the same for a seed."""
    draw = random.Random(seed)
    rows = made_round(draw.randint(2, 9), areas=draw.randint(1, 2), scheme=_scheme(draw), members=6)
    few = [datetime(2026, 9, 1, 9, 30) + timedelta(minutes=draw.randint(0, 2)) for _ in rows.applications]
    applications = tuple(
        replace(
            a,
            received_at=None if draw.random() < 0.1 else received,
            requested_pence=draw.choice((99_999, 100_000, 250_050, a.requested_pence)),
            withdrawn=draw.random() < 0.1,
        )
        for a, received in zip(rows.applications, few, strict=True)
    )
    low, top = (0, 2) if draw.random() < 0.5 else (0, rows.scheme.scale_maximum)
    return replace(
        rows,
        applications=applications,
        sheets=tuple(replace(s, marks=_marks(draw, rows.scheme, low, top)) for s in rows.sheets),
        agreed=tuple(replace(a, marks=_marks(draw, rows.scheme, low, top)) for a in rows.agreed),
        not_applicable=tuple(_set_aside(draw, rows)),
        chair_decisions=tuple(
            ChairDecisionRow(a.reference, ChairDecisionKind.TIE, draw.randint(1, 3), "by lot")
            for a in rows.applications
            if draw.random() < 0.5
        ),
    )


def _marks(draw: random.Random, scheme: Scheme, low: int, top: int) -> tuple[int, ...]:
    return tuple(draw.randint(low, min(top, scheme.scale_maximum)) for _ in scheme.judged)


def _set_aside(draw: random.Random, rows: RoundRows) -> Iterator[NotApplicableRow]:
    codes = [c.code for c in rows.scheme.criteria]
    for application in rows.applications:
        if rows.scheme.not_applicable_allowed and draw.random() < 0.3:
            yield NotApplicableRow(application.reference, draw.choice(codes), "does not apply")


def _scheme(draw: random.Random) -> Scheme:
    priced = draw.random() < 0.25
    cost = _cost_criterion(draw)
    criteria = (
        Criterion("A1", "Need", Side.QUALITY, 450_000),
        Criterion("A2", "Proof", Side.QUALITY, 225_000),
        Criterion("A3", "Value", Side.COST, 125_000),
        cost,
    )
    if draw.random() < 0.2:
        parts = zip(criteria, (610_000, 390_000), strict=False)
        criteria = tuple(replace(one, weight_1e4=weight) for one, weight in parts)  # type: ignore[assignment]
    rules = ["criterion:A1", "criterion:A2", "quality", "cost", "requested", "received", "chair"]
    draw.shuffle(rules)
    return Scheme(
        criteria,
        scale_maximum=draw.choice((2, 5, 7)),
        combine=draw.choice(list(Combine)),
        ladder=tuple(rules[: draw.randint(0, 7)]),
        ranked_by=RankedBy.PRICE_PER_QUALITY_POINT if priced else RankedBy.TOTAL,
        minimum_quality=Decimal(1) if priced else None,
        not_applicable_allowed=draw.random() < 0.5,
    )


def _cost_criterion(draw: random.Random) -> Criterion:
    method = draw.choice(list(Method))
    plain = Criterion("A4", "Price", Side.COST, 200_000, method, draw.choice(list(Basis)))
    if method is Method.LINEAR:
        return replace(plain, low=Decimal(0), high=Decimal(1000))
    if method is Method.BANDS:
        return replace(plain, bands=(Band(Decimal(20), Decimal(100)), Band(Decimal(500), Decimal("33.5"))))
    return plain


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed; cached values are tested above")
def test_recalculated_by_libreoffice_every_formula_gives_the_value_beside_it(
    tmp_path_factory: pytest.TempPathFactory, times: Times
) -> None:
    folder = tmp_path_factory.mktemp("rounds")
    made = {f"r{seed}.xlsx": schedule_of(random_rounds(seed)) for seed in SEEDS[: times(4, len(SEEDS))]}
    made["incidents.xlsx"] = schedule_of(with_incidents(made_round(24, areas=4)))
    for name, schedule in made.items():
        write_schedule(schedule, folder / name)

    recalculate([folder / name for name in made], folder / "again")

    for name, schedule in made.items():
        assert_same(folder / name, folder / "again" / name, schedule)


def recalculate(paths: list[Path], out: Path) -> None:
    """Have LibreOffice work out every formula anew, whatever value stands beside it."""
    profile = out.parent / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE)
    command = [str(SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    with_fonts = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    arguments = [*command, "--convert-to", "xlsx", "--outdir", str(out), *map(str, paths)]
    subprocess.run(arguments, check=True, capture_output=True, env=with_fonts)


def assert_same(ours: Path, theirs: Path, schedule: AwardSchedule) -> None:
    """Check every formula's value, then scores and places against the ranking itself."""
    formulas = openpyxl.load_workbook(ours)
    values, again = (openpyxl.load_workbook(p, data_only=True) for p in (ours, theirs))
    for sheet in formulas:
        for cell in (c for row in sheet.iter_rows() for c in row if c.data_type == "f"):
            wanted, got = (book[sheet.title][cell.coordinate].value for book in (values, again))
            where = ours.name, sheet.title, cell.coordinate, cell.value
            assert got == pytest.approx(wanted, abs=1e-9), where
    found = columns(again["How scored"])
    assert found["Place"] == [line.place for line in schedule.lines]
    assert found["Total"] == [line.total_1e2 / 100 for line in schedule.lines]
    assert [n > 1 for n in found["Sharing it"]] == [line.tied for line in schedule.lines]


# The tie-breaks themselves, without a spreadsheet


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_the_columns_of_the_tie_breaks_end_at_the_places_of_the_ranking(seed: int) -> None:
    schedule = schedule_of(random_rounds(seed))

    for _, lines in schedule.by_area():
        rules = [rule_keys(schedule.scheme, rule, lines) for rule in tie_breaks(schedule.scheme)]
        last = levels(score_keys(schedule.scheme, lines), rules)[-1]
        assert [above + 1 for above in last] == [line.place for line in lines]
        assert [last.count(above) > 1 for above in last] == [line.tied for line in lines]


@pytest.mark.parametrize("combine", [Combine.CONSENSUS, Combine.MEAN])
@pytest.mark.parametrize(
    "codes", [[f"V{n}" for n in range(1, 8)], ["total", "place", "reference", "numerator 1", "1/0", "a", "b"]]
)
def test_a_rule_compares_its_own_criterion_whatever_its_code(
    codes: list[str], combine: Combine, tmp_path: Path
) -> None:
    scheme = acf_scheme(combine)
    renamed = tuple(replace(c, code=code) for c, code in zip(scheme.criteria, codes, strict=True))
    tie_breaks = (f"criterion:{codes[0]}", f"criterion:{codes[1]}")
    rows = made_round(6, areas=1, scheme=replace(scheme, criteria=renamed, ladder=tie_breaks))

    sheet = sheet_of(schedule_of(rows), tmp_path, values=False)

    headings = {str(cell.value): cell.column_letter for cell in reversed(sheet[HEADINGS])}
    for code in codes[:2]:
        own, above = headings[code], headings[f"Above after {code}"]
        assert f',{own}$8:{own}$13,">"&{own}8)' in sheet[f"{above}8"].value
