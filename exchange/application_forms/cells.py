"""What the cells of a form's tables are: questions, answers, heads of columns."""

import re
from collections.abc import Iterable, Sequence

from exchange.application_forms.blocks import (
    FIELD,
    FILLED,
    TICKED,
    TURN,
    UNTICKED,
    Block,
    Cell,
    Paragraph,
    Table,
    is_mere_number,
    texts_of,
)
from exchange.application_forms.labels import (
    LONGEST,
    OPTIONS,
    are_costs,
    asks_other,
    asks_plainly,
    is_guidance,
    is_numbered,
    is_question,
    knows,
    plain,
    plain_end,
)
from exchange.application_forms.pieces import (
    ASKED,
    has_box,
    is_answered,
    is_choice,
    is_marked,
    is_of_boxes,
    is_yes_and_no,
    written,
)
from exchange.applications.fields import is_likely, is_readable
from exchange.applications.table import fields_asked

_FEW, _MOST_OF_TITLE = 2, 6
_MERE_BOX = re.compile(rf"\s*[{TICKED}{UNTICKED}]\s*")
_HEAD = (
    r"(?:no|ref|(?:cost )?heading|item|description|detail\w*|cost\w*|amount|£|cost \(£\)|amount \(£\)|total"
    r"|answer|response"
    r"|your answer|question|date|when"
    r"|outcome|milestone|quantity|number|supplier|source|eitem|costau|swm|ateb|cwestiwn"
    r"|(?:what )?for(?: what)?|what(?: (?:we|you) (?:will |would )?(?:buy|need|pay for))?)"
)
HEADS = re.compile(rf"{_HEAD}(?:\s?/\s?{_HEAD})?\W*", re.IGNORECASE)
"""What columns are called, in one language or in two."""
_COLUMNS_APART = re.compile(r"\s+[-–—|]\s+|\t| {2,}")
_SUMS = frozenset({"amount_requested", "total_cost", "match_funding"})
TOTALS = re.compile(r"\W*(?:grand |sub-?)?totals?\b", re.IGNORECASE)
_OF_MONEY = re.compile(r"£|\d\.\d\d\b")
_COST = re.compile(r"\W*(?:costs?|amounts?|£|total|price|value)\W*(?:\(?£\)?)?\W*", re.IGNORECASE)
SUM = re.compile(r"\W*(?:amount|sum|how much)\W*", re.IGNORECASE)
"""A label that only says that a sum is asked for; of what, the cell beside it does."""
MARK = re.compile(rf"\s*(?:[xX✓√{TICKED}])\s*")


def filled_cells(row: Sequence[Cell]) -> list[Cell]:
    """Return the cells of a row, none for one in which nothing stands."""
    return list(row) if any(written(text_of(cell)) or has_box(text_of(cell)) for cell in row) else []


