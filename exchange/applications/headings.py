"""The words of a heading, free of case and numbering, and the fields they may name (guide, importing 3)."""

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from msgspec import Struct

import resources
from scoring.written.text import word_set


def table_lines(text: str) -> list[str]:
    """Return the lines of a table without its comments; one that goes on is indented there."""
    lines = text.replace("\n    ", " ").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _sets(table: str) -> dict[str, frozenset[str]]:
    """Return the sets of words of a table by their names."""
    pairs = (line.partition(": ") for line in table_lines(resources.text(table)))
    return {name: frozenset(said.split(", " if ", " in said else None)) for name, _, said in pairs}


WORDS = _sets("forms/words.txt")
"""The sets of words that rules go by, each described there."""

_TABLES = "forms/examples.txt", "forms/headings.txt", "forms/long-questions.txt"
_LOWER_WORD = re.compile(r"[a-z]+")
_MAKERS = re.compile(r"^(?=\S+$)[a-z]*\d[a-z0-9]*_(?=[A-Za-z]{3})")
"""What a database puts before each name to say whose it is."""
_LETTERS = re.compile(r"[A-Za-z]+")
_SHORTEST, _LONGEST, _FEWEST_LETTERS = 8, 60, 2
_OF_ONE_THING = frozenset({"by", "of", "on", "or", "to", "in", "is", "at", "an", "we", "us", "no", "id"})
"""Words of two letters; others of two are more often the end of a longer word."""


@cache
def _vocabulary() -> frozenset[str]:
    words = {word for table in _TABLES for word in _LOWER_WORD.findall(resources.text(table).casefold())}
    return frozenset(word for word in words if len(word) > _FEWEST_LETTERS) | _OF_ONE_THING


def parted(text: str) -> str:
    """Return a name without spaces with its known words parted, any other text as it is.

    >>> parted("cr5a2_hasbankaccount")
    'has bank account'
    """
    if any(map(str.isspace, text)) or len(text) < _SHORTEST:
        return text
    return _LETTERS.sub(_words, _MAKERS.sub("", text))


def _words(found: re.Match[str]) -> str:
    """Return letters as the fewest known words they are made of, or as they are."""
    letters = found[0]
    is_one = letters.casefold() in _vocabulary() or not _SHORTEST <= len(letters) <= _LONGEST
    return letters if is_one or not letters[1:].islower() else " ".join(_fewest(letters) or (letters,))


@lru_cache(maxsize=2048)
def _fewest(letters: str) -> tuple[str, ...]:
    """Return the fewest known words that letters are made of, () where they are not."""
    known = _vocabulary()
    best: list[tuple[str, ...] | None] = [(), *[None] * len(letters)]
    for end in range(1, len(letters) + 1):
        ways = [
            (*before, letters[start:end])
            for start in range(end)
            if (before := best[start]) is not None and letters[start:end].casefold() in known
        ]
        best[end] = min(ways, key=len, default=None)
    return best[-1] or ()


_SPACES = re.compile(r"\s+")


