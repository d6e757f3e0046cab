"""What a correction says of an award's choices and of what was missing: each once, as a sentence."""

from collections.abc import Iterator

from models.papers.ministry.summing import NOT_IN, NOT_PLANNED, PURPOSE, SERVICE, TO_COME
from models.papers.ministry.values import ProviderLine, ReportedReturn, unchosen
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
