"""Read the paragraphs of a form in order: which ask, and what answers below, beside or in their line."""

import re
from collections.abc import Sequence

from exchange.application_forms.blocks import (
    END,
    FIELD,
    FILLED,
    SIGNS,
    SLANTED,
    TURN,
    Block,
    Paragraph,
    Table,
)
from exchange.application_forms.cells import (
    are_heads_on_line,
    is_box,
    says_something,
)
from exchange.application_forms.labels import (
    LONGEST,
    OPTIONS,
    answering,
    answers_wholly,
    asked_on,
    asks_address,
    asks_at_length,
    asks_besides,
    asks_other,
    asks_plainly,
    asks_to_its_end,
    bids_anew,
    bids_briefly,
    can_answer,
    cannot_be,
    chooses,
    goes_on_after_colon,
    goes_on_in,
    guides,
    is_example,
    is_guidance,
    is_item,
    is_kind_asked,
    is_numbered,
    is_of_signing,
    is_question,
    is_section,
    knows,
    leads_to_list,
    names_part,
    parts_a_sentence,
    plain,
    plain_end,
    tells_of_funds,
    without_asides,
)
from exchange.application_forms.numbering import rows_from
from exchange.application_forms.pieces import (
    ASKED,
    FURTHER_QUESTION,
    are_boxes_behind,
    are_chosen,
    boxed,
    counted,
    has_box,
    is_answered,
    is_dotted,
    is_marked,
    is_on_dots,
    is_signed,
    one_of,
    pieces_of,
    resolved,
    says_more_of_option,
    with_costs,
    written,
)
from exchange.applications.layouts import Answer

_LINE_END = re.compile(rf"\n(?![^{FIELD}{END}]*{END})")
_TYPED = re.compile(rf"{TURN}|[{SIGNS}]*(?:_{{2}}|\.{{4}}|…{{2}})")
"""How what is typed on a line, or in other letters than the question, begins."""
_HINT = re.compile(
    r"\((?:up to|max|no more than|at least|min|please|tick|delete|e\.?g|for example|incl)[^()]*\)\s*(?=\S)",
    re.IGNORECASE,
)
"""What is printed in brackets between a question and its answer."""
_ASKS_AT_END = re.compile(r"\?\s*(?:\([^()]*\))?\s*$")
_MOST_WORDS = 14


