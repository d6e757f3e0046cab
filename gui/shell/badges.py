"""The counts beside the pages, kept up to date while the person works elsewhere."""

from collections.abc import Iterable
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Slot

from gui.pages.page import Identity, PageTools, Place
from gui.record.clock import current_day
from gui.shell.rounds import Rounds
from gui.theme.office_words import ours
from gui.widgets.frame.header import Header
from gui.widgets.frame.page_link import Badge
from gui.widgets.frame.sidebar import Sidebar
from models.operation import Topic
from models.permissions.reading import seen_round
from models.permissions.role import OFFICE
from models.permissions.viewing import Viewer
from models.queries.packs.has_revisions import has_revisions
from models.queries.panel.areas_served import Served, expected_to_score
from models.queries.panel.left_to_do import in_area, progress, references_marked, to_discuss, undeclared
from models.queries.set_up.next_stage import NextStage, next_stages
from models.queries.set_up.reason_rule import ReasonRule, reason_rule
from models.queries.set_up.rounds import round_line
from models.queries.set_up.stage_words import offer_words, ready_groups
from models.store.locks.signing_on import closed_disputes, with_figures
from models.values.rows import RoundRows
from models.values.stages import stage_of

CONCERNS = frozenset(
    {
        *(Topic.ROUNDS, Topic.APPLICATIONS, Topic.PANEL, Topic.INTERESTS),
        *(Topic.MARKS, Topic.AGREED, Topic.PACKS, Topic.GATES, Topic.SCHEME, Topic.RECOMMENDATIONS),
    }
)
WAIT_MS = 400
"""Several changes at once are counted once."""
SCORING, MEETING = 1, 2


class Counted(NamedTuple):
    """What the counts are made from."""

    rows: RoundRows
    served: Served
    disputes: int = 0
    stages: tuple[NextStage, ...] = ()
    needs_reasons: bool = False


class Found(NamedTuple):
    """The counts by page, and the areas that the person may move on now, those at one stage together."""

    badges: dict[str, Badge]
    groups: tuple[tuple[NextStage, ...], ...]


class Badges(QObject):
    """Count after each change that concerns a badge."""

    def __init__(self, tools: PageTools, rounds: Rounds, sidebar: Sidebar, header: Header) -> None:
        super().__init__(tools)
        self._tools = tools
        self._rounds = rounds
        self._sidebar = sidebar
        self._header = header
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self.count)
        self._whose: tuple[int, Identity] | None = None
        """The round and the person of what is on show."""
        rounds.shown.connect(self._turn)
        tools.identity_changed.connect(self._turn)
        tools.workspace.changed.connect(self._take_change)
        tools.workspace.closed.connect(self._forget)

    @Slot()
    def count(self) -> None:
        """Ask the record and count."""
        place = self._rounds.place
        if place is None or self._tools.workspace.facts is None or not self._rounds.is_counted:
            self._forget()
            return
        identity = self._tools.identity
        query = partial(_ask, round_id=place.line.round_id, viewer=identity.viewer)
        self._tools.ask(query, self._show, work_out=partial(_work_out, place, identity))

    def _show(self, found: Found) -> None:
        first = found.groups[0] if found.groups else ()
        self._header.offer_next(first[0].verb if first else "", ours(offer_words(first)) if first else "")
        shown = {key: badge for key, badge in found.badges.items() if key in self._tools.pages}
        self._sidebar.show_badges(shown)

    @Slot()
    def _turn(self) -> None:
        """Want no answer about where the header stood, and show no count of another round or person."""
        self._tools.questions.forget(self._show)
        place = self._rounds.place
        whose = None if place is None else (place.line.round_id, self._tools.identity)
        if whose != self._whose:
            self._forget()
            self._whose = whose
        self._wait.start()

    @Slot(object)
    def _take_change(self, topics: frozenset[Topic]) -> None:
        if topics & CONCERNS:
            self._wait.start()

    @Slot()
    def _forget(self) -> None:
        self._wait.stop()
        self._tools.questions.forget(self._show)
        self._sidebar.show_badges({})
        self._header.offer_next("", "")


def _work_out(place: Place, identity: Identity, counted: Counted) -> Found:
    """Return what is shown, worked out beside the event loop."""
    groups = offered(place, counted.stages, identity)
    found = badges(place, counted.rows, identity, counted.served)
    found["overview"] = Badge(len(groups), is_mine=True)
    found["packs"] = Badge(counted.disputes if identity.role in OFFICE else 0, is_mine=True)
    return Found(found, groups)


def offered(
    place: Place, stages: Iterable[NextStage], identity: Identity
) -> tuple[tuple[NextStage, ...], ...]:
    """Return the areas on show that the person may move on now, those at one stage together."""
    here = (one for one in stages if place.area in (None, one.area))
    return () if identity.refusal("move areas") else ready_groups(here)


def badges(place: Place, rows: RoundRows, identity: Identity, served: Served) -> dict[str, Badge]:
    """Return the counts by page: things for the person, and rows."""
    found = {"applications": Badge(len(in_area(rows, place.area)))}
    is_before = any(
        stage_of(place.line, area) <= MEETING for area in place.line.areas if place.area in (None, area.name)
    )
    missing = [member.code for member in undeclared(rows)] if rows.applications and is_before else []
    if identity.role not in OFFICE:
        missing = [code for code in missing if code == identity.member]
    found["panel"] = Badge(len(missing), is_mine=True)
    members = progress(rows, _at(place, rows, SCORING), served)
    left = [one.left for one in members if one.member.code == identity.member]
    is_declared = identity.member not in missing
    found["scoring"] = Badge(sum(left) if is_declared else 0, is_mine=True)
    wide = to_discuss(rows, _at(place, rows, MEETING))
    found["meeting"] = Badge(len(wide), is_mine=True)
    return found


def _at(place: Place, rows: RoundRows, *stages: int) -> frozenset[str]:
    """Return the applications judged in the areas on show that are at some stages."""
    areas = [a for a in place.line.areas if place.area in (None, a.name)]
    return references_marked(rows, [area.name for area in areas if stage_of(place.line, area) in stages])


def _ask(
    session: Any, round_id: int, viewer: Viewer
) -> Counted:  # the window may not name the session's type
    with with_figures(session, round_id):
        return _counted(session, round_id, viewer)


def _counted(session: Any, round_id: int, viewer: Viewer) -> Counted:
    disputes = sum(closed_disputes(session, round_id).values())
    if has_revisions(session, round_id):
        from models.queries.packs.disputes import open_disputes  # it loads all that opens returns

        areas = [area.name for area in round_line(session, round_id).areas]
        disputes += len(open_disputes(session, round_id, areas))
    today = current_day()
    stages = next_stages(session, round_id, today)
    required = reason_rule(session, round_id) is ReasonRule.REQUIRED
    rows, served = seen_round(session, round_id, viewer).rows, expected_to_score(session, round_id)
    return Counted(rows, served, disputes, stages, required)
