"""Find the questions of a form and their answers: beside, below, or in the same cell or line."""

import re
from collections.abc import Sequence

from exchange.application_forms.blocks import (
    END,
    FIELD,
    SIGNS,
    SLANTED,
    TICKED,
    TURN,
    UNTICKED,
    Block,
    Cell,
    Paragraph,
    Table,
    texts_of,
)
from exchange.application_forms.cells import (
    HEADS,
    MARK,
    alternate,
    are_labels,
    ask_each,
    asking,
    boxes_together,
    filled_cells,
    grid_at,
    is_box,
    is_mere_answer,
    is_numbered_above,
    is_only_asked,
    is_typed,
    paragraphs_of,
    question_in,
    says_something,
    text_of,
    ticks_at,
)
from exchange.application_forms.choices import has_box, is_marked, is_of_boxes, one_of, resolved, written
from exchange.application_forms.labels import (
    LONGEST,
    OPTIONS,
    answering,
    answers_wholly,
    are_costs,
    asked_on,
    asks_address,
    asks_besides,
    asks_other,
    asks_plainly,
    asks_to_its_end,
    cannot_be,
    chooses,
    goes_on_in,
    guides,
    is_example,
    is_guidance,
    is_mere_number,
    is_numbered,
    is_of_bank,
    is_question,
    is_section,
    is_title,
    knows,
    leads_on,
    parts_a_sentence,
    plain,
    plain_end,
    without_asides,
)
from exchange.application_forms.numbering import rows_from, with_numbers
from exchange.application_forms.parts import without_bank_details
from exchange.application_forms.pieces import (
    ASKED,
    boxed,
    counted,
    is_answered,
    is_dotted,
    pieces_of,
    with_turns,
)
from exchange.application_forms.unplaced import FILLED, unplaced
from exchange.applications.layouts import Answer

_LINE_END = re.compile(rf"\n(?![^{FIELD}{END}]*{END})")
_TYPED = re.compile(rf"{TURN}|[{SIGNS}]*(?:_{{2}}|\.{{4}}|…{{2}})")
"""How what is typed on a line, or in other letters than the question, begins."""
_ASKS_AT_END = re.compile(r"\?\s*(?:\([^()]*\))?\s*$")
_MOST_WORDS, _FEW = 14, 2
_TOTALS = re.compile(r"\W*(?:grand |sub-?)?totals?\b", re.IGNORECASE)


