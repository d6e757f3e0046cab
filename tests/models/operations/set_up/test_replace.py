"""Bringing a round up to date from its workbook."""

from datetime import datetime

import pytest
from msgspec.structs import replace

from models.operation import Outcome
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.set_up.replace import ReplaceRound
from models.queries.applications.applications import gate_results
from models.queries.deciding.signatories import seat_rows
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import rounds
from models.record import Record
from models.values.recommending import RecommendationRow
from models.values.rows import MemberRow, RoundRows, SeatRow
from scoring.round import Area, Eligibility
from scoring.scheme import Scheme
from scoring.written.text import Refused
from tests.models.rounds import (
    OFFICER,
    SCHEME,
    application,
    assert_replays,
    import_operation,
    load,
    replacing,
    set_up_office,
    undo,
    workbook_rows,
)


def only_round(record: Record) -> RoundRows:
    return record.ask(lambda session: round_rows(session, 1))


def as_saved(rows: RoundRows) -> RoundRows:
    """Return the rows as a workbook holds them: without the words for marks."""
    return replace(rows, scheme=replace(rows.scheme, descriptors=()))


def bring_up_to_date(record: Record, rows: RoundRows, because: str = "") -> Outcome:
    return record.perform(replacing(record, rows, because) if because else ReplaceRound(1, rows), OFFICER)


def import_and_fill_in(record: Record) -> RoundRows:
    """Import three applications and return the saved workbook with pots, Eligible and members filled in."""
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    saved = as_saved(only_round(record))
    return replace(
        saved,
        areas=tuple(replace(area, pot_pence=900_000) for area in saved.areas),
        applications=tuple(replace(row, eligibility=Eligibility.YES) for row in saved.applications),
        members=(MemberRow("M1", "Ann Sample"), MemberRow("M2", "Ravi Example", "chair")),
    )


def test_the_first_load_opens_the_round_with_the_workbooks_scheme(record: Record) -> None:
    filled_in = import_and_fill_in(record)
    filled_in = replace(filled_in, scheme=replace(filled_in.scheme, quorum=2))

    outcome = bring_up_to_date(record, filled_in)

    assert [line.stage for line in record.ask(rounds)] == ["open"]
    assert as_saved(only_round(record)) == filled_in
    assert only_round(record).scheme.descriptors == SCHEME.descriptors
    told, _, over = outcome.words.partition(" ACF-002 asks for more than the cap, ")
    assert told.endswith("It is now open, and its scheme is published.")
    assert over.startswith("and the workbook says yes: write “waived” there with the reason")


def test_the_panel_marks_and_chairs_decisions_become_the_workbooks(record: Record) -> None:
    set_up_office(record)
    load(record, replace(workbook_rows(), sheets=(), agreed=(), interests=(), chair_decisions=()))

    bring_up_to_date(record, workbook_rows())

    assert only_round(record) == workbook_rows()
    assert_replays(record)


def test_eligible_sets_all_gates_only_where_it_changed(record: Record) -> None:
    filled_in = import_and_fill_in(record)
    saved = record.ask(lambda s: round_rows(s, 1))
    first, _, third = filled_in.applications
    kept = replace(filled_in, applications=(first, saved.applications[1], third))

    bring_up_to_date(record, kept)
    assert [result.gate for result in record.ask(lambda s: gate_results(s, 1))] == ["cap"]

    bring_up_to_date(record, filled_in)
    assert record.ask(lambda s: gate_results(s, 1)) == ()
    assert [row.eligibility for row in only_round(record).applications] == [Eligibility.YES] * 3


def test_a_waived_gate_keeps_its_reason(record: Record) -> None:
    filled_in = import_and_fill_in(record)
    waived = replace(
        filled_in.applications[1], eligibility=Eligibility.WAIVED, eligibility_reason="agreed in May"
    )
    rows = replace(filled_in, applications=(filled_in.applications[0], waived, filled_in.applications[2]))

    bring_up_to_date(record, rows)

    assert only_round(record).applications[1] == waived


