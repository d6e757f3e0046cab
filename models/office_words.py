"""A refusal in the office's own word for an area, wherever in the record the rule stands that said no."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from sqlalchemy import select, union

from models.queries.set_up.scheme import area_word
from models.schema.applications import organisation_table
from models.schema.set_up import area_table, fund_name_table, round_table
from models.schema.year_end import year_line_table
from models.session import Session
from scoring.refused import Refused
from scoring.written.area_label import AREA


@contextmanager
def in_its_words(session: Session) -> Iterator[None]:
    """Let a refusal speak of a council, say, where the office whose record it is calls an area so."""
    try:
        yield
    except Refused as no:
        label = area_word(session, date.max)
        names = () if label == AREA else _names(session)
        no.args = tuple(label.said(part, names) if isinstance(part, str) else part for part in no.args)
        raise


def _names(session: Session) -> Sequence[str]:
    """Return the names that people gave with "area" in them: these are never said otherwise."""
    tables = area_table, round_table, fund_name_table, organisation_table, year_line_table
    names = [table.c.name for table in tables]
    found = (select(name).where(name.icontains("area", autoescape=True)) for name in names)
    return session.scalars(union(*found)).all()
