"""What an office writes into its papers itself is asked for, and the areas of one notice."""

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form as FormDialog
from gui.listed.form import Asked, Form
from gui.listed.paper_forms import words_form
from gui.pages.papers.exports.query import Answer, text_subject
from gui.papers.source import PaperSource
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.tick_list import TickList
from gui.widgets.typed import Wrong
from models.operations.set_up.office import SetPaperTexts
from models.papers.blank_form import BlankForm
from models.papers.call import CallForApplications
from models.papers.decision_report import DecisionReport
from models.papers.letters.letter import Letter
from models.papers.notice import NoticeOfDecision
from models.papers.order import PaperValue
from models.papers.texts import IMPLICATIONS, LETTERS, TEXT_FIELDS, PaperTexts, texts_of_letter
from models.queries.papers.paper_texts import paper_texts
from models.values.rounds import RoundLine

TITLE = "Areas of the notice"
WORDS = "The notice is of the areas that are ticked."
TOO_FEW = "Tick at least two areas. One alone is chosen beside “Area”."
LINE, MOST = 27, 8
"""How high a line of the list is for a 13 px base, and how many are seen without scrolling."""


class AreasDialog(FormDialog):
    """The areas of a round, with those ticked that the notice is of; they are agreed to in their order."""

    def __init__(
        self, look: Look, areas: Sequence[str], ticked: Collection[str], parent: QWidget | None
    ) -> None:
        super().__init__(look, ours(TITLE), (ours(WORDS),), "Choose", parent)
        self._areas = tuple(areas)
        self.list = self.put(TickList(look, ours(TITLE)), 1)
        for area in areas:
            self.list.put(area, area, is_ticked=area in ticked)
        self.list.setMinimumHeight(look.px(LINE) * min(len(areas), MOST))
        self.list.itemChanged.connect(self.problem.clear)
        self.finish(self.list)

    def try_action(self) -> None:
        """Choose what is ticked: several areas, or all of them, which is ()."""
        ticked = self.list.ticked
        chosen = tuple(area for area in self._areas if area in ticked)
        if len(chosen) == 1 or not chosen:
            raise Wrong(ours(TOO_FEW), self.list)
        self.accept()
        self.agreed.emit(() if chosen == self._areas else chosen)


def default_texts(value: PaperValue | None, texts: PaperTexts) -> dict[str, str]:
    """Return by field what stands in a paper where no text was written; nothing for fields that have one."""
    if isinstance(value, CallForApplications | BlankForm):
        told = {"title": value.subject, "about": "\n".join(value.about), "how": "\n".join(value.how)}
    elif isinstance(value, NoticeOfDecision):
        told = _of_notice(value)
    elif isinstance(value, DecisionReport):
        told = _of_report(value)
    else:
        return {}
    return {code: words for code, words in told.items() if words and not texts.get(code)}


def _of_notice(value: NoticeOfDecision) -> dict[str, str]:
    return {
        "title": value.subject,
        "summary": value.summary,
        "financial": "\n".join(value.financial),
        "legal": "\n".join(value.legal),
        "papers": "\n".join(value.papers),
        "access": value.access,
    }


def _of_report(value: DecisionReport) -> dict[str, str]:
    answers = dict(value.implications)
    return {
        "committee": value.committee,
        "title": value.subject,
        "purpose": "\n".join(value.purpose),
        "background": "\n".join(value.background),
        "recommendation": "\n".join(value.recommendation),
        **{code: answers[heading] for code, heading in IMPLICATIONS},
    }


def own_words(answer: Answer, line: RoundLine) -> Form:
    """Return the form of a paper's own words."""
    paper, subject, found = answer.chosen.paper, text_subject(answer.chosen), answer.found
    told = default_texts(found.value if isinstance(found, PaperSource) else None, answer.texts)
    title = f"Words of the {paper.words[:1].lower()}{paper.words[1:]} {subject}".strip()
    keep = partial(SetPaperTexts, line.round_id, paper.code, subject)
    return words_form(title, TEXT_FIELDS[paper.code], answer.texts, told, keep)


def next_words(letter: Letter, round_id: int) -> Asked:
    """Ask what stands of what comes next for a letter, then for other words."""
    fields = texts_of_letter(letter.kind, leaves_out=letter.leaves_out)
    title = f"What the letter says: {letter.named}"
    keep = partial(SetPaperTexts, round_id, LETTERS, letter.reference)
    return Asked(
        partial(paper_texts, round_id=round_id, paper=LETTERS, subject=letter.reference),
        lambda texts: words_form(title, fields, texts, {}, keep),
    )
