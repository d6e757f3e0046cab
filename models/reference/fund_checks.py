"""What a fund's rules and years must keep, whoever writes them: a page, a command or a file."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from msgspec import Struct, toml

import resources
from models.reference.defaults import (
    CHECKS,
    MEMBER_KINDS,
    FundDefaults,
    ListKind,
    PanelKind,
    ReturnBand,
    Source,
    SourceKind,
)
from models.reference.sign_off import chain_faults
from models.trouble import required
from scoring.money import plain_pounds, pounds
from scoring.written.amounts import read_money
from scoring.written.text import Refused, Unreadable, lazy_pattern, listed

LONGEST_PIECE = 300
"""Characters between two semicolons."""
POINTS = ("end", "halves", "quarterly")
PANEL_HINT = (
    "How many of which kind (police, community, partner, office) or which post, with semicolons: "
    "3 of office; 1 of community, partner; 1 of Victims' Champion. A post is written as the member's "
    "organisation. Empty for no rule."
)
RETURNS_HINT = (
    "When recipients report, by the size of the award, with semicolons: up to 5000 end; up to 20000 halves; "
    "any quarterly. Halves are half way and at the end. Empty for the usual ones."
)
PARTS_HINT = "Percent and what it waits for, with semicolons: 50 agreement signed; 50 proof of purchase."
Parts = tuple[tuple[int, str], ...]

_RULE = lazy_pattern(r"(\d{1,2}) of (.+)")
_BAND = lazy_pattern(r"(?:up to (.+?)|any(?: amount)?):? (\w+)", re.IGNORECASE)
_PART = lazy_pattern(r"(\d{1,3}) ?%? (.+)")
T = TypeVar("T")


def panel_text(rules: Iterable[PanelKind]) -> str:
    """Return who must sit on a panel as it would be typed: "1 of community, partner"."""
    return "; ".join(f"{rule.at_least} of {', '.join((*rule.kinds, *rule.posts))}" for rule in rules)


def read_panel(text: str, stood: Sequence[PanelKind]) -> tuple[PanelKind, ...]:
    """Read who must sit on a panel; a rule that stood keeps the words of its warning."""
    words = {(rule.kinds, rule.posts, rule.at_least): rule.words for rule in stood}

    def rule(found: re.Match[str]) -> PanelKind:
        named = tuple(filter(None, (one.strip() for one in found[2].split(","))))
        kinds = tuple(one.casefold() for one in named if one.casefold() in MEMBER_KINDS)
        posts = tuple(one for one in named if one.casefold() not in MEMBER_KINDS)
        least = int(found[1])
        if not (named and least):
            raise Refused(f"“{found[0]}” asks for nobody. {PANEL_HINT}")
        said = words.get((kinds, posts, least)) or _warning((*kinds, *posts), least, has_posts=bool(posts))
        return PanelKind(kinds, least, said, posts)

    return _each(text, _RULE, rule, PANEL_HINT)


def returns_text(bands: Iterable[ReturnBand]) -> str:
    """Return when recipients report as it would be typed: "up to 5000.00 end; any quarterly"."""
    return "; ".join(
        f"{'any' if band.up_to_pence is None else f'up to {plain_pounds(band.up_to_pence)}'} {band.points}"
        for band in bands
    )


def read_returns(text: str) -> tuple[ReturnBand, ...]:
    """Read when recipients report; refused unless the amounts rise and the last is any amount."""

    def band(found: re.Match[str]) -> ReturnBand:
        points = found[2].casefold()
        if points not in POINTS:
            raise Refused(f"“{found[2]}” is not one of {listed(POINTS, 'or')}. {RETURNS_HINT}")
        try:
            return ReturnBand(read_money(found[1]) if found[1] else None, points)
        except Unreadable as no:
            raise Refused(f"“{found[0]}”: {no}") from no

    bands = _each(text, _BAND, band, RETURNS_HINT)
    *bounds, last = [one.up_to_pence for one in bands] or [None]
    rising = [one or 0 for one in bounds]
    if last is not None or None in bounds or rising != sorted(set(rising)):
        raise Refused(
            f"The amounts must rise from one to the next, and the last must be any amount. {RETURNS_HINT}"
        )
    return bands


def parts_text(parts: Parts) -> str:
    """Return the parts of a payment as they would be typed: "50 agreement signed; 50 proof of purchase"."""
    return "; ".join(f"{percent} {trigger}" for percent, trigger in parts)


def read_parts(text: str) -> Parts:
    """Read the parts of a payment; refused unless they come to 100 percent."""
    parts = _each(text, _PART, lambda found: (int(found[1]), found[2]), PARTS_HINT)
    whole = sum(percent for percent, _ in parts)
    if whole != 100:
        raise Refused(f"The parts come to {whole} percent, not to 100. {PARTS_HINT}")
    if not all(percent for percent, _ in parts):
        raise Refused(f"A part of 0 percent pays nothing. Leave it out. {PARTS_HINT}")
    return parts


def pieces(text: str) -> tuple[str, ...]:
    """Return what stands between semicolons or on lines, blanks left out; refused for more than it holds."""
    found = tuple(filter(None, (" ".join(one.split()) for one in re.split(r"[;\n]", text))))
    if len(found) > MOST_LINES or max(map(len, found), default=0) > LONGEST_PIECE:
        raise Refused(f"Write up to {MOST_LINES} of them with up to {LONGEST_PIECE} characters each.")
    return found


def _each(text: str, form: re.Pattern[str], made: Callable[[re.Match[str]], T], hint: str) -> tuple[T, ...]:
    """Return what is made of each piece between semicolons; refused for one that has not the form."""
    found = []
    for piece in pieces(text):
        match = required(form.fullmatch(piece), f"“{piece[:60]}” cannot be read. {hint}")
        found.append(made(match))
    return tuple(found)


def _warning(named: Sequence[str], least: int, *, has_posts: bool) -> str:
    """Return what the page Panel says where a panel has not so many."""
    who = listed(named, "or")
    if has_posts:
        return (
            f"{who} is not on the panel." if least == 1 else f"Fewer than {least} of {who} are on the panel."
        )
    return (
        f"The panel has no {who} member."
        if least == 1
        else f"The panel has fewer than {least} {who} members."
    )


MOST_YEARS = 100
MOST_DAYS = 366
LONGEST = 2_000
"""Characters in one text of a fund."""
LONGEST_NAME = 120
MOST_LINES = 300
"""Lines in one list of a fund."""


class ListWords(Struct, frozen=True):
    """What the lines of a list are called, one that an application has, and headings of answers about it."""

    lines: str
    line: str
    headings: tuple[str, ...]


LISTS = toml.decode(resources.text("forms/lists.toml"), type=dict[ListKind, ListWords])
"""The words of each list of a fund, in the order in which they are told."""
SOURCE_WORDS = {
    SourceKind.CRIME: "Proceeds of crime",
    SourceKind.PROPERTY: "Police property",
    SourceKind.MINISTRY: "Ministry of Justice",
    SourceKind.PRECEPT: "Precept",
    SourceKind.OTHER: "Other",
}
_YEAR = lazy_pattern(r"(\d{4})/(\d{2})", re.ASCII)
_TYPED_YEAR = lazy_pattern(r"(?:20)?(\d{2})\s?[/–-]\s?(?:20)?(\d{2})", re.ASCII)
_CODE = lazy_pattern(r"[^\s=,;/\\]{1,40}")


class _Line(Protocol):
    @property
    def code(self) -> str: ...


def is_financial_year(text: str) -> bool:
    """Whether a text is a financial year as it is written here: 2026/27."""
    found = _YEAR.fullmatch(text)
    return found is not None and 1990 <= int(found[1]) < 2100 and (int(found[1]) + 1) % 100 == int(found[2])


def written_year(text: str) -> str:
    """Return a year as it is typed as a financial year is written: "27/28" and "2027-2028" are 2027/28.

    Another text is returned as it is.
    """
    found = _TYPED_YEAR.fullmatch(text.strip())
    year = f"20{found[1]}/{found[2]}" if found is not None else text
    return year if is_financial_year(year) else text


def is_plain_text(text: str) -> bool:
    return all(one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs") for one in text)


def check_fund(fund: FundDefaults) -> None:
    """Refuse a fund whose rules do not keep what every fund's must, with the first fault in words."""
    for fault in fund_faults(fund):
        raise Refused(fault)


