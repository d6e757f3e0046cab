"""Find the questions of a form and their answers: beside, below, or in the same cell or line."""

import re
from collections.abc import Iterable, Iterator, Sequence

from exchange.application_forms.blocks import (
    END,
    FIELD,
    MARKED,
    STRUCK,
    TICKED,
    TURN,
    UNMARKED,
    UNSTRUCK,
    UNTICKED,
    Block,
    Cell,
    Paragraph,
    Table,
    texts_of,
    with_typed_ticks,
)
from exchange.application_forms.choices import has_box, resolved, written
from exchange.application_forms.labels import (
    LONGEST,
    asks_plainly,
    is_guidance,
    is_mere_number,
    is_numbered,
    is_of_bank,
    is_question,
    is_section,
    knows,
    plain,
    plain_end,
)
from exchange.application_forms.parts import without_bank_details
from exchange.applications.layouts import Answer

_FILLED = re.compile(f"{FIELD}([^{END}{FIELD}]*){END}")
_ASKED = re.compile(
    rf"(?P<question>[^\n{FIELD}]{{1,{LONGEST}}}?)(?P<end>:(?!//)(?=\D|\s|$|\d{{3}}|[\d£])"
    rf"|\?(?:\s*\([^()\n]{{1,60}}\)\s*:?)?|{TURN}|\.{{4,}}|_{{3,}}|…{{2,}})(?P<rest>.*)",
    re.DOTALL,
)
_COUNTED = re.compile(r"([A-Z](?:\S+ ){1,7})(£ ?\d[\d,.]*|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})")
_TABS = re.compile(rf"\t+| {{4,}}|(?<={END})(?=[^\s{END}]*\w)")
_LABEL_WITHIN = re.compile(r"\s(?=((?:[A-Z][\w'’()/-]*)(?:[ -][\w'’()/]+){0,5})\s?:\s)")
_YES_AT_END = re.compile(r"\s(yes|no|oes|ydy|ie|y)\W*$", re.IGNORECASE)
_LINE_END = re.compile(rf"\n(?![^{FIELD}{END}]*{END})")
_DOTTED = re.compile(r"\.{4,}|_{3,}|…{2,}")
_STROKE = f"[{STRUCK}{UNSTRUCK}{MARKED}{UNMARKED}]*"
_PRINTED = re.compile(
    rf"\s{_STROKE}(?:yes|oes|ydy|ie){_STROKE}\s*/\s*{_STROKE}(?:no|nac oes|nac ydy|na)\b", re.IGNORECASE
)
_TIME = re.compile(r"\d$")
_MOST_WORDS, _FEW = 14, 2
_OPTIONS = re.compile(
    r"(?:yes|no|n/?a|oes|ydy|nac oes|nac ydy|not applicable|don't know|unsure)", re.IGNORECASE
)
_MARK = re.compile(rf"\s*(?:[xX✓√{TICKED}])\s*")
_HEADS = re.compile(
    r"(?:no|ref|item|description|detail\w*|cost\w*|amount|£|cost \(£\)|amount \(£\)|total|answer|response"
    r"|your answer|question|date|when"
    r"|outcome|milestone|quantity|number|supplier|source|eitem|cost|ateb|cwestiwn)\W*",
    re.IGNORECASE,
)
_TOTALS = re.compile(r"\W*(?:grand |sub-?)?totals?\b", re.IGNORECASE)


def answers_of(blocks: Sequence[Block]) -> list[Answer]:
    """Return the questions of a form with their answers in the order of the page, without bank details."""
    reader = _Reader()
    reader.read(blocks)
    reader.close()
    return [one for one in map(without_bank_details, reader.found) if one is not None]


def has_bank(blocks: Sequence[Block]) -> bool:
    """Say whether a form has bank details, which are read into nothing."""
    reader = _Reader()
    reader.read(blocks)
    reader.close()
    return any(without_bank_details(one) != one for one in reader.found if one.value)


