"""Papers whose words stand in a template alone: the call, minutes, reports, and what is signed."""

from msgspec.structs import replace

from exchange.papers.document.values import Document
from exchange.papers.paper_writing import prose
from exchange.papers.templates.blocks import filled
from models.papers.blank_form import BlankForm
from models.papers.call import CallForApplications
from models.papers.decision_report import DecisionReport
from models.papers.governance import GovernanceReport
from models.papers.minutes import AnnexOfMarks, Minutes
from models.papers.notice import NoticeOfDecision
from models.papers.status import DRAFT, PaperStatus
from models.papers.to_sign import ToSign
from scoring.written.days import full_day
from scoring.written.names import round_names


def call_document(call: CallForApplications, status: PaperStatus) -> Document:
    return prose(call, status, filled("call", call), round_names(call.fund, call.round, call.year))


def form_document(form: BlankForm, status: PaperStatus) -> Document:
    return prose(form, status, filled("form", form), round_names(form.fund, form.round, form.year))


def decision_report_document(report: DecisionReport, status: PaperStatus) -> Document:
    """Return the report as a paper; a draft reminds of what only a person can write."""
    told = report if status.is_draft else replace(report, reminders=())
    day = report.meeting or full_day(status.dated)
    return prose(report, status, filled("decision_report", told), (report.committee, day))


def governance_document(report: GovernanceReport, status: PaperStatus) -> Document:
    """Return the report as a paper."""
    under = ("For the grant governance group", full_day(status.dated))
    return prose(report, status, filled("governance", report), under, is_landscape=True)


def minutes_document(minutes: Minutes, status: PaperStatus) -> Document:
    """Return the minutes as a paper; a copy that is no issue says whether the panel confirmed them."""
    paper = _paper("minutes", minutes, status)
    confirmed = _confirmed(minutes, is_draft=status.is_draft)
    return replace(
        paper,
        status=confirmed if status.is_draft else f"{status.words}. {confirmed}",
        is_draft=status.is_draft and (not minutes.confirmed or bool(minutes.unconfirmed)),
    )


def annex_document(annex: AnnexOfMarks, status: PaperStatus) -> Document:
    return _paper("minutes_annex", annex, status)


def _paper(template: str, value: Minutes | AnnexOfMarks, status: PaperStatus) -> Document:
    under = (*round_names(value.fund, value.round, value.year), value.area or "")
    return prose(value, status, filled(template, value), under, is_landscape=True)


def _confirmed(minutes: Minutes, *, is_draft: bool) -> str:
    """Say whether the panel confirmed the minutes, and of how many areas where it did of some alone."""
    if not minutes.confirmed:
        return "Draft, not confirmed" if is_draft else "Not confirmed by the panel yet"
    done, left = len(minutes.confirmed), len(minutes.unconfirmed)
    areas = minutes.letterhead.area_label.counted(done + left)
    return f"Confirmed by the panel{f' for {done} of {areas}' if left else ''}"


def to_sign_document(value: ToSign, status: PaperStatus) -> Document:
    """Return the paper; each copy says that it is of before the signature."""
    return replace(
        prose(
            value,
            status,
            filled("to_sign", value),
            (*round_names(value.fund, value.round, value.year), value.area),
        ),
        status="Draft before signing: this paper signs nothing",
        is_draft=True,
    )


GOES_WITH_IT = "For the decision, which is signed on the public part"
"""What a notice that is not decided says on each page: nobody signs what calls itself a draft."""


def notice_document(notice: NoticeOfDecision, status: PaperStatus) -> Document:
    """Return the notice, or the part of it that is printed apart, as a paper."""
    paper = prose(notice, status, filled("notice", notice), (notice.subject,))
    if notice.is_decided:
        return paper
    words = GOES_WITH_IT if notice.confidential else "For signature, not decided until signed"
    return replace(paper, status=status.words.replace(DRAFT, words), is_draft=False)
