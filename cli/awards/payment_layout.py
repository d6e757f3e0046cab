"""`grant-panel payment-layout`: the columns and the form of an office's own payment files, by name."""

import argparse

from msgspec.structs import replace

from cli.frame.output import Json, answer, print_json, print_lines, say, told
from cli.frame.record import changes, perform, reads
from models.operations.awards.finance import SetPaymentLayout
from models.queries.awards.finance_codes import payment_layout, payment_layouts, saved_layouts
from models.record import Record
from models.values.payments import COVERS, FIELDS, FIXED, SEPARATORS, STANDARD, LayoutColumn, PaymentLayout
from scoring.refused import Refused
from scoring.written.names import is_same_text

YES_NO = {"yes": True, "no": False}


@reads
def list_layouts(record: Record, options: argparse.Namespace) -> None:
    """List the layouts, and what a column may hold."""
    found = record.ask(payment_layouts)
    answer(
        options,
        lambda: {"layouts": [_json(one) for one in found], "fields": dict(FIELDS)},
        (
            f"{one.name}: {', '.join(column.heading or column.holds for column in one.columns)}"
            for one in found
        ),
        "",
        "A column may hold:",
        (f"  {key}: {words}" for key, words in FIELDS.items()),
    )


@reads
def show_layout(record: Record, options: argparse.Namespace) -> None:
    """Show a layout."""
    layout = record.ask(payment_layout, name=options.name)
    if options.json:
        print_json(_json(layout))
        return
    mark = "with" if layout.has_mark else "without"
    heads = "a line of headings" if layout.has_headings else "no headings"
    say(
        f"{layout.name}: {COVERS[layout.covers].lower()}; {SEPARATORS[layout.separator][1].lower()} between "
        f"cells, dates as {layout.dates}, UTF-8 {mark} a mark, {heads}."
    )
    print_lines(f"  {one.heading}={one.holds}{':' if one.words else ''}{one.words}" for one in layout.columns)


@changes
def set_layout(record: Record, options: argparse.Namespace) -> None:
    """Save a layout, or change one; what is not stated stays."""
    saved = _saved(record, options.name)
    layout = replace(STANDARD, name=options.name.strip()) if saved is None else saved
    if options.column:
        layout = replace(layout, columns=tuple(map(_column, options.column)))
    said = {
        "separator": options.separator,
        "dates": options.dates,
        "covers": options.covers,
        "has_mark": YES_NO.get(options.mark),
        "has_headings": YES_NO.get(options.headings),
    }
    layout = replace(layout, **{name: value for name, value in said.items() if value is not None})
    if layout == saved:
        raise Refused(f"The layout {layout.name} has all of that already. Nothing was changed.")
    _perform(record, SetPaymentLayout(layout.name, layout, saved), options)


@changes
def remove_layout(record: Record, options: argparse.Namespace) -> None:
    """Remove a layout."""
    saved = _saved(record, options.name)
    name = options.name.strip() if saved is None else saved.name
    _perform(record, SetPaymentLayout(name, None, saved), options)


def _perform(record: Record, operation: SetPaymentLayout, options: argparse.Namespace) -> None:
    words = perform(record, operation, options)
    answer(options, lambda: {"layout": None if operation.layout is None else _json(operation.layout)}, words)


def _saved(record: Record, name: str) -> PaymentLayout | None:
    return next((one for one in record.ask(saved_layouts) if is_same_text(one.name, name)), None)


def _column(text: str) -> LayoutColumn:
    """Return a column as it is said: "Net=amount", "amount" or "Type=words:GRANT"."""
    said, mark, words = text.partition(f"={FIXED}:")
    if mark:
        return LayoutColumn(said.strip(), FIXED, words.strip())
    heading, sign, key = (part.strip() for part in text.rpartition("="))
    return LayoutColumn(heading if sign else FIELDS.get(key, key), key)


def _json(layout: PaymentLayout) -> Json:
    return {
        "name": layout.name,
        "columns": [told(one, "heading holds words") for one in layout.columns],
        **told(layout, "separator dates covers mark=has_mark headings=has_headings"),
    }
