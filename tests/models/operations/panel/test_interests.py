"""What panel, commanders and deciders declare, and taking an interest back with a reason alone."""

from datetime import date, timedelta
from functools import partial

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from models.clock import utc_now
from models.journal.erasing import on_trial
from models.operation import Actor
from models.operations.applications.applications import RemoveApplications
from models.operations.panel.members import AddInterest, Declare, DeclareToSign, RemoveMember
from models.operations.panel.reopened import WITHOUT_REASON, mark_opened
from models.operations.set_up.replace import ReplaceRound
from models.papers.order import PaperOrder
from models.permissions.viewing import NOT_DECLARED, Viewer
from models.queries.deciding.decisions import decisions
from models.queries.panel.meeting import Room
from models.queries.panel.panel import declared_on, interests
from models.queries.papers.minuted import took_no_part
from models.queries.papers.minutes import round_minutes
from models.queries.permissions.declarations import (
    declared_as,
    declared_by,
    own_conflicts,
    signer_interests,
    waits_to_declare,
)
from models.queries.set_up.office import parts
from models.record import Record
from models.role import Role
from models.schema.panel import sheet_table
from models.session import Session
from models.values.rows import InterestRow, dated
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.conftest import TickingClock
from tests.models.operations.deciding_rounds import COMMANDER, every_line, first_step, signed
from tests.models.operations.meetings import COUSIN
from tests.models.rounds import OFFICER, load, only_round, refuses, set_up_office, undo

NONE = InterestRow(COMMANDER.name, None, InterestKind.NONE, "I know nobody here.")
BOARD = InterestRow(COMMANDER.name, "ACF-003", InterestKind.PECUNIARY, "sits on its board")
PAUL = Actor("Paul Late", "commander")


def waits(record: Record, name: str, role: str = Role.COMMANDER) -> bool:
    return record.ask(lambda session: waits_to_declare(session, 1, Viewer(name, role)))


def test_a_signer_declares_in_place_of_what_stood_and_undo_puts_it_back(loaded: Record) -> None:
    assert waits(loaded, COMMANDER.name)

    first = loaded.perform(DeclareToSign(1, COMMANDER.name, (NONE,)), COMMANDER)
    again = loaded.perform(DeclareToSign(1, COMMANDER.name, (NONE, BOARD)), COMMANDER)

    assert first.words == "The declaration of Cora Command is recorded."
    assert again.inverse is not None
    assert again.inverse.label == "Record the declaration of Cora Command"
    assert loaded.ask(lambda s: signer_interests(s, 1)) == (NONE, BOARD)
    assert loaded.ask(lambda s: declared_by(s, 1, " cora COMMAND")) == {"ACF-003"}
    assert loaded.ask(lambda s: own_conflicts(s, 1, Viewer(COMMANDER.name, Role.FINANCE))) == {"ACF-003"}
    assert not loaded.ask(lambda s: declared_by(s, 1, ""))
    assert not waits(loaded, COMMANDER.name)
    undo(loaded, again)
    undo(loaded, first)
    assert loaded.ask(lambda s: signer_interests(s, 1)) == ()
    assert waits(loaded, COMMANDER.name)

    for rows, words in (
        ((), "Say who declares, and what"),
        ((InterestRow("Dan Decides", None, InterestKind.NONE),), "cannot speak for Dan Decides"),
        ((InterestRow(COMMANDER.name, None, InterestKind.PECUNIARY),), "Say to which application"),
        ((InterestRow(COMMANDER.name, "ACF-9", InterestKind.PECUNIARY, "x"),), "no application ACF-9"),
    ):
        refuses(loaded, words, DeclareToSign(1, COMMANDER.name, rows), COMMANDER)
    loaded.perform(DeclareToSign(1, COMMANDER.name, (NONE, BOARD)), COMMANDER)

    with pytest.raises(Refused, match=r"declared an interest in ACF-003\. Where it is withdrawn"):
        loaded.perform(DeclareToSign(1, COMMANDER.name, (NONE,)), COMMANDER)
    other = InterestRow("cora command", None, InterestKind.NONE)
    refuses(loaded, "Cora Command", DeclareToSign(1, "cora command", (other,)))


def test_nobody_signs_before_they_declare_and_a_declared_interest_bars_from_the_line(signed: Record) -> None:
    refuses(signed, NOT_DECLARED, first_step(*every_line(), by=PAUL), PAUL)
    own = InterestRow(PAUL.name, "ACF-001", InterestKind.PREJUDICIAL, "a cousin")
    signed.perform(DeclareToSign(1, PAUL.name, (own,)), PAUL)

    with pytest.raises(Refused, match=r"Paul Late declared an interest in ACF-001\. Somebody else"):
        signed.perform(first_step(*every_line(), by=PAUL), PAUL)
    signed.perform(first_step(*every_line()[1:], by=PAUL), PAUL)


def test_a_signature_repeats_the_declaration_and_holds_it(record: Record) -> None:
    signed(record).perform(DeclareToSign(1, COMMANDER.name, (NONE, BOARD)), COMMANDER)
    record.perform(first_step(*every_line()[:2]), COMMANDER)  # its own words, "none", are not its statement

    (row, _) = record.ask(lambda s: decisions(s, 1))
    assert row.interests == ("I know nobody here. A financial interest in ACF-003 (sits on its board).")
    late = InterestRow(COMMANDER.name, "ACF-001", InterestKind.PECUNIARY, "a cousin")
    with pytest.raises(Refused, match="Cora Command signed ACF-001 on the declaration as it was"):
        record.perform(DeclareToSign(1, COMMANDER.name, (NONE, BOARD, late)), COMMANDER)
    other = InterestRow(COMMANDER.name, "ACF-003", InterestKind.PREJUDICIAL, "and its chair is a friend")
    record.perform(DeclareToSign(1, COMMANDER.name, (NONE, other)), COMMANDER)


