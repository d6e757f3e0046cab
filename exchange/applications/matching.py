"""Which field a heading can be, by its words."""

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from exchange.applications.headings import (
    MERE_RESPONSE,
    MONEY_MATTERS,
    MOST_READ,
    OTHER_MATTERS,
    RULES,
    SECTION,
    WORDS,
    Option,
    collapsed,
    either_side,
    parted,
    plainly_hyphened,
    question_of,
    words_of,
)
from models.values.applications import FIELDS

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z0-9])")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_FIRST = WORDS["first line"]
_LATER = WORDS["later line"]
_COUNTY = frozenset({"county", "sir"})
_BESIDE = WORDS["beside address"]
_OF_ADDRESS = WORDS["of address"]
_NUMBERS = frozenset({"1", "2", "3", "4", "5"})
_FEWEST = 2


def is_later_line(heading: str) -> bool:
    """Say whether a heading asks for a line of an address that is not its first: "Address line 2", "Town"."""
    tokens = _tokens(heading)
    return _is_line(heading, tokens) and not _is_first(tokens)


def may_be_area(heading: str) -> bool:
    """Say whether a line of an address, where it stands without one, can be an area: in Wales a county is."""
    return not _COUNTY.isdisjoint(_tokens(heading))


def lines_of(headings: Sequence[str], main: int | None) -> tuple[int, ...]:
    """Return where the lines of one address stand, in their order, the one at `main` among them.

    Without a `main` the leftmost run that has a first line and another is the address; () without one.
    """
    starts = range(len(headings)) if main is None else (main,)
    for start in starts:
        tokens = _tokens(headings[start])
        if main is None and not (_is_line(headings[start], tokens) and _is_first(tokens)):
            continue
        run = _run(headings, start, own=tokens)
        if main is not None or len(run) >= _FEWEST:
            return run
    return ()


def _run(headings: Sequence[str], start: int, own: frozenset[str]) -> tuple[int, ...]:
    if not OTHER_MATTERS.isdisjoint(words_of(headings[start])):
        return (start,)
    found = [start]
    for step in (-1, 1):
        index = start + step
        while 0 <= index < len(headings):
            tokens = _tokens(headings[index])
            if _is_line(headings[index], tokens, own):
                found.append(index)
            elif step < 0 or not tokens & _BESIDE or not tokens <= _BESIDE | _OF_ADDRESS | _LATER | own:
                break
            index += step
    return tuple(sorted(found))


def _is_line(heading: str, tokens: frozenset[str], own: frozenset[str] = frozenset()) -> bool:
    """Say whether a heading is of a line of an address and, beside `own`, of nothing else."""
    if ("?" in heading and not own) or not OTHER_MATTERS.isdisjoint(words_of(heading)):
        return False
    is_numbered = bool(tokens & {"line", "address"}) and bool(tokens & _NUMBERS)
    return (
        is_numbered or bool(tokens & (_FIRST | _LATER))
    ) and tokens <= _FIRST | _LATER | _OF_ADDRESS | _NUMBERS | own


def _is_first(tokens: frozenset[str]) -> bool:
    if tokens & _NUMBERS:
        return "1" in tokens
    return bool(tokens & _FIRST) and not tokens & _LATER


def _tokens(heading: str) -> frozenset[str]:
    text = (
        _CAMEL.sub(" ", heading[:MOST_READ].replace("_", " "))
        .casefold()
        .replace("’", "'")
        .replace("'s ", " ")
    )
    return frozenset(_WORD.findall(text))


_GIVEN = frozenset({"first", "given", "forename", "forenames"})
_LAST = frozenset({"last", "family", "surname"})
_FIRST_NAME = re.compile(
    r"\b(?:first|given) name|name (?:first|given)\b|forename|contact first$|^name(?: \w+){0,5} first$"
)
_LAST_NAME = re.compile(
    r"\b(?:last|family) name|name (?:last|family)\b|surname|contact last$|^name(?: \w+){0,5} last$"
)


class NameHalf(Struct, frozen=True):
    """Half a person's name: the first or the last, and of whom, by the words around it."""

    is_first: bool
    whose: frozenset[str]


