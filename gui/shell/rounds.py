"""Which fund, round and area is on show: the header's three drop-downs and the page agree on it."""

from collections.abc import Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from gui.access.identity import READER, found_again, signed_on_as, whose_own
from gui.pages.page import Identity, PageTools, Place
from gui.record.clock import current_day
from gui.record.record_actions import SAMPLE_OFFICE
from gui.shell.page_stack import PageStack
from gui.text import ALL_AREAS
from gui.theme.look import look
from gui.widgets.frame.header import Header
from models.operation import Topic
from models.permissions.viewing import must_declare
from models.queries.packs.own_record import is_members_own
from models.queries.permissions.declarations import who_declared
from models.queries.set_up.office import Part, newest_office, office_name, parts, users
from models.queries.set_up.rounds import area_word, rounds
from models.role import EXPORTING, ONLY_READS
from models.store.locks.signing_on import is_counted, may_rank, why_closed
from models.values.rounds import RoundKey, RoundLine
from scoring.written.area_label import AREA, AreaLabel

CONCERNS = frozenset(
    {Topic.FUNDS, Topic.ROUNDS, Topic.RECORD, Topic.APPLICATIONS, Topic.PANEL, Topic.INTERESTS}
)


class Known(NamedTuple):
    """What the record says of its rounds, of each one's people (None: of no round), and of its users.

    `is_own` says that it is a member's own record, which was opened from a pack, `is_sample` that it is the
    made-up one; `area_label` is the office's word for an area, and `closed` why rounds are not given as a
    whole to whoever signed on; what is `counted` is given to them in figures all the same, and where it is
    true, what a ranking needs as well. `declared` is who did, of rounds with something to declare on;
    `faults_to` is who takes reports of faults.
    """

    lines: tuple[RoundLine, ...] = ()
    parts: Mapping[int | None, tuple[Part, ...]] = MappingProxyType({})
    users: tuple[Part, ...] = ()
    is_own: bool = False
    is_sample: bool = False
    area_label: AreaLabel = AREA
    closed: Mapping[int, str] = MappingProxyType({})
    counted: Mapping[int, bool] = MappingProxyType({})
    declared: Mapping[int, frozenset[str]] = MappingProxyType({})
    faults_to: str = ""


