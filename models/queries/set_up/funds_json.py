"""A fund as commands print it: as JSON, and in words."""

from collections.abc import Iterator
from datetime import date

from models.queries.set_up.funds import FIRST_DAY, Fund
from models.reference.fund_checks import source_words
from models.reference.fund_defaults import Source
from models.reference.fund_facts import facts_of
from models.reference.fund_lines import LINE_LISTS, lines_of
from models.reference.sign_off import chain_json
from models.values.choices import CHOICE_WORDS
from scoring.counted import listed
from scoring.money import plain_pounds, pounds
from scoring.written.days import full_day

Json = dict[str, object]


def fund_line_json(fund: Fund, today: date) -> Json:
    """Return a fund as a line of the list: its name of today, its code, who signs."""
    return {
        "name": fund.name_on(today),
        "code": fund.code,
        "has_panel": fund.rules.scheme is not None,
        "closed_from": _day(fund.closed_on),
        "rounds": fund.rounds,
        "chain": chain_json(fund.rules.chain),
    }


def fund_json(fund: Fund, today: date) -> Json:
    """Return all that is known of a fund; money in pounds with pence as text, days as ISO text."""
    return {
        **fund_line_json(fund, today),
        "names": [{"name": one.name, "from": _name_day(one.held_from)} for one in fund.names],
        "facts": dict(facts_of(fund.rules)),
        "years": [
            {
                "year": year.year,
                "amount": plain_pounds(year.amount_pence),
                "sources": list(map(_source, year.sources)),
            }
            for year in fund.years
        ],
        "areas": [area.name for area in fund.rules.areas],
        "lists": {which: _lines(fund, which) for which in LINE_LISTS},
        "required_lists": [kind.value for kind in fund.rules.required()],
        "panel": [
            {
                "kinds": list(one.kinds),
                "posts": list(one.posts),
                "at_least": one.at_least,
                "words": one.words,
            }
            for one in fund.rules.panel_kinds
        ],
    }


def fund_words(fund: Fund) -> Iterator[str]:
    """Yield all that is known of a fund in lines."""
    yield f"{fund.name} ({fund.code})"
    for before, name in zip(fund.names, fund.names[1:], strict=False):
        yield f"Called {before.name} before {full_day(name.held_from)}."
    if fund.closed_on is not None:
        yield f"Closed from {full_day(fund.closed_on)}."
    for key, value in facts_of(fund.rules).items():
        yield f"{key}: {value or '–'}"
    for number, step in enumerate(fund.rules.chain, 1):
        yield f"Step {number}: {step.words}{', one for each area' if step.per_area else ''}."
    if fund.rules.required():
        needed = listed([f"a {CHOICE_WORDS[one].lower()}" for one in fund.rules.required()])
        yield f"Before it is decided each application has {needed}."
    for year in fund.years:
        said = "; ".join(f"{source_words(one)} {pounds(one.amount_pence)}" for one in year.sources)
        yield f"{year.year}: {pounds(year.amount_pence)}{f' ({said})' if said else ''}"
    for which, words in LINE_LISTS.items():
        for line in lines_of(fund.rules, which):
            notes = f"{' (retired)' if line.is_retired else ''}{f' ({line.parts})' if line.parts else ''}"
            yield f"{words}, {line.code}: {line.words}{notes}"


def _lines(fund: Fund, which: str) -> list[Json]:
    return [
        {"code": one.code, "words": one.words, "retired": one.is_retired, "standard": one.is_on}
        | ({"parts": one.parts} if one.parts else {})
        for one in lines_of(fund.rules, which)
    ]


def _source(one: Source) -> Json:
    return {
        "kind": one.kind.value,
        "words": one.words,
        "amount": plain_pounds(one.amount_pence),
        "ends_on": _day(one.ends_on),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _name_day(day: date) -> str | None:
    return None if day == FIRST_DAY else day.isoformat()
