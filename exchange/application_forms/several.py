"""Which of a file's answers are an application: several forms in one file, and an example before the form."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import accumulate
from operator import or_

from msgspec.structs import replace

from exchange.application_forms.accounting import TO_APPLICANT, Account
from exchange.application_forms.blocks import Block, Cell, Paragraph, texts_of
from exchange.application_forms.labels import is_guidance, knows, plain
from exchange.application_forms.pieces import ASKED
from exchange.applications.heading_rows import Parts, has_both
from exchange.applications.layouts import Answer, Record, one_below_another
from exchange.applications.table import asked_together, fields_asked

FEWEST = 5
"""Known questions that make a form an application, whatever else it asks."""
_FEW = 3
_OF_PROJECT = frozenset({"project", "summary", "need", "outcomes", "beneficiaries", "amount_requested"})
"""Fields that a quote or a policy asks few of."""
_OTHER_PAPER = re.compile(
    r"\b(?:quot(?:e|ation)|invoice|estimate|receipt|purchase order|payment terms|vat|unit price"
    r"|curriculum|job description|annual report|risk assessment|terms and conditions)\b",
    re.IGNORECASE,
)
"""How papers that come with an application are titled, or what they alone name."""
_BEGINS = frozenset({"organisation", "contact_name", "project"})
"""Fields that a form asks first."""
_EXAMPLE = re.compile(
    r"\W*(?:(?:this|here|see|below) (?:is|for)? ?)?(?:an? |the |our )?"
    r"(?:worked|completed|filled[- ]in|made-up)?\W*(?:examples?|sample)"
    r"(?:\W+(?:only|answers?|form|application|of|to|for|do|not|here|completed|filled|copy|above"
    r"|below|a|an|the|in|this|complete|write|use|help|illustration|ignore|please|delete|shown)\b){0,9}\W*",
    re.IGNORECASE,
)
_SHOWS = re.compile(r"\W*(?:for |an? |worked |completed )*(?:example|sample)\b", re.IGNORECASE)
"""How a text begins that shows questions with made-up answers."""
_HOW_TO = re.compile(
    r"\W*(?:how to (?:fill in|complete|use|apply)\b|before you (?:start|begin)\W*$|instructions\b).{0,40}$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\W*(?:\d{1,2}|[a-z])[.)]\s")
_QUESTIONS = re.compile(r"([^.:?]{3,80})[:?]")
_GUIDANCE = re.compile(
    r"\W*(?:guidance|(?:guidance )?notes?|help|hints?|tips?|instructions?|what (?:we|to) .{3,40}"
    r"|how to .{3,40}|guidance for applicants|notes for applicants)\W*",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\W*(?:(?:your |the )?(?:answers?|responses?|repl(?:y|ies))|ateb(?:ion)?)\b.{0,20}", re.IGNORECASE
)


def records_of(answers: Sequence[Answer]) -> Iterator[Record]:
    """Yield the applications among the answers of a file; other answers go with them."""
    found: list[list[Answer]] = []
    before: list[Answer] = []
    for part in (two for one in one_below_another(answers) for two in _two_makes(one)):
        if is_application(part):
            found.append([*before, *part])
            before = []
        elif found:
            found[-1] += part
        else:
            before += part
    if not found and is_application(before):
        found.append(before)
    yield from found


def is_application(record: Record) -> bool:
    """Say whether questions are those of an application: for an organisation, an amount and more, or many."""
    questions = list(dict.fromkeys(answer.question for answer in record))
    known = asked_together([Parts("", question) for question in questions], {})
    fields = frozenset[str]().union(*known)
    titles = {text for one in record for text in (one.section, one.question)}
    is_other = any(map(_OTHER_PAPER.search, titles))
    is_of_many = len(fields) >= FEWEST and len(fields & _OF_PROJECT) > 1 + is_other
    return is_of_many or (has_both(known) and len(fields) > _FEW)


def fields_answered(record: Record) -> frozenset[str]:
    """Return the fields that the questions with an answer ask for."""
    return frozenset(field for one in record if one.value for field in fields_asked(plain(one.question), {}))


def with_lost(record: Record, alone: Record, printed: Set[str], left: str) -> Record:
    """Return the answers of a form with those that it has if it is read alone.

    What is printed at length on forms of its template is no answer.
    """
    account = Account([Answer("", one.value) for one in (*record, Answer("", left))])
    known, asked = fields_answered(record), {plain(one.question) for one in record}
    found = list(record)
    for one in alone:
        lines = [" ".join(line.split()) for line in str(one.value or "").split("\n")]
        fields = fields_asked(plain(one.question), {})
        is_lost = not account.has(str(one.value)) or (fields and fields.isdisjoint(known))
        is_print = plain(str(one.value)) in asked or not printed.isdisjoint(lines)
        if not one.value or not is_lost or is_print:
            continue
        empty = (at for at, other in enumerate(found) if other.question == one.question and not other.value)
        at = next(empty, len(found))
        found[at : at + 1] = [one]
    return found


def _two_makes(answers: Record) -> Iterator[Record]:
    """Yield the forms of answers in which most fields are asked again, in whatever words."""
    asked = [fields_asked(plain(one.question), {}) if one.value else frozenset[str]() for one in answers]
    told = list(accumulate(asked, or_, initial=frozenset[str]()))
    left = list(accumulate(reversed(asked), or_, initial=frozenset[str]()))[::-1]
    for at, (above, below) in enumerate(zip(told, left, strict=True)):
        again = above & below
        is_start = at < len(asked) and not asked[at].isdisjoint(_BEGINS & above)
        if is_start and len(again) >= FEWEST and 2 * len(again) > max(len(above), len(below)):
            yield answers[:at]
            yield from _two_makes(answers[at:])
            return
    yield answers


def without_example(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return a form without what it shows as an example: a form that is asked again below, or a column."""
    blocks = tuple(_without_column(one) for one in _without_shown(blocks))
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and _EXAMPLE.fullmatch(plain(block.text)):
            first = next((label for one in blocks[at + 1 :] for label in _labels(one)), "")
            begins = (n for n, one in enumerate(blocks) if n > at and first in {*_labels(one)})
            _, again = next(begins, 0), next(begins, 0)
            return (*blocks[:at], *blocks[again:]) if again else blocks
    return blocks


