"""The parts of a line that ask, with the answer beside, and what was answered by ticks, strokes and marks."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise

from msgspec.structs import replace

from exchange.application_forms.blocks import (
    END,
    FIELD,
    MARKED,
    SIGNS,
    STRUCK,
    TICKED,
    TURN,
    UNMARKED,
    UNSTRUCK,
    UNTICKED,
    Block,
    Paragraph,
)
from exchange.application_forms.labels import (
    LONGEST,
    OPTIONS,
    PROMPT,
    is_guidance,
    is_numbered,
    knows,
    plain_end,
    speaks_to_applicant,
)

_BOX = re.compile(f"[{TICKED}{UNTICKED}]")
_BEHIND_UNTICKED = re.compile(rf"{UNTICKED}[^{TICKED}{UNTICKED}{FIELD}]*{FIELD}\s*[^\s{END}]")
_WRITTEN_ON = re.compile(r"\.{4,}|_{2,}|(?<=\s)_(?=\s|$)|…{2,}|(?:\.[ \t]){3,}\.?|-{5,}")
_STRUCK = re.compile(f"{STRUCK}[^{UNSTRUCK}]*{UNSTRUCK}")
_MARKED = re.compile(f"{MARKED}([^{UNMARKED}]*){UNMARKED}")
_ALL_SIGNS = re.compile(f"[{SIGNS}]")
_YES_NO = re.compile(r"\W*(yes|ydy|oes|ie|y)\W+(?:or\W+)?(no|nac ydy|nac oes|na|n)\b\W*", re.IGNORECASE)
_YES_OR_NO = re.compile(
    r"\b(?:yes|no|ydy|oes|ie|na|nac oes|nac ydy|not sure|n/a|not applicable)\b", re.IGNORECASE
)
_OPTION_BEFORE = re.compile(r"^(?:yes|no|oes|ydy|nac oes|nac ydy)\b[\W_]*", re.IGNORECASE)
_TYPED_MARK = re.compile(r"_*(?<![^\W_])[xX✓√](?![^\W_])_*")
_TYPED_GAP = re.compile(r"_{2,}")
_MARKED_CHOICE = re.compile(
    r"(?=.*\b(?:yes|oes|ydy)\b)(?=.*\b(?:no|nac)\b)"
    r"(?:[\W_]|(?<![^\W_])(?:yes|no|oes|nac oes|ydy|nac ydy|x|√|✓)(?![^\W_]))+",
    re.IGNORECASE | re.DOTALL,
)
_TYPED_OVER = re.compile(rf"(?m)(?:^\s*|(?<=\s{{2}}))[xX✓√](?=[\s{TURN}]+\w)")
"""A mark that was typed in the place of a box, where other options still have theirs."""
_OTHER = re.compile(r"other\b[^:;\n]{0,60}:\s*(?=\S)", re.IGNORECASE)
"""The option that bids say what else it is, before what was said."""
_WRAPPED = re.compile(rf"(?m)^(\s*[{TICKED}{UNTICKED}].*[{TICKED}{UNTICKED}])\s*\n(?=\s*\w)")
"""A line of boxes, each before its words, that ends between a box and its words."""
_ONE_MARKED = re.compile(f"{UNMARKED}[ \\n]{MARKED}")
_OPTIONS_APART = re.compile(rf" {{2,}}|[\t\n\u2003{TURN}]+")
_MOST_OF_OPTION, _FEWEST_OPTIONS = 6, 3
_MARK_BESIDE = re.compile(rf"^_*[xX{TICKED}]_*\s+(?=\S)|(?<=\S)\s+_*[xX{TICKED}]_*$")
_AS_WISHED = re.compile(r"\(?(?:please )?(?:delete|circle|tick|strike)[^)\n]*\)?|\*", re.IGNORECASE)
_BULLET_ALONE = re.compile(r"(?m)^•\n(?=\w)")
_SPACES = re.compile(r"[ \t\u2002\u2003\xa0]+")


def has_box(text: str) -> bool:
    return bool(_BOX.search(text))


def is_marked(text: str) -> bool:
    """Say whether all of a text stands out, as one of several printed options is chosen."""
    return bool(_MARKED.fullmatch(text.strip(f" \t{TURN}")))


def says_more_of_option(text: str) -> bool:
    """Say whether a line of boxes has a field, filled in only behind what is ticked."""
    return FIELD in text and bool(_BOX.match(text.strip())) and not _BEHIND_UNTICKED.search(text)


def is_choice(text: str) -> bool:
    """Say whether a text has boxes, or a printed yes and no between which a mark is typed."""
    return has_box(_with_typed_marks(text))


def is_yes_and_no(text: str) -> bool:
    """Say whether a text is a printed yes and no, whatever marks stand at either."""
    return bool(_MARKED_CHOICE.match(text))


def are_chosen(lines: Sequence[str]) -> bool:
    """Say whether the lines below a question are one yes or no, or one of both printed."""
    return len(lines) == 1 and (
        bool(OPTIONS.fullmatch(written(lines[0]))) or (is_choice(lines[0]) and not has_box(lines[0]))
    )


def is_of_boxes(text: str) -> bool:
    """Say whether a text is boxes with their words alone, which ask nothing themselves."""
    boxes = _BOX.findall(text)
    words = text.strip()
    is_after = bool(_BOX.match(words[-1:])) and len(boxes) > 1 and not _YES_OR_NO.search(text)
    return bool(_BOX.match(words)) or (is_after and not {*"?:"}.intersection(text))


def are_boxes_behind(text: str) -> bool:
    """Say whether a line is several boxes, each behind its words: "Charity [x]   Company [ ]"."""
    return is_of_boxes(text) and not _BOX.match(text.strip())


def _with_typed_marks(text: str) -> str:
    """Return a printed yes and no between which a mark is typed with boxes as signs: "Yes __ No _X_"."""
    printed = _MARKED_CHOICE.match(text)
    if printed is None or not _TYPED_MARK.search(printed[0]):
        return text
    return _TYPED_GAP.sub(UNTICKED, _TYPED_MARK.sub(TICKED, printed[0])) + text[printed.end() :]


@lru_cache(maxsize=1_000)
def one_of(text: str) -> str | None:
    """Return the one of several printed options that alone has a mark, or alone stands out; None for none."""
    text = _ONE_MARKED.sub(" ", text)
    options = [one for part in _OPTIONS_APART.split(text) if (one := part.strip(f" ;,/|{TURN}"))]
    if UNTICKED in text or len(options) < _FEWEST_OPTIONS:
        return None
    if any(len(written(one).split()) > _MOST_OF_OPTION for one in options):
        return None
    stand_out = [one for one in options if _MARKED.fullmatch(one)]
    marked = [one for one in options if _MARK_BESIDE.search(one)] or stand_out
    return written(_MARK_BESIDE.sub("", marked[0])) if len(marked) == 1 else None


def resolved(lines: Sequence[str]) -> str | None:
    """Return what the lines below or beside a question answer, None where nothing was answered."""
    text = _with_typed_marks("\n".join(lines))
    if one := one_of(text):
        return one
    if has_box(text):
        return ticked(text)
    chosen = _chosen(text)
    if chosen is not None:
        return chosen or None
    bare = written(text)
    bidden = written(_AS_WISHED.sub("", text))
    return (bidden if _YES_OR_NO.fullmatch(bidden) else bare) or None


@lru_cache(maxsize=20_000)
def written(text: str) -> str:
    """Return a text without signs, struck words and the dots of a line to write on."""
    if STRUCK in text:
        text = _STRUCK.sub("", text)
    text = _WRITTEN_ON.sub(" ", _ALL_SIGNS.sub("", text.replace(TURN, " ")))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    found = _BULLET_ALONE.sub("• ", "\n".join(lines).strip().strip("…"))
    return "" if PROMPT.fullmatch(found) or found in ("...", "£", "£.", "/ /", "//", "@") else found


def _chosen(text: str) -> str | None:
    """Return which of a printed yes and no was left or marked, "" for neither, None for another text."""
    bare = _AS_WISHED.sub("", _ALL_SIGNS.sub("", text))
    printed = _YES_NO.match(bare)
    if printed is None:
        return None
    rest = written(bare[printed.end() :])
    left = _STRUCK.sub("", text)
    marked = [one for one in map(written, _MARKED.findall(text)) if _YES_OR_NO.fullmatch(one)]
    if STRUCK in text and (kept := written(_AS_WISHED.sub("", left)).strip(" /|\n")):
        return kept
    if len(marked) == 1:
        is_below = "\n" in bare[printed.end(2) : printed.end()]
        return "\n".join(filter(None, (marked[0], rest if is_below else "")))
    return None if rest and "\n" not in bare[: printed.end()] and len(rest) > 2 else rest


def ticked(text: str) -> str | None:
    """Return the words of the ticked boxes, None where no box is; a text without a box goes with them.

    Whether a box stands before or after its words is told by what the line begins with.
    """
    if text.count(UNTICKED) > 1:
        text = _TYPED_OVER.sub(TICKED, text)
    found = [one for line in _WRAPPED.sub(r"\1 ", text).split("\n") for one in _of_line(line)]
    return "; ".join(dict.fromkeys(_OTHER.sub("", one) for one in found if one)) or None


def _of_line(line: str) -> Iterator[str]:
    parts = [part for part in re.split(f"([{TICKED}{UNTICKED}])", line) if written(part) or has_box(part)]
    if not any(map(has_box, parts)):
        yield written(line)
        return
    is_alone = sum(map(has_box, parts)) == 1 and bool(_YES_NO.fullmatch(written(parts[0])))
    is_choice = is_alone or _YES_OR_NO.fullmatch(written(parts[0]))
    if not has_box(parts[0]) and not has_box(parts[-1]) and not is_choice:
        parts = parts[1:]  # what only leads to the boxes
    if has_box(parts[0]):
        yield from _after_boxes(parts)
    else:
        yield from _before_boxes(parts)


def _after_boxes(parts: list[str]) -> Iterator[str]:
    for at, part in enumerate(parts):
        if part == TICKED:
            following = parts[at + 1] if at + 1 < len(parts) and not has_box(parts[at + 1]) else ""
            yield _nearest(written(following).strip(" ;,/|"), 0) or ("Yes" if len(parts) == 1 else "")


def _nearest(text: str, at: int) -> str:
    """Return of a printed yes and no the one beside the tick, any other text as it is."""
    return str(re.split(r"\W+", text)[at]) if _YES_NO.fullmatch(text) else text


def _before_boxes(parts: list[str]) -> Iterator[str]:
    for before, part in pairwise(parts):
        if part == TICKED and not has_box(before):
            yield _nearest(written(before).strip(" ;,/|:"), -1)
    last = written(parts[-1]).strip(" -–;,/|") if not has_box(parts[-1]) else ""
    if last and not _YES_OR_NO.fullmatch(last) and (FIELD in parts[-1] or not is_guidance(Paragraph(last))):
        yield _OPTION_BEFORE.sub("", last)


_MOST_WORDS, _FEW, _FEWEST_LINES = 14, 2, 4
ASKED = re.compile(
    rf"(?P<question>[^\n{FIELD}]{{1,{LONGEST}}}?)(?P<end>:(?!//)(?=\D|\s|$|\d{{3}}|[\d£])"
    rf"|\?(?:(?:\s*\([^()\n]{{1,200}}\)){{1,2}}\s*:?|\s?:)?|{TURN}|\.{{4,}}|_{{3,}}|…\s*…+)(?P<rest>.*)",
    re.DOTALL,
)
_ASKED_FIRST = re.compile(rf"[A-Z][^?:\n]{{5,{LONGEST}}}\?(?: \([^()\n]+\))? (?=[^\W_]|£)")
_SENTENCE = re.compile(r"([A-Z][^.?\n]*\.) (?=\S)")
FURTHER_QUESTION = re.compile(
    rf"(?:(?:with|from|to|for|by|in|at)[ {TURN}]+)?(?:who|whom|what|which|when|where|how|why)"
    r"(?: [a-z’']+){0,10}\?"
    rf"(?=[ {TURN}]+\S)",
    re.IGNORECASE,
)
"""A question right after another one, before what answers both."""
_COUNTED = re.compile(r"([A-Z](?:\S+ ){1,7})(£ ?\d[\d,.]*|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})")
_YES_AT_END = re.compile(r"\s(yes|no|oes|ydy|ie|y)\W*$", re.IGNORECASE)
_STROKE = f"[{STRUCK}{UNSTRUCK}{MARKED}{UNMARKED}]*"
_PRINTED = re.compile(
    rf"\s{_STROKE}(?:yes|oes|ydy|ie){_STROKE}\s*/\s*{_STROKE}(?:no|nac oes|nac ydy|na)\b", re.IGNORECASE
)
_TABS = re.compile(rf"\t+| {{4,}}|(?<={END})(?=[^\s{END}]*\w)")
_LABEL_WITHIN = re.compile(r"\s(?=((?:[A-Z][\w'’()/-]*)(?:[ -][\w'’()/]+){0,5})\.?\??\s?:\s)")
_CHOSEN = re.compile(r"\s*(yes|no|oes|nac oes)[.,;]?(?:\t|\s{2,})(?=if\b)", re.IGNORECASE)
"""An answer before the next question on its line: "No    If yes, which year?"."""
_SIGNED = re.compile(
    r"\s*(?:signed|signature|llofnod)\s+(?!on behalf|by\b|for\b)(?=(?-i:[^\W_a-z])[^:?]*$)", re.IGNORECASE
)
_LABEL_OF_SIGNED = re.compile(
    r"^(signed|signature|llofnod|dated?|dyddiad|print name|name|position)\s+", re.IGNORECASE
)
_DOTTED = re.compile(r"\.{4,}|_{3,}|…\s*…|(?:\. ){4,}")
_DOTS = re.compile(r"\.{3,}|_{2,}|(?:…\s*){2,}|(?:\. ){3,}\.?")
"""On a line that has plainly dots to write on, those that only lead to an answer too."""
_ON_DOTS = re.compile(r"\s*(?:\.{4}|_{3}|…\s*…)[ ._…]*[^\W_](?:(?!\.{3}|__|…|\t).)*[^:?\s._…][\s._…]*")
_APART = re.compile(r"\s*(?:\t| {2,}|\.{3,}|_{2,}|…| [-–—] (?=£))[\s._…]*")
_WITHOUT_MARKS = str.maketrans("", "", f"{MARKED}{UNMARKED}")
_COST = re.compile(r"(?:(?P<item>[^\t]*[^\W\d_][^\t]*)\t)?£\s*(?P<sum>\d[\d,.]*)?")
"""What costs something, then its sum, between dots or gaps; a line for both may be empty."""


def with_turns(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks with a sign between label and answer, in a form with such lines: for each tab.

    Or after each question mark, where most questions have their answers in their lines.
    """
    return _with_turns_asked(_with_turns_of_tabs(blocks))


