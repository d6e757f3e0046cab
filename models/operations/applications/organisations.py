"""Saying that two organisations of the record are one, and separating them again."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Row, select

from models.operation import Outcome
from models.operations.operation_base import SETTING, RegisteredOperation, check_stated
from models.operations.rows.write_applications import (
    named_applications,
    part_organisation,
    settle_organisations,
)
from models.queries.applications.merges import merged_into, pairs_apart
from models.schema.applications import application_table, organisation_merge_table, organisation_table
from models.session import Session, count, put, remove, selection, stamp
from models.trouble import refuse, required
from scoring.written.days import full_day
from scoring.written.names import is_same_text, text_key
from scoring.written.text import Refused, counted

LONGEST_WHY = 1_000
MEANWHILE = "The organisations were changed in the meantime. Look again."


class MergeOrganisations(RegisteredOperation, frozen=True):
    """Let an organisation, named by its identity, be another one, under the name of the one that is kept.

    All that counts by organisation counts the two as one, `from_on` a day where it is said: what was decided
    before stays the merged one's, in caps and in subsidy sums. Papers already issued stay as they were.
    """

    kind = "merge organisations"
    titled = "Merge two organisations"
    told = "{0.merged_name} is merged into {0.kept_name}: {1} with it{2}."
    kept: str
    merged: str
    kept_name: str
    merged_name: str
    reason: str
    from_on: date | None = None

    def apply(self, session: Session) -> Outcome:
        """Merge them; refused without a reason, and for one that is merged into another already.

        The one that is kept may be merged into a third by now: then its applications are the third's.
        """
        kept, merged = _number(session, self.kept), _standing(session, self.merged)
        now = merged_into(session)
        whole = now.get(kept, kept)
        apart = ({now.get(of, of) for of in pair} for pair in pairs_apart(session))
        refuse(SETTING.merged(self.kept_name, self.merged_name, whole == merged, {merged, whole} in apart))
        _put_word(session, (merged, kept, ""), check_why(self.reason), self.from_on)
        many = count(session, application_table, organisation_id=merged)
        settle_organisations(session)
        many -= count(session, application_table, organisation_id=merged)
        counts = counted(many, "application counts", "applications count")
        inverse = SeparateOrganisations(self.kept, self.merged, self.kept_name, self.merged_name)
        since = " from now on" if self.from_on is None else f" from {full_day(self.from_on)} on"
        return self.done(inverse, counts, since)


class SeparateOrganisations(RegisteredOperation, frozen=True):
    """Let an organisation that was merged be one of its own again; or one that `was_apart` be the other's.

    Every application goes to the organisation that its name and numbers link it to, also one that came since.
    """

    kind = "separate organisations"
    told = "{0.merged_name} {0.was_apart:counts with {0.kept_name}|is a separate organisation} again."
    titled = (
        "{0.was_apart:Count two organisations that were kept apart as one again|Separate two organisations}"
    )
    kept: str
    merged: str
    kept_name: str
    merged_name: str
    was_apart: bool = False

    def apply(self, session: Session) -> Outcome:
        """Separate them; refused where the one is not merged into the other, or not kept apart from it."""
        kept, merged = _number(session, self.kept), _number(session, self.merged)
        table = organisation_merge_table
        mine = (table.c.merged_id == merged) & (table.c.into_id == kept)
        mine &= (table.c.apart != "") if self.was_apart else (table.c.apart == "")
        columns = select(table.c.reason, table.c.apart, table.c.from_on)
        said = session.execute(columns.where(mine)).one_or_none()
        if said is None:
            stands = "kept apart from" if self.was_apart else "merged into"
            raise Refused(f"{self.merged_name} is not {stands} {self.kept_name}. Look again.")
        remove(session, table, mine)
        settle_organisations(session)
        reason, apart, from_on = said
        if self.was_apart:
            names = tuple(apart.splitlines())
            return self.done(PartOrganisations(self.kept, self.kept_name, names, reason))
        names = self.kept_name, self.merged_name
        return self.done(MergeOrganisations(self.kept, self.merged, *names, reason, from_on))


class PartOrganisations(RegisteredOperation, frozen=True):
    """Let names of an organisation, such as a branch with the charity's number, be one of their own.

    All that counts by organisation counts the two apart, also what comes later under either name.
    """

    kind = "keep organisations apart"
    titled = "Keep two organisations apart"
    told = "{1} is kept apart from {0.kept_name} from now on."
    kept: str
    kept_name: str
    names: tuple[str, ...]
    reason: str

    def apply(self, session: Session) -> Outcome:
        """Keep them apart; refused without a reason, and for names that are not some of several it has."""
        why, kept = check_why(self.reason), _standing(session, self.kept)
        names = {text_key(name): name for name in self.names}
        branch = part_organisation(session, kept, names)
        if branch is None or text_key(self.kept_name) in names:
            raise Refused(
                f"Name a branch by another name that {self.kept_name} goes by; that name itself stays."
            )
        _put_word(session, (branch, kept, "\n".join(self.names)), why)
        settle_organisations(session)
        uid, called = session.execute(
            select(organisation_table.c.uid, organisation_table.c.name).where(
                organisation_table.c.id == branch
            )
        ).one()
        inverse = SeparateOrganisations(self.kept, uid, self.kept_name, called, was_apart=True)
        return self.done(inverse, called)


def check_why(reason: str) -> str:
    """Return a reason without spaces around it; refused where there is none, or too long a one."""
    check_stated(reason, "Say why the two are one organisation or two, for anyone who looks at it later.")
    if len(reason) > LONGEST_WHY:
        raise Refused(f"The reason is longer than {LONGEST_WHY:,} characters. Shorten it.")
    return reason.strip()


def _put_word(session: Session, of: tuple[int, int, str], why: str, from_on: date | None = None) -> None:
    """Put down what somebody said of two organisations; refused where something is said of the first."""
    merged, into, apart = of
    if session.scalar(selection(organisation_merge_table.c.into_id, merged_id=merged)) is not None:
        raise Refused("Something else was said of this organisation. Take that back first.")
    row = {"merged_id": merged, "into_id": into, "reason": why, "apart": apart, "from_on": from_on}
    put(session, organisation_merge_table, [{**row, **stamp(session, "merged")}])


def apart_said(
    session: Session, round_id: int, merged: Iterable[tuple[str, str]], reason: str
) -> tuple[PartOrganisations, ...]:
    """Return what keeps apart the names of one organisation that a workbook counts under two.

    The one under which its own name is counted stays, else the first. One into which another was merged is
    left out: what is said of it is taken back first.
    """
    were_merged_into = {*merged_into(session).values()}
    rows = {of: row for of, row in _owners(session, round_id).items() if row.owner_id not in were_merged_into}
    keys = {number: alias[0] for number, _, alias in named_applications(session)}
    under: dict[tuple[str, str], dict[str, dict[str, None]]] = {}
    for reference, word in merged:
        if (row := rows.get(reference)) is None:
            continue
        under.setdefault((row.uid, row.name), {}).setdefault(word, {})[keys[row.id]] = None
    return tuple(
        PartOrganisations(uid, name, tuple(names), reason)
        for (uid, name), words in under.items()
        for names in _apart(text_key(name), list(words.values()))
    )


def _apart(own: str, words: list[dict[str, None]]) -> list[dict[str, None]]:
    """Return the names under each word but the one that stays; none where two have a name in common."""
    stays = next((names for names in words if own in names), words[0])
    others = [names for names in words if names is not stays]
    return others if sum(map(len, words)) == len(set().union(*words)) else []


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
) -> dict[str, list[Row[int, str, int, str, str]]]:
    """Return the organisations of a round's applications by the name that a workbook counts them under."""
    owners = _owners(session, round_id)
    together: dict[str, list[Row[int, str, int, str, str]]] = {}
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


def _owners(session: Session, round_id: int) -> dict[str, Row[int, str, int, str, str]]:
    """Return a round's applications by reference, each with its number and whose it is."""
    table, of = organisation_table, application_table
    columns = select(of.c.id, of.c.reference, table.c.id.label("owner_id"), table.c.uid, table.c.name)
    joined = columns.join(table, table.c.id == of.c.organisation_id).where(of.c.round_id == round_id)
    return {row.reference: row for row in session.execute(joined)}


def _number(session: Session, uid: str) -> int:
    """Return the number of an organisation by its identity."""
    return required(session.scalar(selection(organisation_table.c.id, uid=uid)), MEANWHILE)


def _standing(session: Session, uid: str) -> int:
    """Return the same of one that is merged into no other."""
    found = _number(session, uid)
    if found in merged_into(session):
        raise Refused(MEANWHILE)
    return found
