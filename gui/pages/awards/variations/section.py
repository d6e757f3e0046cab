"""What became of the award at hand since it was decided, and what may be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.flow import Flow
from gui.widgets.label import Label
from models.queries.awards.amendments import change_words
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.variations import Recovery, VariationRow
from scoring.money import short_pounds
from scoring.written.days import short_day
from scoring.written.text import listed

VARY, SIGN, WITHDRAW, ASK, RECEIVE = "vary", "sign", "withdraw", "ask", "receive"
"""What may be asked for."""
WORDS = {
    VARY: "Vary…",
    SIGN: "Sign the variation…",
    WITHDRAW: "Withdraw the variation…",
    ASK: "Ask for money back…",
    RECEIVE: "Record money received back…",
}


class VariationSection(QWidget):
    """The history of an award, oldest first, with what may be asked for beneath it."""

    asked = Signal(str)

    def __init__(self, look: Look, row: AwardRow, *, may_keep: bool, may_sign: bool) -> None:
        super().__init__()
        self._look = look
        self.buttons: dict[str, Button] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, look.px(6), 0, 0)
        self._column.setSpacing(look.px(6))
        self._column.addWidget(Label(look, "Changes since the decision", weight=600))
        for told, tone in history_lines(row):
            self._column.addWidget(Label(look, told, size=12, tone=tone).wrapped())
        self._offer(list(_offered(row, may_keep=may_keep, may_sign=may_sign)))

    def _offer(self, asked: Sequence[str]) -> None:
        actions = QWidget()
        line = Flow(actions)
        line.setSpacing(self._look.px(8))
        for one in asked:
            button = Button(self._look, WORDS[one], kind="link")
            button.setProperty("asks", one)
            button.clicked.connect(self._ask)
            self.buttons[one] = button
            line.addWidget(button)
        self._column.addWidget(actions)

    @Slot()
    def _ask(self) -> None:
        self.asked.emit(str(self.sender().property("asks")))


def history_lines(row: AwardRow) -> tuple[tuple[str, str], ...]:
    """Return what became of an award, each line with its tone; one that says so where nothing did."""
    told = [(_varied(one, row), "warning" if _waits(one, row) else "text2") for one in row.variations]
    told += [(_asked(one, row), "text2") for one in row.asked_back]
    return tuple(told) or (("Nothing was varied or asked back.", "muted"),)


def _waits(one: VariationRow, row: AwardRow) -> bool:
    return one.is_proposed or one.number in row.unsigned


def _varied(one: VariationRow, row: AwardRow) -> str:
    changes = "; ".join(change_words(one))
    named = f"Variation {one.number}: {changes}. Reason: {one.reason.rstrip('.')}."
    if one.is_proposed:
        return f"{named} Waits to be signed{_signed(one)}."
    if one.effective_on is None:
        return f"{named} Withdrawn: {one.ended_because.rstrip('.')}."
    since = f"from {short_day(one.effective_on)}{_signed(one)}"
    if one.number in row.unsigned:
        return f"{named} Proposed {since}: both have not signed the agreement with it yet."
    return f"{named} Agreed {since}."


def _signed(one: VariationRow) -> str:
    names = [f"{each.signed_by} ({each.post})" for each in one.signatures]
    return f", signed by {listed(names)}" if names else ""


def _asked(one: Recovery, row: AwardRow) -> str:
    left = one.outstanding_pence(row.returned)
    state = f"{short_pounds(left)} still to come" if left else "all received"
    asked = f"{short_pounds(one.amount_pence)} asked back on {short_day(one.asked_on)}"
    return f"{asked}: {one.reason.rstrip('.')}; {state}."


def _offered(row: AwardRow, *, may_keep: bool, may_sign: bool) -> Sequence[str]:
    found = []
    if row.proposed is not None:
        found += [SIGN] if may_sign else []
        found += [WITHDRAW] if may_keep else []
    elif may_keep:
        found += [VARY]
    if may_keep and row.may_be_asked_pence:
        found += [ASK]
    if may_keep and any(one.outstanding_pence(row.returned) for one in row.asked_back):
        found += [RECEIVE]
    return found
