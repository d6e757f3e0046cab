"""What a return to the Ministry says otherwise than the version before it, a sentence each."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from models.papers.ministry.summing import (
    NOT_IN,
    PURPOSE,
    SERVICE,
    TO_COME,
    MinistryReturn,
    ProviderLine,
    unchosen,
)
from models.papers.order import TextPair, Texts
from scoring.money import pounds
from scoring.written.days import short_day

T = TypeVar("T")
NONE = "none"
"""What a fact of which nothing is recorded is or was."""


def changed_in(before: MinistryReturn, after: MinistryReturn) -> Texts:
    """Return what changed: the year's money first, then awards, people and spending."""
    return (*_differing(_money, before, after), *_providers(before, after), *_differing(_sums, before, after))


def _differing(facts: Callable[[T], Iterator[TextPair]], before: T, after: T) -> Iterator[str]:
    """Yield each fact that is another now, with what it was."""
    old, new = dict(facts(before)), dict(facts(after))
    for name in dict.fromkeys((*new, *old)):
        was, now = old.get(name, NONE), new.get(name, NONE)
        if was != now:
            yield f"{name}: {now}, was {was}."


def _money(of: MinistryReturn) -> Iterator[TextPair]:
    for what, pence in (("The grant", of.ministry_pence), ("The fund’s money", of.grant_pence)):
        if pence is not None:
            yield f"{what} for {of.grant_year}", pounds(pence)


def _sums(of: MinistryReturn) -> Iterator[TextPair]:
    """Yield the people and the spending of each line that has some."""
    for one in of.people:
        if one.people:
            yield f"People, {one.title.lower()} “{one.line}”", f"{one.people:,}"
    for line in of.spending:
        for what, pence in (("paid less returned", line.paid_pence), ("evidenced", line.evidenced_pence)):
            if pence:
                yield f"{line.kind} “{line.line}”, {what}", pounds(pence)


def _providers(before: MinistryReturn, after: MinistryReturn) -> Iterator[str]:
    old: dict[str, ProviderLine] = {one.award: one for one in before.providers}
    new = {one.award: one for one in after.providers}
    for award, one in new.items():
        if award not in old:
            yield f"{award} ({one.organisation}) is new."
        else:
            yield from _differing(_facts, old[award], one)
            yield from _lacking(old[award], one)
    for award in (award for award in old if award not in new):
        yield f"{award} ({old[award].organisation}) is no longer part of the period."


def _facts(of: ProviderLine) -> Iterator[TextPair]:
    for one in of.returns:
        due, came = f"due on {short_day(one.due_on)}", one.received_on
        yield f"{of.award}, return {one.number} ({one.words})", f"came in {short_day(came)}" if came else due
    for what, said in (
        ("permitted purpose", of.purpose),
        ("service area", of.service),
        ("award", pounds(of.awarded_pence)),
        ("paid less returned", pounds(of.paid_pence)),
        ("evidenced", pounds(of.evidenced_pence)),
        ("recipient", f"{of.organisation}, {of.round_name}"),
    ):
        if said:
            yield f"{of.award}, {what}", said


def _lacking(old: ProviderLine, new: ProviderLine) -> Iterator[str]:
    """Yield what is missing besides what the facts say, and what is not missing any more."""
    was, now = ([words for words in each.missing if not _is_told(words)] for each in (old, new))
    yield from (f"{new.award}: {words}" for words in now if words not in was)
    yield from (f"{new.award}: “{words}” does not hold any more." for words in was if words not in now)


def _is_told(words: str) -> bool:
    """Whether what is missing is told by the choices of an award and the days of its returns."""
    return words in (unchosen(PURPOSE), unchosen(SERVICE)) or words.endswith((f"{NOT_IN}.", f"{TO_COME}."))
