"""What a member's own record holds: the pack it was made from, and what would go back."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.papers.order import Texts
from models.queries.packs.own_record import OPENED_PACK, PACKS, is_members_own
from models.queries.packs.packs import record_setting, settled_histories, sheets_to_score
from models.queries.panel.score_sheets import TO_SCORE, SheetState
from models.queries.rows import columns_of
from models.role import is_asked_for_marks
from models.schema.applications import application_table
from models.schema.packs import returned_table
from models.schema.set_up import round_table
from models.session import Session, count, selection
from models.trouble import refuse, required
from models.values.pack_plans import MemberPlan
from models.values.packs import Pack, PackApplication, read_pack, read_return
from models.values.revisions import History, Key, histories
from scoring.written.text import counted

MEMBER_KEY = "member key"
PACK_START = "pack start"
"""The setting that holds the start of the sealed pack in hex: its passphrase is that of the returns."""


def opened_pack(session: Session) -> Pack:
    """Return the pack that the record was made from; refused in any other record."""
    text = required(
        record_setting(session, OPENED_PACK),
        "This record was not made from a pack. A return is made in the member's own record.",
    )
    return read_pack(text)


def pack_start(session: Session) -> bytes:
    """Return the start of the sealed pack, by which its passphrase is known again."""
    return bytes.fromhex(record_setting(session, PACK_START) or "")


def history_to_return(session: Session, pack: Pack) -> dict[Key, History]:
    """Return all that the member entered, also of what the newest pack holds no more, as it stands now."""
    return settled_histories(session, _round_number(session, pack), pack.member.code)


def _round_number(session: Session, pack: Pack) -> int:
    return session.scalars(selection(round_table.c.id, uid=pack.round.uid)).one()


class ReturnState(Struct, frozen=True):
    """How far the member is with the sheets that are theirs to score, and whether a return made now is news.

    `ready` are full and not handed in.
    """

    sheets: int
    ready: int
    handed_in: int
    has_news: bool

    @property
    def words(self) -> str:
        """Say how many sheets count, and what is missing."""
        if not self.sheets:
            return "No sheet is yours to score."
        left = self.sheets - self.handed_in - self.ready
        ready = f", {self.ready} ready to hand in" if self.ready else ""
        to_score = f", {left} still to score" if left else ""
        return f"{self.handed_in} of {counted(self.sheets, 'sheet')} handed in{ready}{to_score}."


def return_state(session: Session) -> ReturnState:
    """Return what a return would carry; nothing is news where all of it went back, or came with the pack."""
    pack = opened_pack(session)
    states = [
        line.state
        for line in sheets_to_score(session, _round_number(session, pack), pack.member.code)
        if line.state in TO_SCORE and is_asked_for_marks(pack.member.role)
    ]
    _, body = newest_return(session)
    sent = pack.revisions if body is None else read_return(body).revisions
    stands = {
        revision.hash for history in history_to_return(session, pack).values() for revision in history.written
    }
    return ReturnState(
        len(states),
        states.count(SheetState.READY),
        states.count(SheetState.HANDED_IN),
        stands != {one.hash for one in sent},
    )


class ReturnMade(Struct, frozen=True):
    """A return made in the member's own record, counted from 1: when (UTC), by whom, with which key."""

    number: int
    at: datetime
    by: str
    member_key: str


def returns_made(session: Session) -> tuple[ReturnMade, ...]:
    """Return the returns of a member's own record, the newest first."""
    columns = columns_of(ReturnMade, returned_table)
    rows = session.execute(select(*columns).order_by(returned_table.c.number.desc()))
    return tuple(ReturnMade(*row) for row in rows)


def office_panel(session: Session) -> str:
    """Return what the pack says of the office's panel, "" in any other record."""
    roles = opened_pack(session).round.roles if is_members_own(session) else ()
    return ", ".join(counted(one.count, one.role) for one in roles)


def newest_return(session: Session) -> tuple[int, str | None]:
    """Return how many returns were made, and the body of the last."""
    newest = select(returned_table.c.body).order_by(returned_table.c.number.desc()).limit(1)
    return count(session, returned_table), session.scalar(newest)


_MOST_NAMED = 5


class PackNews(Struct, frozen=True):
    """What is new: references that come, go and are told otherwise, and what the office recorded since.

    `closed` are the areas in which the office takes no marks any more.
    `kept` counts what the member entered and the office has otherwise: it stays, and the office decides.
    """

    pack: Pack
    round_id: int
    added: Texts
    changed: Texts
    gone: Texts
    planned: MemberPlan
    kept: int
    closed: Texts

    @property
    def lines(self) -> Texts:
        """Return it in sentences."""
        return PACKS.lines("news", self, _MOST_NAMED) or ("No application has changed.",)

    @property
    def words(self) -> str:
        """Return what came, in a sentence."""
        added, changed, gone = len(self.added), len(self.changed), len(self.gone)
        return f"{added} new, {changed} changed, {gone} no longer to be scored. Your marks are kept."


def pack_news(session: Session, text: str) -> PackNews:
    """Return what a pack would bring; refused where it is not a newer one of this member and scheme."""
    current, pack = opened_pack(session), read_pack(text)
    refuse(PACKS.not_next(pack, current))
    round_id = session.scalars(selection(round_table.c.id, uid=pack.round.uid)).one()
    before = settled_histories(session, round_id, current.member.code)
    after = _joined(before, pack)
    was, now = _by_uid(current), _by_uid(pack)
    columns = select(application_table.c.uid, application_table.c.withdrawn, application_table.c.reference)
    there = {uid: (withdrawn, reference) for uid, withdrawn, reference in session.execute(columns)}
    return PackNews(
        pack=pack,
        round_id=round_id,
        added=tuple(item.reference for uid, item in now.items() if uid not in there),
        changed=tuple(
            item.reference
            for uid, item in now.items()
            if uid in there and (there[uid][0] or (uid in was and _bare(was[uid]) != _bare(item)))
        ),
        gone=tuple(of for uid, (is_out, of) in there.items() if uid not in now and not is_out),
        planned=MemberPlan(
            round_id, pack.round.uid, pack.member.uid, current.member.code, current.member.name, before, after
        ),
        kept=sum(after[key].is_open for key in before.keys() & after.keys()),
        closed=tuple(area for area in _closed_areas(pack) if area not in _closed_areas(current)),
    )


def _joined(before: Mapping[Key, History], pack: Pack) -> dict[Key, History]:
    after = dict(before)
    for key, given in histories(pack.within, pack.revisions, frozenset(pack.stands)).items():
        after[key] = before[key].joined(given.written) if key in before else given
    return after


def _closed_areas(pack: Pack) -> Texts:
    return tuple(days.area for days in pack.round.dates if days.takes_no_marks)


def _by_uid(pack: Pack) -> dict[str, PackApplication]:
    return {item.uid: item for item in pack.applications}


def _bare(item: PackApplication) -> PackApplication:
    """Return an application without the answers, which stay as they were submitted."""
    return replace(item, answers=())
