"""Applications as page, import, search and papers tell them: answers, gates, choices, endings."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from models.journal.erasing import erase, proved_erasure_of
from models.operations.applications.applications import ImportApplications
from models.operations.applications.corrections import SetWithdrawn
from models.operations.applications.gates import SetChoices, SetGate
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.set_up.fund_changes import SetFund
from models.permissions.viewing import DECLARE_FIRST, OFFICE_VIEWER, YOU_DECLARED, Viewer
from models.queries.applications.applications import GateLine, gates
from models.queries.applications.choices import counted_as
from models.queries.applications.endings import Withdrawal, endings, erasures, withdrawals
from models.queries.applications.gates import (
    lacking_words,
    not_shown_words,
    remark_words,
    says_what_lacks,
    unmet_here,
    unmet_words,
)
from models.queries.applications.merges import import_target
from models.queries.applications.reading import Intake, IntakeLine, findable, intake, readable_answers
from models.queries.set_up.funds import fund_value
from models.record import Record
from models.reference.defaults import FundList, ListItem, ListKind
from models.reference.schemes import shipped_funds
from models.role import Role
from models.values.applications import Choice, ChoicesOf
from models.values.importing import ImportTarget
from models.values.recommending import RecommendationRow
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow
from scoring.written.days import full_day
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import (
    DAY,
)
from tests.models.rounds import (
    OFFICER,
    application,
    assert_replays,
    import_operation,
    load,
    reader,
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


def test_the_reason_and_who_gave_it_stand_beside_a_failed_gate(taken_in: Record) -> None:
    cap = line(ask(taken_in), "ACF-002").gates[1]

    assert (cap.result, cap.set_by) == ("fail", "the program")
    assert cap.reason == "asks £5,200.00, over the cap of £5,000.00 for one award"


def test_of_an_application_in_conflict_nothing_but_its_name_is_told(loaded: Record) -> None:
    closed = line(ask(loaded, viewer=Viewer("", Role.CHAIR, "M2")), "ACF-001")

    assert closed.closed == YOU_DECLARED
    assert closed.row == ApplicationRow("ACF-001", "Allotment Friends 1", area="Coventry")
    assert closed.gates == ()
    assert line(ask(loaded, viewer=Viewer("", Role.CHAIR, "M1")), "ACF-001").closed == ""


def test_an_interest_closes_the_application_in_whatever_role_its_holder_reads(loaded: Record) -> None:
    name = next(row.name for row in workbook_rows().members if row.code == "M2")

    assert line(ask(loaded, viewer=Viewer(name, Role.OFFICER)), "ACF-001").closed == YOU_DECLARED
    assert line(ask(loaded, viewer=Viewer("Grace Okoro", Role.OFFICER)), "ACF-001").closed == ""


def test_everything_is_closed_until_a_member_has_declared(record: Record) -> None:
    rows = workbook_rows()
    load(set_up_office(record), replace(rows, interests=tuple(i for i in rows.interests if i.member == "M2")))

    waiting = ask(record, viewer=reader("M1"))

    assert {one.closed for one in waiting.lines} == {DECLARE_FIRST}
    assert {one.closed for one in ask(record, viewer=reader("M2")).lines} == {"", YOU_DECLARED}


def test_earlier_rounds_of_the_same_organisation_are_joined_by_its_number(loaded: Record) -> None:
    item = RecommendationRow("ACF-001", "part_fund", 70_000, "all that is left")
    loaded.perform(RecordRecommendations(1, (item,)), OFFICER)
    loaded.perform(
        _spring(application(7, organisation="allotment  FRIENDS 1", requested_pence=40_000)), OFFICER
    )

    before = line(ask(loaded, 2), "ACF-007").before

    (earlier,) = before.earlier
    assert (earlier.reference, earlier.round, earlier.outcome) == ("ACF-001", "Autumn", "part_fund")
    assert before.funded_pence == 70_000
    assert before.year_pence == 110_000  # £700.00 recommended in Autumn and £400.00 asked now
    assert (before.is_over, earlier.decided) == (False, "")


def test_another_years_money_does_not_count_towards_this_years_sum(loaded: Record) -> None:
    loaded.perform(RecordRecommendations(1, (RecommendationRow("ACF-001", "fund", 90_000, "fits"),)), OFFICER)
    operation = _spring(application(7, organisation="Allotment Friends 1", requested_pence=40_000))
    loaded.perform(replace(operation, round=RoundKey("Active Citizens Fund", "2027/28", "Spring")), OFFICER)

    before = line(ask(loaded, 2), "ACF-007").before

    assert (before.funded_pence, before.year_pence) == (90_000, 40_000)


def _spring(row: ApplicationRow) -> ImportApplications:
    return ImportApplications(RoundKey("Active Citizens Fund", "2026/27", "Spring"), (row,), ("Coventry",))


SPRING = RoundKey("Active Citizens Fund", "2026/27", "Spring")


def target(record: Record, round_id: int) -> ImportTarget:
    return record.ask(partial(import_target, round_id=round_id))


def test_the_round_brings_its_applications_areas_and_caps(loaded: Record) -> None:
    found = target(loaded, 1)

    assert [row.reference for row in found.existing] == ["ACF-002", "ACF-001", "ACF-003"]
    assert (found.cap_per_award_pence, found.cap_per_organisation_pence) == (500_000, None)
    assert found.remembered.matchings == ()

    # An organisation is known by name or number with what it had this year.
    loaded.perform(RecordRecommendations(1, (RecommendationRow("ACF-001", "fund", 90_000, "fits"),)), OFFICER)
    own = application(9, organisation="Allotment Friends 1", charity_number="1099999", requested_pence=20_000)
    loaded.perform(ImportApplications(SPRING, (own,), ("Coventry",)), OFFICER)
    by_name, by_number, nobody = (
        one.known
        for one in target(loaded, 2).applicants(
            [
                application(1, organisation="ALLOTMENT friends 1"),
                application(1, organisation="New", charity_number="1099999"),
                application(1, organisation="Nobody yet"),
            ]
        )
    )
    assert by_name is not None
    assert by_name == by_number
    assert (by_name.applications, by_name.funded_pence) == (2, 90_000)
    assert by_name.year_pence == 110_000  # £900.00 recommended in Autumn and £200.00 asked in Spring
    assert nobody is None


def test_an_address_that_nobody_gave_is_not_read_beside_the_answers() -> None:
    told = (("Email", "anonymous"), ("Email", "choir@example.org"), ("What is it called?", "anonymous"))

    assert readable_answers(told) == told[1:]


def known(record: Record) -> dict[str, Withdrawal]:
    return dict(record.ask(partial(withdrawals, round_id=1)))


def test_the_day_on_which_an_applicant_withdrew_counts_and_none_that_is_to_come(loaded: Record) -> None:
    friday, today = date(2026, 10, 2), datetime.now(UTC).date()

    said = loaded.perform(SetWithdrawn(1, "ACF-001", True, "They closed", friday), OFFICER)
    first = known(loaded)["ACF-001"]
    undo(loaded, said)
    loaded.perform(SetWithdrawn(1, "ACF-001", True, "They closed"), OFFICER)

    assert first == Withdrawal(friday, "They closed")
    assert known(loaded)["ACF-001"].on not in (friday, None), "without a day it is that of the record"
    with pytest.raises(Refused, match=r"is still to come\. Record it once the applicant has withdrawn\."):
        loaded.perform(SetWithdrawn(1, "ACF-002", True, "They closed", today + timedelta(days=800)), OFFICER)
    assert_replays(loaded)


def test_what_was_decided_is_told_with_its_day_and_why(decided: Record) -> None:
    told = decided.ask(lambda s: endings(s, 1))

    assert told["ACF-001"].startswith(f"Awarded £1,000 on {full_day(DAY)}")
    assert told["ACF-003"] == f"Put in reserve on {full_day(DAY)}"
    found = {row.reference: row.ended for row in decided.ask(lambda s: findable(s, 1, OFFICE_VIEWER))}
    shown = {
        line.row.reference: line.ended for line in decided.ask(lambda s: intake(s, 1, OFFICE_VIEWER)).lines
    }
    assert found == shown == dict(told)

    # An erased application says so.
    found = decided.ask(lambda s: proved_erasure_of(s, ((1, "ACF-001"),), "asked for it.", "Ida Protect"))
    erase(decided, found.operation, OFFICER)
    told = decided.ask(lambda s: erasures(s, 1))
    assert set(told) == {"ACF-001"}
    assert told["ACF-001"].endswith(", by Grace Okoro: asked for it.")
    lines = {
        one.row.reference: one.erased for one in decided.ask(lambda s: intake(s, 1, OFFICE_VIEWER)).lines
    }
    assert lines == {"ACF-001": told["ACF-001"], "ACF-002": "", "ACF-003": ""}


def test_what_was_withdrawn_or_failed_is_told_and_what_is_open_is_not(office: Record) -> None:
    office.perform(import_operation(*(application(number) for number in (1, 2, 3))), OFFICER)
    office.perform(SetWithdrawn(1, "ACF-001", True, "The group was wound up.", date(2026, 11, 3)), OFFICER)
    gate = office.ask(lambda s: gates(s, 1))[0].code
    office.perform(SetGate(1, "ACF-002", gate, "fail", "One person alone"), OFFICER)

    told = office.ask(lambda s: endings(s, 1))

    assert told["ACF-001"] == "Withdrawn on 3 November 2026, because: The group was wound up"
    assert told["ACF-002"].startswith("Not eligible, because: ")
    assert "ACF-003" not in told


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
    ("line", "is_found"),
    [
        ("no constitution", True),
        ("There is no bank account that two people sign for", True),
        ("No other public money pays for the same cost.", False),
        ("no salary is paid from the grant", False),
        ("The applicant is not a statutory body.", False),
    ],
)
def test_what_was_found_to_lack_is_told_from_a_condition(line: str, *, is_found: bool) -> None:
    assert says_what_lacks(line) is is_found


def test_what_the_office_chose_goes_before_what_an_application_says(office: Record) -> None:
    charity = Choice(ListKind.ORGANISATION, "charity", "Registered charity")
    kinds = FundList(ListKind.ORGANISATION, (ListItem(charity.code, charity.words),))
    rules = office.ask(lambda session: fund_value(session, 1)).rules
    office.perform(SetFund("ACF", replace(rules, lists=(kinds,)), rules), OFFICER)
    club = application(1, organisation_type="Sports club")
    office.perform(import_operation(club, application(2, organisation_type="")), OFFICER)
    before = office.ask(partial(counted_as, round_id=1))

    office.perform(SetChoices(1, (ChoicesOf("ACF-001", (charity,)),), ()), OFFICER)

    assert before == {"ACF-001": "Kind of organisation: Sports club", "ACF-002": ""}
    assert (
        office.ask(partial(counted_as, round_id=1))["ACF-001"] == "Kind of organisation: Registered charity"
    )
