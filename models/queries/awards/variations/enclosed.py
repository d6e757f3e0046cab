"""The agreements that come with letters on changes: their newest versions, where these have the change."""

from collections.abc import Iterable, Iterator

from models.papers.agreements.enclosed import EnclosedAgreement
from models.papers.kinds import AGREEMENT
from models.papers.letters.letter import Letter
from models.papers.letters.letter_kinds import VARIATION
from models.papers.letters.letters import MOST_NAMED
from models.papers.status import PaperStatus
from models.queries.awards.agreements.signed_as_it_stands import issued_values
from models.queries.awards.award_rows import AwardRow
from models.queries.papers.issues import newest_issue
from models.queries.set_up.office import logo_of
from models.session import Session
from scoring.counted import counted, first_of


def enclosed_agreements(
    session: Session, round_id: int, made: Iterable[AwardRow], letters: Iterable[Letter]
) -> tuple[EnclosedAgreement, ...]:
    """Return the agreement of each award whose letters say that it comes with them, where it is issued."""
    named = {letter.award for letter in letters if _sends_agreement(letter)}
    rows = (row for row in made if row.reference in named and not row.wants_agreement)
    found = (_issued(session, round_id, row.reference) for row in rows)
    return tuple(one for one in found if one is not None)


def unenclosed(letters: Iterable[Letter], enclosed: Iterable[EnclosedAgreement]) -> Iterator[str]:
    """Yield which letters say that an agreement comes with them of which no version has the change."""
    there = {one.agreement.award for one in enclosed}
    bare = [one.named for one in letters if _sends_agreement(one) and one.award not in there]
    if bare:
        says = counted(len(bare), "letter says", "letters say")
        yield (
            f"{says} that the agreement comes with it, and no version with the change is issued: "
            f"{first_of(bare, MOST_NAMED)}. Issue it first."
        )


def _sends_agreement(letter: Letter) -> bool:
    return letter.kind == VARIATION and letter.signed_on is None


def _issued(session: Session, round_id: int, reference: str) -> EnclosedAgreement | None:
    newest = newest_issue(session, AGREEMENT, round_id, reference)
    if newest is None:
        return None
    value, at = issued_values(newest), newest.issued_at
    logo = logo_of(session, value.letterhead.logo)
    of_issue = newest.sha256, newest.version, newest.after_row, newest.after_head
    return EnclosedAgreement(value, PaperStatus(at, *of_issue, logo=logo, issued_at=at))
