"""What a return to the Ministry says otherwise than the version before it, a sentence each."""

from collections.abc import Iterator

from models.papers.ministry.missing_changes import choices_changed, missing_changed
from models.papers.ministry.values import MinistryReturn, ProviderLine, SpendLine
from scoring.money import pounds
from scoring.written.days import short_day

NONE = SpendLine("", "")
GONE = "{} ({}) is no longer part of the period."


def changed_in(before: MinistryReturn, after: MinistryReturn) -> tuple[str, ...]:
    """Return what changed: the grant and late returns first, then providers, people and spending."""
    parts = (_grant, _late, _providers, _people, _spending)
    return tuple(words for part in parts for words in part(before, after))


def _grant(before: MinistryReturn, after: MinistryReturn) -> Iterator[str]:
    """Yield what changed of the money of the fund's year, the Ministry's own grant first.

    A grant that is told for the first time is a change where the fund's whole money stood in its place.
    """
    year, whole, own = after.grant_year, before.grant_pence, after.ministry_pence
    if before.ministry_pence is None and own is not None and whole is not None and whole != own:
        yield f"The grant for {year} is {pounds(own)}, was {pounds(whole)}, which is from all sources."
    for what, was, now in (
        ("The grant", before.ministry_pence, own),
        ("The fund’s money", whole, after.grant_pence),
    ):
        if was is not None and was != now:
            amount = "not recorded any more" if now is None else pounds(now)
            yield f"{what} for {year} is {amount}, was {pounds(was)}."


def _late(before: MinistryReturn, after: MinistryReturn) -> Iterator[str]:
    had = {
        (one.award, each.number)
        for one in before.providers
        for each in one.returns
        if each.received_on is not None
    }
    for one in after.providers:
        for each in one.returns:
            if each.received_on is not None and (one.award, each.number) not in had:
                on = short_day(each.received_on)
                yield f"Return {each.number} of {one.award} ({one.organisation}) came in late, on {on}."


def _providers(before: MinistryReturn, after: MinistryReturn) -> Iterator[str]:
    old, new = ({one.award: one for one in each.providers} for each in (before, after))
    for award, one in new.items():
        if award not in old:
            yield f"{award} ({one.organisation}) is new."
        else:
            yield from _provider(old[award], one)
    for award in (award for award in old if award not in new):
        yield GONE.format(award, old[award].organisation)


def _provider(old: ProviderLine, new: ProviderLine) -> Iterator[str]:
    yield from (f"{new.award}: {words}" for words in choices_changed(old, new))
    for what, was, now in (
        ("award", pounds(old.awarded_pence), pounds(new.awarded_pence)),
        ("paid less returned", pounds(old.paid_pence), pounds(new.paid_pence)),
        ("evidenced", pounds(old.evidenced_pence), pounds(new.evidenced_pence)),
    ):
        if was != now:
            yield f"{new.award}: {what} {now}, was {was}."
    if (old.organisation, old.round_name) != (new.organisation, new.round_name):
        was, now = (f"{one.organisation}, {one.round_name}" for one in (old, new))
        yield f"{new.award} is of {now}; was {was}."
    yield from (f"{new.award}: {words}" for words in missing_changed(old, new))


def _people(before: MinistryReturn, after: MinistryReturn) -> Iterator[str]:
    old = {(one.title, one.line): one.people for one in before.people}
    new = {(one.title, one.line): one.people for one in after.people}
    for key in dict.fromkeys((*new, *old)):
        was, now = old.get(key, 0), new.get(key, 0)
        if was != now:
            yield f"People, {key[0].lower()} “{key[1]}”: {now:,}, was {was:,}."


def _spending(before: MinistryReturn, after: MinistryReturn) -> Iterator[str]:
    old = {(one.kind, one.line): one for one in before.spending}
    new = {(one.kind, one.line): one for one in after.spending}
    for key in dict.fromkeys((*new, *old)):
        was, now = old.get(key, NONE), new.get(key, NONE)
        for what, first, then in (
            ("paid less returned", was.paid_pence, now.paid_pence),
            ("evidenced", was.evidenced_pence, now.evidenced_pence),
        ):
            if first != then:
                yield f"{key[0]} “{key[1]}”: {pounds(then)} {what}, was {pounds(first)}."
