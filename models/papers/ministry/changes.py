"""What a return to the Ministry says otherwise than the version before it, a sentence each."""

from collections.abc import Iterator

from models.papers.ministry.summing import (
    NOT_IN,
    NOT_PLANNED,
    PURPOSE,
    SERVICE,
    TO_COME,
    MinistryReturn,
    ProviderLine,
    ReportedReturn,
    SpendLine,
    unchosen,
)
from scoring.money import pounds
from scoring.written.days import short_day

NOW_DUE = "returns are now due from it."
_GIVES_NO, _NOW_GIVES = " gives no ", " now gives "


def choices_changed(old: ProviderLine, new: ProviderLine) -> Iterator[str]:
    """Yield of an award which permitted purpose and service area it has now, and had before."""
    for title, was, now in ((PURPOSE, old.purpose, new.purpose), (SERVICE, old.service, new.service)):
        if was == now:
            continue
        if not now:
            yield f"no {title.lower()} is chosen any more; before, it was “{was}”."
        else:
            before = f"before, it was “{was}”" if was else "before, none was chosen"
            yield f"{title.lower()} is now “{now}”; {before}."


def missing_changed(old: ProviderLine, new: ProviderLine) -> Iterator[str]:
    """Yield what is missing of an award besides, and what is not missing any more.

    What its choices, or a return that came in, say already is not said again.
    """
    was, now = ({one.number: one for one in each.returns} for each in (old, new))
    for number, one in was.items():
        yield from _moved(one, now.get(number))
    told = tuple(_told(old, new))
    for words in new.missing:
        if not (words.startswith(told) or _plain(words) in map(_plain, old.missing)):
            yield words
    for words in old.missing:
        if not (words.startswith(told) or _plain(words) in map(_plain, new.missing)):
            yield _settled(words)


def _moved(was: ReportedReturn, now: ReportedReturn | None) -> Iterator[str]:
    """Yield that a return is due on another day, or is not of the period any more."""
    if now is None:
        yield f"return {was.number} ({was.words}) is no longer part of the period."
    elif _is_moved(was, now):
        yield f"return {now.number} is due on {short_day(now.due_on)}, was due on {short_day(was.due_on)}."


def _is_moved(was: ReportedReturn, now: ReportedReturn) -> bool:
    """Whether a return that is not here was due on another day before."""
    return was.due_on != now.due_on and was.received_on is None and now.received_on is None


def _told(old: ProviderLine, new: ProviderLine) -> Iterator[str]:
    """Yield how what other sentences say already begins."""
    if old.purpose != new.purpose:
        yield unchosen(PURPOSE)
    if old.service != new.service:
        yield unchosen(SERVICE)
    now = {one.number: one for one in new.returns}
    for was in old.returns:
        one = now.get(was.number)
        if one is None or _is_moved(was, one) or (one.received_on and not was.received_on):
            yield f"Return {was.number} ("
        if one is None or one.received_on is None:
            yield f"Return {was.number}{_GIVES_NO}"


def _settled(words: str) -> str:
    """Return that what was missing is not missing any more."""
    if words == NOT_PLANNED:
        return NOW_DUE
    if _GIVES_NO in words:
        return words.replace(_GIVES_NO, _NOW_GIVES, 1)
    return f"“{words}” does not hold any more."


def _plain(words: str) -> str:
    """Return what is missing whatever the day; that the one on which it was due went by changes nothing."""
    return words.replace(TO_COME, NOT_IN)


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
