"""The rows of the ranked table say what the ranking says, in its order and words."""

from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

from gui.app import Window
from gui.pages.deciding.ranking.page import RankingPage
from gui.pages.deciding.ranking.state import otherwise_words, pots, summary
from gui.settings import Settings
from gui.tables.columns import Across, Rule
from gui.tables.ranking.lines import table_rows
from gui.tables.ranking.rows import (
    EXTRA_NAMES,
    Kind,
    TableRow,
    Wanted,
)
from models.operations.deciding.recommendations import proposed
from models.queries.deciding.round_list import RoundList, decided_words, round_list
from models.values.recommending import recommendation
from models.values.rows import RoundRows, scored_round
from scoring.allocating.over_pot import with_allowances
from scoring.money import short_pounds
from scoring.rank import rank
from scoring.ranking import Allowance
from scoring.scheme import Allocation
from tests.gui.builders import WOLVERHAMPTON, whole_round, wolverhampton_round
from tests.gui.ranking_rounds import CLOSED, interested_round, show, two_member_round

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def ranked(rows: RoundRows) -> tuple[RoundList, dict[str, str]]:
    return round_list(rank(scored_round(rows)), ()), {a.reference: a.project for a in rows.applications}


def shown(rows: RoundRows, wanted: Wanted) -> tuple[TableRow, ...]:
    return table_rows(*ranked(rows), wanted)


def test_a_tie_is_printed_with_an_equals_sign_and_spoken_as_equal() -> None:
    rows = shown(wolverhampton_round(), Wanted(WOLVERHAMPTON))

    tied = [row for row in rows if row.place == "=4"]
    assert [row.name for row in tied] == ["W-009", "W-021"]
    assert tied[0].spoken == (
        "Place equal 4, W-009, Low Hill Community Larder, total 82.00, fund £2,400, "
        "running total £12,430 of £30,000"
    )


def tolerant_round(pot_pounds: int) -> RoundRows:
    """Return Wolverhampton's round with 5 % published, in the name of A. Example."""
    rows = wolverhampton_round(pot_pounds=pot_pounds, allocation=Allocation.STOP)
    scheme = replace(
        rows.scheme, tolerance_percent=Decimal(5), tolerance_authority="A. Example, Commissioner"
    )
    return replace(rows, scheme=scheme)


def test_the_line_is_at_the_pot_and_a_second_one_where_the_tolerance_ends() -> None:
    # 4,800 + 3,250 + 1,980 + 2,400 + 4,950 + 3,600 + 4,400 + 2,750 = 28,130, of 27,000 and 1,350
    rows = shown(tolerant_round(27_000), Wanted(WOLVERHAMPTON))

    kinds = [row.kind for row in rows]
    pot, end = kinds.index(Kind.BUDGET), kinds.index(Kind.TOLERANCE)
    assert rows[pot - 1].running == "£25,380"
    assert rows[end - 1].running == "£28,130"
    assert rows[pot].words == "Budget line · £27,000 pot · £1,130 over, within tolerance"
    assert rows[end].words == "Tolerance ends · £1,350 tolerance · £220 of it left"
    assert rows[pot].across == Across(rows[pot].words, rule=Rule.WHOLE)
    assert rows[end].across == Across(rows[end].words, rule=Rule.BROKEN)
    assert rows[pot].tip == (
        "Wolverhampton: £1,130 over the pot, allowed by A. Example, Commissioner: the published tolerance of "
        "5%."
    )
    assert rows[0].spoken.endswith("running total £4,800 of £27,000")


def test_both_lines_stand_together_while_the_pot_is_not_passed() -> None:
    rows = shown(tolerant_round(30_000), Wanted(WOLVERHAMPTON))

    at = [row.kind for row in rows].index(Kind.BUDGET)
    assert [row.words for row in rows[at : at + 2]] == [
        # 30,000 − 28,130; the ninth asks 3,700
        "Budget line · £30,000 pot · £1,870 left · part-fund would give W-019 £1,870 of £3,700",
        "Tolerance ends · £1,500 tolerance · £1,500 of it left",
    ]


def test_what_was_allowed_later_stands_under_the_tolerance_by_name() -> None:
    rows = tolerant_round(26_000)  # 1,300 of tolerance: 27,300
    later = Allowance(WOLVERHAMPTON, 100_000, "Jo Sample", "Chief Executive", "one project")
    ranking = with_allowances(rank(scored_round(rows)), (later,))
    recorded = [r for r in proposed(ranking) if r.outcome == "fund"]
    eighth = next(s for s in ranking.standings if s.place == 8)
    more = recommendation(eighth, "fund", eighth.requested_pence, "one")
    listed = round_list(ranking, (*recorded, more))

    found = table_rows(listed, {}, Wanted(WOLVERHAMPTON))
    end = next(row for row in found if row.kind is Kind.TOLERANCE)

    assert end.words == "Tolerance ends · £1,300 tolerance · £830 past it, allowed"
    assert pots(listed)[0].words == "£2,130 over, allowed"
    assert "£830 allowed by Jo Sample, Chief Executive (up to £1,000): one project" in pots(listed)[0].tip
    assert not pots(listed)[0].is_over
    assert summary(listed, WOLVERHAMPTON).count("£26,000 in the pot, £1,300 tolerance.") == 1


