"""Who withdrew, and whom the panel could not decide on, get letters that say so."""

from datetime import date, timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from models.operations.applications.corrections import SetWithdrawn, merge_change
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.office import SetPaperTexts
from models.operations.set_up.replace import ReplaceRound
from models.papers.letters.letter import Undecided
from models.papers.order import PaperOrder
from models.queries.papers.letters import letters
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.values.rows import InterestRow, SheetRow
from scoring.round import Area, InterestKind
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    decided,
    deciding_rows,
    first_step,
    last_step,
    recommended,
)
from tests.models.operations.deciding_rounds import every_line as all_three
from tests.models.queries.papers.letter_parts.test_at_gates import NOW, found, scored
from tests.models.rounds import OFFICER, application


def test_what_was_withdrawn_is_acknowledged_and_what_was_merged_goes_on_elsewhere(record: Record) -> None:
    rows = tuple(application(number) for number in (1, 2, 3))
    scored(record, replace(rows[0], withdrawn=True), *rows[1:])
    record.perform(merge_change(1, rows[1], rows[2], ()), OFFICER)

    assert {of: (one.kind, one.withdrawn_on) for of, one in found(record).items()} == {
        "ACF-001": ("withdrawn", None)
    }
    held = record.ask(partial(round_rows, round_id=1))
    others = tuple(replace(row, withdrawn=row.reference == "ACF-002") for row in held.applications)
    for rows in (held, replace(held, applications=others), held):
        record.perform(ReplaceRound(1, rows), OFFICER)
    assert found(record)["ACF-001"].withdrawn_on is None, "it was loaded on a day, and withdrawn before"

    record.perform(SetWithdrawn(1, "ACF-001", False), OFFICER)
    record.perform(SetWithdrawn(1, "ACF-001", True, "Money elsewhere."), OFFICER)
    letter = found(record)["ACF-001"]
    assert (letter.withdrawn_on, letter.was_pence, letter.reason) == (date(2026, 11, 3), None, "")


def test_what_is_withdrawn_after_the_decision_is_offered_nothing(record: Record) -> None:
    decided(record)
    record.perform(SetWithdrawn(1, "ACF-001", True, "Money elsewhere."), OFFICER)

    letter = found(record)["ACF-001"]

    assert (letter.kind, letter.offered_pence, letter.was_pence) == ("withdrawn", None, 100_000)


@pytest.mark.parametrize(("pot", "is_spent"), [(350_000, False), (300_000, True)])
def test_what_the_panel_could_not_decide_is_told_so_once_the_others_are_decided(
    record: Record, pot: int, is_spent: bool
) -> None:
    rows = replace(deciding_rows(), areas=(Area("Coventry", pot), Area("Dudley", 0)))
    second = tuple(SheetRow("M2", sheet.application, True, sheet.marks) for sheet in rows.sheets)
    aside = (InterestRow("M1", "ACF-003", InterestKind.PECUNIARY, "a cousin"),)
    asked = replace(rows.scheme, quorum=2)
    recommended(record, replace(rows, scheme=asked, sheets=(*rows.sheets, *second), interests=aside))
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    lines = all_three()[:2]
    record.perform(first_step(*lines), COMMANDER)
    record.perform(last_step(*lines), DECIDER)

    letter = found(record)["ACF-003"]

    assert (letter.kind, letter.answer_by) == ("undecided", None)
    assert letter.open == Undecided(quorum=2, came=1, is_spent=is_spent)
    given = record.ask(lambda session: letters(session, PaperOrder("letters", NOW, 1)))
    assert given.to_do_words.startswith("1 letter leaves an application undecided and names no day by which")
    by = NOW.date() + timedelta(days=30)
    record.perform(SetPaperTexts(1, "letters", "ACF-003", (("answer_by", by.isoformat()),)), OFFICER)
    assert found(record)["ACF-003"].answer_by == by
    record.perform(SetWithdrawn(1, "ACF-001", True, "Money elsewhere."), OFFICER)
    back = found(record)["ACF-003"].open
    assert back is not None
    assert not back.is_spent, "some of it came back"


def test_who_is_in_a_tie_that_the_chair_left_open_is_told_so_and_who_waits_for_it(record: Record) -> None:
    rows = deciding_rows()
    fourth = replace(rows.applications[2], reference="ACF-004", organisation="Fourth", requested_pence=10_000)
    marks = ((5, 5, 5), (4, 4, 4), (4, 4, 4), (3, 3, 3))
    sheets = tuple(SheetRow("M1", f"ACF-00{n}", True, given) for n, given in enumerate(marks, 1))
    asked = tuple(replace(row, requested_pence=200_000) for row in rows.applications)
    recommended(record, replace(rows, applications=(*asked, fourth), sheets=sheets))
    (line,) = all_three()[:1]
    with pytest.MonkeyPatch.context() as patch:  # as older records have it: no such decision is taken today
        patch.setattr(RecordDecisions, "check_at_entry", lambda *_: None)
        record.perform(replace(last_step(line), from_paper=True), OFFICER)

    letters_of = found(record)

    assert letters_of["ACF-002"].open == letters_of["ACF-003"].open == Undecided(tied=1)
    assert letters_of["ACF-004"].open == Undecided()
    assert {letters_of[of].kind for of in ("ACF-002", "ACF-003", "ACF-004")} == {"undecided"}
