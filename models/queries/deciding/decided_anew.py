"""Decisions that others took the place of, as papers tell of them."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from models.queries.deciding.decisions import DecisionRow, decisions, earlier_decisions
from models.queries.set_up.round_rows import round_rows
from models.session import Session
from models.values.rows import RoundRows, scored_round
from scoring.counted import counted, listed
from scoring.money import pounds, short_pounds
from scoring.rank import rank
from scoring.ranking import Ranking, Standing
from scoring.round import Round
from scoring.schedule.lines import FORMS, WITHOUT_MONEY, PanelOutcome
from scoring.written.days import full_day, short_day
from scoring.written.text import as_sentence, with_capital

_WHICH = re.compile(r"(?<=[a-z]) \d+, on [^,]+(?=, )")
"""The number under which a record keeps a challenge, and its application, which papers name already."""
_NAMED = 5
"""So many applications at most are named in the summary of a notice; all stand below it."""


def decided_anew(
    earlier: Sequence[DecisionRow], now: DecisionRow | None, day: Callable[[date], str] = short_day
) -> str:
    """Return what was decided before, and what was decided anew since, "" where it was decided once."""
    if not earlier or now is None:
        return ""
    before = ", then ".join(_decided(row, day) for row in earlier)
    return f"{with_capital(before)}, it was decided again and {_decided(now, day)}"


def replaced_decision(earlier: Sequence[DecisionRow]) -> str:
    """Return the newest of earlier decisions as a letter goes on: "of 2 December 2026 (notice 7/2026) to …".

    "" without one.
    """
    if not earlier:
        return ""
    row = earlier[-1]
    outcome = PanelOutcome(row.outcome)
    what = f" {FORMS[outcome].to_do}" if outcome in WITHOUT_MONEY else ""
    if row.amount_pence is not None:
        what = f" to award {short_pounds(row.amount_pence)}"
    return f"of {full_day(row.signed_on)} (notice {row.notice}){what}"


def replaced_words(every: Sequence[DecisionRow], lines: Sequence[DecisionRow]) -> Iterator[str]:
    """Yield for each line that was decided before what it was, what it is now, and why.

    Where it gets no money, the reason for the money that it had may still stand on it: it is left out.
    `every` are all decisions of the round, `lines` those of one notice.
    """
    earlier = earlier_decisions(every)
    for line in lines:
        before = [row for row in earlier.get(line.application, ()) if row.number < line.number]
        if before:
            was = ", then ".join(_decided(row, full_day, short_pounds) for row in before)
            given = [without_number(line.change_reason)]
            given += [line.reason] if line.amount_pence is not None else []
            reason = " ".join(with_capital(as_sentence(one)) for one in given if one.strip())
            now = _became(line, short_pounds)
            yield f"{line.application} was {was}. It is decided again and {now}. Reason: {reason}"


def takes_place(every: Sequence[DecisionRow], lines: Sequence[DecisionRow]) -> str:
    """Return how many decisions of which notices those of one notice take the place of, and on what."""
    earlier, of_notice = earlier_decisions(every), dict[str, list[str]]()
    for line in lines:
        before = [row for row in earlier.get(line.application, ()) if row.number < line.number]
        for row in before[-1:]:
            of_notice.setdefault(row.notice, []).append(line.application)
    told = (
        f"{'one decision' if len(of) == 1 else counted(len(of), 'decision')} of notice {number}"
        f"{f', on {listed(of)}' if len(of) <= _NAMED else ''}"
        for number, of in of_notice.items()
    )
    return f"This notice takes the place of {'; and of '.join(told)}."


def without_number(words: str) -> str:
    """Return why a line was changed without the number and the application of a challenge."""
    return _WHICH.sub("", words)


def _decided(
    row: DecisionRow, day: Callable[[date], str] = short_day, money: Callable[[int], str] = pounds
) -> str:
    """Return a decision with its day and notice: "declined on 2 Dec 2026 (notice 031/2026)"."""
    return f"{_became(row, money)} on {day(row.signed_on)} (notice {row.notice})"


def _became(row: DecisionRow, money: Callable[[int], str]) -> str:
    if row.amount_pence is not None:
        return f"awarded {money(row.amount_pence)}"
    return FORMS[PanelOutcome(row.outcome)].became


class DecidedRound(Struct, frozen=True, dict=True):
    """A round as it was decided, ranked once for all that a paper tells of its order."""

    round_id: int
    rows: RoundRows

    @cached_property
    def round(self) -> Round:
        """Return what the sums are worked from."""
        return scored_round(self.rows)

    @cached_property
    def ranking(self) -> Ranking:
        """Return the ranking of that day."""
        return rank(self.round)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Return how each application stands, by reference."""
        return {one.reference: one for one in self.ranking.standings}


def decided_round(session: Session, round_id: int) -> DecidedRound:
    """Return a round as it was decided; it is ranked when its order is first asked for."""
    return DecidedRound(round_id, as_decided(session, round_id))


def as_decided(session: Session, round_id: int) -> RoundRows:
    """Return a round with what was withdrawn after its decision as if it were not, to be ranked."""
    rows = round_rows(session, round_id)
    if not any(row.withdrawn for row in rows.applications):
        return rows
    return _with(rows, _placed(session, round_id))


def _with(rows: RoundRows, placed: Collection[str]) -> RoundRows:
    applications = tuple(
        replace(row, withdrawn=False) if row.withdrawn and row.reference in placed else row
        for row in rows.applications
    )
    return replace(rows, applications=applications)


def _placed(session: Session, round_id: int) -> frozenset[str]:
    """Return what had a place as the last step decided it."""
    return frozenset(
        row.application
        for row in decisions(session, round_id)
        if row.is_last and row.place is not None and row.verdict != "send_back"
    )
