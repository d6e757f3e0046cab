"""In which role somebody acts, and what the queries return to whom."""

from functools import partial
from unicodedata import normalize

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.panel.sheets import ReopenSheet
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.load import LoadRound
from models.operations.set_up.people import GiveRole
from models.papers.kinds import KINDS
from models.permissions.table import PAPERS_OF_CHAIR
from models.permissions.viewing import OFFICE_VIEWER, Sight, Viewer
from models.queries.panel.meeting import seen_meeting
from models.queries.permissions.acting import acting, roles_of, round_of
from models.queries.permissions.reading import (
    only_viewer_of,
    refuse_other_roles,
    scored_with_closed,
    seen_round,
    sight_of,
    viewer_of,
)
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.role import Role
from models.session import LET_IN, WITH_FIGURES, Session
from models.values.rounds import RoundKey
from models.values.rows import InterestRow, RoundRows, scored_round
from scoring.rank import rank
from scoring.round import InterestKind
from tests.models.operations.deciding_rounds import decide, deciding_rows, recommended
from tests.models.rounds import KEY, OFFICER, load, refused, set_up_office, set_up_round, workbook_rows

ANN, RAVI = Viewer("Ann Sample", Role.MEMBER, "M1"), Viewer("Ravi Example", Role.CHAIR, "M2")
"""M1 handed ACF-001 in and not ACF-002; M2 has an interest in ACF-001."""
CHAIR = Actor("Ravi Example", "chair")


def reasons(rows: RoundRows, member: str) -> set[str]:
    return {text for sheet in rows.sheets if sheet.member == member for text in sheet.reasons if text}


def marks(rows: RoundRows, reference: str) -> set[int | None]:
    return {mark for sheet in rows.sheets if sheet.application == reference for mark in sheet.marks}


def with_figures(session: Session) -> Sight:
    session.info[WITH_FIGURES] = True
    try:
        return sight_of(session, 1, RAVI)
    finally:
        del session.info[WITH_FIGURES]


def test_what_is_closed_of_a_round_can_be_asked_alone(loaded: Record) -> None:
    assert loaded.ask(lambda session: sight_of(session, 1, RAVI)).closed == {"ACF-001"}

    # The office reads all of a round.
    found = loaded.ask(lambda session: seen_round(session, 1, OFFICE_VIEWER))
    assert found.rows == loaded.ask(lambda session: round_rows(session, 1))
    assert found.ranking is None
    assert loaded.ask(lambda session: scored_with_closed(session, 1, found.sight)) is None

    # Who has an interest gets neither marks nor reasons and no wrong figure.
    whole = rank(scored_round(workbook_rows()))
    found = loaded.ask(lambda session: seen_round(session, 1, RAVI))
    assert found.sight.closed == {"ACF-001"}
    assert marks(found.rows, "ACF-001") == {None}
    assert reasons(found.rows, "M1") == {"to ask"}  # on ACF-002 alone
    assert found.rows.agreed[0].reasons == ()
    assert found.ranking is not None
    assert {s.reference: s.total_1e2 for s in found.ranking.standings} == {
        s.reference: None if s.reference == "ACF-001" else s.total_1e2 for s in whole.standings
    }
    scored = loaded.ask(lambda session: scored_with_closed(session, 1, found.sight))
    assert scored == scored_round(loaded.ask(lambda session: round_rows(session, 1)))

    # A person who is only named reads in the role they have.
    assert loaded.ask(lambda session: viewer_of(session, "ann  SAMPLE", 1)) == ANN
    assert loaded.ask(lambda session: viewer_of(session, "Nobody Known", 1)) == Viewer("Nobody Known")
    assert loaded.ask(lambda session: viewer_of(session, "Ravi Example", None)).role == Role.CHAIR
    loaded.perform(GiveRole(1, "Ann Sample", Role.OFFICER), OFFICER)
    assert loaded.ask(lambda session: viewer_of(session, "Ann Sample", 1)) == replace(ANN, role=Role.OFFICER)


@pytest.mark.parametrize(("may_rank", "shut"), [(True, frozenset()), (False, frozenset({"Coventry"}))])
def test_the_figures_of_what_is_closed_tell_nobody_whose_marks_are(
    loaded: Record, monkeypatch: pytest.MonkeyPatch, *, may_rank: bool, shut: frozenset[str]
) -> None:
    monkeypatch.setattr("models.queries.permissions.reading.may_rank", lambda *_: may_rank)

    found = loaded.ask(with_figures)
    assert (found.hides_whose, found.without_marks) == (may_rank, shut)


