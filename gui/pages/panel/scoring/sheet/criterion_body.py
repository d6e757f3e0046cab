"""What stands under the head of an open criterion: its marks, what they mean, and the reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.panel.scoring.sheet.criterion_head import INSET
from gui.pages.panel.scoring.sheet.mark_button import LONGEST_ROW, Grade, MarkRow
from gui.pages.panel.scoring.sheet.number_field import NumberField
from gui.pages.panel.scoring.sheet.reason_box import MOST_WORDS, ReasonBox
from gui.pages.panel.scoring.sheet.scale_words import FOLD_AWAY, FOLD_OUT, ScaleWords
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import nest
from gui.widgets.tips import set_tip
from models.values.rounds import ReasonRule
from scoring.scheme import Criterion

WHY = {
    ReasonRule.ASKED: "Why this mark?",
    ReasonRule.REQUIRED: "Why this mark? Required",
    ReasonRule.NOT_ASKED: "Why this mark? Only if you wish",
}
SET_ASIDE, COUNT_AGAIN = "Set aside for this application…", "Count it again…"
ASIDE = "The chair has set this criterion aside for this application{}"


class CriterionBody(QWidget):
    """The widgets of one criterion; it shows what stands and asks for nothing itself."""

    def __init__(
        self, look: Look, criterion: Criterion, name: str, grades: Sequence[Grade], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._grades = grades
        self.marks: MarkRow | NumberField = (
            MarkRow(look, name, grades)
            if grades[-1].mark <= LONGEST_ROW
            else NumberField(look, name, grades[-1].mark)
        )
        self._guidance = Label(look, criterion.guidance, size=12, tone="text2").wrapped()
        self.meaning = Label(look, size=12, tone="text2").wrapped()
        self.scale = ScaleWords(look, grades)
        self.fold = Button(look, FOLD_OUT, kind="link")
        if not self.scale.has_words:
            self.fold.hide()  # to show it here, without a parent, would open a window of its own
        self.not_applicable = Button(look, SET_ASIDE, kind="link")
        for link, tip in ((self.fold, "?"), (self.not_applicable, "X")):
            link.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes from the marks to the reason
            set_tip(link, f"{tip} on the marks")
        self.not_applicable.hide()
        self.why = Label(look, WHY[ReasonRule.ASKED], size=12, weight=600)
        self.count = ElidedLabel(look, size=12, tone="muted").right()
        self.reason = ReasonBox(look, f"Why this mark on {criterion.code}?")
        self.reason.counted.connect(self._show_count)
        self._lay_out(has_guidance=bool(criterion.guidance))

    def show_rules(self, reasons: ReasonRule, *, may_set_aside: bool) -> None:
        """Say whether a reason is wanted, and let the chair set the criterion aside."""
        self.why.setText(WHY[reasons])
        self.reason.setAccessibleDescription(WHY[reasons])
        self.not_applicable.setVisible(may_set_aside)

    def show_scale(self, *, is_out: bool) -> None:
        """Fold out what each mark means, or away."""
        self.scale.show_out(is_out=is_out)
        self.fold.show_words(FOLD_AWAY if is_out else FOLD_OUT)

    def show_state(self, mark: int | None, reason: str, *, is_not_applicable: bool, why: str) -> None:
        """Show the mark and the reason that stand; `why` is the chair's for setting it aside."""
        self.marks.show_mark(mark)
        self.marks.setEnabled(not is_not_applicable)
        self.reason.setEnabled(not is_not_applicable)
        aside = ASIDE.format(f": {why}" if why else ".")
        self.meaning.setText(aside if is_not_applicable else self._meaning_of(mark))
        self.not_applicable.show_words(COUNT_AGAIN if is_not_applicable else SET_ASIDE)
        self.reason.show_text(reason)

    def lock(self, *, is_locked: bool) -> None:
        """Let the criterion be read, not changed."""
        self.reason.setReadOnly(is_locked)
        if is_locked:
            self.marks.setEnabled(False)

    def _lay_out(self, *, has_guidance: bool) -> None:
        px = self._look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(INSET), px(2), px(INSET), px(8))
        column.setSpacing(px(3))
        if has_guidance:
            column.addWidget(self._guidance)
        column.addWidget(self.marks)
        told = QHBoxLayout()
        told.addWidget(self.meaning, 1)
        told.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignTop)
        nest(column, told)
        column.addWidget(self.scale)
        row = QHBoxLayout()
        row.addWidget(self.why)
        row.addWidget(self.count, 1)
        nest(column, row)
        column.addWidget(self.reason)
        column.addWidget(self.not_applicable, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot(int)
    def _show_count(self, words: int) -> None:
        over = " (long)" if words > MOST_WORDS else ""
        self.count.setText(f"The applicant may be shown this  ·  {words} of {MOST_WORDS} words{over}")

    def _meaning_of(self, mark: int | None) -> str:
        if mark is None:
            return "No mark yet: choose one, or type its number."
        grade = self._grades[mark]
        return f"{grade.mark} {grade.word}: {grade.meaning}".rstrip(": ")
