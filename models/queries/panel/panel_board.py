"""The panel at a glance: who declared, how far the sheets are, and whether quorum holds."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.papers.order import Texts
from models.permissions.viewing import Viewer
from models.queries.deciding.settled import standing_interests
from models.queries.packs.own_record import is_members_own
from models.queries.panel.area_panels import AreaPanels, Attendance, Counted, Quorum, area_panels, attendance
from models.queries.panel.panel import (
    Expected,
    MemberDetails,
    barred_pairs,
    expected_to_score,
    interests,
    members_of,
)
from models.queries.panel.score_sheets import SheetLine, to_be_scored
from models.queries.panel.sheets import begun_sheets
from models.queries.permissions.declarations import (
    Applicant,
    applicants_of,
    declared_as,
    signer_interests,
    waits_to_declare,
)
from models.queries.rows import named_of_round
from models.queries.set_up.funds import round_rules
from models.queries.set_up.round_facts import areas
from models.queries.set_up.rounds import area_dates, round_line, scheme
from models.role import is_asked_for_marks
from models.schema.packs import returned_table
from models.schema.panel import interest_table, member_table
from models.session import OF_ROUND, Session
from models.store.chain import said_rows
from models.store.locks.signing_on import told
from models.values.rows import InterestRow, distinct_names, gathered
from models.values.stored import each_read
from scoring.round import InterestKind
from scoring.written.text import listed


class QuorumLine(Struct, frozen=True):
    """An application, or (reference "") the panel of an area: who there is, who decides, and the quorum.

    Those do not decide who stand `aside`, have not declared (`undeclared`), or at the meeting are not there
    (`missing`, 0 before attendance is recorded). `deciding` are those who do, by name.
    """

    reference: str
    organisation: str
    area: str
    members: int
    aside: Texts
    deciding: Texts
    quorum: Quorum
    undeclared: int = 0
    missing: int = 0

    @property
    def key(self) -> tuple[str, str]:
        return self.area, self.reference

    @property
    def left(self) -> int:
        return len(self.deciding)

    @property
    def holds(self) -> bool:
        return self.quorum.holds

    @property
    def words(self) -> str:
        """Return who counts and how many must: "4 of 5, quorum 3"."""
        return f"{self.left} of {self.members}, quorum {self.quorum.needed}"


def quorum_line(
    of: Applicant,
    panels: AreaPanels,
    declared: Sequence[InterestRow],
    fewest: int,
    attended: Attendance | None = None,
) -> QuorumLine:
    """Return who decides an application, or (without a reference) who can decide at all in an area.

    They are of the panel of its area. `attended` is what is recorded of its meeting, None while it is no
    meeting.
    """
    marking = panels.marking(of.area or None)
    names = distinct_names(panels.members)
    aside = {i.member for i in declared if i.application == of.reference and i.kind is not InterestKind.NONE}
    able = [code for code in marking if code not in aside]
    has_declared = {row.member for row in declared}
    ready = [code for code in able if code in has_declared]
    is_known = attended is not None and panels.is_answered(of.area, attended)
    there = panels.present(of.area, attended) if is_known and attended is not None else {*ready}
    deciding = [code for code in ready if code in there]
    counted: Counted = "decide" if is_known else "may decide" if attended is None else ""
    return QuorumLine(
        *(of.reference, of.organisation, of.area, len(marking)),
        aside=tuple(names[code] for code in marking if code in aside),
        deciding=tuple(names[code] for code in deciding),
        quorum=Quorum(len(deciding), fewest, counted),
        undeclared=len(able) - len(ready),
        missing=len(ready) - len(deciding),
    )


_DECLARING = ("declare", "add interest")
_TOGETHER = "change panel"
"""What several members declare at once is among what is changed of a panel."""
_brought_on = named_of_round(
    lambda on: on,
    select(member_table.c.code, interest_table.c.declared_on)
    .join(interest_table)
    .where(member_table.c.round_id == OF_ROUND, member_table.c.uid.in_(select(returned_table.c.member)))
    .order_by(interest_table.c.declared_on),
)
"""Since when what was declared stands of each member who sent a return."""

NOT_CHECKED = (
    "The program cannot read the fund's rules on who sits on a panel, so it did not check them. Check the "
    "record (verify)."
)
OF_THE_FUND = "That is a rule of the fund, which the office changes on Funds."


class MemberStanding(Struct, frozen=True):
    """A member with what was declared and how many sheets are handed in.

    `declared_on` is None where the record does not know when; `interests` counts applications, None where
    that is closed to whoever reads; `shown` is what the member is called, told apart from another of the same
    name; `open` counts the sheets that wait in areas that are being scored.
    """

    details: MemberDetails
    has_declared: bool
    declared_on: date | None
    interests: int | None
    abstentions: int
    handed_in: int
    sheets: int
    shown: str
    open: Mapping[str, int] = {}


class PanelBoard(Struct, frozen=True):
    """A round's panel; `warnings` are what the fund expects of a panel and this one has not.

    `office` says in a member's own record who is on the panel at the office: there the quorum is judged, and
    `quorum` is empty. It is None in any other record.
    """

    members: tuple[MemberStanding, ...]
    quorum: tuple[QuorumLine, ...]
    applicants: tuple[Applicant, ...]
    declared: tuple[InterestRow, ...]
    fewest: int
    warnings: tuple[str, ...]
    areas: tuple[str, ...]
    office: str | None = None


def panel_board(session: Session, round_id: int) -> PanelBoard:
    """Return a round's panel as its page shows it."""
    board = _board(session, round_id)
    if not is_members_own(session):
        return board
    from models.queries.packs.member_record import (
        office_panel,  # an office opens no pack, and need not load it
    )

    return replace(board, quorum=(), warnings=(), office=office_panel(session))


