"""Saying that two organisations of the record are one, and separating them again."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from msgspec import Struct
from sqlalchemy import Row, select, update

from models.operation import Actor, Outcome, Topic
from models.operations.awards.budget_rules import check_stated
from models.operations.rows.write_organisations import settle_organisations
from models.operations.rows.writing import put, remove
from models.queries.applications.organisations.merges import merged_into
from models.schema.applications.application import application_table
from models.schema.applications.organisation import organisation_merge_table, organisation_table
from models.session import Session
from scoring.counted import counted
from scoring.refused import Refused
from scoring.written.names import is_same_text

TOUCHED = frozenset({Topic.APPLICATIONS, Topic.AWARDS, Topic.INTERESTS})
WHY = "Say why the two are one organisation, for anyone who looks at it later."
LONGEST_WHY = 1_000
MEANWHILE = "The organisations were changed in the meantime. Look again."


class MergeOrganisations(Struct, frozen=True):
    """Let an organisation, named by its identity, be another one, under the name of the one that is kept.

    All that counts by organisation counts the two as one; papers already issued stay as they were.
    """

    kind: ClassVar[str] = "merge organisations"
    is_barrier: ClassVar[bool] = False
    kept: str
    merged: str
    kept_name: str
    merged_name: str
    reason: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return "Merge two organisations"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Merge them; refused without a reason, and for one that is merged into another already.

        The one that is kept may be merged into a third by now: then its applications are the third's.
        """
        kept, merged = _number(session, self.kept), _standing(session, self.merged)
        whole = merged_into(session).get(kept, kept)
        if whole == merged:
            raise Refused(f"{self.kept_name} cannot be merged with itself. Choose another organisation.")
        check_stated(self.reason, WHY)
        if len(self.reason) > LONGEST_WHY:
            raise Refused(f"The reason is longer than {LONGEST_WHY:,} characters. Shorten it.")
        row = {"merged_id": merged, "into_id": kept, "reason": self.reason.strip()}
        put(session, organisation_merge_table, [{**row, "merged_by": actor.name, "merged_at": at}])
        table = application_table
        moved = session.execute(
            update(table).where(table.c.organisation_id == merged).values(organisation_id=whole)
        )
        settle_organisations(session)
        count = counted(moved.rowcount, "application counts", "applications count")
        words = f"{self.merged_name} is merged into {self.kept_name}: {count} with it from now on."
        inverse = SeparateOrganisations(self.kept, self.merged, self.kept_name, self.merged_name)
        return Outcome(TOUCHED, inverse, words)


class SeparateOrganisations(Struct, frozen=True):
    """Let an organisation that was merged be one of its own again.

    Every application goes to the organisation that its name and numbers link it to, also one that came since.
    """

    kind: ClassVar[str] = "separate organisations"
    is_barrier: ClassVar[bool] = False
    kept: str
    merged: str
    kept_name: str
    merged_name: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return "Separate two organisations"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Separate them; refused where the one is not merged into the other."""
        kept, merged = _number(session, self.kept), _number(session, self.merged)
        table = organisation_merge_table
        mine = (table.c.merged_id == merged) & (table.c.into_id == kept)
        reason = session.scalar(select(table.c.reason).where(mine))
        if reason is None:
            raise Refused(f"{self.merged_name} is not merged into {self.kept_name}. Look again.")
        remove(session, table, mine)
        settle_organisations(session)
        words = f"{self.merged_name} is a separate organisation again."
        inverse = MergeOrganisations(self.kept, self.merged, self.kept_name, self.merged_name, reason)
        return Outcome(TOUCHED, inverse, words)


def merges_said(
    session: Session, round_id: int, merged: Iterable[tuple[str, str]], reason: str
) -> tuple[MergeOrganisations, ...]:
    """Return the merges by which organisations become one that a workbook counts as one and the record not.

    `merged` are a round's applications, each with the name that it is counted under; the organisation of that
    name is kept, else that of the first application. Refused where applications of one organisation are
    counted under two names.
    """
    found: dict[str, MergeOrganisations] = {}
    for name, here in _counted_together(session, round_id, merged).items():
        kept = next((row for row in here if is_same_text(row.name, name)), here[0])
        for row in here:
            if row.uid != kept.uid:
                found.setdefault(row.uid, MergeOrganisations(kept.uid, row.uid, kept.name, row.name, reason))
    return tuple(found.values())


def _counted_together(
    session: Session, round_id: int, merged: Iterable[tuple[str, str]]
) -> dict[str, list[Row[str, str, str]]]:
    """Return the organisations of a round's applications by the name that a workbook counts them under."""
    table, of = organisation_table, application_table
    columns = select(of.c.reference, table.c.uid, table.c.name).join(
        table, table.c.id == of.c.organisation_id
    )
    owners = {row.reference: row for row in session.execute(columns.where(of.c.round_id == round_id))}
    together: dict[str, list[Row[str, str, str]]] = {}
    counted_under: dict[str, tuple[str, str]] = {}
    for reference, name in merged:
        owner = owners[reference]
        first, before = counted_under.setdefault(owner.uid, (reference, name))
        if before != name:
            raise Refused(
                f"{first} and {reference} are both of {owner.name}, and the workbook counts them under two "
                "names. Give them the same name. Nothing was loaded."
            )
        together.setdefault(name, []).append(owner)
    return together


def _number(session: Session, uid: str) -> int:
    """Return the number of an organisation by its identity."""
    table = organisation_table
    found = session.scalar(select(table.c.id).where(table.c.uid == uid))
    if found is None:
        raise Refused(MEANWHILE)
    return found


def _standing(session: Session, uid: str) -> int:
    """Return the same of one that is merged into no other."""
    found = _number(session, uid)
    if found in merged_into(session):
        raise Refused(MEANWHILE)
    return found
