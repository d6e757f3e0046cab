"""Awards and payments: what was decided, how each is paid, signed for and varied. Officers' and finance's."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from gui.listed.acts import Act, At, Deed, Go, Run
from gui.listed.files import files_act, of_award
from gui.listed.page import ListedPage, Own, Wanted
from gui.listed.side import Cells, Held, Name, Offers, Says, Side, SidePart, Strong, Title, Told
from gui.pages.awards.accounts import ACCOUNT, NO_ACCOUNT, SECONDS, VERIFYING
from gui.pages.awards.agreements import (
    AGREEMENTS,
    FOR_PUBLIC,
    REMOVE_DATE,
    SUBSIDY,
    agreement_lines,
    subsidy_waits,
)
from gui.pages.awards.due_diligence import CHECKS, LOADING, check_lines
from gui.pages.awards.finance_files import READ_LEDGER, begin_schedule, refuse_schedule
from gui.pages.awards.instalments import (
    BOOKED,
    DECIDED,
    OF_INSTALMENT,
    OTHER_WAYS,
    TERMS,
    has_decided,
    instalment_words,
    pay_refusal,
    waiting_words,
)
from gui.pages.awards.lines import AWARD_COLUMNS, KEEP, AwardAt, award_of, flag_words, is_to_check, sums_words
from gui.pages.awards.variations import VARIATIONS, history_lines
from gui.record.clock import current_day
from gui.text import ours, sentence
from gui.theme.look import Tone
from gui.widgets.charts.bars import Bar, Bars, Head, Part, Swatch
from gui.widgets.charts.chart_or_table import BarsOrTable
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import Card, ScrollPane, column_of, fill, row_of, show_in
from models.operation import Topic
from models.operations.awards.direct_awards import AddDirectAward
from models.queries.awards.award_rows import AwardRow, BankState
from models.queries.awards.awards import booked_words, codes_in, unsettled_supplier
from models.queries.awards.awards_page import (
    AwardDifference,
    AwardsAnswer,
    MonthSum,
    award_differences,
    awards_page,
    month_sums,
)
from models.values.payments import BankDetails, masked
from scoring import money
from scoring.allocating.over_pot import over_of_area
from scoring.budget.limits import year_money
from scoring.money import short_pounds
from scoring.written.days import short_day, short_month
from scoring.written.text import counted, with_capital

RARE = "subsidy control, registers and what the public is told"
AGREEMENT, CHECKING, BANK, PAYING, CHANGES = "agreement", "checks", "bank", "paying", "changes"
FIRST = "first part"
"""Under this name the page remembers which part of the award on show comes first."""
NO_BANK = "None yet. They are shown masked, stay out of the journal, and go on paper only for a named person."


def next_part(at: AwardAt) -> str:
    """Return the part of an award in which something is to be done next, "" where nothing is."""
    row, checks = at.row, at.answer.checks.get(at.row.application)
    if not row.stands:
        return ""
    if row.proposed is not None:
        return CHANGES
    if row.match or (checks is not None and checks.barring):
        return CHECKING
    if row.agreed_on is None or row.wants_agreement or row.wants_signature:
        return AGREEMENT
    if not row.outstanding_pence:
        return ""
    return PAYING if row.bank is not None and row.bank.checked_by and not is_to_check(row) else BANK


class Account(SidePart):
    """An account: masked, and whole for half a minute when that was asked for; then it is hidden again."""

    def __init__(self, row: AwardRow, bank: BankState) -> None:
        super().__init__()
        self._row = row
        last = Label(masked(bank.last_four), weight=600)
        last.setAccessibleName(f"Account hidden, ends {bank.last_four}")
        self.whole = Label(weight=600).wrapped()
        self.time = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self.time.timeout.connect(self.end)
        column_of(last, self.whole, inside=self, spacing=6)
        self.end()

    def hear(self, what: tuple[AwardRow, BankDetails]) -> None:
        """Show the whole account where it was asked for, and hide it when the time is up."""
        row, details = what
        if row == self._row and self.isVisible():
            self.whole.setText(f"{details.account_name}\n{details.sort_code}   {details.account_number}")
            self.whole.show()
            self.time.start()

    @Slot()
    def end(self) -> None:
        """Hide the account, and keep nothing of it."""
        self.time.stop()
        self.whole.clear()
        self.whole.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Hide the account with the page it is on."""
        self.end()
        super().hideEvent(event)


