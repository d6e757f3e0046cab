"""Correcting, withdrawing and keeping apart: what was submitted is never edited."""

from datetime import date

import pytest
from msgspec.structs import replace

from models.journal.verify import verify
from models.operation import Actor
from models.operations.applications.applications import ImportApplications, RemoveApplications
from models.operations.applications.corrections import (
    Change,
    CorrectApplication,
    KeepApart,
    SetWithdrawn,
    changes_between,
)
from models.operations.applications.gates import SetGate
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.set_up.areas import MoveArea
from models.operations.set_up.replace import ReplaceRound
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.applications import (
    applications,
    corrections,
    kept_apart,
    submitted_applications,
)
from models.queries.applications.reading import intake
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.values.recommending import RecommendationRow
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow
from scoring.written.text import Refused
from tests.models.rounds import (
    OFFICER,
    application,
    assert_replays,
    import_operation,
    load,
    set_up_office,
    undo,
)

MEMBER = Actor("Tom Hale", "member")


@pytest.fixture
def taken_in(record: Record) -> Record:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    return record


def row(record: Record, reference: str = "ACF-001") -> ApplicationRow:
    rows = record.ask(lambda session: applications(session, 1))
    return next(one for one in rows if one.reference == reference)


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
    assert_replays(taken_in)


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
    assert_replays(record)


def test_a_second_correction_keeps_what_was_submitted_and_one_back_leaves_none(taken_in: Record) -> None:
    taken_in.perform(correcting(taken_in, project="Allotment two"), OFFICER)
    taken_in.perform(correcting(taken_in, project="Allotment three"), OFFICER)

    (kept,) = taken_in.ask(lambda session: corrections(session, 1))
    assert (kept.value, kept.submitted) == ('"Allotment three"', '"Project 1"')

    taken_in.perform(correcting(taken_in, project="Project 1"), OFFICER)
    assert taken_in.ask(lambda session: corrections(session, 1)) == ()


def test_an_application_is_given_an_area_and_moved_between_areas_at_one_stage(taken_in: Record) -> None:
    outcome = taken_in.perform(correcting(taken_in, "ACF-003", area="Dudley"), OFFICER)
    assert row(taken_in, "ACF-003").area == "Dudley"

    undo(taken_in, outcome)
    assert row(taken_in, "ACF-003").area is None
    assert_replays(taken_in)


def test_an_application_never_moves_between_areas_at_two_stages(record: Record) -> None:
    load(set_up_office(record))
    chair = Actor("Priya Nair", "chair")
    record.perform(MoveArea(1, "Dudley", "scoring"), chair)

    with pytest.raises(Refused, match="not from Coventry to Dudley"):
        record.perform(correcting(record, area="Dudley"), OFFICER)
    with pytest.raises(Refused, match="There is no area Walsall"):
        record.perform(correcting(record, area="Walsall"), OFFICER)


def test_a_corrected_charity_number_joins_the_organisation_that_has_it(taken_in: Record) -> None:
    spring = RoundKey("Active Citizens Fund", "2026/27", "Spring")
    larder = application(9, organisation="The Larder", charity_number="1099999")
    taken_in.perform(ImportApplications(spring, (larder,), ("Coventry",)), OFFICER)

    taken_in.perform(correcting(taken_in, charity_number="1099999"), OFFICER)

    found = taken_in.ask(lambda session: intake(session, 1, OFFICE_VIEWER)).lines[0]
    assert [earlier.reference for earlier in found.before.earlier] == ["ACF-009"]
    assert_replays(taken_in)


def test_the_saved_workbook_of_a_corrected_round_can_be_loaded_again(record: Record) -> None:
    load(set_up_office(record))
    record.perform(correcting(record, requested_pence=90_000), OFFICER)

    rows = record.ask(lambda session: round_rows(session, 1))
    record.perform(ReplaceRound(1, rows), OFFICER)

    assert row(record).requested_pence == 90_000


