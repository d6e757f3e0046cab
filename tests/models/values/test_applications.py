"""Fields of applications and names, awards, recommendations and rows as values."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models.queries.awards.direct_awards import direct_words
from models.values.attachments import MOST_BYTES, size_fault
from models.values.awards import Instalment, waits_for_signature
from models.values.diligence import NearNames, person_key
from models.values.direct_award import OnwardGrant
from models.values.importing import duplicate_candidates
from models.values.recommending import (
    RecommendationRow,
    is_as_proposed,
    is_exception,
    recommendation,
    scope_of,
    whole_pence,
)
from models.values.rows import ApplicationRow
from scoring.ranking import Outcome, Standing, Status
from tests.models.operations.awards.proposals import MANAGER

TEXT = "Two coached sessions a week for young people who live near the park, with a hot meal after each."


def row(reference: str, organisation: str, **values: object) -> ApplicationRow:
    given: dict[str, object] = {
        "project": f"Project of {reference}",
        "requested_pence": int(reference[-1]) * 100,
    }
    return ApplicationRow(reference, organisation, **{**given, **values})  # type: ignore[arg-type]


OXLEY, LARDER, HEATH = "Oxley Over Fifties", "The Larder", "Heath Town Youth Voice"


def test_what_may_be_one_application_sent_twice_is_asked_about() -> None:
    for one, other, words in (
        (
            row("W-1", HEATH, project="Mentors"),
            row("W-2", "HEATH TOWN Youth-Voice Ltd", project="mentors."),
            "same name and project",
        ),
        (
            row("W-1", HEATH, requested_pence=495_000),
            row("W-2", "Heath Town Youth Vce", requested_pence=495_000),
            "nearly the same name, same amount",
        ),
        (
            row("W-1", OXLEY, charity_number="1099999", postcode="WV10 6UJ"),
            row("W-2", LARDER, charity_number="0109 9999", postcode="WV10 6UJ"),
            "same registered number and postcode",
        ),
        (row("W-1", OXLEY, need=TEXT), row("W-2", LARDER, answers=(("Why?", TEXT.upper()),)), "same text"),
        (row("W-1", OXLEY), row("W-2", OXLEY), ""),  # two projects of one applicant
        (row("W-1", OXLEY, project="Talks"), row("W-2", LARDER, project="Talks"), ""),
        (row("W-1", OXLEY, postcode="WV1 1AA"), row("W-2", LARDER, postcode="WV1 1AA"), ""),
        (row("W-1", OXLEY, project="Talks"), row("W-2", OXLEY, project="Talks", withdrawn=True), ""),
        (
            row("W-1", "Canal Street Scouts 12", requested_pence=495_000),
            row("W-2", "Canal Street Scouts 13", requested_pence=495_000),
            "",
        ),
    ):
        found = duplicate_candidates([one, other])
        assert [(pair.pair, pair.words) for pair in found] == ([(("W-1", "W-2"), words)] if words else [])


def test_the_strongest_sign_comes_first_in_a_pair_and_among_pairs() -> None:
    rows = (
        row("W-1", OXLEY, requested_pence=495_000),
        row("W-2", OXLEY, requested_pence=495_000, need=TEXT),
        row("W-3", LARDER, need=TEXT),
        row("W-4", OXLEY, project="Talks", requested_pence=495_000),
        row("W-5", OXLEY, project="Talks", requested_pence=1),
    )

    found = duplicate_candidates(rows)

    assert [(pair.pair, pair.words) for pair in found] == [
        (("W-2", "W-3"), "same text"),
        (("W-4", "W-5"), "same name and project"),
        (("W-1", "W-2"), "same name and amount"),
        (("W-1", "W-4"), "same name and amount"),
        (("W-2", "W-4"), "same name and amount"),
    ]


ORGANISATIONS = ("westmarch seagulls", "harbour lights", "unit 12", "hall")
PEOPLE = ("muhammad yousef", "anna lee", "ivan petrov", "iwan pelka", "x" * 50)
NAMES = NearNames(ORGANISATIONS, PEOPLE)


def test_a_listed_name_is_near_one_of_the_record() -> None:
    for listed, is_person, known in (
        ("Westmarch Seagulls Ltd", False, "westmarch seagulls"),
        ("WESTMARSH SEAGULL", False, "westmarch seagulls"),
        ("Westmarch Seagulls Trust of the North", False, ""),
        ("Harbuor Ligths", False, "harbour lights"),
        ("Unit 13", False, ""),
        ("Halls", False, "hall"),
        ("MOHAMMED YUSEF", True, "muhammad yousef"),
        ("YOUSEF Muhammad Karim", True, "muhammad yousef"),
        ("Ann Leigh", True, ""),
        ("PETROV Ivan Sergeyevich", True, "ivan petrov"),
        ("Petrov", True, ""),
        ("Petróv Iván", True, "ivan petrov"),
        ("Iwan Pełka", True, "iwan pelka"),
        ("X" * 49, True, ""),
    ):
        found = [key for key, _ in NAMES.near(listed, is_person=is_person)]
        assert found == ([] if not known else [person_key(known) if known in PEOPLE else known])


DUE = date(2027, 9, 1)


def test_only_whole_words_say_what_a_payment_waits_for() -> None:
    for trigger, signature, proof in (
        ("Agreement SIGNED", True, False),
        ("signing of the agreement", True, False),
        ("Designed leaflets delivered", False, False),
        ("proof of purchase", False, True),
        ("second claim, with receipts", False, True),
        ("Waterproofing done", False, False),
        ("land reclaimed", False, False),
    ):
        part = Instalment(50_000, trigger, due_on=DUE)
        assert (waits_for_signature(trigger), part.needs_proof) == (signature, proof)
        is_held = not (signature or proof)
        assert part.not_yet(date(2026, 11, 22), DUE).startswith("is not due before") == is_held


@given(st.lists(st.integers(1, 300_000), max_size=3), st.integers(0, 300_000))
def test_what_is_passed_on_and_what_is_not_come_to_the_award(passed: list[int], left: int) -> None:
    onward = tuple(OnwardGrant(f"Club {at}", pence, "tools") for at, pence in enumerate(passed))
    manager = replace(MANAGER, onward=onward)

    said = direct_words(manager, sum(passed) + left)

    sums = [round(100 * float(one.replace(",", ""))) for one in re.findall(r"£([\d,]+(?:\.\d\d)?)", said)]
    assert sum(sums) == (sum(passed) + left if passed else 0)
    assert ("is not passed on" in said) == bool(passed and left)
    assert len({"." in one for one in re.findall(r"£[\d,.]*\d", said)}) <= 1, "all with pence, or none"


def standing(outcome: Outcome | None, *below: str) -> Standing:
    return Standing(
        *("X", "Group X", "Coventry", 500_000, Status.RANKED, ()),
        counting_members=3,
        quality_1e2=7000,
        cost_1e2=8000,
        total_1e2=7200,
        price_pence=None,
        place=4,
        tied=True,
        place_by=None,
        below_threshold=below,
        criteria=(),
        outcome=outcome,
    )


def test_the_figures_are_copied_and_an_amount_goes_with_money_alone() -> None:
    found = recommendation(standing(Outcome.FUND), "reserve", 5, " why ")

    figures = {"quality_1e2": 7000, "cost_1e2": 8000, "total_1e2": 7200, "place": 4, "tied": True}
    assert found == RecommendationRow("X", "reserve", None, "why", is_exception=True, **figures)

    # Conditions go with money alone and tell the scope.
    conditions = ("Reduced scope: one club of two", "Keep receipts")
    given = standing(Outcome.PART)
    part = recommendation(given, "part_fund", 100, "why", conditions=conditions)
    declined = recommendation(given, "decline", None, "why", code="weak-need", conditions=conditions)
    assert scope_of(part.conditions) == "one club of two"
    assert (declined.code, declined.conditions, scope_of(declined.conditions)) == ("weak-need", (), "")


def test_money_against_the_order_is_an_exception_and_what_the_rule_proposes_needs_no_reason() -> None:
    for proposed, outcome, expected in (
        (Outcome.FUND, "fund", False),
        (Outcome.RESERVE, "fund", True),
        (Outcome.FUND, "reserve", True),
        (Outcome.PART, "decline", True),
        (Outcome.FUND, "defer", False),
        (Outcome.RESERVE, "decline", False),
        (Outcome.TIE, "fund", True),
        (None, "fund", True),
    ):
        assert is_exception(standing(proposed), outcome) is expected
        assert is_exception(standing(Outcome.FUND, "quality"), "part_fund")

    assert is_as_proposed(standing(Outcome.BELOW), "decline")
    assert not is_as_proposed(standing(Outcome.TIE), "fund")
    assert not is_as_proposed(standing(None), "decline")
    assert whole_pence(standing(Outcome.FUND)) == 500_000
    assert whole_pence(standing(Outcome.FUND)._replace(offer_pence=480_000)) == 480_000
    assert whole_pence(standing(Outcome.PART)._replace(offer_pence=100_000)) == 500_000


def test_a_file_is_neither_empty_nor_larger_than_25_megabytes() -> None:
    for size, said in (
        (0, "a.pdf is empty. "),
        (1, ""),
        (MOST_BYTES, ""),
        (MOST_BYTES + 1, "a.pdf has 26,214,401 "),
    ):
        assert size_fault("a.pdf", size).startswith(said)
        assert bool(size_fault("a.pdf", size)) is bool(said)
