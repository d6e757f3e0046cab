"""Whether the public is told who has the award at hand: asked for with ground and reason, then kept."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.pages.awards.award_controller import AwardController
from gui.pages.awards.detail import AwardDetail
from gui.pages.page import PageTools
from gui.theme.look import Look
from gui.widgets.typed import TextLine, Wrong
from models.operations.awards.withhold_name import SetWithheldName
from models.queries.awards.award_rows import AwardRow
from models.values.withheld_name import GROUNDS, WithheldName
from scoring.written.text import with_capital

WORDS = (
    "Public lists, open data, year tables and the public notice print “Withheld” and the ground in place of "
    "the name. Amount, purpose and reasons stay, without the name. Read each list before you publish it.",
)
WHY = "The record keeps this; the public does not read it"
ALSO = "Also removed from texts, one a line: a house's or a person's name"


class NameDialog(Form):
    """The ground, the reason, who decided it, and further words that would tell who it is."""

    recorded = Signal(object)

    def __init__(self, look: Look, row: AwardRow, parent: QWidget) -> None:
        super().__init__(
            look, f"Withhold the name of {row.organisation}", WORDS, "Withhold the name", parent, 520
        )
        grounds = [(with_capital(words), code) for code, words in GROUNDS.items()]
        self.ground = self.choice("Ground that is printed", grounds, next(iter(GROUNDS)))
        self.reason = self.note(f"Reason. {WHY}", 56)
        self.by, self.post = TextLine(), TextLine()
        self.post.setPlaceholderText("such as Chief Executive")
        self.across(("Decided by", self.by), ("Post", self.post))
        self.words = self.note(ALSO, 56)
        self.finish(self.ground)

    def try_action(self) -> None:
        """Tell what was entered, or say what is missing."""
        words = (line.strip() for line in self.words.toPlainText().splitlines())
        found = WithheldName(
            str(self.ground.currentData()),
            self.reason.toPlainText().strip(),
            self.by.text().strip(),
            self.post.text().strip(),
            "\n".join(filter(None, words)),
        )
        fields = {
            "reason": self.reason,
            "decided_by": self.by,
            "decided_post": self.post,
            "words": self.words,
        }
        for field, fault in found.faults():
            raise Wrong(fault, fields[field])
        self.accept()
        self.recorded.emit(found)


class NameController(AwardController):
    """Ask, then have the record keep it."""

    def __init__(self, tools: PageTools, detail: AwardDetail, parent: QObject) -> None:
        super().__init__(tools, detail, parent)
        detail.name_asked.connect(self._begin)

    @Slot()
    def _begin(self) -> None:
        row = self._row
        if row.withheld is not None:
            self._set(row, None)
            return
        dialog = NameDialog(self._tools.look, row, self._tools.dialogs.window)
        dialog.recorded.connect(partial(self._set, row))
        self._tools.dialogs.show(dialog)

    def _set(self, row: AwardRow, withheld: WithheldName | None) -> None:
        self._tools.perform(SetWithheldName(self.round_id, row.application, withheld, row.withheld))
