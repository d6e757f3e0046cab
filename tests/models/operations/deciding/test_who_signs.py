"""Wherever a person's signature is recorded, whoever signs is one of those who are recorded for it."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from models.operation import Actor, Operation
from models.operations.awards.agreements import RecordAgreement, SignAgreement
from models.operations.awards.variations import SignVariation, VaryAward
from models.operations.deciding.signing import SignRecommendations
from models.operations.panel.members import EditMember
from models.operations.set_up.office import FactChange, SetOfficeFacts
from models.operations.set_up.people import NameSignatories
from models.queries.deciding.signatories import signatories
from models.queries.panel.panel import members_of
from models.record import Record
from models.schema.base import METADATA
from models.values.awards import NOT_SENT, SIDES, AgreementDetails, Terms
from scoring.allocating.gate import Concern
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    DAY,
    DECIDER,
    decided,
    every_line,
    first_step,
    last_step,
    paper,
    recommended,
    sign_too,
    signed,
)
from tests.models.rounds import OFFICER, refuses

ZED = "Zed Nobody"
Way = Callable[[Record], Operation]


def chair(record: Record) -> Operation:
    recommended(record)
    return SignRecommendations(1, "Coventry", DAY, ZED, from_paper=True)


def step(record: Record) -> Operation:
    signed(record)
    sign_too(record, COMMANDER, DECIDER)
    return replace(paper(first_step(*every_line())), by=ZED)


def variation(record: Record) -> Operation:
    decided(record)
    sign_too(record, COMMANDER, DECIDER)
    change = VaryAward(1, "ACF-001", 1, Terms(110_000), "more to do", DAY, tuple(Concern))
    record.perform(change, OFFICER)
    return SignVariation(1, "ACF-001", 1, 0, ZED, "NPU commander", DAY, "none", from_paper=True)


def agreement(record: Record) -> Operation:
    decided(record)
    sign_too(record, COMMANDER, DECIDER)
    return SignAgreement(1, "ACF-001", DAY, None, signed_by(ZED), NOT_SENT)


ROSA = {"recipient_signer": "Rosa Recipient", "recipient_post": "Chair"}


def agreement_papers(record: Record) -> Operation:
    decided(record)
    sign_too(record, COMMANDER, DECIDER)
    return RecordAgreement(1, "ACF-001", signed_by(ZED), NOT_SENT)


def signed_by(name: str, post: str = "NPU commander") -> AgreementDetails:
    return replace(NOT_SENT, office_signer=name, office_post=post, **ROSA)


PLACES: dict[str, tuple[Way, ...]] = {
    "recommendation_signatures.signed_by": (chair,),
    "sign_offs.signed_by": (step,),
    "variation_signatures.signed_by": (variation,),
    "award_agreements.office_signer": (agreement, agreement_papers),
    "award_agreements.recipient_signer": (),  # the recipient's own person, in no list of the office
}
"""By the column that records a signature, how one by somebody whom no list names is recorded."""


def test_every_column_of_a_signature_is_named_here() -> None:
    columns = {f"{table.name}.{column.name}" for table in METADATA.sorted_tables for column in table.c}
    of_signatures = {one for one in columns if one.endswith((".signed_by", "_signer"))}

    assert of_signatures == set(PLACES)


@pytest.mark.parametrize("make", [way for ways in PLACES.values() for way in ways])
def test_each_refuses_whom_no_list_names_and_says_what_to_do(record: Record, make: Way) -> None:
    refuses(record, f"sign.*, not {ZED}. Record the person as .* first, on Panel & interests", make(record))


def test_another_chair_signs_for_the_panel(record: Record) -> None:
    signing = chair(record)
    (ann, *_) = record.ask(lambda s: members_of(s, 1))
    record.perform(EditMember(1, replace(ann, role="chair"), ann), OFFICER)
    record.perform(replace(signing, by="Ann Sample"), OFFICER)  # type: ignore[type-var, call-arg]


def test_the_holder_of_a_post_of_the_office_signs_where_the_round_names_nobody(record: Record) -> None:
    signed(record)
    record.perform(SetOfficeFacts((FactChange("chief_executive_name", DECIDER.name),)), OFFICER)
    stranger = replace(paper(last_step(*every_line())), by=ZED)

    refuses(record, f"Dan Decides signs as Chief Executive, not {ZED}", stranger)
    record.perform(paper(last_step(*every_line())), OFFICER)


def test_an_agreement_is_signed_by_those_of_the_awards_area(record: Record) -> None:
    change = agreement(record)
    there = record.ask(lambda s: signatories(s, 1))
    ours, others = (
        replace(one, areas=(area,)) for one, area in zip(there, ("Coventry", "Dudley"), strict=False)
    )
    record.perform(NameSignatories(1, (ours, others), reason="Each its own."), OFFICER)

    def by(name: str) -> Operation:
        return replace(change, details=signed_by(name))  # type: ignore[type-var, call-arg]

    refuses(record, f"{ours.name} signs for the office, not {others.name}", by(others.name))
    record.perform(by(ours.name), OFFICER)


def test_who_signs_an_agreement_for_the_office_signs_in_the_post_that_is_recorded(record: Record) -> None:
    change = agreement(record)

    def by(post: str) -> Operation:
        return replace(change, details=signed_by(COMMANDER.name, post))  # type: ignore[type-var, call-arg]

    refuses(
        record, f"{COMMANDER.name} signs as .*NPU commander, not as Chief Constable", by("Chief Constable")
    )
    record.perform(by("npu COMMANDER"), OFFICER)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("missing", ["signer", "post"])
def test_who_signs_an_agreement_is_recorded_with_name_and_post(
    record: Record, side: str, missing: str
) -> None:
    """One that was recorded before stays, as do papers of which nobody's signature is known yet."""
    change = agreement(record)
    half = replace(signed_by(COMMANDER.name), **{f"{side}_{missing}": ""})

    for made in (
        replace(change, details=half),  # type: ignore[type-var, call-arg]
        RecordAgreement(1, "ACF-001", half, NOT_SENT),
    ):
        refuses(record, f"Give the name and the post of the person who signed for the {side}", made)