def fund_faults(fund: FundDefaults) -> Iterator[str]:
    """Yield what is wrong with a fund, one sentence each."""
    yield from _name_faults(fund)
    for what, text in (("legal power", fund.legal_power), ("words on its money", fund.money)):
        if len(text) > LONGEST:
            yield f"The {what} is longer than {LONGEST} characters. Shorten it."
    for what, lines in _coded(fund):
        yield from _line_faults(what, lines)
    for one in fund.payments:
        parts = [percent for percent, _ in one.parts]
        if sum(parts) != 100 or min(parts) < 1:
            yield f"The parts of the payment profile “{one.code}” come to {sum(parts)} percent, not to 100."
    if fund.chain:
        yield from chain_faults(fund.chain)
    for code in (*fund.checks, *fund.required_checks):
        if code not in CHECKS:
            yield f"“{code[:40]}” is not a check of due diligence. The checks: {', '.join(CHECKS)}."
    for years in (fund.keep_awarded_years, fund.keep_declined_years):
        if not 1 <= years <= MOST_YEARS:
            yield f"Applications can be kept for 1 to {MOST_YEARS} years, not for {years}."
    if not 1 <= fund.agreement_days <= MOST_DAYS:
        yield f"An agreement is to come back within 1 to {MOST_DAYS} days, not {fund.agreement_days}."
    for year, pence in fund.amounts:
        yield from year_faults(year, pence, [one for one in fund.sources if one.year == year])
    loose = next((of.year for of in fund.sources if of.year not in dict(fund.amounts)), None)
    if loose is not None:
        yield f"A source is of {loose}, for which the fund has no amount. Enter the year's amount."
    if fund.amounts:
        yield from cap_faults(fund, *max(fund.amounts))


