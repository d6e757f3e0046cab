"""One fact or one line of a fund changed at a time, as a page or a command sends it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

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
    UsualArea,
)
from models.reference.reporting import Every
from models.reference.sign_off import Chain, SignOff, require_chain
from models.values.diligence.checks import CHECKS
from scoring.counted import listed
from scoring.money import plain_pounds
from scoring.refused import Refused
from scoring.scheme import Scheme
from scoring.written.amounts import read_money
from scoring.written.text import Unreadable

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
_MARKINGS = ("OFFICIAL", "OFFICIAL-SENSITIVE")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of any list of a fund."""

    code: str
    words: str
    is_retired: bool = False
    is_on: bool = False
    """Whether a condition goes with every award, or a gate is advisory."""


def lines_of(fund: FundDefaults, which: str) -> tuple[Line, ...]:
    """Return the lines of a list, retired ones included."""
    if which == GATES:
        return tuple(Line(g.code, g.question, g.is_retired, g.is_advisory) for g in fund.gates)
    if which == CONDITIONS:
        return tuple(Line(c.code, c.words, c.is_retired, c.is_standard) for c in fund.conditions)
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


def requiring(fund: FundDefaults, kind: ListKind, *, is_required: bool) -> FundDefaults:
    """Return the fund with a list of which each application needs a line, or may do without."""
    return _with_list(fund, FundList(kind, fund.items(kind), is_required))


def with_chain(fund: FundDefaults, chain: Chain) -> FundDefaults:
    """Return the fund with another sign-off chain; refused with a fault in it."""
    require_chain(chain)
    return replace(fund, chain=chain)


def read_step(text: str) -> SignOff:
    """Read a step as it is typed: "Commander + Ambassador; per area; from 5000; as commander"."""
    posts, *said = (part.strip() for part in text.split(";"))
    step = SignOff("decider", *_posts(posts))
    for part in filter(None, said):
        word, _, rest = part.partition(" ")
        if part.casefold() == "per area":
            step = replace(step, per_area=True)
        elif word.casefold() == "from":
            step = replace(step, from_pence=_money("the step", rest))
        elif word.casefold() == "as":
            step = replace(step, role=rest.strip().casefold())
        else:
            raise Refused(f"“{part}” is not part of a step. Write “per area”, “from 5000” or “as commander”.")
    return step


def with_fact(fund: FundDefaults, key: str, text: str) -> FundDefaults:
    """Return the fund with a fact as it was typed; refused for a key that is none, or what it cannot be."""
    change = FACTS.get(key)
    if change is None:
        raise Refused(f"“{key}” is not a fact of a fund. Its facts: {', '.join(FACTS)}.")
    return change(fund, text.strip())


def facts_of(fund: FundDefaults) -> dict[str, str]:
    """Return the facts of a fund as they would be typed; those of a scheme only where it has one."""
    plain = {
        "money": fund.money,
        "marking": fund.marking,
        "legal_power": fund.legal_power,
        "postcodes": ", ".join(fund.postcodes),
        "also_known_as": "; ".join(fund.also_known_as),
        "keep_awarded_years": str(fund.keep_awarded_years),
        "keep_declined_years": str(fund.keep_declined_years),
        "areas": "; ".join(area.name for area in fund.areas),
        "letter_up_to": _pounds(fund.letter_up_to_pence),
        "checks": ", ".join(fund.checks),
        "required_checks": ", ".join(fund.required_checks),
        "reports_every": "" if fund.reports_every is None else fund.reports_every.value,
    }
    if fund.scheme is None:
        return plain
    return plain | {
        "cap_per_award": _pounds(fund.scheme.cap_per_award_pence),
        "cap_per_organisation": _pounds(fund.scheme.cap_per_organisation_pence),
        "quorum": str(fund.scheme.quorum),
    }


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
        was = before or Payment(line.code, line.words, ((100, "agreement signed"),))
        return replace(was, words=line.words, is_retired=line.is_retired)
    if which == CLAUSES:
        return Clause(line.code, line.words, line.is_retired)
    return ListItem(line.code, line.words, line.is_retired)


def _with(fund: FundDefaults, which: str, lines: tuple[Any, ...]) -> FundDefaults:
    if which in _FIELDS:
        return replace(fund, **{_FIELDS[which]: lines})  # type: ignore[arg-type]
    kind = ListKind(which)
    return _with_list(fund, FundList(kind, lines, kind in fund.required()))


def _with_list(fund: FundDefaults, held: FundList) -> FundDefaults:
    """Return the fund with a list, its lists in one order, those without anything left out."""
    by_kind = {one.kind: one for one in fund.lists} | {held.kind: held}
    lists = (by_kind[kind] for kind in ListKind if kind in by_kind)
    return replace(fund, lists=tuple(one for one in lists if one.items or one.is_required))


