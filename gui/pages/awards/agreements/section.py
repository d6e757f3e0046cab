"""What is known of an agreement and of subsidy control, and the buttons to record more of it."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.record.clock import current_day
from gui.text import sentence
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.flow import Flow
from gui.widgets.label import Label
from models.queries.awards.award_rows import AwardRow
from models.values.awards import KINDS
from scoring.written.days import short_day

DETAILS, SUBSIDY, PAPER = "details", "subsidy", "paper"
"""What may be asked for."""
WANTED = "Varied since: write the next version and have it signed."
UNSIGNED = "is not signed yet: record it under “Sent, signed, filed”."
LATE = "it is late."
NOT_DRAFTED = "Not issued yet: Papers writes it for both to sign."


class AgreementSection(QWidget):
    """Where the agreement stands: issued, sent, signed by whom, held where; and subsidy control."""

    asked = Signal(str)

    def __init__(self, look: Look, row: AwardRow, *, may_keep: bool) -> None:
        super().__init__()
        self.buttons: dict[str, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        for words in agreement_lines(row):
            tone = "warning" if words.endswith((WANTED, UNSIGNED, LATE)) else "text2"
            column.addWidget(Label(look, words, size=12, tone=tone).wrapped())
        actions = QWidget()
        line = Flow(actions)
        line.setSpacing(look.px(8))
        offered = [(PAPER, "Write the agreement…")]
        if may_keep:
            offered += [(DETAILS, "Sent, signed, filed…"), (SUBSIDY, "Subsidy control…")]
        for what, words in offered:
            self.buttons[what] = Button(look, words, kind="link")
            self.buttons[what].clicked.connect(partial(self._ask, what))
            line.addWidget(self.buttons[what])
        column.addWidget(actions)

    def _ask(self, what: str, is_on: bool = False) -> None:
        """Tell what is asked for; a button says besides whether it stays down, which these never do."""
        self.asked.emit(what)


def agreement_lines(row: AwardRow) -> tuple[str, ...]:
    """Return where an agreement stands, a line each, and what subsidy control waits for."""
    details, issued, said = row.agreement, row.newest_version, []
    if issued is None:
        said.append("" if row.agreed_on else NOT_DRAFTED)
    else:
        said.append(f"Version {issued.version} issued {short_day(issued.issued_on)}")
    anew = details.signed_anew_on
    said.append("" if anew is None else f"Version {details.signed_version} signed on {short_day(anew)}")
    said.append(WANTED if row.wants_agreement else "")
    said.append(f"Version {issued.version} {UNSIGNED}" if issued is not None and row.wants_signature else "")
    said.append(f"Sent {short_day(details.sent_on)}" if details.sent_on else "")
    said.append("" if row.agree_by is None else _back(row, row.agree_by))
    said.append(f"Signed by {', and by '.join(details.signers)}" if details.signers else "")
    said.append(f"Signed copy: {details.held_at}" if details.held_at else "")
    if row.subsidy is not None:
        waits = f": {row.subsidy.waits_for}" if row.subsidy.waits_for else ""
        said.append(sentence(f"{KINDS[row.subsidy.kind]}{waits}"))
    return tuple(filter(None, said))


def _back(row: AwardRow, by: date) -> str:
    """Say by when it is to come back signed, and that it did not."""
    return (
        f"To come back signed by {short_day(by)}{f'; {LATE}' if row.is_agreement_late(current_day()) else ''}"
    )
