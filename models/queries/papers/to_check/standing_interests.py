"""The office's standing words on interests beside interests that were declared, which they may deny."""

import re

from sqlalchemy import select

from models.papers.order import PaperOrder
from models.queries.deciding.decisions import decisions
from models.queries.deciding.settled import standing_interests
from models.queries.papers.notices.disclosed import disclosed_with
from models.schema.applications import application_table
from models.schema.panel import interest_table, member_table, person_table
from models.session import Session
from scoring.counted import first_of
from scoring.round import InterestKind
from scoring.written.text import quoted

MOST_NAMED = 4
BESIDE = "It prints your office's standing words on interests, {}, and tells of interests beside them: {}. {}"
READ_BOTH = "Read whether both can stand; the words are changed on Office."
_DENIES = re.compile(r"\b(?:no|none|not|nobody|neither|nothing|without)\b[^.]*\binterests?\b", re.IGNORECASE)
"""Says that there is no interest; other standing words may stand above one."""
_NONE = (InterestKind.NONE, InterestKind.ABSTAINED)


def beside_the_panel_s(session: Session, order: PaperOrder) -> str:
    """Return that a paper of the panel prints standing words beside what members declared, "" for neither."""
    standing = _denial(session)
    found = (
        select(person_table.c.name, member_table.c.code, application_table.c.reference)
        .join(person_table, person_table.c.id == member_table.c.person_id)
        .join(interest_table, interest_table.c.member_id == member_table.c.id)
        .join(application_table, application_table.c.id == interest_table.c.application_id)
        .where(application_table.c.round_id == order.round_id, interest_table.c.kind.not_in(_NONE))
        .order_by(application_table.c.reference, member_table.c.code)
    )
    if not standing:
        return ""
    return _told(standing, [f"{row.name or row.code} in {row.reference}" for row in session.execute(found)])


def beside_the_signer_s(session: Session, order: PaperOrder) -> str:
    """Return that a notice prints standing words beside what a signer disclosed, "" for neither."""
    standing = _denial(session)
    if not standing or order.round_id is None:
        return ""
    disclosed = disclosed_with(session)
    rows = (row for row in decisions(session, order.round_id) if order.notice in ("", row.notice))
    told = {f"{row.signed_by} ({quoted(said)})": None for row in rows if (said := disclosed(row))}
    return _told(standing, list(told))


def _denial(session: Session) -> str:
    """Return the office's standing words where they say that there is no interest."""
    standing = standing_interests(session)
    return standing if _DENIES.search(standing) else ""


def _told(standing: str, declared: list[str]) -> str:
    return BESIDE.format(quoted(standing), first_of(declared, MOST_NAMED), READ_BOTH) if declared else ""
