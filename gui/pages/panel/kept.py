"""What was typed on a page and is not saved yet, kept against a crash and offered back."""

from collections.abc import Mapping

from PySide6.QtCore import Signal

from gui.record.workspace import Workspace
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel
from gui.widgets.nesting import Card, nest, row_of


class KeptTexts:
    """Texts by application and criterion; what the record has by now is dropped."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._start = workspace, ""
        self.texts: dict[tuple[str, str], str] = {}

    def begin(self, start: str) -> None:
        """Ask for what was kept of fields whose names begin so; "" keeps nothing from now on."""
        self._start, self.texts = start, {}
        if start:
            self._workspace.ask_drafts(start, self._take)

    def keep(self, reference: str, code: str, text: str) -> None:
        """Keep what is being typed on a criterion; with "" what was typed there before and is not saved."""
        if self._start:
            kept = text or self.texts.get((reference, code), "")
            self._workspace.keep_draft(f"{self._start}{reference}/{code}", kept)

    def drop(self, reference: str, code: str) -> None:
        """Drop what was kept of a criterion."""
        self.texts.pop((reference, code), None)
        self.keep(reference, code, "")

    def drop_saved(self, reference: str, code: str, text: str) -> None:
        """Drop what is saved by now, but not what was typed after it."""
        if self.texts.get((reference, code)) == text:
            self.drop(reference, code)

    def of(self, reference: str, standing: Mapping[str, str]) -> dict[str, str]:
        """Return what was typed on an application and does not stand there, by criterion."""
        kept = {code: self.texts.get((reference, code), "") for code in standing}
        return {code: text for code, text in kept.items() if text and text != standing[code]}

    def _take(self, found: Mapping[str, str]) -> None:
        named = ((field.removeprefix(self._start).rpartition("/"), text) for field, text in found.items())
        self.texts = {(reference, code): text for (reference, _, code), text in named}


class AskingBar(Card):
    """A sentence and the answers to it, on a page."""

    def __init__(self, name: str, *answers: str, tone: str = "text") -> None:
        super().__init__(inset=(14, 4))
        self.words = ElidedLabel(tone=tone)
        self.answers = tuple(Button(words) for words in answers)
        nest(self.body, row_of((self.words, 1), *self.answers, spacing=8))
        self.setAccessibleName(name)
        self.hide()


class DraftsBar(AskingBar):
    """One kept reason at a time, with what can be done about it."""

    used = Signal(str, str, str)
    dropped = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("Text saved earlier", "Restore them", "Discard them")
        self._draft = ("", "", "")
        self.use, self.drop = self.answers
        self.use.clicked.connect(lambda: self.used.emit(*self._draft))
        self.drop.clicked.connect(lambda: self.dropped.emit(*self._draft[:2]))

    def show_drafts(self, reference: str, drafts: Mapping[str, str]) -> None:
        """Offer what was kept of one application's reasons, by criterion; nothing hides the bar."""
        self.setVisible(bool(drafts))
        for code, text in sorted(drafts.items())[:1]:
            self._draft = (reference, code, text)
            self.words.setText(f"Typed on {code} and not saved: “{text}”")
