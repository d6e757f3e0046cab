"""Asks why the public is not told who an applicant or a recipient is."""

from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.typed import TextLine, Wrong
from models.values.awards import GROUNDS, WithheldName
from scoring.written.text import with_capital

WITHHOLD, NAME_AGAIN = "Withhold the name…", "Give the name again"
"""The words of the button beside a name, and once it is withheld."""
WORDS = (
    "Public lists, open data, year tables and the public notice print “Withheld” and the ground in place of "
    "the name. Amount, purpose and reasons stay, without the name. Read each list before you publish it.",
)
WHY = "The record keeps this; the public does not read it"
ALSO = "Also removed from texts, one a line: a house's or a person's name"


class WithheldNameDialog(Form):
    """The ground, the reason, who decided it, and further words that would tell who it is."""

    def __init__(self, look: Look, organisation: str, parent: QWidget) -> None:
        super().__init__(
            look, f"Withhold the name of {organisation}", WORDS, "Withhold the name", parent, 520
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
        self.agreed.emit(found)