def _with_turns_asked(blocks: Sequence[Block]) -> Sequence[Block]:
    lines = [one.text for one in blocks if isinstance(one, Paragraph) and knows(_asked_in(one.text))]
    if sum(map(_is_answered, lines)) < max(_FEWEST_LINES, len(lines) * 2 // 3):
        return blocks
    return [replace(one, text=_turned(one.text)) if isinstance(one, Paragraph) else one for one in blocks]


def _asked_in(text: str) -> str:
    found = ASKED.match(text.strip())
    return found["question"] if found else text


def _turned(text: str) -> str:
    """Return a line with a sign after its question, and after what tells how to answer that."""
    found = _ASKED_FIRST.match(text)
    if found is None or not {*SIGNS}.isdisjoint(text):
        return text
    end = found.end()
    if further := FURTHER_QUESTION.match(text, end):
        end = further.end() + 1
    while (told := _SENTENCE.match(text, end)) and speaks_to_applicant(told[1]):
        end = told.end()
    return f"{text[:end]}{TURN}{text[end:]}"


def _with_turns_of_tabs(blocks: Sequence[Block]) -> Sequence[Block]:
    lines = {at: _by_tabs(one.text) for at, one in enumerate(blocks) if isinstance(one, Paragraph)}
    costs = [one is not None for one in map(_cost_on, blocks)]
    told = {
        at: parts
        for at, parts in lines.items()
        if parts
        and len(parts) % 2 == 0
        and not any(map(_is_answered, parts[::2]))
        and not (
            costs[at] and any(costs[max(at - 1, 0) : at] + costs[at + 1 : at + 2]) and not knows(parts[0])
        )
    }
    known = sum(knows(parts[0]) for parts in told.values())
    if known < _FEWEST_LINES or 2 * known < len(told):
        return blocks
    return [
        replace(one, text=_with_turns(told[at])) if isinstance(one, Paragraph) and at in told else one
        for at, one in enumerate(blocks)
    ]


def _by_tabs(text: str) -> list[str]:
    return list(filter(None, map(str.strip, text.split("\t"))))


def _with_turns(parts: Sequence[str]) -> str:
    return "\t".join(f"{label}{TURN}{answer}" for label, answer in zip(parts[::2], parts[1::2], strict=True))


def with_costs(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks with the lines of a list of costs below a question as typed: none of them asks.

    What would ask elsewhere is within the list where other costs are above and below it.
    """
    costs = list(map(_cost_on, blocks))
    found = list(blocks)
    for is_cost, run in groupby(range(len(blocks)), lambda at: costs[at] is not None):
        lines = list(run)
        while is_cost and lines and knows((costs[lines[-1]] or "").partition("£")[0]):
            lines.pop()
        if is_cost and len(lines) > 1 and any(costs[at] for at in lines) and _leads(blocks[: lines[0]]):
            for at in lines:
                found[at] = Paragraph(costs[at] or "", "t")
    return found


def _cost_on(block: Block) -> str | None:
    """Return what costs something and its sum, "" for a line that was left empty, None for any other."""
    text = block.text.translate(_WITHOUT_MARKS) if isinstance(block, Paragraph) else ""
    if "£" not in text:
        return None
    cost = _COST.fullmatch(_APART.sub("\t", text).strip())
    if cost is None or not {*SIGNS}.isdisjoint(text):
        return None
    item, total = cost["item"], cost["sum"]
    if not item:
        return "" if not total else None
    return f"{item} £{total}" if total and plain_end(item) not in ("?", ":") else None


def _leads(above: Sequence[Block]) -> bool:
    """Say whether the last of some blocks asks for what stands below it, and has no answer of its own."""
    last = next((one for one in reversed(above) if not isinstance(one, Paragraph) or one.text.strip()), None)
    if not isinstance(last, Paragraph):
        return False
    return last.is_printed or last.stands_out or plain_end(last.text) in ("?", ":")


def pieces_of(text: str) -> list[str]:
    """Return the parts of a line that each begin with a question: "Name: …   Telephone: …"."""
    pieces: list[str] = []
    if chosen := _CHOSEN.match(text):
        return [chosen[1], *pieces_of(text[chosen.end() :])]
    if _SIGNED.match(text):
        return [_LABEL_OF_SIGNED.sub(rf"\1{TURN}", chunk) for chunk in re.split(r"\t+|\s{2,}", text.strip())]
    if _DOTTED.search(text):
        return _between_dots([chunk for part in _DOTS.split(text) for chunk in _by_gaps(part)])
    for chunk in filter(None, map(str.strip, _TABS.split(text))):
        is_new = _begins(chunk) or (knows(chunk) and pieces and not _is_open(pieces[-1]))
        if pieces and not is_new:
            pieces[-1] = f"{pieces[-1]}{TURN if _is_bare(pieces[-1]) else ' '}{chunk}"
        else:
            pieces.append(chunk)
    return [one for piece in pieces for one in _parted(piece)]


def _by_gaps(part: str) -> list[str]:
    """Return the parts of what stands between dots, of which each but the first begins with a question."""
    found: list[str] = []
    for chunk in _TABS.split(part):
        if found and not _begins(chunk.strip()):
            found[-1] = f"{found[-1]} {chunk}"
        else:
            found.append(chunk)
    return found


def _between_dots(parts: Sequence[str]) -> list[str]:
    """Return the questions of a line with what was typed on the dots after each."""
    pieces: list[str] = []
    is_asked = False
    told = list(filter(str.strip, parts))
    if all(_is_answered(part) for part in told) and len(told) > 1:
        return [" ".join(part.split()) for part in told]
    if len(told) == 1:
        is_short = len(told[0].split()) <= _MOST_WORDS // 2
        is_asking = (is_short and knows(told[0])) or is_numbered(told[0]) or plain_end(told[0]) in ("?", ":")
        return [f"{told[0].strip()}{TURN}" if is_asking else told[0].strip()]
    for part in told:
        is_own = _is_answered(part) and knows(part.partition(":")[0])
        if is_asked and not is_own and plain_end(part) != ":" and (len(told) == _FEW or not knows(part)):
            pieces[-1] = f"{pieces[-1]}{TURN}{part.strip().lstrip('. ')}"
            is_asked = False
        else:
            pieces.append(part.strip())
            is_asked = True
    return pieces


def _is_answered(text: str) -> bool:
    """Say whether a text has both a question, with its colon, and an answer."""
    found = ASKED.match(text.strip())
    return (
        found is not None
        and found["end"][0] in ":?"
        and _begins(text.strip())
        and bool(found["rest"].strip())
    )


def _begins(chunk: str) -> bool:
    found = ASKED.match(chunk)
    return (
        found is not None
        and (found["end"][0] in f":?{TURN}" or is_dotted(found["end"]))
        and len(found["question"].split()) <= _MOST_WORDS
        and not OPTIONS.fullmatch(written(chunk))
    )


def _is_open(piece: str) -> bool:
    """Say whether a question has no answer yet."""
    asked, _, answer = piece.partition(TURN)
    return not answer.strip() and (plain_end(asked) in ("?", ":") or knows(asked))


def _is_bare(piece: str) -> bool:
    """Say whether a piece is a question that nothing but a space parts from its answer."""
    is_told = plain_end(piece) in ("?", ":") or TURN in piece or has_box(piece)
    return not is_told and (knows(piece) or is_numbered(piece))


def _parted(piece: str) -> Iterator[str]:
    """Yield a line's questions where each is known, though only a space parts them.

    What stands before the first, more than a space apart, goes on with what is above.
    """
    start = 0
    for found in _LABEL_WITHIN.finditer(piece):
        before = piece[start : found.start()]
        if (":" in before or before[-1:].isspace()) and before.strip() and knows(found[1]):
            yield piece[start : found.start()]
            start = found.end()
    yield piece[start:]


def boxed(text: str) -> tuple[str, str] | None:
    """Return a question that ends where the boxes to tick begin, and those; None where none does."""
    at = next((at for at, letter in enumerate(text) if letter in (TICKED, UNTICKED)), 0)
    printed = None if at else _PRINTED.search(text)
    question = text[: printed.start()] if printed else text[:at]
    if yes := _YES_AT_END.search(question.rstrip()):
        question = question[: yes.start()]
    is_asking = knows(question) or is_numbered(question) or len(question.split()) > _FEW
    return (question, text[len(question) :]) if question.strip() and is_asking else None


def counted(text: str) -> tuple[str, str] | None:
    """Return a question that only a space parts from its amount or day, and that; None for any other text."""
    found = _COUNTED.fullmatch(text)
    return (found[1], found[2]) if found and knows(found[1]) else None


def is_answered(piece: Paragraph) -> bool:
    """Say whether a text has its answer, though other forms have it too: boxes, or words after a question.

    What is slanted only guides, though it asks, and what is bold to its end is a title.
    """
    text = piece.text
    found = ASKED.match(text)
    rest = written(found["rest"]) if found else text
    asks = found is not None and not {"b", "i"}.intersection(piece.style) and knows(found["question"])
    return asks or bool(OPTIONS.fullmatch(written(rest))) or has_box(text) or bool(one_of(text))


def is_signed(text: str) -> bool:
    """Say whether a line is a name, and perhaps a day, after what only signs: "Signed A Keeper"."""
    return bool(_SIGNED.match(text))


def is_on_dots(text: str) -> bool:
    """Say whether a line is what was typed on dots alone, and asks nothing: "....Far Lane.....".

    So may the second line of an address be.
    """
    return bool(_ON_DOTS.fullmatch(text))


def is_dotted(end: str) -> bool:
    return end[:1] in "._…"
