"""Packs go out, a member scores elsewhere, and the return comes in; rounds and areas of another record."""

import json
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import delete

from models.operation import Actor, Topic
from models.operations.applications.corrections import SetWithdrawn
from models.operations.packs import take_in as taking
from models.operations.packs.consolidated import BringAreaBack, CarriedChange, TakeAreaOut
from models.operations.packs.packs import IssuePack, MakeReturn, OpenPack
from models.operations.packs.take_in import TakeInReturns
from models.operations.panel.agreed import SetAgreedMark
from models.operations.panel.sheets import SetMark, SetReason
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.scheme import AmendScheme
from models.packs import pack_making as pack_issuing
from models.packs.consolidation import plan_consolidation
from models.packs.pack_making import ready_return
from models.queries.packs.pack_lines import areas_out
from models.queries.packs.return_checks import warnings_about
from models.queries.packs.returns import open_plan
from models.queries.panel.panel import interests
from models.queries.panel.panel_board import panel_board
from models.queries.set_up.rounds import round_line, rounds
from models.record import Opener, Record
from models.schema.packs import private_key_table
from models.store.upkeep import TableRows
from models.trouble import Trouble
from models.values import canonical, signing
from models.values.packs import read_pack, read_return, with_signature
from models.values.revisions import History, Key
from models.values.rows import InterestRow, by_reference
from scoring.round import AFTER_MEETING, InterestKind
from scoring.written.text import Refused
from tests.models.conftest import TickingClock
from tests.models.packed_rounds import (
    ANN,
    CHAIR,
    KEYS,
    SECRETS,
    TODAY,
    declare,
    fill,
    issue,
    laptop,
    make_return,
    mark,
    planned,
    sheets_of,
    take_in,
)
from tests.models.packs.test_consolidation import applied_record
from tests.models.rounds import OFFICER, SCHEME, refused, refuses, undo
from tests.safety.table import Reached


@pytest.fixture
def text(home: Record) -> str:
    """The return of M1 with one mark, A1 of ACF-001."""
    mark(home, "ACF-001", "A1", 2, None)
    return make_return(home)


def forged(text: str, **changes: object) -> str:
    """Return a return that its member changed on purpose and signed again."""
    changed = replace(read_return(text), **changes)  # type: ignore[arg-type]
    return canonical.to_text(with_signature(changed, KEYS["M1"]))


def test_a_pack_holds_what_is_allowed_and_nothing_else(pack: str, tmp_path: Path) -> None:
    found = read_pack(pack)

    by = by_reference(found.applications)
    assert by.keys() == {"ACF-001", "ACF-002", "ACF-003"}
    assert by["ACF-001"].answers == (("Why?", "Because 1"),)
    assert by["ACF-001"].summary == "Plots for 1, ask [left out]"
    assert not [secret for secret in (*SECRETS.values(), "08-99-99", "Ravi", "M2") if secret in pack]

    # A pack without a marking leaves the one that a round begins with.
    private = b"\x09" * 32
    bare = replace(
        found, round=replace(found.round, marking="", dates=()), office_key=signing.public_half(private).hex()
    )
    with laptop(tmp_path / "bare.panel", canonical.to_text(with_signature(bare, private))) as record:
        assert record.ask(partial(round_line, round_id=1)).marking == "OFFICIAL"


def test_a_pack_leaves_out_what_its_member_has_an_interest_in_and_is_issued_once(there: Record) -> None:
    found = read_pack(issue(there, "M2"))

    assert [item.reference for item in found.applications] == ["ACF-001", "ACF-002"]
    assert "ACF-003" not in canonical.to_text(found)
    assert "cousin" not in canonical.to_text(found)

    # Each bears the same key, and is issued once.
    refused("no member M9", issue, there, "M9")
    first = issue(there)
    ready = there.ask(partial(pack_issuing.ready_pack, round_id=1, member="M1", today=TODAY))
    refuses(there, "An officer or the chair issues a pack", ready.operation, Actor("Ann Sample", "member"))
    there.perform_beside(ready.operation, ready.keep, OFFICER)

    assert ready.pack.office_key == read_pack(first).office_key
    refuses(there, "issued already", ready.operation)
    refuses(there, "this record's key", replace(ready.operation, pack="another", office_key="ab" * 32))

    # Nothing to score is no pack.
    for number in (1, 2, 3):
        there.perform(SetWithdrawn(1, f"ACF-00{number}", is_withdrawn=True, reason="asked"), OFFICER)
    refused("no application that M1 may score", issue, there)


