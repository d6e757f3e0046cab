"""What a paper tells by itself where the office writes nothing, field by field."""

from models.papers.call import CallForApplications
from models.papers.decision_report import DecisionReport
from models.papers.notice import NoticeOfDecision
from models.papers.order import PaperValue
from models.papers.texts import IMPLICATIONS, PaperTexts


def default_texts(value: PaperValue | None, texts: PaperTexts) -> dict[str, str]:
    """Return by field what stands in a paper where no text was written; nothing for fields that have one."""
    if isinstance(value, CallForApplications):
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
