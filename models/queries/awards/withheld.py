"""The awards whose recipients are not named in public, and every name that would tell who they are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select

from models.queries.applications.applications import applications, entered
from models.queries.applications.merges import merged_into
from models.queries.awards.variations import recipients
from models.queries.papers.notices.lines import notice_texts
from models.queries.rows import columns_of
from models.schema.applications import application_table, organisation_alias_table
from models.schema.awards import award_table, withheld_name_table
from models.schema.papers import paper_text_table
from models.session import Session
from models.store.parts import part
from models.values.awards import WithheldName
from models.values.recommending import DecisionRow

_WITHHELD = select(withheld_name_table.c.application_id, *columns_of(WithheldName, withheld_name_table))


@part
def withheld_names(session: Session) -> Mapping[int, WithheldName]:
    """Return what is recorded, by the application's number."""
    return {row[0]: WithheldName(*row[1:]) for row in session.execute(_WITHHELD)}


@part
def withheld_in(session: Session, round_id: int) -> Mapping[str, WithheldName]:
    """Return what is recorded of a round's applications, awarded or not, by reference."""
    every = withheld_names(session)
    if not every:
        return {}
    rows = entered(session, round_id).items()
    return {reference: every[of.number] for reference, of in rows if of.number in every}


def known_as(session: Session, numbers: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    """Return the names and numbers that the recipients of some awards have gone by, by application.

    Those of an organisation that was merged with theirs are among them, and what a variation called it.
    """
    wanted = set(numbers)
    if not wanted:
        return {}
    now, table, alias = merged_into(session), application_table, organisation_alias_table
    found = session.execute(select(table.c.id, table.c.organisation_id)).all()
    owners = {number: now.get(of, of) for number, of in found}
    names = defaultdict[int, dict[str, None]](dict)
    columns = select(alias.c.organisation_id, alias.c.name, alias.c.charity_number, alias.c.company_number)
    for of, *said in session.execute(columns.order_by(alias.c.id)):
        names[now.get(of, of)] |= dict.fromkeys(filter(None, said))
    for number, name in recipients(session).items():
        names[owners[number]].setdefault(name)
    return {number: tuple(names[owners[number]]) for number in wanted}


def withheld_elsewhere(session: Session, round_id: int) -> Mapping[str, tuple[str, str]]:
    """Return which applications of a round are named while their organisation is withheld elsewhere.

    By the application's reference its organisation, and the reference of one that is withheld: the award's,
    else the application's. Organisations that were merged are one.
    """
    hidden = withheld_names(session)
    if not hidden:
        return {}
    now, of, award = merged_into(session), application_table.c, award_table.c
    columns = select(of.id, of.round_id, of.reference, of.organisation, of.organisation_id, award.reference)
    rows = session.execute(columns.outerjoin(award_table, award.application_id == of.id)).all()
    elsewhere = {now.get(row[4], row[4]): row[5] or row[2] for row in rows if row[0] in hidden}
    return {
        row[2]: (row[3], elsewhere[now.get(row[4], row[4])])
        for row in rows
        if row[1] == round_id and row[0] not in hidden and now.get(row[4], row[4]) in elsewhere
    }


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
    lines = dict[str, dict[str, None]]()
    areas = {row.reference: row.area or "" for row in applications(session, round_id)}
    for row in every:
        if row.notice:
            lines.setdefault(row.notice, {})[areas.get(row.application, "")] = None
    found = {number: notice_texts(session, round_id, number, tuple(of)) for number, of in lines.items()}
    return {
        number: texts.get(_GROUND)
        for number, texts in found.items()
        if texts.get(_GROUND) and not texts.get(_PART)
    }
