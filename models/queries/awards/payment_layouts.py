"""The layouts of payment files: those that the office saved, and the standard one."""

from sqlalchemy import select

from models.schema.awards.payment_layout import payment_column_table, payment_layout_table
from models.session import Session
from models.values.payment_layout import STANDARD, LayoutColumn, PaymentLayout
from scoring.counted import listed
from scoring.refused import Refused
from scoring.written.names import text_key


def saved_layouts(session: Session) -> tuple[PaymentLayout, ...]:
    """Return the layouts that the office saved, by name."""
    column, layout = payment_column_table, payment_layout_table
    columns: dict[str, list[LayoutColumn]] = {}
    found = session.execute(
        select(column.c.layout, column.c.heading, column.c.holds, column.c.words).order_by(
            column.c.layout, column.c.position
        )
    )
    for name, heading, holds, words in found:
        columns.setdefault(name, []).append(LayoutColumn(heading, holds, words))
    rows = session.execute(
        select(
            layout.c.name,
            layout.c.separator,
            layout.c.dates,
            layout.c.covers,
            layout.c.has_mark,
            layout.c.has_headings,
        ).order_by(layout.c.name)
    )
    return tuple(
        PaymentLayout(name, tuple(columns.get(name, ())), separator, dates, covers, has_mark, has_headings)
        for name, separator, dates, covers, has_mark, has_headings in rows
    )


def payment_layouts(session: Session) -> tuple[PaymentLayout, ...]:
    """Return the layouts there are to choose from: the standard one first, as it stands, then the others."""
    saved = saved_layouts(session)
    first = tuple(one for one in saved if one.name == STANDARD.name) or (STANDARD,)
    return (*first, *(one for one in saved if one.name != STANDARD.name))


def payment_layout(session: Session, name: str) -> PaymentLayout:
    """Return the layout of a name, in any case and spacing; refused where there is none."""
    found = payment_layouts(session)
    layout = next((one for one in found if text_key(one.name) == text_key(name)), None)
    if layout is None:
        known = listed([one.name for one in found])
        raise Refused(f"There is no layout “{name}” of payment files. The layouts: {known}.")
    return layout
