"""The areas of a round: their pots, start-up money apart and dates, and what is allowed over a pot.

Does not belong here: the stage an area is at, which the header moves.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gui.listed.acts import Act, At, Deed, Picked
from gui.listed.authority import authority_form
from gui.listed.form import Across, Choice, Day, Form, Line, Money, Saying, Tick, Time, Values
from gui.listed.page import Tab
from gui.listed.side import Name, Says, Side, Sums, Title, Told
from gui.pages.set_up.criteria.draft import SetUp
from gui.tables.columns import Gives, LineColumn
from gui.text import NOTHING, counted, ours
from models.operations.awards.authorities import AllowOverPot
from models.operations.set_up.areas import AddArea, RemoveArea, RenameArea, SetAreaDates, SetPot, order_fault
from models.operations.set_up.rounds import ConfirmCarried
from models.queries.set_up.round_facts import carried_words
from models.values.rounds import POT, START_UP, AreaDates, AreaLine
from scoring.allocating.over_pot import allowed_by, over_of_area
from scoring.money import short_pounds
from scoring.ranking import Allowance, PotUse
from scoring.round import Area
from scoring.written.days import short_day
from scoring.written.text import Refused, one_line, with_capital

TAB = "Areas and dates"
NOTHING_ALLOWED = "Nobody allows more than the pot and its published tolerance."
MONEY = {
    POT: "Pot for projects",
    "committed_pence": "Committed already",
    START_UP: "Start-up money, separate",
}
"""What is asked of an area's money beside the pot that it shares."""
DAYS = {
    "opens_on": "Applications open",
    "closes_on": "Applications close",
    "marks_close_on": "Marks close",
    "meets_on": "Panel meets",
}
DAY = partial(Day, is_past=False, is_needed=False)
NEAR = partial(Day, is_near=True, is_needed=False)
"""A round is set up before its applications open and close, or after."""


class AreaRow(Struct, frozen=True):
    """An area with its dates, what they come to on a day, what is allowed over its pot, and what was copied.

    Past intake, the dates of intake no longer tell.
    """

    line: AreaLine
    dates: AreaDates
    today: date
    allowances: tuple[Allowance, ...] = ()
    copied: tuple[str, tuple[str, ...]] = ("", ())
    use: PotUse | None = None

    @property
    def name(self) -> str:
        return self.line.name

    @property
    def named(self) -> str:
        """Return the area, the pot that it shares, and whether what was copied is to be checked."""
        shared = f"in the pot {self.line.shared_pot}" if self.line.shared_pot else ""
        return " · ".join(filter(None, (self.name, shared, "to check" if self.copied[1] else "")))

    @property
    def state(self) -> str:
        """Return whether it takes applications."""
        return "Closed" if self.line.stage != "intake" else str(self.dates.intake(self.today)).capitalize()

    @property
    def area(self) -> Area:
        """Return the area's money as an operation names it."""
        line = self.line
        money_of = (line.pot_pence, line.start_up_pence, line.committed_pence)
        return Area(line.name, *money_of, shared_pot=line.shared_pot)

    def passed_words(self, pot_pence: int, committed_pence: int) -> str:
        """Return by how much another pot would be passed and who allows that, "" where nobody need."""
        if self.use is None:
            return ""
        use = self.use._replace(
            pot_pence=self.use.pot_pence + pot_pence - self.line.pot_pence,
            committed_pence=self.use.committed_pence + committed_pence - self.line.committed_pence,
        )
        return over_of_area(use, short_pounds) if use.beyond_pence else ""


Here = At[SetUp, AreaRow]


def _rows(set_up: SetUp) -> tuple[AreaRow, ...]:
    facts = set_up.facts
    dates = dict(facts.dates)
    return tuple(
        AreaRow(
            line,
            dates[line.name],
            set_up.today,
            tuple(one for one in facts.allowances if one.area == line.name),
            facts.carried.get(line.name, ("", ())),
            next((use for use in facts.uses if line.name in use.areas), None),
        )
        for line in facts.line.areas
    )


def _told(field: str, row: AreaRow) -> str:
    """Return one of an area's sums or days as a table has it: "£5,000", "2 Dec 2026"."""
    value = getattr(row.dates if hasattr(row.dates, field) else row.line, field)
    if isinstance(value, date):
        return short_day(value)
    return short_pounds(value) if value or field == POT else NOTHING


