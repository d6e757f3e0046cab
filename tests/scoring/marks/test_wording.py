"""A reason compares with the criterion; one that compares with another applicant is flagged."""

import pytest

from scoring.marks.wording import ADVICE, Named, comparisons

EVERYONE = (
    Named("W-014", "Bilston Boxing Futures"),
    Named("W-021", "Heath Town Youth Voice"),
    Named("W-006", "Ring Road Runners CIC"),
    Named("W-011", "St Chad's Tenants"),
)


def said(reason: str) -> tuple[str, ...]:
    return comparisons(reason, "W-021", EVERYONE)


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "   ",
        "Clear measures: attendance, exclusions and calls, each with a baseline.",
        "Attendance was better than expected at the pilot.",
        "W-021 has letters from six neighbours.",
        "Heath Town Youth Voice names its trustees.",
        "Less than half of the budget is itemised.",
        "More than 60 young people took part.",
        "The plan shares W-0145 as a code.",
    ],
)
def test_a_reason_about_the_criterion_is_not_flagged(reason: str) -> None:
    assert said(reason) == ()


@pytest.mark.parametrize(
    ("reason", "sign"),
    [
        ("Not as clear as w-014.", "It names W-014."),
        ("As Bilston boxing futures has shown.", "It names Bilston Boxing Futures (W-014)."),
        ("Less reach than Ring Road Runners", "It names Ring Road Runners CIC (W-006)."),
        ("St Chad’s Tenants did this well", "It names St Chad's Tenants (W-011)."),
        ("Better than the boxing club.", "It says “Better than”."),
        ("It reaches fewer people than the others.", "It says “than the others”."),
        ("Weak compared with other bids.", "It says “compared with other bids”."),
        ("The strongest application.", "It says “strongest application”."),
        ("Best of all on this.", "It says “Best of all”."),
    ],
)
def test_a_comparison_with_another_applicant_is_named(reason: str, sign: str) -> None:
    assert said(reason) == (sign, ADVICE)


def test_one_phrase_is_flagged_once() -> None:
    assert said("Better than the others.") == ("It says “Better than”.", ADVICE)


def test_the_same_sign_is_told_once() -> None:
    assert said("Better than W-014. W-014 is better than this.")[:2] == (
        "It names W-014.",
        "It says “Better than”.",
    )


def test_two_applications_of_one_organisation_do_not_flag_one_another() -> None:
    twice = (*EVERYONE, Named("W-030", "Heath Town Youth Voice"))

    assert comparisons("Heath Town Youth Voice names its trustees.", "W-021", twice) == ()
