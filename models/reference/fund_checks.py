"""What a fund's rules and years must keep, whoever writes them: a page, a command or a file."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from models.reference.fund_defaults import CHECKS, FundDefaults, ListKind, Source, SourceKind
from models.reference.sign_off import chain_faults
from scoring.money import pounds
from scoring.refused import Refused

MOST_YEARS = 100
MOST_DAYS = 366
LONGEST = 2_000
"""Characters in one text of a fund."""
LONGEST_NAME = 120
MOST_LINES = 300
"""Lines in one list of a fund."""
LIST_WORDS = {
    ListKind.PURPOSE: "purposes",
    ListKind.PERMITTED: "permitted purposes",
    ListKind.SERVICE: "service areas",
    ListKind.CRIME: "crime types",
    ListKind.PRIORITY: "priorities of the Police and Crime Plan",
    ListKind.ORGANISATION: "kinds of organisation",
    ListKind.RUNNING: "ways of running it",
}
SOURCE_WORDS = {
    SourceKind.CRIME: "Proceeds of crime",
    SourceKind.PROPERTY: "Police property",
    SourceKind.MINISTRY: "Ministry of Justice",
    SourceKind.PRECEPT: "Precept",
    SourceKind.OTHER: "Other",
}
_YEAR = re.compile(r"(\d{4})/(\d{2})", re.ASCII)
_TYPED_YEAR = re.compile(r"(?:20)?(\d{2})\s?[/–-]\s?(?:20)?(\d{2})", re.ASCII)
_CODE = re.compile(r"[^\s=,;/\\]{1,40}")


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
    """Whether a text has no characters but what is printed, and breaks of lines."""
    return all(one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs") for one in text)


def check_fund(fund: FundDefaults) -> None:
    """Refuse a fund whose rules do not keep what every fund's must, with the first fault in words."""
    fault = next(fund_faults(fund), "")
    if fault:
        raise Refused(fault)


def fund_faults(fund: FundDefaults) -> Iterator[str]:
    """Yield what is wrong with a fund, one sentence each."""
    yield from _name_faults(fund)
    yield from _text_faults(fund)
    for what, lines in _coded(fund):
        yield from _line_faults(what, lines)
    yield from _payment_faults(fund)
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
    yield from _loose_sources(fund)
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


def _text_faults(fund: FundDefaults) -> Iterator[str]:
    for what, text in (("legal power", fund.legal_power), ("words on its money", fund.money)):
        if len(text) > LONGEST:
            yield f"The {what} is longer than {LONGEST} characters. Shorten it."


def _coded(fund: FundDefaults) -> Iterator[tuple[str, Sequence[_Line]]]:
    yield "gates", fund.gates
    yield "conditions", fund.conditions
    yield "decline codes", fund.decline_codes
    yield "payment profiles", fund.payments
    yield "clauses", fund.clauses
    for one in fund.lists:
        yield LIST_WORDS[one.kind], one.items


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


def _payment_faults(fund: FundDefaults) -> Iterator[str]:
    for one in fund.payments:
        parts = [percent for percent, _ in one.parts]
        if sum(parts) != 100 or min(parts) < 1:
            yield f"The parts of the payment profile “{one.code}” come to {sum(parts)} percent, not to 100."


def _loose_sources(fund: FundDefaults) -> Iterator[str]:
    years: Iterable[str] = {year for year, _ in fund.amounts}
    for one in fund.sources:
        if one.year not in years:
            yield f"A source is of {one.year}, for which the fund has no amount. Enter the year's amount."
            return