def _board(session: Session, round_id: int) -> PanelBoard:
    details = members_of(session, round_id)
    declared, panels = interests(session, round_id), area_panels(session, round_id)
    rows = applicants_of(session, round_id)
    lines = to_be_scored(session, round_id)
    scored = {line.reference for line in lines}
    attended, names = attendance(session, round_id), [one.name for one in areas(session, round_id)]
    fewest, stages = scheme(session, round_id).quorum, round_line(session, round_id).stages
    known = {of: attended for of in names if stages.get(of) == "meeting" or panels.present(of, attended)}
    whole = [Applicant("", of, "", area=of) for of in names if details]
    return PanelBoard(
        members=tuple(_standings(session, round_id, details, declared, lines)),
        quorum=tuple(
            quorum_line(row, panels, declared, fewest, known.get(row.area))
            for row in (*whole, *rows)
            if not row.reference or row.reference in scored
        ),
        applicants=rows,
        declared=declared,
        fewest=fewest,
        warnings=_warnings(session, round_id, panels, names),
        areas=tuple(names),
    )


def _standings(
    session: Session,
    round_id: int,
    details: Sequence[MemberDetails],
    declared: Sequence[InterestRow],
    lines: Sequence[SheetLine],
) -> Iterator[MemberStanding]:
    days, begun = _declared_on(session, round_id), begun_sheets(session, round_id)
    expected = Expected(expected_to_score(session, round_id), barred_pairs(declared), begun.keys())
    names = distinct_names(details)
    for row in details:
        own = {i.application: i.kind for i in declared if i.member == row.code and i.application}
        theirs = [line for line in lines if expected.has(row.code, line.reference, line.area)]
        done = {line.reference for line in theirs if begun.get((row.code, line.reference), False)}
        yield MemberStanding(
            details=row,
            has_declared=any(i.member == row.code for i in declared),
            declared_on=days.get(row.code),
            interests=sum(kind.is_conflict for kind in own.values()),
            abstentions=sum(kind is InterestKind.ABSTAINED for kind in own.values()),
            handed_in=len(done),
            sheets=sum(one.stage != "intake" or (row.code, one.reference) in begun for one in theirs),
            shown=names[row.code],
            open=Counter(one.area for one in theirs if one.stage == "scoring" and one.reference not in done),
        )


