"""Words as they are typed and printed: cleaned, cut, counted, listed and numbered; and refusals."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, TypeVar, cast

T = TypeVar("T")
V = TypeVar("V")


class _LazyPattern:
    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__[name] = getattr(re.compile(self._pattern, self._flags), name)
        return found


def lazy_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled when it is first used; a start needs few of them."""
    return cast("re.Pattern[str]", _LazyPattern(pattern, flags))


_CONTROLS = lazy_pattern("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
"""What says nothing; no file for a spreadsheet or Word may hold it."""
_LINE_ENDS = lazy_pattern(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_MARKS = (
    "\xad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2065\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f"
    "\ufeff\ufff9\ufffa\ufffb"
)
"""Soft hyphens, marks of direction and other signs that nobody sees."""
_AT_ENDS = (
    f"{_MARKS} \t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
)
_UNMARKED = lazy_pattern(f"[{_MARKS}]".translate({0x200C: "", 0x200D: ""}))
"""The marks but those that shape the letters beside them."""
_UNSEEN = lazy_pattern(
    f"[{_MARKS}\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
"""What no figure has in it: marks, and signs that change the look of what stands before them."""
_PRIVATE = lazy_pattern("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""Signs that mean something in one font alone, and are a box or nothing in any other."""
_COMMAND = lazy_pattern(
    r",? or (?:with the commands?\b|give --|name it with --)[^.;]*?(?=[.;]|, and |$)"
    r"|; the command [^.]*(?=\.|$)"
)
"""A command that does what a sentence says before it: ", or with the command office"."""
_MOST_SHOWN = 40
_STOPS = (".", "!", "?", "…")
_GO_ON = (*_STOPS, ",", ":", ";", "”")
"""What a line ends with that needs no sign before the next."""
_BULLET = lazy_pattern(r"^[-–•*·]\s+")
_LEADS_ON = lazy_pattern(
    r"(?:[&+(/]|(?:^|\s)[-–—]|\b(?:and|or|but|nor|of|to|for|in|on|at|by|with|without|from|into|than|per|as|"
    r"between|towards|because|which|who|whose|the|a|an|their|our|its|is|are|was|were|be|has|have|will))$",
    re.IGNORECASE,
)
"""What a line ends with that says nothing without the next."""
_FOLLOWS_ON = lazy_pattern(
    r"(?:[&+/]|(?:and|or|but|nor|so|of|to|for|from|in|into|on|at|by|with|without|than|as|because|although|"
    r"though|unless|until|while|when|where|which|who|whom|whose|that)\b)"
)
"""What a line begins with that says nothing without the line before."""
_LEAST_WRAPPED = 50
"""The letters of the longest line of a text that a program broke at the ends of its lines, at least."""


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


class Refused(Exception):
    """A rule said no; `str()` is a sentence for the user that names the thing and the remedy."""


class Unreadable(ValueError):
    """What is written is not what it should be; `str()` is a sentence that names the value and the remedy.

    `kept` is the text to keep all the same ("" when nothing is): a bad postcode or number in capitals.
    """

    def __init__(self, message: str, kept: str = "") -> None:
        super().__init__(message)
        self.kept = kept


class BelowNought(Unreadable):
    """An amount below £0 where none may be."""


def readable(read: Callable[[T], V | None], written: T) -> V | None:
    """Return what a reader makes of a cell or a text, None where it can make nothing of it."""
    try:
        return read(written)
    except Unreadable:
        return None


def tidied(text: str) -> str:
    """Make line ends alike, drop control characters, and take spaces and invisible marks off both ends."""
    if not text.isprintable():  # a printable text has neither
        text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    return text.strip(_AT_ENDS)


def says_nothing(text: str) -> bool:
    """Whether nothing of a text is to be seen in any font: spaces, marks and private signs alone."""
    return not figures_line(_PRIVATE.sub("", text))


def name_line(text: str) -> str:
    """Put a name or a title on one line, without marks that nobody sees and that shape no letter."""
    return one_line(text if text.isascii() else _UNMARKED.sub("", text))


def figures_line(text: str) -> str:
    """Put a figure, a date, a number or a reference on one line, without marks that nobody sees."""
    return one_line(text if text.isascii() else _UNSEEN.sub("", text))


def one_line(text: str) -> str:
    """Put a heading or a name on one line, with single spaces."""
    return " ".join(tidied(text).split())


def with_capital(text: str) -> str:
    """Return a text as a sentence begins; what follows its first letter stays as it is."""
    return text[:1].upper() + text[1:]


def as_sentence(text: str) -> str:
    """Return a text with one full stop, where it ends with none, a question mark or the like; "" stays.

    >>> as_sentence("Paid to Gwyl Cyf."), as_sentence("Kick-off!"), as_sentence("No reply,")
    ('Paid to Gwyl Cyf.', 'Kick-off!', 'No reply.')
    """
    text = text.rstrip(" ,;")
    return text if not text or text.endswith((*_STOPS, ":")) else f"{text}."


def in_one_run(text: str) -> str:
    r"""Return the lines of a text one after the other: sentences stay such, other lines are parted by "; ".

    A line goes on in the next where one of both says nothing by itself, as what ends with a comma or with
    "of", and where it is as long as lines that a program broke.

    >>> in_one_run("Two aims:\n- less crime\n- less fear\nnear the park,\nand lit.")
    'Two aims: less crime; less fear near the park, and lit.'
    >>> in_one_run("cuts isolation\nresidents trained\nwho were asked")
    'cuts isolation; residents trained who were asked'
    """
    lines = [one_line(line) for line in tidied(text).split("\n") if line.strip()]
    bare = [_BULLET.sub("", line, count=1) for line in lines]
    is_joined = _joined(lines)
    parted = (line if goes_on else f"{line};" for line, goes_on in zip(bare, is_joined, strict=False))
    return " ".join([*parted, *bare[-1:]])


def _joined(lines: Sequence[str]) -> list[bool]:
    """Return of each line but the last whether it goes on in the next, or ends a sentence itself."""
    pairs, width = list(pairwise(lines)), max(map(len, lines), default=0)
    full = [_is_full(line, after, width) for line, after in pairs]
    small = [after[:1].islower() for _, after in pairs]
    is_broken = any(is_full and is_small for is_full, is_small in zip(full, small, strict=True))
    is_broken &= all(is_full or line.endswith(_GO_ON) for is_full, (line, _) in zip(full, pairs, strict=True))
    return [
        line.endswith(_GO_ON) or _goes_on(line, after) or (is_full and (is_broken or is_small))
        for (line, after), is_full, is_small in zip(pairs, full, small, strict=True)
    ]


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether a program may have broken a line: the next word would have made it longer than any."""
    is_long = len(f"{line} {after.split()[0]}") > width >= _LEAST_WRAPPED
    return is_long and not _BULLET.match(after)


def _goes_on(line: str, after: str) -> bool:
    """Whether two lines are one by their words; items that begin alike, as "to …", are two."""
    if _BULLET.match(after):
        return False
    if _LEADS_ON.search(line) or (_BULLET.match(line) and after[:1].islower()):
        return True
    alike = line.split()[0].casefold() == after.split()[0].casefold()
    return _FOLLOWS_ON.match(after) is not None and not alike


def as_lines(text: str) -> tuple[str, ...]:
    r"""Return the lines of a text as sentences, those as one that go on in one another.

    >>> as_lines("smaller pool\nThe hall is let\nto others. Sorry")
    ('Smaller pool.', 'The hall is let to others. Sorry.')
    """
    lines = [one_line(line) for line in tidied(text).split("\n") if line.strip()]
    said = lines[:1]
    for line, after, goes_on in zip(lines, lines[1:], _joined(lines), strict=False):
        if goes_on and not line.endswith((*_STOPS, ":", ";", "”")):
            said[-1] += f" {after}"
        else:
            said.append(after)
    return tuple(as_sentence(with_capital(line)) for line in said)


def list_item(line: str) -> str:
    """Return what a line says as the item of a list, "" where it begins with no sign of one.

    >>> list_item("• two evenings a week"), list_item("Two evenings - a week")
    ('two evenings a week', '')
    """
    return _BULLET.sub("", line, count=1) if _BULLET.match(line) else ""


def as_sentences(text: str) -> str:
    r"""Return what somebody wrote as it follows a sentence: in one run, with a capital and a full stop.

    >>> as_sentences("reduces crime\nand the fear of it")
    'Reduces crime and the fear of it.'
    """
    return as_sentence(with_capital(in_one_run(text)))


_INNER = str.maketrans("“”", "‘’")
_STRAIGHT = re.compile(r'"([^"\n]*)"')


def within_quotes(text: str) -> str:
    """Return a text as it stands within quotation marks: its own become single ones."""
    return _STRAIGHT.sub(r"‘\1’", text).translate(_INNER)


def quoted(text: str) -> str:
    """Show what is written within a sentence, on one line and shortened when long."""
    text = one_line(text)
    return f"“{text}”" if len(text) <= _MOST_SHOWN else f"“{text[: _MOST_SHOWN - 1]}…”"


def cut_to(text: str, most: int) -> str:
    """Return a text of at most so many letters: a longer one ends between two words, and with "…".

    >>> cut_to("Safer streets, stronger families", 24), cut_to("Throckmortonshire", 8)
    ('Safer streets, stronger…', 'Throckm…')
    """
    if len(text) <= most:
        return text
    return f"{text[:most].rpartition(' ')[0].rstrip(' ,;:-–') or text[: most - 1]}…"


def paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def without_commands(words: str) -> str:
    """Return a sentence as the window says it, without the command or option that it names as another way."""
    return _COMMAND.sub("", words) if "command" in words or "--" in words else words


_THINGS = word_set("fund funds grant grants budget unit scheme programme pot initiative office")
_BODIES = word_set("office commissioner mayor authority department")
"""What has the article also where its name goes on with what or where it is of or for."""
_OF = lazy_pattern(r" (?:for|of) ")
_ACT = lazy_pattern(r"(?P<act>[A-Z].*?\bAct \d{4}),? (?P<part>(?:section|sections|schedule|part) \S.*)", re.I)
_BARE_ACT = lazy_pattern(r"[A-Z].*\bAct \d{4}")


def with_article(fund: str) -> str:
    """Return a fund or an office as a sentence names it: "the Victims Fund"; what is no thing stays bare.

    >>> with_article("Victims Fund"), with_article("The Safer Fund"), with_article("External Commissioning")
    ('the Victims Fund', 'the Safer Fund', 'External Commissioning')
    >>> with_article("Office of the Commissioner"), with_article("Westmarch OPCC")
    ('the Office of the Commissioner', 'Westmarch OPCC')
    >>> with_article("Police and Crime Commissioner for Westmarch")
    'the Police and Crime Commissioner for Westmarch'
    """
    first, _, rest = fund.partition(" ")
    if first.casefold() == "the" and rest:
        return f"the {rest}"
    last, head = _last_word(fund), _last_word(_OF.split(fund, maxsplit=1)[0])
    return f"the {fund}" if last in _THINGS | _BODIES or head in _BODIES else fund


def _last_word(words: str) -> str:
    return words.rpartition(" ")[2].casefold().strip(".,()")


def power_in_a_sentence(power: str) -> str:
    """Return a legal power as a sentence names it, its section first; what is no Act alone stays as it is.

    >>> power_in_a_sentence("Police Reform and Social Responsibility Act 2011, section 9")
    'section 9 of the Police Reform and Social Responsibility Act 2011'
    """
    found = _ACT.fullmatch(power)
    if found and " Act " not in found["part"]:
        return f"{found['part']} of the {_without_article(found['act'])}"
    return f"the {_without_article(power)}" if _BARE_ACT.fullmatch(power) else power


def _without_article(act: str) -> str:
    return act[4:] if act.casefold().startswith("the ") else act


A_FEW = 400
"""In letters: what a list has room for of a text that tells what an award is for."""
_ENDS = lazy_pattern(r"[.!?…][\"'”’)]*(?=\s)|(?=\n)")
"""Where a sentence may end: at its stop with what closes after it, or with its line."""
_SHORTENED = lazy_pattern(
    r"(?:^|[\s(“\"'])(?:[A-Za-z]|[a-z](?:\.[a-z])+|St|Mr|Mrs|Ms|Dr|Rev|Revd|Sgt|Insp|Supt|No|Nos|approx|etc|incl"
    r"|max|min|vs|hrs?|wks?|mths?|yrs?|inc|Ltd|Co|Rd|Ave|tel)\.$"
)
"""A word with a stop of its own, after which a sentence mostly goes on."""


def first_sentences(text: str, most: int) -> str:
    """Return a text whole where it has at most so many letters, else its first sentences that have.

    Where the first alone is longer, it ends at a word, with an ellipsis.

    >>> first_sentences("Bikes are lent. They are mended too. It is free.", 40)
    'Bikes are lent. They are mended too.'
    """
    text = text.strip()
    if len(text) <= most:
        return text
    ends = [found.end() for found in _ENDS.finditer(text[: most + 1]) if _is_end(text, found.end())]
    if ends:
        return text[: ends[-1]].rstrip()
    at_a_word = text[:most].rsplit(maxsplit=1)[0] if re.search(r"\s", text[:most]) else text[: most - 1]
    return f"{at_a_word.rstrip(' ,;:–-')}…"


def _is_end(text: str, at: int) -> bool:
    """Whether a sentence ends at a place: no shortened word does, nor what goes on with a small letter."""
    after = text[at:].lstrip(" \t")[:1]
    return not after.islower() and not _SHORTENED.search(text[:at])


_BRACKETED = lazy_pattern(r"\([^()]*\)|“[^”]*”")


def noun(number: int, one: str, many: str = "") -> str:
    """Return a noun for so many: "pot", "pots"; `many` where it is no mere "s"."""
    return one if number == 1 else many or f"{one}s"


def counted(number: int, one: str, many: str = "") -> str:
    """Return a count with its noun: "1 application", "1,204 applications"; `many` where it is no mere "s"."""
    return f"{number:,} {noun(number, one, many)}"


def first_few(words: Sequence[str], most: int, one: str, many: str) -> str:
    """Return what is listed, the first few by name: "Mark of W-014; Gate of W-002; and 2 more changes"."""
    named = tuple(dict.fromkeys(words))
    said = "; ".join(named[:most])
    more = len(named) - most
    return said if more <= 0 else f"{said}; and {counted(more, one, many)}"


def in_clauses(words: Iterable[str]) -> str:
    """Return what is said, each once, as one sentence: no full stop comes before a semicolon."""
    said = [*dict.fromkeys(filter(None, words))]
    return "; ".join([*(one.rstrip(".") for one in said[:-1]), *said[-1:]])


def first_of(references: Iterable[str], most: int = 3) -> str:
    """Return the first of some references or names, and how many more: "W-001, W-002 and 4 more"."""
    found = tuple(references)
    more = len(found) - most
    return ", ".join(found[:most]) + (f" and {more:,} more" if more > 0 else "")


def said_once(told: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield sentences on files, each with the file's name that it begins with; the same of several once.

    "2 files (a.docx, b.docx): bank details are left out."
    """
    names: dict[str, list[str]] = {}
    for name, sentence in told:
        words = sentence.removeprefix(f"{name}: ")
        names.setdefault(words, []).append(name if words != sentence else "")
    for words, of in names.items():
        said = of[0] if len(of) == 1 else f"{len(of):,} files ({first_of(of)})"
        yield f"{said}: {words}" if all(of) else words


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as a sentence lists them: "W-001, W-002 and W-003"; "" for none. `last` may be "or".

    Names that have commas of their own are parted so that each is seen to be one: "Quayside, Haven and
    Marsh; and The Hundred of Mudlark". Commas in brackets and quotation marks part nothing, nor do those of
    what one may choose between, as an e-mail or an address.
    """
    if last == "and" and len(words) > 1 and any(", " in _BRACKETED.sub("", word) for word in words):
        return f"{'; '.join(words[:-1])}; {last} {words[-1]}"
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


_CARDINALS = (
    *("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
_OWN = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth"}
_OWN |= {"nine": "ninth", "twelve": "twelfth", "twenty": "twentieth"}
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def cardinal(number: int) -> str:
    """Return how many: "six" up to twenty, then "21"; `number` is nought or more."""
    return _CARDINALS[number] if number < len(_CARDINALS) else f"{number:,}"


def ordinal(number: int) -> str:
    """Return which one: "third" up to the twentieth, then "21st"; `number` is 1 or more."""
    if number < len(_CARDINALS):
        words = _CARDINALS[number]
        return _OWN.get(words, f"{words}th")
    is_teen = number % 100 in (11, 12, 13)
    return f"{number:,}{'th' if is_teen else _ENDINGS.get(number % 10, 'th')}"


def place_in_words(place: int, of: int, *, tied: bool) -> str:
    """Return "third of six", "equal third of six" where the place is shared, "the only one" of one."""
    if of == 1:
        return "the only one"
    return f"{'equal ' if tied else ''}{ordinal(place)} of {cardinal(of)}"
