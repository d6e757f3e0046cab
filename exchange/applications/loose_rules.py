"""What long questions are about: looser rules for headings that no other rule knows.

A rule fits a heading that has a word from each of its needs and none that would turn its meaning; whether the
column is taken for the field then depends on what stands in it.
"""

from dataclasses import dataclass
from functools import lru_cache

from exchange.applications.wording import words_of

_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class LooseRule:
    """A subject of questions, by words that must and words that must not be there."""

    field: str
    needs: tuple[frozenset[str], ...]
    never: frozenset[str]

    def fits(self, words: frozenset[str]) -> bool:
        """Say whether a question of these words can be about this field."""
        return self.never.isdisjoint(words) and all(need & words for need in self.needs)


_TABLE = """
organisation | organisation + name called | contact referee partner parent bank account other website
    address umbrella previous funder funders staff police who why describe
amount_requested | applying apply applied asking ask request requested requesting seeking bidding +
    howmuch amount grant funding total sum money | match matched other previous minimum least lowest last
    income already awarded approved paid offered spent if date who why describe elsewhere funders have has
    yesno when purpose reference
total_cost | total full overall whole + cost costs + project activity event service programme |
    breakdown why how staff per unit salary equipment describe
beneficiaries | howmany number + benefit beneficiaries victims people participants | organisation staff
    volunteers members committee trustees paid hours sessions employ employees per percentage if
outcomes | outcomes | previous panel decision last
need | need needed needs + project evidence community local area | support special access additional
    dietary money funding grant amount howmuch equipment if
summary | summarise summarize describe outline description summary + project activity proposal idea event
    | need outcomes how budget cost costs why who organisation beneficiaries experience difference
    monitoring if
start_on | start begin commence + project activity work delivery event | time organisation session
    sessions
end_on | end finish complete completed + project activity work delivery event | time organisation session
    sessions
received_at | received submitted + date time | grant funding accounts last previous award
area | area npu lpu lpa | ward theme postcode priority
charity_number | charity + number registration | company
company_number | company + number registration | charity
previously_funded | yesno + funded funding grant + before previous previously past last | other if match
    applied elsewhere
bank_account_held | yesno + bank + account | number statement sort details
constitution_held | yesno + constitution constituted governing | date
safeguarding_policy | yesno + safeguarding + policy policies | equality insurance date lead officer
"""
"""One rule a line: the field, a word of each of these, and words that must not be there."""


def _rules() -> tuple[LooseRule, ...]:
    lines = _TABLE.strip().replace("\n    ", " ").splitlines()
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
    words = frozenset(words_of(heading)) if len(heading) <= _LONGEST else frozenset()
    return frozenset(rule.field for rule in _RULES if rule.fits(words))