def test_a_members_own_record_scores_declares_and_nothing_else(
    home: Record, pack: str, there: Record
) -> None:
    for record in (home, there):
        refuses(record, "new, separate record", OpenPack(pack, "ab" * 32), ANN)
    declare(home)
    fill(home, "ACF-001")

    assert sheets_of(home)["ACF-001"].submitted
    assert home.ask(partial(interests, round_id=1)) == (InterestRow("M1", None, InterestKind.NONE),)
    refuses(home, "panel member's own record", MoveAreas(1, ("Coventry",), "meeting"))


def test_what_was_marked_elsewhere_comes_in_and_goes_out_as_one(
    there: Record, home: Record, clock: TickingClock
) -> None:
    declare(home, InterestRow("M1", "ACF-002", InterestKind.NON_PECUNIARY, "a friend"))
    fill(home, "ACF-001")
    declare(there, InterestRow("M1", "ACF-003", InterestKind.NON_PECUNIARY, "a client"))
    clock.now += timedelta(days=2)

    outcome = take_in(there, make_return(home))

    # one interest put down beside that at the office; three marks, one reason, handed in: 6
    assert outcome.words == "6 new, 0 differ, 0 refused."
    declared = there.ask(partial(interests, round_id=1))
    assert [row.application for row in declared if row.member == "M1"] == ["ACF-003", "ACF-002"]
    told = {row.details.code: row.declared_on for row in there.ask(partial(panel_board, round_id=1)).members}
    assert told == {"M1": date(2026, 11, 5), "M2": None}, "the day of what was declared last"
    row = sheets_of(there)["ACF-001"]
    assert (row.marks, row.reasons[0], row.submitted) == ((4, 3, 5), "asked the street", True)
    undone = undo(there, outcome)
    assert sheets_of(there) == {}
    undo(there, undone)
    assert sheets_of(there)["ACF-001"] == row


@pytest.mark.safety(8)
def test_the_same_return_twice_changes_nothing(there: Record, home: Record, reached: Reached) -> None:
    fill(home, "ACF-001")
    text = make_return(home)
    take_in(there, text)
    rows = there.head().seq

    assert not planned(there, text).is_new
    refused("nothing new", take_in, there, text)
    assert there.head().seq == rows
    reached("the same return again: no change, no row of the journal")


def test_an_older_return_after_a_newer_is_kept_and_changes_no_mark(
    there: Record, home: Record, text: str
) -> None:
    mark(home, "ACF-001", "A1", 5, 2)
    newer = make_return(home)

    take_in(there, newer)
    outcome = take_in(there, text)

    assert outcome.words == "0 new, 0 differ, 0 refused."
    assert sheets_of(there)["ACF-001"].marks == (5, None, None)
    # A mark taken back takes its sheet along.
    mark(home, "ACF-001", "A1", None, 5)
    take_in(there, make_return(home))
    assert sheets_of(there) == {}


def test_a_return_is_the_same_until_something_changes(home: Record) -> None:
    refused("Nothing was recorded", home.ask, ready_return)
    mark(home, "ACF-001", "A1", 2, None)
    text = make_return(home)
    rows = home.head().seq

    assert make_return(home) == text
    assert home.head().seq == rows
    mark(home, "ACF-001", "A1", None, 2)
    assert read_return(make_return(home)).number == 2

    mark(home, "ACF-001", "A1", 2, None)
    ready = home.ask(ready_return)
    mark(home, "ACF-001", "A1", 3, 2)
    assert ready.operation is not None
    refuses(home, "Make it again", ready.operation, ANN)


def test_a_mark_changed_in_both_places_is_decided_by_a_person(there: Record, home: Record) -> None:
    there.perform(SetMark(1, "M1", "ACF-001", "A1", 3, None, from_paper=True), OFFICER)
    mark(home, "ACF-001", "A1", 1, None)
    mark(home, "ACF-001", "A2", 4, None)
    text = make_return(home)
    (difference,) = planned(there, text).differences

    outcome = take_in(there, text)  # without a choice what stands here stays, and is asked again

    assert outcome.words == "1 new, 1 differ, 0 refused."
    assert sheets_of(there)["ACF-001"].marks == (3, 4, None)
    assert (difference.what, [side.value for side in difference.sides]) == ("ACF-001 A1", ["3", "1"])
    (still,) = there.ask(partial(open_plan, round_id=1)).differences
    chosen = still.decided(still.sides[1], "what she says herself")
    refused("Say why", take_in, there, decisions=(replace(chosen, reason=" "),))
    take_in(there, decisions=(chosen,))
    assert sheets_of(there)["ACF-001"].marks == (1, 4, None)
    assert there.ask(partial(open_plan, round_id=1)).differences == ()
    refused("changed in the meantime", take_in, there, decisions=(chosen,))
    (both,) = (one.parents for one in read_pack(issue(there)).revisions if len(one.parents) > 1)
    assert set(both) == {side.hash for side in still.sides}, "neither side is lost to the next return"


