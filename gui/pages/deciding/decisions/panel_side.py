"""The left side: what the panel recommends, who signed it, and what it comes to."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.pages.deciding.decisions.lines import CLOSED, TONES, WORDS, Line, line_key, line_name, totals
from gui.tables.columns import Gives, Keeps
from gui.tables.line_column import LineColumn
from gui.tables.line_view import LineView
from gui.tables.outcome_chip import Chip
from gui.text import NOTHING
from gui.theme.look import Look
from gui.widgets.card import Card
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import column_of, fill
from scoring import money
from scoring.written.days import short_day
from scoring.written.text import listed

RECOMMENDED, PROPOSED = "Panel recommends", "Proposed without a competition"

_reference: Callable[[Line], str] = attrgetter("reference")
_organisation: Callable[[Line], str] = attrgetter("row.organisation")


def _open(words: Callable[[Line], str], closed: str = "") -> Callable[[Line], str]:
    """Return what a cell says of a line that is not closed to who reads."""
    return lambda line: closed if line.is_closed else words(line)


def _recommends_chip(line: Line) -> Chip | None:
    outcome = line.recommended.outcome
    return None if line.is_closed else Chip(TONES[outcome], WORDS[outcome])


def _office_chip(line: Line) -> Chip | None:
    return None if line.is_closed else line.office


DECISION_COLUMNS: tuple[LineColumn[Line], ...] = (
    LineColumn("reference", "Ref", _reference, line_name, width=76, keeps=Keeps.WHOLE),
    LineColumn(
        "applicant",
        "Applicant and project",
        _organisation,
        under=_open(attrgetter("row.project"), CLOSED),
        is_strong=True,
        brief="Applicant",
    ),
    LineColumn(
        "total",
        "Total",
        _open(lambda line: money.score(line.recommended.total_1e2)),
        is_right=True,
        width=64,
        gives_way=Gives.FIGURES,
    ),
    LineColumn(
        "recommends",
        "Recommends",
        _open(lambda line: WORDS[line.recommended.outcome]),
        chip=_recommends_chip,
        width=124,
        gives_way=Gives.STATE,
        brief="Rec.",
    ),
    LineColumn("amount", "Amount", _open(attrgetter("amount")), is_right=True, width=76),
    LineColumn(
        "signed",
        "Signed by",
        lambda line: line.signed or NOTHING,
        width=110,
        gives_way=Gives.WORDS,
        keeps=Keeps.WHOLE,
        brief="Signed",
    ),
    LineColumn(
        "office",
        "Office decides",
        _open(attrgetter("office.word")),
        chip=_office_chip,
        width=172,
        brief="Office",
    ),
)


class PanelSide(Card):
    """The list under its head, with the sums at the foot."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, inset=(3, 3))
        self.table: LineView[Line] = LineView(look, DECISION_COLUMNS, line_key, line_name)
        self.table.setAccessibleName("What the panel recommends, and what the office decides")
        self.title = Label(look, RECOMMENDED, size=15, weight=600)
        self.signed = ElidedLabel(look, size=12, tone="muted")
        self.sums = ElidedLabel(look, tone="text2")
        self.card = Label(look, size=12, tone="muted").wrapped()
        self._head, self._foot = QWidget(), QWidget()
        self._column = column_of(self.title, self.signed, spacing=0, inside=self._head)
        self._sums = column_of(self.sums, self.card, inside=self._foot)
        fill(self.body, self._head, (self.table, 1), self._foot)
        look.changed.connect(self._space)
        self._space()

    def show_lines(self, lines: Sequence[Line], card: Sequence[str], *, is_direct: bool = False) -> None:
        """Show the lines, by whom they are signed, their sums, and how the pots stand with them.

        Where nobody competes they are proposed, and no chair signs them.
        """
        self.table.show_rows(lines)
        self.title.setText(PROPOSED if is_direct else RECOMMENDED)
        self.signed.keep_whole({line.signed for line in lines})
        self.signed.setText(proposed_words(lines) if is_direct else signed_words(lines))
        self.sums.setText(totals(lines))
        self.card.setText("\n".join(card))

    def fit(self, *, is_low: bool) -> None:
        """Leave a low window to the list; what is signed states its sums and pots in any window."""
        self._head.setVisible(not is_low)
        self._foot.setVisible(not is_low)

    @Slot()
    def _space(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px(11), px(7), px(11), px(5))
        self._sums.setContentsMargins(px(11), px(6), px(11), px(6))


def proposed_words(lines: Sequence[Line]) -> str:
    """Return who proposed the lines: "Proposed by Grace Okoro"."""
    people = sorted({line.signed for line in lines if line.signed})
    return f"Proposed by {listed(people)}" if people else "Sent back"


def signed_words(lines: Sequence[Line]) -> str:
    """Return who signed for the panel: "Signed 2 Dec 2026 by Priya Nair, chair"."""
    signed = [line for line in lines if line.signed]
    decided = [line for line in lines if line.is_decided and not line.signed]
    if not signed:
        return "Decided on paper" if decided and len(decided) == len(lines) else "Not signed yet"
    if len({(line.signed, line.signed_on) for line in signed}) > 1:
        people = listed(sorted({line.signed for line in signed}))
        words = f"Signed by {people}, chair"
    else:
        day = f" {short_day(signed[0].signed_on)}" if signed[0].signed_on else ""
        words = f"Signed{day} by {signed[0].signed}, chair"
    left = len(lines) - len(signed) - len(decided)
    return f"{words} · {left} not signed yet" if left else words