class Pairs:
    """The questions of one form with their answers in the order of the page, read once."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = with_numbers(blocks)
        self._found = _found(with_turns(self._blocks))

    @property
    def answers(self) -> list[Answer]:
        """Return all of them without bank details."""
        return [one for one in map(without_bank_details, self._found) if one is not None]

    @property
    def has_bank(self) -> bool:
        """Say whether the form has bank details, which are read into nothing."""
        return any(without_bank_details(one) != one for one in self._found if one.value)

    @property
    def left_over(self) -> list[str]:
        """Return what was filled in and is in no question and no answer, bank details among it."""
        return unplaced(self._blocks, self._found)


def answers_of(blocks: Sequence[Block]) -> list[Answer]:
    """Return the questions of a form with their answers, of which nothing else is asked."""
    return Pairs(blocks).answers


def _found(blocks: Sequence[Block], section: str = "") -> list[Answer]:
    reader = _Reader(section)
    reader.read(blocks)
    reader.close()
    return reader.found


class _Reader:
    """Goes through a form from its start; `found` are its answers, `asked` the question that is open."""

    def __init__(self, section: str) -> None:
        self.found: list[Answer] = []
        self._section = section
        self._asked = ""
        self._lines: list[str] = []
        self._held: tuple[str, str] | None = None
        self._below: Block | None = None
        self._is_beside = self._is_plainly_asked = self._looks_more_asked = False

    def read(self, blocks: Sequence[Block]) -> None:
        listed = 0
        for at, block in enumerate(blocks):
            if at < listed:
                continue
            self._below = next((one for one in blocks[at + 1 :] if says_something(one)), None)
            if rows := rows_from(blocks, at):
                self._listed(rows)
                listed = at + len(rows)
            elif isinstance(block, Paragraph):
                for line in _LINE_END.split(block.text):
                    self._paragraph(Paragraph(line, block.style))
            else:
                self._table(block)

    def _listed(self, rows: Sequence[str]) -> None:
        """Read the lines of a list, which are one answer together: none of them asks by itself."""
        if not self._asked or self._lines:
            self._ask(self._section)
        self._lines = [plain(written(row)) for row in rows]
        self.close()

    def close(self, *, is_title: bool = False) -> None:
        """End the open question with what answers it; one that nothing answers may be a title alone."""
        if self._held and not self._lines:
            self._asked, self._lines = self._held[0], [self._held[1]]
        if self._asked:
            value = resolved(answering(self._asked, self._lines))
            is_part, is_bare = is_section(self._asked), value is None and not self._lines
            if not (is_bare and (is_title or is_part)):
                self._put(self._asked, value)
            if is_part or (is_bare and is_title):
                self._section = plain(self._asked)
        self._asked, self._lines, self._held = "", [], None

    def _put(self, question: str, value: str | None) -> None:
        if words := plain(without_asides(question)).strip(" *-–:"):
            self.found.append(Answer(words, value, self._section))

    def _ask(self, question: str, rest: str = "", *, is_title: bool = False, style: str = "") -> None:
        if question and not any(map(str.isalnum, question)):
            self._lines.append(rest)
            return
        self.close(is_title=is_title)
        asked = Paragraph(question, style)
        self._is_plainly_asked = asks_plainly(asked)
        self._looks_more_asked = asked.stands_out or is_numbered(question)
        self._asked, self._is_beside = question, bool(written(rest))
        if self._is_beside or has_box(rest) or FIELD in rest:
            self._lines.append(rest)

    def _paragraph(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if not text.strip():
            return
        if paragraph.is_typed and self._asked and FIELD not in text:
            self._lines.append(text)
            return
        is_option = bool(self._lines) and chooses(self._asked) and is_marked(text)
        if self._asked and (is_option or (one_of(text) and not {*":?"}.intersection(text))):
            self._lines.append(text)
        elif FIELD in text and TURN not in text and not text.lstrip().startswith(FIELD):
            self._filled_line(text)
        elif text.lstrip().startswith(FIELD) and self._asked:
            if self._lines and FIELD not in self._lines[-1]:
                self._ask_of_last()
            self._lines.append(text)
        else:
            for piece in pieces_of(text):
                self._piece(Paragraph(piece, paragraph.style))

    def _ask_of_last(self) -> None:
        """Make a question of what stands right before a field or the boxes of a yes and a no."""
        question = self._lines.pop()
        self._ask(question, is_title=self._is_title_before(question))

    def _filled_line(self, text: str) -> None:
        """Read a line with controls: what stands before one asks what it holds."""
        at = 0
        for found in FILLED.finditer(text):
            question = text[at : found.start()]
            if written(question).strip(" :£"):
                self._ask(question)
            self._lines.append(found[0])
            at = found.end()
        if rest := written(text[at:]).strip(" .)"):
            self._lines.append(rest)

    def _is_printed(self, piece: Paragraph) -> bool:
        """Read what other forms of a template have too: the next question, or what answers nothing."""
        if not (piece.is_printed and self._asked) or is_answered(piece):
            return False
        is_short = len(piece.text.split()) <= _MOST_WORDS // 2
        if not self._lines:
            if is_question(piece):
                return False
            is_held = self._held is not None or is_section(self._asked)
            if not is_held and is_short and not is_guidance(piece):
                self._held = self._asked, piece.text
        elif is_short and asks_address(self._asked) and not self._lines[-1].endswith(END):
            return False
        elif len(piece.text) <= LONGEST:
            self._ask(piece.text, style=piece.style)
        else:
            self.close()
        return True

    def _piece(self, piece: Paragraph) -> None:
        if self._is_printed(piece):
            return
        is_title = is_section(piece.text) or ("h" in piece.style and not is_numbered(piece.text))
        asked = None if is_title or self._is_led_on(piece) else self._inline(piece)
        if asked is not None:
            question, rest = asked
            is_guided = rest.startswith(SLANTED) or (TURN in piece.text and plain_end(rest) == "?")
            self._ask(
                question,
                "" if is_guided else rest,
                is_title=self._is_title_before(question),
                style=piece.style,
            )
            held = goes_on_in(piece) if question == piece.text.strip() else None
            self._held = (question, rest) if is_guided else held
        elif asks_besides(piece.text) and answers_wholly(self._asked, self._lines):
            self._ask(piece.text)
        elif self._asked and (has_box(piece.text) or not is_question(piece) or self._is_answer(piece)):
            if has_box(piece.text) and OPTIONS.fullmatch(written(piece.text)) and self._has_asked_last():
                self._ask_of_last()
            is_open = not self._lines or (self._lines[-1].endswith(END) and not has_box(piece.text))
            is_note = self._is_beside and "i" in piece.style and is_guidance(piece)
            if not is_note and (not is_open or not (is_guidance(piece) or self._is_led_on(piece))):
                self._lines.append(piece.text)
        elif is_question(piece):
            self._ask(piece.text, is_title=self._is_title_before(piece.text), style=piece.style)

    def _has_asked_last(self) -> bool:
        """Say whether the last line asks: it is the first below a title, or stands below other boxes."""
        is_told = bool(self._lines) and self._lines[-1][:1].isupper() and not has_box(self._lines[-1])
        return is_told and (is_section(self._asked) or any(map(has_box, self._lines)))

    def _is_answer(self, piece: Paragraph) -> bool:
        """Say whether what may ask answers: it looks less like a question than the open one does."""
        if asks_plainly(piece):
            return self._is_led_on(piece)
        is_long = len(piece.text.split()) > _MOST_WORDS // 2 or piece.text[:1].isdigit()
        if knows(piece.text) and (is_section(self._asked) or is_box(self._below)):
            return False
        return not knows(piece.text) or (self._is_plainly_asked and (is_long or not self._lines))

    def _is_led_on(self, piece: Paragraph) -> bool:
        """Say whether what looks less like a question than the open one only guides who answers that."""
        is_title = is_section(self._asked) or (self._asked.isupper() and not piece.text.isupper())
        is_slanted = "i" in piece.style and not {*"bh"}.intersection(piece.style)
        stands_out = is_numbered(piece.text) or (piece.stands_out and not is_slanted)
        if self._lines or is_title or not knows(self._asked) or stands_out:
            return False
        is_asked = is_slanted or bool(_ASKS_AT_END.search(written(asked_on(piece)[0])))
        is_less = is_asked and self._looks_more_asked and not has_box(piece.text)
        return (is_less and not asks_other(self._asked, piece.text)) or guides(piece.text)

    def _is_title_before(self, question: str) -> bool:
        """Say whether the open question only heads the one that follows."""
        is_item = is_numbered(self._asked) and (knows(self._asked) or is_numbered(question))
        is_asking = plain_end(asked_on(Paragraph(self._asked, "b"))[0]) in ("?", ":") or is_item
        return not self._lines and not is_asking and not (knows(self._asked) and is_numbered(question))

    def _inline(self, piece: Paragraph) -> tuple[str, str] | None:
        """Return the question and the answer in one line, None where it has not both."""
        text = piece.text.strip()
        if (asks_to_its_end(text) and is_question(piece)) or asked_on(piece)[1]:
            return text, ""
        found = None if is_example(text) or OPTIONS.fullmatch(written(text)) else ASKED.match(text)
        if found is None:
            is_open = bool(self._asked) and not self._lines
            return boxed(text) or (None if is_open else counted(text))
        question, end, rest = found["question"], found["end"], found["rest"].lstrip(" \t:*†‡")
        if end[0] == "?" and plain_end(rest) == "?":
            question, end, rest = f"{question}{end} {plain(rest).rstrip('?')}", "?", ""
        is_typed = bool(_TYPED.match(rest))
        if end[0] in ":?" and rest.startswith(TURN):
            rest = rest.lstrip(f"{TURN} \t:*†‡")
        if end[0] in "?:":
            question += end
            lead, _, more = rest.partition(TURN)
            rest = more if more and is_guidance(Paragraph(lead)) else rest
        is_asking = knows(question) or is_numbered(question) or "b" in piece.style or end != ":"
        if (question[-1:].isdigit() and rest[:2].isdigit()) or (
            end == ":" and parts_a_sentence(piece, question, rest)
        ):
            return None
        is_open = bool(self._asked) and not self._lines and self._is_plainly_asked
        if is_open and knows(self._asked) and (not is_asking or (end == ":" and cannot_be(question, rest))):
            return None
        is_done = answers_wholly(self._asked, self._lines)
        is_short = self._is_beside and question[:1].isupper() and len(question.split()) <= _MOST_WORDS // 2
        if self._lines and not (is_asking or is_short or is_done or is_dotted(end)):
            return None
        is_chosen = has_box(rest) or bool(OPTIONS.fullmatch(written(rest)))
        is_known = is_numbered(question) or knows(question) or is_chosen or is_typed or end[-1] == ":"
        is_told = end[0] == "?" and bool(self._lines) and not (is_known or is_done)
        if is_told or (len(question.split()) > _MOST_WORDS and not is_asking):
            return None
        return question, "" if is_guidance(Paragraph(rest)) and not has_box(rest) else rest

    def _table(self, table: Table) -> None:
        laid = boxes_together(table.rows)
        rows = [filled_cells(row) for row in laid]
        if all(len(row) == 1 for row in laid):
            self._list(rows)
            return
        empty = zip(rows, laid, rows[:1] + rows, strict=False)
        rows = [row or list(cells) for row, cells, above in empty if row or are_labels(above)]
        paired = {len(row) for row in rows if len(row) > _FEW and alternate(row)}
        at = 0
        while at < len(rows):
            if (end := ticks_at(rows, at)) > at:
                self._ticks(rows[at:end])
            elif (end := grid_at(rows, at)) > at:
                self._grid(rows[at:end])
            elif is_numbered_above(rows[at : at + 2]):
                self._ask(question_in(rows[at][1]), is_title=True, style="b")
            else:
                self._row(rows[at], rows[0], is_paired=len(rows[at]) in paired)
            at = max(end, at + 1)
        if self._lines and len(rows[-1]) > 1:
            self.close()

    def _list(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Read a table of one column, in which an empty row answers what is asked above it with nothing."""
        is_open = len(rows) == 1 and bool(rows[0]) and not self._lines and knows(self._asked)
        if is_open and is_mere_answer(rows[0][0]):
            self._lines = [text_of(rows[0][0])]
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
        if all(HEADS.fullmatch(written(text)) for text in texts):
            self.close()
            return
        if is_mere_number(written(texts[0])) and len(cells) > _FEW:
            cells, texts = cells[1:], texts[1:]
        is_pairs = is_paired or alternate(cells)
        if self._asked and is_typed(cells[0]):
            self._lines.append("; ".join(filter(None, map(written, texts))))
        elif self._is_continued(texts):
            self._lines.append("\n".join(texts[1:]))
        elif any(has_box(text) or MARK.fullmatch(text) for text in texts[1:]) and not is_pairs:
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
        inner = _inner(answer, plain(text))
        own = _inner(label, self._section)
        if len(inner) >= _FEW or (len(inner) == 1 and own and own[-1].value is not None):
            self.close(is_title=True)
            self.found.extend(own if own and own[-1].value is not None else ())
            self.found.extend(inner)
        elif own and own[-1].value is not None and not written(beside):
            self.close(is_title=True)
            self.found.extend(own)
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
        lines = [[written(text_of(cell)) for cell in row] for row in rows[1:]]
        told = [line for line in lines if any(line[1:])]
        if len(rows) == _FEW:
            self.close(is_title=True)
            for head, cell in zip(heads, rows[1], strict=False):
                self._put(head, resolved([text_of(cell)]))
            return
        told_apart = (line for line in asking(rows[1:]) if any(line[1:]) and not are_costs(line))
        own = [line for line in told_apart if not _TOTALS.fullmatch(line[0])]
        listed = ["; ".join(filter(None, line)) for line in told if line not in own]
        if len(self._lines) == 1 and leads_on(self._lines[0]):
            self._held, self._lines = (self._asked, self._lines[0]), []
        if not self._asked or self._lines:
            self.close()
            self._asked = " / ".join(filter(None, heads))
        self._lines = listed
        self.close()
        for line in own:
            self._put(line[0], next(filter(None, reversed(line[1:])), None))


def _inner(cell: Cell, section: str) -> list[Answer]:
    """Return the questions that stand in a cell with their answers, where it has any of its own."""
    if is_typed(cell):
        return []
    if is_of_boxes(text_of(cell)) or one_of(text_of(cell)):
        return []
    if any(FIELD in text for text in texts_of(cell.blocks)) and not any(
        re.search(rf"\w[^{FIELD}{END}]*{FIELD}", text) for text in texts_of(cell.blocks)
    ):
        return []
    return [one for one in _found(cell.blocks, section) if knows(one.question) or is_of_bank(one.question)]
