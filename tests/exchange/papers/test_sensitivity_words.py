"""How sure a list is, in sentences and in a schedule, no member named."""

from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from exchange.papers.paper_check import compared
from exchange.papers.paper_reading import read_paper
from exchange.papers.schedule.schedule_sheets import BESIDE_THE_LIST
from exchange.papers.sensitivity_words import (
    SAID,
    SHEET,
    Known,
    hold_words,
    optimal_notes,
    sensitivity_rows,
    share_words,
    swaps_words,
)
from models.values.rows import MemberRow, RoundRows, scored_round
from scoring.explaining.what_if import MeetingEffect
from scoring.marks.sheets import Severity
from scoring.rank import rank
from scoring.scheme import Combine
from scoring.sensitivity.list_sensitivity import End, ListSensitivity, list_sensitivity, round_sensitivity
from tests.exchange.schedule_rounds import acf_scheme, made_round, schedule_of, write_schedule
from tests.scoring.builders import simple_round
from tests.scoring.sensitivity.test_list_sensitivity import found_of, two_area_round
from tests.scoring.sensitivity.test_split import crossing_round

ALL = Known({"M1": "Grace Okoro"})


def test_the_interval_says_who_enters_and_leaves_and_a_tie_at_its_end_is_the_chairs() -> None:
    words = SAID.split(found_of(two_area_round(), "Coventry"), ALL)

    assert words == "Same list from 60.1 to 100; at 60 B enters and A leaves."

    words = SAID.split(found_of(crossing_round()), ALL)

    assert words == "Same list from 60.1 to 100; at 60 A and B tie and the chair would decide."
    assert SAID.end(End(500, (), (), ("X", "Z"), ("Y",)), ALL).endswith("and Y would wait for that")


def test_what_is_closed_to_a_reader_is_only_counted() -> None:
    own = Known(closed={"A"})

    assert SAID.split(found_of(crossing_round()), own).endswith(
        "at 60 B and an application closed to you tie and the chair would decide."
    )
    without = found_of(crossing_round()).without[0]
    assert "Group A" not in SAID.without(without, own, False)
    assert "an application closed to you" in SAID.without(without, own, False)
    on_mean = SAID.without(without, own, True)
    assert on_mean.startswith("Without M1, the list by the mean of marks changes: ")


@pytest.mark.parametrize(
    ("funded", "words"),
    [(10_000, "every draw"), (9_999, "99% of draws"), (0, "no draw"), (1, "under 1% of draws")],
)
def test_a_share_is_all_only_when_it_is(funded: int, words: str) -> None:
    assert share_words(funded, 10_000) == words


def test_severity_is_not_said_under_five_and_never_from_nought() -> None:
    assert SAID.severity(Severity("M1", (0,) * 4, None), ALL) == (
        "Grace Okoro: not stated, under five shared applications."
    )
    # 5/12 = 0.41666… rounds half up to 0.42
    assert SAID.severity(Severity("M1", (0,) * 12, Fraction(-5, 12)), ALL) == (
        "Grace Okoro marks 0.42 below the others on average, over 12 applications."
    )
    assert "as the others do" in SAID.severity(Severity("M1", (0,) * 12, Fraction(0)), ALL)


def test_a_reversed_order_is_never_called_that_of_the_others() -> None:
    assert SAID.severity(Severity("M1", (0,) * 6, Fraction(0), pairs=15, opposed=14), ALL) == (
        "Grace Okoro puts the applications in the reverse of the others’ order: 14 of 15 pairs are the other "
        "way round. Ask whether they read the scale upside down."
    )


def test_the_challengers_differences_and_proof() -> None:
    round_ = simple_round({"A": 80, "B": 70, "C": 70}, pot=1000, asks={"A": 600, "B": 500, "C": 500})
    found = found_of(round_)

    assert swaps_words(found, ALL) == ("Coventry: takes B and C, together £1,000, in place of A, £600.",)
    # 70 × 1,000 and 80 × 600
    assert optimal_notes(found) == (
        "Points times pounds, added up: 70,000 for this choice, 48,000 for the list. "
        "Proven: no choice of whole offers is worth more.",
        "It counts points times pounds, so it favours large applications. It changes nothing.",
    )
    late = replace(found, challenger=replace(found.challenger, gap_1e4=25))
    assert "at most 0.25% may be missing" in optimal_notes(late)[0]


