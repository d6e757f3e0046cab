"""The lists of a fund whose lines have a code and words: one line added, changed or taken out at a time."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from models.reference.clauses import Clause, clauses_of
from models.reference.fund_checks import LIST_WORDS
from models.reference.fund_defaults import (
    Condition,
    DeclineCode,
    FundDefaults,
    FundList,
    Gate,
    ListItem,
    ListKind,
    Payment,
)
from models.reference.fund_texts import Parts, parts_text, read_parts
from scoring.refused import Refused

GATES, CONDITIONS, DECLINE_CODES, PAYMENTS = "gate", "condition", "decline_code", "payment"
CLAUSES = "clause"
LINE_LISTS: Mapping[str, str] = {
    **{kind.value: words for kind, words in LIST_WORDS.items()},
    GATES: "gates",
    CONDITIONS: "conditions",
    DECLINE_CODES: "decline codes",
    PAYMENTS: "payment profiles",
    CLAUSES: "clauses of its agreements",
}
"""Every list of a fund whose lines have a code and words, and what it is called."""
_FIELDS = {
    GATES: "gates",
    CONDITIONS: "conditions",
    DECLINE_CODES: "decline_codes",
    PAYMENTS: "payments",
    CLAUSES: "clauses",
}


class Line(Struct, frozen=True):
    """A line of any list of a fund."""

    code: str
    words: str
    is_retired: bool = False
    is_on: bool = False
    """Whether a condition goes with every award, or a gate is advisory."""
    parts: str = ""
    """The parts of a payment profile as they are typed, "" for every other list."""


def lines_of(fund: FundDefaults, which: str) -> tuple[Line, ...]:
    """Return the lines of a list, retired ones included."""
    if which == GATES:
        return tuple(Line(g.code, g.question, g.is_retired, g.is_advisory) for g in fund.gates)
    if which == CONDITIONS:
        return tuple(Line(c.code, c.words, c.is_retired, c.is_standard) for c in fund.conditions)
    if which == PAYMENTS:
        return tuple(Line(p.code, p.words, p.is_retired, parts=parts_text(p.parts)) for p in fund.payments)
    return tuple(Line(one.code, one.words, one.is_retired) for one in _held(fund, which))


def with_line(fund: FundDefaults, which: str, line: Line) -> FundDefaults:
    """Return the fund with a line in the place of the one of its code, or at the end of the list."""
    there = list(_held(fund, which))
    at = next((n for n, one in enumerate(there) if one.code == line.code), None)
    made = _made(which, line, None if at is None else there[at])
    if at is None:
        there.append(made)
    else:
        there[at] = made
    return _with(fund, which, tuple(there))


def without_line(fund: FundDefaults, which: str, code: str) -> FundDefaults:
    """Return the fund without a line; refused where there is none of that code."""
    _line(fund, which, code)
    return _with(fund, which, tuple(one for one in _held(fund, which) if one.code != code))


def retired(fund: FundDefaults, which: str, code: str, *, is_retired: bool) -> FundDefaults:
    """Return the fund with a line retired or back in use; refused where there is none of that code."""
    return with_line(fund, which, replace(_line(fund, which, code), is_retired=is_retired))


def paid_in(fund: FundDefaults, code: str, parts: str) -> FundDefaults:
    """Return the fund with other parts of a payment profile; refused where there is none of that code."""
    return with_line(fund, PAYMENTS, replace(_line(fund, PAYMENTS, code), parts=parts))


def requiring(fund: FundDefaults, kind: ListKind, *, is_required: bool) -> FundDefaults:
    """Return the fund with a list of which each application needs a line, or may do without."""
    return _with_list(fund, FundList(kind, fund.items(kind), is_required))


def _held(fund: FundDefaults, which: str) -> tuple[Any, ...]:
    if which not in LINE_LISTS:
        raise Refused(f"“{which}” is not a list of a fund. Its lists: {', '.join(LINE_LISTS)}.")
    if which == CLAUSES:
        return clauses_of(fund.clauses)
    return getattr(fund, _FIELDS[which]) if which in _FIELDS else fund.items(ListKind(which))


def _line(fund: FundDefaults, which: str, code: str) -> Line:
    _held(fund, which)
    found = next((one for one in lines_of(fund, which) if one.code == code), None)
    if found is None:
        raise Refused(f"There is no line “{code}” among the {LINE_LISTS[which]}. Correct the code.")
    return found


def _made(which: str, line: Line, before: Any) -> object:
    if which == GATES:
        was = before or Gate(line.code, line.words)
        return replace(was, question=line.words, is_advisory=line.is_on, is_retired=line.is_retired)
    if which == CONDITIONS:
        return Condition(line.code, line.words, line.is_on, line.is_retired)
    if which == DECLINE_CODES:
        return DeclineCode(line.code, line.words, line.is_retired)
    if which == PAYMENTS:
        parts: Parts = before.parts if before else ((100, "agreement signed"),)
        parts = read_parts(line.parts) if line.parts.strip() else parts
        return Payment(line.code, line.words, parts, line.is_retired)
    if which == CLAUSES:
        return Clause(line.code, line.words, line.is_retired)
    return ListItem(line.code, line.words, line.is_retired)


def _with(fund: FundDefaults, which: str, lines: tuple[Any, ...]) -> FundDefaults:
    if which in _FIELDS:
        return replace(fund, **{_FIELDS[which]: lines})
    kind = ListKind(which)
    return _with_list(fund, FundList(kind, lines, kind in fund.required()))


def _with_list(fund: FundDefaults, held: FundList) -> FundDefaults:
    """Return the fund with a list, its lists in one order, those without anything left out."""
    by_kind = {one.kind: one for one in fund.lists} | {held.kind: held}
    lists = (by_kind[kind] for kind in ListKind if kind in by_kind)
    return replace(fund, lists=tuple(one for one in lists if one.items or one.is_required))
