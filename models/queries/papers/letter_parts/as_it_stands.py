"""What the letter of an offer says of its grant on the letter's day: how it changed, and how far it is."""

from msgspec.structs import replace

from models.papers.letters.letter import Letter
from models.queries.awards.agreements.issued import (
    IssueTimes,
    due_by_signature,
    grant_now,
    is_amount_varied,
    signed_as_varied,
)
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.variations.amendments import changes_since


def as_it_stands(
    letter: Letter, award: AwardRow, issued: IssueTimes, *, is_settled: bool, lacks_outcomes: bool = False
) -> Letter:
    """Return the letter of an award as that stands: changed, signed, paid, asked back.

    Where it `is_settled` the award says what it is for, also where it is less than was asked. A change of
    the amount that was signed says itself what it leaves out. One that `lacks_outcomes` says so.
    """
    is_change = award.agreed_on is not None and is_amount_varied(award)
    signed = signed_as_varied(award, award.varied[-1], issued) if award.varied else award.agreed_on
    start_on, end_on = award.terms.start_on or letter.start_on, award.terms.end_on or letter.end_on
    return replace(
        letter,
        since=changes_since(award),
        due=due_by_signature(award, issued, award.instalments),
        start_on=start_on,
        end_on=end_on,
        keeps_days=bool(award.varied) and (start_on, end_on) == (letter.start_on, letter.end_on),
        is_agreed=award.agreed_on is not None,
        signed_on=signed,
        now=grant_now(
            award,
            award.instalments,
            leaves_open=not (is_settled or is_change) and award.amount_pence < letter.asked_pence,
            lacks_outcomes=lacks_outcomes,
        ),
    )
