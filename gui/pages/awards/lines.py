"""The awards as printed: each with its instalments, its agreement and what was paid."""

from collections.abc import Collection, Sequence
from operator import attrgetter

from gui.listed.acts import Act, At
from gui.record.clock import current_day
from gui.tables.columns import Gives, Keeps, LineColumn, pounds_of
from gui.text import counted
from gui.theme.look import Tone
from gui.widgets.label import Chip
from models.queries.awards.award_rows import AwardRow, BankState
from models.queries.awards.awards_page import AwardsAnswer
from models.queries.awards.year_facts import trigger_of
from models.values.awards import trigger_words
from models.values.payments import changed_words, masked
from scoring import money
from scoring.allocating.over_pot import over_words
from scoring.budget.figures import ProposedSum, proposed_words
from scoring.ranking import PotUse
from scoring.written.days import short_day
from scoring.written.text import noun

AwardAt = At[AwardsAnswer, AwardRow]
AwardAct = Act[AwardsAnswer, AwardRow]
KEEP = "sign agreement"
"""Whoever may do this keeps what is known of an award, and what it waits for."""
SHOWN_PARTS = 2
MATCHED = "a name like its recipient's is on the sanctions list"


def award_of(at: AwardAt) -> tuple[int, str]:
    """Return what an award is changed by: the number of its round, and its application."""
    assert at.place is not None, "awards belong to a round"
    return at.place.line.round_id, at.row.application


def late_words(row: AwardRow) -> str:
    """Return how many payments of an award are late today: "1 late", "" where none is."""
    many = len(row.late(current_day()))
    return f"{many} late" if many else ""


def _bank_name(row: AwardRow) -> str:
    """Return an account as a screen reader says it."""
    if row.bank is None:
        return "no bank details"
    flag = flag_words(row.bank)
    return f"account hidden, ends {row.bank.last_four}{', ' if flag else ''}{flag[:1].lower()}{flag[1:]}"


def flag_words(bank: BankState) -> str:
    """Say that an account was changed after it was verified or paid into; "" when it was not."""
    return changed_words(bank.changed_after)


def is_to_check(row: AwardRow) -> bool:
    """Say whether an account was changed after it was verified or paid into, and not verified since."""
    return row.bank is not None and bool(row.bank.changed_after) and not row.bank.checked_by


def parts_words(row: AwardRow) -> str:
    """Return the instalments in short: "£2,400 + £2,400"."""
    if len(row.instalments) == 1:
        return "In full"
    if len(row.instalments) > SHOWN_PARTS:
        return f"{len(row.instalments)} instalments"
    return " + ".join(money.short_pounds(part.amount_pence) for part in row.instalments)


def _parts_tip(row: AwardRow) -> str:
    return "\n".join(
        f"{money.short_pounds(part.amount_pence)} {trigger_words(trigger_of(row, part))}"
        for part in row.instalments
    )


def sums_words(
    rows: Sequence[AwardRow],
    pots: Sequence[PotUse],
    waits: Collection[ProposedSum] = (),
    *,
    waiting: int = 0,
) -> str:
    """Return the line of sums: the awards against the pots, who allows what is over, and what is paid.

    `waits` is what is proposed in each area, `waiting` how many are without a competition and not decided.
    """
    show, rows = money.short_pounds, [row for row in rows if row.stands]
    agreed, varied = sum(row.agreed_pence for row in rows), sum(row.amount_pence for row in rows)
    adds, frees = sum(one.adds_pence for one in waits), sum(one.frees_pence for one in waits)
    parts = sum(part.amount_pence for row in rows for part in row.instalments)
    shared = "as varied" if agreed != parts == varied else "differ from awards"
    shared = "= awards" if parts == agreed else shared
    pot, returned = sum(use.to_award_pence for use in pots), sum(row.returned_pence for row in rows)
    against = f" {'=' if agreed == pot else 'of'} {noun(len(pots), 'pot')} {show(pot)}"
    sums = (
        *(f"{use.area} {over_words(use, show)}" for use in pots if use.over_pence),  # first: a window cuts
        # a round without a competition holds no pot
        f"{counted(len(rows), 'award')} {show(agreed)}{against if pots else ''}",
        f"{counted(waiting, 'proposal waits', 'proposals wait')} on Decisions" if waiting else "",
        f"instalments {show(parts)} {shared}",
        proposed_words(adds, frees).rstrip("."),
        f"paid {show(sum(row.paid_pence for row in rows))}",
        f"returned {show(returned)}" if returned else "",
    )
    return " · ".join(filter(None, sums))


