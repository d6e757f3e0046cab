"""What a record has issued that a file may be."""

from collections.abc import Collection

from models.papers.issued import Issued
from models.queries.papers.issues import IssueRow, issue_with_hash
from models.queries.papers.paper_issues import StoredPaper, papers_of_kinds, papers_with_hash
from models.session import Session


def issued_like(session: Session, digests: Collection[str], kinds: Collection[str]) -> tuple[Issued, ...]:
    """Return the issues with one of these SHA-256, of whatever round; without any, every issue of some kinds.

    An award schedule comes alone: each issue of one has values of its own.
    """
    if not digests:
        return tuple(map(_of_paper, papers_of_kinds(session, kinds)))
    for digest in sorted(digests):
        schedule = issue_with_hash(session, digest)
        if schedule is not None:
            return (_of_schedule(schedule),)
    return tuple(map(_of_paper, papers_with_hash(session, digests)))


def _of_schedule(row: IssueRow) -> Issued:
    return Issued(
        "",
        row.area,
        row.version,
        row.sha256,
        row.content,
        row.after_row,
        row.after_head,
        row.issued_at,
    )


def _of_paper(stored: StoredPaper) -> Issued:
    row = stored.issue
    return Issued(
        row.paper,
        row.subject,
        row.version,
        row.sha256,
        stored.content,
        row.after_row,
        row.after_head,
        row.issued_at,
    )
