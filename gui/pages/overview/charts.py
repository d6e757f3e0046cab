"""The overview's charts in their cards, each with its table: a bar for each area, and for each member."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gui.tables.columns import Keeps
from gui.text import NOTHING, column_money, counted
from gui.theme.office_words import ours
from gui.theme.tokens import Tone
from gui.widgets.card import Card
from gui.widgets.charts.bars import Bar, Bars, Part, Swatch
from gui.widgets.charts.chart import Head
from gui.widgets.charts.chart_or_table import BarsOrTable
from gui.widgets.charts.rows_chart import YOU
from gui.widgets.label import Label
from gui.widgets.nesting import fill
from models.queries.deciding.allowances import told_of

if TYPE_CHECKING:
    from models.queries.deciding.allowances import BudgetLine
    from models.queries.panel.left_to_do import Progress

NO_SHEETS = "no sheets"
WHOLE = 10_000
"""How long the bar of a member is, however many sheets are theirs."""
BUDGET = (
    Head("Area"),
    Head("Given", 120),
    Head("To consider", 92),
    Head("Pot", 80),
    Head("Tolerance", 80),
    Head("Over", 72),
)
PROGRESS = (Head("Member", 0, Keeps.WHOLE), Head("Handed in", 96), Head("Ready", 80), Head("To score", 80))


class BarsCard(Card):
    """A bar for each of several, with what the colours mean where they say something, and its table."""

    def __init__(self, bars: Bars, heads: Sequence[Head]) -> None:
        super().__init__()
        self.either = BarsOrTable(bars, heads)
        self.chart, self.key = self.either.chart, self.either.key
        self.instead = Label(tone="text2").wrapped()
        fill(self.body, self.either, self.instead)

    def show_bars(self, bars: Bars, words: str = "") -> None:
        """Show other bars, and these words below, or in their place where there are none."""
        self.either.setVisible(bool(bars.lines) or not words)
        self.instead.setVisible(bool(words))
        self.instead.setText(words)
        self.either.show_bars(bars)


def budget_card() -> BarsCard:
    """Return the card with a bar for each area."""
    return BarsCard(budget_bars(()), BUDGET)


def progress_card() -> BarsCard:
    """Return the card with a bar for each member."""
    return BarsCard(progress_bars((), None), PROGRESS)


def budget_bars(lines: "Sequence[BudgetLine]") -> Bars:
    """Return a bar for each area: what is recommended and to consider, with a mark where the pot ends.

    Of a pot that was passed before the round all that is given is over it.
    """
    bars = tuple(_budget_bar(lines, line) for line in lines)
    return Bars("Budget by area", "areas", _budget_sentence(lines), bars, _budget_key(lines))


def _budget_bar(lines: "Sequence[BudgetLine]", line: "BudgetLine") -> Bar:
    show = column_money([pence for one in lines for pence in (one.recommended, one.pot)])
    allowed, room = line.over - line.beyond, max(line.pot, 0)
    parts = (
        Part(min(line.recommended, room), "bar_recommended"),
        Part(line.consider, "bar_consider"),
        Part(allowed, Tone.WARNING),
        Part(line.beyond, "bar_over"),
    )
    words = f"{line.area}, {show(line.recommended)} {line.told}"
    if line.over:
        how = "over" if line.beyond else "over, allowed"
        figure, rest = f"{show(line.recommended)}, {show(line.over)} {how}", ""
        words += f", {show(line.over)} over {show(line.pot)}{f'; {line.by}' if line.by else ''}"
    else:
        figure, rest = show(line.recommended) if line.recommended else NOTHING, f" of {show(line.pot)}"
        words += f", {show(line.consider)} still to consider" if line.consider else ""
        words += f", of {show(line.pot)}"
    return Bar(
        line.area,
        words,
        parts,
        figure,
        rest,
        track=room,
        mark=room,
        ends=max(line.pot + line.tolerance, 0) if line.tolerance else None,
        ink=Tone.DANGER if line.beyond else "text",
        cells=(
            line.area,
            _pounds(line.recommended),
            _any_pounds(line.consider),
            _pounds(line.pot),
            _any_pounds(line.tolerance),
            _any_pounds(line.over),
        ),
    )


def _budget_sentence(lines: "Sequence[BudgetLine]") -> str:
    """Return what is recommended of all pots, and how many areas are over theirs."""
    if not lines:
        return "No areas yet."
    done, pots = sum(one.recommended for one in lines), sum(one.pot for one in lines)
    over, refused = sum(1 for one in lines if one.over), sum(1 for one in lines if one.beyond > 0)
    show = column_money((done, pots))
    more = f", {counted(over, ours('area is'), ours('areas are'))} over the pot" if over else ""
    more += f", {refused:,} of them past what is allowed" if refused else ""
    return f"{show(done)} {told_of(lines)} of {show(pots)}{more}."


def _budget_key(lines: "Sequence[BudgetLine]") -> tuple[Swatch, ...]:
    is_allowed = any(line.over > line.beyond for line in lines)
    return (
        Swatch(told_of(lines).capitalize(), "bar_recommended"),
        Swatch("Still to consider", "bar_consider"),
        *((Swatch("Over, allowed", Tone.WARNING),) if is_allowed else ()),
        Swatch("Over the pot", "bar_over"),
        Swatch("Pot", "text", is_mark=True),
        *(
            (Swatch("Tolerance ends", "text2", is_mark=True),)
            if any(line.tolerance for line in lines)
            else ()
        ),
    )


def progress_bars(lines: "Sequence[Progress]", you: str | None) -> Bars:
    """Return a bar for each member: how many sheets are handed in; `you` is the code of who looks."""
    done, of = sum(one.handed_in for one in lines), sum(one.of for one in lines)
    whole = counted(sum(1 for one in lines if one.of and not one.left), "member has", "members have")
    sentence = f"{done:,} of {of:,} sheets are handed in; {whole} finished."
    bars = tuple(_progress_bar(line, is_you=line.member.code == you) for line in lines)
    return Bars("Scoring progress by member", "members", sentence, bars, are_people=True)


def _progress_bar(line: "Progress", *, is_you: bool) -> Bar:
    """Return a member's bar, as long as all others: a part of it for each part of the sheets."""
    name, is_done = f"{line.member.name}{YOU if is_you else ''}", line.of > 0 and not line.left
    count = f"{line.handed_in:,} of {line.of:,}" if line.of else NO_SHEETS
    return Bar(
        name,
        f"{name}, {count} sheets handed in" if line.of else f"{name}, {NO_SHEETS}",
        (
            Part(
                WHOLE * line.handed_in // line.of if line.of else 0,
                "bar_recommended" if is_done else "accent_text",
            ),
        ),
        count,
        track=WHOLE,
        sign=None if not line.of else ("fund", Tone.FUND) if is_done else ("clock", "muted"),
        cells=(line.member.name, f"{line.handed_in:,}", f"{line.ready:,}", f"{line.to_score:,}"),
    )


def _pounds(pence: int) -> str:
    return column_money((pence,))(pence)


def _any_pounds(pence: int) -> str:
    return _pounds(pence) if pence else NOTHING
