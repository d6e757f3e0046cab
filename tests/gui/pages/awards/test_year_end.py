"""Year end: figures entered, carry forward decided, a workbook taken in, award rates, each by its words."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt

from gui.dialogs.confirm import ListingDialog
from gui.pages.awards.year_end import AWARDS, NOTHING_NEW, PAGE, RATES
from gui.pages.page import Identity
from gui.record.clock import current_day
from models.operations.awards.budget import Contribute
from models.reference.reporting import last_day
from scoring.money import short_pounds
from scoring.written.days import short_day
from tests.gui.listed.page_user import PageUser, Uses

FINANCE = Identity("Finn Pays", "finance")
BY = "Maria Blackwood, Chief Executive"
TABS = ("Areas", AWARDS, RATES)


def ending(at: Uses) -> PageUser:
    """Return who stands at the area that has awards."""
    user = at(PAGE, as_=FINANCE)
    return user.pick(next(row.key for row in user.view.table.rows if row.line.awards))


def turn(user: PageUser, tab: str) -> PageUser:
    user.view.tabs.choose(TABS.index(tab))
    return user


def spend(user: PageUser, amount: str, source: str = "ledger") -> PageUser:
    return user.press("Record expenditure…").fill(pence=amount, reason=source).agree()


def until(user: PageUser) -> date:
    return last_day(user.view.answer.on.year, current_day())


def listing(user: PageUser) -> ListingDialog:
    box = user.tools.dialogs.dialog
    assert isinstance(box, ListingDialog), user.told
    return box


def ledger(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    for row in (("Area", "Expenditure"), *rows):
        book.active.append(row)
    book.save(path)
    return path


def test_expenditure_is_recorded_changed_taken_out_and_undone_and_an_allocation_starts_from_the_pot(
    at: Uses,
) -> None:
    user = spend(ending(at), "1,234.56")
    spent = user.row.end.spent
    assert (spent.pence, spent.source, spent.as_at) == (123_456, "ledger", until(user))
    user.press("Change it: expenditure…")
    assert (user.form["pence"].text(), user.form["reason"].text()) == ("£1,234.56", "ledger")
    assert user.fill(on="31/03/2190").agree().faults.startswith("That day is still to come.")
    assert user.press("Remove").row.end.spent is None
    assert user.undo().row.end.spent == spent
    assert user.undo().row.end.spent is None
    user.press("Allocate to the next year…").fill(who="Maria Blackwood").agree()
    assert user.row.end.allocated.pence == user.row.line.pot.pot_pence


def test_a_carry_forward_asks_who_and_why(at: Uses) -> None:
    user = ending(at)
    line, held = user.row.line, short_pounds(user.row.held_pence)
    assert (held, user.row.free_pence) == ("£520", 0), "of £30,000 in its pot £29,480 is awarded"
    assert f"Held by open rounds\n{held}\nFree to carry forward\n£0" in user.spoken()
    user.view.detail.buttons["Decide carry forward…"].setFocus()
    user.press("Decide carry forward…")
    box = user.form
    assert not box.says[0], "what is offered is what is left"
    unspent = line.committed_pence - line.spent_pence
    assert unspent > 0, "its awards are not paid yet"
    assert box["pence"].value == line.left_pence - unspent - line.held_pence, (
        "what is committed or held is not offered"
    )
    said = f"{short_pounds(unspent)} of it is committed to awards and not spent yet"
    assert any(one.startswith(said) for one in box.sentences)
    assert any(one.startswith(f"{held} of it is held by the pots of open") for one in box.sentences)
    user.fill(pence="600")
    assert box.says[0].startswith("£600 of that is committed to awards or held by open rounds")
    user.fill(pence="999999")
    assert box.says[0].endswith(" more than is left.")
    user.fill(pence="none")
    assert not box.says[0]
    for given, fault in (
        ({}, "“none” is not an exact amount"),
        ({"pence": "−12", "start_up": "x"}, "“x” is not an exact amount"),
        ({"start_up": "0", "on": "soon"}, "“soon” is not a date"),
        ({"on": "14/04/2027"}, "Decided by, name and post: fill it in."),
        ({"who": BY}, "Reason: say it in a few words."),
    ):
        user.fill(**given).agree()
        assert user.faults.startswith(fault)
    user.fill(reason="overspend removed").agree()
    button = user.view.detail.buttons["Change it: carry forward…"]
    assert user.window.focusWidget() is button, "not what comes after the page"
    carried = user.row.end.carried
    assert (carried.pence, carried.decided_on) == (-1_200, date(2027, 4, 14))
    assert carried.left_pence == user.row.left_pence
    assert BY in user.press("Allocate to the next year…").form["who"].text(), "who decided last is offered"


def test_spent_below_nothing_says_what_was_taken_off(at: Uses) -> None:
    user = ending(at)
    user.workspace.perform(Contribute(*user.view.answer.of, user.row.name, 4_200, "open day"))
    words = "−£42 spent of £30,000"
    assert user.view.summary.text().startswith(f"{words} · £30,042 unspent")
    assert "Spent −£42, Unspent £30,042" in user.named
    for name, figure in (
        ("Spent on its awards", "£0"),
        ("Given by the office, taken off", "−£42"),
        ("Spent, without start-up", "−£42"),
    ):
        assert f"{name}\n{figure}" in user.spoken()


def test_the_rest_is_carried_forward_for_one_reason(at: Uses) -> None:
    user = ending(at).press("Carry forward…")
    assert "pence" not in user.form.fields
    promised = sum(line.promised_pence for line in user.view.answer.found.lines)
    assert any(one.startswith(f"{short_pounds(promised)} of it ") for one in user.form.sentences)
    user.fill(who="Maria Blackwood", reason="in full").agree()
    found = user.view.answer.found
    assert not found.undecided
    assert [line.apart_pence for line in found.lines] == [
        line.spent_pence - line.committed_pence - line.held_pence for line in found.lines
    ], "all that is left but what is committed and not spent, and what open rounds hold"
    assert "(Carry forward…)" in user.offered
    found = user.undo().view.answer.found
    assert len(found.undecided) == len(found.lines)


def test_lines_of_a_fund_without_a_panel_are_pasted(at: Uses) -> None:
    user = ending(at).press("Set lines…").fill(lines="Kites; about 5").agree()
    assert "Line 1, pot" in user.faults
    user.fill(lines="Boats\t104,676\t0\t107,145").agree().pick(("Boats", ""))
    assert user.row.line.committed_words == "102.4%"
    user.press("Name who allowed it…")
    assert user.form["pence"].text() == "£2,469"
    user.fill(who=BY, reason="winter repairs").agree()
    assert user.row.line.authority == BY


def test_a_workbook_is_shown_then_recorded_at_once_and_none_of_it_where_it_has_faults(
    at: Uses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = ending(at)
    name = user.view.answer.found.lines[0].name
    book = ledger(tmp_path / "ledger.xlsx", ("Nowhere", 1), (name, "lots"))
    monkeypatch.setattr(user.tools.dialogs.files, "open", lambda *_: book)
    user.press("Import expenditure…")
    faults = listing(user).list.toPlainText().splitlines()
    assert [line.split(":")[0] for line in faults] == ["Sheet!A2", "Sheet!B3"]
    listing(user).reject()
    assert all(line.end.spent is None for line in user.view.answer.found.lines)

    ledger(book, (user.row.name, 1500))
    user.press("Import expenditure…")
    said = f"{user.row.name}: £1,500, up to {short_day(until(user))}"
    assert listing(user).list.toPlainText().startswith(said)
    spent = user.agree().row.end.spent
    assert (spent.pence, spent.start_up_pence, spent.source) == (150_000, 0, "ledger.xlsx")
    user.press("Import expenditure…")
    assert listing(user).accessibleDescription() == NOTHING_NEW
    assert listing(user).do.isHidden()


def test_awards_have_figures_of_their_own_and_award_rates_stand_beside_their_chart(at: Uses) -> None:
    user = turn(ending(at), AWARDS)
    assert user.row.award is not None
    assert "Allocate to the next year…" not in user.offered
    assert "Set lines…" not in user.offered
    assert "\nStands at\n" in user.spoken(), "it is after money back, as on Monitoring"
    assert "\nAwarded\n" not in user.spoken()
    assert spend(user, "7").row.spent_pence == 700

    turn(user, RATES)
    card = user.view.owned[-1]
    assert card.isVisible()
    assert card.chart.sentence.endswith("%.")
    assert len(card.chart.marks) >= 1
    rows = [row for _, row in card.table.rows]
    model = card.table.model()
    called = [model.index(at_row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for at_row in range(len(rows))]
    assert called == [", ".join(row[:2]) for row in rows], "what it counts by, and which of them"
    assert len({*called}) == len(called) > 1
    assert user.view.panes() == (user.view.boxes["year"], *card.panes())
    assert user.offered[:1] == ("Import expenditure…",)
    assert "Carry forward…" not in user.offered
    assert turn(user, "Areas").row is not None