def _spoken(words: str, field: str, row: AreaRow) -> str:
    at = row.dates.closes_time if field == "closes_on" else ""
    return words.format(_told(field, row)) + (f" at {at}" if at else "")


def _column(field: str, heading: str, words: str, width: int, **how: Any) -> LineColumn[AreaRow]:
    told, spoken = partial(_told, field), partial(_spoken, words, field)
    is_right = field.endswith("_pence")
    return LineColumn(field, heading, told, spoken, is_right=is_right, width=width, **how)


COLUMNS: tuple[LineColumn[AreaRow], ...] = (
    LineColumn("area", "Area", attrgetter("named"), is_strong=True),
    _column(POT, "Pot", "pot {}", 86),
    _column(
        START_UP, "Start-up, separate", "start-up money {}, kept separate", 118, gives_way=Gives.FIGURES + 1
    ),
    _column("committed_pence", "Committed", "committed already {}", 104, gives_way=Gives.FIGURES + 2),
    _column("closes_on", "Closes", "applications close {}", 108, gives_way=Gives.WORDS + 2),
    _column("meets_on", "Panel meets", "panel meets {}", 108, gives_way=Gives.WORDS + 1),
    LineColumn("state", "Applications", attrgetter("state"), width=108, gives_way=Gives.STATE),
)


def sum_words(set_up: SetUp) -> str:
    """Return what the areas come to."""
    areas = set_up.facts.line.areas
    pots = short_pounds(sum(one.pot_pence for one in areas))
    apart = short_pounds(sum(one.start_up_pence for one in areas))
    return f"{ours(counted(len(areas), 'area'))}, {pots} in the pots, {apart} start-up money separate"


def _takeable(at: Here) -> tuple[Allowance, ...]:
    """Return what can be taken back by itself: what was allowed for an award goes with its change."""
    return tuple(one for one in at.row.allowances if not one.awards)


def _allowed(one: Allowance) -> str:
    return f"{short_pounds(one.pence)} {allowed_by(one, short_pounds)}."


def _tell(at: Here) -> Iterator[Told]:
    row, line = at.row, at.row.line
    yield Name(row.name)
    if row.copied[1]:
        yield Says(f"To check: {carried_words(row.name, *row.copied)}.", "warning")
    yield Sums(tuple((words, getattr(line, name)) for name, words in MONEY.items()))
    yield Says(f"It shares the pot {line.shared_pot}." if line.shared_pot else "")
    for name, words in DAYS.items():
        yield Says(f"{words}: {_spoken('{}', name, row)}")
    yield Says("Fully allocated: nothing more is accepted." if row.dates.allocated_on else "")
    yield Says(row.passed_words(line.pot_pence, line.committed_pence), "danger")
    if not at.answer.is_draft:  # before, its tolerance is set
        yield Title("Allowed over the pot")
        yield Says("\n".join(map(_allowed, row.allowances)) or NOTHING_ALLOWED)


def _passed(row: AreaRow, typed: Values) -> str:
    return row.passed_words(typed[POT] or 0, typed["committed_pence"] or 0)


def _form(
    at: At[SetUp, Any], title: str, row: AreaRow, does: Callable[[Area, AreaDates], Deed], *more: Tick
) -> Form:
    """Return what asks for an area: its name, its money and its dates."""
    area, dates = row.area, row.dates

    def given(name: str, shared_pot: str, closes_time: str, is_allocated: bool = False, **said: Any) -> Deed:
        money_of = {of: said[of] or 0 for of in MONEY}
        gone_on = (dates.allocated_on or at.today) if is_allocated else None
        days = {of: said[of] for of in DAYS}
        now = AreaDates(**days, allocated_on=gone_on, closes_time=closes_time or None)
        if fault := order_fault(now):
            raise Refused(f"{with_capital(fault)}. Correct one of the dates.")
        return does(Area(one_line(name), **money_of, shared_pot=one_line(shared_pot)), now)

    known = tuple(one for one in at.answer.facts.known_areas if one != row.name)
    pot, committed, start_up = (
        Money(of, words, value=getattr(area, of) or None, is_needed=False) for of, words in MONEY.items()
    )
    opens, closes, marks, meets = (
        (NEAR if of in ("opens_on", "closes_on") else DAY)(of, words, value=getattr(dates, of))
        for of, words in DAYS.items()
    )
    return Form(
        title=title,
        action="Save",
        does=given,
        width=480,
        focus=POT if row.name else "name",
        fields=(
            Line("name", "Name", value=row.name, wanted=ours("Name the area."), known=known),
            Across((pot, committed)),
            Saying(partial(_passed, row), "danger"),
            Across(
                (
                    start_up,
                    Line("shared_pot", "Shared pot, by its name", value=area.shared_pot, hint="its own"),
                )
            ),
            Across((opens, closes, Time("closes_time", "Closing time", value=dates.closes_time or ""))),
            Across((marks, meets)),
            *more,
        ),
    )


