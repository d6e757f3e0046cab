"""Ask what is recorded at the end of a year, then have the record keep it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Slot

from gui.pages.awards.year_end.detail import EndDetail
from gui.pages.awards.year_end.end_dialog import EndDialog, Entered, Question
from gui.pages.awards.year_end.rows import EndRow, line_rows
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.text import counted
from models.operations.awards.year_end import DecideYearEnd, DecisionChange, SetSpent, SpentChange
from models.papers.year.year_end_lines import YearEnd
from models.papers.year.year_facts import ALLOCATION, CARRY, OVER, Spent, YearDecision
from models.reference.reporting import last_day, year_after
from scoring.money import short_pounds

WHO = "Decided by, name and post"
SPENT_IS = "This figure replaces the one before it. It covers the whole year up to that day."
PROMISED = "{} of it is committed to awards and not spent yet, so it is free for nothing new."
HELD = "{} of it is held by the pots of open rounds, which can still award it until they are closed."
NOT_SUBTRACTED = "What is carried forward is a decision: it may differ from what is left, for a reason."


class YearEndController(QObject):
    """It asks for the row at hand, in the fund's year on show."""

    def __init__(self, tools: PageTools, detail: EndDetail, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._detail = tools, detail
        self.found: YearEnd | None = None
        self._who = ""
        detail.spent_asked.connect(self._ask_spent)
        detail.carry_asked.connect(self._ask_carry)
        detail.allocation_asked.connect(self._ask_allocation)
        detail.authority_asked.connect(self._ask_authority)

    @Slot()
    def _ask_spent(self) -> None:
        row = self._row
        stands = row.end.spent
        question = Question(
            f"Expenditure of {row.name}",
            (SPENT_IS,),
            "Record expenditure",
            last_day(self._year) if stands is None else stands.as_at,
            None if stands is None else stands.pence,
            "Spent, without start-up" if row.award is None else "Spent",
            None if row.award is not None else (stands.start_up_pence if stands else 0),
            "Start-up money spent",
            reason="Where it is from",
            reason_first="" if stands is None else stands.source,
            day="Up to",
            can_remove=stands is not None,
        )
        self._ask(question, partial(self._spend, row), partial(self._spend, row, None))

    def _spend(self, row: EndRow, entered: Entered | None) -> None:
        now = None
        if entered is not None:
            now = Spent(entered.pence, entered.start_up_pence, entered.on, entered.reason)
        change = SpentChange(*row.key, now, row.end.spent)
        self._tools.perform(SetSpent(self._fund, self._year, (change,)))

    @Slot()
    def _ask_carry(self) -> None:
        row = self._row
        stands, start_up = row.end.carried, row.start_up_left_pence
        left = f"{short_pounds(row.left_pence)} is left of {short_pounds(row.money_pence)}."
        question = Question(
            f"Carry forward of {row.name}",
            (left, *bound_words((row,)), NOT_SUBTRACTED),
            "Record the decision",
            current_day() if stands is None else stands.decided_on,
            row.free_pence if stands is None else stands.pence,
            "Carried forward",
            None if row.award is not None else (start_up if stands is None else stands.start_up_pence),
            who=WHO,
            who_first=self._who if stands is None else stands.decided_by,
            reason="Reason",
            reason_first="" if stands is None else stands.reason,
            can_remove=stands is not None,
            may_be_less=True,
            left_pence=row.left_pence,
            free_pence=row.free_pence if row.is_bound else None,
        )
        self._ask_decision(question, CARRY, row, stands, row.left_pence)

    @Slot()
    def _ask_allocation(self) -> None:
        row = self._row
        stands, pot = row.end.allocated, row.line.pot
        question = Question(
            f"Allocation of {row.name} for {year_after(self._year)}",
            ("Without what is carried forward, which is counted beside it.",),
            "Record the decision",
            current_day() if stands is None else stands.decided_on,
            pot.pot_pence if stands is None else stands.pence,
            "Allocation",
            pot.start_up_pence if stands is None else stands.start_up_pence,
            who=WHO,
            who_first=self._who if stands is None else stands.decided_by,
            reason="Reason, if there is one",
            reason_first="" if stands is None else stands.reason,
            needs_reason=False,
            can_remove=stands is not None,
        )
        self._ask_decision(question, ALLOCATION, row, stands, None)

    @Slot()
    def _ask_authority(self) -> None:
        row = self._row
        stands = row.end.authority
        over = short_pounds(row.line.over_pence)
        question = Question(
            f"Commitment of {row.name} over its money",
            (f"{row.line.committed_words} of the money is committed, {over} over.",),
            "Record who allowed it",
            current_day() if stands is None else stands.decided_on,
            row.line.over_pence,
            "Allowed over the money",
            who="Allowed by, name and post",
            who_first=self._who if stands is None else stands.decided_by,
            reason="Reason",
            reason_first="" if stands is None else stands.reason,
            can_remove=stands is not None,
        )
        self._ask_decision(question, OVER, row, stands, None)

    def ask_rest(self) -> None:
        """Ask to carry forward what is left and free of every line that is not decided, for one reason."""
        if self.found is None:
            return
        rows = tuple(row for row in line_rows(self.found) if row.end.carried is None)
        question = Question(
            "Carry forward what is left",
            rest_words(rows),
            "Record the decisions",
            current_day(),
            who=WHO,
            who_first=self._who,
            reason="Reason",
            has_amount=False,
        )
        self._ask(question, partial(self._carry_rest, rows), self._nothing)

    def _carry_rest(self, rows: tuple[EndRow, ...], entered: Entered) -> None:
        self._who = entered.who
        changes = tuple(
            DecisionChange(
                CARRY,
                row.line.name,
                "",
                YearDecision(
                    row.free_pence,
                    row.start_up_left_pence,
                    entered.reason,
                    entered.who,
                    entered.on,
                    row.left_pence,
                ),
                None,
            )
            for row in rows
        )
        self._tools.perform(DecideYearEnd(self._fund, self._year, changes))

    def _ask_decision(
        self, question: Question, deed: str, row: EndRow, stands: YearDecision | None, left: int | None
    ) -> None:
        then = partial(self._decide, deed, row, stands, left)
        self._ask(question, then, partial(then, None))

    def _decide(
        self, deed: str, row: EndRow, stands: YearDecision | None, left: int | None, entered: Entered | None
    ) -> None:
        now = None
        if entered is not None:
            self._who = entered.who
            amounts = (entered.pence, entered.start_up_pence)
            now = YearDecision(*amounts, entered.reason, entered.who, entered.on, left)
        change = DecisionChange(deed, *row.key, now, stands)
        self._tools.perform(DecideYearEnd(self._fund, self._year, (change,)))

    def _nothing(self) -> None:
        """Take out nothing: nothing stands."""

    def _ask(self, question: Question, then: "partial[None]", remove: object) -> None:
        box = EndDialog(self._tools.look, question, self._tools.dialogs.window)
        box.entered.connect(then)
        box.removed.connect(remove)
        self._tools.dialogs.show(box)

    @property
    def _row(self) -> EndRow:
        assert self._detail.row is not None, "only the row at hand is changed"
        return self._detail.row

    @property
    def _fund(self) -> str:
        assert self.found is not None, "a row belongs to a fund's year"
        return self.found.of.fund

    @property
    def _year(self) -> str:
        assert self.found is not None, "a row belongs to a fund's year"
        return self.found.of.year


def bound_words(rows: Sequence[EndRow]) -> tuple[str, ...]:
    """Say what of the money that is left is committed, and what open rounds hold; nothing where none."""
    promised, held = sum(row.promised_pence for row in rows), sum(row.held_pence for row in rows)
    found = ((PROMISED, promised), (HELD, held))
    return tuple(words.format(short_pounds(pence)) for words, pence in found if pence)


def rest_words(rows: Sequence[EndRow]) -> tuple[str, ...]:
    """Say what is left in rows, what of it is bound, and what is carried forward of them together."""
    left = short_pounds(sum(row.left_pence for row in rows))
    free = sum(row.free_pence + row.start_up_left_pence for row in rows)
    of = counted(len(rows), "line that is not decided yet", "lines that are not decided yet")
    part = f"The other {short_pounds(free)}" if free else "Nothing"
    part = part if any(row.is_bound for row in rows) else "All of it"
    offered = f"{part} is carried forward; for another amount, decide the line."
    return (f"{left} is left in {of}.", *bound_words(rows), offered)
