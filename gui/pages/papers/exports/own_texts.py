"""What an office writes into its papers itself is asked for, and the areas of one notice."""

from collections.abc import Callable, Collection, Sequence
from functools import partial

from gui.listed.form import Asked, AtField, Form, Ticks
from gui.listed.paper_forms import words_form
from gui.pages.papers.exports.query import Answer, text_subject
from gui.papers.source import PaperSource
from gui.theme.office_words import ours
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
FEWEST = 2


def areas_form(
    names: Sequence[str], ticked: Collection[str], give: Callable[[tuple[str, ...]], object]
) -> Form:
    """Return what asks of which of a round's areas the notice is, and gives them, () for all of them."""

    def chosen(areas: tuple[str, ...]) -> None:
        if len(areas) < FEWEST:
            raise AtField(ours(TOO_FEW), "areas")
        give(() if areas == tuple(names) else areas)

    return Form(
        title=ours(TITLE),
        sentences=(ours(WORDS),),
        action="Choose",
        does=chosen,
        fields=(Ticks("areas", ours(TITLE), options=tuple((one, one) for one in names), value=ticked),),
    )


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
