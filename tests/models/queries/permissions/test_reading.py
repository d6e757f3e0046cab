"""What the queries return to whom: by role, before and after handing in, and beside an interest."""

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.panel.sheets import ReopenSheet
from models.operations.set_up.areas import MoveArea
from models.operations.set_up.load import LoadRound
from models.operations.set_up.people import GiveRole
from models.permissions.viewing import OFFICE_VIEWER, Sight, Viewer
from models.queries.panel.meeting import seen_meeting
from models.queries.permissions.reading import only_viewer_of, seen_round, sight_of, viewer_of
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.role import Role, role_words
from models.session import WITH_FIGURES, Session
from models.values.rows import InterestRow, RoundRows, scored_round
from scoring.rank import rank
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import decide, deciding_rows, recommended
from tests.models.rounds import OFFICER, load, set_up_office, workbook_rows

ANN, RAVI = Viewer("Ann Sample", Role.MEMBER, "M1"), Viewer("Ravi Example", Role.CHAIR, "M2")
"""M1 handed ACF-001 in and not ACF-002; M2 has an interest in ACF-001."""
CHAIR = Actor("Ravi Example", "chair")


def reasons(rows: RoundRows, member: str) -> set[str]:
    return {text for sheet in rows.sheets if sheet.member == member for text in sheet.reasons if text}


def marks(rows: RoundRows, reference: str) -> set[int | None]:
    return {mark for sheet in rows.sheets if sheet.application == reference for mark in sheet.marks}


def test_the_office_reads_all_of_a_round(record: Record) -> None:
    load(set_up_office(record))

    found = record.ask(lambda session: seen_round(session, 1, OFFICE_VIEWER))

    assert found.rows == record.ask(lambda session: round_rows(session, 1))
    assert (found.scored, found.ranking) == (None, None)


def test_who_has_an_interest_gets_neither_marks_nor_reasons_and_no_wrong_figure(record: Record) -> None:
    load(set_up_office(record))
    whole = rank(scored_round(workbook_rows()))

    found = record.ask(lambda session: seen_round(session, 1, RAVI))

    assert found.sight.closed == {"ACF-001"}
    assert marks(found.rows, "ACF-001") == {None}
    assert reasons(found.rows, "M1") == {"to ask"}  # on ACF-002 alone
    assert found.rows.agreed[0].reasons == ()
    assert found.ranking is not None
    assert {s.reference: s.total_1e2 for s in found.ranking.standings} == {
        s.reference: None if s.reference == "ACF-001" else s.total_1e2 for s in whole.standings
    }
    assert found.scored == scored_round(record.ask(lambda session: round_rows(session, 1)))


@pytest.mark.parametrize(("may_rank", "shut"), [(True, frozenset()), (False, frozenset({"Coventry"}))])
def test_the_figures_of_what_is_closed_tell_nobody_whose_marks_are(
    record: Record, monkeypatch: pytest.MonkeyPatch, *, may_rank: bool, shut: frozenset[str]
) -> None:
    load(set_up_office(record))
    monkeypatch.setattr("models.queries.permissions.reading.may_rank", lambda *_: may_rank)

    def with_figures(session: Session) -> Sight:
        session.info[WITH_FIGURES] = True
        try:
            return sight_of(session, 1, RAVI)
        finally:
            del session.info[WITH_FIGURES]

    found = record.ask(with_figures)
    assert (found.hides_whose, found.without_marks) == (may_rank, shut)


@pytest.mark.parametrize("is_reopened", [False, True])
def test_no_list_is_worked_out_without_marks_while_sheets_of_what_is_closed_come_in(
    record: Record, monkeypatch: pytest.MonkeyPatch, *, is_reopened: bool
) -> None:
    load(set_up_office(record), replace(workbook_rows(), agreed=()))
    record.perform(MoveArea(1, "Coventry", "scoring"), CHAIR)
    if is_reopened:
        first = next(one for one in workbook_rows().sheets if one.application == "ACF-001" and one.submitted)
        again = ReopenSheet(1, first.member, "ACF-001", "a slip")
        record.perform(again, Actor("Another Chair", Role.CHAIR))
        record.perform(MoveArea(1, "Coventry", "meeting", "It meets.", minds_items=True), CHAIR)
    monkeypatch.setattr("models.queries.permissions.reading.may_rank", lambda *_: True)

    def with_figures(session: Session) -> Sight:
        session.info[WITH_FIGURES] = True
        try:
            return sight_of(session, 1, RAVI)
        finally:
            del session.info[WITH_FIGURES]

    found = record.ask(with_figures)
    assert (found.hides_whose, found.without_marks) == (True, {"Coventry"})


