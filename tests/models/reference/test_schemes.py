"""The funds, schemes, scales and clauses that ship; sign-off chains; periods of the financial year."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import resources
from models.reference.clauses import ENDING, USUAL_CLAUSES, Clause, Ending, ending_of
from models.reference.reporting import Every, period_of, read_period
from models.reference.schemes import WITH_PANEL, read_funds, shipped_funds
from models.reference.sign_off import (
    NOBODY,
    SignOff,
    chain_faults,
    read_chain,
    read_step,
    require_chain,
    step_as_written,
)
from models.trouble import Trouble
from models.values import canonical
from scoring.scheme import Allocation, Combine
from scoring.written.text import Refused
from tests.models.rounds import refused


def edited(tmp_path: Path, old: str, new: str) -> Path:
    """Return a copy of the shipped scheme with one edit."""
    text = resources.text("schemes/acf.toml")
    assert old in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_all_funds_ship_with_the_published_defaults_and_a_record_starts_with_some_or_none() -> None:
    acf, victims = shipped_funds()[:2]

    assert acf.scheme is not None
    assert victims.scheme is not None
    # A1 to A5: 25 + 15 + 15 + 15 + 10 = 80; V1 to V5: 20 + 15 + 15 + 10 + 10 = 70
    assert (acf.scheme.quality_1e4, victims.scheme.quality_1e4) == (800_000, 700_000)
    assert [c.code for c in acf.scheme.criteria] == ["A1", "A2", "A3", "A4", "A5", "A6", "A7"]
    assert acf.scheme.ladder == ("criterion:A1", "criterion:A6", "quality", "received", "chair")
    for scheme in (acf.scheme, victims.scheme):
        assert (scheme.combine, scheme.quorum, scheme.allocation) == (Combine.CONSENSUS, 3, Allocation.PART)
    assert (acf.scheme.cap_per_award_pence, victims.scheme.cap_per_organisation_pence) == (500_000, 2_000_000)

    # A fund says how often recipients report and what they count.
    bands = [(band.up_to_pence, band.points) for band in acf.returns]
    assert bands == [(500_000, "end"), (2_000_000, "halves"), (None, "quarterly")]
    assert acf.counted_lists() == ()
    counted = {each.code: len(each.lines) for each in victims.counted_lists()}
    assert counted == {"service_areas": 6, "needs": 8, "indicators": 5}
    assert "Shelter and accommodation" in victims.counted_lists()[1].lines

    # £1,152,797 + £3,346,608 + £3,863,303 + £4,803,103 + £1,324,000 + £3,370,000 = £17,859,811
    assert sum(dict(fund.amounts)["2019/20"] for fund in shipped_funds()) == 1_785_981_100

    assert [fund.code for fund in shipped_funds(WITH_PANEL)] == ["ACF", "VF"]
    assert [fund.code for fund in shipped_funds((" csf", "acf"))] == ["ACF", "CSF"]
    assert shipped_funds(()) == ()
    refused("“XYZ” is not the code of a fund that ships: ACF, VF", shipped_funds, ("xyz",))


def test_a_faulty_edit_is_named_with_its_file(tmp_path: Path) -> None:
    for old, new, words in (
        ('weight = "25"', 'weight = "20"', "split_quality is not the sum"),
        ('cap_per_award = "5000.00"', 'cap_per_award = "5000.005"', "more than two decimals of a pound"),
        ('cap_per_award = "5000.00"', 'cap_per_award = "lots"', "scheme cap_per_award is not an amount"),
        ('"chair"]', '"dice"]', "does not hold a scheme"),
    ):
        with pytest.raises(Trouble, match=words) as trouble:
            read_funds(edited(tmp_path, old, new))
        assert str(trouble.value).startswith("mine.toml")


USUAL = next(one for one in USUAL_CLAUSES if one.code == ENDING)


def test_whose_words_on_ending_are_in_use_is_told() -> None:
    assert ending_of(USUAL_CLAUSES) is Ending.USUAL
    assert ending_of((Clause(ENDING, "Ending: We may end it."),)) is Ending.OWN
    assert ending_of((Clause("use", "Use: For the project."),)) is Ending.NONE


JOINT = SignOff("decider", "Area commander", ("Community Ambassador",), per_area=True)
OVERSIGHT = SignOff("decider", "Commissioner", from_pence=500_000)
SMALL = SignOff("decider", "Manager", up_to_pence=100_000)
BETWEEN = replace(SMALL, from_pence=50_000)


def test_a_chain_is_read_as_written_and_one_that_cannot_be_signed_is_refused() -> None:
    for step, words, needed, not_needed in (
        (SignOff("commander", "NPU commander"), "NPU commander", (None, 1), ()),
        (JOINT, "Area commander and Community Ambassador", (None, 1), ()),
        (OVERSIGHT, "Commissioner, from £5,000.00", (500_000,), (499_999, None)),
        (SMALL, "Manager, up to £1,000.00", (100_000, None), (100_001,)),  # nothing is below every amount
        (BETWEEN, "Manager, from £500.00 up to £1,000.00", (50_000, 100_000), (49_999, 100_001)),
    ):
        assert step.words == words
        assert all(step.is_needed(pence) for pence in needed)
        assert not any(step.is_needed(pence) for pence in not_needed)
        assert read_step(step_as_written(1, step)) == step
        assert canonical.from_text(SignOff, canonical.to_text(step)) == step

    for chain, words in (
        ((), NOBODY),
        ((SignOff("decider", " "),), "Step 1 of the sign-off chain has nobody in it."),
        ((SignOff("chair", "Chair"),), "Step 1 is signed as “chair”, which is not"),
        ((JOINT, SignOff("decider", "Commissioner", from_pence=0)), "Step 2 is needed from an amount above"),
        ((JOINT, SignOff("decider", "area  Commander")), "appears 2 times in the chain."),
        ((OVERSIGHT,), "Nobody signs what gets less than £5,000.00."),
        ((SMALL,), "Nobody signs what gets more than £1,000.00."),
        ((SMALL, OVERSIGHT), "Nobody signs what gets more than £1,000.00 and less than £5,000.00."),
        (
            (JOINT, SignOff("decider", "Mayor", from_pence=2, up_to_pence=1)),
            "Step 2 is needed up to an amount above",
        ),
    ):
        assert any(words in fault for fault in chain_faults(chain))
        refused(words.split("“")[0].replace(".", r"\."), require_chain, chain)

    said = [step_as_written(number, step) for number, step in enumerate((JOINT, OVERSIGHT), 1)]

    assert read_chain(said) == (JOINT, OVERSIGHT)
    assert read_chain(()) == ()
    refused("appears 2 times", read_chain, [said[0], said[0]])


def test_anything_else_is_refused_with_what_to_write() -> None:
    for text in (
        "",
        "2026",
        "2026/28",
        "2026/27-Q5",
        "2026/27-H3",
        "2026/27-Q0",
        "Q3",
        "2026/27-X1",
        "９" * 50,
    ):
        refused("2026/27-Q3", read_period, text)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.sampled_from(Every))
def test_a_day_falls_in_one_period_and_the_next_begins_the_day_after(day: date, every: Every) -> None:
    period = period_of(day, every)

    assert period.has(day)
    assert not period.next.has(day)
    assert period.next.begins_on == period.ends_on + timedelta(days=1)
    assert not period.has(None)


def test_a_step_is_signed_by_each_of_its_posts_or_a_deputy_and_by_no_other() -> None:
    deputy = "Deputy for the Community Ambassador"

    assert JOINT.post_signed(deputy.upper()) == "DEPUTY for the Community Ambassador"
    assert (JOINT.post_taken(deputy), JOINT.post_taken("Area commander")) == JOINT.posts[::-1]
    assert (JOINT.post_taken("Chief"), OVERSIGHT.post_taken("Chief")) == (None, "Commissioner")
    assert JOINT.post_named("  community ambassador ") == "Community Ambassador"
    assert JOINT.post_named("Chief Executive") is None
    with pytest.raises(Refused, match=r"waits for the Area commander and Community Ambassador\. Name one"):
        JOINT.post_signed("Deputy for the Chief Executive")

    deputy = OVERSIGHT.post_signed("Head of Finance  for Commissioner")
    assert (OVERSIGHT.post_signed("commissioner"), deputy) == (
        "Commissioner",
        "Head of Finance for the Commissioner",
    )
    for said in ("Head of Finance", "for the Commissioner", "Deputy to the Commissioner", "the"):
        refused(r"waits for the Commissioner.*“Deputy for the Commissioner”", OVERSIGHT.post_signed, said)