def _posts(text: str) -> tuple[str, tuple[str, ...]]:
    first, *others = (post.strip() for post in text.split("+"))
    return first, tuple(others)


def _text(name: str) -> Callable[[FundDefaults, str], FundDefaults]:
    return lambda fund, text: replace(fund, **{name: text})  # type: ignore[arg-type]


def _marking(fund: FundDefaults, text: str) -> FundDefaults:
    if text not in _MARKINGS:
        raise Refused(f"marking is one of {' and '.join(_MARKINGS)}, not “{text}”.")
    return replace(fund, marking=text)


def _texts(name: str, between: str) -> Callable[[FundDefaults, str], FundDefaults]:
    def change(fund: FundDefaults, text: str) -> FundDefaults:
        parts = tuple(filter(None, (part.strip() for part in text.split(between))))
        return replace(fund, **{name: parts})  # type: ignore[arg-type]

    return change


def _areas(fund: FundDefaults, text: str) -> FundDefaults:
    named = {area.name: area for area in fund.areas}
    names = dict.fromkeys(filter(None, (part.strip() for part in text.split(";"))))
    return replace(fund, areas=tuple(named.get(name, UsualArea(name)) for name in names))


def _whole(name: str) -> Callable[[FundDefaults, str], FundDefaults]:
    return lambda fund, text: replace(fund, **{name: _number(name, text)})  # type: ignore[arg-type]


def _cap(name: str) -> Callable[[FundDefaults, str], FundDefaults]:
    field = f"{name}_pence"

    def change(fund: FundDefaults, text: str) -> FundDefaults:
        found = {field: _money(name, text)}
        return replace(fund, scheme=replace(_scheme(fund, name), **found))  # type: ignore[arg-type]

    return change


def _letter_up_to(fund: FundDefaults, text: str) -> FundDefaults:
    return replace(fund, letter_up_to_pence=_money("letter_up_to", text))


def _checks(name: str) -> Callable[[FundDefaults, str], FundDefaults]:
    def change(fund: FundDefaults, text: str) -> FundDefaults:
        named = {part.strip().casefold().replace(" ", "_") for part in text.split(",")} - {""}
        unknown = sorted(named - CHECKS.keys())
        if unknown:
            raise Refused(f"{name}: “{unknown[0][:40]}” is not a check. The checks: {', '.join(CHECKS)}.")
        found = {name: tuple(code for code in CHECKS if code in named)}
        return replace(fund, **found)  # type: ignore[arg-type]

    return change


def _reports_every(fund: FundDefaults, text: str) -> FundDefaults:
    if text not in ("", *Every):
        raise Refused(f"reports_every is one of {listed(list(Every), 'or')}, or empty, not “{text[:40]}”.")
    return replace(fund, reports_every=Every(text) if text else None)


def _quorum(fund: FundDefaults, text: str) -> FundDefaults:
    return replace(fund, scheme=replace(_scheme(fund, "quorum"), quorum=_number("quorum", text)))


def _scheme(fund: FundDefaults, name: str) -> Scheme:
    if fund.scheme is None:
        raise Refused(f"{fund.name} has no panel and so no {name.replace('_', ' ')}.")
    return fund.scheme


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 1000):
        raise Refused(f"{name} is a whole number from 1 on, not “{text[:40]}”.")
    return int(text)


def _money(name: str, text: str) -> int | None:
    try:
        pence = read_money(text)
    except Unreadable as no:
        raise Refused(f"{name}: {no}") from no
    if pence == 0:
        raise Refused(f"{name} of £0.00 lets nothing through. Leave it empty for none.")
    return pence


def _pounds(pence: int | None) -> str:
    return "" if pence is None else plain_pounds(pence)


FACTS: Mapping[str, Callable[[FundDefaults, str], FundDefaults]] = {
    "money": _text("money"),
    "marking": _marking,
    "legal_power": _text("legal_power"),
    "postcodes": _texts("postcodes", ","),
    "also_known_as": _texts("also_known_as", ";"),
    "areas": _areas,
    "cap_per_award": _cap("cap_per_award"),
    "cap_per_organisation": _cap("cap_per_organisation"),
    "quorum": _quorum,
    "keep_awarded_years": _whole("keep_awarded_years"),
    "keep_declined_years": _whole("keep_declined_years"),
    "letter_up_to": _letter_up_to,
    "checks": _checks("checks"),
    "required_checks": _checks("required_checks"),
    "reports_every": _reports_every,
}
"""How each fact is read; several names or areas have a semicolon between them."""