def test_no_list_is_worked_out_without_marks_while_sheets_of_what_is_closed_come_in(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(set_up_office(record), replace(workbook_rows(), agreed=()))
    record.perform(MoveAreas(1, ("Coventry",), "scoring"), CHAIR)
    monkeypatch.setattr("models.queries.permissions.reading.may_rank", lambda *_: True)
    found = record.ask(with_figures)
    assert (found.hides_whose, found.without_marks) == (True, {"Coventry"})

    first = next(one for one in workbook_rows().sheets if one.application == "ACF-001" and one.submitted)
    again = ReopenSheet(1, first.member, "ACF-001", "a slip")
    record.perform(again, Actor("Another Chair", Role.CHAIR))
    record.perform(MoveAreas(1, ("Coventry",), "meeting", "It meets.", minds_items=True), CHAIR)
    found = record.ask(with_figures)
    assert (found.hides_whose, found.without_marks) == (True, {"Coventry"})


def test_others_marks_open_with_ones_own_sheets(record: Record) -> None:
    rows = workbook_rows()
    given = replace(rows.sheets[2], marks=(1, 2, 3), submitted=True, reasons=("Secret", "", ""))
    load(set_up_office(record), replace(rows, sheets=(*rows.sheets[:2], given)))
    record.perform(MoveAreas(1, ("Dudley",), "scoring"), CHAIR)

    before = record.ask(lambda session: seen_round(session, 1, ANN))
    held = record.ask(lambda session: seen_meeting(session, 1, ANN))
    record.perform(MoveAreas(1, ("Dudley",), "meeting"), CHAIR)
    after = record.ask(lambda session: seen_round(session, 1, ANN))

    assert before.sight.waiting == {"Dudley"}
    assert "Secret" not in str(before)
    assert "Secret" not in str(held)
    assert 3 in marks(before.rows, "ACF-002")  # Ann's own draft
    assert "Secret" in str(after.rows)


def test_what_a_seat_declared_is_hidden_until_it_is_decided(record: Record) -> None:
    own = InterestRow("M2", "ACF-002", InterestKind.PREJUDICIAL)
    recommended(record, replace(deciding_rows(), interests=(own,)))

    before = record.ask(lambda session: sight_of(session, 1, RAVI))
    decide(record)
    after = record.ask(lambda session: sight_of(session, 1, RAVI))

    assert (before.hidden, before.settled) == ({"ACF-002"}, frozenset())
    assert (after.hidden, after.closed) == (frozenset(), {"ACF-002"})
    assert "ACF-002" in after.settled


def test_a_member_is_known_in_a_round_that_spells_the_name_another_way_and_of_two_none_is_guessed_at(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what waits for their declaration there opens without one."""
    monkeypatch.setattr(LoadRound, "check_at_entry", lambda *_: None)
    rows = workbook_rows()
    load(set_up_office(record))
    chair, member, *more = rows.members
    again = (replace(chair, name="RAVI  example"), member, *more)
    load(record, replace(rows, name="Spring", members=again))
    load(record, replace(rows, name="Summer", members=(chair, replace(member, name="Ravi  EXAMPLE"), *more)))

    assert record.ask(lambda session: viewer_of(session, "Ravi Example", 2)).member == "M2"
    both = "M2 and M1 are both called Ravi Example in this round"
    refused(both, record.ask, lambda session: only_viewer_of(session, "Ravi Example", 3))


MOVE = MoveAreas(1, ("Dudley",), "scoring")


def test_who_is_only_named_acts_in_the_first_role_that_may(loaded: Record) -> None:
    both = (Role.MEMBER, Role.CHAIR)
    for name, roles, wanted in (
        ("ravi  EXAMPLE", None, Actor("Ravi Example", Role.CHAIR)),  # spelled as the record has it
        ("Nobody Known", None, Actor("Nobody Known", Role.OFFICER)),
        ("Ann Sample", None, Actor("Ann Sample", Role.MEMBER)),  # none of hers may: the first
        ("Ann Sample", both, Actor("Ann Sample", Role.CHAIR)),
    ):
        assert loaded.ask(partial(acting, operation=MOVE, name=name, roles=roles)) == wanted


@pytest.mark.parametrize(
    "name", ["Zoë O'Brien-King", "zoë  O’BRIEN‑KING", normalize("NFD", "Zoë O'Brien-King")]
)
def test_a_name_of_print_is_known_as_a_keyboard_writes_it(record: Record, name: str) -> None:
    """Else a chair who is typed so works for the office, which may do what the chair may not."""
    rows = workbook_rows()
    known = "Zoë O’Brien-King"
    members = (replace(rows.members[0], name=known), *rows.members[1:])
    load(set_up_office(record), replace(rows, members=members))

    assert record.ask(lambda session: acting(session, MOVE, name)) == Actor(known, Role.CHAIR)
    assert record.ask(lambda session: viewer_of(session, name, 1)) == Viewer(known, Role.CHAIR, "M2")
    bare, asked = "Zoe O'Brien-King", "“Zoe O'Brien-King” is spelt nearly as Zoë O’Brien-King, who is in"
    refused(asked, record.ask, lambda session: acting(session, MOVE, bare))

    def signed_on(session: Session) -> Actor:
        return acting(session.execution_options(**{LET_IN: (Role.READER,)}), MOVE, bare)

    assert record.ask(signed_on) == Actor(bare, Role.READER), "who signed on is who they are"
    refused(asked, record.ask, lambda session: only_viewer_of(session, bare, 1))


def test_a_change_that_names_its_round_is_of_that_round(loaded: Record) -> None:
    for key, number in (
        (KEY, 1),
        (RoundKey("acf", KEY.year, KEY.name), 1),  # a fund by its code
        (RoundKey("ACTIVE citizens fund", KEY.year, KEY.name), 1),
        (RoundKey(KEY.fund, "2027/28", KEY.name), None),  # a round to come
        (RoundKey("Community Safety Fund", KEY.year, KEY.name), None),
    ):
        starting = set_up_round(key, ("Coventry",))
        assert loaded.ask(partial(round_of, operation=starting)) == number
    for change in (MOVE, GiveRole(1, "Ann Sample", Role.OFFICER)):
        assert loaded.ask(partial(round_of, operation=change)) == 1


def test_a_paper_is_refused_to_who_has_no_role_that_writes_it(loaded: Record) -> None:
    chairs, others = min(PAPERS_OF_CHAIR), min(set(KINDS) - PAPERS_OF_CHAIR)
    for name, code in (
        ("Nobody Known", ""),  # who is in no round works for the office
        ("Nobody Known", "schedule"),
        ("Ravi Example", chairs),
        ("Ravi Example", ""),
    ):
        loaded.ask(partial(refuse_other_roles, name=name, round_id=1, paper=code))
    for name, code, words in (
        ("Ravi Example", others, "writes this paper"),
        ("Ann Sample", "", "writes a whole round as a workbook"),
        ("Ann Sample", chairs, "writes this paper"),
    ):
        refused(words, loaded.ask, partial(refuse_other_roles, name=name, round_id=1, paper=code))


def test_on_a_server_nobody_is_more_than_they_are_let_in_as(loaded: Record) -> None:
    def asked(session: Session, name: str, round_id: int | None, *let_in: Role) -> tuple[Role, ...]:
        return roles_of(session.execution_options(**{LET_IN: let_in}), name, round_id)

    for name, round_id, let_in, roles in (
        ("Ravi Example", 1, (Role.CHAIR,), (Role.CHAIR,)),
        ("Ravi Example", 1, (Role.MEMBER,), (Role.READER,)),  # chairs it, and is let in as no chair
        ("Ann Sample", 1, (Role.CHAIR,), (Role.MEMBER,)),  # who chairs elsewhere sits here
        ("Ann Sample", 1, (Role.MEMBER, Role.OFFICER), (Role.MEMBER, Role.OFFICER)),
        ("Ann Sample", None, (Role.MEMBER,), (Role.MEMBER,)),
        ("Nobody Known", 1, (Role.FINANCE,), (Role.FINANCE,)),
        ("Nobody Known", None, (Role.DECIDER,), (Role.READER,)),  # a stranger to the rounds is no officer
    ):
        found = loaded.ask(lambda s, of=(name, round_id, *let_in): asked(s, *of))
        assert found == roles, (name, round_id, let_in)