def test_areas_are_added_taken_out_and_put_in_another_order(record: Record) -> None:
    set_up_office(record)
    load(record)
    rows = workbook_rows()
    areas = (Area("Coventry", 5), Area("Walsall", 7, 1, 2), Area("Dudley", 6))

    bring_up_to_date(record, replace(rows, areas=areas))
    assert only_round(record).areas == areas

    bring_up_to_date(record, replace(rows, areas=(areas[0], areas[2])))
    assert only_round(record).areas == (areas[0], areas[2])


def test_all_areas_can_be_others_where_no_application_has_one(record: Record) -> None:
    set_up_office(record)
    rows = replace(workbook_rows(), applications=(application(1, area=None),))
    rows = replace(rows, interests=(), sheets=(), agreed=(), not_applicable=(), chair_decisions=())
    load(record, rows)

    bring_up_to_date(record, replace(rows, areas=(Area("Walsall", 7),)))

    assert only_round(record).areas == (Area("Walsall", 7),)


def test_withdrawn_is_set_and_unset(record: Record) -> None:
    set_up_office(record)
    load(record)
    rows = workbook_rows()
    turned = tuple(replace(row, withdrawn=not row.withdrawn) for row in rows.applications)

    bring_up_to_date(record, replace(rows, applications=turned))

    assert only_round(record).applications == turned


def test_bringing_up_to_date_is_undone_and_the_round_is_being_set_up_again(record: Record) -> None:
    filled_in = import_and_fill_in(record)
    before, gates = only_round(record), record.ask(lambda s: gate_results(s, 1))

    undone = undo(record, bring_up_to_date(record, filled_in))
    assert only_round(record) == before
    assert record.ask(lambda s: gate_results(s, 1)) == gates
    assert [line.stage for line in record.ask(rounds)] == ["set up"]

    undo(record, undone)
    assert as_saved(only_round(record)) == filled_in
    assert_replays(record)


def test_undoing_in_an_open_round_leaves_it_open(record: Record) -> None:
    set_up_office(record)
    load(record)

    undo(record, bring_up_to_date(record, replace(workbook_rows(), sheets=()), "misread"))

    assert only_round(record) == workbook_rows()
    assert [line.stage for line in record.ask(rounds)] == ["open"]
    assert_replays(record)


def test_what_a_workbook_cannot_hold_is_no_difference(record: Record) -> None:
    set_up_office(record)
    rows = workbook_rows()
    first, *others = rows.applications
    written = replace(
        first,
        summary="  one\r\ntwo ",
        received_at=datetime(2026, 10, 2, 9, 30, 0, 400_000),
        answers=(("A", "x"), ("B", " "), ("C", "y")),
    )
    read = replace(
        written,
        summary="one\ntwo",
        received_at=datetime(2026, 10, 2, 9, 30),
        answers=(("C", "y"), ("A", "x")),
    )
    load(record, replace(rows, applications=(written, *others)))

    bring_up_to_date(record, replace(rows, applications=(*others, read)))

    assert only_round(record).applications == (written, *others)


def changed_first(**changes: object) -> RoundRows:
    rows = workbook_rows()
    first, *others = rows.applications
    return replace(rows, applications=(replace(first, **changes), *others))  # type: ignore[arg-type]