def _declared_on(session: Session, round_id: int) -> dict[str, date]:
    """Return when each member last declared, by the journal or by what a return brought."""
    rows = told(session)
    if rows is not None:
        return {
            row.member: row.at.astimezone().date()
            for row in rows
            if row.kind in _DECLARING and row.round == str(round_id)
        }
    found = dict(_brought_on(session, round_id))
    for _, at, _, _, body in said_rows(session, (*_DECLARING, _TOGETHER)):
        said, on = json.loads(body), at.astimezone().date()
        declared = [one for one in said.get("parts", (said,)) if {"interest", "interests"} & one.keys()]
        for one in (one for one in declared if one.get("round_id") == round_id):
            who = one.get("member") or one["interest"]["member"]
            if isinstance(who, str):  # one that is put back on the panel has what was declared with it
                found[who] = max(on, found.get(who, on))
    return found


def _warnings(session: Session, round_id: int, panels: AreaPanels, names: Sequence[str]) -> tuple[str, ...]:
    """Return which panels have not one chair, or not what the fund expects; "" kinds do not count."""
    chairs = gathered((len(panels.chairs(area)), area) for area in names)
    said = [
        (f"The panel has {f'{many} chairs' if many else 'no chair'}.", wrong)
        for many, wrong in sorted(chairs.items())
        if many != 1
    ]
    rules = next(each_read(lambda at: round_rules(session, at), (round_id,)), None)
    missed = [
        (rule.words, wrong)
        for rule in (rules.panel_kinds if rules else ())
        if (
            wrong := tuple(
                of
                for of in names
                if not rule.is_met((one.kind, one.organisation) for one in panels.panel(of))
            )
        )
    ]
    words = (
        words if len(wrong) == len(names) else f"{listed(wrong)}: {words}" for words, wrong in said + missed
    )
    return (*words, *((OF_THE_FUND,) if missed else ()), *((NOT_CHECKED,) if rules is None else ()))


class OpenSheets(Struct, frozen=True):
    """How many of a member's sheets are open in an area, and by when its marks are wanted."""

    area: str
    count: int
    marks_close_on: date | None


class Reminder(Struct, frozen=True):
    """A member with something open; one who has not declared has no sheets yet.

    `areas` are those whose panel the member is on, () for all.
    """

    name: str
    has_declared: bool
    sheets: tuple[OpenSheets, ...]
    areas: Texts = ()


class PanelFacts(Struct, frozen=True):
    """A round's panel with those of it who have something open.

    `signing` is what a person who signs after it declared; who has not starts from the office's `statement`.
    Who `must_declare` first reads of others' declarations no more than that they were made.
    """

    board: PanelBoard
    waiting: tuple[Reminder, ...]
    signing: tuple[InterestRow, ...]
    statement: str
    must_declare: bool = False


def panel_facts(session: Session, round_id: int, viewer: Viewer) -> PanelFacts:
    """Return a round's panel as its page shows it to a person, with whom there is to remind.

    Before somebody declares they read what they declare on, and nothing of others' interests.
    """
    board = panel_board(session, round_id)
    waiting, statement = tuple(reminders(session, round_id, board)), standing_interests(session)
    if waits_to_declare(session, round_id, viewer):
        known = tuple(replace(row, interests=None, abstentions=0) for row in board.members)
        board = replace(board, members=known, quorum=(), declared=())
        return PanelFacts(board, waiting, (), statement, must_declare=True)
    signing = declared_as(signer_interests(session, round_id), viewer.name)
    return PanelFacts(board, waiting, signing, statement)


def reminders(session: Session, round_id: int, board: PanelBoard) -> Iterator[Reminder]:
    """Yield the members who have something open, in the panel's order; an adviser has no sheets."""
    dates = area_dates(session, round_id)
    for row in board.members:
        sheets = tuple(OpenSheets(of, many, dates[of].marks_close_on) for of, many in row.open.items())
        is_open = sheets and is_asked_for_marks(row.details.role)
        if is_open or not row.has_declared:
            open_ = sheets if row.has_declared else ()
            yield Reminder(row.shown, row.has_declared, open_, row.details.areas)