def name_half(heading: str) -> NameHalf | None:
    """Return which half of a name a heading asks for, None for a whole name and for anything else."""
    words = words_of(heading)
    text, found = " ".join(words), frozenset(words)
    is_first = bool(_FIRST_NAME.search(text)) and _LAST.isdisjoint(found)
    is_last = bool(_LAST_NAME.search(text)) and _GIVEN.isdisjoint(found)
    if is_first == is_last:
        return None
    return NameHalf(is_first, found - _GIVEN - _LAST - SECTION - {"name"})


def pair_of(headings: Sequence[str]) -> tuple[int, int] | None:
    """Return where the leftmost first name stands and the last name of the same person, or None.

    Referees, treasurers and second contacts are nobody's main contact.
    """
    halves = [(index, half) for index, text in enumerate(headings) if (half := name_half(text))]
    for first, half in halves:
        if not half.is_first or not OTHER_MATTERS.isdisjoint(half.whose):
            continue
        for last, other in halves:
            if not other.is_first and other.whose == half.whose:
                return first, last
    return None


LONGEST_HEADING = 400
_OWN_NAMES = {form: name for name in FIELDS for form in (name, name.replace("_", " "))}
_BRACKETS = re.compile(r"\(([^()]*)\)")
_NOTE = re.compile(r"\s*(?:we|this is|these are|you can|you may|please)\b", re.IGNORECASE)
"""How words in brackets begin that say something about the question, and are not another matter."""
_GRID_ITEM = re.compile(r"^(.*)\[([^\[\]]+)\]\s*$", re.DOTALL)
_PARTS = re.compile(r"\s[-–—>|]\s|:\s|:(?=[A-Z])")
_QUESTION_CODE = re.compile(r"(?:qid|sq|q|question)?\s?\d+(?:[_.]\d+)*(?:_text|_other)?", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:fy ?)?20\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?\b", re.IGNORECASE)
_TOOLS_OWN_NUMBER = re.compile(r"\w_id", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[?.!])\s+|\n+")
_LINE_END = re.compile(r"[ \t]*\n[ \t]*")
_LEADS_ON = re.compile(
    r"(?:^|\s)(?:of|for|to|and|or|in|on|at|by|from|with|the|a|your|our|is|are|[-–&/])$", re.I
)
_POUNDS = re.compile(r"[^\d£]*(?:£|\bgbp\b|\bpounds\b)\D*", re.IGNORECASE)
"""A heading in pounds; one with figures may be an amount itself."""
_NUMBERED = re.compile(r"^(?:q|question )?\d{1,2}\s?[.):-]\s*", re.IGNORECASE)
_ONLY_IF = re.compile(r"(?:^|[.):–—-]\s*)((?:if|where|when|should)\b[^,?]*),\s*(?=\w)", re.IGNORECASE)
_FOLLOWS_ON = WORDS["follows on"]
_CHOOSING = WORDS["choosing"]


@lru_cache(maxsize=8192)
def options(upper: str, lower: str) -> tuple[Option, ...]:
    """Return the fields a heading can be, the likeliest first; `upper` is "" for a heading of one row."""
    upper, lower = plainly_hyphened(collapsed(upper)), question_of(plainly_hyphened(lower).strip())
    if len(upper) + len(lower) > LONGEST_HEADING:
        return ()
    if not lower or lower.casefold() in MERE_RESPONSE or upper == lower:
        upper, lower = "", lower if upper == "" else upper
    upper = "" if _QUESTION_CODE.fullmatch(upper) else upper
    if not upper and (own := _OWN_NAMES.get(collapsed(lower).casefold())):
        return (Option(own, sure=True),)
    never = never_of(lower)
    found: dict[str, bool] = {}
    for words, only_sure in _readings(upper, lower):
        for option in _fitting(frozenset(words)):
            if option.field != never and (option.sure or not only_sure):
                found[option.field] = found.get(option.field, False) or option.sure
        if any(found.values()):
            break
    if not found and OTHER_MATTERS.isdisjoint(words_of(upper)):
        return tuple(option for option in either_side(lower, _of_part) if option.field != never)
    return tuple(Option(field, sure) for sure in (True, False) for field in found if found[field] is sure)


def never_of(heading: str) -> str:
    """Name the field that a heading cannot be, "" for none: half a name is nobody, a town no address."""
    if name_half(heading):
        return "contact_name"
    if is_later_line(_NUMBERED.sub("", heading)):
        return "address"
    name = heading if " " in heading else parted(heading).replace(" ", "_")
    return "reference" if _TOOLS_OWN_NUMBER.search(name[-4:]) else ""