def with_scheme(scheme: Scheme) -> RoundRows:
    return replace(workbook_rows(), scheme=scheme)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            replace(workbook_rows(), applications=workbook_rows().applications[:2]),
            "lacks applications of the record: ACF-003",
        ),
        (changed_first(reference="ACF-9"), "not in the record: ACF-9"),
        (changed_first(requested_pence=1), "ACF-002 in Amount requested"),
        (
            changed_first(project="", start_on=datetime(2026, 1, 1).date()),
            "ACF-002 in Project and Start on",
        ),
        (changed_first(area=None), "ACF-002 in Area"),
        (changed_first(received_at=None), "ACF-002 in Received"),
        (changed_first(answers=()), "ACF-002 in the answers"),
        (changed_first(previously_funded=False), "ACF-002 in Previously funded"),
        (with_scheme(replace(SCHEME, quorum=3, cap_per_award_pence=None)), "quorum, cap per award"),
        (
            with_scheme(
                replace(SCHEME, criteria=(replace(SCHEME.criteria[0], title="Other"), *SCHEME.criteria[1:]))
            ),
            "differs: criterion A1",
        ),
        (
            with_scheme(
                replace(SCHEME, criteria=(replace(SCHEME.criteria[0], code="B1"), *SCHEME.criteria[1:]))
            ),
            "criterion A1 is missing, criterion B1 is new",
        ),
        (
            replace(workbook_rows(), areas=(Area("Coventry", 1),)),
            "The area Dudley has applications",
        ),
    ],
)
def test_what_a_workbook_may_not_change_is_refused_and_nothing_changes(
    record: Record, rows: RoundRows, words: str
) -> None:
    set_up_office(record)
    load(record)

    with pytest.raises(Refused, match=words):
        bring_up_to_date(record, rows)

    assert only_round(record) == workbook_rows()


def test_a_scheme_that_may_not_be_published_does_not_open_the_round(record: Record) -> None:
    filled_in = import_and_fill_in(record)
    scheme = replace(filled_in.scheme, criteria=filled_in.scheme.criteria[:2])

    with pytest.raises(Refused, match="weights add up to 80, not 100"):
        bring_up_to_date(record, replace(filled_in, scheme=scheme))

    assert [line.stage for line in record.ask(rounds)] == ["set up"]


def recommend_one(record: Record) -> None:
    item = RecommendationRow("ACF-001", "reserve", None, "fits later")
    record.perform(RecordRecommendations(1, (item,)), OFFICER)


def test_a_round_with_recommendations_is_not_replaced(record: Record) -> None:
    set_up_office(record)
    load(record)
    recommend_one(record)

    words = r"has recommendations.* Withdraw the recommendations in the window.* load it as a new round\."
    with pytest.raises(Refused, match=words):
        bring_up_to_date(record, workbook_rows())


def test_a_round_with_recommendations_is_not_put_back(record: Record) -> None:
    set_up_office(record)
    load(record)
    outcome = bring_up_to_date(record, replace(workbook_rows(), sheets=()), "misread")
    recommend_one(record)

    with pytest.raises(Refused, match="has recommendations"):
        undo(record, outcome)


def test_a_round_that_is_gone_is_refused(record: Record) -> None:
    set_up_office(record)

    with pytest.raises(Refused, match="no longer in the record"):
        bring_up_to_date(record, workbook_rows())


def test_the_same_panel_keeps_its_people_and_identities(record: Record) -> None:
    set_up_office(record)
    load(record)

    bring_up_to_date(record, replace(workbook_rows(), sheets=workbook_rows().sheets[:1]))
    bring_up_to_date(record, workbook_rows())

    assert only_round(record) == workbook_rows()
    assert_replays(record)


def test_who_signs_is_set_from_the_workbook_and_put_back(record: Record) -> None:
    saved = import_and_fill_in(record)
    first = SeatRow("NPU commander", "", "Cora Command")
    bring_up_to_date(record, replace(saved, seats=(first,)))
    other = SeatRow("npu commander", "", "Abe Envoy")

    outcome = bring_up_to_date(record, replace(saved, seats=(other,)))
    changed = record.ask(lambda s: seat_rows(s, 1))[0]
    undone = undo(record, outcome)
    before = record.ask(lambda s: seat_rows(s, 1))[0]
    undo(record, undone)

    assert (changed.names, before) == ("Abe Envoy", first)
    assert record.ask(lambda s: seat_rows(s, 1))[0] == changed
    assert_replays(record)
