"""Correcting, withdrawing and keeping apart: what was submitted is never edited, and stays beside it."""

import re
from datetime import date

import pytest
from msgspec.structs import replace
from sqlalchemy import CheckConstraint

from models.journal.erasing import erase, erasure_of
from models.journal.verify import verify
from models.operation import Actor
from models.operations.applications.applications import ImportApplications, RemoveApplications
from models.operations.applications.corrections import (
    Change,
    ChangeApplications,
    CorrectApplication,
    KeepApart,
    SetWithdrawn,
    changes_between,
)
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.set_up.areas import MoveAreas
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.applications import (
    applications,
    as_submitted,
    corrections,
    gate_results,
    kept_apart,
    submitted_applications,
)
from models.queries.applications.endings import withdrawals
from models.queries.applications.merges import import_target, went_before
from models.queries.applications.reading import findable, intake
from models.queries.history import history
from models.queries.panel.panel_board import panel_board
from models.queries.panel.score_sheets import to_be_scored
from models.record import Record
from models.schema.applications import correction_table
from models.store.chain import entries as journal_entries
from models.values.applications import CORRECTABLE, Correction, as_read, text_of
from models.values.recommending import RecommendationRow
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow, AsSubmitted, Replaced, SubmittedCell
from scoring.written.text import Refused
from tests.models.rounds import KEY, OFFICER, application, import_operation, refuses, set_up_office, undo

MEMBER = Actor("Tom Hale", "member")


def rows(record: Record) -> dict[str, ApplicationRow]:
    return {row.reference: row for row in record.ask(lambda s: applications(s, 1))}


def row(record: Record, reference: str = "ACF-001") -> ApplicationRow:
    return rows(record)[reference]


def told(record: Record) -> list[str]:
    """Return what History tells beside its labels, the newest first."""
    return [line.detail for line in record.ask(lambda s: history(s, OFFICE_VIEWER))]


def correcting(record: Record, reference: str = "ACF-001", **values: object) -> CorrectApplication:
    before = row(record, reference)
    after = replace(before, **values)  # type: ignore[arg-type]
    return CorrectApplication(1, reference, changes_between(before, after), "mistyped")


def test_a_correction_is_in_force_and_what_was_submitted_is_kept(taken_in: Record) -> None:
    before = row(taken_in)
    operation = correcting(
        taken_in,
        requested_pence=410_000,
        start_on=date(2027, 1, 4),
        constitution_held=True,
        postcode="WV1 1AA",
    )

    outcome = taken_in.perform(operation, OFFICER)

    assert row(taken_in).requested_pence == 410_000
    assert row(taken_in).start_on == date(2027, 1, 4)
    submitted = taken_in.ask(lambda session: submitted_applications(session, 1))
    assert before in submitted
    undo(taken_in, outcome)
    assert row(taken_in) == before
    assert taken_in.ask(lambda session: corrections(session, 1)) == ()
    # A second correction keeps what was submitted, and one back leaves none.
    taken_in.perform(correcting(taken_in, project="Allotment two"), OFFICER)
    taken_in.perform(correcting(taken_in, project="Allotment three"), OFFICER)

    (kept,) = taken_in.ask(lambda session: corrections(session, 1))
    assert (kept.value, kept.submitted) == ('"Allotment three"', '"Project 1"')
    refuses(taken_in, "There are corrections to ACF-001", RemoveApplications(1, ("ACF-001",)))
    taken_in.perform(correcting(taken_in, project="Project 1"), OFFICER)
    assert taken_in.ask(lambda session: corrections(session, 1)) == ()


def test_a_number_that_joins_strangers_is_named_as_it_is_corrected(taken_in: Record) -> None:
    first, second, *_ = rows(taken_in).values()
    one = taken_in.perform(correcting(taken_in, first.reference, charity_number="5000000"), OFFICER)
    assert "counts as one organisation" not in one.words

    two = taken_in.perform(
        correcting(taken_in, second.reference, organisation="Rowan Readers", charity_number="5000000"),
        OFFICER,
    )

    assert f"It counts as one organisation with {first.organisation} by its registered number." in two.words
    assert "Keep apart" in two.words
    back = taken_in.perform(correcting(taken_in, second.reference, charity_number="5000001"), OFFICER)
    assert "counts as one organisation" not in back.words


