"""The areas of a round: added, renamed, taken out, their money and stage, and when each opens and meets."""

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import field
from msgspec.structs import asdict
from sqlalchemy import update

from models.operation import Outcome
from models.operations.applications.gates import (
    judge_start,
    judge_time,
    judge_unasked,
    judged_words,
    late_words,
    put_results_back,
    remove_idle_time_gate,
)
from models.operations.awards.budget import within_year_of
from models.operations.deciding.signing import beyond_words, has_signatures
from models.operations.operation_base import (
    SETTING,
    Barrier,
    InRound,
    in_open_round,
    is_plain_name,
    require_published,
    the_area,
)
from models.operations.panel.meetings import areas_met, leave_open
from models.operations.panel.reopened import mark_back_at_intake, marking_opened, note_meeting
from models.operations.rows.write_funds import area_ids, put_areas, set_area, set_carried
from models.queries.applications.applications import GateResult, time_gates
from models.queries.awards.awards import awards
from models.queries.deciding.allowances import given_amounts
from models.queries.packs.returns import refuse_disputes
from models.queries.papers.issues import has_issues
from models.queries.set_up.round_facts import areas, noted_carried
from models.queries.set_up.rounds import area_dates
from models.schema.applications import application_table
from models.schema.awards import finance_codes_table
from models.schema.deciding import area_allowance_table
from models.schema.forms import LARGEST
from models.schema.panel import member_area_table, member_table, signing_area_table
from models.schema.set_up import area_table
from models.session import Session, count, remove, round_uid, selection, set_values, uid
from models.trouble import refuse
from models.values.rounds import NOW, STAGES, AreaDates, Carried
from scoring.money import pounds
from scoring.round import Area
from scoring.written.names import text_key
from scoring.written.text import Refused


def refuse_signed_lists(session: Session, round_id: int, area: Area, before: Area | None = None) -> None:
    """Refuse an area that comes into a signed pot, or leaves one; `before` is None for a new area."""
    was = "" if before is None else text_key(before.shared_pot)
    pots = {text_key(area.shared_pot), was}
    if len(pots) == 1:
        return
    there = areas(session, round_id)
    sharing = (one.name for one in there if text_key(one.shared_pot) in pots - {""})
    own = [] if before is None else [before.name]
    for name in dict.fromkeys((*own, *sharing)):
        if has_signatures(session, round_id, name):
            raise Refused(
                f"The recommendations of {name} are signed, so who shares its pot stays as it is. "
                "The deciding office can send lines back."
            )


