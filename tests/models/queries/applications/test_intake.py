"""What the Applications page is told, and what it is not told."""

from functools import partial

from msgspec.structs import replace

from models.operations.applications.applications import ImportApplications
from models.operations.applications.gates import SetGate
from models.operations.deciding.recommendations import RecordRecommendations
from models.permissions.viewing import DECLARE_FIRST, OFFICE_VIEWER, YOU_DECLARED, Viewer
from models.queries.applications.reading import Intake, IntakeLine, intake
from models.record import Record
from models.role import Role
from models.values.recommending import RecommendationRow
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow
from tests.models.rounds import (
    OFFICER,
    application,
    import_operation,
    load,
    reader,
    set_up_office,
    workbook_rows,
)


def ask(record: Record, round_id: int = 1, viewer: Viewer = OFFICE_VIEWER) -> Intake:
    return record.ask(partial(intake, round_id=round_id, viewer=viewer))


def line(found: Intake, reference: str) -> IntakeLine:
    return next(one for one in found.lines if one.row.reference == reference)


def test_a_gate_stands_as_it_was_set_or_as_the_word_for_all_gates(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    record.perform(SetGate(1, "ACF-001", "constituted", "pass"), OFFICER)

    found = {gate.gate.code: (gate.result, gate.own) for gate in line(ask(record), "ACF-001").gates}

    assert found == {"constituted": ("pass", "pass"), "cap": ("pass", "pass"), "team": ("to check", "")}


def test_the_reason_and_who_gave_it_stand_beside_a_failed_gate(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)

    cap = line(ask(record), "ACF-002").gates[1]

    assert (cap.result, cap.set_by) == ("fail", "the program")
    assert cap.reason == "asks £5,200.00, over the cap of £5,000.00 for one award"


def test_sheets_handed_in_and_agreed_marks_are_counted(record: Record) -> None:
    load(set_up_office(record))

    found = ask(record)

    assert (line(found, "ACF-001").handed_in, line(found, "ACF-001").is_agreed) == (1, True)
    assert (line(found, "ACF-002").handed_in, line(found, "ACF-002").is_agreed) == (0, False)


def test_of_an_application_in_conflict_nothing_but_its_name_is_told(record: Record) -> None:
    load(set_up_office(record))

    closed = line(ask(record, viewer=Viewer("", Role.CHAIR, "M2")), "ACF-001")

    assert closed.closed == YOU_DECLARED
    assert closed.row == ApplicationRow("ACF-001", "Allotment Friends 1", area="Coventry")
    assert closed.gates == ()
    assert line(ask(record, viewer=Viewer("", Role.CHAIR, "M1")), "ACF-001").closed == ""


def test_an_interest_closes_the_application_in_whatever_role_its_holder_reads(record: Record) -> None:
    load(set_up_office(record))
    name = next(row.name for row in workbook_rows().members if row.code == "M2")

    assert line(ask(record, viewer=Viewer(name, Role.OFFICER)), "ACF-001").closed == YOU_DECLARED
    assert line(ask(record, viewer=Viewer("Grace Okoro", Role.OFFICER)), "ACF-001").closed == ""


def test_everything_is_closed_until_a_member_has_declared(record: Record) -> None:
    rows = workbook_rows()
    load(set_up_office(record), replace(rows, interests=tuple(i for i in rows.interests if i.member == "M2")))

    waiting = ask(record, viewer=reader("M1"))

    assert {one.closed for one in waiting.lines} == {DECLARE_FIRST}
    assert {one.closed for one in ask(record, viewer=reader("M2")).lines} == {"", YOU_DECLARED}


def test_earlier_rounds_of_the_same_organisation_are_joined_by_its_number(record: Record) -> None:
    load(set_up_office(record))
    item = RecommendationRow("ACF-001", "part_fund", 70_000, "all that is left")
    record.perform(RecordRecommendations(1, (item,)), OFFICER)
    record.perform(
        _spring(application(7, organisation="allotment  FRIENDS 1", requested_pence=40_000)), OFFICER
    )

    before = line(ask(record, 2), "ACF-007").before

    (earlier,) = before.earlier
    assert (earlier.reference, earlier.round, earlier.outcome) == ("ACF-001", "Autumn", "part_fund")
    assert before.funded_pence == 70_000
    assert before.year_pence == 110_000  # £700.00 recommended in Autumn and £400.00 asked now
    assert (before.is_over, earlier.decided) == (False, "")


def test_another_years_money_does_not_count_towards_this_years_sum(record: Record) -> None:
    load(set_up_office(record))
    record.perform(RecordRecommendations(1, (RecommendationRow("ACF-001", "fund", 90_000, "fits"),)), OFFICER)
    operation = _spring(application(7, organisation="Allotment Friends 1", requested_pence=40_000))
    record.perform(replace(operation, round=RoundKey("Active Citizens Fund", "2027/28", "Spring")), OFFICER)

    before = line(ask(record, 2), "ACF-007").before

    assert (before.funded_pence, before.year_pence) == (90_000, 40_000)


def _spring(row: ApplicationRow) -> ImportApplications:
    return ImportApplications(RoundKey("Active Citizens Fund", "2026/27", "Spring"), (row,), ("Coventry",))
