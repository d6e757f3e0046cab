"""The notices that the public may not read at all, whose awards are told of without a name."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from models.queries.awards.withheld.names import withheld_names
from models.queries.deciding.decisions import DecisionRow
from models.queries.papers.notices.words import notice_texts
from models.schema.applications.application import application_table
from models.schema.papers.paper_text import paper_text_table
from models.schema.set_up.round import area_table
from models.session import Session

_GROUND, _PART = "confidential", "confidential_part"
_WRITTEN = select(paper_text_table.c.round_id).where(
    paper_text_table.c.paper == "notice", paper_text_table.c.field == _GROUND
)


def withholds_anything(session: Session) -> bool:
    """Whether a record may have a name that the public is not told: most have none, and are asked no more."""
    return bool(withheld_names(session)) or session.scalar(_WRITTEN.limit(1)) is not None


def confidential_notices(session: Session, round_id: int, every: Iterable[DecisionRow]) -> Mapping[str, str]:
    """Return why each notice of a round is withheld as a whole, by its number.

    One with a part that is printed apart has its decision in the public one.
    """
    if session.scalar(_WRITTEN.where(paper_text_table.c.round_id == round_id).limit(1)) is None:
        return {}
    areas, lines = _areas(session, round_id), dict[str, dict[str, None]]()
    for row in every:
        if row.notice:
            lines.setdefault(row.notice, {})[areas.get(row.application, "")] = None
    found = {number: notice_texts(session, round_id, number, tuple(of)) for number, of in lines.items()}
    return {
        number: texts.get(_GROUND)
        for number, texts in found.items()
        if texts.get(_GROUND) and not texts.get(_PART)
    }


def _areas(session: Session, round_id: int) -> dict[str, str]:
    """Return the area of each application of a round, "" of one without."""
    of = application_table.c
    joined = select(of.reference, area_table.c.name).outerjoin(area_table, area_table.c.id == of.area_id)
    return {
        reference: name or "" for reference, name in session.execute(joined.where(of.round_id == round_id))
    }
