"""Loading a round workbook into the record, and bringing a round up to date from it."""

from datetime import datetime
from decimal import Decimal

from msgspec.structs import replace

from models.operation import Outcome
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.set_up.replace import ReplaceRound
from models.queries.applications.applications import gate_results
from models.queries.deciding.signatories import seat_rows
from models.queries.set_up.funds import fund_list
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import rounds
from models.record import Record
from models.values.recommending import RecommendationRow
from models.values.rows import InterestRow, MemberRow, RoundRows, SeatRow, SheetRow
from scoring.round import Area, Eligibility, InterestKind
from scoring.scheme import Scheme
from tests.models.rounds import (
    OFFICER,
    SCHEME,
    import_operation,
    load,
    only_round,
    refused,
    replacing,
    set_up_office,
    undo,
    workbook_rows,
)


def test_a_loaded_round_comes_back_as_it_was_is_open_and_loaded_once_a_year(office: Record) -> None:
    outcome = load(office)

    assert only_round(office) == workbook_rows()
    assert [line.stage for line in office.ask(rounds)] == ["open"]
    assert outcome.words == (
        "The round “Autumn” of Active Citizens Fund 2026/27 is loaded and open: "
        "3 applications in 2 areas, 3 sheets."
    )
    refused(r"in the record already.*--replace", load, office)
    # decimals mean the same however they are written
    scheme = replace(SCHEME, minimum_total=Decimal("60.50"), tolerance_percent=Decimal("1E+1"))
    load(office, replace(workbook_rows(), year="2027/28", scheme=scheme))
    assert office.ask(lambda s: round_rows(s, 2)).scheme == scheme
    assert [line.year for line in office.ask(rounds)] == ["2026/27", "2027/28"]


def test_a_fund_that_is_not_there_is_made_and_goes_with_its_round(office: Record) -> None:
    outcome = load(office, replace(workbook_rows(), fund="Arts and Crime Fund"))
    assert [(f.code, f.name) for f in office.ask(fund_list)][-1] == ("AACF", "Arts and Crime Fund")
    again = load(office, replace(workbook_rows(), fund="All About Crime Fund"))
    assert [f.code for f in office.ask(fund_list)][-1] == "AACF2"

    undo(office, again)
    undo(office, outcome)
    assert [f.code for f in office.ask(fund_list)] == ["ACF", "CSF"]


LIGHT = replace(SCHEME.criteria[0], weight_1e4=400_000)


def test_rows_that_do_not_hold_together_are_refused_and_nothing_stays(office: Record) -> None:
    for rows, words in (
        (replace(workbook_rows(), areas=()), "Dudley, which has no pot"),
        (replace(workbook_rows(), sheets=(SheetRow("M9", "ACF-001", True, (1, 1, 1)),)), "no member M9"),
        (
            replace(workbook_rows(), interests=(InterestRow("M1", "ACF-9", InterestKind.NONE),)),
            "no application ACF-9",
        ),
        (
            replace(workbook_rows(), scheme=replace(SCHEME, criteria=(LIGHT, *SCHEME.criteria[1:]))),
            "weights add up to 90, not 100",
        ),
        (
            replace(workbook_rows(), seats=(SeatRow("Mayor", "", "Cora Command"),)),
            "“Mayor” names no post of the round's chain.*NPU commander",
        ),
        (
            replace(workbook_rows(), seats=(SeatRow("NPU commander", "Coventry", "Cora Command"),)),
            "“NPU commander, Coventry” names no post",
        ),
        (
            replace(workbook_rows(), seats=(SeatRow("NPU commander", "", "Ann Sample"),)),
            "nobody both scores and decides",
        ),
    ):
        refused(words, load, office, rows)
    assert office.ask(rounds) == ()


SEATS = (SeatRow("NPU commander", "", "Cora Command"), SeatRow("Chief Executive", "", "Dee Decider"))


def test_who_signs_comes_with_the_workbook_and_back_with_a_round_that_was_removed(office: Record) -> None:
    outcome = load(office, replace(workbook_rows(), seats=SEATS))
    loaded = office.ask(lambda s: seat_rows(s, 1))
    again = undo(office, undo(office, outcome))

    assert loaded == SEATS
    assert office.ask(lambda s: seat_rows(s, 1)) == SEATS
    assert again.words.startswith("The round “Autumn”")


def bring_up_to_date(record: Record, rows: RoundRows, because: str = "") -> Outcome:
    return record.perform(replacing(record, rows, because) if because else ReplaceRound(1, rows), OFFICER)


