"""Answers that stand together in one cell of each row, as JSON or as lines of "Question: answer"."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from exchange.applications.layouts.records import AS_ROWS, Answer, Record, table_of
from exchange.cells.values import cell_text
from exchange.reading.sheets import Cell, SheetTable

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
    (Answer(question='organisation', value='Fell Road Club', section=''),)
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
