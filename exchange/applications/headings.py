"""The field names, and words that say what part of a heading counts."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from msgspec import Struct

import resources
from exchange.applications.wording import question_of, word_set, words_of

SECTION = word_set("about details detail information section part")
"""Words of an upper heading or of a heading's first part that only say where its last part belongs."""

OTHER_MATTERS = word_set(
    "referee second secondary alternative deputy emergency previous previously past last other"
    " partner partners match matched if approved awarded offered paid recommended existing panel"
    " decision assessor officer treasurer chair secretary trustee signatory minimum confirm verify"
    " parent umbrella invoice per each website chairperson"
)
"""Words of a heading's first part that say its last part alone would be mistaken."""

OF_OTHERS = word_set(
    "referee second secondary alternative deputy emergency treasurer chair secretary trustee partner parent"
    " umbrella venue assessor owner panel panels approved awarded recommended paid decision"
)
"""Words that tell of somebody else than the applicant, or of what the office does afterwards."""

MONEY_MATTERS = word_set(
    "bank income accounts turnover account expenditure spend contribution budget cost costs total declaration"
)
"""Words of a heading's first part under which only a sure last part is taken."""

MERE_RESPONSE = frozenset({"response", "open-ended response", "open ended response"})
"""Lower headings of survey tools that say nothing of the question."""

SURVEY_TOOL = frozenset({"respondent id", "collector id", "network id", "tracking link"})
"""Headings of tools that note when a form was begun and ended as "Start date" and "End date"."""

SUBHEADINGS = word_set(
    "name title type email phone number date start end amount total other response requested"
    " reference postcode address summary description code area project value status text comments"
    " first last"
)
"""Words of which the lower row of a two-row heading is often made."""

GROUP_HEADINGS = word_set(
    "organisation applicant contact contacts project finance finances financial money funding budget"
    " costs cost bank dates details about section office use declaration eligibility governance"
    " policies policy questions question admin administration submission form respondent checks"
    " delivery monitoring outcomes beneficiaries group information"
)
"""Words of which the upper row of a two-row heading is often made."""


class Rule(Struct, frozen=True):
    """A way of calling a field; one that is not `sure` counts only where nothing surer is found."""

    field: str
    needs: tuple[frozenset[str], ...]
    allowed: frozenset[str]
    sure: bool

    def fits(self, words: frozenset[str]) -> bool:
        """Say whether a heading of these words can be this field."""
        return words <= self.allowed and all(need & words for need in self.needs)


_GROUPS = {
    "FUNDER": "acf vf pcc opcc police crime commissioner commissioners office active citizens community"
    " victims fund funder",
    "PEOPLE": "people beneficiaries individuals residents participants victims persons attendees users",
    "PROJECT": "project activity event scheme initiative programme service bid proposal work",
    "GROUP": "organisation group applicant charity club company body",
    "EXPECTED": "proposed planned expected anticipated estimated intended desired projected target",
    "TAKE_PART": "benefit help helped reach reached support supported attend take part involved engage"
    " engaged",
}
"""Words that go together in many rules, named in braces there."""

_TABLE = "forms/headings.txt"
"""One rule a line: the field ("?" when not sure), a word of each of these, and other words allowed."""


def _rule(line: str) -> Rule:
    field, needs, allowed = (part.strip() for part in f"{line}||".split("|")[:3])
    choices = tuple(word_set(choice) for choice in needs.split("+"))
    words = word_set(allowed).union(*choices)
    return Rule(field.removesuffix("?"), choices, words, sure=not field.endswith("?"))


_LINES_OF_RULES = resources.text(_TABLE).format_map(_GROUPS).replace("\n    ", " ").splitlines()
RULES = tuple(_rule(line) for line in _LINES_OF_RULES if line and not line.startswith("#"))
"""Every way of calling a field, the surest and most particular first."""


_LONGEST = 1000


class LooseRule(Struct, frozen=True):
    """A subject of questions, by words that must and words that must not be there."""

    field: str
    needs: tuple[frozenset[str], ...]
    never: frozenset[str]

    def fits(self, words: frozenset[str]) -> bool:
        """Say whether a question of these words can be about this field."""
        return self.never.isdisjoint(words) and all(need & words for need in self.needs)


_LOOSE_GROUPS = {
    "OTHERS": " ".join(sorted(OTHER_MATTERS - {"if"})),
    "OTHERS_THAN_LAST": " ".join(
        sorted(OTHER_MATTERS - {"previous", "previously", "past", "last", "existing", "if", "awarded"})
    ),
}
"""Words that go together in many rules, named in braces there."""

_LOOSE_TABLE = "forms/long-questions.txt"
"""One rule a line: the field, a word of each of these, and words that must not be there."""


def _loose_rules() -> tuple[LooseRule, ...]:
    lines = resources.text(_LOOSE_TABLE).format_map(_LOOSE_GROUPS).strip().replace("\n    ", " ").splitlines()
    parts = [[part.strip() for part in line.split("|")] for line in lines]
    return tuple(
        LooseRule(field, tuple(word_set(need) for need in needs.split("+")), word_set(never))
        for field, needs, never in parts
    )


_RULES = _loose_rules()


@lru_cache(maxsize=4096)
def subjects(heading: str) -> frozenset[str]:
    """Return the fields that a question can be about."""
    words = frozenset(words_of(question_of(heading))) if len(heading) <= _LONGEST else frozenset()
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
_ENGLISH = word_set(
    "about after age agreed all also answer approval approved are back band before being below both but"
    " category chair check children code comment comments committee councillor day days decision did each"
    " end ethnicity first form from further gender grade had half has head held hour hours how if income"
    " into job key lead level list made manager member members month months new next notes not office"
    " officer on only or order other our out over paid panel part people per person plan policy position"
    " post primary priority quarter rank rate reason result role same score secondary secretary see"
    " session sessions set sheet staff status support team than that theme them then they this time times"
    " treasurer trustee under unit up user users venue visit volunteer volunteers ward was website week"
    " weeks were what when where which who why with within year years yes you young your"
)
"""Common words of English headings that no field is called by."""
_KNOWN = frozenset().union(*(rule.allowed for rule in RULES), OTHER_MATTERS, MONEY_MATTERS, SECTION, _ENGLISH)
_TITLE_AND_TEXT = frozenset({"project", "summary"})
_WORD = re.compile(r"[^\W\d_]+")


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
    return [side for side in _SLASHES.split(heading) if _WORD.search(side)]


def _by_sides(parts: Iterable[str], of_part: Callable[[str], Found]) -> Found:
    sides = [side for side in parts if side and _WORD.search(side)]
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
    return not {word.casefold() for word in _WORD.findall(text)} <= _KNOWN


def is_foreign(text: str) -> bool:
    """Say whether a text has several words, most of them none that headings in English are made of.

    One word alone is not enough: "role" and "website" are in no rule either.
    """
    words = _WORD.findall(text)
    return len(words) > 1 and 2 * len({*words_of(text)} & _KNOWN) < len(words)
