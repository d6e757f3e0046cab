"""Our own form read by what is printed on it: what stands between two of its questions answers the first.

A form of ours that was printed, typed over or saved by another program lost its controls and fields, and
still prints its code and its questions. Both are in the record, so no question is known by likeness.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from exchange.application_forms.blocks import FIELD, SIGNS, TICKED, OwnAnswer, OwnForm, Paragraph
from exchange.application_forms.own import BELOW, TICKED_SAYS, chosen, without_prompt
from models.papers.form_signs import CODE_LABEL, CODE_NOTE, DAY_HINT
from models.values.form_questions import AskedForm, FormQuestion

_WHOLE, _BEGUN, _STANDS_OUT, _HINTED = 8, 2, 1, 4
"""How sure a place is of a question: it says that alone, or begins so; it is bold; its hint follows."""
_FEWEST = 0.8
"""What share of its questions a form has at the least."""
_TYPED_TICKS = ("x", "v", "y", "yes")
_PAGE = re.compile(r"Page \d+ of \d+")
_AROUND = 4
"""How many lines the foot of a page and the head of the next have at most, before and after its number."""
_UNSEEN = str.maketrans("", "", SIGNS)
_GAPS = re.compile(r"[ \t\u2007\u00a0]+")


def printed_form(paragraphs: Sequence[Paragraph], known: Iterable[AskedForm]) -> OwnForm | None:
    """Return the answers of a form whose code is printed; None where no form that is known is."""
    lines = [_Line(one.text, bare(one.text), one.stands_out) for one in paragraphs if one.text.strip()]
    form = next((one for one in known if any(bare(one.code) in line.bare for line in lines)), None)
    return None if form is None else _read(_without_page_ends(lines), form)


def _without_page_ends(lines: Sequence["_Line"]) -> list["_Line"]:
    """Return lines without the foot and the head of pages, which unpacking a PDF puts among them."""
    ends = [at for at, line in enumerate(lines) if _PAGE.fullmatch(line.text.strip())]
    around = {at: range(max(at - _AROUND, 0), min(at + _AROUND + 1, len(lines))) for at in ends}
    near = Counter(text for places in around.values() for text in {lines[at].bare for at in places})
    dropped = {
        at
        for places in around.values()
        for at in places
        if near[lines[at].bare] >= max(2, len(ends) - 1) or at in around
    }
    return [line for at, line in enumerate(lines) if at not in dropped]


def bare(text: str) -> str:
    """Return the letters and digits of a text, by which what is printed is compared."""
    return "".join(filter(str.isalnum, text.casefold()))


class _Line(NamedTuple):
    """A paragraph, its letters and digits, and whether it looks like a question."""

    text: str
    bare: str
    stands_out: bool


class _Place(NamedTuple):
    """Where a question is printed: the lines from `start` to before `end`, of which `rest` is typed text."""

    question: int
    start: int
    end: int
    weight: int
    rest: str = ""


def _read(lines: Sequence[_Line], form: AskedForm) -> OwnForm | None:
    questions = (*form.questions, FormQuestion("", CODE_LABEL, "code", CODE_NOTE.format(form.code)))
    places = _in_order(sorted(_places(lines, questions), key=lambda one: (one.start, one.question)))
    if len(places) < _FEWEST * len(questions) or places[-1].question != len(questions) - 1:
        return None
    headings = {bare(part.heading) for part in form.parts}
    found: dict[int, str] = {}
    for place, after in pairwise(places):
        own = [place.rest, *(line.text for line in lines[place.end : after.start])]
        asked = questions[place.question]
        given = _without_ends(_without_begin(own, _hints(asked)), headings)
        is_agreed = asked.kind == "agree" and _is_ticked(lines[place.start].text, asked.label)
        found[place.question] = _answer(asked, given, is_agreed=is_agreed)
    answers = (OwnAnswer(one.label, one.name, found.get(at, "")) for at, one in enumerate(form.questions))
    below = _without_begin([line.text for line in lines[places[-1].end :]], _hints(questions[-1]))
    left = (text for text in map(_plain, below) if bare(text) != bare(form.code) and not BELOW.match(text))
    return OwnForm(form.code, tuple(answers), "\n".join(left))


def _hints(asked: FormQuestion) -> list[str]:
    return [text for text in (asked.hint, DAY_HINT if asked.kind == "day" else "") if text]


def _places(lines: Sequence[_Line], questions: Sequence[FormQuestion]) -> Iterator[_Place]:
    """Yield wherever a question may be printed, on one line or over several."""
    for at, asked in enumerate(questions):
        label, hint = bare(asked.label), "".join(map(bare, _hints(asked)))
        for start, line in enumerate(lines):
            begins = _without_tick(line.bare, label) if asked.kind == "agree" else line.bare
            end = start + 1
            while begins and len(begins) < len(label) and label.startswith(begins) and end < len(lines):
                begins, end = begins + lines[end].bare, end + 1
            if not begins.startswith(label):
                continue
            typed = len(begins) - len(label)
            follows = "".join(one.bare for one in lines[end : end + 3])
            is_hinted = bool(hint) and f"{begins[len(label) :]}{follows}".startswith(hint)
            weight = (_BEGUN if typed else _WHOLE) + _STANDS_OUT * line.stands_out + _HINTED * is_hinted
            rest = _last_letters(lines[end - 1].text, typed) if asked.kind != "agree" else ""
            yield _Place(at, start, end, weight, rest)


def _without_tick(text: str, label: str) -> str:
    """Return the letters of a line without those of a tick that was typed before its words."""
    return next((text[len(tick) :] for tick in _TYPED_TICKS if text == f"{tick}{label}"), text)


def _in_order(places: Sequence[_Place]) -> list[_Place]:
    """Return the places that follow one another as the questions do, of those the surest together."""
    best: list[tuple[int, int | None]] = []
    for at, place in enumerate(places):
        before = max(
            (
                (best[other][0], other)
                for other, one in enumerate(places[:at])
                if one.question < place.question and one.end <= place.start
            ),
            default=(0, None),
        )
        best.append((before[0] + place.weight, before[1]))
    found: list[_Place] = []
    last = max(range(len(best)), key=lambda at: best[at][0], default=None)
    while last is not None:
        found.append(places[last])
        last = best[last][1]
    return found[::-1]


def _last_letters(text: str, count: int) -> str:
    """Return the end of a text that has so many letters and digits, with the signs among them."""
    if not count:
        return ""
    places = [at for at, letter in enumerate(text) if bare(letter)]
    return text[places[-count] :] if count <= len(places) else text


def _without_begin(texts: Sequence[str], printed: Iterable[str]) -> list[str]:
    """Return texts without what is printed at their beginning, on one line or over several."""
    left = list(filter(None, texts))
    for hint in map(bare, printed):
        begins, end = "", 0
        while end < len(left) and len(begins) < len(hint) and hint.startswith(begins):
            begins, end = begins + bare(left[end]), end + 1
        if end and begins.startswith(hint):
            typed = _last_letters(left[end - 1], len(begins) - len(hint))
            left[:end] = [typed] if typed else []
    return left


def _without_ends(texts: Sequence[str], printed: Iterable[str]) -> list[str]:
    """Return texts without the heading of the next part, which is printed at their end."""
    left = list(texts)
    for size in range(min(len(left), 4), 0, -1):
        if "".join(map(bare, left[-size:])) in printed:
            return _without_ends(left[:-size], printed)
    return left


def _answer(asked: FormQuestion, texts: Sequence[str], *, is_agreed: bool) -> str:
    if asked.kind == "agree":
        return TICKED_SAYS * (is_agreed or any(_is_ticked(text, "") for text in texts))
    if asked.kind == "ticks":
        return _ticked(texts, asked.choices)
    return "\n".join(filter(None, (without_prompt(_plain(text)) for text in _once(texts))))


def _once(texts: Sequence[str]) -> Sequence[str]:
    """Return what a field holds alone, where the page shows the same: a program may draw it beside."""
    for at, text in enumerate(texts):
        others = (*texts[:at], *texts[at + 1 :])
        if FIELD in text and bare(text) and bare(text) == "".join(map(bare, others)):
            return [text]
    return texts


def _ticked(texts: Sequence[str], choices: Sequence[str]) -> str:
    """Return the choices with a tick on their line, or alone above it, and what else was typed."""
    told, at, is_ticked = list[str](), 0, False
    while at < len(texts):
        words, end = _choice_at(texts, at, choices)
        line = " ".join(texts[at:end])
        is_ticked |= _is_ticked(line, words)
        if words:
            told += [words] * is_ticked
            is_ticked = False
        elif bare(line) not in ("", *_TYPED_TICKS):
            told.append(_plain(line))
            is_ticked = False
        at = end
    return chosen(told)


def _choice_at(texts: Sequence[str], at: int, choices: Sequence[str]) -> tuple[str, int]:
    """Return the choice that is printed on a line, or over some, "" for none, and where it ends."""
    for end in range(at + 1, min(at + 4, len(texts)) + 1):
        line = bare("".join(texts[at:end]))
        for words in choices:
            sides = (line.removesuffix(bare(words)), line.removeprefix(bare(words)))
            if any(side != line and side in ("", *_TYPED_TICKS) for side in sides):
                return words, end
    return "", at + 1


def _is_ticked(line: str, words: str) -> bool:
    """Say whether a line has a tick, drawn or typed, beside the words of a choice."""
    typed = bare(line).removesuffix(bare(words)) if words else bare(line)
    return TICKED in line or typed in _TYPED_TICKS or typed.removeprefix(bare(words)) in _TYPED_TICKS


def _plain(text: str) -> str:
    """Return the words of a paragraph without signs and wide gaps."""
    lines = text.translate(_UNSEEN).split("\n")
    return "\n".join(_GAPS.sub(" ", line).strip() for line in lines).strip()