class Rounds(QObject):
    """The choice of fund, round and area. Switching keeps the page."""

    shown = Signal(object)
    unknown = Signal()
    """Whoever is using the laptop is not known to the record, which is of others: it is to be asked, once."""

    def __init__(self, header: Header, pages: PageStack, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._header = header
        self._pages = pages
        self._tools = tools
        workspace = tools.workspace
        self._known = Known()
        self._line: RoundLine | None = None
        self._area: str | None = None
        self._before: int | None = None
        self._awaited: RoundKey | None = None
        self._has_asked = False
        self.answered = ""
        """The name that was given for this record, since it was opened."""
        self._office: Identity | None = None
        header.fund.chosen.connect(self._choose_fund)
        header.round.chosen.connect(self.choose_round)
        header.area.chosen.connect(self.choose_area)
        tools.area_chosen.connect(self.choose_area)
        tools.round_chosen.connect(self.follow)
        tools.identity_changed.connect(self._offer)
        tools.identity_changed.connect(self._leave_others_area)
        workspace.opened.connect(self._ask)
        workspace.closed.connect(self._forget)
        workspace.watch(CONCERNS, self._ask)

    @property
    def place(self) -> Place | None:
        """Return where the header stands, None while there is no round."""
        return Place(self._line, self._area) if self._line is not None else None

    @property
    def _round_id(self) -> int:
        """Return the number of the round on show, 0 while there is none."""
        return self._line.round_id if self._line is not None else 0

    @property
    def why_closed(self) -> str:
        """Return why the round on show is not given as a whole to whoever signed on, "" where it is."""
        return self._known.closed.get(self._round_id, "")

    @property
    def is_counted(self) -> bool:
        """Whether figures of the round on show are given to whoever signed on, if not all of it."""
        return not self.why_closed or self._round_id in self._known.counted

    @property
    def is_ranked(self) -> bool:
        """Whether whoever signed on is given what a ranking of the round on show needs, if not all of it."""
        return not self.why_closed or self._known.counted.get(self._round_id, False)

    @property
    def must_declare(self) -> bool:
        """Whether nothing of the round on show opens to whoever is using the laptop before they declare."""
        declared = self._known.declared.get(self._round_id)
        return declared is not None and must_declare(self._tools.identity.viewer, declared)

    @property
    def lines(self) -> tuple[RoundLine, ...]:
        return self._known.lines

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return the people of the round on show, and those of the record beside it."""
        return self._known.parts.get(self._round_id or None, ())

    @property
    def users(self) -> tuple[Part, ...]:
        """Return everybody who changed something in the record, in the role they act in for the office."""
        return self._known.users

    @Slot(object)
    def choose_round(self, round_id: int) -> None:
        self._enter(next(line for line in self.lines if line.round_id == round_id))

    @Slot(object)
    def choose_area(self, area: str | None) -> None:
        """Show one area, or all of them (None)."""
        self._area = area
        self._show()

    @Slot(object)
    def follow(self, key: RoundKey) -> None:
        """Show a round that was just made, now or as soon as it is heard of."""
        self._awaited = key
        self._enter_awaited()

    def _enter_awaited(self) -> bool:
        """Show the round that is waited for; return whether it is there."""
        named = (line for line in self.lines if RoundKey(line.fund, line.year, line.name) == self._awaited)
        found = next(named, None)
        if found is None:
            return False
        self._awaited = None
        self._enter(found)
        return True

    @Slot()
    def _ask(self) -> None:
        self._tools.workspace.ask(_known, self._take)

    def _take(self, known: Known) -> None:
        held = self._round_id
        self._known, lines = known, known.lines
        named = {name for line in lines for name in (line.name, line.fund, *(of.name for of in line.areas))}
        look.call_areas(known.area_label, named)
        self._tools.report_faults_to(known.faults_to)
        self._line = next((line for line in lines if line.round_id == held), None)
        if self._enter_awaited():
            return
        if self._line is None:
            self._enter(self._left_at(lines) or _first(lines))
            return
        if self._area not in [area.name for area in self._line.areas]:  # it was renamed or removed
            self._area = _only_area(self._line)
        self._show()

    def _left_at(self, lines: tuple[RoundLine, ...]) -> RoundLine | None:
        """Return the round that was on show before, here or when the record was open last."""
        facts = self._tools.workspace.facts
        last = 0 if facts is None else self._tools.settings.round_of(str(facts.address))
        return {line.round_id: line for line in lines}.get(self._before or last)

    @Slot()
    def _forget(self) -> None:
        self._known, self._line, self._area = Known(), None, None
        look.call_areas(AREA)
        self._tools.report_faults_to("")
        self._before, self._awaited, self.answered, self._has_asked = None, None, "", False
        if self._office is not None:
            self._tools.workspace.use_as(self._office.name, self._office.role)

    @Slot(object)
    def _choose_fund(self, fund: str) -> None:
        self._enter(_first(tuple(line for line in self.lines if line.fund == fund)))

    def _enter(self, line: RoundLine | None) -> None:
        if self._line is not None and line is not self._line:
            self._before = self._line.round_id
        self._line = line
        facts = self._tools.workspace.facts
        if line is not None and facts is not None:  # the record opens on it again
            self._tools.settings.keep_round(str(facts.address), line.round_id)
        self._area = None if line is None else _only_area(line)
        self._show()

    def _show(self) -> None:
        line, header = self._line, self._header
        switches = header.fund, header.round, header.area
        for switch in switches:
            switch.setEnabled(line is not None)
        if line is not None:
            self._offer()
            header.area.show_options(_areas(line, look.area_label), self._area)
        else:
            for switch in switches:
                switch.show_options((), None)
        self._find_person()
        self._pages.show_place(self.place)
        self.shown.emit(self.place)

    @Slot()
    def _offer(self) -> None:
        """Offer the other rounds; who neither runs them nor reads all has those with a part of theirs."""
        if (line := self._line) is None:
            return
        who = self._tools.identity
        theirs = [
            one
            for one in self.lines
            if one is line
            or who.role in (*EXPORTING, *ONLY_READS)
            or any(part.name == who.name and part.role for part in self._known.parts[one.round_id])
        ]
        fund, round_ = self._header.fund, self._header.round
        fund.has_others = round_.has_others = len(theirs) < len(self.lines)
        fund.show_options(dict.fromkeys((one.fund, one.fund) for one in theirs), line.fund)
        own = [(_words(one), one.round_id) for one in theirs if one.fund == line.fund]
        round_.show_options(own, line.round_id)

    @Slot()
    def _leave_others_area(self) -> None:
        """Show whoever takes over the laptop what is theirs, not the area that somebody else had on show."""
        own = self._tools.identity.areas
        if own and self._area is not None and self._area not in own:
            self.choose_area(own[0] if len(own) == 1 else None)

    def _find_person(self) -> None:
        """Let whoever is using the laptop act in the role that they have in the round on show.

        A member's own record is always worked in as that member, and one on a server as whoever signed on;
        whoever used the laptop before does so again once it is closed.
        """
        tools = self._tools
        facts = tools.workspace.facts
        signed_on = None if facts is None else facts.signed_on
        if signed_on is not None or self._known.is_own:
            self._office = self._office or tools.identity
            tools.use_as(
                whose_own(self.parts)
                if signed_on is None
                else signed_on_as(signed_on, tools.settings.role, self.parts)
            )
            return
        held, self._office = self._office or tools.identity, None
        if self.is_nobodys(held.name):
            tools.use_as(Identity(held.name, READER))
            if not self._has_asked:
                self._has_asked = True
                self.unknown.emit()
            return
        role, member = tools.settings.role or held.role, tools.settings.member or held.member
        role = "" if self._known.is_sample else role  # there everybody tries what the office does
        tools.use_as(found_again(held.name, role, self.parts, member))

    def is_nobodys(self, name: str) -> bool:
        """Whether a record of others does not know the name, and nobody gave it there."""
        known = {part.name for part in (*self.users, *self.parts)}
        return not self._known.is_sample and bool(known) and name not in {self.answered, *known}


def _known(session: Any) -> Known:  # the window may not name the session's type
    lines = rounds(session)
    people = {number: parts(session, number) for number in (None, *(x.round_id for x in lines))}
    label = area_word(session, current_day())
    closed = {line.round_id: why_closed(session, line.round_id) for line in lines}
    partly = (number for number, why in closed.items() if why and is_counted(session, number))
    counted = {number: may_rank(session, number) for number in partly}
    is_sample = office_name(session, current_day()) == SAMPLE_OFFICE
    full = (line.round_id for line in lines if line.applications or closed[line.round_id])
    spoke = ((number, who_declared(session, number)) for number in full)
    declared = {number: who for number, who in spoke if who is not None}
    return Known(
        lines,
        people,
        users(session),
        is_members_own(session),
        is_sample,
        label,
        closed,
        counted,
        declared,
        newest_office(session).faults_to,
    )


def _first(lines: tuple[RoundLine, ...]) -> RoundLine | None:
    """Return the newest round that has applications, else the newest, None when there is none."""
    full = [line for line in lines if line.applications]
    return max(full or lines, key=attrgetter("round_id"), default=None)


def _only_area(line: RoundLine) -> str | None:
    """Return the area of a round that has one alone, else None for all of them."""
    return line.areas[0].name if len(line.areas) == 1 else None


def _words(line: RoundLine) -> str:
    return f"{line.name}, {line.year}" if line.year and line.year not in line.name else line.name


def _areas(line: RoundLine, label: AreaLabel) -> list[tuple[str, object]]:
    areas: list[tuple[str, object]] = [(area.name, area.name) for area in line.areas]
    return areas if len(areas) == 1 else [(label.labelled(ALL_AREAS), None), *areas]
