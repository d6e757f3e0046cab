"""Find the questions of a form and their answers: in its paragraphs, and in tables beside or below."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from exchange.application_forms.accounting import bank_numbers, unplaced
from exchange.application_forms.blocks import (
    END,
    FIELD,
    TICKED,
    UNTICKED,
    Block,
    Cell,
    Paragraph,
    Table,
    is_mere_number,
    texts_of,
    with_each,
)
from exchange.application_forms.cells import (
    HEADS,
    MARK,
    SUM,
    TOTALS,
    alternate,
    are_boxed,
    are_labels,
    are_told_apart,
    ask_each,
    asking,
    asks_with_box,
    boxes_to,
    costs_to,
    filled_cells,
    grid_at,
    head_of,
    is_mere_answer,
    is_numbered_above,
    is_only_asked,
    is_typed,
    options_in,
    paragraphs_of,
    question_in,
    rows_together,
    text_of,
    ticks_at,
    with_titles_apart,
)
from exchange.application_forms.flow import Flow
from exchange.application_forms.labels import (
    OPTIONS,
    are_costs,
    asks_address,
    is_guidance,
    is_numbered,
    is_of_bank,
    is_question,
    is_section,
    is_title,
    knows,
    leads_on,
    plain,
)
from exchange.application_forms.numbering import with_guidance, with_numbers
from exchange.application_forms.parts import without_bank_details
from exchange.application_forms.pieces import has_box, is_of_boxes, one_of, resolved, with_turns, written
from exchange.applications.fields import is_readable
from exchange.applications.layouts import Answer
from exchange.applications.table import fields_asked

_FEW = 2
_NAMED = re.compile(rf"\w[^{FIELD}{END}]*{FIELD}")


class Pairs:
    """The questions of one form with their answers in the order of the page, read once."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = with_numbers(blocks)
        self._numbers = bank_numbers(self._blocks)
        reader = _read_through(with_turns(with_guidance(self._blocks)))
        self._found, self._heads = reader.found, [Answer(head, None) for head in reader.heads]
        self._without_bank = [without_bank_details(answer) for answer in self._found]
        kept = (self._without_numbers(answer) for answer in self._without_bank if answer is not None)
        self.answers = [answer for answer in kept if answer is not None]
        """All of them without bank details."""

    def _without_numbers(self, answer: Answer) -> Answer | None:
        """Return an answer without what stands by labels for bank details, None for nothing else."""
        lines = str(answer.value or "").split("\n")
        kept = [line for line in lines if line.strip() not in self._numbers]
        if len(kept) == len(lines):
            return answer
        return replace(answer, value="\n".join(kept)) if kept else None

    @property
    def has_bank(self) -> bool:
        """Say whether the form has bank details, which are read into nothing."""
        return len(self.answers) < len(self._found) or any(
            kept != answer
            for kept, answer in zip(self._without_bank, self._found, strict=True)
            if answer.value
        )

    @property
    def left_over(self) -> list[str]:
        """Return the texts that are in no question and no answer, without what is printed."""
        return unplaced(self._blocks, [*self._found, *self._heads])


def answers_of(blocks: Sequence[Block]) -> list[Answer]:
    """Return the questions of a form with their answers, of which nothing else is asked."""
    return Pairs(blocks).answers


def _found(blocks: Sequence[Block], section: str = "") -> list[Answer]:
    return _read_through(blocks, section).found


def _read_through(blocks: Sequence[Block], section: str = "") -> "_Reader":
    reader = _Reader(section)
    reader.read(blocks)
    reader.close()
    return reader


