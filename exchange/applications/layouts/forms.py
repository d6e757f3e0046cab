"""Forms that stand in a sheet as questions with the answers beside or below them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from exchange.applications.fields import is_blank
from exchange.applications.heading_rows import Row
from exchange.applications.layouts.answer_lines import by_key
from exchange.applications.layouts.records import Answer, Record, plain_question
from exchange.applications.likely.asked_rows import asks_for_application, fields_asked
from exchange.reading.sheets import Cell, SheetTable

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
    return list(_one_below_another(list(_answers(sheet, labels, mapping))))


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
    asked = list(_with_sections(sheet.rows, label))
    return [[Answer(_text(row[label]), row[column], section) for section, row in asked] for column in columns]


def _with_sections(rows: Sequence[Row], label: int) -> Iterator[tuple[str, Row]]:
    section = ""
    for row in rows:
        if any(cell is not None for cell in row[label + 1 :]):
            yield section, row
        elif text := _text(row[label]):
            section = text


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
        return lone if _is_told(lone) or (is_question and not fields_asked(lone, mapping)) else None
    filled = [cell for column, cell in enumerate(row) if cell is not None and column not in labels]
    is_alone = len(filled) == 1 and all(row[column] is None for column in labels)
    return filled[0] if is_question and is_alone else None


def _is_told(text: str) -> bool:
    """Say whether a text is rather told than asked."""
    return len(text) > _LONG and not text.rstrip().endswith(("?", ":"))


def _one_below_another(answers: Sequence[Answer]) -> Iterator[Record]:
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