def _tell(at: AwardAt) -> Iterator[Told]:
    """Tell the head, then what is next, then the other parts in the order of an award's way.

    While an award is on show, what came first stays at the top where nothing is next, and else comes second:
    what was just recorded would leave the screen.
    """
    row, may_keep = at.row, at.identity.may(KEEP)
    yield from _head(row)
    parts = {
        "supplier": _supplier if may_keep else _nothing,
        AGREEMENT: _agreement,
        CHECKING: _checks,
        BANK: _bank if may_keep else _nothing,
        PAYING: _instalments,
        CHANGES: _changes,
    }
    following = next_part(at) if may_keep or row.proposed is not None else ""
    before = at.kept[FIRST] if at.is_again else ""
    at.kept[FIRST] = following or before
    for name in sorted(parts, key=lambda name: (name != following, name != before)):
        yield from parts[name](at)
    if may_keep and row.agreed_on is None:
        yield Title("Pay it another way")
    yield Offers(OTHER_WAYS)
    if row.bound_by:
        yield Title("Conditions")
    yield from (Says(f"• {condition}", "text2") for condition in row.bound_by)
    yield Offers((*(() if subsidy_waits(row) else (SUBSIDY,)), *LOADING, *FOR_PUBLIC), rare=RARE)


def _nothing(at: AwardAt) -> Iterator[Told]:
    return iter(())


def _lines(lines: Iterable[tuple[str, str]]) -> Iterator[Told]:
    return (Says(words, tone) for words, tone in lines)


def _head(row: AwardRow) -> Iterator[Told]:
    yield Name(row.organisation)
    yield Says(f"{row.reference} for {', '.join(filter(None, (row.application, row.area)))}", "muted")
    is_varied = len(row.varied) > len(row.unsigned)
    was = f", at first {money.short_pounds(row.first_pence)}" if is_varied else ""
    yield Strong(f"Awarded {money.short_pounds(row.agreed_pence)}{was}")
    if row.proposed_words:
        yield Says(f"{money.without_noughts(row.proposed_words)}.", "warning")
    if row.returned_pence:
        yield Says(f"Stands at {money.short_pounds(row.stands_pence)}, after money returned", "text2")
    if row.decision is not None:
        yield Says(f"Notice {row.decision.notice}, {short_day(row.decision.signed_on)}", "muted")
    yield from (Says(words, "text2") for words in row.came_about)
    if row.match:
        look = "Look at it under Checks before anything is signed or paid."
        yield Says(f"{sentence(row.match)} {look}", "danger")
    if row.withheld is not None:
        why = f"In public “{row.withheld.printed}”. Decided by {row.withheld.decider}:"
        yield Says(f"{why} {sentence(row.withheld.reason)}", "warning")


def _supplier(at: AwardAt) -> Iterator[Told]:
    number = at.row.supplier_number
    yield Says(f"Supplier number {number}" if number else "No supplier number yet", size=13)
    unsettled = with_capital(unsettled_supplier(at.row.suppliers))
    booked = booked_words(codes_in(at.answer.codes, at.row.area))
    yield Says(". ".join(filter(None, (unsettled, booked))), "text2")
    yield Offers(BOOKED, is_row=True)


def _agreement(at: AwardAt) -> Iterator[Told]:
    row = at.row
    yield Title("Agreement")
    if row.agreed_on is not None:
        yield Says(f"Signed on {short_day(row.agreed_on)}", size=13)
    yield Offers((REMOVE_DATE,))
    yield from _lines(agreement_lines(row))
    yield Offers((*AGREEMENTS, SUBSIDY) if subsidy_waits(row) else AGREEMENTS, is_row=True)


def _checks(at: AwardAt) -> Iterator[Told]:
    checks = at.answer.checks.get(at.row.application)
    if checks is not None:
        yield Title("Due diligence")
        yield from _lines(check_lines(checks))
    yield Offers(CHECKS, is_row=True)


def _bank(at: AwardAt) -> Iterator[Told]:
    row, bank = at.row, at.row.bank
    if row.agreed_on is None:
        return
    yield Title("Bank details")
    if bank is None:
        yield Says(NO_BANK, "text2")
    else:
        yield Held(partial(Account, row, bank))
        flag, is_new = flag_words(bank), is_to_check(row)
        still = " and not verified since" if is_new else ""
        yield Says(f"{flag}{still}." if flag else "", "danger" if is_new else "text2")
        yield Says(_history(bank), "text2")
        found = at.answer.accounts.get(row.application)
        yield Says("" if found is None else found.words, "muted")
    for acts in (NO_ACCOUNT, ACCOUNT, VERIFYING):
        yield Offers(acts, is_row=True)


def _history(bank: BankState) -> str:
    entered = f"Entered by {bank.entered_by} on {short_day(bank.entered_at.astimezone())}"
    if bank.checked_at is None:
        return f"{entered}; not verified yet. Somebody else does that: finance or an officer."
    return f"{entered}; verified by {bank.checked_by} on {short_day(bank.checked_at.astimezone())}."