def test_others_marks_open_with_ones_own_sheets(record: Record) -> None:
    rows = workbook_rows()
    given = replace(rows.sheets[2], marks=(1, 2, 3), submitted=True, reasons=("Secret", "", ""))
    load(set_up_office(record), replace(rows, sheets=(*rows.sheets[:2], given)))
    record.perform(MoveArea(1, "Dudley", "scoring"), CHAIR)

    before = record.ask(lambda session: seen_round(session, 1, ANN))
    held = record.ask(lambda session: seen_meeting(session, 1, ANN))
    record.perform(MoveArea(1, "Dudley", "meeting"), CHAIR)
    after = record.ask(lambda session: seen_round(session, 1, ANN))

    assert before.sight.waiting == {"Dudley"}
    assert "Secret" not in str(before)
    assert "Secret" not in str(held)
    assert 3 in marks(before.rows, "ACF-002")  # Ann's own draft
    assert "Secret" in str(after.rows)


def test_a_person_who_is_only_named_reads_in_the_role_they_have(record: Record) -> None:
    load(set_up_office(record))

    assert record.ask(lambda session: viewer_of(session, "ann  SAMPLE", 1)) == ANN
    assert record.ask(lambda session: viewer_of(session, "Nobody Known", 1)) == Viewer("Nobody Known")
    assert record.ask(lambda session: viewer_of(session, "Ravi Example", None)).role == Role.CHAIR
    record.perform(GiveRole(1, "Ann Sample", Role.OFFICER), OFFICER)
    assert record.ask(lambda session: viewer_of(session, "Ann Sample", 1)) == replace(ANN, role=Role.OFFICER)


def test_what_is_closed_of_a_round_can_be_asked_alone(record: Record) -> None:
    load(set_up_office(record))

    assert record.ask(lambda session: sight_of(session, 1, RAVI)).closed == {"ACF-001"}


def test_what_a_seat_declared_is_hidden_until_it_is_decided(record: Record) -> None:
    own = InterestRow("M2", "ACF-002", InterestKind.PREJUDICIAL)
    recommended(record, replace(deciding_rows(), interests=(own,)))

    before = record.ask(lambda session: sight_of(session, 1, RAVI))
    decide(record)
    after = record.ask(lambda session: sight_of(session, 1, RAVI))

    assert (before.hidden, before.decided) == ({"ACF-002"}, frozenset())
    assert (after.hidden, after.decided, after.closed) == (frozenset(), {"ACF-002"}, {"ACF-002"})


def test_a_role_is_named_as_screens_name_it() -> None:
    assert [role_words(role) for role in ("decider", "chair", "")] == ["decision-maker", "chair", ""]


def test_a_member_is_known_in_a_round_that_spells_the_name_another_way(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what waits for their declaration there opens without one."""
    monkeypatch.setattr(LoadRound, "check_at_entry", lambda *_: None)
    rows = workbook_rows()
    load(set_up_office(record))
    again = (replace(rows.members[0], name="RAVI  example"), *rows.members[1:])
    load(record, replace(rows, name="Spring", members=again))

    assert record.ask(lambda session: viewer_of(session, "Ravi Example", 2)).member == "M2"


def test_two_members_of_one_name_are_not_guessed_at(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LoadRound, "check_at_entry", lambda *_: None)
    rows = workbook_rows()
    same = (rows.members[0], replace(rows.members[1], name="Ravi  EXAMPLE"), *rows.members[2:])
    load(set_up_office(record), replace(rows, members=same))

    with pytest.raises(Refused, match="M2 and M1 are both called Ravi Example in this round"):
        record.ask(lambda session: only_viewer_of(session, "Ravi Example", 1))


def test_one_member_of_a_name_reads_as_that_member(record: Record) -> None:
    load(set_up_office(record))

    assert record.ask(lambda session: only_viewer_of(session, "Ravi Example", 1)).member == "M2"
