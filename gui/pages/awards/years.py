"""A fund's financial year: which one a page shows, and what is asked of every decision on its money."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from gui.listed.acts import Act, At, Go
from gui.listed.form import Day, Form, Line, Money, Saying, Values
from gui.listed.page import Choosing, Wanted
from gui.pages.page import Place
from gui.record.clock import current_day
from gui.text import ours
from models.operations.set_up.office import SetFund
from models.papers.year.year_facts import YearDecision
from models.queries.awards.year_facts import year_choices
from models.reference.reporting import year_of
from scoring.written.names import post_fault

WHO = "Decided by, name and post"
MAYBE = "Reason, if there is one"
ALLOWED_BY = "Allowed by, name and post"


class FundYear(NamedTuple):
    """The funds, the years of the one on show, and which is on show, "" where there is no fund."""

    funds: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    fund: str = ""
    year: str = ""


def fund_year(session: Any, wanted: Wanted) -> FundYear:
    """Return the fund's year that is chosen, else the one that runs."""
    runs = year_of(wanted.today)
    choices = {one.fund: tuple(sorted({*one.years, runs}, reverse=True)) for one in year_choices(session)}
    fund = wanted.chosen.get("fund", "")
    fund = fund if fund in choices else next(iter(choices), "")
    if not fund:
        return FundYear()
    year = wanted.chosen.get("year", "")
    return FundYear(tuple(choices), choices[fund], fund, year if year in choices[fund] else runs)


CHOICES: tuple[Choosing[Any], ...] = (
    Choosing("year", "Financial year", attrgetter("on.years"), attrgetter("on.year")),
    Choosing("fund", "Fund", attrgetter("on.funds"), attrgetter("on.fund"), width=200),
)


def empty_year(words: str) -> Callable[[Any], str]:
    """Return what says words of the fund's year on show, or that there is no fund."""

    def empty(answer: Any) -> str:
        said = ours(words).format(fund=answer.on.fund, year=answer.on.year)
        return said if answer.found else "There is no fund yet. Add one on Funds."

    return empty


ADD_FUND: Act[Any, Any] = Act(
    "Open Funds", lambda at: Go("funds"), kind=SetFund.kind, where=lambda at: at.answer.found is None
)
"""What leads on from a page of a fund's year where there is no fund."""


def follows(place: Place) -> Mapping[str, str]:
    return {"fund": place.line.fund, "year": place.line.year}


def who_line(at: At[Any, Any], words: str = WHO, stands: YearDecision | None = None) -> Line:
    """Return the line for who decides: who did, else the name that was typed last."""
    value = at.kept.get("who", "") if stands is None else stands.decided_by
    is_authority = words == ALLOWED_BY
    fits = _with_post if is_authority else None
    return Line("who", words, value=value, wanted=f"{words}: fill it in.", fits=fits, holds=is_authority)


def _with_post(who: str | None, _values: Values) -> str:
    """Return why whoever allows money is not named with a post, as the change itself refuses it."""
    name, _, post = (who or "").partition(",")
    return post_fault("the person who allows it", name, post)


def reason_line(words: str = "Reason", value: str = "") -> Line:
    """Return the line for a reason, which only one of those words may leave out."""
    wanted = "" if words == MAYBE else f"{words}: say it in a few words."
    return Line("reason", words, value=value, wanted=wanted)


def start_up_line(value: int = 0, *, may_be_less: bool = False) -> Money:
    return Money("start_up", "Start-up money, separate", value=value, may_be_less=may_be_less)


def decision_form(
    at: At[Any, Any],
    title: str,
    sentences: tuple[str, ...],
    action: str,
    decide: Callable[..., Any],
    *amounts: Money,
    stands: YearDecision | None = None,
    takes_out: bool = False,
    who: str = WHO,
    reason: str = "Reason",
    left: int | None = None,
    warns: Callable[[Values], str] | None = None,
) -> Form:
    """Return what asks for a decision on a year's money; `decide` is told it, None where it is taken out."""

    def decided(pence: int, on: date, who: str, reason: str, start_up: int = 0) -> Any:
        at.kept["who"] = who
        return decide(YearDecision(pence, start_up, reason, who, on, left))

    return Form(
        title=title,
        sentences=sentences,
        action=action,
        does=decided,
        fields=(
            *amounts,
            Day("on", "On", value=stands.decided_on if stands else current_day()),
            who_line(at, who, stands),
            reason_line(reason, stands.reason if stands else ""),
            *(() if warns is None else (Saying(warns, "warning"),)),
        ),
        removes=partial(decide, None) if takes_out else None,
    )