def test_no_project_is_corrected_to_end_before_it_starts(record: Record) -> None:
    days = {"start_on": date(2027, 3, 1), "end_on": date(2027, 1, 31)}  # as the applicant wrote them
    set_up_office(record).perform(import_operation(application(1, **days)), OFFICER)

    with pytest.raises(
        Refused, match=r"ends on 31 January 2027, before it starts on 2 March 2027\. Correct both"
    ):
        record.perform(correcting(record, start_on=date(2027, 3, 2)), OFFICER)
    outcome = record.perform(correcting(record, end_on=date(2027, 3, 31)), OFFICER)
    undo(record, outcome)
    assert row(record).end_on == date(2027, 1, 31)


def test_a_correction_needs_a_reason_a_change_a_known_field_and_what_stands_there(taken_in: Record) -> None:
    good = correcting(taken_in, project="Another")

    refuses(taken_in, "Say why", replace(good, reason=" "))
    refuses(taken_in, "Nothing of ACF-001", replace(good, changes=()))
    refuses(taken_in, "cannot be corrected", replace(good, changes=(Change("answers", "[]", "[]"),)))
    refuses(taken_in, "in the meantime", replace(good, changes=(Change("project", '"x"', '"y"'),)))
    refuses(taken_in, "An officer or the chair", good, MEMBER)
    for blank in (" ", "\ue001"):
        nameless = correcting(taken_in, organisation=blank)
        refuses(taken_in, "needs an organisation", nameless)
    refuses(taken_in, "above £0.00", correcting(taken_in, requested_pence=0))

    # Two that look alike are kept, whichever is named first.
    outcome = taken_in.perform(KeepApart(1, "ACF-002", "ACF-001", reason="two projects"), OFFICER)
    kept = taken_in.ask(lambda session: kept_apart(session, 1))

    undo(taken_in, outcome)

    assert kept == (("ACF-001", "ACF-002"),)
    assert taken_in.ask(lambda session: kept_apart(session, 1)) == ()
    refuses(taken_in, "is a single application", KeepApart(1, "ACF-001", "ACF-001"))


def test_withdrawing_needs_a_reason_and_is_undone(taken_in: Record) -> None:
    refuses(taken_in, "Say why", SetWithdrawn(1, "ACF-001", is_withdrawn=True))
    with pytest.raises(Refused, match="An officer or the chair"):
        taken_in.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="asked"), MEMBER)

    outcome = taken_in.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="asked"), OFFICER)
    assert row(taken_in).withdrawn
    refuses(taken_in, "is withdrawn already", SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="asked"))
    undone = undo(taken_in, outcome)

    assert not row(taken_in).withdrawn
    assert undone.words == "ACF-001 is reinstated."
    refuses(taken_in, "is not withdrawn already", SetWithdrawn(1, "ACF-001", is_withdrawn=False))

    # Taking up again is undone, and the withdrawal keeps its reason and day.
    gone_on = date(2026, 9, 14)
    taken_in.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="asked", on=gone_on), OFFICER)
    for why in ("", "They asked again."):
        taken_up = SetWithdrawn(1, "ACF-001", is_withdrawn=False, reason=why)
        assert undo(taken_in, taken_in.perform(taken_up, OFFICER)).inverse == taken_up
        assert row(taken_in).withdrawn
        assert taken_in.ask(lambda s: withdrawals(s, 1)) == {"ACF-001": (gone_on, "asked")}


def test_nothing_is_corrected_once_recommended_or_moves_between_areas_at_two_stages(loaded: Record) -> None:
    part = RecommendationRow("ACF-001", "part_fund", 90_000, "fits")
    loaded.perform(RecordRecommendations(1, (part,)), OFFICER)
    refuses(loaded, "has recommendations", correcting(loaded, project="Another"))
    refuses(loaded, "Coventry has", correcting(loaded, "ACF-002", area="Coventry"))

    loaded.perform(RecordRecommendations(1, (), ("ACF-001",)), OFFICER)
    loaded.perform(MoveAreas(1, ("Dudley",), "scoring"), Actor("Priya Nair", "chair"))
    refuses(loaded, "not from Coventry to Dudley", correcting(loaded, area="Dudley"))
    refuses(loaded, "There is no area Walsall", correcting(loaded, area="Walsall"))