@pytest.mark.parametrize(
    ("details", "missing"),
    [
        (NOT_SENT, "the office and the recipient"),
        (replace(NOT_SENT, office_signer=COMMANDER.name, office_post="NPU commander"), "the recipient"),
        (replace(NOT_SENT, **ROSA), "the office"),
    ],
)
def test_an_agreement_that_does_not_name_both_sides_is_not_signed(
    record: Record, details: AgreementDetails, missing: str
) -> None:
    """Nor is a new version, whose money would come free; what is known of one side is kept without a day.

    Once both are named, neither name is taken out while the agreement counts as signed.
    """
    decided(record)
    sign_too(record, COMMANDER, DECIDER)
    words = f"signed when both sides have signed. Name who signed for {missing}, or"

    refuses(record, words, SignAgreement(1, "ACF-001", DAY, None, details, NOT_SENT))
    record.perform(RecordAgreement(1, "ACF-001", details, NOT_SENT), OFFICER)
    refuses(record, words, SignAgreement(1, "ACF-001", DAY, None))
    both = replace(signed_by(COMMANDER.name), signed_version=None)
    record.perform(SignAgreement(1, "ACF-001", DAY, None, both, details), OFFICER)
    anew = replace(details, signed_version=2, signed_anew_on=DAY)
    refuses(record, words, RecordAgreement(1, "ACF-001", anew, both))
    refuses(record, words, RecordAgreement(1, "ACF-001", details, both))


def test_nobody_signs_in_person_as_a_chair_who_is_none(record: Record) -> None:
    recommended(record)

    words = f"Coventry: Ravi Example signs as the chair, not {ZED}"
    refuses(record, words, SignRecommendations(1, "Coventry", DAY), Actor(ZED, "chair"))