class _Reader(Flow):
    """Goes through a form from its start, through its tables cell by cell."""

    def _table(self, table: Table) -> None:
        laid = rows_together(with_titles_apart(table.rows))
        rows = [filled_cells(row) for row in laid]
        if all(len(row) == 1 for row in laid):
            self._list(rows)
            return
        if are_boxed(rows):
            self._boxed(rows)
            return
        empty = zip(rows, laid, rows[:1] + rows, strict=False)
        rows = [row or list(cells) for row, cells, above in empty if row or are_labels(above)]
        paired = {len(row) for row in rows if len(row) > _FEW and alternate(row)}
        at = 0
        while at < len(rows):
            if self._asked and not self._lines and (end := boxes_to(rows, at)) > at:
                self._lines = [option for row in rows[at:end] for option in options_in(row)]
                self.close()
            elif (end := ticks_at(rows, at)) > at:
                self._ticks(rows[at:end])
            elif (end := grid_at(rows, at)) > at:
                self._grid(rows[at:end])
            elif (end := costs_to(rows, at)) > at:
                self._costs(rows[at:end])
            elif is_numbered_above(rows[at : at + 2]):
                self._ask(question_in(rows[at][1]), is_title=True, style="b")
            else:
                self._row(rows[at], rows[0], is_paired=len(rows[at]) in paired)
            at = max(end, at + 1)
        if self._lines and len(rows[-1]) > 1:
            self.close()

    def _boxed(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Read cells of which each has its question in its first line and the answer in the others."""
        for paragraphs in (paragraphs_of(cell) for row in rows for cell in row):
            is_title = len(paragraphs) == 1 and (paragraphs[0].stands_out or not knows(paragraphs[0].text))
            for at, one in enumerate(paragraphs):
                if at == 0:
                    self._ask(one.text, is_title=not self._lines, style=one.style)
                elif not (at == 1 < len(paragraphs) - 1 and is_guidance(one)):
                    self._lines.append(one.text)
            self.close(is_title=is_title)

    def _costs(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Read what costs something, each with its sum, as one answer to what is asked above."""
        if not self._asked or self._lines:
            self._ask(self._section or "Budget")
        lines = [[written(text_of(cell)) for cell in row] for row in rows]
        self._lines = ["\n".join("; ".join(filter(None, line)) for line in lines)]
        self.close()

    def _list(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Read a table of one column, in which an empty row answers what is asked above it with nothing."""
        is_one = len(rows) == 1 and knows(self._asked)
        is_open = not self._lines and (is_one or asks_address(self._asked))
        if is_open and all(row and is_mere_answer(row[0]) for row in rows):
            self._lines = [text_of(row[0]) for row in rows]
            self.close()
            return
        for row, below in zip(rows, [*rows[1:], []], strict=False):
            if row and below and is_only_asked(row[0], below[0]):
                self._ask(
                    paragraphs_of(row[0])[0].text, is_title=self._is_title_before(text_of(row[0])), style="b"
                )
            elif row:
                self._single(row[0])
            elif self._asked and not self._lines and knows(self._asked):
                self.close()

    def _row(self, cells: Sequence[Cell], first: Sequence[Cell], *, is_paired: bool) -> None:
        if len(cells) == 1:
            self._single(cells[0])
            return
        if ask_each(cells):
            self.close(is_title=True)
            for cell in cells:
                self.read(cell.blocks)
                self.close()
            return
        texts = [text_of(cell) for cell in cells]
        empty = next((at for at, text in enumerate(texts) if written(text)), 0)
        if empty and len(cells[empty:]) >= _FEW and alternate(cells[empty:]):
            self._row(cells[empty:], first, is_paired=is_paired)
            return
        if all(HEADS.fullmatch(head_of(cell)) for cell in cells):
            self.close()
            return
        number = written(texts[0])
        if len(cells) > _FEW and (is_mere_number(number) if number else knows(texts[1])):
            cells, texts = cells[1:], texts[1:]
        is_pairs = is_paired or alternate(cells)
        if self._asked and is_typed(cells[0]):
            self._lines.append("; ".join(filter(None, map(written, texts))))
        elif self._is_continued(texts) and not any(map(_names_a_field, cells)):
            self._lines.append("\n".join(texts[1:]))
        elif (
            any(has_box(text) or MARK.fullmatch(text) for text in texts[1:])
            and not is_pairs
            and not any(map(asks_with_box, cells[1:]))
        ):
            self._ticked_row(texts, [text_of(cell) for cell in first])
        elif len(cells) > _FEW and not is_pairs:
            self._ask(texts[0])
            self._lines.extend(filter(written, texts[1:]))
            self.close()
        else:
            for at in range(0, len(cells) - 1, 2):
                self._two(cells[at], cells[at + 1])
            if len(cells) % 2:
                self._single(cells[-1])

    def _is_continued(self, texts: Sequence[str]) -> bool:
        """Say whether a row without a question goes on with the answer above: a page ended between them."""
        return (
            not written(texts[0]) and not has_box(texts[0]) and bool(self._asked) and any(map(written, texts))
        )

    def _two(self, label: Cell, answer: Cell) -> None:
        """Read a question and the cell right of it, which may hold several questions of its own."""
        text, beside = text_of(label), text_of(answer)
        if is_numbered(text) and is_numbered(beside) and knows(beside):
            self._ask(question_in(label))
            self._ask(question_in(answer))
            self.close()
            return
        inner = _of_label(label, _inner(answer, plain(text)))
        own = _inner(label, self._section)
        if not any(one.value is not None for one in own):
            own = []
        if len(inner) >= _FEW or (own and (inner or not written(beside))):
            self.close(is_title=True)
            self.found.extend((*own, *inner))
        elif written(text):
            self._ask(question_in(label), is_title=self._is_title_before(text))
            if written(beside) or has_box(beside):
                self._lines, self._is_beside = [beside], True
            elif knows(self._asked):
                self.close()
        elif written(beside):
            self._single(answer)

    def _single(self, cell: Cell) -> None:
        """Read a cell alone in its row: the answer to what is asked above, or a flow of its own."""
        paragraphs = paragraphs_of(cell)
        is_answer = (
            bool(self._asked)
            and not self._lines
            and not (paragraphs and is_question(paragraphs[0]) and not self._is_answer(paragraphs[0]))
            and not any(one.value is not None for one in _inner(cell, self._section))
        )
        if (
            self._is_beside
            and self._lines
            and len(paragraphs) == len(cell.blocks) == 1
            and is_title(paragraphs[0])
        ):
            self._ask(paragraphs[0].text)
        elif is_answer and paragraphs and all(map(is_guidance, paragraphs)):
            self._held = self._asked, text_of(cell)
        elif is_answer and len(paragraphs) == len(cell.blocks):
            self._lines = [one.text for one in paragraphs]
            self.close()
        else:
            self.read(cell.blocks)

    def _ticks(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Read rows of mere ticks under a row of heads, of which the first may say what is asked in each."""
        heads = [text_of(cell) for cell in rows[0]]
        self.heads += map(plain, heads)
        self.close(is_title=True)
        if not HEADS.fullmatch(written(heads[0])):
            self._section = plain(heads[0])
        for row in rows[1:]:
            self._ticked_row([text_of(cell) for cell in row], heads)

    def _ticked_row(self, texts: Sequence[str], heads: Sequence[str]) -> None:
        """Read a row of boxes: those under heads that say what a tick means, or with words of their own."""
        self._ask(texts[0])
        for at, text in enumerate(texts[1:], start=len(heads) - len(texts) + 1):
            bare = written(text)
            is_marked = TICKED in text or bool(MARK.fullmatch(text))
            if is_marked and (not bare or MARK.fullmatch(text)) and heads[at : at + 1]:
                self._lines.append(written(heads[at]) or "Yes")
            elif has_box(text) or (bare and not OPTIONS.fullmatch(bare)):
                self._lines.append(text)
        if not any(has_box(text) and written(text) for text in texts[1:]):
            self._lines = [line for line in self._lines if line not in (UNTICKED, "")]
        self.close()

    def _grid(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Read a table under a row of heads: one row answers them, several are one answer together."""
        heads = [plain(text_of(cell)) for cell in rows[0]]
        self.heads += heads
        lines = [[written(text_of(cell)) for cell in row] for row in rows[1:]]
        told = [line for line in lines if any(line[1:])]
        if len(rows) == _FEW:
            self.close(is_title=True)
            for head, cell in zip(heads, rows[1], strict=False):
                self._put(head, resolved([text_of(cell)]))
            return
        told_apart = (line for line in asking(rows[1:]) if any(line[1:]) and not are_costs(line))
        own = [line for line in told_apart if not TOTALS.fullmatch(line[0])]
        listed = ["; ".join(filter(None, line)) for line in told if line not in own]
        if len(self._lines) == 1 and leads_on(self._lines[0]):
            self._held, self._lines = (self._asked, self._lines[0]), []
        if not self._asked or self._lines:
            self.close()
            self._asked = " / ".join(filter(None, heads))
        self._lines = ["\n".join(listed)] if listed else []
        self.close()
        for line in own:
            self._put(line[0], next(filter(None, reversed(line[1:])), None))
        totals = [line for line in told if TOTALS.match(line[0]) and line not in own]
        for head, total in zip(heads[1:], totals[-1][1:] if totals else (), strict=False):
            if total and fields_asked(head, {}) == {"amount_requested"}:
                self._put(head, total)


def _inner(cell: Cell, section: str) -> list[Answer]:
    """Return the questions that stand in a cell with their answers, where it has any of its own."""
    if is_typed(cell):
        return []
    if is_of_boxes(text_of(cell)) or one_of(text_of(cell)):
        return []
    if any(FIELD in text for text in texts_of(cell.blocks)) and not _names_a_field(cell):
        return []
    found = _found(cell.blocks, section)
    known = {id(one): one for one in found if knows(one.question) or is_of_bank(one.question)}
    is_listed = len(known) > 1 or any(map(_is_sum, known.values()))
    if (is_listed and len(found) >= len(paragraphs_of(cell))) or (known and are_told_apart(cell)):
        return found
    return [
        one
        for one in found
        if id(one) in known or (known and one.question.endswith("?") and one.value is not None)
    ]


def _names_a_field(cell: Cell) -> bool:
    """Say whether words stand before a field of a cell, which is theirs."""
    return any(_NAMED.search(text) for text in texts_of(cell.blocks))


def _is_sum(answer: Answer) -> bool:
    return bool(SUM.fullmatch(answer.question))


def _of_label(label: Cell, inner: Sequence[Answer]) -> list[Answer]:
    """Return the questions of a cell; one that only says "Amount" asks what the label beside it does."""
    asked = plain(question_in(label))
    return [Answer(asked, one.value, one.section) if asked and _is_sum(one) else one for one in inner]


_OFFICE = re.compile(
    r"\W*(?:for )?(?:[\w’']+ ){0,2}?"
    r"(?:office|official|internal|admin\w*|staff|team|panel|council|commissioners?)(?:['’]s?)?"
    r" (?:use(?: only)?|only)\W*"
    r"|\W*(?:at )?ddefnydd (?:y )?(?:swyddfa|tîm|staff)(?: yn unig)?\W*",
    re.IGNORECASE,
)
_ON_ONE_LINE = re.compile(r"(?:[ \xa0]{2,}|\s*[\t\n:–-])\s*(?=\S)")
"""What stands between the title of a box and the first label in it, on one line."""
_DOTS = re.compile(r"(?:[._…]{3,}\s*)+")
_LABEL_END = re.compile(rf"[:?{FIELD}]|[._…]{{3,}}")
_APPLICANTS = frozenset(
    {"organisation", "contact_name", "email", "phone", "address", "postcode", "project", "summary", "need"}
)
"""Fields that only an applicant answers: where one is asked, a box for the office has ended."""
_REFERENCE = re.compile(r"(?=.*\d)[\w/.-]+(?: [\w/.-]+){0,2}")
_TAKEN = {"reference": "Reference", "received_at": "Date received"}


class Parted(Struct, frozen=True):
    """The blocks of a form that are the applicant's, and those for the office alone."""

    applicants: tuple[Block, ...]
    offices: tuple[Block, ...]


def parted(blocks: Sequence[Block]) -> Parted:
    """Return the blocks of a form without what stands under "For office use only", and that."""
    own: list[Block] = []
    office: list[Block] = []
    is_office = False
    for block in with_each(blocks, _title_apart):
        if isinstance(block, Table):
            mine, theirs, is_office = _of_table(block, is_office=is_office)
            own += [mine] if mine.rows else []
            office += [theirs] if theirs.rows else []
        else:
            is_office = _goes_on((block,), is_office=is_office)
            (office if is_office else own).append(block)
    return Parted(tuple(own), tuple(office))


def _title_apart(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Yield the title of a box by itself where the labels of the box follow on its line."""
    for gap in _ON_ONE_LINE.finditer(paragraph.text):
        title, rest = paragraph.text[: gap.start()], paragraph.text[gap.end() :]
        if _OFFICE.fullmatch(plain(title)) and _asks(rest, _TAKEN):
            yield replace(paragraph, text=title)
            yield replace(paragraph, text=rest)
            return
    yield paragraph


def _of_table(table: Table, *, is_office: bool) -> tuple[Table, Table, bool]:
    own: list[tuple[Cell, ...]] = []
    office: list[tuple[Cell, ...]] = []
    for row in table.rows:
        told = [block for cell in row for block in cell.blocks]
        is_office = _goes_on(told, is_office=is_office)
        (office if is_office else own).append(row)
    return Table(tuple(own)), Table(tuple(office)), is_office


def _goes_on(told: Sequence[Block], *, is_office: bool) -> bool:
    """Say whether a paragraph or a row is for the office: it says so, or stands below one that does."""
    first = next((text for text in texts_of(told) if text.strip()), "")
    return bool(_OFFICE.fullmatch(plain(first))) or (is_office and not any(map(_ends, told)))


def _ends(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return any(_asks(text, _APPLICANTS) for text in texts_of((block,)))
    is_title = "h" in block.style or is_section(block.text) or is_numbered(block.text)
    return bool(block.text.strip()) and (is_title or _asks(block.text, _APPLICANTS))


def _asks(text: str, fields: Iterable[str]) -> bool:
    return not fields_asked(plain(_LABEL_END.split(text)[0]), {}).isdisjoint(fields)


def told_by_office(blocks: Sequence[Block]) -> Iterator[Answer]:
    """Yield the reference and the day of coming in that an office wrote, where each is plainly one."""
    for answer in answers_of(with_each(blocks, _written)):
        text = str(answer.value or "").strip()
        for field in sorted(fields_asked(plain(answer.question), {}) & _TAKEN.keys()):
            is_one = _REFERENCE.fullmatch(text) if field == "reference" else is_readable(field, text)
            if text and is_one:
                yield Answer(_TAKEN[field], text)


def _written(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Yield what stands below the title of a box, the labels of one line parted by a tab for their dots."""
    if not _OFFICE.fullmatch(plain(paragraph.text)):
        yield replace(paragraph, text=_DOTS.sub("\t", paragraph.text).strip())
