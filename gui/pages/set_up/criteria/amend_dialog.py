"""Publish a new version: its reason, and every sheet that it touches, before it is done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.text import ENDS_UNDO, counted
from gui.theme.look import Look
from gui.theme.office_words import ours
from models.queries.set_up.criteria import TouchedSheet

REASON_FIRST = "Say why: every paper prints the reason."


class AmendDialog(Form):
    """The effect and the count first, then the reason, without which nothing is done."""

    is_final = True
    agreed = Signal(str)

    def __init__(self, look: Look, version: int, touched: Sequence[TouchedSheet], parent: QWidget) -> None:
        title = f"Publish version {version}"
        super().__init__(look, title, effect_words(version, touched), title, parent)
        if touched:
            self.sheets = self.listed("Sheets affected", "\n".join(map(_line, touched)), 60)
            self.sheets.setMaximumHeight(look.px(150))
        self.reason = self.note("Reason for the amendment", shown="Reason", wanted=REASON_FIRST)
        self.finish(self.reason)


def effect_words(version: int, touched: Sequence[TouchedSheet]) -> tuple[str, ...]:
    """Return what publishing a version does."""
    handed_in = sum(1 for sheet in touched if sheet.is_submitted)
    sheets = counted(len(touched), "sheet", "sheets")
    return (
        ours(f"Version {version} applies from now on, in all areas; version {version - 1} is kept."),
        f"It affects {sheets}, {handed_in} of them handed in." if touched else "No sheet is affected.",
        ENDS_UNDO,
    )


def _line(sheet: TouchedSheet) -> str:
    state = "handed in" if sheet.is_submitted else "draft"
    return f"{sheet.application}, {sheet.name}, {state}"
