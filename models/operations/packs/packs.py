"""Issuing a pack to a member."""

from datetime import date, datetime
from typing import ClassVar

from models.journal import canonical
from models.operation import Actor, Outcome, Topic
from models.operations.applications.lookup import the_member
from models.operations.operation_base import RegisteredOperation
from models.operations.rows.write_revisions import put_histories
from models.operations.rows.writing import put
from models.operations.set_up.round_state import require_round
from models.packs.values import fingerprint
from models.queries.packs.pack_state import member_uid
from models.queries.packs.packs import OFFICE_KEY, record_setting, settled_histories
from models.queries.set_up.rounds import round_line
from models.queries.set_up.scheme import scheme
from models.schema.journal import setting_table
from models.schema.pack import pack_item_table, pack_table, private_key_table
from models.session import Session, row_at
from scoring.counted import counted
from scoring.refused import Refused


class IssuePack(RegisteredOperation, frozen=True):
    """Record that a pack went to a member, and what stood for the member as it did. A barrier.

    `sha256` is of the pack's body, `after_row` and `after_head` the journal's last row as the pack names it,
    `applications` the identities of what is in it. The office's key comes with the first pack; its private
    half is kept beside, by `put_private_key`.
    """

    kind: ClassVar[str] = "issue pack"
    is_barrier: ClassVar[bool] = True
    round_id: int
    member: str
    pack: str
    expires_on: date
    items: int
    office_key: str
    sha256: str
    after_row: int
    after_head: str
    applications: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Issue a pack to {self.member}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Record it; refused for anyone but an officer or the chair, and twice for one pack."""
        if require_round(session, self.round_id) == "set up":
            raise Refused("The round is still being set up. Publish its scheme first.")
        member = member_uid(session, the_member(session, self.round_id, self.member))
        if row_at(session, pack_table, self.pack) is not None:
            raise Refused("This pack was issued already. Make another one.")
        self._keep_key(session)
        round_uid = round_line(session, self.round_id).uid
        known = settled_histories(session, self.round_id, self.member)
        put_histories(session, round_uid, member, known.values())
        put(session, pack_table, [self._row(session, actor, at, round_uid, member)])
        rows = [{"pack": self.pack, "application": uid} for uid in self.applications]
        put(session, pack_item_table, rows)
        words = f"The pack for {self.member} is issued: {counted(self.items, 'application')}."
        return Outcome(frozenset({Topic.PACKS}), None, words)

    def _keep_key(self, session: Session) -> None:
        known = record_setting(session, OFFICE_KEY)
        if known is None:
            put(session, setting_table, [{"name": OFFICE_KEY, "value": canonical.dumps(self.office_key)}])
        elif known != self.office_key:
            raise Refused("The pack is not signed with this record's key. Make it again.")

    def _row(
        self, session: Session, actor: Actor, at: datetime, round_uid: str, member: str
    ) -> dict[str, object]:
        return {
            "pack": self.pack,
            "round": round_uid,
            "member": member,
            "fingerprint": fingerprint(scheme(session, self.round_id)),
            "item_count": self.items,
            "expires_on": self.expires_on,
            "sha256": self.sha256,
            "after_row": self.after_row,
            "after_head": self.after_head,
            "issued_by": actor.name,
            "issued_at": at,
        }


def put_private_key(session: Session, public_key: str, private_key: bytes) -> None:
    """Keep a private key beside the change that names its public half; one that is kept stays."""
    if row_at(session, private_key_table, public_key) is None:
        put(session, private_key_table, [{"public_key": public_key, "private_key": private_key}])
