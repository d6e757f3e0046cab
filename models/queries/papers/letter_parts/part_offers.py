"""Why an offer is less than was asked, as an applicant is told: what the rule made so, or who decided it."""

from collections.abc import Mapping

from models.queries.deciding.reasons import why_changed
from models.queries.papers.letter_parts.reserves import by_pot
from models.values.recommending import DecisionRow
from models.values.rows import ApplicationRow, RoundRows
from scoring.money import short_pounds
from scoring.ranking import Outcome, Ranking, Standing
from scoring.round import Eligibility
from scoring.scheme import Scheme
from scoring.written.text import as_sentence, with_capital

LET_IN = (
    " You asked for more than that, and we let your application in all the same, to be considered for that "
    "much."
)
"""What is told whoever asked for more than an award may be, and was let in by a waiver."""


def why_less(scheme: Scheme, row: ApplicationRow, standing: Standing, offered_pence: int) -> str:
    """Return why in a sentence; "" for an offer that is whole, or that is not what the rule proposes.

    Of other applicants' money nothing is told: what was left for the last of a list is the offer itself.
    """
    if offered_pence >= row.requested_pence or offered_pence != standing.offer_pence:
        return ""
    if standing.outcome is Outcome.PART:
        of = f" for {row.area}" if row.area else ""
        left = f"This is what was left of the money set aside{of}"
        return f"{left} when your place in the list was reached.{_least(row)}"
    if offered_pence == scheme.cap_per_award_pence:
        most = f"An award of this round may be {short_pounds(offered_pence)} at most."
        return f"{most}{LET_IN if row.eligibility is Eligibility.WAIVED else ''}"
    if offered_pence == scheme.cap_per_organisation_pence:
        return f"One organisation may have {short_pounds(offered_pence)} at most from this round."
    return "It brings what your organisation has from this round to the most that one may have."


def less_by_rule(rows: RoundRows, ranking: Ranking, decided: Mapping[str, DecisionRow]) -> dict[str, str]:
    """Return for each offer that the rule made smaller why, by application."""
    standing = {one.reference: one for one in ranking.standings}
    shown = by_pot(rows)
    return {
        row.reference: why_less(
            rows.scheme, shown[row.reference], standing[row.reference], found.amount_pence
        )
        for row in rows.applications
        if (found := decided.get(row.reference)) is not None and found.amount_pence is not None
    }


def with_change(row: ApplicationRow, decided: DecisionRow, reason: str, less: str) -> tuple[str, str]:
    """Return why money is given and why it is less than was asked, with why whoever decided changed it.

    Who gets all that was asked is not told why it once was less: that is no reason why it was chosen.
    """
    why = with_capital(as_sentence(why_changed(decided, reason)))
    is_less = (decided.amount_pence or 0) < row.requested_pence
    return reason, why if why and is_less else less


def less_because(scheme: Scheme, row: ApplicationRow, standing: Standing, offered_pence: int) -> str:
    """Return the same cause as papers of the panel and the office go on with it, "" likewise."""
    if offered_pence >= row.requested_pence or offered_pence != standing.offer_pence:
        return ""
    if standing.outcome is Outcome.PART:
        return f"what was left of the pot{f' for {row.area}' if row.area else ''} at its place in the list"
    if offered_pence == scheme.cap_per_award_pence:
        return "the most that an award may be"
    if offered_pence == scheme.cap_per_organisation_pence:
        return "the most that one organisation may have"
    return "what was left of the most that one organisation may have"


def less_than_asked(rows: RoundRows, ranking: Ranking, decided: Mapping[str, DecisionRow]) -> dict[str, str]:
    """Return why each award that is less than was asked is so, by application; "" where no rule made it."""
    shown, found = by_pot(rows), dict[str, str]()
    for one in ranking.standings:
        row, line = shown[one.reference], decided.get(one.reference)
        if line is not None and line.amount_pence and line.amount_pence < row.requested_pence:
            found[one.reference] = less_because(rows.scheme, row, one, line.amount_pence)
    return found


def _least(row: ApplicationRow) -> str:
    if row.minimum_pence is None:
        return ""
    return f" You told us that you could go ahead with {short_pounds(row.minimum_pence)} or more."
