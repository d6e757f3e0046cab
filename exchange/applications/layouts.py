"""Lay out a file that has no table of applications as one that has, where it holds applications otherwise.

laid_out = as_rows(book)
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from exchange.applications.fields import is_blank
from exchange.applications.heading_rows import Parts, Row
from exchange.applications.headings import collapsed
from exchange.applications.table import (
    FoundTable,
    asks_for_application,
    fields_asked,
    find_table,
    table_below,
)
from exchange.cells.values import cell_text
from exchange.reading.sheets import Book, Cell, SheetTable, filled
from models.trouble import Trouble

AS_ROWS = "as rows"
"""What is said of a sheet that the file has not, because it was laid out anew."""

_Key = tuple[str, str, int]


class Answer(Struct, frozen=True):
    """What one form says to one question; `section` is the title that it stands under, "" for none.

    `field` is what an exact form says that it is, "" where only the question's words tell.
    """

    question: str
    value: Cell
    section: str = ""
    field: str = ""


Record = Sequence[Answer]


def plain_question(text: str) -> str:
    """Return a question as a heading has it, without the colon that leads to its answer."""
    return collapsed(text).rstrip(" :")


def table_of(name: str, records: Sequence[Record]) -> SheetTable:
    """Return the records as a sheet: a row of the questions, in the order asked, and one for each record.

    Of a question that is asked again the section says whose answer it is.
    """
    keyed = [dict(_keyed(record)) for record in records]
    keys = tuple(dict.fromkeys(key for record in keyed for key in record))
    rows = [tuple(record.get(key) for key in keys) for record in keyed]
    heads = (f"{section} – {question}" if section else question or None for section, question, _ in keys)
    return SheetTable(name, visible=True, rows=(tuple(heads), *rows))


def _keyed(record: Record) -> Iterator[tuple[_Key, Cell]]:
    """Yield the answers by question; what is asked again goes by its section as well."""
    times = Counter[tuple[str, str]]()
    asked: set[str] = set()
    for answer in record:
        question = plain_question(answer.question)
        place = answer.section if question in asked else "", question
        yield (*place, times[place]), answer.value
        times[place] += 1
        asked.add(question)


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


_QUESTIONS = "question", "label", "title", "name", "field", "key"
_ANSWERS = "answer", "value", "response", "text"
_LINE = re.compile(r"([^:?\n]{2,120}?)(?::|(\?):?)[ \t]+(\S.*|$)")
_FEWEST_LINES = 4
_MOST_OF = 0.6


def unpacked(sheet: SheetTable) -> SheetTable | None:
    """Return the sheet with a column for each answer in the cells of one column, None where none has any."""
    for column in range(max(map(len, sheet.rows), default=0)):
        cells = [(number, row[column]) for number, row in enumerate(sheet.rows) if row[column] is not None]
        found = {number: answers for number, cell in cells if (answers := answers_in(cell))}
        if found and len(found) >= _MOST_OF * (len(cells) - 1):
            return _with_answers(sheet, column, found)
    return None


def _with_answers(sheet: SheetTable, column: int, found: Mapping[int, Record]) -> SheetTable:
    """Return the rows with answers, those of the other columns under the headings of the row above them."""
    first = min(found)
    heads = sheet.rows[first - 1] if first else (None,) * len(sheet.rows[0])
    records = [
        [
            *(
                Answer(cell_text(head), cell)
                for index, (head, cell) in enumerate(zip(heads, sheet.rows[number], strict=True))
                if index != column
            ),
            *answers,
        ]
        for number, answers in found.items()
    ]
    return table_of(f"{sheet.name}, {AS_ROWS}", records)


def answers_in(cell: Cell) -> Record:
    """Return the questions and answers that a cell holds, () for none.

    >>> answers_in('{"organisation": "Fell Road Club"}')
    (Answer(question='organisation', value='Fell Road Club', section='', field=''),)
    """
    if not isinstance(cell, str):
        return ()
    if cell.lstrip()[:1] in ("{", "["):
        try:
            return tuple(_of_json("", json.loads(cell, parse_int=str, parse_float=str, parse_constant=str)))
        except (ValueError, RecursionError):
            return ()
    return tuple(_of_lines(cell))


def _of_json(question: str, value: Any) -> Iterator[Answer]:
    if isinstance(value, dict):
        yield from _of_object(question, value)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for one in value:
            yield from _of_json(question, one)
    elif isinstance(value, list):
        yield Answer(question, _sound("; ".join(map(str, value))) or None)
    else:
        yield Answer(question, _sound(value) if isinstance(value, str) else value)


def _sound(text: str) -> str:
    """Return a text as it may be kept: JSON can hold half a character."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _of_object(question: str, value: Mapping[str, Any]) -> Iterator[Answer]:
    """Yield the answers of an object: its members, or the one that its members ask and answer."""
    lower = {name.casefold(): one for name, one in value.items()}
    asks = next((lower[name] for name in _QUESTIONS if isinstance(lower.get(name), str)), None)
    answered = next((name for name in _ANSWERS if name in lower), None)
    if asks is not None and answered is not None:
        yield from _of_json(_sound(asks), lower[answered])
        return
    for name, one in value.items():
        yield from _of_json(_sound(f"{question} – {name}" if question else name), one)


