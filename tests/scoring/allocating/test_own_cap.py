"""What an organisation's cap leaves for one application is told from what its others were given."""

import pytest
from msgspec.structs import replace

from models.values.rows import scored_round
from scoring.allocating.organisations import own_cap_words
from scoring.round import Round
from tests.exchange.schedule_rounds import made_round

ASKED, MOST = 640_000, 2_000_000


def capped(most: int | None) -> Round:
    """Return a round whose second application is of the first one's organisation, by its number alone."""
    made = scored_round(made_round(3, areas=1))
    first, second, *others = made.applications
    first = replace(first, charity_number="9100041")
    second = replace(second, charity_number="9100041", organisation="Other", requested_pence=ASKED)
    scheme = replace(made.scheme, cap_per_organisation_pence=most)
    return replace(made, scheme=scheme, applications=(first, second, *others))


@pytest.mark.parametrize(
    ("most", "given", "told"),
    [
        # £20,000 less £19,500 is £500, less than £6,400
        (
            MOST,
            1_950_000,
            "this one has £19,500 on ACF-001, which leaves £500 of that for the £6,400 requested",
        ),
        (MOST, MOST, "this one has £20,000 on ACF-001, which leaves nothing of that"),
        (MOST, MOST - ASKED, ""),
        (MOST, 0, ""),
        (None, 1_950_000, ""),
    ],
)
def test_what_binds_is_told_and_nothing_where_it_does_not_bind(
    most: int | None, given: int, told: str
) -> None:
    others = {"ACF-003": MOST, "ACF-002": MOST}

    found = own_cap_words(capped(most), "ACF-002", {"ACF-001": given, **others})

    assert (told in found and found.startswith("one organisation may have £20,000")) if told else found == ""
    unnamed = own_cap_words(capped(most), "ACF-002", {"ACF-001": given}, is_referred=False)
    assert unnamed == found.replace(" on ACF-001", "")
