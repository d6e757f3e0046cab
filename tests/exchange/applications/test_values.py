"""What cells become under their field, and what is kept when they cannot be read."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.reading.sheets import Cell, CellError, NoSavedValue
from models.values.rounds import FORCE_WIDE
from tests.exchange.applications.forms import AREAS, take_in

BASE = ["Organisation", "Amount requested"]
CHOIR: list[Cell] = ["Example Choir", 1000]


def _one(heading: str, cell: Cell) -> tuple[object, dict[str, str], list[str]]:
    """Return the application, its answers and the cells in trouble for one value under a heading."""
    reading = take_in([[*BASE, heading], [*CHOIR, cell]])
    application = reading.applications[0]
    return application, dict(application.answers), [problem.cell for problem in reading.problems]


@pytest.mark.parametrize(
    ("heading", "cell", "slot", "value"),
    [
        ("Minimum amount", "£500", "minimum_pence", 50_000),
        ("Total project cost", 1234.56, "total_cost_pence", 123_456),
        ("Match funding", 0, "match_funding_pence", 0),
        ("Number of beneficiaries", "1,200", "beneficiaries", 1200),
        ("Project start date", "03/04/2027", "start_on", date(2027, 4, 3)),
        ("Project end date", "31/3/28", "end_on", date(2028, 3, 31)),
        ("Date received", "2026-10-01 17:05", "received_at", datetime(2026, 10, 1, 17, 5)),
        ("Previously funded", "Y", "previously_funded", True),
        ("Do you have a constitution?", "no", "constitution_held", False),
        ("Bank account held", True, "bank_account_held", True),
        ("Postcode", "wv1 1sh", "postcode", "WV1 1SH"),
        ("Charity number", 1090095.0, "charity_number", "1090095"),
        ("Charity number", "sc042386", "charity_number", "SC042386"),
        ("Company number", 7444723.0, "company_number", "07444723"),
        ("Telephone", "01902 555 001", "phone", "01902 555 001"),
        ("Project summary", "One\nTwo & <three>", "summary", "One\nTwo & <three>"),
        ("Project title", 2027.0, "project", "2027"),
    ],
)
def test_value_is_read_as_its_field(heading: str, cell: Cell, slot: str, value: object) -> None:
    application, answers, troubled = _one(heading, cell)

    assert getattr(application, slot) == value
    assert (answers, troubled) == ({}, [])


@pytest.mark.parametrize("word", ["N/A", "Not applicable", "none", "-"])
def test_not_applicable_to_a_question_for_yes_or_no_is_an_answer_and_a_dash_is_none(word: str) -> None:
    application, answers, troubled = _one("Do you have a safeguarding policy?", word)

    assert application.safeguarding_policy is None  # type: ignore[attr-defined]
    assert (list(answers.values()), troubled) == ([word] * (word != "-"), [])


@pytest.mark.parametrize(
    ("heading", "cell", "slot", "kept"),
    [
        ("Number of beneficiaries", "lots", "beneficiaries", "lots"),
        ("Number of beneficiaries", "about 50", "beneficiaries", "about 50"),
        ("Project start date", "13/25/2026", "start_on", "13/25/2026"),
        ("Project start date", "spring", "start_on", "spring"),
        ("Total project cost", "£500-£600", "total_cost_pence", "£500-£600"),
        ("Minimum amount", 0, "minimum_pence", "0"),
        ("Match funding", "4,50", "match_funding_pence", "4,50"),
        ("Previously funded", "Maybe", "previously_funded", "Maybe"),
        ("Total project cost", CellError("#DIV/0!"), "total_cost_pence", "#DIV/0!"),
    ],
)
def test_unreadable_value_is_null_reported_and_kept_as_an_answer(
    heading: str, cell: Cell, slot: str, kept: str
) -> None:
    application, answers, troubled = _one(heading, cell)

    assert getattr(application, slot) is None
    assert answers == {heading: kept}
    assert troubled == ["C2"]


@pytest.mark.parametrize(
    ("heading", "cell", "slot", "kept"),
    [
        ("Postcode", "wv1", "postcode", "WV1"),
        ("Charity number", "pending", "charity_number", "PENDING"),
        ("Company number", "abc", "company_number", "ABC"),
    ],
)
def test_bad_postcodes_and_numbers_are_kept_in_capitals_and_reported(
    heading: str, cell: Cell, slot: str, kept: str
) -> None:
    application, answers, troubled = _one(heading, cell)

    assert getattr(application, slot) == kept
    assert (answers, troubled) == ({}, ["C2"])


@pytest.mark.parametrize("cell", ["N/A", "none", "-", " ", "n/a"])
@pytest.mark.parametrize(
    "heading", ["Charity number", "Number of beneficiaries", "Project start date", "Email"]
)
def test_nothing_in_an_optional_field_is_null_and_no_problem(heading: str, cell: str) -> None:
    application, answers, troubled = _one(heading, cell)

    assert application == take_in([BASE, CHOIR]).applications[0]
    assert (answers, troubled) == ({}, [])


def test_answers_keep_their_line_breaks_and_whole_numbers_have_no_decimals() -> None:
    _, answers, troubled = _one("Anything else?", "First line\nSecond  line, “quoted”")
    _, number, _ = _one("How many trustees?", 4.0)

    assert answers == {"Anything else?": "First line\nSecond  line, “quoted”"}
    assert number == {"How many trustees?": "4"}
    assert troubled == []


def test_unsaved_formula_under_an_answer_is_not_lost_silently() -> None:
    _, answers, troubled = _one("Anything else?", NoSavedValue())

    assert (answers, troubled) == ({}, ["C2"])


@pytest.mark.parametrize(
    ("written", "area"),
    [
        ("Coventry", "Coventry"),
        ("coventry npu", "Coventry"),
        ("COVENTRY (LPA)", "Coventry"),
        ("Wton", "Wolverhampton"),
        ("W'ton", "Wolverhampton"),
        ("W’TON", "Wolverhampton"),
        ("Birmingham - East", "Birmingham East"),
        ("Bham East", "Birmingham East"),
    ],
)
def test_areas_are_matched_to_the_funds_own_names(written: str, area: str) -> None:
    reading = take_in([[*BASE, "Area"], [*CHOIR, written]])

    assert reading.applications[0].area == area
    assert reading.problems == ()


def test_area_that_is_not_known_is_kept_as_written_and_reported() -> None:
    reading = take_in([[*BASE, "Area"], [*CHOIR, "Atlantis"]])

    assert reading.applications[0].area == "Atlantis"
    assert [(problem.cell, problem.value) for problem in reading.problems] == [("C2", "Atlantis")]


def test_blank_area_is_null_and_reported() -> None:
    reading = take_in([[*BASE, "Area"], [*CHOIR, None], ["Example Gym", 5, "Walsall"]])

    assert [a.area for a in reading.applications] == [None, "Walsall"]
    assert [(problem.cell, problem.value) for problem in reading.problems] == [("C2", "")]
    assert reading.areas == ("Walsall",)


def test_file_without_an_area_column_has_one_area() -> None:
    assert take_in([BASE, CHOIR]).areas == (FORCE_WIDE,)
    assert take_in([BASE, CHOIR], round_areas=("Walsall",)).applications[0].area == "Walsall"


def test_round_that_has_areas_names_those_that_are_not_its_own() -> None:
    reading = take_in(
        [[*BASE, "Area"], [*CHOIR, "cov"], ["Example Gym", 5, "walsall"]],
        usual=AREAS,
        round_areas=("Coventry",),
    )

    assert [a.area for a in reading.applications] == ["Coventry", "Walsall"]
    assert [problem.cell for problem in reading.problems] == ["C3"]
    assert reading.areas == ("Coventry", "Walsall")
    assert reading.problems[0].words == "“walsall” is not one of the areas here; it is set up as one."


def test_fund_without_usual_areas_takes_areas_as_written() -> None:
    reading = take_in([[*BASE, "Area"], [*CHOIR, "Anywhere"]], usual=())

    assert reading.applications[0].area == "Anywhere"
    assert reading.problems == ()


UNSEEN = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202e\u2060\u2066\u2069"
UNSEEN += "\ufe0f\ufeff\U000e0020"
SEEN: list[tuple[str, str, str, object]] = [
    ("Minimum amount", "£1,200.50", "minimum_pence", 120_050),
    ("Number of beneficiaries", "1,200", "beneficiaries", 1200),
    ("Project start date", "03/04/2027", "start_on", date(2027, 4, 3)),
    ("Date received", "2026-10-01 17:05", "received_at", datetime(2026, 10, 1, 17, 5)),
    ("Previously funded", "Yes", "previously_funded", True),
    ("Postcode", "WV1 1SH", "postcode", "WV1 1SH"),
    ("Charity number", "1090095", "charity_number", "1090095"),
    ("Company number", "SC123456", "company_number", "SC123456"),
    ("Contact email", "ada@example.org", "email", "ada@example.org"),
    ("Telephone", "01902 555 001", "phone", "01902 555 001"),
    ("Reference", "ACF-001", "reference", "ACF-001"),
]


@given(st.sampled_from(SEEN), st.data())
def test_marks_that_nobody_sees_change_no_value(
    seen: tuple[str, str, str, object], data: st.DataObject
) -> None:
    heading, text, slot, value = seen
    for mark in data.draw(st.lists(st.sampled_from(UNSEEN), min_size=1, max_size=4)):
        at = data.draw(st.integers(0, len(text)))
        text = f"{text[:at]}{mark}{text[at:]}"

    application, answers, troubled = _one(heading, text)

    assert getattr(application, slot) == value
    assert (answers, troubled) == ({}, [])


def test_marks_that_nobody_sees_leave_names_and_amounts_and_shape_letters_elsewhere() -> None:
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e007f \u0645\u06cc\u200c\u062e \u2764\ufe0f"
    reading = take_in(
        [[*BASE, "Project title"], ["\u200eExam\u00adple\u200b Choir\u2069", "\u2066£1,000\u2069", flag]]
    )

    (found,) = reading.applications
    assert (found.organisation, found.requested_pence, found.project) == ("Example Choir", 100_000, flag)