def _without_shown(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks but for a text that shows answers to several questions, and its slanted rest."""
    is_shown = is_guiding = False
    for block in blocks:
        if isinstance(block, Paragraph) and (is_guiding or _HOW_TO.match(block.text)):
            is_guiding = not is_guiding or _guides_on(block.text)
            if is_guiding:
                continue
        if isinstance(block, Paragraph):
            asked = [one for one in _QUESTIONS.findall(block.text) if knows(plain(one))]
            goes_on = is_shown and "i" in block.style and bool(asked)
            is_shown = goes_on or (bool(_SHOWS.match(block.text)) and len(asked) > 1)
        if not (is_shown and isinstance(block, Paragraph)):
            yield block


def _guides_on(text: str) -> bool:
    """Say whether a text below the title of instructions is one of them: numbered, or to the applicant."""
    is_told = bool(_NUMBERED.match(text) or TO_APPLICANT.search(text))
    return is_told and text.rstrip().endswith(".")


def _labels(block: Block) -> Iterator[str]:
    """Yield the known questions of a block, the first first."""
    for text in texts_of((block,)):
        found = ASKED.match(text.strip())
        label = plain(found["question"] if found else text)
        if knows(label):
            yield label


def _without_column(block: Block) -> Block:
    """Return a table without its columns of examples and guidance, by their heads or by how they speak."""
    if isinstance(block, Paragraph):
        return block
    widths = Counter(map(len, block.rows))
    width = max(widths, key=lambda one: widths[one], default=0)
    full = [row for row in block.rows if len(row) == width]
    if width <= _FEW - 1 or len(full) < _FEW:
        return block
    shown = frozenset(columns_shown([[_text(cell) for cell in row] for row in full]))
    rows = (
        tuple(cell for at, cell in enumerate(row) if len(row) != width or at not in shown)
        for row in block.rows
    )
    return replace(block, rows=tuple(rows)) if shown else block


def columns_shown(rows: Sequence[Sequence[str]]) -> Iterator[int]:
    """Yield the columns that only show how to answer: no first one, and one at least is left beside it."""
    heads = rows[0]
    has_answers = any(map(_ANSWER.fullmatch, heads))
    for at, head in enumerate(heads[1:], start=1):
        is_guiding = at + 1 < len(heads) and guide_mostly([row[at] for row in rows[1:]])
        if _EXAMPLE.fullmatch(head) or (has_answers and _GUIDANCE.fullmatch(head)) or is_guiding:
            yield at


def guide_mostly(texts: Sequence[str]) -> bool:
    """Say whether most of some texts only tell how to answer."""
    told = list(filter(None, texts))
    others = [text for text in told if not (knows(text) or text.rstrip().endswith("?"))]
    guiding = sum(is_guidance(Paragraph(text)) or bool(TO_APPLICANT.search(text)) for text in others)
    return len(told) >= FEWEST and 2 * guiding > len(told)


def _text(cell: Cell) -> str:
    return plain(" ".join(texts_of(cell.blocks)))