def year_faults(year: str, pence: int, sources: Sequence[Source]) -> Iterator[str]:
    """Yield what is wrong with the money of a fund's year."""
    if not is_financial_year(year):
        yield f"“{year}” is not a financial year. Write it like 2026/27."
    if pence < 0:
        yield f"The amount of {year} is below £0.00: {pounds(pence)}. Enter what the fund has."
    for one in sources:
        if one.amount_pence < 0:
            yield f"{source_words(one)} gives {pounds(one.amount_pence)}, which is below £0.00."
        if len(one.words) > LONGEST_NAME:
            yield f"A source of {year} has a name longer than {LONGEST_NAME} characters. Shorten it."
    total = sum(one.amount_pence for one in sources)
    if sources and total != pence:
        by, which = pounds(abs(total - pence)), "more" if total > pence else "less"
        yield (
            f"The sources of {year} come to {pounds(total)}, {by} {which} than its amount of "
            f"{pounds(pence)}. Correct one or the other."
        )


def cap_faults(fund: FundDefaults, year: str, pence: int) -> Iterator[str]:
    """Yield a cap that is above what the fund has in a year."""
    if fund.scheme is None:
        return
    caps = {
        "an award": fund.scheme.cap_per_award_pence,
        "an organisation": fund.scheme.cap_per_organisation_pence,
    }
    for what, cap in caps.items():
        if cap is not None and cap > pence:
            yield (
                f"The cap for {what}, {pounds(cap)}, is above the fund's {pounds(pence)} of {year}. "
                "Lower the cap, or correct the year's amount."
            )


def source_words(source: Source) -> str:
    """Return what a source is called: its kind, with what was written of it where that does not say it."""
    kind, words = SOURCE_WORDS[source.kind], source.words.strip()
    if words and (source.kind is SourceKind.OTHER or kind.casefold() in words.casefold()):
        return words
    return ", ".join(filter(None, (kind, words)))


def _name_faults(fund: FundDefaults) -> Iterator[str]:
    if not fund.name.strip():
        yield "The fund has no name. Give it one."
    if not _CODE.fullmatch(fund.code):
        yield f"“{fund.code}” is not a code. Use up to 40 letters and digits without spaces, such as ACF."
    for name in (fund.name, *fund.also_known_as):
        if len(name) > LONGEST_NAME or not name.isprintable():
            yield f"A name of the fund has more than {LONGEST_NAME} characters or one that is not printed."


def _coded(fund: FundDefaults) -> Iterator[tuple[str, Sequence[_Line]]]:
    yield "gates", fund.gates
    yield "conditions", fund.conditions
    yield "decline codes", fund.decline_codes
    yield "payment profiles", fund.payments
    yield "clauses", fund.clauses
    for one in fund.lists:
        yield LISTS[one.kind].lines, one.items


def _line_faults(what: str, lines: Sequence[_Line]) -> Iterator[str]:
    if len(lines) > MOST_LINES:
        yield f"The {what} are more than {MOST_LINES}. Keep to fewer."
    for code, times in Counter(line.code.casefold() for line in lines).items():
        if times > 1:
            yield f"Two of the {what} have the code “{code}”. Give one of them another."
    for line in lines:
        words = str(getattr(line, "words", "") or getattr(line, "question", ""))
        if not _CODE.fullmatch(line.code):
            yield (
                f"One of the {what} has the code “{line.code[:40]}”. "
                "A code has up to 40 letters and digits and no spaces."
            )
        if not words.strip() or len(words) > LONGEST or not is_plain_text(words):
            yield f"“{line.code}” of the {what} has no words, or more than {LONGEST} characters. Correct it."