def _rewritten(part: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what a part of the table of rewritings seeks, and what takes its place."""
    below = resources.text("forms/rewritten.txt").partition(f"\n{part}\n")[2]
    pairs = (line.partition(" => ") for line in below.partition("\n\n")[0].splitlines())
    return tuple((re.compile(sought), by.strip('"')) for sought, _, by in pairs)


_AS_TYPED, _IN_SMALL_LETTERS, _AT_LAST = map(_rewritten, ("as typed", "in small letters", "at last"))
_NUMBERING = _AS_TYPED[-2][0]
"""The number before a question: "1.2", "Q7.", "Section B:"."""
_SECTION_BEFORE = re.compile(r"^[^?]{1,80}?[.:]\s+(?=\d{1,2}\.\d{1,2}\.?\s)")
_ABOUT_BEFORE = re.compile(
    r"^\W*(?:about you|(?:about )?(?:your|the) (?:organisation|group|project|service))\s*[/>]\s+(?=\S)",
    re.IGNORECASE,
)
_CODE_BEFORE = re.compile(r"^[a-z][a-z0-9_]*\.\s+(?=[A-Z])")
_YES_NO = re.compile(r"(?:is|are|do|does|did|have|has|had|will|can|was|were|would|should)\b")
_ASKS_YES_NO = re.compile(r"\b(?:y\s?/\s?n|yes\s?/\s?no|yes (?:or )?no)\b")
_WORD = re.compile(r"[a-z0-9]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2043\u2212\ufe58\ufe63\uff0d", "-"))
"""Signs that a word processor puts where a keyboard has a hyphen."""

_SAME_WORDS = {word: kept for kept, words in _sets("forms/same-words.txt").items() for word in words}
_IDLE = WORDS["idle"]


MOST_READ = 2_000
"""Characters of a heading whose words are read; none that is a field's is nearly as long."""
_SPAN = re.compile(
    r"\W*(?P<of>date|project|activity|delivery)?\W*\b(?:(?P<from>from)|to|until)(?:\W+date)?\W*"
)
"""The headings of the two ends of a time, which are else words without a meaning of their own."""
_YES_NO_WORDS = frozenset({"yes", "y", "n"})


def collapsed(text: str) -> str:
    """Return a heading as it stands in JSON: spaces and line breaks collapsed, ends trimmed."""
    return _SPACES.sub(" ", text).strip()


def question_of(heading: str) -> str:
    """Return a question without its section's title or its code: "Section 1: You. 1.1 Name", "name. Name"."""
    return _CODE_BEFORE.sub("", _SECTION_BEFORE.sub("", _ABOUT_BEFORE.sub("", heading)))


def plainly_hyphened(text: str) -> str:
    """Return a heading with the keyboard's hyphen for those of word processors, and nothing unseen in it."""
    return _UNSEEN.sub("", text).translate(_HYPHENS)


def is_asked(heading: str) -> bool:
    """Say whether a heading is a question of the form, numbered or not, and no note of the form tool."""
    return "?" in heading or _NUMBERING.match(heading) is not None


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words that carry the meaning of a heading; "yesno" first when it asks for yes or no.

    >>> words_of("Q7. How much are you asking for? (£)")
    ('howmuch', 'asking')
    """
    plain = _rewrite(_AS_TYPED, parted(plainly_hyphened(text[:MOST_READ])))
    plain = _rewrite(_IN_SMALL_LETTERS, plain.casefold().replace("’", "'"))
    if span := _SPAN.fullmatch(plain):
        plain = f"{span['of'] or ''} {'start' if span['from'] else 'end'} date"
    plain = _rewrite(_AT_LAST, plain)
    asks = _YES_NO.match(plain.strip()) or _ASKS_YES_NO.search(plain)
    words = (_SAME_WORDS.get(word, word) for word in _WORD.findall(_ASKS_YES_NO.sub(" ", plain)))
    kept = tuple(word for word in words if word not in _IDLE)
    return ("yesno", *(word for word in kept if word not in _YES_NO_WORDS)) if asks else kept


def _rewrite(by: Iterable[tuple[re.Pattern[str], str]], text: str) -> str:
    for sought, said in by:
        text = sought.sub(said, text)
    return text


SECTION = WORDS["section"]
OTHER_MATTERS = WORDS["other matters"]
OF_OTHERS = WORDS["of others"]
MONEY_MATTERS = WORDS["money matters"]
MERE_RESPONSE = WORDS["mere response"]
SURVEY_TOOL = WORDS["survey tool"]
SUBHEADINGS = WORDS["subheadings"]
GROUP_HEADINGS = WORDS["group headings"]


class Rule(Struct, frozen=True):
    """A way of calling a field; one that is not `sure` counts only where nothing surer is found.

    It needs a word of each of these; where any is `allowed`, and not those alone, some may `never` be there.
    """

    field: str
    needs: tuple[frozenset[str], ...]
    allowed: frozenset[str] | None = None
    sure: bool = False
    never: frozenset[str] = frozenset()

    def fits(self, words: frozenset[str]) -> bool:
        """Whether these words, and no others, may call the field so."""
        is_free = self.never.isdisjoint(words) if self.allowed is None else words <= self.allowed
        return is_free and all(need & words for need in self.needs)


_GROUPS = {name.upper().replace(" ", "_"): " ".join(sorted(words)) for name, words in WORDS.items()}
"""Words that go together in many rules, named in braces there."""

_TABLE = "forms/headings.txt"
"""One rule a line: the field ("?" when not sure), a word of each of these, and other words allowed."""


def _rule(line: str) -> Rule:
    field, needs, allowed = (part.strip() for part in f"{line}||".split("|")[:3])
    choices = tuple(map(word_set, needs.split("+")))
    words = word_set(allowed).union(*choices)
    return Rule(field.removesuffix("?"), choices, words, sure=not field.endswith("?"))


RULES = tuple(map(_rule, table_lines(resources.text(_TABLE).format_map(_GROUPS))))
"""Every way of calling a field, the surest and most particular first."""


_LONGEST_QUESTION = 1000


_LOOSE_GROUPS = {
    "OTHERS": " ".join(sorted(OTHER_MATTERS - {"if"})),
    "OTHERS_THAN_LAST": " ".join(
        sorted(OTHER_MATTERS - {"previous", "previously", "past", "last", "existing", "if", "awarded"})
    ),
}
"""Words that go together in many rules, named in braces there."""

_LOOSE_TABLE = "forms/long-questions.txt"
"""One rule a line: the field, a word of each of these, and words that must not be there."""


def _loose_rule(line: str) -> Rule:
    field, needs, never = (part.strip() for part in line.split("|"))
    return Rule(field, tuple(map(word_set, needs.split("+"))), never=word_set(never))


_RULES = tuple(map(_loose_rule, table_lines(resources.text(_LOOSE_TABLE).format_map(_LOOSE_GROUPS))))


@lru_cache(maxsize=4096)
def subjects(heading: str) -> frozenset[str]:
    """Return the fields that a question can be about."""
    words = frozenset(words_of(question_of(heading))) if len(heading) <= _LONGEST_QUESTION else frozenset()
    return frozenset(rule.field for rule in _RULES if rule.fits(words))


class Option(Struct, frozen=True):
    """A field that a heading can be; one that is not sure counts only where nothing surer is found."""

    field: str
    sure: bool


Found = tuple[Option, ...]

_SIDES = re.compile(r"\s*[/|\n\r·•]+\s*|\s[-–—]\s|\s*[()\[\]]\s*")
_CHOICES = re.compile(r"\([^()]*[/,][^()]*\)|\([^()]*\betc\b[^()]*\)")
"""A list of answers in brackets, which are not what a heading is of."""
_LINES = re.compile(r"\s*\n\s*")
_SLASHES = re.compile(r"\s*[/|\n\r]+\s*")
_ENGLISH = WORDS["english"]
_KNOWN = frozenset().union(
    *(rule.allowed for rule in RULES if rule.allowed is not None),
    OTHER_MATTERS,
    MONEY_MATTERS,
    SECTION,
    _ENGLISH,
)
_TITLE_AND_TEXT = frozenset({"project", "summary"})
_LETTERS_ALONE = re.compile(r"[^\W\d_]+")


def either_side(heading: str, of_part: Callable[[str], Found]) -> Found:
    """Return what a heading can be by its sides; sure where the one is a translation of the other.

    A title that may be a description as well can be either, whichever has no column of its own.
    """
    heading = _CHOICES.sub(" ", heading)
    lines = _LINES.split(heading)
    is_wrapped = not heading.islower() and any(line[:1].islower() for line in lines)
    if len(lines) > 1 and (is_wrapped or not any(_is_strange(line) for line in lines)):
        heading = " ".join(lines)
    return _by_sides(_SLASHES.split(heading), of_part) or _by_sides(_SIDES.split(heading), of_part)


def sides_of(heading: str) -> list[str]:
    """Return the parts of a heading that stand on lines of their own or between slashes."""
    return [side for side in _SLASHES.split(heading) if _LETTERS_ALONE.search(side)]


def _by_sides(parts: Iterable[str], of_part: Callable[[str], Found]) -> Found:
    sides = [side for side in parts if side and _LETTERS_ALONE.search(side)]
    if len(sides) < 2:
        return ()
    found = [of_part(side) for side in sides]
    fields = {option.field for options in found for option in options}
    silent = [side for side, options in zip(sides, found, strict=True) if not options]
    if any(not OTHER_MATTERS.isdisjoint(words_of(side)) for side in (silent if len(fields) == 1 else sides)):
        return ()
    if len(fields) == 1:
        is_sure = any(option.sure for options in found for option in options) and all(map(is_foreign, silent))
        return (Option(fields.pop(), is_sure),)
    if fields == _TITLE_AND_TEXT:
        return tuple(Option(field, sure=False) for field in sorted(fields))
    speaking = [options for options in found if options]
    if len(speaking) == 1 and all(map(is_foreign, silent)):
        return speaking[0]
    return ()


def _is_strange(text: str) -> bool:
    """Say whether a line has a word that no heading in English is made of, as in another language."""
    return not {word.casefold() for word in _LETTERS_ALONE.findall(text)} <= _KNOWN


def is_foreign(text: str) -> bool:
    """Say whether a text has several words, most of them none that headings in English are made of.

    One word alone is not enough: "role" and "website" are in no rule either.
    """
    words = _LETTERS_ALONE.findall(text)
    return len(words) > 1 and 2 * len({*words_of(text)} & _KNOWN) < len(words)