def test_what_the_panel_agreed_on_is_not_marked_any_more(there: Record, home: Record) -> None:
    mark(home, "ACF-001", "A1", 2, None)
    mark(home, "ACF-002", "A1", 2, None)
    text = make_return(home)
    there.perform(MoveAreas(1, ("Coventry",), "meeting"), CHAIR)
    there.perform(SetAgreedMark(1, "ACF-001", "A1", 5, "agreed", None, ""), CHAIR)

    found = planned(there, text)

    assert [(item.what, item.words) for item in found.refused] == [
        ("ACF-001 A1", "the panel has agreed marks on it"),
        ("ACF-002 A1", "Coventry is at the stage “meeting”"),
    ]
    assert take_in(there, text).words == "0 new, 0 differ, 2 refused."
    assert sheets_of(there) == {}


def test_a_return_that_was_edited_or_is_of_another_record_pack_scheme_or_member_is_refused(
    there: Record, text: str
) -> None:
    for changes, words in (
        ({"round": "elsewhere"}, "of a round that this record does not have"),
        ({"member": "nobody"}, "of a member whom the round does not have"),
        ({"pack": "other"}, "did not issue"),
        ({"fingerprint": "00" * 32}, "scheme was amended"),
    ):
        refused(words, planned, there, forged(text, **changes))
    there.perform(AmendScheme(1, replace(SCHEME, quorum=2), SCHEME, "quorum"), CHAIR)
    refused("scheme was amended", planned, there, text)

    data = json.loads(text)
    data["number"] = 7

    for edited in (canonical.dumps(data), text.replace("{", "{ ", 1), "[]", "{", '{"format":1}'):
        with pytest.raises(Trouble, match="changed after it was made"):
            planned(there, edited)
    with pytest.raises(Trouble, match="newer version"):
        planned(there, canonical.dumps({**data, "format": 2}))


def test_a_value_that_cannot_be_is_refused(there: Record, text: str) -> None:
    given = read_return(text)
    own = given.revisions[-1].application
    for application, slot, value in (
        (own, "mark:A1", "6"),
        (own, "mark:A1", "true"),
        (own, "mark:A9", "1"),
        (own, "odd:A1", "1"),
        (own, "reason:A1", "1"),
        (own, "handed in", "1"),
        (own, "interest", "1"),
        (own, "interest", '[["odd",""]]'),
        (own, "mark:A1", "{"),
        ("elsewhere", "mark:A1", "1"),
    ):
        made = History.new(given.within, Key(application, slot)).set_to(value).written
        with pytest.raises(Trouble, match="changed after it was made"):
            planned(there, forged(text, revisions=made))


def test_another_key_is_accepted_only_by_its_code(there: Record, text: str, tmp_path: Path) -> None:
    outcome = take_in(there, text)
    with laptop(tmp_path / "second.panel", issue(there), KEYS["laptop 2"]) as second:
        mark(second, "ACF-001", "A1", 4, 2)
        text = make_return(second)
    public = read_return(text).member_key

    refused(f"code {signing.short_code(bytes.fromhex(public))}", take_in, there, text)
    there.perform(TakeInReturns((text,), trusted=(public,)), OFFICER)

    assert sheets_of(there)["ACF-001"].marks[0] == 4
    assert not planned(there, text).members[0].is_key_changed
    refused("changed since", undo, there, outcome)


