"""`grant-panel payment-layout` and `ledger`: files for finance, and payments read back from theirs."""

import argparse

from msgspec.structs import replace

from cli.frame.output import Column, Json, answer, as_table, told, told_of
from cli.frame.record import changes, perform, reads
from cli.frame.typed import today
from exchange.forms import FormFaults
from exchange.papers.finance.returned import LedgerReading, read_ledger
from models.operations.awards.finance import RecordPayments, SetPaymentLayout
from models.operations.awards.paying import PayInstalment
from models.queries.awards.awards import payment_layout, payment_layouts, saved_layouts
from models.queries.awards.awards_page import every_award
from models.record import Record
from models.values.payments import COVERS, FIELDS, FIXED, SEPARATORS, STANDARD, LayoutColumn, PaymentLayout
from scoring.counted import counted
from scoring.refused import Refused
from scoring.written.days import short_day
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
    mark = "with" if layout.has_mark else "without"
    heads = "a line of headings" if layout.has_headings else "no headings"
    answer(
        options,
        lambda: _json(layout),
        f"{layout.name}: {COVERS[layout.covers].lower()}; {SEPARATORS[layout.separator][1].lower()} between "
        f"cells, dates as {layout.dates}, UTF-8 {mark} a mark, {heads}.",
        (f"  {one.heading}={one.holds}{':' if one.words else ''}{one.words}" for one in layout.columns),
    )


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


PAYMENTS = (
    Column("Award", "award=found.reference"),
    Column("Instalment", "instalment=number"),
    Column("Amount", "amount=part.amount_pence"),
    Column("Paid on", "paid_on=on"),
)


@changes
def read_back(record: Record, options: argparse.Namespace) -> None:
    """Read the ledger, record what is new in it, and print that."""
    reading = read_ledger(options.file, record.ask(every_award), today())
    parts = tuple(
        PayInstalment(line.found.round_id, line.found.application, line.number, line.on, line.part.paid_on)
        for line in reading.lines
    )
    words = f"{counted(len(parts), 'payment')} would be recorded. Nothing was changed."
    if not options.dry_run:
        if reading.differing and not options.fitting:
            raise FormFaults((*reading.differing, _remedy(len(parts))))
        if not parts and not reading.unchanged:
            raise Refused(f"{reading.name} names no payment of an award of this record. Nothing was changed.")
        words = "Everything in it was recorded before."
        if parts:
            operation = RecordPayments(reading.name, parts)
            words = perform(record, operation, options)
    answer(options, lambda: _ledger_json(reading), words, _lines(reading, is_tried=options.dry_run))


def _remedy(many: int) -> str:
    if not many:
        return "Nothing was recorded: correct the ledger or the record."
    fits = "fits" if many == 1 else "fit"
    return f"Nothing was recorded. --fitting records the {counted(many, 'payment')} that {fits}."


def _ledger_json(reading: LedgerReading) -> Json:
    return {
        **told(reading, "file=name sheet"),
        "payments": [told_of(PAYMENTS, line) for line in reading.lines],
        **told(reading, "unchanged other_rows=others differing"),
        "not_in_file": [
            told(line, "award=found.reference instalment=number paid_on=on") for line in reading.missing
        ],
    }


def _lines(reading: LedgerReading, *, is_tried: bool) -> list[str]:
    others = counted(reading.others, "row")
    left = {line.found.reference: line.found.checks_left for line in reading.lines if line.found.checks_left}
    open_checks = [f"Due diligence on {of}: {words}." for of, words in left.items()]
    missing = (
        f"Paid on {short_day(line.on)} by the record, and not in the file: {line.found.reference}, "
        f"instalment {line.number}."
        for line in reading.missing
    )
    moved = (
        f"{line.found.reference}, instalment {line.number}: the record had {short_day(line.part.paid_on)}, "
        f"which the file's {short_day(line.on)} {'would replace' if is_tried else 'replaces'}."
        for line in reading.lines
        if line.part.paid_on is not None
    )
    return [
        *as_table(PAYMENTS, reading.lines),
        *moved,
        *(open_checks if is_tried else ()),  # else what was recorded says so
        *missing,
        *reading.differing,
        *([f"{others} of other things passed over."] if reading.others else []),
    ]
