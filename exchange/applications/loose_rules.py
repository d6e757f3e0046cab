"""What long questions are about: looser rules for headings that no other rule knows.

A rule fits a heading that has a word from each of its needs and none that would turn its meaning; whether the
column is taken for the field then depends on what stands in it.
"""

from functools import lru_cache

from msgspec import Struct

import resources
from exchange.applications.headings import OTHER_MATTERS
from exchange.applications.wording import question_of, words_of

_LONGEST = 1000


class LooseRule(Struct, frozen=True):
    """A subject of questions, by words that must and words that must not be there."""

    field: str
    needs: tuple[frozenset[str], ...]
    never: frozenset[str]

    def fits(self, words: frozenset[str]) -> bool:
        """Say whether a question of these words can be about this field."""
        return self.never.isdisjoint(words) and all(need & words for need in self.needs)


_GROUPS = {
    "OTHERS": " ".join(sorted(OTHER_MATTERS - {"if"})),
    "OTHERS_THAN_LAST": " ".join(
        sorted(OTHER_MATTERS - {"previous", "previously", "past", "last", "existing", "if", "awarded"})
    ),
}
"""Words that go together in many rules, named in braces there."""

_TABLE = "forms/long-questions.txt"
"""One rule a line: the field, a word of each of these, and words that must not be there."""


def _rules() -> tuple[LooseRule, ...]:
    lines = resources.text(_TABLE).format_map(_GROUPS).strip().replace("\n    ", " ").splitlines()
    parts = [[part.strip() for part in line.split("|")] for line in lines]
    return tuple(
        LooseRule(
            field, tuple(frozenset(need.split()) for need in needs.split("+")), frozenset(never.split())
        )
        for field, needs, never in parts
    )


_RULES = _rules()


@lru_cache(maxsize=4096)
def subjects(heading: str) -> frozenset[str]:
    """Return the fields that a question can be about."""
    words = frozenset(words_of(question_of(heading))) if len(heading) <= _LONGEST else frozenset()
    return frozenset(rule.field for rule in _RULES if rule.fits(words))