def _application(row: AwardRow) -> str:
    return ", ".join(filter(None, (row.application, row.area)))


_amount, _paid = pounds_of("agreed_pence"), pounds_of("paid_pence")


def _proposed(row: AwardRow) -> str:
    return "" if row.proposed_pence is None else f"{money.short_pounds(row.proposed_pence)} proposed"


def _paid_under(row: AwardRow) -> str:
    back = f"{money.short_pounds(row.returned_pence)} returned" if row.returned_pence else ""
    return ", ".join(filter(None, (late_words(row), back)))


def _signed(row: AwardRow) -> str:
    if not row.stands:
        return "Withdrawn"
    if row.wants_signature:
        is_late = row.is_agreement_late(current_day())
        return f"The new version is not signed{', and late to come back' if is_late else ''}"
    if row.agreed_on:
        return f"Signed {short_day(row.agreed_on)}"
    return "Not signed, and late to come back" if row.is_agreement_late(current_day()) else "Not signed"


def _agreement(row: AwardRow) -> str:
    since = "varied since, so it wants a new version" if row.wants_agreement else ""
    return ", ".join(filter(None, (_signed(row), since, MATCHED if row.match else "")))


def _agreement_chip(row: AwardRow) -> Chip | None:
    """Return the state in a word or two; the tip and the award itself say the day."""
    if not row.stands:
        return Chip(Tone.DECLINE, _signed(row))
    if row.match:
        return Chip(Tone.DANGER, "Sanctions?")
    if row.agreed_on is None or row.wants_signature:
        is_late = row.is_agreement_late(current_day())
        return Chip(Tone.WARNING, "Late") if is_late else Chip(Tone.WAITING, "Not signed")
    return Chip(Tone.WARNING, "To renew") if row.wants_agreement else Chip(Tone.FUND, "Signed")


def _bank(row: AwardRow) -> str:
    return masked(row.bank.last_four) if row.bank else "–"


def _bank_chip(row: AwardRow) -> Chip | None:
    return Chip(Tone.DANGER, _bank(row)) if is_to_check(row) else None


def _under_lists(row: AwardRow) -> str:
    return "; ".join(part.partition(": ")[2] for part in row.counted_under.split("; ") if part) or "–"


def _spoken_lists(row: AwardRow) -> str:
    return row.counted_under or "counted under nothing yet"


AWARD_COLUMNS: tuple[LineColumn[AwardRow], ...] = (
    LineColumn("award", "Award", attrgetter("reference"), width=76, keeps=Keeps.WHOLE),
    LineColumn("recipient", "Recipient", attrgetter("organisation"), under=_application, is_strong=True),
    LineColumn(
        "lists",
        "Counted under",
        _under_lists,
        _spoken_lists,
        _spoken_lists,
        width=150,
        gives_way=Gives.AREA - 1,
    ),
    LineColumn("awarded", "Awarded", _amount, under=_proposed, is_right=True, width=72),
    LineColumn("instalments", "Instalments", parts_words, tip=_parts_tip, width=114, gives_way=Gives.WORDS),
    LineColumn(
        "agreement",
        "Agreement",
        _signed,
        _agreement,
        _agreement,
        chip=_agreement_chip,
        width=132,
        gives_way=Gives.STATE + 1,
        brief="Signed",
    ),
    LineColumn(
        "bank", "Bank", _bank, _bank_name, _bank_name, chip=_bank_chip, width=104, gives_way=Gives.STATE + 2
    ),
    LineColumn(
        "paid",
        "Paid",
        _paid,
        under=_paid_under,
        outlined=lambda row: bool(late_words(row)),
        is_right=True,
        width=64,
    ),
)
