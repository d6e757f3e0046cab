"""Start a round: five questions, and what is offered to each of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Slot

from gui.access.passphrase_new import pass_gate
from gui.listed.form import Across, Choice, Day, Form, Line, Number, Own, Saying, Values, read_year, show_form
from gui.pages.page import PageTools
from gui.pages.set_up.starting.area_grid import AreaGrid, Offered
from gui.record.clock import current_day
from gui.record.turns import Turns, performing, settling, take_turns
from gui.text import counted, ours, scheme_words
from gui.theme.look import Tone
from gui.widgets.message_area import Notice
from models.operations.set_up.areas import check_dates, order_fault
from models.operations.set_up.rounds import OwnDates, StartRound
from models.queries.set_up.criteria import RoundCopy, StartChoices, start_choices
from models.reference.reporting import year_of
from models.values.rounds import FIELDS, AreaDates, RoundKey, distance, known_days, moved, moved_like
from scoring.round import Area
from scoring.scheme import Scheme
from scoring.written.days import full_day
from scoring.written.names import typed_key

COPIED = (
    "Copied from {}: the criteria with scale, ties, floors and caps, as a draft; gates, panel, others with a "
    "role and who signs; the rule for reasons, the marking, how long applications are kept and when awards "
    "report; the contact officer's details. All of it can be changed."
)
NOT_COPIED = (
    "Not copied: applications, interests, marks, recommendations, decisions, papers, finance codes and money "
    "committed already. Members declare their interests again."
)
NO_TOLERANCE = " Nor its tolerance: who authorises one is stated for each round."
PANEL = 5
MOST_MEMBERS = 30
PROPOSED = "Pots are proposed from what is left of {year}. Change them as the round needs."
NO_FUND = (
    "A round belongs to a fund, and this record has no fund with a panel. Add one here, then start the round."
)
FOLLOW = "Change the first and the others follow. Areas that had other dates keep their distance from these."
DATES = dict(
    zip(FIELDS, ("Applications open", "Applications close", "Marks close", "Panel meets"), strict=True)
)
OPENS = FIELDS[0]
MARKS = 2
"""From which day on a day without a year is one to come, or after the day before it."""


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return the name with the first number that is free: "Round 2" where there is a "Round 1"."""
    is_taken = set(map(typed_key, taken)).__contains__
    words, _, number = wanted.rpartition(" ")
    stem, first = (words, int(number)) if number.isdecimal() else (wanted, 1)
    following = (f"{stem} {number}" for number in range(first, first + len(taken) + 1))
    return next(name for name in (wanted, *following) if not is_taken(typed_key(name)))


def copied_name(copy: RoundCopy, year: str, taken: Collection[str]) -> str:
    """Return a free name after the copied round's: a calendar year in it goes with the financial year.

    "Victims 2026" of 2026/27 becomes "Victims 2027" in 2027/28, and "Victims 2026 round 2" in the same year.
    """
    words, _, number = copy.name.rpartition(" ")
    known, there = _first_year(copy.year), _first_year(year)
    if not words or known is None or number not in {str(known), str(known + 1)}:
        return free_name(copy.name, taken)
    moved = f"{words} {int(number) + (known if there is None else there) - known}"
    is_free = typed_key(moved) not in map(typed_key, taken)
    return moved if is_free else free_name(f"{moved} round 2", taken)


def _first_year(label: str) -> int | None:
    first = label[:4]
    return int(first) if len(first) == len("2026") and first.isdecimal() else None


def usual_words(scheme: Scheme) -> str:
    """Return what a round gets from its fund: "It brings 7 criteria, quality 80 to cost 20, as a draft."."""
    return f"It brings {scheme_words(scheme)}, as a draft."


def copied_words(copy: RoundCopy) -> str:
    """Return what a round gets from another, and what not."""
    no_tolerance = NO_TOLERANCE if copy.scheme.tolerance_percent else ""
    return f"{COPIED.format(copy.words)}\n{NOT_COPIED}{no_tolerance}"


