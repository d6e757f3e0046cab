"""What a monitoring workbook changes of a return that came in before: from what to what, in words.

changed_lines(taken)    # ("W-014, return 1: spend evidenced from £1,200 to £1,350",)
"""

from collections.abc import Iterable, Iterator

from exchange.papers.monitoring.monitoring_reading import TakenReturn
from models.papers.monitoring.award_monitoring import ReturnContent
from scoring import money
from scoring.written.days import short_day
from scoring.written.text import quoted

_UNKNOWN = "–"


def changed_lines(taken: Iterable[TakenReturn]) -> tuple[str, ...]:
    """Return a line for each value that the record has otherwise; what is new has none."""
    return tuple(
        f"{one.application}, return {one.number}: {words}"
        for one in taken
        if one.standing is not None
        for words in _changes(one.standing, one.said)
    )


def _changes(before: ReturnContent, after: ReturnContent) -> Iterator[str]:
    old, new = dict(_values(before)), dict(_values(after))
    for name in [*new, *(name for name in old if name not in new)]:
        was, becomes = old.get(name, _UNKNOWN), new.get(name, _UNKNOWN)
        if was != becomes:
            yield f"{name} from {was} to {becomes}"


def _values(said: ReturnContent) -> Iterator[tuple[str, str]]:
    yield "received", short_day(said.received_on)
    yield "spend evidenced", _UNKNOWN if said.spent_pence is None else money.short_pounds(said.spent_pence)
    yield "words", _text(said.words)
    for progress in said.progress:
        achieved = _UNKNOWN if progress.achieved is None else str(progress.achieved)
        yield f"output {progress.output} achieved", achieved
        yield f"output {progress.output} in words", _text(progress.words)
    for number in said.supported:
        yield f"people under {quoted(number.line)}", str(number.supported)


def _text(words: str) -> str:
    return quoted(words) if words else _UNKNOWN
