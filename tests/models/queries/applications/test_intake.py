"""Applications as page, import, search and papers tell them: answers, gates, choices, endings."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from models.operations.applications.applications import ImportApplications
from models.operations.applications.corrections import SetWithdrawn
from models.operations.applications.gates import SetGate
from models.operations.deciding.recommendations import RecordRecommendations
from models.permissions.viewing import DECLARE_FIRST, OFFICE_VIEWER, YOU_DECLARED, Viewer
from models.queries.applications.applications import GateLine
from models.queries.applications.endings import Withdrawal, endings, withdrawals
from models.queries.applications.gates import (
    BY_RULE,
    lacking_words,
    not_shown_words,
    remark_words,
    unmet_here,
    unmet_words,
)
from models.queries.applications.reading import GateStanding, Intake, IntakeLine, findable, intake
from models.record import Record
from models.reference.schemes import shipped_funds
from models.role import Role
from models.values.recommending import RecommendationRow
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow
from scoring.written.days import full_day
from tests.models.operations.deciding_rounds import DAY
from tests.models.rounds import (
    OFFICER,
    application,
    assert_replays,
    load,
    reader,
    refused,
    set_up_office,
    undo,
    workbook_rows,
)


def ask(record: Record, round_id: int = 1, viewer: Viewer = OFFICE_VIEWER) -> Intake:
    return record.ask(partial(intake, round_id=round_id, viewer=viewer))


def line(found: Intake, reference: str) -> IntakeLine:
    return next(one for one in found.lines if one.row.reference == reference)


def test_a_gate_stands_as_it_was_set_or_as_the_word_for_all_gates(taken_in: Record) -> None:
    taken_in.perform(SetGate(1, "ACF-001", "constituted", "pass"), OFFICER)

    found = {gate.gate.code: (gate.result, gate.own) for gate in line(ask(taken_in), "ACF-001").gates}

    assert found == {"constituted": ("pass", "pass"), "cap": ("pass", "pass"), "team": ("to check", "")}

    # What was withdrawn or failed is told, and what is open is not.
    taken_in.perform(SetWithdrawn(1, "ACF-001", True, "The group was wound up.", date(2026, 11, 3)), OFFICER)
    taken_in.perform(SetGate(1, "ACF-002", "constituted", "fail", "One person alone"), OFFICER)
    told = taken_in.ask(lambda s: endings(s, 1))
    assert told["ACF-001"] == "Withdrawn on 3 November 2026, because: The group was wound up"
    assert told["ACF-002"].startswith("Not eligible, because: ")
    assert "ACF-003" not in told


def test_of_an_application_in_conflict_nothing_but_its_name_is_told(record: Record) -> None:
    rows = workbook_rows()
    load(set_up_office(record), replace(rows, interests=tuple(i for i in rows.interests if i.member == "M2")))

    def closed(*viewer: str) -> str:
        return line(ask(record, viewer=Viewer(*viewer)), "ACF-001").closed

    found = line(ask(record, viewer=Viewer("", Role.CHAIR, "M2")), "ACF-001")
    assert (found.closed, found.gates) == (YOU_DECLARED, ())
    assert found.row == ApplicationRow("ACF-001", "Allotment Friends 1", area="Coventry")

    # So it is in whatever role its holder reads.
    name = next(row.name for row in rows.members if row.code == "M2")
    assert closed(name, Role.OFFICER) == YOU_DECLARED
    assert closed("Grace Okoro", Role.OFFICER) == ""

    # Until a member has declared everything is closed.
    assert {one.closed for one in ask(record, viewer=reader("M1")).lines} == {DECLARE_FIRST}
    assert {one.closed for one in ask(record, viewer=reader("M2")).lines} == {"", YOU_DECLARED}


def test_earlier_rounds_of_the_same_organisation_are_joined_by_its_number(loaded: Record) -> None:
    item = RecommendationRow("ACF-001", "part_fund", 70_000, "all that is left")
    loaded.perform(RecordRecommendations(1, (item,)), OFFICER)
    row = application(7, organisation="allotment  FRIENDS 1", requested_pence=40_000)
    spring = RoundKey("Active Citizens Fund", "2026/27", "Spring")
    loaded.perform(ImportApplications(spring, (row,), ("Coventry",)), OFFICER)

    before = line(ask(loaded, 2), "ACF-007").before

    (earlier,) = before.earlier
    assert (earlier.reference, earlier.round, earlier.outcome) == ("ACF-001", "Autumn", "part_fund")
    assert before.funded_pence == 70_000
    assert before.year_pence == 110_000  # £700.00 recommended in Autumn and £400.00 asked now
    assert (before.is_over, earlier.decided) == (False, "")
    next_year = replace(spring, year="2027/28")
    loaded.perform(ImportApplications(next_year, (row,), ("Coventry",)), OFFICER)
    later = line(ask(loaded, 3), "ACF-007").before
    assert (later.funded_pence, later.year_pence) == (70_000, 40_000), "another year's money does not count"

    # The day on which an applicant withdrew counts, and none that is to come.
    friday, today = date(2026, 10, 2), datetime.now(UTC).date()

    said = loaded.perform(SetWithdrawn(1, "ACF-001", True, "They closed", friday), OFFICER)
    assert loaded.ask(partial(withdrawals, round_id=1))["ACF-001"] == Withdrawal(friday, "They closed")
    undo(loaded, said)
    loaded.perform(SetWithdrawn(1, "ACF-001", True, "They closed"), OFFICER)

    found = loaded.ask(partial(withdrawals, round_id=1))["ACF-001"]
    assert found.on not in (friday, None), "without a day it is that of the record"
    to_come = SetWithdrawn(1, "ACF-002", True, "They closed", today + timedelta(days=800))
    refused(
        r"is still to come\. Record it once the applicant has withdrawn\.", loaded.perform, to_come, OFFICER
    )
    assert_replays(loaded)


SHIPPED = sorted({(gate.question, gate.is_cap) for fund in shipped_funds() for gate in fund.gates})
LETTER = "At our check the answer to “Is a letter there?” was no."


@pytest.mark.parametrize(("question", "is_cap"), SHIPPED)
def test_no_question_of_a_gate_that_ships_is_printed(question: str, is_cap: bool) -> None:
    gate = GateLine(1, "one", question, is_advisory=False, is_cap=is_cap)

    said = (unmet_words(gate), unmet_here(gate, "No rules."), not_shown_words(gate), lacking_words(gate))

    assert not any("?" in words or "“" in words for words in said)
    assert said[1] == f"{said[0]} No rules."


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("", LETTER),
        ("a business run for profit", f"{LETTER} Our check found: a business run for profit."),
        ("It is a shop!", f"{LETTER} It is a shop!"),
        (
            "asks £6,400.50, over the cap of £5,000.00 for one organisation",
            "You asked for £6,400.50. The most for one organisation is £5,000.",
        ),
    ],
)
def test_a_remark_reads_beside_what_was_not_met(found: str, said: str) -> None:
    gate = GateLine(1, "letter", "Is a letter there?", is_advisory=False, is_cap=False)

    assert unmet_here(gate, found) == said
    assert remark_words(found) == said.removeprefix(LETTER).strip()


@pytest.mark.parametrize(
    ("result", "by", "over", "may_pass"),
    [
        ("to check", "", "", True),
        ("to check", "", "asks more than the cap", False),
        ("fail", BY_RULE, "", True),  # a cap was raised since
        ("fail", BY_RULE, "asks more than the cap", False),
        ("fail", "Grace Okoro", "", False),
    ],
)
def test_what_a_raised_cap_lets_in_is_passed_with_others_and_no_person_s_word_is_passed_over(
    result: str, by: str, over: str, *, may_pass: bool
) -> None:
    cap = GateLine(1, "cap", "Is it within the cap?", is_advisory=False, is_cap=True)

    assert GateStanding(cap, result, "why", by, result, over).is_to_pass == may_pass


def test_what_was_decided_is_told_with_its_day_and_why(decided: Record) -> None:
    told = decided.ask(lambda s: endings(s, 1))

    assert told["ACF-001"].startswith(f"Awarded £1,000 on {full_day(DAY)}")
    assert told["ACF-003"] == f"Put in reserve on {full_day(DAY)}"
    found = {row.reference: row.ended for row in decided.ask(lambda s: findable(s, 1, OFFICE_VIEWER))}
    shown = {line.row.reference: line.ended for line in ask(decided).lines}
    assert found == shown == dict(told)