def _instalments(at: AwardAt) -> Iterator[Told]:
    row = at.row
    yield Title("Instalments")
    yield Says(f"On hold: {sentence(row.held_for)}" if row.held_for else "", "warning")
    for number, part in enumerate(row.instalments, start=1):
        amount, words = money.short_pounds(part.amount_pence), instalment_words(row, part)
        yield Cells((Says(f"{number}.", "muted", 13), Strong(amount), Says(words, "text2")))
        yield Offers(OF_INSTALMENT, number, is_row=True, of=f"{amount}, {words}")
    pence, agreed = sum(part.amount_pence for part in row.instalments), money.short_pounds(row.agreed_pence)
    is_it = "the award to the penny" if pence == row.agreed_pence else f"as proposed; {agreed} is agreed"
    yield Says(f"{money.short_pounds(pence)} in all, {is_it}.", "muted")
    yield Says(pay_refusal(at) or waiting_words(row), "text2")
    for came in row.returned:
        amount = money.short_pounds(came.amount_pence)
        yield Says(f"{amount} was returned on {short_day(came.on)}: {came.reason}", "text2")
    yield Offers(TERMS, is_row=True)


def _changes(at: AwardAt) -> Iterator[Told]:
    row = at.row
    if at.identity.may(KEEP) or row.variations or row.asked_back:
        yield Title("Changes since the decision")
        yield from _lines(history_lines(row))
    yield Offers(VARIATIONS, is_row=True)


FILES = files_act(lambda at: of_award(*award_of(at), at.row.reference))
SIDE: Side[AwardsAnswer, AwardRow] = Side(
    name="The selected award",
    width=350,
    nothing="Choose an award to see how it is paid.",
    tell=_tell,
    acts=(
        *(*AGREEMENTS, REMOVE_DATE, *CHECKS, *NO_ACCOUNT, *ACCOUNT, *VERIFYING, *OF_INSTALMENT, *TERMS),
        *(*BOOKED, *VARIATIONS, *OTHER_WAYS, SUBSIDY, *LOADING, *FOR_PUBLIC, FILES),
    ),
    tabs=("List", "Award", "By month"),
)


TITLE = "Instalments by month"
HEADS = (Head("Month"), Head("Paid", 90), Head("Due", 90), Head("In all", 90))
KEY = (Swatch("Paid", "bar_recommended"), Swatch("Still due", "bar_consider"))


def month_name(month: MonthSum) -> str:
    """Return a month as charts and tables have it: "Dec 2026"."""
    return "No date yet" if month.first is None else short_month(month.first)


def month_words(month: MonthSum) -> str:
    """Return a month in full words: "Dec 2026, £2,400 paid, £2,400 due"."""
    parts = [f"{short_pounds(month.paid_pence)} paid"] if month.paid_pence else []
    parts += [f"{short_pounds(month.due_pence)} due"] if month.due_pence else []
    return ", ".join((month_name(month), *parts))


def chart_words(months: Sequence[MonthSum]) -> str:
    """Return the whole chart in one sentence."""
    if not months:
        return "No instalments."
    most = max(months, key=attrgetter("total_pence"))
    total = short_pounds(sum(month.total_pence for month in months))
    words = f"{total} over {counted(len(months), 'month')}, most in {month_name(most)}"
    if months[-1].first is None:
        undated = f"of it {short_pounds(months[-1].total_pence)} undated"
        words = f"{total}, {undated if len(months) > 1 else 'no date yet'}"
    return f"{words}."


def month_bars(months: Sequence[MonthSum]) -> Bars:
    return Bars(TITLE, "months", chart_words(months), tuple(map(_bar, months)), KEY)


def _bar(month: MonthSum) -> Bar:
    paid, due, total = map(short_pounds, (month.paid_pence, month.due_pence, month.total_pence))
    parts = (Part(month.paid_pence, "bar_recommended"), Part(month.due_pence, "bar_consider"))
    name = month_name(month)
    return Bar(name, month_words(month), parts, total, cells=(name, paid, due, total))