@pytest.mark.parametrize(
    ("values", "words"),
    [({"organisation": " "}, "needs an organisation"), ({"requested_pence": 0}, "above £0.00")],
)
def test_a_correction_leaves_an_organisation_and_an_amount(
    taken_in: Record, values: dict[str, object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        taken_in.perform(correcting(taken_in, **values), OFFICER)


def test_a_correction_needs_a_reason_a_change_a_known_field_and_what_stands_there(taken_in: Record) -> None:
    good = correcting(taken_in, project="Another")

    with pytest.raises(Refused, match="Say why"):
        taken_in.perform(replace(good, reason=" "), OFFICER)
    with pytest.raises(Refused, match="Nothing of ACF-001"):
        taken_in.perform(replace(good, changes=()), OFFICER)
    with pytest.raises(Refused, match="cannot be corrected"):
        taken_in.perform(replace(good, changes=(Change("answers", "[]", "[]"),)), OFFICER)
    with pytest.raises(Refused, match="in the meantime"):
        taken_in.perform(replace(good, changes=(Change("project", '"x"', '"y"'),)), OFFICER)
    with pytest.raises(Refused, match="An officer or the chair"):
        taken_in.perform(good, MEMBER)


def test_nothing_is_corrected_once_something_is_recommended(record: Record) -> None:
    load(set_up_office(record))
    record.perform(RecordRecommendations(1, (RecommendationRow("ACF-001", "fund", 90_000, "fits"),)), OFFICER)

    with pytest.raises(Refused, match="has recommendations"):
        record.perform(correcting(record, project="Another"), OFFICER)


def test_what_is_recommended_is_held_against_the_corrected_amount(record: Record) -> None:
    load(set_up_office(record))
    record.perform(correcting(record, requested_pence=150_000), OFFICER)
    record.perform(
        RecordRecommendations(1, (RecommendationRow("ACF-001", "fund", 150_000, "fits"),)), OFFICER
    )

    found = verify(record)

    assert found.sound


def test_a_corrected_application_is_withdrawn_and_not_removed(taken_in: Record) -> None:
    taken_in.perform(correcting(taken_in, project="Another"), OFFICER)

    with pytest.raises(Refused, match="There are corrections to ACF-001"):
        taken_in.perform(RemoveApplications(1, ("ACF-001",)), OFFICER)


def test_withdrawing_needs_a_reason_and_is_undone(taken_in: Record) -> None:
    with pytest.raises(Refused, match="Say why"):
        taken_in.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=True), OFFICER)
    with pytest.raises(Refused, match="An officer or the chair"):
        taken_in.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="asked"), MEMBER)

    outcome = taken_in.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="asked"), OFFICER)
    assert row(taken_in).withdrawn
    with pytest.raises(Refused, match="is withdrawn already"):
        taken_in.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="asked"), OFFICER)
    undone = undo(taken_in, outcome)

    assert not row(taken_in).withdrawn
    assert undone.words == "ACF-001 is reinstated."
    with pytest.raises(Refused, match="is not withdrawn already"):
        taken_in.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=False), OFFICER)
    assert_replays(taken_in)


def test_two_that_look_alike_are_kept_whichever_is_named_first(taken_in: Record) -> None:
    outcome = taken_in.perform(KeepApart(1, "ACF-002", "ACF-001", reason="two projects"), OFFICER)
    kept = taken_in.ask(lambda session: kept_apart(session, 1))

    undo(taken_in, outcome)

    assert kept == {("ACF-001", "ACF-002")}
    assert taken_in.ask(lambda session: kept_apart(session, 1)) == frozenset()
    with pytest.raises(Refused, match="is a single application"):
        taken_in.perform(KeepApart(1, "ACF-001", "ACF-001"), OFFICER)
    assert_replays(taken_in)


def test_applications_kept_apart_can_be_removed_with_their_import(taken_in: Record) -> None:
    taken_in.perform(KeepApart(1, "ACF-001", "ACF-002"), OFFICER)

    taken_in.perform(RemoveApplications(1, ("ACF-001", "ACF-002")), OFFICER)

    assert [one.reference for one in taken_in.ask(lambda session: applications(session, 1))] == ["ACF-003"]
    assert_replays(taken_in)


def test_a_member_sets_no_gate(taken_in: Record) -> None:
    with pytest.raises(Refused, match="An officer or the chair sets a gate, not the member"):
        taken_in.perform(SetGate(1, "ACF-001", "cap", "pass"), MEMBER)


def test_what_one_area_recommends_leaves_the_applications_of_another(record: Record) -> None:
    load(set_up_office(record))  # ACF-001 is in Coventry, ACF-002 in Dudley
    record.perform(RecordRecommendations(1, (RecommendationRow("ACF-001", "fund", 90_000, "fits"),)), OFFICER)

    outcome = record.perform(correcting(record, "ACF-002", project="Another"), OFFICER)

    assert outcome.words == "ACF-002 was corrected. What was submitted is kept."
    assert_replays(record)


def test_no_application_moves_to_an_area_that_has_recommendations(record: Record) -> None:
    load(set_up_office(record))
    record.perform(RecordRecommendations(1, (RecommendationRow("ACF-001", "fund", 90_000, "fits"),)), OFFICER)

    with pytest.raises(Refused, match="Coventry has recommendations"):
        record.perform(correcting(record, "ACF-002", area="Coventry"), OFFICER)