class Flow:
    """Goes through a form from its start; `found` are its answers, `heads` those of columns."""

    def __init__(self, section: str) -> None:
        self.found: list[Answer] = []
        self.heads: list[str] = []
        self._section = section
        self._asked = ""
        self._lines: list[str] = []
        self._held: tuple[str, str] | None = None
        self._below: Block | None = None
        self._is_beside = self._is_plainly_asked = self._looks_more_asked = self._is_heading = False

    def read(self, blocks: Sequence[Block]) -> None:
        """Read blocks in order; the last question stays open until `close`."""
        listed = 0
        blocks = with_costs(blocks)
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
        self._lines = ["\n".join(plain(written(row)) for row in rows)]
        self.close()

    def close(self, *, is_title: bool = False) -> None:
        """End the open question with what answers it; one that nothing answers may be a title alone."""
        if self._held and not self._lines:
            self._asked, self._lines = self._held[0], [self._held[1]]
        if self._asked:
            value = resolved(answering(self._asked, self._lines))
            if value and names_part(value):
                value, self._lines = None, []
                is_title = True
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
        self._is_heading = "h" in style and not knows(question)
        self._asked, self._is_beside = question, bool(written(rest))
        if self._is_beside or has_box(rest) or FIELD in rest:
            self._lines.append(rest)

    def _paragraph(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if not text.strip():
            return
        is_typed = paragraph.is_typed or (not paragraph.is_printed and is_on_dots(text))
        if is_typed and self._asked and FIELD not in text and not is_signed(text):
            self._lines.append(text)
            return
        is_option = (bool(self._lines) and chooses(self._asked) and is_marked(text)) or says_more_of_option(
            text
        )
        is_option |= are_boxes_behind(text) and (not self._lines or has_box(self._lines[-1]))
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
            is_open = self._held is None and plain_end(self._asked) in ("?", ":")
            if is_open and is_short and not is_guidance(piece):
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
        if are_heads_on_line(piece.text):
            self._ask(piece.text, is_title=self._is_title_before(piece.text))
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
        elif self._lines and bids_anew(piece.text):
            self._ask(piece.text, style=piece.style)
        elif self._asked and (
            has_box(piece.text)
            or not is_question(piece)
            or self._is_answer(piece)
            or self._leads_to_list(piece)
        ):
            if has_box(piece.text) and OPTIONS.fullmatch(written(piece.text)) and self._has_asked_last():
                self._ask_of_last()
            is_open = not self._lines or (self._lines[-1].endswith(END) and not has_box(piece.text))
            is_note = self._is_beside and "i" in piece.style and is_guidance(piece)
            if not is_note and (not is_open or not (is_guidance(piece) or self._is_led_on(piece))):
                self._lines.append(piece.text)
        elif is_question(piece) or self._is_over_box(piece):
            self._ask(piece.text, is_title=self._is_title_before(piece.text), style=piece.style)

    def _is_over_box(self, piece: Paragraph) -> bool:
        """Say whether a few words that begin anew stand right above a box that is drawn for an answer."""
        is_short = piece.text[:1].isupper() and len(piece.text.split()) <= _MOST_WORDS
        return is_short and is_box(self._below) and not is_guidance(piece) and not has_box(piece.text)

    def _has_asked_last(self) -> bool:
        """Say whether the last line asks: it is the first below a title, or stands below other boxes."""
        is_told = bool(self._lines) and self._lines[-1][:1].isupper() and not has_box(self._lines[-1])
        return is_told and (is_section(self._asked) or any(map(has_box, self._lines)))

    def _is_answer(self, piece: Paragraph) -> bool:
        """Say whether what may ask answers: it looks less like a question than the open one does."""
        if asks_plainly(piece):
            return self._is_led_on(piece)
        is_long = len(piece.text.split()) > _MOST_WORDS // 2 or piece.text[:1].isdigit()
        if asks_address(self._asked) and not self._lines and piece.text[:1].isdigit():
            return True
        if not self._lines and is_kind_asked(self._asked, piece.text):
            return True
        is_head = is_section(self._asked) or (self._is_heading and not self._lines)
        if knows(piece.text) and (is_head or is_box(self._below)):
            return False
        return not knows(piece.text) or (self._is_plainly_asked and (is_long or not self._lines))

    def _is_led_on(self, piece: Paragraph) -> bool:
        """Say whether what looks less like a question than the open one only guides who answers that."""
        is_title = is_section(self._asked) or (self._asked.isupper() and not piece.text.isupper())
        is_slanted = "i" in piece.style and not {*"bh"}.intersection(piece.style)
        stands_out = is_numbered(piece.text) or (piece.stands_out and not is_slanted)
        if self._lines or is_title or not knows(self._asked) or stands_out:
            return False
        is_limited = bids_briefly(piece.text)
        is_asked = is_slanted or is_limited or bool(_ASKS_AT_END.search(written(asked_on(piece)[0])))
        is_less = is_asked and self._looks_more_asked and not has_box(piece.text)
        is_other = asks_other(self._asked, piece.text) and not (is_limited or self._is_over_answer(piece))
        return (is_less and not is_other) or guides(piece.text)

    def _is_over_answer(self, piece: Paragraph) -> bool:
        """Say whether slanted words stand between a bold question and what answers it in plain letters."""
        below = self._below
        if not isinstance(below, Paragraph) or "i" not in piece.style:
            return False
        return {*below.style}.isdisjoint("bhi") and not is_question(below)

    def _leads_to_list(self, piece: Paragraph) -> bool:
        """Say whether a line leads to a list in an answer: it asks nothing, or answers at length."""
        is_open = not self._lines and asks_at_length(self._asked)
        return leads_to_list(piece.text) and (is_open or not is_question(piece))

    def _is_title_before(self, question: str) -> bool:
        """Say whether the open question only heads the one that follows."""
        if names_part(plain(self._asked)):
            return not self._lines
        is_item = is_numbered(self._asked) and (knows(self._asked) or is_numbered(question))
        is_asking = plain_end(asked_on(Paragraph(self._asked, "b"))[0]) in ("?", ":") or is_item
        return not self._lines and not is_asking and not (knows(self._asked) and is_numbered(question))

    def _inline(self, piece: Paragraph) -> tuple[str, str] | None:
        """Return the question and the answer in one line, None where it has not both."""
        text = piece.text.strip()
        if (asks_to_its_end(text) and is_question(piece)) or asked_on(piece)[1]:
            return text, ""
        if within := goes_on_after_colon(piece):
            return within
        found = None if is_example(text) or OPTIONS.fullmatch(written(text)) else ASKED.match(text)
        if found is None:
            is_open = bool(self._asked) and not self._lines
            return boxed(text) or (None if is_open else counted(text))
        question, end, rest = found["question"], found["end"], found["rest"].lstrip(" \t:*†‡")
        if question[-1:].isdigit() and rest[:2].isdigit():
            return None  # a time
        if end == ":" and piece.is_printed and "b" in piece.style and not is_answered(piece):
            return None
        if end[0] == "?" and plain_end(rest) == "?":
            question, end, rest = f"{question}{end} {plain(rest).rstrip('?')}", "?", ""
        elif end[0] == "?" and (further := FURTHER_QUESTION.match(rest)):
            question, rest = f"{question}{end} {plain(further[0]).rstrip('?')}", rest[further.end() :]
        if not written(rest) and self._leads_to_list(piece):
            return None
        is_slanted = "i" in piece.style and "b" not in piece.style
        if end == ":" and is_slanted and self._looks_more_asked and not (self._lines or knows(question)):
            return None  # guidance
        is_typed = bool(_TYPED.match(rest))
        if end[0] in ":?" and rest.startswith(TURN):
            rest = rest.lstrip(f"{TURN} \t:*†‡")
        if end[0] in "?:":
            question += end
            lead, _, more = rest.partition(TURN)
            rest = _HINT.sub("", more if more and is_guidance(Paragraph(lead)) else rest)
        is_known = knows(question) or is_numbered(question)
        if end == ":" and not is_known and is_item(question) and asks_at_length(self._asked):
            return None
        is_asking = is_known or "b" in piece.style or end != ":" or is_of_signing(question)
        is_short = question[:1].isupper() and len(question.split()) <= _MOST_WORDS // 2
        if end == ":" and parts_a_sentence(piece, question, rest):
            return None
        is_open = bool(self._asked) and not self._lines
        is_open = is_open and (self._is_plainly_asked or asks_at_length(self._asked))
        is_answer = not is_asking and (not is_short or can_answer(self._asked, text))
        if bool(self._asked) and not self._lines and not is_asking and tells_of_funds(self._asked, rest):
            return None
        if is_open and knows(self._asked) and (is_answer or (end == ":" and cannot_be(question, rest))):
            return None
        is_done = answers_wholly(self._asked, self._lines) or are_chosen(self._lines)
        if self._lines and not (is_asking or (self._is_beside and is_short) or is_done or is_dotted(end)):
            return None
        is_chosen = has_box(rest) or bool(OPTIONS.fullmatch(written(rest)))
        is_told = end[0] == "?" and bool(self._lines) and not (is_known or is_done)
        is_told = is_told and not (is_chosen or is_typed or end[-1] == ":")
        if is_told or (len(question.split()) > _MOST_WORDS and not is_asking):
            return None
        return question, "" if is_guidance(Paragraph(rest)) and not has_box(rest) else rest

    def _table(self, table: Table) -> None:
        raise NotImplementedError
