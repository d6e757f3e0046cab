"""Whether an agreement is signed as it was varied is told alike by page, letter and to-do list."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.queries.awards.award_rows import AwardRow, IssuedAgreement
from models.queries.awards.variations import IN_EFFECT, VariationRow
from models.values.awards import AgreementDetails, Terms

FIRST = date(2026, 12, 1)
DAYS = st.integers(0, 3).map(lambda n: FIRST + timedelta(days=n))
"""So few that things often fall on one day."""
MOMENTS = st.builds(lambda day, hour: datetime.combine(day, time(hour), UTC), DAYS, st.integers(9, 12))
AWARD = AwardRow("ACF-001", "A-031-01", "Choir", "Coventry", 100_000, "", None, ())


@st.composite
def varied(draw: st.DrawFn) -> AwardRow:
    """Return an award that was varied, on days that may be one, and signed or not, anew or not."""
    made = tuple(
        VariationRow("ACF-001", n, IN_EFFECT, 1, 1, Terms(), Terms(), "less rent", day, "Una", day, at)
        for n, (day, at) in enumerate(draw(st.lists(st.tuples(DAYS, MOMENTS), min_size=1, max_size=3)), 1)
    )
    signed = draw(st.none() | DAYS)
    anew = draw(st.none() | DAYS) if signed else None
    version = draw(st.none() | st.integers(1, 3)) if signed else None
    details = AgreementDetails(signed_version=version, signed_anew_on=anew)
    return replace(AWARD, variations=made, agreed_on=signed, agreement=details)


@st.composite
def issues(draw: st.DrawFn) -> tuple[IssuedAgreement, ...]:
    moments = sorted(draw(st.sets(MOMENTS, max_size=3)))
    return tuple(IssuedAgreement(version, at) for version, at in enumerate(moments, 1))


@given(varied(), issues())
def test_the_page_wants_a_signature_where_the_letter_asks_for_one(
    award: AwardRow, times: tuple[IssuedAgreement, ...]
) -> None:
    row = replace(award, issued=times)
    days = {one.number: row.signed_as(one) for one in award.varied}

    if award.agreed_on is not None:
        assert (row.wants_agreement or row.wants_signature) == (None in days.values())
    assert not (row.wants_agreement and row.wants_signature)
    assert not row.wants_signature or (times and award.agreed_on is not None)
    signed = award.agreement.signed_anew_on or award.agreed_on
    assert set(days.values()) <= {None, signed}


@given(varied(), issues(), st.booleans())
def test_of_a_day_alone_nobody_says_that_what_changed_on_it_is_signed(
    award: AwardRow, times: tuple[IssuedAgreement, ...], is_issued: bool
) -> None:
    """Which came first is not known; the version that was signed tells it, where that is known."""
    unknown = replace(award, agreement=replace(award.agreement, signed_version=None))
    signed = unknown.agreement.signed_anew_on or unknown.agreed_on

    row = replace(unknown, issued=times if is_issued else ())

    if signed is not None:
        on_or_after = any((one.effective_on or one.proposed_on) >= signed for one in row.varied)
        assert (row.wants_agreement or row.wants_signature) == on_or_after
