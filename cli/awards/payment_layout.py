"""`grant-panel payment-layout`: the columns and the form of an office's own payment files, by name."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cli.actions import add_acting, add_action, add_changing
from cli.arguments import acting
from cli.output import print_json, print_lines, say
from scoring.refused import Refused

if TYPE_CHECKING:
    from cli.arguments import Commands
    from models.operations.awards.payment_files import SetPaymentLayout
    from models.record import Record
    from models.values.payment_layout import LayoutColumn, PaymentLayout

YES_NO = {"yes": True, "no": False}


def add(commands: "Commands") -> None:
    """Add the subcommand with its actions."""
    actions = add_acting(commands, "payment-layout", "lay out the payment file for finance's system")
    add_action(actions, "list", "list the layouts, and what a column may hold", _list)
    _name(add_action(actions, "show", "show a layout", _show))
    setting = add_changing(actions, "set", "save a layout, or change one; what is not stated stays", _set)
    _name(setting)
    _add_form(setting)
    _name(add_changing(actions, "remove", "remove a layout", _remove))


def _name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="the layout's name")


def _add_form(parser: argparse.ArgumentParser) -> None:
    words = (
        "a column from left to right: its heading and what it holds; “Type=words:GRANT” puts GRANT in "
        "every line. Give every column again"
    )
    parser.add_argument("--column", metavar="HEADING=FIELD", action="append", default=[], help=words)
    parser.add_argument("--separator", metavar="SIGN", help="comma, semicolon or tab")
    parser.add_argument("--dates", metavar="FORM", help="how dates are written, such as dd/mm/yyyy")
    parser.add_argument("--covers", metavar="WHICH", help="outstanding, ready or all payments")
    words = "whether the file begins with the mark by which Excel recognises UTF-8"
    parser.add_argument("--mark", choices=YES_NO, help=words)
    parser.add_argument("--headings", choices=YES_NO, help="whether the first line has headings")


def _list(record: "Record", options: argparse.Namespace) -> int:
    from models.queries.awards.finance_codes import payment_layouts
    from models.values.payment_layout import FIELDS

    found = record.ask(payment_layouts)
    if options.json:
        print_json({"layouts": [_json(one) for one in found], "fields": dict(FIELDS)})
        return 0
    say(
        *(
            f"{one.name}: {', '.join(column.heading or column.holds for column in one.columns)}"
            for one in found
        )
    )
    say("", "A column may hold:")
    print_lines(f"  {key}: {words}" for key, words in FIELDS.items())
    return 0


def _show(record: "Record", options: argparse.Namespace) -> int:
    from models.queries.awards.finance_codes import payment_layout
    from models.values.payment_layout import COVERS, SEPARATORS

    layout = record.ask(partial(payment_layout, name=options.name))
    if options.json:
        print_json(_json(layout))
        return 0
    mark = "with" if layout.has_mark else "without"
    heads = "a line of headings" if layout.has_headings else "no headings"
    say(
        f"{layout.name}: {COVERS[layout.covers].lower()}; {SEPARATORS[layout.separator][1].lower()} between "
        f"cells, dates as {layout.dates}, UTF-8 {mark} a mark, {heads}."
    )
    print_lines(f"  {one.heading}={one.holds}{':' if one.words else ''}{one.words}" for one in layout.columns)
    return 0


def _set(record: "Record", options: argparse.Namespace) -> int:
    from models.operations.awards.payment_files import SetPaymentLayout
    from models.values.payment_layout import STANDARD

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
    return _perform(record, SetPaymentLayout(layout.name, layout, saved), options)


def _remove(record: "Record", options: argparse.Namespace) -> int:
    from models.operations.awards.payment_files import SetPaymentLayout

    saved = _saved(record, options.name)
    name = options.name.strip() if saved is None else saved.name
    return _perform(record, SetPaymentLayout(name, None, saved), options)


def _perform(record: "Record", operation: "SetPaymentLayout", options: argparse.Namespace) -> int:
    words = record.perform(operation, acting(record, operation, options)).words
    if options.json:
        print_json({"layout": None if operation.layout is None else _json(operation.layout)})
    else:
        say(words)
    return 0


def _saved(record: "Record", name: str) -> "PaymentLayout | None":
    from models.queries.awards.finance_codes import saved_layouts
    from scoring.written.names import is_same_text

    return next((one for one in record.ask(saved_layouts) if is_same_text(one.name, name)), None)


def _column(text: str) -> "LayoutColumn":
    """Return a column as it is said: "Net=amount", "amount" or "Type=words:GRANT"."""
    from models.values.payment_layout import FIELDS, FIXED, LayoutColumn

    said, mark, words = text.partition(f"={FIXED}:")
    if mark:
        return LayoutColumn(said.strip(), FIXED, words.strip())
    heading, sign, key = (part.strip() for part in text.rpartition("="))
    return LayoutColumn(heading if sign else FIELDS.get(key, key), key)


def _json(layout: "PaymentLayout") -> dict[str, object]:
    return {
        "name": layout.name,
        "columns": [
            {"heading": one.heading, "holds": one.holds, "words": one.words} for one in layout.columns
        ],
        "separator": layout.separator,
        "dates": layout.dates,
        "covers": layout.covers,
        "mark": layout.has_mark,
        "headings": layout.has_headings,
    }