def _of_lines(text: str) -> Iterator[Answer]:
    """Yield the answers of lines that begin with a question; a line that does not goes on with the last."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if begins := _LINE.match(f"{line.strip()} "):
            found.append((begins[1] + (begins[2] or ""), [begins[3].strip()]))
        elif found:
            found[-1][1].append(line)
    if len(found) >= _FEWEST_LINES:
        for question, lines in found:
            yield Answer(question, "\n".join(lines).strip() or None)


_COLUMNS, _ROWS, _LONGEST = 12, 400, 250
_KNOWN, _FEWEST = 0.35, 2
_FULL = 0.4
_LONG = 80


def records_in(sheet: SheetTable, mapping: Mapping[str, str]) -> list[Record]:
    """Return the forms of a sheet, [] where no column asks what an application says."""
    labels = question_columns(sheet, mapping)
    questions = [_text(row[column]) for row in sheet.rows for column in labels]
    if not asks_for_application(tuple(dict.fromkeys(questions)), mapping):
        return []
    repeats = Counter(filter(None, questions))
    is_repeated = 2 * sum(times > 1 for times in repeats.values()) > len(repeats)
    if len(labels) == 1 and is_repeated and (found := by_key(sheet, labels[0])):
        return found
    if len(labels) == 1 and not is_repeated:
        beside = _full_columns(sheet, labels[0])
        if len(beside) > 1:
            return _side_by_side(sheet, labels[0], beside)
    return list(one_below_another(list(_answers(sheet, labels, mapping))))


def question_columns(sheet: SheetTable, mapping: Mapping[str, str]) -> list[int]:
    """Return the columns, from 0, in which questions stand: a good part of their texts ask for some field."""
    found = []
    for column in range(min(_COLUMNS, max(map(len, sheet.rows), default=0))):
        texts = {_text(row[column]) for row in sheet.rows[:_ROWS]} - {""}
        asked = [
            fields for text in texts if len(text) <= _LONGEST and (fields := fields_asked(text, mapping))
        ]
        if len(set().union(*asked)) >= _FEWEST and len(asked) >= _KNOWN * len(texts):
            found.append(column)
    return found


def _full_columns(sheet: SheetTable, label: int) -> list[int]:
    """Return the columns right of the questions that answer a good part of them."""
    asked = [
        row for row in sheet.rows if _text(row[label]) and any(cell is not None for cell in row[label + 1 :])
    ]
    width = max(map(len, sheet.rows))
    return [
        c for c in range(label + 1, width) if sum(not is_blank(r[c]) for r in asked) >= _FULL * len(asked)
    ]


def _side_by_side(sheet: SheetTable, label: int, columns: Sequence[int]) -> list[Record]:
    """Return the form in each of the columns, under the questions that all share."""
    section, asked = "", list[tuple[str, Row]]()
    for row in sheet.rows:
        if any(cell is not None for cell in row[label + 1 :]):
            asked.append((section, row))
        elif text := _text(row[label]):
            section = text
    return [[Answer(_text(row[label]), row[column], section) for section, row in asked] for column in columns]


def _answers(sheet: SheetTable, labels: Sequence[int], mapping: Mapping[str, str]) -> Iterator[Answer]:
    """Yield the questions of a sheet with what stands right of each, or else below it."""
    section = asked = ""
    for row in sheet.rows:
        pairs = list(_beside(row, labels))
        lone = pairs[0][0] if len(pairs) == 1 and pairs[0][1] is None else ""
        is_question = bool(asked) and bool(fields_asked(asked, mapping))
        if asked and (value := _below(row, labels, lone, mapping, is_question=is_question)) is not None:
            yield Answer(asked, value, section)
            asked = ""
            continue
        if is_question:
            yield Answer(asked, None, section)
        elif asked:
            section = asked
        asked = lone
        if not lone:
            yield from (Answer(question, value, section) for question, value in pairs)


def _beside(row: Row, labels: Sequence[int]) -> Iterator[tuple[str, Cell]]:
    """Yield the questions of a row, each with what is right of it; a second answer asks the same again."""
    question, is_answered = "", True
    for column, cell in enumerate(row):
        if column in labels and (text := _text(cell)):
            if not is_answered:
                yield question, None
            question, is_answered = text, False
        elif cell is not None and question:
            yield question, cell
            is_answered = True
    if not is_answered:
        yield question, None


def _below(
    row: Row, labels: Sequence[int], lone: str, mapping: Mapping[str, str], *, is_question: bool
) -> Cell:
    """Return what answers the row above: it stands alone in its row, and is told or asks nothing."""
    if lone:
        is_told = len(lone) > _LONG and not lone.rstrip().endswith(("?", ":"))  # and not asked
        return lone if is_told or (is_question and not fields_asked(lone, mapping)) else None
    filled = [cell for column, cell in enumerate(row) if cell is not None and column not in labels]
    is_alone = len(filled) == 1 and all(row[column] is None for column in labels)
    return filled[0] if is_question and is_alone else None


def one_below_another(answers: Sequence[Answer]) -> Iterator[Record]:
    """Yield the forms of a column: each begins with the question that begins the first of several."""
    times = Counter(plain_question(answer.question) for answer in answers)
    often = Counter(count for count in times.values() if count > 1)
    forms = often.most_common(1)[0][0] if often and 2 * sum(often.values()) > len(times) else 1
    first = next((question for question, count in times.items() if count == forms), "")
    begins = [at for at, answer in enumerate(answers) if plain_question(answer.question) == first] or [0]
    starts: Set[int] = {0, *begins[1:]} if forms > 1 else {0}
    ends = sorted(starts)[1:]
    for start, end in zip(sorted(starts), [*ends, len(answers)], strict=True):
        if answers[start:end]:
            yield answers[start:end]


def _text(cell: Cell) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def find_applications(
    book: Book,
    *,
    file_name: str | None,
    sheet: str | None,
    mapping: Mapping[str, str] | None = None,
) -> tuple[Book, FoundTable]:
    """Return the table of applications, and the book that has it: laid out anew where it had none.

    Raises `Trouble` where neither has any.
    """
    if book.kind == "form":
        table = book.sheets[0]
        return book, table_below(table, 1, [Parts("", str(head)) for head in table.rows[0]])
    try:
        return book, find_table(book, file_name=file_name, sheet=sheet, mapping=mapping)
    except Trouble:
        laid_out = as_rows(book, mapping or {}, sheet)
        if laid_out is None:
            raise
    return laid_out, find_table(
        replace(laid_out, sheets=laid_out.sheets[:1]), file_name=file_name, mapping=mapping
    )


def as_rows(book: Book, mapping: Mapping[str, str], sheet: str | None) -> Book | None:
    """Return the book with one sheet more, its applications one a row, or None where it holds none.

    Only the named sheet is looked at, else those that are seen. The new one is named after its sheet.
    """
    shown = [one for one in book.sheets if sheet in (None, one.name) and (one.visible or sheet is not None)]
    if any(one.name.endswith(AS_ROWS) for one in book.sheets):
        return None
    table = next(_unpacked(shown, mapping), None) or _of_forms(shown, mapping)
    if table is None:
        return None
    notes = tuple(note for one in shown for note in one.notes)
    return replace(book, sheets=(replace(table, notes=notes), *book.sheets))


def _unpacked(sheets: Iterable[SheetTable], mapping: Mapping[str, str]) -> Iterator[SheetTable]:
    for sheet in sheets:
        table = unpacked(sheet)
        if table is not None and asks_for_application(list(map(_text, table.rows[0])), mapping):
            yield table


def _of_forms(sheets: Iterable[SheetTable], mapping: Mapping[str, str]) -> SheetTable | None:
    """Return the forms of all sheets as one table, named after the sheet where it is one."""
    found = {sheet.name: records for sheet in sheets if (records := records_in(filled(sheet), mapping))}
    every: list[Record] = [record for records in found.values() for record in records]
    name = next(iter(found)) if len(found) == 1 else f"{len(found)} sheets"
    return table_of(f"{name}, {AS_ROWS}", every) if every else None
