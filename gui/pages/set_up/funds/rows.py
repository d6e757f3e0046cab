"""The lines of the page: the funds, and what is known of one, part by part."""

from collections.abc import Callable, Iterator
from operator import attrgetter

from msgspec import Struct

from gui.pages.awards.monitoring.lines import bands_words
from gui.record.clock import current_day
from gui.tables.columns import Gives, Keeps
from gui.tables.line_column import LineColumn
from gui.text import counted
from gui.theme.office_words import ours
from models.queries.set_up.funds import FIRST_DAY, Fund
from models.reference.defaults import FundDefaults, ListKind
from models.reference.fund_checks import source_words
from models.reference.fund_facts import CONDITIONS, GATES, LINE_LISTS, facts_of, lines_of, with_fact
from scoring.money import short_pounds
from scoring.written.amounts import read_money
from scoring.written.days import full_day, short_day
from scoring.written.text import Refused, listed, with_capital

FACTS, YEARS, CHAIN, PANEL = "facts", "years", "chain", "panel"
SECTIONS: tuple[tuple[str, str], ...] = (
    ("Facts and names", FACTS),
    ("Money by year", YEARS),
    ("Sign-off chain", CHAIN),
    ("Who must sit on the panel", PANEL),
    *((with_capital(words), which) for which, words in LINE_LISTS.items()),
)
"""The parts of a fund, in words and by key."""
FACT_WORDS = {
    "money": "Where its money comes from",
    "marking": "Marking of papers",
    "legal_power": "Legal power",
    "postcodes": "Postcode areas",
    "also_known_as": "Other names",
    "areas": "Areas of its rounds",
    "keep_awarded_years": "Years awarded ones are kept",
    "keep_declined_years": "Years others are kept",
    "cap_per_award": "Cap for an award",
    "cap_per_organisation": "Cap for an organisation",
    "quorum": "Quorum",
    "agreement_days": "Days to sign the agreement",
    "letter_up_to": "One letter up to",
    "checks": "Due diligence",
    "required_checks": "Before the agreement",
    "reports_every": "Reports to the Ministry every",
    "returns": "When recipients report",
    "needs": "Categories of need",
    "indicators": "Indicator areas",
}
MONEY = ("cap_per_award", "cap_per_organisation", "letter_up_to")
FIGURES = (*MONEY, "quorum", "agreement_days", "keep_awarded_years", "keep_declined_years")
"""The facts that are one figure, and those of them that are money."""
NAMES = "name"


class FundRow(Struct, frozen=True):
    """A line of a part of a fund: its key, what it is called, what it says."""

    key: str
    what: str
    says: str
    note: str = ""


def rows_of(fund: Fund, section: str) -> tuple[FundRow, ...]:
    """Return the lines of a part of a fund."""
    if section == FACTS:
        return tuple(_facts(fund))
    if section == YEARS:
        return tuple(_years(fund))
    if section == CHAIN:
        return tuple(_steps(fund))
    if section == PANEL:
        return tuple(_panel(fund))
    return tuple(_lines(fund, section))


def is_list(section: str) -> bool:
    """Whether a part is a list of lines with codes."""
    return section in LINE_LISTS


def may_be_required(section: str) -> bool:
    """Whether each application may be asked for a line of the part before it is decided."""
    return section in list(ListKind)


def state(fund: Fund) -> str:
    """Return how a fund stands, in a few words."""
    if fund.closed_on is not None:
        return f"Closed from {short_day(fund.closed_on)}"
    rounds = counted(fund.rounds, "round", "rounds") if fund.rounds else "No round yet"
    return rounds if fund.rules.scheme is not None else f"{rounds}, no panel"


def newest_year(fund: Fund) -> str:
    """Return what a fund has in the newest year recorded."""
    return f"{fund.years[-1].year}: {short_pounds(fund.years[-1].amount_pence)}" if fund.years else "–"


def name_today(fund: Fund) -> str:
    """Return the name of today."""
    return fund.name_on(current_day())


def accessible_text(fund: Fund) -> str:
    """Return a fund's line in words."""
    return ", ".join((name_today(fund), fund.code, newest_year(fund), state(fund)))


def row_accessible_text(row: FundRow) -> str:
    """Return a line in words."""
    return ", ".join(filter(None, (row.what, row.says, row.note)))


