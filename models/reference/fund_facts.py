"""One fact of a fund changed at a time, as a page or a command sends it."""

import re
from collections.abc import Callable, Mapping

from msgspec.structs import replace

from models.reference.fund_defaults import FundDefaults, ReferenceList, UsualArea
from models.reference.fund_texts import panel_text, pieces, read_panel, read_returns, returns_text
from models.reference.markings import MARKINGS
from models.reference.reporting import Every
from models.reference.schemes import REFERENCE_TITLES
from models.reference.sign_off import Chain, SignOff, require_chain
from models.values.diligence.checks import CHECKS
from scoring.counted import listed
from scoring.money import plain_pounds_if_any
from scoring.refused import Refused
from scoring.scheme import Scheme
from scoring.written.amounts import read_money
from scoring.written.text import Unreadable


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
            step = replace(step, from_pence=_money("the step", least))
            step = replace(step, up_to_pence=_money("the step", most)) if most else step
        elif word.casefold() == "up":
            step = replace(step, up_to_pence=_money("the step", rest.removeprefix("to ")))
        elif word.casefold() == "as":
            step = replace(step, role=rest.strip().casefold())
        else:
            raise Refused(
                f"“{part}” is not part of a step. Write “per area”, “from 5000”, “up to 5000” or "
                "“as commander”."
            )
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
        "agreement_days": str(fund.agreement_days),
        "letter_up_to": plain_pounds_if_any(fund.letter_up_to_pence) or "",
        "checks": ", ".join(fund.checks),
        "required_checks": ", ".join(fund.required_checks),
        "reports_every": "" if fund.reports_every is None else fund.reports_every.value,
        "returns": returns_text(fund.returns),
        "needs": _reference_text(fund, "needs"),
        "indicators": _reference_text(fund, "indicators"),
    }
    if fund.scheme is None:
        return plain
    return plain | {
        "cap_per_award": plain_pounds_if_any(fund.scheme.cap_per_award_pence) or "",
        "cap_per_organisation": plain_pounds_if_any(fund.scheme.cap_per_organisation_pence) or "",
        "quorum": str(fund.scheme.quorum),
        "panel": panel_text(fund.panel_kinds),
    }


def _posts(text: str) -> tuple[str, tuple[str, ...]]:
    first, *others = (post.strip() for post in text.split("+"))
    return first, tuple(others)


def _text(name: str) -> Callable[[FundDefaults, str], FundDefaults]:
    return lambda fund, text: replace(fund, **{name: text})


def _marking(fund: FundDefaults, text: str) -> FundDefaults:
    if text not in MARKINGS:
        raise Refused(f"marking must be one of {' and '.join(MARKINGS)}, not “{text}”.")
    return replace(fund, marking=text)


def _texts(name: str, between: str) -> Callable[[FundDefaults, str], FundDefaults]:
    def change(fund: FundDefaults, text: str) -> FundDefaults:
        parts = tuple(filter(None, (part.strip() for part in re.split(rf"[{between}\n]", text))))
        return replace(fund, **{name: parts})

    return change


def _areas(fund: FundDefaults, text: str) -> FundDefaults:
    named = {area.name: area for area in fund.areas}
    names = dict.fromkeys(pieces(text))
    if len(names) == 1 and "," in text and ";" not in text and not named.keys() >= names.keys():
        raise Refused(
            f"“{text.strip()}” would be one area. Part several with a semicolon, as in “Coventry; Dudley”; "
            "put one at the end where one area has a comma in its name."
        )
    return replace(fund, areas=tuple(named.get(name, UsualArea(name)) for name in names))


def _whole(name: str) -> Callable[[FundDefaults, str], FundDefaults]:
    return lambda fund, text: replace(fund, **{name: _number(name, text)})


def _cap(name: str) -> Callable[[FundDefaults, str], FundDefaults]:
    field = f"{name}_pence"

    def change(fund: FundDefaults, text: str) -> FundDefaults:
        found = {field: _money(name, text)}
        return replace(fund, scheme=replace(_scheme(fund, name), **found))

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
        return replace(fund, **found)

    return change


def _reports_every(fund: FundDefaults, text: str) -> FundDefaults:
    if text not in ("", *Every):
        raise Refused(
            f"reports_every must be one of {listed(list(Every), 'or')}, or empty, not “{text[:40]}”."
        )
    return replace(fund, reports_every=Every(text) if text else None)


def _panel(fund: FundDefaults, text: str) -> FundDefaults:
    _scheme(fund, "panel")
    return replace(fund, panel_kinds=read_panel(text, fund.panel_kinds))


def _returns(fund: FundDefaults, text: str) -> FundDefaults:
    return replace(fund, returns=read_returns(text))


def _reference(code: str) -> Callable[[FundDefaults, str], FundDefaults]:
    """Return how a list is read under which returns count people."""

    def change(fund: FundDefaults, text: str) -> FundDefaults:
        lines = tuple(dict.fromkeys(pieces(text)))
        by_code = {one.code: one for one in fund.reference}
        by_code[code] = ReferenceList(code, REFERENCE_TITLES[code], lines)
        kept = (by_code[one] for one in REFERENCE_TITLES if one in by_code)
        return replace(fund, reference=tuple(one for one in kept if one.lines))

    return change


def _reference_text(fund: FundDefaults, code: str) -> str:
    return "; ".join(next((one.lines for one in fund.reference if one.code == code), ()))


def _quorum(fund: FundDefaults, text: str) -> FundDefaults:
    return replace(fund, scheme=replace(_scheme(fund, "quorum"), quorum=_number("quorum", text)))


def _scheme(fund: FundDefaults, name: str) -> Scheme:
    if fund.scheme is None:
        raise Refused(f"{fund.name} has no panel and so no {name.replace('_', ' ')}.")
    return fund.scheme


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 1000):
        raise Refused(f"{name} must be a whole number from 1, not “{text[:40]}”.")
    return int(text)


def _money(name: str, text: str) -> int | None:
    try:
        pence = read_money(text)
    except Unreadable as no:
        raise Refused(f"{name}: {no}") from no
    if pence == 0:
        raise Refused(f"{name} of £0.00 lets nothing through. Leave it empty for none.")
    return pence


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
    "agreement_days": _whole("agreement_days"),
    "letter_up_to": _letter_up_to,
    "checks": _checks("checks"),
    "required_checks": _checks("required_checks"),
    "reports_every": _reports_every,
    "panel": _panel,
    "returns": _returns,
    "needs": _reference("needs"),
    "indicators": _reference("indicators"),
}
"""How each fact is read; several names or areas have a semicolon between them, or a line each."""
