"""Saving the layout of a payment file by its name, and taking it out again."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.rows.writing import put, remove
from models.queries.awards.finance_codes import saved_layouts
from models.schema.awards.payment_layout import payment_column_table, payment_layout_table
from models.session import Session
from models.values.payment_layout import (
    AMOUNT,
    COVERS,
    DATE_FORMS,
    FIELDS,
    FIXED,
    SEPARATORS,
    STANDARD,
    LayoutColumn,
    PaymentLayout,
)
from scoring.counted import listed
from scoring.refused import Refused
from scoring.written.names import text_key

LONGEST = 60
"""Most characters of a name, a heading or fixed words."""
MOST_COLUMNS = 60


class SetPaymentLayout(RegisteredOperation, frozen=True):
    """Save a layout under a name, in the place of what stood there; None takes it out.

    The standard layout is the program's where the office saved none under its name.
    """

    kind: ClassVar[str] = "set payment layout"
    name: str
    layout: PaymentLayout | None
    replacing: PaymentLayout | None

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"{'Remove' if self.layout is None else 'Save'} the payment layout {self.name}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Save it; refused for what no file can be made of, and where it was changed in the meantime."""
        saved = {one.name: one for one in saved_layouts(session)}
        refuse_changed(saved.get(self.name), self.replacing, f"The layout {self.name}")
        if self.layout is None and self.replacing is None:
            raise Refused(f"No layout {self.name} is saved, so there is nothing to remove.")
        if self.layout is not None:
            fault = next(_faults(self.name, self.layout, (STANDARD.name, *saved)), "")
            if fault:
                raise Refused(fault)
        columns, layouts = payment_column_table, payment_layout_table
        remove(session, columns, columns.c.layout == self.name)
        remove(session, layouts, layouts.c.name == self.name)
        if self.layout is not None:
            _put(session, self.layout)
        state = "was removed" if self.layout is None else "was saved"
        inverse = self.exchanged("layout")
        return Outcome(frozenset({Topic.AWARDS}), inverse, f"The payment layout {self.name} {state}.")


def _put(session: Session, layout: PaymentLayout) -> None:
    head = {
        "name": layout.name,
        "separator": layout.separator,
        "dates": layout.dates,
        "covers": layout.covers,
        "has_mark": layout.has_mark,
        "has_headings": layout.has_headings,
    }
    put(session, payment_layout_table, [head])
    rows = [
        {
            "layout": layout.name,
            "position": position,
            "heading": column.heading,
            "holds": column.holds,
            "words": column.words,
        }
        for position, column in enumerate(layout.columns)
    ]
    put(session, payment_column_table, rows)


def _faults(name: str, layout: PaymentLayout, others: tuple[str, ...]) -> Iterator[str]:
    """Yield why no file can be laid out so, the plainest first."""
    if not name or layout.name != name or not _is_line(name):
        yield f"The name of a layout must be on one line, with up to {LONGEST} characters."
    same = next((one for one in others if one != name and text_key(one) == text_key(name)), None)
    if same is not None:
        yield f"There is a layout {same} already. Choose another name."
    if not any(column.holds == AMOUNT for column in layout.columns):
        yield "A payment file needs a column with the amount. Add it."
    if len(layout.columns) > MOST_COLUMNS:
        yield f"A payment file has up to {MOST_COLUMNS} columns. Remove some."
    for known, said in ((SEPARATORS, layout.separator), (DATE_FORMS, layout.dates), (COVERS, layout.covers)):
        if said not in known:
            yield f"“{said}” is not known here. Choose {listed(list(known), 'or')}."
    yield from _column_faults(layout)


def _column_faults(layout: PaymentLayout) -> Iterator[str]:
    for number, column in enumerate(layout.columns, 1):
        of = f"column {number}"
        if column.holds not in FIELDS:
            yield f"“{column.holds}” in {of} is not known. Choose {listed(list(FIELDS), 'or')}."
        if column.words and column.holds != FIXED:
            yield f"There are words for {of}, which holds something else. Leave one of the two out."
        if not _is_line(column.heading) or not _is_line(column.words):
            yield f"Heading and words of {of} must be on one line, with up to {LONGEST} characters each."
        if layout.has_headings and not column.heading:
            yield f"There is no heading for {of}. Write one, or leave the line of headings out."
    twice = _twice(layout.columns) if layout.has_headings else ""
    if twice:
        yield f"Two columns are headed “{twice}”. Give one of them another heading."


def _is_line(text: str) -> bool:
    return text == text.strip() and text.isprintable() and len(text) <= LONGEST


def _twice(columns: tuple[LayoutColumn, ...]) -> str:
    seen: set[str] = set()
    for column in columns:
        key = text_key(column.heading)
        if key in seen:
            return column.heading
        seen.add(key)
    return ""
