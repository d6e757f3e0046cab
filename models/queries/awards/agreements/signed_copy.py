"""An agreement drawn again after the version that was issued was signed: it says so, and asks for nothing."""

from typing import NamedTuple

from msgspec.structs import replace

from models.papers.agreements.grant_agreement import GrantAgreement
from models.papers.issuing import draft_status, paper_sha256
from models.papers.kinds import AGREEMENT
from models.papers.order import PaperOrder, PaperValue
from models.papers.status import PaperStatus
from models.queries.awards.agreements.grant_agreement import award_named
from models.queries.awards.agreements.signed_as_it_stands import signed_as_it_stands
from models.queries.papers.issues import newest_issue
from models.session import Session


class SignedCopy(NamedTuple):
    """What an agreement says that was signed as it was issued, and what its copy says of itself."""

    value: GrantAgreement
    status: PaperStatus


def signed_copy(session: Session, order: PaperOrder, value: PaperValue) -> SignedCopy | None:
    """Return an agreement that was issued with these values and signed since; None of any other paper.

    The version itself is no other for it: its file asks to be signed still. What is known of the account
    since is told by letter.
    """
    if not isinstance(value, GrantAgreement) or order.round_id is None:
        return None
    newest = newest_issue(session, AGREEMENT, order.round_id, value.award)
    if newest is None or newest.sha256 != paper_sha256(AGREEMENT, value):
        return None
    award = award_named(session, order.round_id, value.award)
    on = value.signed_on or signed_as_it_stands(session, order, value, award)
    if on is None:
        return None
    signed = value if value.signed_on else replace(value, signed_on=on, has_account=None)
    status = draft_status(session, order, signed)
    return SignedCopy(
        signed, replace(status, version=newest.version, issued_at=newest.issued_at, signed_on=on)
    )