class SetPot(InRound, frozen=True):
    """Set an area's pot, start-up money, what is committed already, and the pot that it shares with others.

    `replacing` is what stood there.
    """

    kind = "set pot"
    area: Area
    replacing: Area

    @property
    def label(self) -> str:
        if self.area.shared_pot == self.replacing.shared_pot:
            return f"Set the pot of {self.area.name} to {pounds(self.area.pot_pence)}"
        if not self.area.shared_pot:
            return f"Give {self.area.name} a pot of its own"
        return f"Let {self.area.name} share the pot {self.area.shared_pot}"

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Set it; refused below nought, where something else stands there by now, or a list is signed."""
        area_id = the_area(session, self.round_id, self.area.name)
        refuse(SETTING.money(self.area, LARGEST))
        held = {one.name: one for one in areas(session, self.round_id)}[self.area.name]
        self.refuse_stale(held, f"The money of {self.area.name}", then="set it")
        refuse_signed_lists(session, self.round_id, self.area, self.replacing)
        with within_year_of(session, self.round_id, "The budget of the area was not changed."):
            set_area(session, area_id, self.area)
        return self.done_exchanging("area", more=self._given_words(session))

    def _given_words(self, session: Session) -> str:
        """Say that it is less than what is agreed takes of it, "" where it is not; less is never refused."""
        now, before = (one.pot_pence - one.committed_pence for one in (self.area, self.replacing))
        if now >= before:
            return ""
        held = given_amounts(session, self.round_id)
        agreed = {one.application: one.agreed_pence for one in awards(session, self.round_id)}
        given = {of: min(held.get(of, 0), pence) for of, pence in agreed.items()}
        words = beyond_words(session, self.round_id, given, {self.area.name}, ())
        return f" {words}" if words else ""


class MoveAreas(Barrier, InRound, frozen=True):
    """Move areas on to the next stage together, or back to an earlier one with a reason: all or none.

    A barrier; the chair's. With `minds_items` one leaves its meeting with items open only where a reason is
    given, which the minutes print. When intake ends the closing date judges what nobody has checked and was
    never asked of it.
    """

    kind = "move areas"
    titled = "Move {0.areas:named} to {0.stage}"
    areas: tuple[str, ...]
    stage: str
    reason: str = ""
    minds_items: bool = False

    def apply(self, session: Session) -> Outcome:
        """Move them; refused for all but the chair, past a stage, with disputes, or back without a reason."""
        if not self.areas:
            raise Refused("Choose at least one area to move on.")
        late = late_words(sum(self._move(session, area) for area in self.areas))
        named = self.areas[0] if len(self.areas) == 1 else f"{len(self.areas)} areas"
        return Outcome(None, f"{NOW[self.stage].format(named)}{late}")

    def _move(self, session: Session, area: str) -> int:
        """Move one; return how many applications prove to be late."""
        require_published(session, self.round_id)
        area_id = the_area(session, self.round_id, area)
        stands = str(session.scalars(selection(area_table.c.stage, id=area_id)).one())
        self._check(session, area, stands)
        if STAGES.index(self.stage) > STAGES.index(stands):
            refuse_disputes(session, self.round_id, {area}, f"move {area} on")
        if self.stage == "intake":
            mark_back_at_intake(session, self.round_id, area)
        if self.minds_items and (stands, self.stage) == ("meeting", "recommending"):
            leave_open(session, self.round_id, area, self.reason)
        set_values(session, area_table, {"id": area_id}, stage=self.stage)
        if self.stage == "meeting":
            note_meeting(session, (area_id,))
        return judge_unasked(session, self.round_id, area) if stands == "intake" else 0

    def _check(self, session: Session, area: str, stands: str) -> None:
        if self.stage not in STAGES:
            raise Refused(f"“{self.stage}” is not one of {', '.join(STAGES)}.")
        after, before = STAGES.index(self.stage), STAGES.index(stands)
        goes_back = after < STAGES.index("deciding") <= before
        is_signed = goes_back and has_signatures(session, self.round_id, area)
        refuse(SETTING.stage(area, stands, self.stage, after - before, self.reason, is_signed))


class AddArea(InRound, frozen=True):
    """Add an area with its money and dates, at a place among the others (None: the last).

    `carried` is what of these came from another round, where it was there before.
    """

    kind = "add area"
    titled = "Add the area {0.area.name}"
    told = "The area {0.area.name} was added."
    area: Area
    position: int | None = None
    dates: AreaDates = field(default_factory=AreaDates)
    carried: Carried | None = None

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Add it; refused where the name is taken or empty, or the money below nought."""
        there = area_ids(session, self.round_id)
        check_new_area(self.area, there)
        check_dates(self.area.name, self.dates)
        refuse_signed_lists(session, self.round_id, self.area)
        position = len(there) if self.position is None else self.position
        _shift(session, self.round_id, position, by=1)
        with within_year_of(session, self.round_id, "The area was not added."):
            put_areas(session, self.round_id, {position: self.area})
        write_dates(session, area_ids(session, self.round_id)[self.area.name], self.dates)
        set_carried(session, self.round_id, self.area.name, self.carried)
        return self.done(RemoveArea(self.round_id, self.area.name))


class RemoveArea(InRound, frozen=True):
    """Take an area out that no application is of."""

    kind = "remove area"
    titled = "Remove the area {0.name}"
    told = "The area {0.name} was removed."
    name: str

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Take it out; refused where applications are of it, or it is past intake, or is the last."""
        area_id = the_area(session, self.round_id, self.name)
        self._check(session, area_id)
        standing = areas(session, self.round_id)
        position = [area.name for area in standing].index(self.name)
        dates = area_dates(session, self.round_id)[self.name]
        carried = noted_carried(session, self.round_id).get(self.name)
        remove(session, area_table, id=area_id)
        _shift(session, self.round_id, position, by=-1)
        return self.done(AddArea(self.round_id, standing[position], position, dates, carried))

    def _check(self, session: Session, area_id: int) -> None:
        serving = selection(member_area_table.c.member_id, area_id=area_id)
        beside = (signing_area_table, finance_codes_table, area_allowance_table)
        refuse(
            SETTING.area(
                self.name,
                count(session, application_table, area_id=area_id),
                session.scalar(selection(area_table.c.stage, id=area_id)) == "intake",
                self.name in areas_met(session, self.round_id),
                len(area_ids(session, self.round_id)) == 1,
                tuple(session.scalars(selection(member_table.c.code, id=serving))),
                *(bool(count(session, table, area_id=area_id)) for table in beside),
            )
        )


class RenameArea(InRound, frozen=True):
    """Give an area another name; its applications, money and dates stay with it."""

    kind = "rename area"
    titled = "Rename {0.name} to {0.to}"
    told = "{0.name} is now called {0.to}."
    name: str
    to: str

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Rename it; refused once a paper or a signature has the old name, or where the new one is taken."""
        area_id = the_area(session, self.round_id, self.name)
        if has_issues(session, self.round_id):
            raise Refused(f"A paper was issued with the name {self.name}, which stays as it is.")
        if has_signatures(session, self.round_id, self.name):
            raise Refused(f"Recommendations are signed under the name {self.name}, which stays as it is.")
        check_new_area(Area(self.to, 0), area_ids(session, self.round_id))
        values = {"name": self.to, "uid": uid(round_uid(session, self.round_id), "area", self.to)}
        with within_year_of(session, self.round_id, f"{self.name} keeps its name."):
            set_values(session, area_table, {"id": area_id}, **values)
        return self.done(RenameArea(self.round_id, self.to, self.name))


