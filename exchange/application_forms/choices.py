"""What was answered by ticks, strokes and marks, and what words are left without the form's own dots."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

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
    Paragraph,
)
from exchange.application_forms.labels import OPTIONS, PROMPT, is_guidance

_BOX = re.compile(f"[{TICKED}{UNTICKED}]")
_BEHIND_UNTICKED = re.compile(rf"{UNTICKED}[^{TICKED}{UNTICKED}{FIELD}]*{FIELD}\s*[^\s{END}]")
_DOTS = re.compile(r"\.{4,}|_{2,}|(?<=\s)_(?=\s|$)|…{2,}|(?:\.[ \t]){3,}\.?|-{5,}")
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
_APART = re.compile(rf" {{2,}}|[\t\n\u2003{TURN}]+")
_MOST_OF_OPTION, _FEWEST_OPTIONS = 6, 3
_MARK_BESIDE = re.compile(rf"^_*[xX{TICKED}]_*\s+(?=\S)|(?<=\S)\s+_*[xX{TICKED}]_*$")
_AS_WISHED = re.compile(r"\(?(?:please )?(?:delete|circle|tick|strike)[^)\n]*\)?|\*", re.IGNORECASE)
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


def _with_typed_marks(text: str) -> str:
    """Return a printed yes and no between which a mark is typed with boxes as signs: "Yes __ No _X_"."""
    printed = _MARKED_CHOICE.match(text)
    if printed is None or not _TYPED_MARK.search(printed[0]):
        return text
    return _TYPED_GAP.sub(UNTICKED, _TYPED_MARK.sub(TICKED, printed[0])) + text[printed.end() :]


def one_of(text: str) -> str | None:
    """Return the one of several printed options that alone has a mark, or alone stands out; None for none."""
    text = _ONE_MARKED.sub(" ", text)
    options = [one for part in _APART.split(text) if (one := part.strip(f" ;,/|{TURN}"))]
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


def written(text: str) -> str:
    """Return a text without signs, struck words and the dots of a line to write on."""
    if STRUCK in text:
        text = _STRUCK.sub("", text)
    text = _DOTS.sub(" ", _ALL_SIGNS.sub("", text.replace(TURN, " ")))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    found = "\n".join(lines).strip().strip("…")
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