WHY = "typed at the import of form.xlsx"
ROW = application(9, requested_pence=150_000, match_funding_pence=85_000, area="Dudley")
TOLD = AsSubmitted(
    "ACF-009",
    (
        SubmittedCell("amount_requested", "How much?", "500 own funds"),
        SubmittedCell("match_funding", "Match", ""),
        SubmittedCell("project", "Name of project"),
        SubmittedCell("area", "Which areas will you deliver in?", "Northmarch; Southmarch"),
    ),
    (
        Replaced("requested_pence", "null", WHY),
        Replaced("match_funding_pence", "null", WHY),
        Replaced("area", "null", "matched at the import of form.xlsx"),
        Replaced("answers", '[["More","as it was"]]', WHY),
        Replaced("received_has_time", "true", WHY),
        Replaced("contact_name", '"A. Applicant"', WHY),
        Replaced("reference", '"ACF-001"', WHY),
    ),
)


def importing(row: ApplicationRow = ROW, told: AsSubmitted = TOLD) -> ImportApplications:
    return replace(import_operation(row, areas=()), submitted=(told,))


MORE_MATCHED = CorrectApplication(
    1, "ACF-009", (Change("match_funding_pence", "90000", "85000"),), "they rang"
)


def made(record: Record) -> dict[str, Correction]:
    return {one.field: one for one in record.ask(lambda s: corrections(s, 1)) if one.application == "ACF-009"}


@pytest.mark.both_engines
def test_what_was_typed_at_an_import_is_a_correction_beside_what_was_submitted(taken_in: Record) -> None:
    taken_in.perform(importing(replace(ROW, contact_name="Ann Applicant")), OFFICER)
    found = made(taken_in)
    assert found["requested_pence"].was == "“500 own funds”"
    assert found["requested_pence"].now == "£1,500.00"
    assert found["requested_pence"].reason == WHY
    assert found["requested_pence"].corrected_by == OFFICER.name
    assert found["match_funding_pence"].was == "nothing"
    assert found["area"].was == "“Northmarch; Southmarch”"
    first = {row.reference: row for row in taken_in.ask(lambda s: submitted_applications(s, 1))}
    assert row(taken_in, "ACF-009").match_funding_pence == 85_000
    assert first["ACF-009"].match_funding_pence is None
    assert first["ACF-009"].requested_pence == 150_000  # there was none, and an application needs one
    assert verify(taken_in).sound
    # An erasure takes the cells in the table and the journal.
    found = taken_in.ask(lambda s: erasure_of(s, [(1, "ACF-009")], "end of term", "Sam Example"))
    erase(taken_in, found.operation, OFFICER)

    (told,) = taken_in.ask(lambda s: as_submitted(s, 1, {"ACF-009"}))
    assert told.cells == ()
    assert "contact_name" not in {one.field for one in told.corrected}
    assert made(taken_in)["match_funding_pence"].value == text_of(85_000)
    assert "own funds" not in "".join(
        entry.body or "" for entry in taken_in.ask(lambda s: tuple(journal_entries(s)))
    )
    assert verify(taken_in).sound


def test_the_correction_says_who_when_and_why(office: Record) -> None:
    office.perform(import_operation(), OFFICER)
    row = replace(ROW, answers=(("More", "as typed"),), contact_name="Ann Applicant")
    office.perform(importing(row), OFFICER)
    words = made(office)["match_funding_pence"].words

    assert words.startswith(
        f"Match funding corrected to £850.00, submitted as nothing: {WHY}, {OFFICER.name} on "
    )

    # The office reads the cells and the first answers.
    (line,) = (one for one in office.ask(lambda s: intake(s, 1, OFFICE_VIEWER)).lines if one.cells)
    assert line.cells == TOLD.cells
    assert line.row.answers == (("More", "as typed"),)
    assert line.submitted is not None
    assert line.submitted.answers == (("More", "as it was"),)
    assert made(office)["answers"].was == "“as it was”"

    # History tells the corrections and no contact.
    detail = told(office)[0]
    assert "ACF-009, Match funding: £850.00 (was nothing)" in detail
    assert "ACF-009, Amount requested: £1,500.00 (was “500 own funds”)" in detail
    assert "ACF-009, Contact: typed at the import of form.xlsx;" in detail, "why, as of a later one"
    assert "Applicant" not in detail

    # A later correction keeps what was submitted.
    outcome = office.perform(MORE_MATCHED, OFFICER)
    matched = made(office)["match_funding_pence"]
    assert (matched.now, matched.was) == ("£900.00", "nothing")
    assert told(office)[0] == "Match funding: £900.00 (was £850.00). they rang"
    undo(office, outcome)