def test_a_count_that_does_not_add_up_rolls_all_of_it_back(
    there: Record, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = there.head().seq
    counts = taking._counts
    monkeypatch.setattr(taking, "_counts", lambda session, member: (*counts(session, member)[:2], 0))

    with pytest.raises(Trouble, match="do not add up"):
        take_in(there, text)

    assert (sheets_of(there), there.head().seq) == ({}, rows)


def test_expiry_and_another_past_are_said_and_not_refused(
    there: Record, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = partial(there.ask)

    assert ask(partial(warnings_about, texts=(text,), today="2026-12-01")) == ()
    (late,) = ask(partial(warnings_about, texts=(text,), today="2026-12-02"))
    assert "expired on 1 December 2026" in late
    (other,) = ask(partial(warnings_about, texts=(forged(text, office_head="00" * 32),), today="2026-12-01"))
    assert "of the journal is not the one" in other

    # A return is made only in a members own record.
    refused("not made from a pack", there.ask, ready_return)
    refuses(there, "not made from a pack", MakeReturn(text), ANN)

    # A value that was not written rolls all of it back.
    monkeypatch.setattr(taking, "_write_sheet", lambda *rest: None)
    with pytest.raises(Trouble, match="is not what the return holds"):
        take_in(there, text)
    assert sheets_of(there) == {}


def test_a_round_that_is_set_up_has_no_packs(taken_in: Record) -> None:
    refused("still being set up", issue, taken_in)
    example = IssuePack(1, "M1", "p", TODAY, 1, "ab", "00" * 32, 1, "00", ())
    refuses(taken_in, "still being set up", example)


def test_a_record_without_its_key_says_so(there: Record, pack: str, tmp_path: Path) -> None:
    def without(session: object) -> None:
        session.execute(delete(private_key_table))  # type: ignore[attr-defined]
        pack_issuing.ready_pack(session, 1, "M1", TODAY)  # type: ignore[arg-type]

    with pytest.raises(Trouble, match="key is missing"):
        there.try_out(without)

    # A copy of the record keeps its keys.
    there.backup(tmp_path / "copy.panel")
    with Record.open(tmp_path / "copy.panel", Opener("Grace Okoro", "tests")) as copy:
        assert read_pack(issue(copy)).office_key == read_pack(pack).office_key


def test_a_reason_without_its_mark_travels_and_that_it_is_for_the_panel_only(
    there: Record, home: Record
) -> None:
    home.perform(SetReason(1, "M1", "ACF-001", "A1", "to ask", ""), ANN)
    take_in(there, make_return(home))
    assert sheets_of(there)["ACF-001"].reasons[0] == "to ask"
    home.perform(SetReason(1, "M1", "ACF-001", "A1", "to ask", "to ask", for_panel=True), ANN)
    take_in(there, make_return(home))
    assert sheets_of(there)["ACF-001"].for_panel == ("A1",)

    home.perform(SetReason(1, "M1", "ACF-001", "A1", "to ask", "to ask", for_panel=False), ANN)
    take_in(there, make_return(home))
    assert sheets_of(there)["ACF-001"].for_panel == ()


AT = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
OUT = TakeAreaOut(1, "Coventry", "Ann Example", "laptop-7")
WITHDRAWN = SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="the applicant's wish")
THERE = CarriedChange("Ann Example", "officer", AT, "cd34", WITHDRAWN)


def test_an_area_goes_out_and_what_was_done_there_is_done_again(loaded: Record) -> None:
    out = loaded.perform(OUT, OFFICER)

    assert out.words == "Took Coventry out with Ann Example."
    (there,) = loaded.ask(areas_out)
    back = BringAreaBack(1, "Coventry", there.row, (THERE,))
    assert back.detail == f"Ann Example: {WITHDRAWN.label}"
    misfit = replace(THERE, row="ef56", change=replace(WITHDRAWN, application="ACF-999"))
    before = loaded.head()
    with pytest.raises(Refused):
        loaded.perform(replace(back, changes=(THERE, misfit)), OFFICER)
    assert loaded.head() == before, "one change that no longer fits keeps out all"
    outcome = loaded.perform(back, OFFICER)
    assert outcome.words == "Brought Coventry back with 1 change."
    assert {Topic.PACKS, Topic.APPLICATIONS} <= outcome.touched
    assert loaded.ask(areas_out) == ()


@pytest.mark.both_engines
def test_rounds_are_taken_in_once_by_no_member_and_over_no_number_that_was_taken_since(
    loaded: Record, tmp_path: Path
) -> None:
    with Record.read_copy(applied_record(tmp_path / "coventry.panel")) as part:  # of a reference that is here
        operation = plan_consolidation(loaded, part, "coventry.panel").operation
    refuses(loaded, "imports the rounds of another record", operation, Actor("Ann Sample", "member"))
    without = replace(operation, tables=tuple(one for one in operation.tables if one.table != "rounds"))
    refuses(loaded, "changed in the meantime", without)
    strange = replace(operation, tables=(TableRows("spells", ("id",), ((1,),)),))
    refuses(loaded, "a table that the record does not have", strange)
    assert len(loaded.ask(rounds)) == 1

    loaded.perform(operation, OFFICER)
    refuses(loaded, "is in the record already", operation)


def test_a_sheet_handed_in_elsewhere_that_comes_in_after_the_meeting_had_begun_is_marked(
    there: Record, home: Record
) -> None:
    fill(home, "ACF-001")
    take_in(there, make_return(home))
    fill(home, "ACF-002")
    for stage, why in (("meeting", ""), ("scoring", "A sheet is missing")):
        there.perform(MoveAreas(1, ("Coventry",), stage, why), CHAIR)

    outcome = take_in(there, make_return(home))

    found = sheets_of(there)
    assert (found["ACF-001"].reopened, found["ACF-002"].reopened) == ("", AFTER_MEETING)
    undo(there, outcome)
    assert "ACF-002" not in sheets_of(there)