def test_each_application_is_told_its_own_draws_and_none_where_nothing_is_drawn() -> None:
    found = sensitivity_of(made_round(12, scheme=acf_scheme(Combine.MEAN))).round_sensitivity
    assert found.draws is not None
    shares = {one.reference: share_words(one.funded, found.draws.count) for one in found.draws.applications}

    told = {hold.reference: words for hold, words in hold_words(found, ALL)}
    assert told.keys() == shares.keys()
    assert all(words.endswith(f" fund it in {shares[of]}.") for of, words in told.items())
    assert not any("Random weights" in words for _, words in hold_words(replace(found, draws=None), ALL))


HOSTILE = '=HYPERLINK("http://127.0.0.1","x") <b>unclosed &'


def hostile_round() -> RoundRows:
    """Return a round of means whose first organisation and members are called what no reader may run."""
    rows = made_round(12, scheme=acf_scheme(Combine.MEAN))
    first = replace(rows.applications[0], organisation=HOSTILE)
    members = tuple(MemberRow(m.code, f"Member Named {m.code}", m.role) for m in rows.members)
    return replace(rows, applications=(first, *rows.applications[1:]), members=members)


def sensitivity_of(rows: RoundRows, area: str | None = None) -> ListSensitivity:
    round_ = scored_round(rows)
    return list_sensitivity(round_sensitivity(round_, rank(round_), [m.code for m in rows.members]), area)


def test_the_sheet_holds_every_sentence_as_text_and_is_there_only_when_asked_for(tmp_path: Path) -> None:
    rows = hostile_round()
    found = sensitivity_of(rows)

    path = write_schedule(schedule_of(rows), tmp_path / "s.xlsx", sure=found)
    sheet = openpyxl.load_workbook(path)[SHEET]

    assert sheet["A2"].value == BESIDE_THE_LIST
    cells = [(a.value, b.value) for a, b in sheet.iter_rows(min_row=5, max_col=2)]
    assert cells == list(sensitivity_rows(found))
    assert {cell.data_type for row in sheet.iter_rows(min_row=5, max_col=2) for cell in row} == {"s"}
    assert any(HOSTILE in about for about, _ in cells)

    schedule = schedule_of(rows)
    plain = write_schedule(schedule, tmp_path / "plain.xlsx")
    full = write_schedule(schedule, tmp_path / "full.xlsx", sure=sensitivity_of(rows))

    assert SHEET not in openpyxl.load_workbook(plain).sheetnames
    assert openpyxl.load_workbook(full).sheetnames[-1] == SHEET
    assert compared(read_paper(full), read_paper(plain)) == ()


def test_every_ranked_application_is_told_of_once_and_no_member_is_named() -> None:
    found = sensitivity_of(hostile_round())
    lines = [(about, words) for about, words in sensitivity_rows(found) if "ACF-" in about]
    told = [one.split(" ")[0] for about, _ in lines for one in about.split("; ")]

    assert sorted(told) == sorted(hold.reference for hold in found.round_sensitivity.holds.applications)
    assert len({words for _, words in lines}) == len(lines) < len(told)

    rows = hostile_round()
    text = "\n".join(words for _, words in sensitivity_rows(sensitivity_of(rows)))

    assert "Member Named" not in text
    assert not [m.code for m in rows.members if m.code in text.split()]


def test_what_the_meeting_changed_names_who_crossed_the_line_and_the_largest_change() -> None:
    known = Known(closed=frozenset({"V-2"}))
    effect = MeetingEffect(5, ("V-1", "V-2"), "V-1", 6_150, 7_200)

    assert SAID.meeting(effect, known) == (
        "2 of 5 applications crossed the budget line: V-1 and an application closed to you. The largest "
        "change is V-1: 61.50 by the mean of the members’ marks, 72.00 by the agreed marks."
    )
    assert SAID.meeting(MeetingEffect(5, (), "V-1", 6_150, 6_150), known) == (
        "0 of 5 applications crossed the budget line."
    )
    assert SAID.only_agreed(("V-3",), known) == (
        "This is about the applications whose marks the panel has agreed. Not among them: V-3."
    )