class _Reader:
    """Goes through a form from its start; `found` are its answers, `asked` the question that is open."""

    def __init__(self, section: str = "") -> None:
        self.found: list[Answer] = []
        self._section = section
        self._asked = ""
        self._lines: list[str] = []
        self._is_beside = self._is_plainly_asked = False

    def read(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                for line in _LINE_END.split(block.text):
                    self._paragraph(Paragraph(with_typed_ticks(line), block.style))
            else:
                self._table(block)

    def close(self, *, is_title: bool = False) -> None:
        """End the open question with what answers it; one that nothing answers may be a title alone."""
        if self._asked:
            value = resolved(self._lines)
            if value is None and (is_title or is_section(self._asked)) and not self._lines:
                self._section = plain(self._asked)
            else:
                self._put(self._asked, value)
        self._asked, self._lines = "", []

    def _put(self, question: str, value: str | None) -> None:
        if words := plain(question).strip(" *-–:"):
            self.found.append(Answer(words, value, self._section))

    def _ask(self, question: str, rest: str = "", *, is_title: bool = False, style: str = "") -> None:
        self.close(is_title=is_title)
        self._is_plainly_asked = asks_plainly(Paragraph(question, style))
        self._asked, self._is_beside = question, bool(written(rest))
        if written(rest) or has_box(rest) or FIELD in rest:
            self._lines.append(rest)

    def _paragraph(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if not text.strip():
            return
        if FIELD in text and TURN not in text and not text.lstrip().startswith(FIELD):
            self._filled_line(text)
        elif text.lstrip().startswith(FIELD) and self._asked:
            self._lines.append(text)
        else:
            for piece in _pieces(text):
                self._piece(Paragraph(piece, paragraph.style))

    def _filled_line(self, text: str) -> None:
        """Read a line with controls: what stands before one asks what it holds."""
        at = 0
        for found in _FILLED.finditer(text):
            question = text[at : found.start()]
            if written(question).strip(" :£"):
                self._ask(question)
            self._lines.append(found[0])
            at = found.end()
        if rest := written(text[at:]).strip(" .)"):
            self._lines.append(rest)

    def _piece(self, piece: Paragraph) -> None:
        is_title = is_section(piece.text) or ("h" in piece.style and not is_numbered(piece.text))
        asked = None if is_title else self._inline(piece)
        if asked is not None:
            question, rest = asked
            self._ask(question, rest, is_title=self._is_title_before(question))
        elif self._asked and (has_box(piece.text) or not is_question(piece) or self._is_answer(piece)):
            if self._lines or not is_guidance(piece):
                self._lines.append(piece.text)
        elif is_question(piece):
            self._ask(piece.text, is_title=self._is_title_before(piece.text), style=piece.style)

    def _is_answer(self, piece: Paragraph) -> bool:
        """Say whether what may ask answers: it looks less like a question than the open one does."""
        if asks_plainly(piece):
            return False
        return not knows(piece.text) or (self._is_plainly_asked and not self._lines)

    def _is_title_before(self, question: str) -> bool:
        """Say whether the open question only heads the one that follows."""
        is_asking = plain_end(self._asked) in ("?", ":") or is_numbered(self._asked)
        return not self._lines and not is_asking and not (knows(self._asked) and is_numbered(question))

    def _inline(self, piece: Paragraph) -> tuple[str, str] | None:
        """Return the question and the answer in one line, None where it has not both."""
        text = piece.text.strip()
        found = _ASKED.match(text)
        if found is None:
            return self._boxed(text) or self._counted(text)
        question, end, rest = found["question"], found["end"], found["rest"]
        rest = rest.lstrip(" \t:")
        if end[0] in ":?" and rest.startswith(TURN):
            rest = rest.lstrip(f"{TURN} \t:")
        if end[0] in "?:":
            question += end
        is_asking = knows(question) or is_numbered(question) or "b" in piece.style or end != ":"
        if (_TIME.search(question) and rest[:2].isdigit()) or (
            end == ":" and _is_told(piece, question, rest)
        ):
            return None
        if not is_asking and not self._lines and self._is_plainly_asked and knows(self._asked):
            return None
        is_short = self._is_beside and question[:1].isupper() and len(question.split()) <= _MOST_WORDS // 2
        if self._lines and not is_asking and not is_short and not _is_dotted(end):
            return None
        if end[0] == "?" and self._lines and not (is_numbered(question) or knows(question) or has_box(rest)):
            return None
        if len(question.split()) > _MOST_WORDS and not is_asking:
            return None
        return question, "" if is_guidance(Paragraph(rest)) and not has_box(rest) else rest

    def _counted(self, text: str) -> tuple[str, str] | None:
        """Return a question that only a space parts from its amount or day, where no other is open."""
        found = _COUNTED.fullmatch(text)
        is_open = bool(self._asked) and not self._lines
        return (found[1], found[2]) if found and not is_open and knows(found[1]) else None

    def _boxed(self, text: str) -> tuple[str, str] | None:
        """Return a question that ends where the boxes to tick begin."""
        at = next((at for at, letter in enumerate(text) if letter in (TICKED, UNTICKED)), 0)
        printed = None if at else _PRINTED.search(text)
        question = text[: printed.start()] if printed else text[:at]
        if yes := _YES_AT_END.search(question.rstrip()):
            question = question[: yes.start()]
        is_asking = knows(question) or is_numbered(question) or len(question.split()) > _FEW
        return (question, text[len(question) :]) if question.strip() and is_asking else None

    def _table(self, table: Table) -> None:
        rows = [cells for row in table.rows if (cells := _filled_cells(row))]
        paired = {len(row) for row in rows if len(row) > _FEW and _alternate(row)}
        at = 0
        while at < len(rows):
            grid = _grid_at(rows, at)
            if grid > at:
                self._grid(rows[at:grid])
                at = grid
                continue
            self._row(rows[at], rows[0], is_paired=len(rows[at]) in paired)
            at += 1

    def _row(self, cells: Sequence[Cell], first: Sequence[Cell], *, is_paired: bool) -> None:
        if len(cells) == 1:
            self._single(cells[0])
            return
        texts = [_text_of(cell) for cell in cells]
        if all(_HEADS.fullmatch(written(text)) for text in texts):
            self.close()
            return
        if is_mere_number(written(texts[0])) and len(cells) > _FEW:
            cells, texts = cells[1:], texts[1:]
        is_pairs = is_paired or _alternate(cells)
        if self._is_continued(texts):
            self._lines.append("\n".join(texts[1:]))
        elif any(has_box(text) or _MARK.fullmatch(text) for text in texts[1:]) and not is_pairs:
            self._ticked_row(texts, [_text_of(cell) for cell in first])
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
        if _is_whole(label) and _is_whole(answer):
            self.close(is_title=True)
            self.read((*label.blocks, *answer.blocks))
            self.close()
            return
        text, beside = _text_of(label), _text_of(answer)
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
            self._ask(_question_in(label), is_title=self._is_title_before(text))
            if written(beside) or has_box(beside):
                self._lines = [beside]
            elif knows(self._asked):
                self.close()
        elif written(beside):
            self._single(answer)

    def _single(self, cell: Cell) -> None:
        """Read a cell alone in its row: the answer to what is asked above, or a flow of its own."""
        paragraphs = [one for one in cell.blocks if isinstance(one, Paragraph) and one.text.strip()]
        is_answer = (
            bool(self._asked)
            and not self._lines
            and not (paragraphs and is_question(paragraphs[0]) and not self._is_answer(paragraphs[0]))
            and not any(one.value is not None for one in _inner(cell, self._section))
        )
        if is_answer and len(paragraphs) == len(cell.blocks):
            self._lines = [one.text for one in paragraphs]
            self.close()
        else:
            self.read(cell.blocks)

    def _ticked_row(self, texts: Sequence[str], heads: Sequence[str]) -> None:
        """Read a row of boxes: those under heads that say what a tick means, or with words of their own."""
        self._ask(texts[0])
        for at, text in enumerate(texts[1:], start=len(heads) - len(texts) + 1):
            bare = written(text)
            is_marked = TICKED in text or bool(_MARK.fullmatch(text))
            if is_marked and (not bare or _MARK.fullmatch(text)) and heads[at : at + 1]:
                self._lines.append(written(heads[at]) or "Yes")
            elif has_box(text) or (bare and not _OPTIONS.fullmatch(bare)):
                self._lines.append(text)
        if not any(has_box(text) and written(text) for text in texts[1:]):
            self._lines = [line for line in self._lines if line not in (UNTICKED, "")]
        self.close()

    def _grid(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Read a table under a row of heads: one row answers them, several are one answer together."""
        heads = [plain(_text_of(cell)) for cell in rows[0]]
        lines = [[written(_text_of(cell)) for cell in row] for row in rows[1:]]
        told = [line for line in lines if any(line[1:])]
        if len(rows) == _FEW:
            self.close(is_title=True)
            for head, cell in zip(heads, rows[1], strict=False):
                self._put(head, resolved([_text_of(cell)]))
            return
        own = [line for line in told if knows(line[0]) and not _TOTALS.fullmatch(line[0])]
        listed = ["; ".join(filter(None, line)) for line in told if line not in own]
        if not self._asked or self._lines:
            self.close()
            self._asked = " / ".join(filter(None, heads))
        self._lines = listed
        self.close()
        for line in own:
            self._put(line[0], next(filter(None, reversed(line[1:])), None))


def _filled_cells(row: Sequence[Cell]) -> list[Cell]:
    """Return the cells of a row, none for one in which nothing stands."""
    return list(row) if any(written(_text_of(cell)) or has_box(_text_of(cell)) for cell in row) else []


def _text_of(cell: Cell) -> str:
    return with_typed_ticks("\n".join(text for text in texts_of(cell.blocks) if text.strip()))


def _is_whole(cell: Cell) -> bool:
    """Say whether a cell is a bold question with its answer in other letters below."""
    told = [one for one in cell.blocks if isinstance(one, Paragraph) and one.text.strip()]
    is_bold = ["b" in one.style for one in told]
    return is_bold[:1] == [True] and len(told) > 1 and not (any(is_bold[1:]) or is_guidance(told[1]))


def _question_in(cell: Cell) -> str:
    """Return the question of a cell without the guidance below it."""
    paragraphs = [one for one in cell.blocks if isinstance(one, Paragraph) and one.text.strip()]
    asked = [one for at, one in enumerate(paragraphs) if at == 0 or not is_guidance(one)]
    text = " ".join(one.text for one in asked)
    return text if len(text) <= LONGEST else paragraphs[0].text


def _inner(cell: Cell, section: str) -> list[Answer]:
    """Return the questions that stand in a cell with their answers, where it has any of its own."""
    if any(FIELD in text for text in texts_of(cell.blocks)) and not any(
        re.search(rf"\w[^{FIELD}{END}]*{FIELD}", text) for text in texts_of(cell.blocks)
    ):
        return []
    reader = _Reader(section)
    reader.read(cell.blocks)
    reader.close()
    return [one for one in reader.found if knows(one.question) or is_of_bank(one.question)]


def _is_told(piece: Paragraph, question: str, rest: str) -> bool:
    """Say whether a colon parts a sentence: many words are before it, and small letters go on after it."""
    is_long = len(question.split()) > _MOST_WORDS // 2 and len(rest.split()) > _FEW
    return is_long and rest[:1].islower() and not is_numbered(question) and "b" not in piece.style


def _is_dotted(end: str) -> bool:
    return end[:1] in "._…"


def _alternate(cells: Sequence[Cell]) -> bool:
    """Say whether the cells of a row are a question, its answer, and so on."""
    labels = [_text_of(cell) for cell in cells[::2]]
    return len(cells) % 2 == 0 and all(
        is_question(Paragraph(" ".join(one.split("\n")), _style_of(cell)))
        for one, cell in zip(labels, cells[::2], strict=True)
    )


def _style_of(cell: Cell) -> str:
    return next((one.style for one in cell.blocks if isinstance(one, Paragraph) and one.text.strip()), "")


def _grid_at(rows: Sequence[Sequence[Cell]], at: int) -> int:
    """Return the row after a table under heads that begins at a row, that row itself where none begins."""
    heads = rows[at]
    texts = [written(_text_of(cell)) for cell in heads]
    if (
        len(heads) < _FEW
        or not all(texts)
        or any(len(text) > LONGEST // 4 for text in texts)
        or has_box("".join(map(_text_of, heads)))
    ):
        return at
    if any(FIELD in _text_of(cell) for cell in heads) or not _are_heads(heads, texts):
        return at
    end = at + 1
    while (
        end < len(rows)
        and len(rows[end]) == len(heads)
        and not (end > at + 1 and _are_heads(rows[end], [written(_text_of(c)) for c in rows[end]]))
    ):
        end += 1
    return end if end > at + 1 and not _is_labelled(rows[at + 1 : end]) else at


def _are_heads(cells: Sequence[Cell], texts: Sequence[str]) -> bool:
    """Say whether each cell of a row is what a column is called."""
    return all(
        text
        and (
            bool({*_style_of(cell)} & {*"bhs"})
            or _HEADS.fullmatch(text)
            or knows(text)
            or plain_end(text) in ("?", ":")
        )
        for cell, text in zip(cells, texts, strict=True)
    )


def _is_labelled(rows: Sequence[Sequence[Cell]]) -> bool:
    """Say whether most rows begin with a question of their own, or with its number."""
    asked = sum(is_question(Paragraph(_text_of(row[0]), _style_of(row[0]))) for row in rows)
    numbered = sum(is_mere_number(written(_text_of(row[0]))) and knows(_text_of(row[1])) for row in rows)
    return 2 * (asked if len(rows[0]) == _FEW else numbered) > len(rows)


def _pieces(text: str) -> list[str]:
    """Return the parts of a line that each begin with a question: "Name: …   Telephone: …"."""
    pieces: list[str] = []
    if len(dotted := _DOTTED.split(text)) > 1:
        return _between_dots(dotted)
    for chunk in filter(None, map(str.strip, _TABS.split(text))):
        is_new = _begins(chunk) or (knows(chunk) and pieces and not _is_open(pieces[-1]))
        if pieces and not is_new:
            pieces[-1] = f"{pieces[-1]}{TURN if _is_bare(pieces[-1]) else ' '}{chunk}"
        else:
            pieces.append(chunk)
    return [one for piece in pieces for one in _parted(piece)]


def _between_dots(parts: Sequence[str]) -> list[str]:
    """Return the questions of a line with what was typed on the dots after each."""
    pieces: list[str] = []
    is_asked = False
    told = list(filter(str.strip, parts))
    if len(told) == 1:
        is_short = len(told[0].split()) <= _MOST_WORDS // 2
        is_asking = (is_short and knows(told[0])) or is_numbered(told[0]) or plain_end(told[0]) in ("?", ":")
        return [f"{told[0].strip()}{TURN}" if is_asking else told[0].strip()]
    for part in told:
        if is_asked and (len(told) == _FEW or (not knows(part) and plain_end(part) != ":")):
            pieces[-1] = f"{pieces[-1]}{TURN}{part.strip()}"
            is_asked = False
        else:
            pieces.append(part.strip())
            is_asked = True
    return pieces


def _begins(chunk: str) -> bool:
    found = _ASKED.match(chunk)
    return (
        found is not None
        and (found["end"][0] in ":?" or _is_dotted(found["end"]))
        and len(found["question"].split()) <= _MOST_WORDS
    )


def _is_open(piece: str) -> bool:
    """Say whether a question has no answer yet."""
    return plain_end(piece) in ("?", ":") or knows(piece)


def _is_bare(piece: str) -> bool:
    """Say whether a piece is a question that nothing but a space parts from its answer."""
    return plain_end(piece) not in ("?", ":") and TURN not in piece and (knows(piece) or is_numbered(piece))


def _parted(piece: str) -> Iterator[str]:
    """Yield a line's questions where each is known, though only a space parts them."""
    start = 0
    for found in _LABEL_WITHIN.finditer(piece):
        if ":" in piece[start : found.start()] and knows(found[1]) and found.start() > start:
            yield piece[start : found.start()]
            start = found.end()
    yield piece[start:]
