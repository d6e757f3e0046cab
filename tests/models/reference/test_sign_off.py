"""The sign-off chain as a value: what a record of before says, what files say, and what is refused."""

import pytest
from msgspec.structs import replace

from models.reference.sign_off import (
    DEFAULT_CHAIN,
    NOBODY,
    Chain,
    SignOff,
    chain_faults,
    chain_json,
    read_chain,
    read_step,
    require_chain,
    step_as_written,
)
from models.values import canonical
from scoring.written.text import Refused

JOINT = SignOff("decider", "Area commander", ("Community Ambassador",), per_area=True)
OVERSIGHT = SignOff("decider", "Commissioner", from_pence=500_000)
SMALL = SignOff("decider", "Manager", up_to_pence=100_000)


def test_a_chain_of_an_earlier_record_means_what_it_meant() -> None:
    text = '[{"post":"NPU commander","role":"commander"},{"post":"Chief Executive","role":"decider"}]'

    chain = canonical.from_text(Chain, text)

    assert chain == (SignOff("commander", "NPU commander"), SignOff("decider", "Chief Executive"))
    assert [step.posts for step in chain] == [("NPU commander",), ("Chief Executive",)]
    assert all(step.is_needed(None) and not step.is_joint and not step.per_area for step in chain)
    assert canonical.dumps([canonical.encode(step) for step in chain]) == text


def test_a_chain_is_printed_with_its_steps_from_one() -> None:
    assert chain_json((JOINT, OVERSIGHT)) == [
        {
            "step": 1,
            "posts": ["Area commander", "Community Ambassador"],
            "per_area": True,
            "role": "decider",
            "from_amount": None,
            "up_to_amount": None,
        },
        {
            "step": 2,
            "posts": ["Commissioner"],
            "per_area": False,
            "role": "decider",
            "from_amount": "5000.00",
            "up_to_amount": None,
        },
    ]


@pytest.mark.parametrize("step", [JOINT, OVERSIGHT, SignOff("commander", "NPU commander")])
def test_a_step_is_read_as_it_is_written(step: SignOff) -> None:
    said = step_as_written(1, step)

    assert read_step(said) == step
    assert canonical.from_text(SignOff, canonical.to_text(step)) == step


def test_a_step_is_needed_from_its_amount_on() -> None:
    assert not OVERSIGHT.is_needed(499_999)
    assert OVERSIGHT.is_needed(500_000)
    assert not OVERSIGHT.is_needed(None)
    assert JOINT.is_needed(None)


def test_a_step_is_said_with_its_posts_and_its_amount() -> None:
    assert JOINT.words == "Area commander and Community Ambassador"
    assert OVERSIGHT.words == "Commissioner, from £5,000.00"
    assert JOINT.post_named("  community ambassador ") == "Community Ambassador"
    assert JOINT.post_named("Chief Executive") is None


@pytest.mark.parametrize(
    ("chain", "words"),
    [
        ((), NOBODY),
        ((SignOff("decider", " "),), "Step 1 of the sign-off chain has nobody in it."),
        ((SignOff("decider", "Commissioner", ("",)),), "Step 1 of the sign-off chain has nobody in it."),
        (
            (SignOff("chair", "Chair"),),
            "Step 1 is signed as “chair”, which is not",
        ),
        ((JOINT, SignOff("decider", "Commissioner", from_pence=0)), "Step 2 is needed from an amount above"),
        ((JOINT, SignOff("decider", "area  Commander")), "appears 2 times in the chain."),
        ((OVERSIGHT,), "Nobody signs what gets less than £5,000.00."),
        ((SMALL,), "Nobody signs what gets more than £1,000.00."),
        ((SMALL, OVERSIGHT), "Nobody signs what gets more than £1,000.00 and less than £5,000.00."),
        (
            (JOINT, SignOff("decider", "Mayor", from_pence=2, up_to_pence=1)),
            "Step 2 is needed up to an amount above",
        ),
        ((JOINT, SignOff("decider", "Mayor", up_to_pence=0)), "Step 2 is needed up to an amount above"),
    ],
)
def test_a_chain_that_cannot_be_signed_is_refused_in_words(chain: Chain, words: str) -> None:
    assert any(words in fault for fault in chain_faults(chain))
    with pytest.raises(Refused, match=words.split("“")[0].replace(".", r"\.")):
        require_chain(chain)


def test_a_step_is_needed_up_to_its_amount_or_between_two() -> None:
    between = replace(SMALL, from_pence=50_000)

    assert SMALL.is_needed(100_000)
    assert SMALL.is_needed(None), "what gets nothing is below every amount"
    assert not SMALL.is_needed(100_001)
    assert [between.is_needed(pence) for pence in (49_999, 50_000, 100_000, 100_001)] == [
        *(False, True, True, False)
    ]
    assert SMALL.words == "Manager, up to £1,000.00"
    assert between.words == "Manager, from £500.00 up to £1,000.00"
    assert read_step(step_as_written(1, between)) == between
    assert chain_faults((SMALL, replace(OVERSIGHT, from_pence=100_001))) == ()


def test_a_chain_that_can_be_signed_has_no_fault() -> None:
    assert chain_faults((JOINT, OVERSIGHT)) == ()
    require_chain(DEFAULT_CHAIN)


def test_the_chain_of_a_file_is_checked_and_a_file_without_one_has_none() -> None:
    said = [step_as_written(number, step) for number, step in enumerate((JOINT, OVERSIGHT), 1)]

    assert read_chain(said) == (JOINT, OVERSIGHT)
    assert read_chain(()) == ()
    with pytest.raises(Refused, match="appears 2 times"):
        read_chain([said[0], said[0]])


@pytest.mark.parametrize("posts", [[], "Area commander"])
def test_posts_of_a_file_are_a_list_with_somebody_in_it(posts: object) -> None:
    with pytest.raises(Refused):
        read_step({"role": "decider", "posts": posts})


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("commissioner", "Commissioner"),
        ("Deputy Commissioner for the commissioner", "Deputy Commissioner for the Commissioner"),
        ("Head of Finance  for Commissioner", "Head of Finance for the Commissioner"),
    ],
)
def test_a_step_is_signed_as_its_post_or_by_a_deputy_of_it(said: str, printed: str) -> None:
    assert OVERSIGHT.post_signed(said) == printed


@pytest.mark.parametrize(
    "said", ["Head of Finance", "for the Commissioner", "Deputy to the Commissioner", "the"]
)
def test_a_post_that_is_not_in_the_chain_does_not_sign(said: str) -> None:
    with pytest.raises(Refused, match=r"waits for the Commissioner.*“Deputy for the Commissioner”"):
        OVERSIGHT.post_signed(said)


def test_a_joint_step_is_signed_by_each_post_or_its_deputy() -> None:
    deputy = "Deputy for the Community Ambassador"

    assert JOINT.post_signed(deputy.upper()) == "DEPUTY for the Community Ambassador"
    assert (JOINT.post_taken(deputy), JOINT.post_taken("Area commander")) == JOINT.posts[::-1]
    assert (JOINT.post_taken("Chief"), OVERSIGHT.post_taken("Chief")) == (None, "Commissioner")
    with pytest.raises(Refused, match=r"waits for the Area commander and Community Ambassador\. Name one"):
        JOINT.post_signed("Deputy for the Chief Executive")