def import_and_fill_in(record: Record) -> RoundRows:
    """Import three applications and return the saved workbook with pots, Eligible and members filled in."""
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    saved = only_round(record)
    return replace(
        saved,
        scheme=replace(saved.scheme, descriptors=()),  # a workbook has no words for marks
        areas=tuple(replace(area, pot_pence=900_000) for area in saved.areas),
        applications=tuple(replace(row, eligibility=Eligibility.YES) for row in saved.applications),
        members=(MemberRow("M1", "Ann Sample"), MemberRow("M2", "Ravi Example", "chair")),
    )


def test_the_panel_marks_chairs_decisions_and_who_withdrew_become_the_workbooks(office: Record) -> None:
    rows = workbook_rows()
    turned = tuple(replace(row, withdrawn=not row.withdrawn) for row in rows.applications)
    load(office, replace(rows, applications=turned, sheets=(), agreed=(), interests=(), chair_decisions=()))

    bring_up_to_date(office, rows)

    assert only_round(office) == rows


def test_eligible_sets_all_gates_only_where_it_changed(record: Record) -> None:
    filled_in = import_and_fill_in(record)
    short = replace(filled_in.scheme, criteria=filled_in.scheme.criteria[:2])
    refused("weights add up to 80, not 100", bring_up_to_date, record, replace(filled_in, scheme=short))
    assert [line.stage for line in record.ask(rounds)] == ["set up"]
    saved = record.ask(lambda s: round_rows(s, 1))
    first, _, third = filled_in.applications
    kept = replace(filled_in, applications=(first, saved.applications[1], third))

    bring_up_to_date(record, kept)
    assert [result.gate for result in record.ask(lambda s: gate_results(s, 1))] == ["cap"]

    bring_up_to_date(record, filled_in)
    assert record.ask(lambda s: gate_results(s, 1)) == ()
    assert [row.eligibility for row in only_round(record).applications] == [Eligibility.YES] * 3
    # Who signs is set from the workbook and put back.
    first = SeatRow("NPU commander", "", "Cora Command")
    bring_up_to_date(record, replace(filled_in, seats=(first,)))
    other = SeatRow("npu commander", "", "Abe Envoy")

    outcome = bring_up_to_date(record, replace(filled_in, seats=(other,)))
    changed = record.ask(lambda s: seat_rows(s, 1))[0]
    undone = undo(record, outcome)
    before = record.ask(lambda s: seat_rows(s, 1))[0]
    undo(record, undone)

    assert (changed.names, before) == ("Abe Envoy", first)
    assert record.ask(lambda s: seat_rows(s, 1))[0] == changed


def test_what_a_workbook_cannot_hold_is_no_difference(office: Record) -> None:
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
    load(office, replace(rows, applications=(written, *others)))

    bring_up_to_date(office, replace(rows, applications=(*others, read)))

    assert only_round(office).applications == (written, *others)


def changed_first(**changes: object) -> RoundRows:
    rows = workbook_rows()
    first, *others = rows.applications
    return replace(rows, applications=(replace(first, **changes), *others))  # type: ignore[arg-type]


def with_scheme(scheme: Scheme) -> RoundRows:
    return replace(workbook_rows(), scheme=scheme)


def test_what_a_workbook_may_not_change_is_refused_and_nothing_changes(loaded: Record) -> None:
    for rows, words in (
        (
            replace(workbook_rows(), applications=workbook_rows().applications[:2]),
            "lacks applications of the record: ACF-003",
        ),
        (changed_first(reference="ACF-9"), "not in the record: ACF-9"),
        (changed_first(requested_pence=1), "ACF-002 in Amount requested"),
        (changed_first(project="", start_on=datetime(2026, 1, 1).date()), "ACF-002 in Project and Start on"),
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
        (replace(workbook_rows(), areas=(Area("Coventry", 1),)), "The area Dudley has applications"),
    ):
        refused(words, bring_up_to_date, loaded, rows)
    assert only_round(loaded) == workbook_rows()


def test_a_round_with_recommendations_is_not_replaced(loaded: Record) -> None:
    item = RecommendationRow("ACF-001", "reserve", None, "fits later")
    loaded.perform(RecordRecommendations(1, (item,)), OFFICER)
    words = r"has recommendations.* Withdraw the recommendations in the window.* load it as a new round\."
    refused(words, bring_up_to_date, loaded, workbook_rows())