def rows_together(rows: Sequence[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """Return rows of which those of mere boxes, or alone typed, are one: a page may end between them."""
    found: list[Sequence[Cell]] = []
    for row in rows:
        if found and any(is_one(found[-1]) and is_one(row) for is_one in (_is_of_boxes, _is_alone_typed)):
            found[-1] = (Cell((*found[-1][0].blocks, *row[0].blocks)),)
        else:
            found.append(row)
    return found


def with_titles_apart(rows: Sequence[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """Return rows with the title of a part, merged down their side, in a row of its own above them."""
    beside = {at: end for at in range(len(rows)) if (end := _end_beside_title(rows, at)) > at}
    ends = {at: end for at, end in beside.items() if _are_known(rows, [(at, end)])}
    if _are_known(rows, beside.items()):
        ends = beside
    widths = {len(rows[at]) for at in ends}
    found: list[Sequence[Cell]] = []
    last = 0
    for at, row in enumerate(rows):
        last = max(last, ends.get(at, 0))
        is_alone = len(row) in widths and not _is_blank(row[0]) and knows(text_of(row[1]))
        if at in ends or (is_alone and not knows(text_of(row[0]))):
            title = Paragraph(" ".join(text_of(row[0]).split()), "h")
            found.append((Cell((title,)),))
            found.append(row[1:])
        else:
            found.append(row[_is_blank(row[0]) :] if at < last else row)
    return found


def _end_beside_title(rows: Sequence[Sequence[Cell]], at: int) -> int:
    """Return the row after those beside what may be a title that begins at a row, that row for none."""
    width, title = len(rows[at]), written(text_of(rows[at][0])) if rows[at] else ""
    is_short = 0 < len(title.split()) <= _MOST_OF_TITLE and not is_mere_number(title)
    if width <= _FEW or not is_short:
        return at
    below = rows[at + 1 :]
    end = next((n for n, row in enumerate(below) if not _goes_on_beside(row, width)), len(below))
    return at + 1 + end if end > 0 else at


def _are_known(rows: Sequence[Sequence[Cell]], beside: Iterable[tuple[int, int]]) -> bool:
    """Say whether most of what is beside titles asks what applications say."""
    asked = [
        row[at == first or _is_blank(row[0])]
        for first, end in beside
        for at, row in enumerate(rows[first:end], start=first)
    ]
    return 2 * sum(knows(text_of(cell)) for cell in asked) >= len(asked)


def _goes_on_beside(row: Sequence[Cell], width: int) -> bool:
    """Say whether a row has an empty place beside a title, or none, as some programs leave it out."""
    return len(row) > 1 and (_is_blank(row[0]) or (len(row) == width - 1 and knows(text_of(row[0]))))


def _is_blank(cell: Cell) -> bool:
    return not (written(text_of(cell)) or has_box(text_of(cell)) or FIELD in text_of(cell))


def _is_of_boxes(row: Sequence[Cell]) -> bool:
    texts = list(filter(str.strip, texts_of(row[0].blocks))) if len(row) == 1 else []
    return bool(texts) and all(map(is_of_boxes, texts))


def _is_alone_typed(row: Sequence[Cell]) -> bool:
    return len(row) == 1 and is_typed(row[0])


def text_of(cell: Cell) -> str:
    return "\n".join(text for text in texts_of(cell.blocks) if text.strip())


def are_heads_on_line(text: str) -> bool:
    """Say whether a line has what columns are called: "Item - Cost (£)"."""
    heads = _COLUMNS_APART.split(plain(text))
    return len(heads) > 1 and all(map(HEADS.fullmatch, heads))


def head_of(cell: Cell) -> str:
    """Return what a column is called by a cell: by a pound sign alone, too."""
    text = text_of(cell)
    return "£" if text.strip(" ()") == "£" else written(text)


def paragraphs_of(cell: Cell) -> list[Paragraph]:
    return [one for one in cell.blocks if isinstance(one, Paragraph) and one.text.strip()]


def is_only_asked(cell: Cell, below: Cell) -> bool:
    """Say whether a cell has a question with guidance, as it is the cell below that is no question."""
    told, answer = paragraphs_of(cell), paragraphs_of(below)
    if len(told) < _FEW or not answer or len(told) < len(cell.blocks):
        return False
    return is_question(told[0]) and asks_plainly(told[0]) and not is_question(answer[0])


def is_numbered_above(rows: Sequence[Sequence[Cell]]) -> bool:
    """Say whether the first of two rows is a question with its number beside it, answered by the second."""
    if [len(row) for row in rows] != [_FEW, 1]:
        return False
    number, question = (written(text_of(cell)) for cell in rows[0])
    return is_mere_number(number) and len(question.split()) > _FEW


def is_whole(cell: Cell) -> bool:
    """Say whether a cell is a bold question with its answer in other letters below or beside."""
    told = paragraphs_of(cell)
    if _is_label(cell):
        return False
    is_bold = ["b" in one.style for one in told]
    question, turn, _ = told[0].text.partition(TURN) if told else ("", "", "")
    if is_yes_and_no(text_of(cell)) or MARK.fullmatch(question):
        return False
    if turn and not is_marked(question) and is_question(Paragraph(question, "b")):
        return True
    return is_bold[:1] == [True] and len(told) > 1 and not (any(is_bold[1:]) or is_guidance(told[1]))


def question_in(cell: Cell) -> str:
    """Return the question of a cell without the guidance below it."""
    paragraphs = paragraphs_of(cell)
    asked = [one for at, one in enumerate(paragraphs) if at == 0 or not is_guidance(one)]
    told = [f"{'/ ' * _says_again(one, asked[0])}{one.text}" for one in asked]
    text = " ".join(told)
    return text if len(text) <= LONGEST else paragraphs[0].text


def _says_again(paragraph: Paragraph, first: Paragraph) -> bool:
    """Say whether a line of a label asks by itself, in other letters than the first: in another language."""
    is_other = "b" in first.style and "b" not in paragraph.style
    return is_other and knows(first.text) and knows(paragraph.text)


def alternate(cells: Sequence[Cell]) -> bool:
    """Say whether the cells of a row are a question, its answer, and so on."""
    labels = [text_of(cell) for cell in cells[::2]]
    is_label = (is_printed(cell) and not has_box(text_of(cell)) for cell in cells)
    if all(is_one == (at % 2 == 0) for at, is_one in enumerate(is_label)):
        return True
    return len(cells) % 2 == 0 and all(
        is_question(Paragraph(" ".join(one.split("\n")), _style_of(cell)))
        for one, cell in zip(labels, cells[::2], strict=True)
    )


def is_printed(cell: Cell) -> bool:
    """Say whether all that stands in a cell is known to be printed."""
    told = paragraphs_of(cell)
    return bool(told) and all(one.is_printed for one in told)


def _is_label(cell: Cell) -> bool:
    """Say whether all that stands in a cell is printed, and nothing of it is an answer of several."""
    return is_printed(cell) and not any(
        is_answered(Paragraph(one.text.partition(TURN)[2], one.style)) for one in paragraphs_of(cell)
    )


def is_typed(cell: Cell) -> bool:
    """Say whether all that stands in a cell is known to be typed there."""
    told = paragraphs_of(cell)
    return bool(told) and all(one.is_typed for one in told)


def are_told_apart(cell: Cell) -> bool:
    """Say whether it is known of all in a cell what is printed, and what was typed after or below."""
    return all(one.is_printed or one.is_typed or TURN in one.text for one in paragraphs_of(cell))


def asks_with_box(cell: Cell) -> bool:
    """Say whether a cell has a question of its own with boxes beside it: "Have you a bank account? Yes ☒"."""
    asked = filter(None, (ASKED.match(one.text) for one in paragraphs_of(cell)))
    return any(
        one["end"][0] == "?" and len(one["question"].split()) > _FEW and has_box(one["rest"]) for one in asked
    )


def _style_of(cell: Cell) -> str:
    return next((one.style for one in cell.blocks if isinstance(one, Paragraph) and one.text.strip()), "")


def grid_at(rows: Sequence[Sequence[Cell]], at: int) -> int:
    """Return the row after a table under heads that begins at a row, that row itself where none begins."""
    heads = rows[at]
    texts = [head_of(cell) for cell in heads]
    if (
        len(heads) < _FEW
        or not all(texts)
        or any(len(text) > LONGEST // 4 for text in texts)
        or any(is_choice(text_of(cell)) or FIELD in text_of(cell) or is_whole(cell) for cell in heads)
        or not (_are_heads(heads) or _are_over_fields(heads, rows[at + 1 :]))
    ):
        return at
    end = at + 1
    while end < len(rows) and len(rows[end]) == len(heads) and not (end > at + 1 and _are_heads(rows[end])):
        end += 1
    below = rows[at + 1 : end]
    is_answered = len(below) == 1 and are_labels(heads) and not any(map(_stands_out, below[0]))
    return end if below and (is_answered or not _is_labelled(below)) else at


def costs_to(rows: Sequence[Sequence[Cell]], at: int) -> int:
    """Return the row after those of a list of costs that begins at a row, that row itself for none.

    Each names what costs something and has its sum last; a pound sign, pence or a total tells of money.
    """
    end = next((n for n, row in enumerate(rows[at:], start=at) if not _is_cost(row)), len(rows))
    sums = [written(text_of(row[-1])) for row in rows[at:end]]
    is_of_money = any(_OF_MONEY.search(text) for text in sums) or (end < len(rows) and is_total(rows[end]))
    return end if len(sums) > 1 and is_of_money else at


def is_total(row: Sequence[Cell]) -> bool:
    """Say whether a row has a total: that word, and a sum last."""
    is_sum = len(row) > 1 and is_readable("amount_requested", written(text_of(row[-1])))
    return is_sum and bool(TOTALS.match(written(text_of(row[0]))))


def _is_cost(row: Sequence[Cell]) -> bool:
    line = [written(text_of(cell)) for cell in row]
    item = line[0]
    asks = knows(item) and not (any(line[1:]) and are_costs(line))
    asks |= plain_end(item) in ("?", ":") or is_numbered(text_of(row[0]))
    is_item = len(row) > 1 and len(item) > 1 and not item[:1].isdigit() and not asks
    is_sum = any(map(str.isdigit, line[-1])) and is_readable("amount_requested", line[-1])
    return is_item and is_sum and not TOTALS.match(item)


def are_boxed(rows: Sequence[Sequence[Cell]]) -> bool:
    """Say whether cells have each its label in the first line and the answer below, on the right too."""
    lines = [[paragraphs_of(cell) for cell in row] for row in rows]
    told = [one for row in lines for one in row if len(one) > 1]
    right = [row[-1] for row in lines if len(row) > 1 and row[-1]]
    asked, on_right = (sum(map(_is_boxed, some)) for some in (told, right))
    return len(told) > _FEW and 2 * asked >= len(told) and 3 * on_right >= max(len(right), 3)


def _is_boxed(lines: Sequence[Paragraph]) -> bool:
    """Say whether the first line of a cell is a known question, and the next one answers it."""
    return len(lines) > 1 and knows(lines[0].text) and not (knows(lines[1].text) or is_guidance(lines[1]))


def ticks_at(rows: Sequence[Sequence[Cell]], at: int) -> int:
    """Return the row after those with mere ticks under heads that begin at a row, that row for none."""
    if not _are_heads(rows[at]):
        return at
    below = rows[at + 1 :]
    told = below[: next((n for n, row in enumerate(below) if not _is_ticked(row, rows[at])), len(below))]
    marks = [text_of(cell) for row in told for cell in row[1:]]
    return at + 1 + len(told) if any(has_box(one) or MARK.fullmatch(one) for one in marks) else at


def _is_ticked(row: Sequence[Cell], heads: Sequence[Cell]) -> bool:
    """Say whether a row has words, and right of them nothing but marks under heads.

    Where some heads are a yes and a no, what stands under others may be a remark.
    """
    first, *marks = map(text_of, row)
    chosen = [bool(OPTIONS.fullmatch(text_of(head))) for head in heads[1:]]
    is_full = len(row) == len(heads) > _FEW and bool(written(first))
    may_remark = [any(chosen) and not one for one in chosen]
    told = zip(marks, may_remark, strict=False)
    return is_full and all(free or not written(one) or MARK.fullmatch(one) for one, free in told)


def are_labels(cells: Sequence[Cell]) -> bool:
    """Say whether cells side by side all look like labels, and what is right of the first asks itself."""
    return all(map(_stands_out, cells)) and any(knows(text_of(cell)) for cell in cells[1:])


def _stands_out(cell: Cell) -> bool:
    return Paragraph("", _style_of(cell)).stands_out


def _are_heads(cells: Sequence[Cell]) -> bool:
    """Say whether each cell of a row is what a column is called, and not label and answer by turns."""
    texts = [head_of(cell) for cell in cells]
    if any(map(is_typed, cells)) or is_mere_number(texts[0]) or _is_cost(cells):
        return False
    if len(cells) == _FEW and is_answered_beside(*texts) and not all(map(_stands_out, cells)):
        return False
    by_turns = [True, False] * (len(cells) // 2)
    if len(cells) > _FEW and list(map(_stands_out, cells)) == by_turns:
        return False
    told = [
        bool(text)
        and (_stands_out(cell) or bool(HEADS.fullmatch(text)) or knows(text) or plain_end(text) in ("?", ":"))
        for cell, text in zip(cells, texts, strict=True)
    ]
    is_of_sums = len(cells) > _FEW and bool(texts[0]) and all(map(_asks_sum, texts[1:]))
    return all(told) or is_of_sums


def is_answered_beside(question: str, text: str) -> bool:
    """Say whether a question has a yes or no beside it, or what an organisation is."""
    asked = fields_asked(plain(question), {})
    is_told = bool(asked or plain_end(question) == "?") and bool(OPTIONS.fullmatch(text))
    return is_told or (asked == {"organisation_type"} and is_likely("organisation_type", text))


def _asks_sum(text: str) -> bool:
    """Say whether a head is over sums: "Total cost", "Requested from us"."""
    return not fields_asked(plain(text), {}).isdisjoint(_SUMS) or bool(_COST.fullmatch(text))


def _are_over_fields(heads: Sequence[Cell], below: Sequence[Sequence[Cell]]) -> bool:
    """Say whether each row below some cells has a field and nothing else under each of them."""
    return bool(below) and all(
        len(row) == len(heads) and all(FILLED.fullmatch(text_of(cell).strip()) for cell in row)
        for row in below
    )


def boxes_to(rows: Sequence[Sequence[Cell]], at: int) -> int:
    """Return the row after those with several cells from a row on that have boxes with their words alone.

    The words of each may have a cell of their own, before it or after it.
    """
    end = at
    while end < len(rows) and len(rows[end]) > 1 and (_are_boxes(rows[end]) or _are_boxes_apart(rows[end])):
        end += 1
    is_choice = end > at + 1 or end == at or len(rows[at]) > _FEW or _are_boxes(rows[at])
    return end if is_choice else at


def options_in(cells: Sequence[Cell]) -> list[str]:
    """Return the options of a row of boxes, each with its box."""
    texts = [text_of(cell) for cell in cells]
    if _are_boxes(cells):
        return texts
    return [" ".join(pair) for pair in zip(texts[::2], texts[1::2], strict=True)]


def _are_boxes(cells: Sequence[Cell]) -> bool:
    return all(is_of_boxes(text_of(cell)) for cell in cells)


def _are_boxes_apart(cells: Sequence[Cell]) -> bool:
    """Say whether cells are by turns the words of an option, which ask nothing, and the box of it."""
    texts = [text_of(cell) for cell in cells]
    are_mere = [bool(_MERE_BOX.fullmatch(text)) for text in texts]
    words = [text for text, is_mere in zip(texts, are_mere, strict=True) if not is_mere]
    is_by_turns = len(cells) % 2 == 0 and are_mere in ([True, False] * len(words), [False, True] * len(words))
    return is_by_turns and not any(has_box(text) or knows(text) or plain_end(text) in "?:" for text in words)


def _is_labelled(rows: Sequence[Sequence[Cell]]) -> bool:
    """Say whether most rows begin with a question of their own, or with its number: none is a cost."""
    asked = sum(
        is_question(Paragraph(text_of(row[0]), _style_of(row[0]))) and not _is_cost(row) for row in rows
    )
    numbered = sum(is_mere_number(written(text_of(row[0]))) and knows(text_of(row[1])) for row in rows)
    return 2 * (asked if len(rows[0]) == _FEW else numbered) > len(rows)


def asking(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Return the words of the rows under heads that each begin with a question of their own.

    Where some begin with what was typed, the others do with what is printed.
    """
    is_filled = any(is_typed(row[0]) for row in rows)
    asked = [row for row in rows if is_printed(row[0]) or not is_filled]
    lines = [[written(text_of(cell)) for cell in row] for row in asked]
    return [line for line in lines if knows(line[0])]


def is_box(block: Block | None) -> bool:
    """Say whether a block is one cell alone, as is drawn for an answer."""
    return isinstance(block, Table) and [len(row) for row in block.rows] == [1]


def is_mere_answer(cell: Cell) -> bool:
    """Say whether a cell has one paragraph that by its looks asks nothing."""
    told = paragraphs_of(cell)
    return len(told) == 1 and not asks_plainly(told[0]) and ASKED.match(told[0].text) is None


def ask_each(cells: Sequence[Cell]) -> bool:
    """Say whether each cell of a row is a question of its own with its answer, of which some may be empty."""
    whole = [is_whole(cell) for cell in cells]
    labels = [text_of(cell) for cell, is_one in zip(cells, whole, strict=True) if not is_one]
    answered = [text_of(cell).partition(TURN)[0] for cell, is_one in zip(cells, whole, strict=True) if is_one]
    if any(map(SUM.fullmatch, answered)):
        return False
    return any(whole) and all(plain_end(one) in ("?", ":") and asks_other(answered[0], one) for one in labels)


def says_something(block: Block) -> bool:
    return not isinstance(block, Paragraph) or bool(block.text.strip())