def _of_part(part: str) -> tuple[Option, ...]:
    """Return the fields that one side of a heading with two can be by itself."""
    if never_of(part):
        return ()
    words = frozenset(words_of(part))
    return _fitting(words) or (_fitting(words | {"amount"}) if _POUNDS.fullmatch(part) else ())


@lru_cache(maxsize=8192)
def _fitting(words: frozenset[str]) -> tuple[Option, ...]:
    """Return the first sure field that fits, else every field that may."""
    fitting = [rule for rule in RULES if rule.fits(words)] if words else []
    for rule in fitting:
        if rule.sure:
            return (Option(rule.field, sure=True),)
    return tuple(Option(rule.field, sure=False) for rule in fitting)


def _readings(upper: str, lower: str) -> list[tuple[tuple[str, ...], bool]]:
    """Return the ways to read a heading, the likeliest first, each with whether only a sure fit counts."""
    if upper:
        return _two_part_readings(words_of(upper), lower)
    lower = _unwrapped(lower)
    ways = [(words_of(lower), False)]
    if _POUNDS.fullmatch(_NUMBERED.sub("", lower)):
        ways.append(((*ways[0][0], "amount"), False))
    if not _CHOOSING.isdisjoint(ways[0][0]):
        ways.append((tuple(word for word in ways[0][0] if word not in _CHOOSING), False))
    if clause := _ONLY_IF.search(lower):
        ways.extend(_after_condition(clause[1], lower[clause.end() :]))
    if "(" in lower and not _says_other_matter(lower):
        ways.append((words_of(_BRACKETS.sub(" ", lower)), False))
    if _YEAR.search(lower):
        ways.append((words_of(_YEAR.sub(" ", lower)), True))
    sentences = _SENTENCE.split(lower)
    if len(sentences) > 1:
        ways.append((words_of(sentences[0]), False))
        ways.extend(_last_part(words_of(" ".join(sentences[:-1])), sentences[-1]))
    if grid := _GRID_ITEM.match(lower):
        ways.extend(_two_part_readings(words_of(grid[1]), grid[2]))
    elif len(parts := _PARTS.split(lower)) > 1:
        ways.extend(_two_part_readings(words_of(" ".join(parts[:-1])), parts[-1]))
    return ways


def last_part(heading: str) -> str:
    """Return what a heading is of within its group: "Start date" of "Project - Start date"."""
    return _PARTS.split(heading)[-1]


def _unwrapped(text: str) -> str:
    """Join the lines of a heading that was only wrapped: another matter begins with a capital."""
    joined = ""
    for line in filter(None, _LINE_END.split(text)):
        is_new = joined[-1:] in "?.:!)" or (
            len(joined.rsplit("\n", 1)[-1].split()) > 1
            and not line[0].islower()
            and not _LEADS_ON.search(joined)
        )
        joined += f"\n{line}" if is_new and joined else f" {line}"
    return joined.strip()


def _after_condition(clause: str, rest: str) -> list[tuple[tuple[str, ...], bool]]:
    """Return how a question reads after "If you are a charity,"; one that follows another is not known."""
    before = words_of(clause)[1:]
    return [] if _FOLLOWS_ON.intersection(before) else _last_part(before, rest, only_sure=True)


def _two_part_readings(before: tuple[str, ...], lower: str) -> list[tuple[tuple[str, ...], bool]]:
    context = tuple(word for word in before if word not in SECTION)
    return [
        *_last_part(before, lower, only_sure=True),
        (context + words_of(lower), False),
        *_last_part(before, lower),
    ]


def _last_part(
    before: tuple[str, ...], last: str, *, only_sure: bool = False
) -> list[tuple[tuple[str, ...], bool]]:
    """Return the last part read alone, unless what goes before is about something else."""
    if OTHER_MATTERS.intersection(before):
        return []
    return [(words_of(last), only_sure or not MONEY_MATTERS.isdisjoint(before))]


def _says_other_matter(text: str) -> bool:
    """Say whether brackets change what a heading means; those with a figure only set a limit."""
    found = (part for part in _BRACKETS.findall(text) if not _NOTE.match(part))
    inside = [part for part in found if not any(c.isdigit() for c in part)]
    return any((OTHER_MATTERS | MONEY_MATTERS) & set(words_of(part)) for part in inside)
