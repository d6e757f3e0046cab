"""What the issue of a paper needs of the record, whoever asks for it: the command or the window."""

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from models.operations.operation_base import PAPER
from models.operations.papers import IssuePaper
from models.papers.blank_form import BlankForm
from models.papers.call import CallForApplications
from models.papers.grant_agreement import GrantAgreement
from models.papers.issued import Issued, IssuedFile, PaperFile, file_sum
from models.papers.kinds import KINDS
from models.papers.letters.letters import Letters
from models.papers.ministry.summing import MinistryReturn
from models.papers.minutes import Minutes
from models.papers.notice import NoticeOfDecision
from models.papers.order import PaperOrder, PaperValue
from models.papers.status import PaperStatus
from models.papers.transparency.lists import PublicationList
from models.queries.awards.award_checks import agreement_fault
from models.queries.papers.issues import files_of, newest_issue
from models.queries.papers.notices.causes import require_why_less
from models.queries.papers.papers import draft_status, paper_sha256, paper_value
from models.queries.papers.to_check.questions import require_purposes
from models.queries.set_up.office import logo_of
from models.session import Session
from models.store import chain as journal
from models.trouble import refuse


class NextIssue(NamedTuple):
    """The operation that issues a paper, and what each copy of that version will say of itself.

    The operation names no files until they are drawn.
    """

    operation: IssuePaper
    status: PaperStatus

    def of_files(self, files: Iterable[PaperFile]) -> IssuePaper:
        return replace(self.operation, files=tuple(files))


def next_issue(session: Session, order: PaperOrder, value: PaperValue) -> NextIssue | None:
    """Return what issues these values, None when the newest version holds them already."""
    _require_ready(value)
    if "purposes_read" in KINDS[order.kind].choices and not order.purposes_read:
        require_purposes(session, order)
    if isinstance(value, NoticeOfDecision):
        require_why_less(session, order)
    if isinstance(value, GrantAgreement):
        refuse(agreement_fault(session, order.of_round, value.award))
    content = KINDS[order.kind].text_of(value)
    newest, head = newest_issue(session, order.kind, order.round_id, order.subject), journal.head(session)
    issue = IssuePaper(
        paper=order.kind,
        round_id=order.round_id,
        subject=order.subject,
        content=content,
        sha256=file_sum(content.encode("utf-8", "surrogatepass")),
        control=value.control,
        after_row=head.seq,
        after_head=head.hash_hex,
    )
    if newest is not None and newest.sha256 == issue.sha256:
        return None
    version = 1 if newest is None else newest.version + 1
    return NextIssue(issue, _status(session, order, value, version, issue))


def annex_order(order: PaperOrder, value: PaperValue) -> PaperOrder | None:
    """Return the order of the annex that is issued with a paper of these values, None for none."""
    has_annex = isinstance(value, Minutes) and value.has_annex
    return replace(order, kind=KINDS[order.kind].annex) if has_annex else None


def is_outdated(session: Session, order: PaperOrder, sha256: str, row: int) -> bool:
    """Whether something was recorded since a row of the journal that gives the paper another SHA-256."""
    if journal.head(session).seq == row:
        return False
    return paper_sha256(order.kind, paper_value(session, order)) != sha256


def given_back(session: Session, order: PaperOrder) -> tuple[IssuedFile, ...]:
    """Return the files of the newest version as they were issued, none where one of them is there no more."""
    newest = newest_issue(session, order.kind, order.round_id, order.subject)
    files = () if newest is None else files_of(session, newest)
    return files if all(one.content is not None or not one.file.is_kept for one in files) else ()


def _require_ready(value: PaperValue) -> None:
    """Refuse to issue what waits for a signature, for why it is corrected, or for reasons to be published."""
    match value:
        case NoticeOfDecision():
            refuse(PAPER.notice(value))
        case CallForApplications():
            refuse(PAPER.call(value))
        case BlankForm():
            refuse(PAPER.form(value))
        case MinistryReturn():
            refuse(PAPER.ministry(value))
        case PublicationList():
            refuse(PAPER.published(value.silent))
        case Letters():
            value.require_some()


def issued_status(session: Session, order: PaperOrder, value: PaperValue) -> PaperStatus | None:
    """Return what a copy of the newest version, of these values, says; None when none was issued."""
    newest = newest_issue(session, order.kind, order.round_id, order.subject)
    if newest is None:
        return None
    status = replace(_status(session, order, value, newest.version, newest), issued_at=newest.issued_at)
    return replace(status, made_at=newest.issued_at) if KINDS[order.kind].fills_a_folder else status


def _status(
    session: Session, order: PaperOrder, value: PaperValue, version: int, issue: Issued | IssuePaper
) -> PaperStatus:
    """Return what a copy of a version says; the journal's time is None for one issued in another record."""
    before = next(journal.entries(session, after=issue.after_row - 1), None)
    return PaperStatus(
        order.now,
        issue.sha256,
        version,
        issue.after_row,
        issue.after_head,
        None if before is None else before.at,
        logo=logo_of(session, value.letterhead.logo),
    )


def status_now(session: Session, order: PaperOrder, value: PaperValue) -> PaperStatus:
    """Return the status of a copy: the newest version where it holds these values, else a draft."""
    issued = issued_status(session, order, value)
    draft = draft_status(session, order, value)
    return issued if issued is not None and issued.sha256 == draft.sha256 else draft
