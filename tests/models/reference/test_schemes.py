"""The funds, schemes, scales and clauses that ship."""

from datetime import date
from pathlib import Path

import pytest

import resources
from models.reference.clauses import (
    ENDING,
    USUAL_CLAUSES,
    Clause,
    Ending,
    ending_of,
    with_break,
)
from models.reference.defaults import FundDefaults
from models.reference.schemes import WITH_PANEL, read_funds, shipped_funds, shipped_scales
from models.trouble import Trouble
from models.values import canonical
from scoring.scheme import Allocation, Combine
from scoring.written.text import Refused


def edited(tmp_path: Path, old: str, new: str) -> Path:
    """Return a copy of the shipped scheme with one edit."""
    text = resources.text("schemes/acf.toml")
    assert old in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_both_funds_ship_with_the_published_defaults() -> None:
    acf, victims = shipped_funds()[:2]

    assert acf.scheme is not None
    assert victims.scheme is not None
    # A1 to A5: 25 + 15 + 15 + 15 + 10 = 80; V1 to V5: 20 + 15 + 15 + 10 + 10 = 70
    assert (acf.scheme.quality_1e4, victims.scheme.quality_1e4) == (800_000, 700_000)
    assert [c.code for c in acf.scheme.criteria] == ["A1", "A2", "A3", "A4", "A5", "A6", "A7"]
    assert acf.scheme.ladder == ("criterion:A1", "criterion:A6", "quality", "received", "chair")
    for scheme in (acf.scheme, victims.scheme):
        assert (scheme.combine, scheme.quorum, scheme.allocation) == (
            Combine.CONSENSUS,
            3,
            Allocation.PART,
        )
    assert (acf.scheme.cap_per_award_pence, victims.scheme.cap_per_organisation_pence) == (500_000, 2_000_000)


def test_the_funds_add_up_to_the_year_2019_20() -> None:
    pence = sum(dict(fund.amounts)["2019/20"] for fund in shipped_funds())

    # £1,152,797 + £3,346,608 + £3,863,303 + £4,803,103 + £1,324,000 + £3,370,000 = £17,859,811
    assert pence == 1_785_981_100


def test_a_record_starts_with_all_of_them_some_or_none() -> None:
    assert [fund.code for fund in shipped_funds(WITH_PANEL)] == ["ACF", "VF"]
    assert [fund.code for fund in shipped_funds((" csf", "acf"))] == ["ACF", "CSF"]
    assert shipped_funds(()) == ()
    with pytest.raises(Refused, match="“XYZ” is not the code of a fund that ships: ACF, VF"):
        shipped_funds(("xyz",))


def test_a_fund_is_the_same_after_the_journal() -> None:
    for fund in shipped_funds():
        assert canonical.from_text(FundDefaults, canonical.to_text(fund)) == fund


def test_an_edited_scheme_is_read_as_edited(tmp_path: Path) -> None:
    (fund,) = read_funds(edited(tmp_path, 'cap_per_award = "5000.00"', 'cap_per_award = "7500.50"'))

    assert fund.scheme is not None
    assert fund.scheme.cap_per_award_pence == 750_050


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('weight = "25"', 'weight = "20"', "split_quality is not the sum"),
        ('split_quality = "80"', 'split_quality = "80', "mine.toml does not hold a fund"),
        ("quorum = 3\n", "", "scheme quorum is missing"),
        ('combine = "consensus"', 'combine = "dice"', "scheme combine is not one of consensus"),
        ('cap_per_award = "5000.00"', 'cap_per_award = "5000.005"', "more than two decimals of a pound"),
        ('cap_per_award = "5000.00"', 'cap_per_award = "lots"', "scheme cap_per_award is not an amount"),
        ('"chair"]', '"dice"]', "does not hold a scheme"),
    ],
)
def test_a_faulty_edit_is_named_with_its_file(tmp_path: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(Trouble, match=words) as trouble:
        read_funds(edited(tmp_path, old, new))

    assert str(trouble.value).startswith("mine.toml")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"none\.toml cannot be read"):
        read_funds(tmp_path / "none.toml")


def test_a_fund_says_how_often_recipients_report_and_what_they_count() -> None:
    acf, victims = shipped_funds()[:2]

    bands = [(band.up_to_pence, band.points) for band in acf.returns]
    assert bands == [(500_000, "end"), (2_000_000, "halves"), (None, "quarterly")]
    assert acf.counted_lists() == ()
    counted = {each.code: len(each.lines) for each in victims.counted_lists()}
    assert counted == {"service_areas": 6, "needs": 8, "indicators": 5}
    assert "Shelter and accommodation" in victims.counted_lists()[1].lines


def test_a_fund_with_a_panel_brings_its_legal_power_and_where_its_applicants_are() -> None:
    for fund in shipped_funds():
        assert bool(fund.legal_power) == bool(fund.postcodes) == (fund.scheme is not None)
        assert ("Victims Act 2004" in fund.legal_power) == (fund.code == "VF")  # source papers S2 to S4


def test_two_scales_ship_each_with_a_word_for_every_mark() -> None:
    scales = shipped_scales()

    assert [scale.words for scale in scales] == [
        "0 to 5, Nothing to Excellent",
        "0 to 4, Unacceptable to Excellent",
    ]
    assert all([m for m, _, _ in s.descriptors] == list(range(s.maximum + 1)) for s in scales)


DAY = date(2027, 6, 30)
USUAL = next(one for one in USUAL_CLAUSES if one.code == ENDING)


def test_the_usual_clause_names_the_break() -> None:
    found = with_break(USUAL.text, DAY)

    assert found.startswith(
        "Either side may end it with 28 days’ notice in writing, to end on its break, 30 June 2027. We may"
    )


def test_an_offices_own_clause_stays_though_it_begins_like_the_usual_one() -> None:
    own = f"{USUAL.text} After the first year either side may end it with 7 days’ notice."

    assert with_break(own, DAY) == own


def test_whose_words_on_ending_are_in_use_is_told() -> None:
    assert ending_of(USUAL_CLAUSES) is Ending.USUAL
    assert ending_of((Clause(ENDING, "Ending: We may end it."),)) is Ending.OWN
    assert ending_of((Clause("use", "Use: For the project."),)) is Ending.NONE
