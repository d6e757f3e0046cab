"""What a newer pack would bring into a member's own record, before anything is written."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from models.packs.plans import MemberPlan
from models.packs.revisions import History, Key, histories
from models.packs.values import Pack, PackApplication, read_pack
from models.queries.packs.member_record import opened_pack
from models.queries.packs.packs import settled_histories
from models.schema.applications import application_table
from models.schema.set_up import round_table
from models.session import Session
from scoring.counted import first_of, listed
from scoring.refused import Refused

ELSE = "Open it as a separate record; the record that is open now is not changed."
AMENDED = (
    "The scheme was amended since the pack that is open here was issued, so your marks may mean something "
    "else under it. Nothing was changed. Make a return of what you have, then open the new pack as a "
    "separate record."
)
OTHER_OFFICE = (
    "The pack is not signed by the office whose pack is open here, so it was not opened into this record. "
    "Ask the office whether it sent it."
)
OLDER = (
    "The pack is older than the one that is open here. Nothing was changed. Open the newest that was sent."
)


class PackNews(Struct, frozen=True):
    """What is new: references that come, go and are told otherwise, and what the office recorded since.

    `closed` are the areas in which the office takes no marks any more.
    `kept` counts what the member entered and the office has otherwise: it stays, and the office decides.
    """

    pack: Pack
    round_id: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    planned: MemberPlan
    kept: int
    closed: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """Return it in sentences."""
        taken = len(self.planned.values)
        told = (
            _counted(self.added, "New to score: {}."),
            _counted(self.changed, "With different words or figures: {}."),
            _counted(self.gone, "No longer to be scored: {}. What you recorded there stays in your record."),
            f"Recorded by the office for you since: {taken}." if taken else "",
            f"Recorded differently by the office: {self.kept}. Yours stays; the office decides."
            if self.kept
            else "",
            f"No more marks are taken in {listed(self.closed)}. What you entered there stays in your record."
            if self.closed
            else "",
        )
        return tuple(line for line in told if line) or ("No application has changed.",)

    @property
    def words(self) -> str:
        """Return what came, in a sentence."""
        added, changed, gone = len(self.added), len(self.changed), len(self.gone)
        return f"{added} new, {changed} changed, {gone} no longer to be scored. Your marks are kept."


def pack_news(session: Session, text: str) -> PackNews:
    """Return what a pack would bring; refused where it is not a newer one of this member and scheme."""
    current, pack = opened_pack(session), read_pack(text)
    _require_next(current, pack)
    round_id = session.scalars(select(round_table.c.id).where(round_table.c.uid == pack.round.uid)).one()
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


def _require_next(current: Pack, pack: Pack) -> None:
    if pack.round.uid != current.round.uid:
        raise Refused(f"The pack is for another round than the one that is open here. {ELSE}")
    if pack.member.uid != current.member.uid:
        mine, theirs = (f"{m.name} ({m.code})" for m in (current.member, pack.member))
        raise Refused(f"The pack was made for {theirs}, and this is the record of {mine}.")
    if pack.office_key != current.office_key:
        raise Refused(OTHER_OFFICE)
    if pack.pack == current.pack:
        raise Refused("This pack is open here already. There is nothing new in it.")
    if pack.journal_row < current.journal_row:
        raise Refused(OLDER)
    if pack.round.fingerprint != current.round.fingerprint:
        raise Refused(AMENDED)


def _joined(before: Mapping[Key, History], pack: Pack) -> dict[Key, History]:
    """Return the member's histories with what the pack knows of them; what was recorded here stands."""
    after = dict(before)
    for key, given in histories(pack.within, pack.revisions, frozenset(pack.stands)).items():
        after[key] = before[key].joined(given.written) if key in before else given
    return after


def _closed_areas(pack: Pack) -> tuple[str, ...]:
    return tuple(days.area for days in pack.round.dates if days.takes_no_marks)


def _by_uid(pack: Pack) -> dict[str, PackApplication]:
    return {item.uid: item for item in pack.applications}


def _bare(item: PackApplication) -> PackApplication:
    """Return an application without the answers, which stay as they were submitted."""
    return replace(item, answers=())


def _counted(references: tuple[str, ...], words: str) -> str:
    return words.format(first_of(references, 5)) if references else ""