def check_new_area(area: Area, taken: dict[str, int]) -> None:
    """Refuse an area without a name of its own, or with money below nought."""
    is_taken = text_key(area.name) in set(map(text_key, taken))
    refuse(SETTING.new_area(area, is_plain_name(area.name), is_taken), SETTING.money(area, LARGEST))


def _shift(session: Session, round_id: int, position: int, *, by: int) -> None:
    """Move the areas from a position on, so that positions stay without gaps."""
    later = (area_table.c.round_id == round_id) & (area_table.c.position >= position)
    session.execute(update(area_table).where(later).values(position=area_table.c.position + by))


class SetAreaDates(InRound, frozen=True):
    """Set the dates of an area; `replacing` are those that stood there.

    The area's applications are judged again when its closing date or time changes.
    `stood` puts back what stood at that gate, and `removes_gate` takes the gate out that came with it.
    """

    kind = "set area dates"
    titled = "Set the dates of {0.area}"
    told = "The dates of {0.area} are set."
    area: str
    dates: AreaDates
    replacing: AreaDates
    stood: tuple[GateResult, ...] | None = None
    removes_gate: bool = False

    @marking_opened
    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Set them; refused out of order, or where others stand there by now."""
        area_id = the_area(session, self.round_id, self.area)
        check_dates(self.area, self.dates)
        stands = area_dates(session, self.round_id)[self.area]
        self.refuse_stale(stands, f"The dates of {self.area}", "were changed", then="set them")
        write_dates(session, area_id, self.dates)
        had_gate = time_gates(session, self.round_id)
        stood = self._judge(session)
        is_new = not had_gate and bool(time_gates(session, self.round_id))
        return self.done_exchanging(
            "dates", more=judged_words(stood, "the dates"), stood=stood, removes_gate=is_new
        )

    def _judge(self, session: Session) -> tuple[GateResult, ...] | None:
        """Judge what came in time, or put back what stood; return what stood, None for nothing judged."""
        if self.stood is not None:
            put_results_back(session, self.round_id, self.stood)
            if self.removes_gate:
                remove_idle_time_gate(session, self.round_id)
            return None
        before, after, found = self.replacing, self.dates, list[GateResult]()
        if (before.closes_on, before.closes_time) != (after.closes_on, after.closes_time):
            found += judge_time(session, self.round_id, self.area)
        if before.meets_on != after.meets_on:
            found += judge_start(session, self.round_id, self.area)
        is_judged = before != after
        return tuple(found) if is_judged else None


_TIME_OF_DAY = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


def check_dates(area: str, dates: AreaDates) -> None:
    """Refuse dates that are not in the order opening, closing, marks, meeting."""
    is_time = dates.closes_time is None or _TIME_OF_DAY.fullmatch(dates.closes_time) is not None
    refuse(SETTING.dates(area, dates, order_fault(dates), is_time))


def order_fault(dates: AreaDates) -> str:
    """Return which date is before one it has to follow, such as "marks close before applications close"."""
    return next(_faults(dates), "")


def write_dates(session: Session, area_id: int, dates: AreaDates) -> None:
    set_values(session, area_table, {"id": area_id}, **asdict(dates))


def _faults(dates: AreaDates) -> Iterator[str]:
    named = (
        ("applications open", dates.opens_on),
        ("applications close", dates.closes_on),
        ("marks close", dates.marks_close_on),
        ("the panel meets", dates.meets_on),
    )
    known = [(words, day) for words, day in named if day is not None]
    for (first, earlier), (second, later) in pairwise(known):
        if later < earlier:
            yield f"{second} before {first}"
