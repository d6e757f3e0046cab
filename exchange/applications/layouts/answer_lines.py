"""A list with a line for each answer: whose it is, what was asked, what was said."""

from collections import Counter
from collections.abc import Sequence

from exchange.applications.heading_rows import Row
from exchange.applications.layouts.records import Answer, Record
from exchange.cells.values import cell_text
from exchange.reading.sheets import Cell, SheetTable

_MOST_REPEATED = 0.05


def by_key(sheet: SheetTable, label: int) -> list[Record]:
    """Return the answers of each form, told apart by the column that says whose they are; [] without one.

    That column has fewest values of those under which hardly a question is asked twice.
    """
    rows = [row for row in sheet.rows if row[label] is not None]
    heads, lines = rows[0], rows[1:]
    able = [
        (len(forms), column, forms)
        for column in range(len(heads))
        if column != label and (forms := _forms(lines, column)) and _is_key(lines, forms, label)
    ]
    if not able:
        return []
    _, key, forms = min(able, key=lambda one: one[:2])
    value = _values_column(lines, label, key)
    return [] if value is None else [_record(heads, form, label, value) for form in forms.values()]


def _forms(lines: Sequence[Row], column: int) -> dict[Cell, list[Row]]:
    found: dict[Cell, list[Row]] = {}
    for row in lines:
        if row[column] is None:
            return {}
        found.setdefault(row[column], []).append(row)
    return found


def _is_key(lines: Sequence[Row], forms: dict[Cell, list[Row]], label: int) -> bool:
    """Say whether the lines of each form ask hardly anything twice, and most forms ask the same."""
    repeated = len(lines) - sum(len({row[label] for row in form}) for form in forms.values())
    asked = Counter(row[label] for row in lines)
    is_shared = 2 * sum(2 * times >= len(forms) for times in asked.values()) >= len(asked)
    return is_shared and 2 * len(forms) <= len(lines) and repeated <= _MOST_REPEATED * len(lines)


def _values_column(lines: Sequence[Row], label: int, key: int) -> int | None:
    """Return the column of the answers: right of the questions, the one with most different values."""
    right = [column for column in range(label + 1, len(lines[0])) if column != key]
    different = {column: len({row[column] for row in lines}) for column in right}
    return max(right, key=lambda column: different[column], default=None)


def _record(heads: Row, form: Sequence[Row], label: int, value: int) -> Record:
    """Return a form: what is the same on all its lines, under that column's heading, and its answers."""
    same = [
        Answer(cell_text(heads[column]), cell)
        for column, cell in enumerate(form[0])
        if column not in (label, value) and all(row[column] == cell for row in form)
    ]
    return [*same, *(Answer(cell_text(row[label]), row[value]) for row in form)]
