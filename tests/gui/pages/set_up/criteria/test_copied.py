"""What an area got from the round that its own was copied from is marked at its field until confirmed."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from msgspec.structs import replace
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.set_up.areas.area_form import AreaForm, area_row
from gui.pages.set_up.areas.areas_section import AREA_COLUMNS
from gui.pages.set_up.criteria.publishing import publishing
from gui.text import ENDS_UNDO
from models.operations.set_up.rounds import ConfirmCarried
from models.values.rounds import FIELDS, POT, AreaDates, AreaLine
from tests.gui.looks import look_of

TODAY = date(2026, 9, 1)
ROW = area_row(AreaLine("Dudley", "intake", 500_000, 0, 0), AreaDates(meets_on=date(2026, 12, 2)), TODAY)


def test_what_was_copied_is_marked_at_its_field_and_confirmed_there(qapp: QApplication, qtbot: QtBot) -> None:
    asked = list[object]()
    workspace = SimpleNamespace(perform=asked.append)
    look_of(qapp)
    tools: Any = SimpleNamespace(perform=asked.append, workspace=workspace)
    form = AreaForm(tools)
    qtbot.addWidget(form)

    form.show_area(2, replace(ROW, copied=("“Spring” 2025/26", ("pot_pence", "meets_on"))), TODAY)

    marked = [form[name].beside.text() for name in (POT, *FIELDS)]
    assert marked == ["From “Spring” 2025/26: to check", "", "", "", "From “Spring” 2025/26: to check"]
    form.right.click()
    assert asked == [ConfirmCarried(2, ("Dudley",))]

    of_area = AREA_COLUMNS[0]
    copied = replace(ROW, copied=("“Spring” 2025/26", ("pot_pence",)))
    assert [of_area.text(row) for row in (ROW, copied)] == ["Dudley", "Dudley · to check"]

    form.show_area(2, ROW, TODAY)
    assert (form[POT].beside.isHidden(), form.right.isHidden()) == (True, True)
    form.set_open(False)
    form.show_area(2, replace(ROW, copied=("“Spring” 2025/26", ("pot_pence",))), TODAY)
    assert (form[POT].beside.isHidden(), form.right.isHidden()) == (False, True)


def test_publishing_says_what_was_copied_and_nobody_checked() -> None:
    line = SimpleNamespace(areas=(AreaLine("Dudley", "intake", 500_000, 0, 0),))
    facts: Any = SimpleNamespace(line=line, carried={"Dudley": ("“Spring” 2025/26", ("meets_on",))})

    *_, said, last = publishing(facts)

    assert said == "Not checked yet: Dudley: meeting of the panel, copied from “Spring” 2025/26."
    assert last == ENDS_UNDO