class MonthsCard(Card):
    """The chart under its sentence, which scrolls where there are many months."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ElidedLabel(size=12, tone="text2")
        self.either = BarsOrTable(month_bars(()), HEADS)
        self.chart = self.either.chart
        scroll = ScrollPane(takes_focus=False)
        show_in(scroll, self.either)
        fill(self.body, row_of(Label(TITLE, weight=600), (self.words, 1), spacing=10), (scroll, 1))

    def panes(self) -> tuple[QWidget, ...]:
        return (self.either.table if self.either.is_table else self.chart,)

    def show_months(self, months: Sequence[MonthSum]) -> None:
        """Show other months, in both forms."""
        bars = month_bars(months)
        self.words.setText(bars.sentence)
        self.either.show_bars(bars)


NO_AWARDS = "No awards yet. They are made when the last step of the chain has decided."
NO_DIRECT = "No awards yet. What is proposed without a competition is one once those who sign have decided."


def _ask(session: Any, wanted: Wanted) -> AwardsAnswer:
    """Return the awards of the round, or of the area on show."""
    assert wanted.place is not None, "awards are of a round"
    found, area = awards_page(session, wanted.place.line.round_id, wanted.viewer), wanted.place.area
    if area is None:
        return found
    others = {row.application for row in found.awards if row.area != area}
    return replace(
        found,
        awards=tuple(row for row in found.awards if row.area == area),
        decided={of: pence for of, pence in found.decided.items() if of not in others},
        pots=tuple(use for use in found.pots if use.area == area),
        proposed={of: where for of, where in found.proposed.items() if where == area},
    )


def _differences(found: AwardsAnswer) -> tuple[AwardDifference, ...]:
    return award_differences(found.awards, found.decided, found.pots)


def _empty(found: AwardsAnswer) -> str:
    if found.proposed:
        return "No awards yet. Those who sign find on Decisions what is proposed."
    return NO_DIRECT if found.is_direct else NO_AWARDS


AS_VARIED = "The instalments include variations that are not fully signed. The awards do not."


def _chip(found: AwardsAnswer) -> tuple[Tone, str, str] | None:
    differences = _differences(found)
    if not found.awards:
        return None
    if differences:
        return Tone.DANGER, "Does not add up", "\n".join(one.words for one in differences)
    if over := tuple(_over(found)):
        return Tone.WARNING, "Over budget", "\n".join(over)
    parts = sum(part.amount_pence for row in found.awards for part in row.instalments)
    is_varied = parts != sum(row.agreed_pence for row in found.awards)
    if is_varied:
        return Tone.WARNING, "Adds up as varied", AS_VARIED
    return Tone.FUND, "Adds up", ""


def _over(found: AwardsAnswer) -> Iterator[str]:
    """Yield which budgets the awards are over, though somebody allows it."""
    yield from filter(None, (over_of_area(use, short_pounds) for use in found.pots))
    yield from _over_year(found)


def _over_year(found: AwardsAnswer) -> Iterator[str]:
    """Yield in which areas the awards are over the year's money, which the sums of the pots do not say."""
    areas = {*(use.area for use in found.pots), *(row.area for row in found.awards)}
    year = found.budget
    for one in () if year is None else year.with_allocation:
        left = one.project_left_pence or 0
        if year is not None and one.area in areas and left < 0:
            yield f"{one.area}: {short_pounds(-left)} over its money for {year.year}."


def _sums(found: AwardsAnswer) -> str:
    if not found.awards:
        return ""
    sums = sums_words(found.awards, found.pots, found.waits.values(), waiting=len(found.proposed))
    return " · ".join((sums, *(one.removesuffix(".") for one in _over_year(found))))


def _year(at: At[AwardsAnswer, AwardRow]) -> str:
    found = at.answer
    areas = {*(use.area for use in found.pots), *(row.area for row in found.awards)}
    return ours(year_money(found.budget, areas))


def _make_schedule(at: At[AwardsAnswer, None]) -> Deed:
    """Make the schedule; refused with a sentence while any total differs, of which the first is shown."""
    differences, place = _differences(at.answer), at.place
    assert place is not None, "awards belong to a round"
    if differences:
        shown = (Go("awards", differences[0].application),) if differences[0].application else ()
        return (Run(partial(refuse_schedule, differences)), *shown)
    refusal = DECIDED if has_decided(at.answer, at.identity.name) else ""
    return begin_schedule(place, refusal, at.identity.viewer)


PAGE: ListedPage[AwardsAnswer, AwardRow] = ListedPage(
    key="awards",
    title="Awards & payments",
    icon="file",
    list_name="Awards",
    ask=_ask,
    rows=lambda found: found.awards,
    row_key=attrgetter("application"),
    columns=AWARD_COLUMNS,
    wide_minimum=200,
    concerns=frozenset({Topic.AWARDS, Topic.DECISIONS, Topic.ROUNDS}),
    summary=_sums,
    empty=_empty,
    chip=_chip,
    of_round=True,
    finds=lambda row, reference: row.application == reference,
    begins=False,
    acts=(
        Act(
            words="Make schedule…",
            brief="Schedule…",
            icon="export",
            look=lambda at: "primary" if at.identity.may("issue paper") else "plain",
            where=lambda at: bool(at.answer.awards),
            does=_make_schedule,
        ),
        READ_LEDGER,
        Act(
            words="New award…",
            kind=AddDirectAward.kind,
            does=lambda at: Run(lambda tools: tools.actions["direct_award"].trigger()),
        ),
    ),
    under=Own(MonthsCard, lambda card, found: card.show_months(month_sums(found.awards, current_day()))),
    foot=_year,
    side=SIDE,
)
