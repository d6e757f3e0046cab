"""What is signed as papers: the lines before a signature, and the notice of what was decided."""

from msgspec.structs import replace

from exchange.papers.document.values import Document
from exchange.papers.paper_writing import prose
from exchange.papers.templates.blocks import filled
from models.papers.notice import NoticeOfDecision
from models.papers.status import DRAFT, PaperStatus
from models.papers.to_sign import ToSign
from scoring.written.names import round_names

BEFORE = "Draft before signing: this paper signs nothing"


def to_sign_document(value: ToSign, status: PaperStatus) -> Document:
    """Return the paper; each copy says that it is of before the signature."""
    return replace(
        prose(
            value,
            status,
            filled("to_sign", value),
            (*round_names(value.fund, value.round, value.year), value.area),
        ),
        status=BEFORE,
        is_draft=True,
    )


TO_SIGN = "For signature, not decided until signed"
GOES_WITH_IT = "For the decision, which is signed on the public part"
"""What a notice that is not decided says on each page: nobody signs what calls itself a draft."""


def notice_document(notice: NoticeOfDecision, status: PaperStatus) -> Document:
    """Return the notice, or the part of it that is printed apart, as a paper."""
    paper = prose(notice, status, filled("notice", notice), (notice.subject,))
    if notice.is_decided:
        return paper
    words = GOES_WITH_IT if notice.confidential else TO_SIGN
    return replace(paper, status=status.words.replace(DRAFT, words), is_draft=False)
