"""The appendices of a fund's year: its awards one by one, and what third parties passed on of them."""

from collections.abc import Iterator

from models.papers.year.printed_year import with_shares
from models.papers.year.summed_tables import (
    LONG,
    POUNDS,
    TEXT,
    award_carried_words,
    awards_in_words,
    by_award_words,
    columns_of,
    onward_heading,
    summed,
    whose,
)
from models.papers.year.year_facts import FundYear, YearAward, year_after
from models.papers.year.year_rules import EXPENDITURE, SHARE
from models.papers.year.year_tables import YearCell, YearColumn, YearTable
from scoring.counted import counted, noun


def appendices(of: FundYear) -> Iterator[YearTable]:
    """Yield the list of awards, and the grants that their recipients passed on where there are any."""
    if of.awards:
        yield _grants(of)
    if any(award.onward for award in of.awards):
        yield _passed_on(of)


def _grants(of: FundYear) -> YearTable:
    """Return each award with its progress, what was spent, and what it has for the next year."""
    has_next = any(award.end.allocated for award in of.awards)
    following = (f"{year_after(of.year)} Allocation excluding Carry Forward £".lstrip(),) if has_next else ()
    columns = (
        YearColumn("Organisation", TEXT),
        YearColumn("Project", TEXT),
        YearColumn("Project Detail", LONG),
        YearColumn("Progress on Delivering Outputs and Outcomes", LONG),
        *columns_of("", ("Grant Amount £", EXPENDITURE, onward_heading(of), *following))[1:],
    )
    carried = of.carried_of_awards()
    rows = [_grant(award, carried[award])[: len(columns)] for award in of.awards]
    each = noun(len(of.awards), "with its share", "each with its share")
    base = f"{awards_in_words(of.awards)}, {each} of the total. {award_carried_words(of)}{by_award_words(of)}"
    return with_shares(summed("Appendix 1", of.fund, whose(of), base, columns, rows), 4, SHARE)


def _grant(award: YearAward, carried_pence: int | None) -> tuple[YearCell, ...]:
    following = award.end.allocated
    return (
        award.organisation,
        award.project,
        award.detail,
        award.progress,
        award.awarded_pence,
        award.spent_pence,
        carried_pence,
        None if following is None else following.whole_pence,
    )


def _passed_on(of: FundYear) -> YearTable:
    """Return the grants that recipients made of theirs, under the one who made them."""
    rows = [
        (award.organisation, recipient, purpose, pence)
        for award in of.awards
        for recipient, purpose, pence in award.onward
    ]
    columns = (
        YearColumn("Awarded to", TEXT),
        YearColumn("Organisation", TEXT),
        YearColumn("Project", LONG),
        YearColumn("Grant Amount £", POUNDS),
    )
    base = f"{counted(len(rows), 'grant')} made by the recipients of awards out of their own."
    title = f"{of.fund}, Passed On"
    return with_shares(summed("Appendix 2", title, whose(of), base, columns, rows), 3, SHARE)