def test_every_page_says_what_stands_and_not_what_was_submitted_first(loaded: Record) -> None:
    anew = correcting(loaded, organisation="Allotment Club", project="Plots anew", requested_pence=123_400)
    loaded.perform(anew, OFFICER)

    board = loaded.ask(lambda s: panel_board(s, 1))
    scored = loaded.ask(lambda s: to_be_scored(s, 1))
    found = loaded.ask(lambda s: findable(s, 1, OFFICE_VIEWER))
    before = loaded.ask(lambda s: went_before(s, 1, None))
    known = loaded.ask(lambda s: import_target(s, 1)).organisations

    assert ("Allotment Club", "Plots anew") in {(one.organisation, one.project) for one in board.applicants}
    assert ("Allotment Club", "Plots anew") in {(one.organisation, one.project) for one in scored}
    assert ("Allotment Club", "Plots anew") in {(one.organisation, one.project) for one in found}
    assert before["ACF-001"].year_pence == 123_400
    assert 123_400 in {one.year_pence for one in known}


PROSE = AsSubmitted(
    "ACF-009",
    (SubmittedCell("match_funding", "Match", "£850 in kind"),),
    as_read(ROW, ("match_funding_pence",)),
)


def only_read(record: Record) -> list[str]:
    return [field for field, one in made(record).items() if one.is_to_check]


@pytest.mark.both_engines
def test_what_is_only_read_from_prose_is_to_check_until_somebody_looked(taken_in: Record) -> None:
    taken_in.perform(importing(told=PROSE), OFFICER)
    assert made(taken_in)["match_funding_pence"].words == (
        "Match funding to check: £850.00 is only read from “£850 in kind”"
    )

    stands = row(taken_in, "ACF-009")
    looked_at = changes_between(stands, stands, ("match_funding_pence",))
    outcome = taken_in.perform(CorrectApplication(1, "ACF-009", looked_at, "they rang"), OFFICER)

    assert only_read(taken_in) == []
    assert "Match funding: £850.00 looked at" in told(taken_in)[0]
    assert "Match funding: £850.00 read from “£850 in kind”, to check" in told(taken_in)[1]
    back = undo(taken_in, outcome)
    assert only_read(taken_in) == ["match_funding_pence"]
    undo(taken_in, back)
    assert only_read(taken_in) == []
    assert verify(taken_in).sound


def test_a_round_that_is_not_there_is_not_set_up_by_the_way(taken_in: Record) -> None:
    summer = RoundKey("Active Citizens Fund", "2026/27", "Summer")
    part = ImportApplications(summer, (application(9),), ("Coventry",))

    refuses(taken_in, "no longer in the record", ChangeApplications("A new round", (part,)))

    # The first refusal refuses all.
    before = rows(taken_in)
    parts = (ImportApplications(KEY, (application(4),)), SetWithdrawn(1, "ACF-001", is_withdrawn=True))
    refuses(taken_in, "Say why ACF-001 is withdrawn", ChangeApplications("Two things", parts))
    refuses(taken_in, "nothing to change", ChangeApplications("Nothing", ()))
    assert rows(taken_in) == before

    # New applications and corrections are one change and one undo.
    before = taken_in.ask(lambda s: (applications(s, 1), gate_results(s, 1), corrections(s, 1)))
    parts = (
        ImportApplications(KEY, (application(4),)),
        correcting(taken_in, "ACF-002", requested_pence=480_000),
    )
    outcome = taken_in.perform(ChangeApplications("Import 1 application and change 1", parts), OFFICER)
    assert outcome.words == "Imported 1 application and changed 1."
    assert rows(taken_in)["ACF-002"].requested_pence == 480_000
    assert list(rows(taken_in)) == ["ACF-001", "ACF-002", "ACF-003", "ACF-004"]
    undone = undo(taken_in, outcome)
    assert taken_in.ask(lambda s: (applications(s, 1), gate_results(s, 1), corrections(s, 1))) == before
    assert undone.words == "Imported 1 application and changed 1 (undone)."
    again = undo(taken_in, undone)
    assert rows(taken_in)["ACF-002"].requested_pence == 480_000
    assert "ACF-004" in rows(taken_in)
    assert again.words == outcome.words


def test_every_field_that_is_corrected_is_let_into_the_table() -> None:
    (rule,) = (
        str(one.sqltext)
        for one in correction_table.constraints
        if isinstance(one, CheckConstraint) and str(one.sqltext).startswith("field IN")
    )

    assert {*re.findall(r"'(\w+)'", rule)} >= {*CORRECTABLE, "answers"}, "answers are typed at an import"
