"""What headings are called in forms: the words by which each field is known.

A rule fits a heading that has a word from each of its needs and no word beyond those and the allowed ones,
so a heading that says more than the rule knows stays an answer: that loses nothing, a wrong field does harm.
Words stand in the table as `wording.words_of` gives them.
"""

from msgspec import Struct

import resources


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


def _rules() -> tuple[Rule, ...]:
    lines = resources.text(_TABLE).format_map(_GROUPS).replace("\n    ", " ").splitlines()
    return tuple(_rule(line) for line in lines if line and not line.startswith("#"))


def _rule(line: str) -> Rule:
    field, needs, allowed = (part.strip() for part in f"{line}||".split("|")[:3])
    choices = tuple(frozenset(choice.split()) for choice in needs.split("+"))
    words = frozenset(allowed.split()).union(*choices)
    return Rule(field.removesuffix("?"), choices, words, sure=not field.endswith("?"))


RULES = _rules()
"""Every way of calling a field, the surest and most particular first."""
