"""Whether a sheet that a return hands in is complete once the return is joined."""

import json
from collections.abc import Iterator, Mapping

from msgspec.structs import replace
from sqlalchemy import select

from models.packs.revisions import HANDED_IN, MARK, REASON, History, Key, Revision
from models.queries.set_up.scheme import ReasonRule, reason_rule, scheme
from models.schema.applications import application_table
from models.schema.panel import not_applicable_table
from models.session import Session

NO_MARK = "there is no mark on {} here, so the sheet stays a draft until there is"
NO_REASON = "there is no reason on {} here, which this round requires, so the sheet stays a draft"


def hold_back(
    session: Session, round_id: int, before: Mapping[Key, History], after: dict[Key, History]
) -> Iterator[tuple[Key, str]]:
    """Let a sheet count as handed in only while it is complete; yield what comes and does not, with why.

    What is held back is kept, and counts as soon as the sheet is complete. A sheet of which nothing changes
    is left as it is.
    """
    touched = {key.application for key, history in after.items() if before.get(key) != history}
    handed_in = [Key(application, HANDED_IN) for application in sorted(touched)]
    asked = [key for key in handed_in if key in after and _is_handed_in(after[key])]
    if not asked:
        return
    rules = _Rules(session, round_id)
    for key in asked:
        why = rules.lack(key.application, after)
        after[key] = _standing(after[key], is_draft=bool(why))
        if why and before.get(key) != after[key]:
            yield key, why


def _is_handed_in(history: History) -> bool:
    return not history.is_open and bool(json.loads(history.heads[0].value))


def _standing(history: History, *, is_draft: bool) -> History:
    """Return a history by which a sheet is handed in, or still the draft that it was before."""
    if not is_draft:
        return replace(history, stands=frozenset(head.hash for head in history.heads))
    drafts = [r for r in history.revisions.values() if not json.loads(r.value)]
    return replace(history, stands=frozenset({max(drafts, key=_number).hash}))


def _number(revision: Revision) -> tuple[int, str]:
    return revision.number, revision.hash


class _Rules:
    """What a sheet of the round must have, asked once."""

    def __init__(self, session: Session, round_id: int) -> None:
        self._judged = [criterion.code for criterion in scheme(session, round_id).judged]
        self._needs_reasons = reason_rule(session, round_id) is ReasonRule.REQUIRED
        columns = select(application_table.c.uid, not_applicable_table.c.criterion)
        joined = columns.join(
            application_table, application_table.c.id == not_applicable_table.c.application_id
        )
        rows = session.execute(joined.where(application_table.c.round_id == round_id))
        self._not_applicable = {(uid, criterion) for uid, criterion in rows}

    def lack(self, application: str, after: Mapping[Key, History]) -> str:
        """Say what a sheet lacks, "" where it is complete."""
        wanted = [code for code in self._judged if (application, code) not in self._not_applicable]
        missing = [code for code in wanted if _value(after, Key(application, f"{MARK}:{code}")) is None]
        if missing:
            return NO_MARK.format(", ".join(missing))
        if self._needs_reasons:
            missing = [code for code in wanted if not _value(after, Key(application, f"{REASON}:{code}"))]
        return NO_REASON.format(", ".join(missing)) if missing else ""


def _value(after: Mapping[Key, History], key: Key) -> object:
    return json.loads(after[key].value if key in after else key.at_first)
