"""Two lists of the Monitoring page as printed: awards, and what is overdue."""

from operator import attrgetter

from gui.record.clock import current_day
from gui.tables.columns import Gives, Keeps, LineColumn, pounds_of
from gui.text import NOTHING, counted
from gui.theme.look import Tone
from gui.widgets.label import Chip
from models.papers.monitoring.monitoring import AwardMonitoring, Monitoring, Overdue
from scoring import money
from scoring.written.days import short_day


def returns_words(award: AwardMonitoring) -> str:
    """Return how many of the returns planned came in: "1 of 2"."""
    return f"{len(award.received)} of {len(award.returns)}" if award.returns else "None planned"


def late_words(days: int) -> str:
    """Return for how long a return has been missing: "12 days late"."""
    return f"{counted(days, 'day')} late"


def late_days(award: AwardMonitoring) -> int:
    """Return for how many days its longest missing return has been missing."""
    return max((one.days_overdue(current_day()) for one in award.returns), default=0)


def sums_words(found: Monitoring) -> str:
    """Return the sums of the awards on show."""
    awards = found.awards
    due, came = sum(len(a.returns) for a in awards), sum(len(a.received) for a in awards)
    late = sum(len(award.overdue(found.today)) for award in awards)
    evidenced = money.short_pounds(sum(award.evidenced_pence for award in awards))
    paid = money.short_pounds(sum(award.paid_pence for award in awards))
    returns = f"{came} of {counted(due, 'return')} received"
    spend = f"{evidenced} evidenced of {paid} paid less returned"
    return f"{counted(len(awards), 'award')} · {returns} · {late} overdue · {spend}"


def _under(award: AwardMonitoring) -> str:
    return ", ".join(filter(None, (award.application, award.area)))


_stands, _paid = pounds_of("stands_pence"), pounds_of("paid_pence")
_evidenced = pounds_of("evidenced_pence")


def _due(award: AwardMonitoring) -> str:
    one = award.next_due
    if one is not None:
        return late_words(late_days(award)) if late_days(award) else short_day(one.plan.due_on)
    return "All in" if award.returns else NOTHING


def _due_chip(award: AwardMonitoring) -> Chip | None:
    if late_days(award):
        return Chip(Tone.WARNING, _due(award))
    return Chip(Tone.FUND, "All in") if award.returns and award.next_due is None else None


AWARD_COLUMNS: tuple[LineColumn[AwardMonitoring], ...] = (
    LineColumn("award", "Award", attrgetter("reference"), width=80, keeps=Keeps.WHOLE),
    LineColumn("recipient", "Recipient", attrgetter("organisation"), under=_under, is_strong=True),
    LineColumn("awarded", "Stands at", _stands, is_right=True, width=76, gives_way=Gives.FIGURES + 2),
    LineColumn("returns", "Returns", returns_words, width=108, gives_way=Gives.WORDS),
    LineColumn("due", "Next due", _due, chip=_due_chip, width=138, gives_way=Gives.STATE + 2),
    LineColumn(
        "paid",
        "Paid less returned",
        _paid,
        is_right=True,
        width=124,
        gives_way=Gives.FIGURES + 1,
        brief="Net paid",
    ),
    LineColumn(
        "evidenced",
        "Evidenced",
        _evidenced,
        tip=attrgetter("warning"),
        chip=lambda award: Chip(Tone.WARNING, _evidenced(award)) if award.warning else None,
        is_right=True,
        width=118,
        gives_way=Gives.FIGURES + 3,
    ),
)


def _whose_under(one: Overdue) -> str:
    return ", ".join(filter(None, (one.award.reference, one.award.application, one.award.area)))


def _number(one: Overdue) -> str:
    return f"{one.missing.plan.number}, {one.missing.plan.words}"


_at_risk = pounds_of("at_risk_pence")
OVERDUE_COLUMNS: tuple[LineColumn[Overdue], ...] = (
    LineColumn(
        "late",
        "Overdue",
        lambda one: late_words(one.days),
        chip=lambda one: Chip(Tone.WARNING, late_words(one.days)),
        width=124,
        gives_way=Gives.STATE + 1,
    ),
    LineColumn(
        "recipient", "Recipient", attrgetter("award.organisation"), under=_whose_under, is_strong=True
    ),
    LineColumn("return", "Return", _number, width=130, gives_way=Gives.WORDS + 2),
    LineColumn(
        "due",
        "Due on",
        lambda one: short_day(one.missing.plan.due_on),
        width=100,
        gives_way=Gives.WORDS + 1,
    ),
    LineColumn("risk", "Paid, no evidence", _at_risk, is_right=True, width=126, gives_way=Gives.FIGURES),
)