def _add(at: At[SetUp, Any]) -> Form:
    round_id, blank = (
        at.answer.round_id,
        AreaRow(AreaLine("", "intake", 0, 0, 0), AreaDates(), at.today),
    )
    return _form(at, ours("Add an area"), blank, lambda area, dates: AddArea(round_id, area, dates=dates))


def _change(at: Here) -> Form:
    """Ask for the area anew; each part that is another then is a change of its own."""
    round_id, row = at.answer.round_id, at.row

    def changed(area: Area, dates: AreaDates) -> Deed:
        was = replace(row.area, name=area.name)
        changes = (
            *((RenameArea(round_id, row.name, area.name),) if area.name != row.name else ()),
            *((SetPot(round_id, area, was),) if area != was else ()),
            *((SetAreaDates(round_id, area.name, dates, row.dates),) if dates != row.dates else ()),
        )
        return Picked(area.name, changes)

    gone = Tick(
        *("is_allocated", "Fully allocated: nothing more is accepted"),
        value=row.dates.allocated_on is not None,
    )
    return _form(at, f"Change {row.name}", row, changed, gone)


def _record(at: Here) -> Form:
    area = at.row.area
    words = f"The pot of {area.name} is {short_pounds(area.pot_pence)}."
    return authority_form(area.name, words, 0, partial(AllowOverPot, at.answer.round_id))


def _take_back(at: Here) -> Form:
    options = tuple((_allowed(one), one) for one in _takeable(at))
    return Form(
        title="Take back an authority",
        action="Take back",
        does=partial(AllowOverPot, at.answer.round_id, is_back=True),
        fields=(Choice("allowed", "Authority", options=options, value=options[0][1], are_radios=True),),
    )


def _may_set(at: At[SetUp, Any]) -> bool:
    return at.answer.may_set


ACTS: tuple[Act[SetUp, AreaRow], ...] = (
    Act("Change…", _change, kind=SetPot.kind, where=_may_set),
    Act(
        "What was copied is right",
        lambda at: ConfirmCarried(at.answer.round_id, (at.row.name,)),
        kind=ConfirmCarried.kind,
        where=lambda at: _may_set(at) and bool(at.row.copied[1]),
    ),
    Act(
        "Record authority…",
        _record,
        kind=AllowOverPot.kind,
        where=lambda at: _may_set(at) and not at.answer.is_draft,
    ),
    Act(
        "Take back…",
        _take_back,
        kind=AllowOverPot.kind,
        where=lambda at: _may_set(at) and bool(_takeable(at)),
    ),
    Act(
        "Remove the area",
        lambda at: RemoveArea(at.answer.round_id, at.row.name),
        kind=RemoveArea.kind,
        where=_may_set,
    ),
)
ADD: Act[SetUp, Any] = Act(
    *(lambda at: ours("Add an area…"), _add),
    kind=AddArea.kind,
    where=lambda at: _may_set(at) and at.section == TAB,
)
LIST: Tab[SetUp, AreaRow] = Tab(
    TAB,
    _rows,
    lambda set_up: "",
    columns=COLUMNS,
    wide_minimum=120,
    row_key=attrgetter("name"),
    list_name="Areas",
    side=Side(
        name="The selected area",
        width=330,
        nothing="Choose an area to see its money and its dates.",
        tell=_tell,
        acts=ACTS,
        tabs=("List", "Details"),
    ),
)
