"""What a new fund starts from, and one fact or line of it changed at a time."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from models.reference.clauses import Clause, clauses_of
from models.reference.defaults import (
    CHECKS,
    MARKINGS,
    ONE_GATE,
    REFERENCE_TITLES,
    Condition,
    FundDefaults,
    FundList,
    Gate,
    ListItem,
    ListKind,
    PanelKind,
    Payment,
    ReferenceList,
    UsualArea,
)
from models.reference.fund_checks import (
    LISTS,
    Parts,
    panel_text,
    parts_text,
    pieces,
    read_panel,
    read_parts,
    read_returns,
    returns_text,
)
from models.reference.reporting import Every
from models.reference.schemes import shipped_funds, template
from models.reference.sign_off import Chain, SignOff, require_chain
from models.trouble import required
from scoring.money import plain_pounds
from scoring.scheme import Scheme
from scoring.written.amounts import read_money
from scoring.written.text import Refused, Unreadable, listed


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
            least, _, most = rest.partition(" up to ")
            step = replace(step, from_pence=_bound(part, least))
            step = replace(step, up_to_pence=_bound(part, most)) if most else step
        elif word.casefold() == "up":
            step = replace(step, up_to_pence=_bound(part, rest.removeprefix("to")))
        elif word.casefold() == "as":
            step = replace(step, role=rest.strip().casefold())
        else:
            raise Refused(
                f"“{part}” is not part of a step. Write “per area”, “from 5000”, “up to 5000” or "
                "“as commander”."
            )
    return step


def _bound(part: str, text: str) -> int:
    said = f"“{part}” is without an amount. Write “from 5000”, “up to 5000” or “from 5000 up to 20000”."
    return required(_money("the step", text), said)


def with_fact(fund: FundDefaults, key: str, text: str) -> FundDefaults:
    """Return the fund with a fact as it was typed; refused for a key that is none, or what it cannot be."""
    fact = required(FACTS.get(key), f"“{key}” is not a fact of a fund. Its facts: {', '.join(FACTS)}.")
    said = {fact.field: fact.read(fund, key, text.strip())}
    if fact.field in Scheme.__struct_fields__:
        return replace(fund, scheme=replace(_scheme(fund, key), **said))
    return replace(fund, **said)


def facts_of(fund: FundDefaults) -> dict[str, str]:
    """Return the facts of a fund as they would be typed; those of a panel only where it has one."""
    found = {
        key: getattr(fund if hasattr(fund, fact.field) else fund.scheme, fact.field)
        for key, fact in FACTS.items()
        if fund.scheme is not None or not fact.is_of_panel
    }
    return {key: "" if value is None else FACTS[key].write(value) for key, value in found.items()}


def _posts(text: str) -> tuple[str, tuple[str, ...]]:
    first, *others = (post.strip() for post in text.split("+"))
    return first, tuple(others)


def _marking(_: FundDefaults, key: str, text: str) -> str:
    if text not in MARKINGS:
        raise Refused(f"marking must be one of {' and '.join(MARKINGS)}, not “{text}”.")
    return text


def _split(between: str, _: FundDefaults, key: str, text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in re.split(rf"[{between}\n]", text))))


def _areas(fund: FundDefaults, _: str, text: str) -> tuple[UsualArea, ...]:
    named = {area.name: area for area in fund.areas}
    names = dict.fromkeys(pieces(text))
    if len(names) == 1 and "," in text and ";" not in text and not named.keys() >= names.keys():
        raise Refused(
            f"“{text}” would be one area. Part several with a semicolon, as in “Coventry; Dudley”; "
            "put one at the end where one area has a comma in its name."
        )
    return tuple(named.get(name, UsualArea(name)) for name in names)


def _checks(_: FundDefaults, key: str, text: str) -> tuple[str, ...]:
    named = {part.strip().casefold().replace(" ", "_") for part in text.split(",")} - {""}
    unknown = sorted(named - CHECKS.keys())
    if unknown:
        raise Refused(f"{key}: “{unknown[0][:40]}” is not a check. The checks: {', '.join(CHECKS)}.")
    return tuple(code for code in CHECKS if code in named)


def _reports_every(_: FundDefaults, key: str, text: str) -> Every | None:
    if text not in ("", *Every):
        raise Refused(
            f"reports_every must be one of {listed(list(Every), 'or')}, or empty, not “{text[:40]}”."
        )
    return Every(text) if text else None


def _panel(fund: FundDefaults, key: str, text: str) -> tuple[PanelKind, ...]:
    _scheme(fund, key)
    return read_panel(text, fund.panel_kinds)


def _reference(fund: FundDefaults, key: str, text: str) -> tuple[ReferenceList, ...]:
    """Read a list under which returns count people, beside the others."""
    lines = {one.code: one.lines for one in fund.reference} | {key: tuple(dict.fromkeys(pieces(text)))}
    found = (ReferenceList(code, title, lines.get(code, ())) for code, title in REFERENCE_TITLES.items())
    return tuple(one for one in found if one.lines)


def _scheme(fund: FundDefaults, name: str) -> Scheme:
    if fund.scheme is None:
        raise Refused(f"{fund.name} has no panel and so no {name.replace('_', ' ')}.")
    return fund.scheme


def _number(_: FundDefaults, key: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 1000):
        raise Refused(f"{key} must be a whole number from 1, not “{text[:40]}”.")
    return int(text)


def _money(name: str, text: str) -> int | None:
    try:
        pence = read_money(text)
    except Unreadable as no:
        raise Refused(f"{name}: {no}") from no
    if pence == 0:
        raise Refused(f"{name} of £0.00 lets nothing through. Leave it empty for none.")
    return pence


class Fact(Struct, frozen=True):
    """A fact that is typed: the field of the fund or its scheme that holds it, how it is read and written.

    It is read knowing the fund and the key of the fact; one of a panel is of a fund that has one.
    """

    field: str
    read: Callable[[FundDefaults, str, str], Any] = lambda fund, key, text: text
    write: Callable[[Any], str] = str
    is_of_panel: bool = False


def _lines(code: str) -> Fact:
    def write(lists: Sequence[ReferenceList]) -> str:
        return "; ".join(next((one.lines for one in lists if one.code == code), ()))

    return Fact("reference", _reference, write)


_PENCE = (lambda fund, key, text: _money(key, text), plain_pounds)
_CODES = (_checks, ", ".join)
FACTS: Mapping[str, Fact] = {
    "money": Fact("money"),
    "marking": Fact("marking", _marking),
    "legal_power": Fact("legal_power"),
    "postcodes": Fact("postcodes", partial(_split, ","), ", ".join),
    "also_known_as": Fact("also_known_as", partial(_split, ";"), "; ".join),
    "keep_awarded_years": Fact("keep_awarded_years", _number),
    "keep_declined_years": Fact("keep_declined_years", _number),
    "areas": Fact("areas", _areas, lambda areas: "; ".join(area.name for area in areas)),
    "agreement_days": Fact("agreement_days", _number),
    "letter_up_to": Fact("letter_up_to_pence", *_PENCE),
    "checks": Fact("checks", *_CODES),
    "required_checks": Fact("required_checks", *_CODES),
    "reports_every": Fact("reports_every", _reports_every),
    "returns": Fact("returns", lambda fund, key, text: read_returns(text), returns_text),
    "needs": _lines("needs"),
    "indicators": _lines("indicators"),
    "cap_per_award": Fact("cap_per_award_pence", *_PENCE, is_of_panel=True),
    "cap_per_organisation": Fact("cap_per_organisation_pence", *_PENCE, is_of_panel=True),
    "quorum": Fact("quorum", _number, is_of_panel=True),
    "panel": Fact("panel_kinds", _panel, panel_text, is_of_panel=True),
}
"""Every fact of a fund; several names or areas have a semicolon between them, or a line each."""


GATES, CONDITIONS, DECLINE_CODES, PAYMENTS = "gate", "condition", "decline_code", "payment"
CLAUSES = "clause"
LINE_LISTS: Mapping[str, str] = {
    **{kind.value: LISTS[kind].lines for kind in ListKind},
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
    return tuple(map(_as_line, _held(fund, which)))


def _as_line(one: Any) -> Line:
    is_on = getattr(one, "is_advisory", False) or getattr(one, "is_standard", False)
    words = one.question if isinstance(one, Gate) else one.words
    return Line(one.code, words, one.is_retired, is_on, parts_text(getattr(one, "parts", ())))


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
    return required(
        next((one for one in lines_of(fund, which) if one.code == code), None),
        f"There is no line “{code}” among the {LINE_LISTS[which]}. Correct the code.",
    )


def _made(which: str, line: Line, before: Any) -> object:
    if which == GATES:
        was = before or Gate(line.code, line.words)
        return replace(was, question=line.words, is_advisory=line.is_on, is_retired=line.is_retired)
    if which == CONDITIONS:
        return Condition(line.code, line.words, line.is_on, line.is_retired)
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


WEST_MIDLANDS, WEST_MERCIA = "west midlands", "west mercia"
_FORCES = {"acf": WEST_MIDLANDS, "victims": WEST_MIDLANDS, "community": WEST_MERCIA}
"""The force that a template was drawn from, whose areas and postcodes it has."""
_REQUIRED = {"victims": ListKind.PERMITTED}
"""The list of which a new fund wants a line before a decision, for a grant that is for its purposes alone."""
_OF_THE_FORCE = (
    "west midlands",
    "npu",
    "strategic police and crime board",
    "assistant police and crime commissioner",
)
"""Words of areas, and of posts on a panel, that one force has and another need not."""


def fund_from(name: str, code: str, word: str, force: str = "") -> FundDefaults:
    """Return a new fund of a name and code, started from the template of a word, "" for an empty one.

    The fund of another force than the template's starts without its areas, its postcodes and the posts that
    only that force's panel has; a fund of one area is of a whole force, whichever.
    """
    if not word:
        return FundDefaults(code, name, gates=ONE_GATE)
    fund = replace(template(word), code=code, name=name)
    if word in _REQUIRED:
        fund = requiring(fund, _REQUIRED[word], is_required=True)
    return fund if _FORCES.get(word, "") in force.casefold() else _of_another_force(fund, force)


def ready_made(codes: Sequence[str] | None = None, force: str = "") -> tuple[FundDefaults, ...]:
    """Return the funds that ship as a record of a force has them that is made in the window, None for all.

    They want what a fund from their template does, and are without what is the West Midlands' alone in the
    record of another force; the money of its years stays with it, whether a force is named or none. In a
    record that the command makes they do without: round workbooks that say no purpose are loaded and decided
    there by scripts.
    """
    wanted = {template(word).code: kind for word, kind in _REQUIRED.items()}
    funds = (
        requiring(fund, wanted[fund.code], is_required=True) if fund.code in wanted else fund
        for fund in shipped_funds(codes)
    )
    if WEST_MIDLANDS in force.casefold():
        return tuple(funds)
    return tuple(_of_another_force(replace(fund, amounts=(), sources=()), force) for fund in funds)


def _of_another_force(fund: FundDefaults, force: str) -> FundDefaults:
    """Return a fund without what one force has and another need not; as it is where no force is named."""
    if not force.strip():
        return fund
    areas = tuple(map(_of_any_force, fund.areas)) if len(fund.areas) == 1 else ()
    kinds = tuple(rule for rule in fund.panel_kinds if not any(map(_is_of_the_force, rule.posts)))
    return replace(fund, areas=areas, postcodes=(), panel_kinds=kinds, also_known_as=())


def _of_any_force(area: UsualArea) -> UsualArea:
    return replace(area, short_forms=tuple(form for form in area.short_forms if not _is_of_the_force(form)))


def _is_of_the_force(text: str) -> bool:
    return any(said in text.casefold() for said in _OF_THE_FORCE)