def test_an_application_that_a_signer_spoke_of_stays_and_a_round_goes_with_its_declarations(
    record: Record,
) -> None:
    loaded = load(set_up_office(record))
    row = InterestRow(PAUL.name, "ACF-003", InterestKind.PREJUDICIAL, "a cousin")
    record.perform(DeclareToSign(1, PAUL.name, (row,)), OFFICER)

    refuses(record, "ACF-003", RemoveApplications(1, ("ACF-003",)))
    assert record.ask(lambda s: declared_as(signer_interests(s, 1), PAUL.name)) == (row,)
    undo(record, loaded)
    assert not record.ask(lambda s: signer_interests(s, 1))
    assert PAUL.name not in {part.name for part in record.ask(lambda s: parts(s, None))}


NO_INTEREST = InterestRow("M2", None, InterestKind.NONE)
GONE = replace(COUSIN, kind=InterestKind.NONE, detail="She left the club.")
SILENT = "M2 declared an interest in ACF-001. Where it is withdrawn, declare none there and say why"


def of_member(record: Record) -> set[InterestRow]:
    return {row for row in record.ask(partial(interests, round_id=1)) if row.member == "M2"}


def test_an_interest_is_taken_back_with_a_reason_and_the_minutes_say_who_when_what_and_why(
    scoring: Record,
) -> None:
    for silent in (
        (),
        (NO_INTEREST,),
        (NO_INTEREST, replace(GONE, detail=" ")),
        (replace(GONE, kind=InterestKind.ABSTAINED, detail=""),),
    ):
        refuses(scoring, SILENT, Declare(1, "M2", silent))
    rows = dated([COUSIN], (NO_INTEREST, GONE), date(2026, 11, 22))

    outcome = scoring.perform(Declare(1, "M2", rows), OFFICER)

    gone = "Withdrawn on 22 November 2026 (pecuniary): She left the club."
    assert of_member(scoring) == {NO_INTEREST, replace(GONE, detail=gone)}
    found = scoring.ask(partial(round_minutes, order=PaperOrder("minutes", utc_now(), 1)))
    item, *others = sorted(found.items, key=lambda item: item.reference)
    assert (item.away, item.withdrawn) == ((), (("Ravi", gone),))
    assert not any(other.withdrawn for other in others)
    assert (found.interests, found.without, found.silent) == ((), ("Ann Sample", "Ravi"), ("Sian",))
    undo(scoring, outcome)
    assert of_member(scoring) == {COUSIN}


def test_who_declares_after_an_item_closed_is_not_said_to_have_taken_no_part(scoring: Record) -> None:
    scoring.perform(Declare(1, "M1", (late := replace(COUSIN, member="M1"),)), OFFICER)
    rooms = {"ACF-001": Room(("M1", "M2"), ("M1",))}
    assert took_no_part((late, COUSIN), {"ACF-001"}, rooms, ()) == (
        "1 member of the scoring panel declared an interest in 1 application and took no part there; "
        "the minutes name them. 1 member of the scoring panel declared an interest in 1 application only "
        "after they had taken part there; the minutes name them."
    )


def test_a_workbook_without_the_interest_says_why_too(loaded: Record) -> None:
    rows = only_round(loaded)
    conflict = next(row for row in rows.interests if row.kind.is_conflict)
    others = tuple(row for row in rows.interests if row is not conflict)
    why = replace(conflict, kind=InterestKind.NONE, detail="Given up")

    with pytest.raises(Refused, match=f"{conflict.member} declared an interest in {conflict.application}"):
        loaded.perform(ReplaceRound(1, replace(rows, interests=others)), OFFICER)
    loaded.perform(ReplaceRound(1, replace(rows, interests=(*others, why))), OFFICER)

    assert why in loaded.ask(partial(interests, round_id=1))


def test_a_sheet_that_opens_without_a_word_of_why_is_marked_all_the_same(
    scoring: Record, clock: TickingClock
) -> None:
    def marked(session: Session) -> list[str]:
        with on_trial(session) as trial:
            mark_opened(trial, 1, {("M1", "ACF-002"): " "})
            rows = trial.execute(select(sheet_table.c.reopened).where(sheet_table.c.reopened.is_not(None)))
            return list(rows.scalars())

    assert scoring.ask(marked) == [WITHOUT_REASON]

    # An interest keeps the day it was declared on whatever is recorded after.
    days = partial(declared_on, round_id=1)
    loaded, second, third = (date(2026, 11, day) for day in (3, 4, 5))
    clock.now += timedelta(days=1)
    scoring.perform(AddInterest(1, InterestRow("M2", "ACF-002", InterestKind.ABSTAINED)), OFFICER)
    clock.now += timedelta(days=1)
    more = InterestRow("M1", "ACF-002", InterestKind.PREJUDICIAL)
    rows = only_round(scoring)
    outcome = scoring.perform(ReplaceRound(1, replace(rows, interests=(*rows.interests, more))), OFFICER)
    known = {("M2", "ACF-001"): loaded, ("M2", "ACF-002"): second}
    assert scoring.ask(days) == known | {("M1", "ACF-002"): third}
    undo(scoring, outcome)
    back = tuple(InterestRow("M2", of, InterestKind.NONE, "a slip") for of in ("ACF-001", "ACF-002"))
    for change in (Declare(1, "M2", back), RemoveMember(1, "M2")):
        clock.now += timedelta(days=1)
        undo(scoring, scoring.perform(change, OFFICER))
        assert scoring.ask(days) == known