def test_the_summary_counts_and_adds_what_is_shown() -> None:
    listed, _ = ranked(wolverhampton_round())

    # 43,580 asked by the thirteen, 2,900 by the one not ranked
    assert summary(listed, WOLVERHAMPTON) == (
        "Wolverhampton: 13 ranked, 1 incomplete. £46,480 requested, £30,000 in the pot. "
        "The rule proposes £30,000 for 9."
    )
    rows = wolverhampton_round()
    gone = replace(rows.applications[-1], withdrawn=True)
    without, _ = ranked(replace(rows, applications=(*rows.applications[:-1], gone)))
    asked = sum(one.requested_pence for one in rows.applications[:-1])
    assert f" {short_pounds(asked)} requested, " in summary(without, WOLVERHAMPTON), "as Overview has it"
    first = listed.of_area(WOLVERHAMPTON)[0]
    of, second = first.standing.reference, listed.of_area(WOLVERHAMPTON)[1].standing.reference
    told = otherwise_words(listed, WOLVERHAMPTON, {of: 100_000}, {second: None})
    decided, waiting = told.split("\n")
    assert decided.startswith(f"Decided otherwise than the list: {of} £1,000, the list £")
    words = f"Not signed by all yet, and otherwise than the list: {second} no money, the list £"
    assert waiting.startswith(words)


def test_pots_say_what_is_left_and_all_areas_come_first() -> None:
    listed, _ = ranked(whole_round())

    words = {pot.name: pot.words for pot in pots(listed)}
    assert next(iter(words)) == "All areas"
    assert words["Birmingham East"] == "Fully used"
    assert words["Birmingham West"] == "Not ranked yet"
    assert words["Coventry"] == "£1,700 left"  # 19,000 − (4,100 + 4,250 + 4,400 + 4,550)
    assert words["Sandwell"] == "£2,140 over"
    line = shown(whole_round(), Wanted("Sandwell"))[0]
    # pot 3,000 − 5,140 committed before = −2,140
    assert line.words == "Budget line · £3,000 pot · £5,140 committed before · £2,140 over"
    assert line.across.is_over

    listed, _ = ranked(tolerant_round(27_000))

    assert pots(listed)[0].spoken == "Wolverhampton, £1,130 over, within tolerance, the pot £27,000"
    blind = pots(listed, waiting=["Wolverhampton"])[0]
    assert (blind.words, blind.used_1e3) == ("Not ranked yet", 0), "others' marks wait for one's own"


def test_what_was_decided_otherwise_is_told_with_both_figures() -> None:
    given = (("W-001", 100_000), ("W-002", 50_000), ("W-003", None), ("W-004", 1))

    words = decided_words(given, {"W-001": 100_000, "W-002": None, "W-003": 70_000}, short_pounds)

    assert words == (
        "Decided otherwise than the list: W-002 no money, the list £500; W-003 £700, the list none."
    )
    many = [(f"W-{number}", 100) for number in range(8)]
    assert decided_words(many, {of: 200 for of, _ in many}, short_pounds).endswith("; and 2 more.")
    assert decided_words(given, {}, short_pounds) == ""


@pytest.fixture
def page(window: Window, tmp_path: Path) -> RankingPage:
    rows = two_member_round()
    first = replace(rows.applications[0], beneficiaries=64)
    rows = replace(rows, applications=(first, *rows.applications[1:]))
    return show(window, tmp_path / "columns.panel", rows).main.ranking


def tick(window: Window, *names: str) -> None:
    for name in names:
        window.main.actions_by_name[f"column_{name}"].setChecked(True)


def test_ticked_columns_are_shown_before_the_outcome_and_remembered(
    window: Window, page: RankingPage, settings: Settings
) -> None:
    tick(window, "sheets", "quality", "each", "for")
    model = page.table.model()
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]

    assert heads[-5:] == ["Quality", "Sheets", "Per person", "What it is for", "Outcome"]
    said = [model.index(0, n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(6, 10)]
    # W-014: quality (5·25 + 4·15·3 + 5·10) / 5 / 80 = 71 of 80; £4,800 for 64 people
    assert said == ["quality 88.75 of 100", "sheets that count: 2", "£75.00 for each person", "for –"]
    assert settings.columns == ("quality", "sheets", "each", "for")


def test_further_figures_of_what_is_closed_stay_closed(window: Window, tmp_path: Path) -> None:
    page = show(window, tmp_path / "closed.panel", interested_round()).main.ranking
    tick(window, *EXTRA_NAMES)

    row = next(row for row in page.table.rows if row.name == CLOSED)

    assert row.extra == {}