class Offers:
    """What is offered to the questions of a round, by the fields of its form; what was typed stays."""

    def __init__(self, choices: StartChoices, today: date) -> None:
        self._choices, self._today = choices, today
        self._funds = {fund.name: fund for fund in choices.funds}
        self.sources = dict(self._sources())
        self._year = ""
        self._days = AreaDates()

    def _sources(self) -> Iterator[tuple[str, Choice]]:
        """Yield by fund what a round of it can be copied from, the last first, where there was one."""
        for at, fund in enumerate(self._funds):
            copies = self._choices.of(fund)
            options: list[tuple[str, Any]] = [(f"A copy of {copy.words}", copy) for copy in copies]
            if fund in self._choices.has_usual:
                options.append(("The fund's usual set-up", None))
            if copies:
                only = partial(_is_of, fund)
                yield (
                    fund,
                    Choice(f"source {at}", "Start from", options=tuple(options), value=copies[0], only=only),
                )

    def begun(self, fund: str) -> Values:
        """Return what is offered at first: for a fund, else for the first that there is."""
        name = fund if fund in self._funds else next(iter(self._funds))
        typed = {"fund": name, **{one.name: one.value for one in self.sources.values()}}
        return {"fund": name, **self._of_source(typed, frozenset())}

    def follow(self, name: str, typed: Values, by_hand: frozenset[str]) -> Values:
        """Return what is offered once the field of a name was changed."""
        found: Values = {}
        if name == "fund" or name in {one.name for one in self.sources.values()}:
            found = self._of_source(typed, by_hand)
        elif name == "year" and typed[name] not in (None, self._year):
            before, self._year = self._areas(typed), typed[name]
            areas = self._areas(typed)
            found = {**({} if areas == before else {"areas": areas}), **self._of_year(typed, by_hand)}
        elif name == OPENS and typed[name] is not None and self._days.opens_on is not None:
            self._days = moved(self._days, typed[name] - self._days.opens_on)
            found = self._written_days()
            by_hand |= {OPENS}
        return {one: value for one, value in found.items() if one not in by_hand}

    def copied(self, typed: Values) -> RoundCopy | None:
        """Return the round that is copied, None for the fund's usual set-up."""
        source = self.sources.get(typed["fund"])
        found: RoundCopy | None = None if source is None else typed[source.name]
        return found

    def words(self, typed: Values) -> str:
        """Return what the round gets from where it starts, and what not."""
        copied = self.copied(typed)
        return usual_words(self._funds[typed["fund"]].scheme) if copied is None else copied_words(copied)

    def moved_words(self, typed: Values) -> str:
        """Say by how much the days moved from those of the round that is copied, "" where none did."""
        copied = self.copied(typed)
        days = () if copied is None else known_days(usual_dates(copied.dates))
        if copied is None or not days:
            return ""
        by = (known_days(self._days)[0] - days[0]).days
        weeks = counted(by // 7, "week") if by % 7 == 0 else counted(by, "day")
        stays = ", on the same days of the week" if by % 7 == 0 else ""
        return f"Each is {weeks} after the date in {copied.words}{stays}. {ours(FOLLOW)}"

    def started(
        self, fund: str, year: str, name: str, areas: tuple[Area, ...], quorum: int, **said: Any
    ) -> StartRound:
        """Return what is asked for; refused where an area's own dates are in no order."""
        copied = self.copied({"fund": fund, **said})
        last = AreaDates() if copied is None else usual_dates(copied.dates)
        days = {one: said[one] for one in FIELDS}
        dates = AreaDates(**days, closes_time=last.closes_time if days["closes_on"] else None)
        own = () if copied is None else own_dates(copied, [area.name for area in areas], dates)
        for one in own:
            check_dates(one.area, one.dates)
        source = None if copied is None else copied.round_id
        pots = {area.name: area.pot_pence for area in areas}
        left = self._choices.proposed(fund, year, [Area(area.name, 0) for area in areas])
        proposed = tuple(one.name for one in left if one.pot_pence and one.pot_pence == pots[one.name])
        return StartRound(RoundKey(fund, year, name), areas, quorum, dates, source, own, proposed=proposed)

    def _of_source(self, typed: Values, by_hand: frozenset[str]) -> Values:
        copied = self.copied(typed)
        usual = max(year_of(self._today), "" if copied is None else copied.year)
        self._year = (typed["year"] or "") if "year" in by_hand else usual
        scheme = self._funds[typed["fund"]].scheme if copied is None else copied.scheme
        members = PANEL if copied is None else max(copied.members, scheme.quorum, 1)
        return {
            "year": self._year,
            "panel": members,
            "quorum": scheme.quorum,
            "areas": self._areas(typed),
            **self._of_year(typed, by_hand),
        }

    def _of_year(self, typed: Values, by_hand: frozenset[str]) -> Values:
        """Return the dates of the year, and a name that the fund's rounds of the year leave free."""
        copied, year = self.copied(typed), self._year
        last = AreaDates() if copied is None else usual_dates(copied.dates)
        by = timedelta() if copied is None else distance(last, copied.year, year, self._today)
        opens = typed[OPENS] if OPENS in by_hand else None
        if opens is not None and last.opens_on is not None:
            by = opens - last.opens_on
        self._days = moved(last, by)
        taken = {copy.name for copy in self._choices.of(typed["fund"]) if copy.year == year}
        name = free_name("Round 1", taken) if copied is None else copied_name(copied, year, taken)
        return {"name": name, **self._written_days()}

    def _written_days(self) -> Values:
        days = ((name, getattr(self._days, name)) for name in FIELDS)
        return {name: "" if day is None else full_day(day) for name, day in days}

    def day(self, name: str) -> Day:
        """Return the question for a day, which is after those before it."""
        at = FIELDS.index(name)
        return Day(
            name,
            DATES[name],
            value=getattr(self._days, name),
            is_past=False,
            is_near=at < MARKS,
            is_needed=False,
            after=FIELDS[:at] if at >= MARKS else (),
            fits=partial(_out_of_order, name),
        )

    def _areas(self, typed: Values) -> Offered:
        """Return the areas, their pots proposed from what is left of the year where that is known."""
        fund, copied = typed["fund"], self.copied(typed)
        usual = tuple(Area(name, 0) for name in self._funds[fund].areas)
        is_known = bool(self._choices.left.get((fund, self._year)))
        return Offered(
            self._choices.proposed(fund, self._year, usual if copied is None else copied.areas),
            is_last=copied is not None and not is_known,
            note=PROPOSED.format(year=self._year) if is_known else "",
        )


def start_form(choices: StartChoices, today: date, fund: str = "") -> Form:
    """Return what asks for fund and what to copy, year and name, areas with their pots, panel and dates.

    It begins with `fund`, that on show, where it may have another round, else with the first.
    """
    offers = Offers(choices, today)
    begun = offers.begun(fund)
    names = [fund.name for fund in choices.funds]
    known = [area for fund in choices.funds for area in fund.areas]
    known += [area.name for copy in choices.copies for area in copy.areas]
    return Form(
        title="Start a round",
        action="Start the round",
        width=720,
        fields=(
            _heading("1. Which fund, and what does the round start from?"),
            Across(
                (
                    Choice("fund", "Fund", options=tuple((one, one) for one in names), value=begun["fund"]),
                    *offers.sources.values(),
                )
            ),
            Saying(offers.words, tone="text2"),
            _heading("2. Which year, and what is the round called?"),
            Across(
                (
                    Line(
                        "year",
                        "Financial year",
                        value=begun["year"],
                        hint="such as 2026/27",
                        read=read_year,
                        written=str,
                    ),
                    Line("name", "Name", value=begun["name"], wanted="This cannot be empty."),
                )
            ),
            _heading(ours("3. Which areas, with what money?")),
            Own("areas", "", make=partial(AreaGrid, known, begun["areas"])),
            _heading("4. How large is the panel, and how many make it quorate?"),
            Across(
                (
                    Number("panel", "Members", value=begun["panel"], most=MOST_MEMBERS),
                    Number("quorum", "Quorum", value=begun["quorum"], most=MOST_MEMBERS, fits=_over_panel),
                )
            ),
            _heading(ours("5. When? Dates can be changed for each area later.")),
            Across(tuple(map(offers.day, FIELDS[:MARKS]))),
            Across(tuple(map(offers.day, FIELDS[MARKS:]))),
            Saying(offers.moved_words),
        ),
        does=offers.started,
        follows=offers.follow,
        refused_at=OPENS,
    )


def usual_dates(dates: Sequence[AreaDates]) -> AreaDates:
    """Return the dates that most areas have; of equally many the first."""
    counts = Counter(replace(one, allocated_on=None) for one in dates)
    return counts.most_common(1)[0][0] if counts else AreaDates()


def own_dates(copied: RoundCopy, areas: Iterable[str], new: AreaDates) -> tuple[OwnDates, ...]:
    """Return the days of those areas whose days differed in the round that is copied, moved as theirs."""
    last = usual_dates(copied.dates)
    held = {area.name: own for area, own in zip(copied.areas, copied.dates, strict=True)}
    own = {name: moved_like(held[name], last, new) for name in areas if name in held}
    return tuple(OwnDates(name, dates) for name, dates in own.items() if dates != new)


def _heading(words: str) -> Saying:
    return Saying(words, size=13, weight=600, tone="text")


def _is_of(fund: str, typed: Values) -> bool:
    return bool(typed["fund"] == fund)


def _over_panel(quorum: int, before: Values) -> str:
    return f"A quorum of {quorum} needs a panel of at least {quorum}." if quorum > before["panel"] else ""


def _out_of_order(name: str, day: date | None, before: Values) -> str:
    """Return what is wrong with a day that is before one that it has to follow."""
    fault = order_fault(AreaDates(**{one: before.get(one) for one in FIELDS} | {name: day}))
    return f"{fault[:1].upper()}{fault[1:]}. Correct one of the dates." if fault else ""


class RoundStart(QObject):
    """The way from the button to a round that is set up; `fund` is the one on show, "" for none."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self.fund = ""

    @Slot()
    def ask(self) -> None:
        """Ask the record which funds there are, then show the questions."""
        self._tools.workspace.ask(start_choices, self._show)

    def _show(self, choices: StartChoices) -> None:
        if not choices.funds:
            self._tools.go("funds")
            self._tools.notices.show_notice(Notice("start", Tone.INFORMATION, NO_FUND, passes=True))
            return
        box = show_form(self._tools.dialogs, start_form(choices, current_day(), self.fund))
        areas = box["areas"]
        areas.grid.ended.connect(partial(box["panel"].setFocus, Qt.FocusReason.TabFocusReason))
        areas.form.changed.connect(box.problem.clear)
        box.given.connect(self._start)

    @Slot(object)
    def _start(self, operation: StartRound) -> None:
        take_turns(self._tools.workspace, self._starting(operation))

    def _starting(self, operation: StartRound) -> Turns:
        tools, of = self._tools, operation.round
        with settling(tools.workspace) as settle:
            assert settle is not None, "a round is started from its dialog"
            yield from pass_gate(tools, of.fund, of.words, partial(settle, "The round is not started."))
            outcome = yield performing(tools.workspace.perform, operation, settle=settle)
            tools.choose_round(of)
            tools.go("overview")
            tools.toast(outcome.words)
