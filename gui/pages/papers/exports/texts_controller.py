"""Ask for what an office writes into its papers itself, and keep it."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from gui.dialogs.publisher import PublisherDialog
from gui.dialogs.words import WordsDialog
from gui.pages.page import PageTools
from gui.pages.papers.exports.default_texts import default_texts
from gui.pages.papers.exports.query import Answer, text_subject
from gui.pages.papers.source import PaperSource
from models.operations.set_up.office import SetPaperTexts, SetPublisher
from models.papers.letters.letter import Letter
from models.papers.open_data import Publisher
from models.papers.texts import LETTERS, TEXT_FIELDS, PaperTexts, texts_of_letter
from models.queries.papers.paper_texts import paper_texts
from models.values.rounds import RoundLine


class TextsController(QObject):
    """Open the form of a paper's words, or of who publishes; what is saved is one change."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def ask_words(self, answer: Answer, line: RoundLine) -> None:
        """Open the form of a paper's own words."""
        paper, subject = answer.chosen.paper, text_subject(answer.chosen)
        found = answer.found
        told = default_texts(found.value if isinstance(found, PaperSource) else None, answer.texts)
        title = f"Words of the {paper.words[:1].lower()}{paper.words[1:]} {subject}".strip()
        look, dialogs = self._tools.look, self._tools.dialogs
        dialog = WordsDialog(look, title, TEXT_FIELDS[paper.code], answer.texts, told, dialogs.window)
        dialog.written.connect(partial(self._keep_words, line.round_id, paper.code, subject))
        dialogs.show(dialog)

    @Slot(object, int)
    def ask_next(self, letter: Letter, round_id: int) -> None:
        """Ask what stands of what comes next for a letter, then open its form."""
        of = partial(paper_texts, round_id=round_id, paper=LETTERS, subject=letter.reference)
        self._tools.workspace.ask(of, partial(self._show_next, letter, round_id))

    def _show_next(self, letter: Letter, round_id: int, texts: PaperTexts) -> None:
        look, dialogs = self._tools.look, self._tools.dialogs
        title = f"What the letter says: {letter.named}"
        fields = texts_of_letter(letter.kind, leaves_out=letter.leaves_out)
        dialog = WordsDialog(look, title, fields, texts, {}, dialogs.window)
        dialog.written.connect(partial(self._keep_words, round_id, LETTERS, letter.reference))
        dialogs.show(dialog)

    def ask_publisher(self, publisher: Publisher) -> None:
        """Open the box that asks who publishes."""
        dialog = PublisherDialog(self._tools.look, publisher, self._tools.dialogs.window)
        dialog.named.connect(self._keep_publisher)
        self._tools.dialogs.show(dialog)

    def _keep_words(
        self, round_id: int, paper: str, subject: str, texts: tuple[tuple[str, str], ...]
    ) -> None:
        self._tools.perform(SetPaperTexts(round_id, paper, subject, texts))

    def _keep_publisher(self, publisher: Publisher) -> None:
        self._tools.perform(SetPublisher(publisher.prefix, publisher.funder))
