"""What a return differs in: chosen by keys, by row or by sheet, with one reason for a sheet."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.app import Window
from gui.pages.packs.import_dialog import NEITHER, ImportDialog
from models.values.pack_plans import Difference, Incoming, MemberPlan, Plan, Side
from models.values.revisions import Key


def difference(reference: str, criterion: str, *, has_here: bool = True) -> Difference:
    """Return a mark that is 3 here and 4 in a return; without a side here, 5 in another."""
    name = f"{reference} {criterion}"
    other = Side(f"{name} here", "3", is_here=True) if has_here else Side(f"{name} other", "5", is_here=False)
    sides = (other, Side(f"{name} return", "4", is_here=False))
    return Difference("round", "member", "M1", reference, Key(reference, f"mark:{criterion}"), "3", sides)


@pytest.fixture
def box(window: Window) -> ImportDialog:
    """Three rows of one sheet and one of another, of which no side stands here."""
    rows = [difference("S-001", code) for code in ("A1", "A2", "A3")]
    found = (*rows, difference("S-002", "A1", has_here=False))
    member = MemberPlan(1, "round", "member", "M1", "Ann Sample", {}, {}, differences=found)
    made = ImportDialog(Plan((member,)), Incoming({}), window.main)
    window.controller.dialogs.show(made)
    return made


def chosen(box: ImportDialog) -> list[str | None]:
    return [None if row.chosen is None else row.difference.sides[row.chosen].value for row in box.table.rows]


def test_a_sheet_is_decided_with_two_keys_and_one_reason(box: ImportDialog) -> None:
    assert box.whole.text() == "One reason for the whole sheet (S-001)"
    QTest.keyClick(box.table, Qt.Key.Key_Right)
    assert chosen(box) == ["3", None, None, None]
    QTest.keyClick(box.table, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert chosen(box) == ["4", "4", "4", None]

    QTest.keyClicks(box.reason, "her paper says so")

    assert [row.reason for row in box.table.rows] == [*["her paper says so"] * 3, ""]
    box.whole.setChecked(False)
    QTest.keyClicks(box.reason, " too")
    assert [row.reason for row in box.table.rows[:2]] == ["her paper says so too", "her paper says so"]
    QTest.keyClick(box, Qt.Key.Key_F8)
    assert (box.reason.text(), box.whole.isVisible()) == ("", False)
    QTest.keyClick(box.table, Qt.Key.Key_Right)
    assert box.problem.text() == NEITHER.format("return")
    assert chosen(box)[3] is None
