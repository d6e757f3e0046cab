"""What is to be settled before any more of an award is paid, though nothing holds it up."""

from collections.abc import Iterable, Iterator, Mapping

from models.queries.applications.organisations.earlier_awards import owed_elsewhere, owed_pence
from models.queries.awards.agreements.issued import TO_RENEW, TO_SIGN_AGAIN, with_versions
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.session import Session
from scoring.money import pounds


def look_at_first(row: AwardRow, elsewhere: str = "") -> str:
    """Return what its agreement waits for, and what was asked back and has still to come; "" for nothing.

    The award says itself what its agreement waits for, here and below; `elsewhere` is what its payee owes of
    other awards.
    """
    return "; ".join((*_causes(row, waits_words(row)), *filter(None, (elsewhere,))))


def waits_words(row: AwardRow) -> str:
    """Return what its agreement waits for, "" for nothing."""
    unsigned = TO_SIGN_AGAIN if row.wants_signature else ""
    waits = TO_RENEW if row.wants_agreement else unsigned
    return "; ".join(filter(None, (waits, row.proposed_words)))


def look_before_paying(session: Session, applications: Iterable[tuple[int, str]]) -> Mapping[str, str]:
    """Return the same of awards that are paid, by application; by round and reference. It bars no payment."""
    chosen, found = set(applications), dict[str, str]()
    for number in sorted({of for of, _ in chosen}):
        elsewhere = owed_elsewhere(session, number)
        for row in with_versions(session, number, awards(session, number)):
            words = look_at_first(row, elsewhere.get(row.application, ""))
            if words and (number, row.application) in chosen:
                found[row.application] = words
    return found


def _causes(row: AwardRow, waits: str) -> Iterator[str]:
    if waits:
        yield waits
    due = owed_pence(row)
    if due:
        yield f"{pounds(due)} that was asked back has still to come"
