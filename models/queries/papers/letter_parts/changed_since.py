"""What the letter of an offer says of a grant that changed after it was decided."""

from msgspec.structs import replace

from models.papers.letters import Letter
from models.queries.awards.agreements.issued import IssueTimes, signed_as_varied
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.variations.amendments import changes_since


def changed_since(letter: Letter, award: AwardRow, issued: IssueTimes) -> Letter:
    """Return the letter of an award with how it changed since, and what became of its agreement by that."""
    if not award.varied:
        return letter
    return replace(
        letter,
        since=changes_since(award),
        due=tuple(map(award.due_on, award.instalments)),
        start_on=award.terms.start_on or letter.start_on,
        end_on=award.terms.end_on or letter.end_on,
        is_agreed=award.agreed_on is not None,
        signed_on=signed_as_varied(award, award.varied[-1], issued),
    )