def _facts(fund: Fund) -> Iterator[FundRow]:
    for name in reversed(fund.names):
        what = "Name" if name == fund.names[-1] else "Former name"
        since = "" if name.held_from == FIRST_DAY else f"from {full_day(name.held_from)}"
        yield FundRow(f"{NAMES}:{name.held_from}", what, name.name, since)
    facts = facts_of(fund.rules)
    for key, value in ((key, facts[key]) for key in facts if key in FACT_WORDS):
        shown = bands_words(fund.rules.returns) if key == "returns" and value else typed_fact(fund, key)
        yield FundRow(f"fact:{key}", ours(FACT_WORDS[key]), shown or "–")


def typed_fact(fund: Fund, key: str) -> str:
    """Return a fact as it is typed, money as screens show it."""
    value = facts_of(fund.rules)[key]
    return short_pounds(read_money(value) or 0) if key in MONEY and value else value


def with_named_fact(rules: FundDefaults, key: str, text: str) -> FundDefaults:
    """Return the rules with a fact as it was typed, refused by the name that the page has for it."""
    try:
        return with_fact(rules, key, text)
    except Refused as no:
        said = str(no)
        named = f"{ours(FACT_WORDS[key])}{said.removeprefix(key)}"
        raise Refused(named if said.startswith(key) else said) from no


def change_words(row: FundRow | None) -> str:
    """Return what the button that changes a line says: which fact, for each asks something else."""
    is_fact = row is not None and row.key.startswith(("fact:", f"{NAMES}:"))
    return f"Change “{row.what}”…" if row is not None and is_fact else "Change…"


def _years(fund: Fund) -> Iterator[FundRow]:
    for year in reversed(fund.years):
        lapsing = (f" until {short_day(one.ends_on)}" if one.ends_on else "" for one in year.sources)
        parts = zip(year.sources, lapsing, strict=True)
        note = "; ".join(f"{source_words(one)} {short_pounds(one.amount_pence)}{ends}" for one, ends in parts)
        yield FundRow(f"year:{year.year}", year.year, short_pounds(year.amount_pence), note)


def _steps(fund: Fund) -> Iterator[FundRow]:
    for number, step in enumerate(fund.rules.chain, 1):
        who = ours("one person for each area") if step.per_area else ours("one person for all areas")
        jointly = "jointly, in either order; " if step.is_joint else ""
        yield FundRow(f"step:{number}", f"Step {number}", step.words, f"{jointly}{who}, as {step.role}")


def _panel(fund: Fund) -> Iterator[FundRow]:
    for number, rule in enumerate(fund.rules.panel_kinds, 1):
        who = listed([*rule.kinds, *rule.posts], "or")
        yield FundRow(f"rule:{number}", f"At least {rule.at_least}", who, f"Else: {rule.words}")


def _lines(fund: Fund, section: str) -> Iterator[FundRow]:
    on = {CONDITIONS: "with every award", GATES: "advisory"}
    for line in lines_of(fund.rules, section):
        notes = ("retired" if line.is_retired else "", on.get(section, "") if line.is_on else "", line.parts)
        yield FundRow(f"line:{line.code}", line.code, line.words, ", ".join(filter(None, notes)))


fund_key: Callable[[Fund], str] = attrgetter("code")
"""Return a fund's code, which is a line's key."""
row_key: Callable[[FundRow], str] = attrgetter("key")
"""Return a line's key."""
_what: Callable[[FundRow], str] = attrgetter("what")
_says: Callable[[FundRow], str] = attrgetter("says")
_note: Callable[[FundRow], str] = attrgetter("note")

FUND_COLUMNS: tuple[LineColumn[Fund], ...] = (
    LineColumn("fund", "Fund", name_today, name_today, under=fund_key, keeps=Keeps.WHOLE),
    LineColumn("state", "Now", state, state, width=130, under=newest_year, gives_way=Gives.STATE),
)
ROW_COLUMNS: tuple[LineColumn[FundRow], ...] = (
    LineColumn("what", "Item", _what, _what, width=200, tip=_what, gives_way=Gives.WORDS),
    LineColumn("says", "Details", _says, _says, under=_note, tip=_says),
)
