"""Forms of anybody, as rows: values right at first sight, wordings that meet, and what is to be checked."""

from datetime import datetime

import pytest

from exchange.application_forms.blocks import END, FIELD, Content, Paragraph
from exchange.application_forms.message_words import words_as_form
from exchange.application_forms.reading import Form, _of, book_of, is_form
from exchange.applications.fields import AreaNames
from exchange.applications.importer import Reading, applications_in
from exchange.applications.row_reader import Setting
from models.values.applications import value_of
from models.values.rounds import FORCE_WIDE
from tests.exchange.application_forms.made_up_forms import GROUPS, LAYOUTS, WORDINGS, Said, beside, pairs
from tests.exchange.good_files import read_form

AREAS = AreaNames([], ["Walsall", "Coventry", "Dudley"])
SETTING = Setting("ACF", AREAS, round_areas=("Walsall", "Coventry", "Dudley"))


def read(*forms: Form) -> Reading:
    return applications_in(book_of(forms, AREAS), SETTING)


def form(said: Said = GROUPS[0], wording: int = 0, name: str = "form.docx", **otherwise: str) -> Form:
    told = [
        (field, label, otherwise.get(field, answer))
        for field, label, answer in pairs(said, WORDINGS[wording])
    ]
    return read_form(beside(told), name)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("wording", range(3))
def test_every_layout_in_every_wording_is_read_right(layout: str, wording: int) -> None:
    said = GROUPS[wording]
    found = read(read_form(LAYOUTS[layout](pairs(said, WORDINGS[wording])), "form.docx")).applications

    assert len(found) == 1
    assert found[0].organisation.casefold() == said.organisation.casefold()
    assert found[0].summary.casefold() == said.summary.casefold()
    assert found[0].email == said.email
    assert value_of(found[0], "constitution_held") is (said.constitution_held == "Yes")
    assert found[0].area == said.area


def test_forms_of_other_wordings_are_rows_of_one_table() -> None:
    forms = [form(said, at, f"{at}.docx") for at, said in enumerate(GROUPS)]

    found = read(*forms)

    assert [one.organisation for one in found.applications] == [said.organisation for said in GROUPS]
    assert [one.requested_pence for one in found.applications] == [450000, 125050, 398000]
    assert [place.file for place in found.table.places] == ["0.docx", "1.docx", "2.docx"]
    headings = [one.heading for row in found.submitted for one in row.cells if one.field == "organisation"]
    assert headings == [WORDINGS[at]["organisation"] for at in range(3)]


def test_a_postcode_of_letters_that_none_has_is_asked_about_in_any_language() -> None:
    told = [
        ("postcode", "Cod post / Postcode", "bx9 4cv") if field == "postcode" else (field, label, answer)
        for field, label, answer in pairs(GROUPS[0], WORDINGS[0])
    ]

    found = read(read_form(beside(told), "form.docx"))

    told.insert(0, ("", "EICH GRŴP / PART 1", "YOUR GROUP"))
    assert read(read_form(beside(told), "form.docx")).applications[0].postcode == "BX9 4CV"
    assert found.applications[0].postcode == "BX9 4CV"
    assert [one.value for one in found.problems] == ["bx9 4cv"]


def test_what_several_forms_say_alike_is_the_forms_own_text() -> None:
    title = ("", "Active Citizens Fund", "This form is for groups that make the streets of Westmarch safer.")

    def told(said: Said) -> Form:
        return read_form(beside([title, *pairs(said, WORDINGS[0])]), f"{said.organisation}.docx")

    three, one = read(*map(told, GROUPS)), read(told(GROUPS[0]))

    assert all(title[1] not in dict(found.answers) for found in three.applications)
    assert dict(one.applications[0].answers)[title[1]] == title[2]


def test_an_area_is_never_silently_the_whole_force() -> None:
    whole = AreaNames([], [FORCE_WIDE])
    found = applications_in(book_of([form()], whole), Setting("VF", whole, round_areas=(FORCE_WIDE,)))

    assert found.applications[0].area == "Walsall"
    assert "“Walsall” is not one of the areas here" in found.problems[0].words


@pytest.mark.parametrize("written", ["approx £900", "£900 (half of it in kind)"])
def test_an_amount_that_is_not_exact_is_a_problem_that_offers_the_likely_one(written: str) -> None:
    found = read(form(amount_requested=written))

    assert not found.applications
    problem = found.problems[0]
    assert (problem.cell, problem.heading) == ("form.docx", "Amount requested")
    assert "Most likely it is £900" in problem.words


def test_what_an_answer_looks_like_takes_no_field_that_another_question_asks_for() -> None:
    said = pairs(GROUPS[0]._replace(amount_requested="£4,800 to £5,200"), WORDINGS[0])
    asked = [
        (field, "Grant requested from the VRU" if field == "amount_requested" else label, answer)
        for field, label, answer in said
    ]

    found = read(read_form(beside([("", "Hours a week", "8"), *asked]), "form.docx"))

    assert not found.applications
    assert [problem.heading for problem in found.problems] == ["Grant requested from the VRU"]


def test_a_duration_gives_a_last_day_to_check() -> None:
    told = [
        (
            field,
            "Duration of project" if field == "end_on" else label,
            "6 months" if field == "end_on" else answer,
        )
        for field, label, answer in pairs(GROUPS[0], WORDINGS[0])
    ]

    found = read(read_form(beside(told), "form.docx"))

    assert found.applications[0].end_on is not None
    assert found.applications[0].end_on.isoformat() == "2027-09-30"
    assert found.rows[0].likely == ("end_on",)
    assert "30 September 2027; check it" in found.problems[0].words


def test_questions_of_the_fund_are_answers_under_their_own_headings_with_the_words_as_written() -> None:
    told = [
        *pairs(GROUPS[0], WORDINGS[0]),
        ("", "Which of our aims will it meet?", "Aim 2,  we think:\nsafer streets"),
    ]

    found = read(read_form(beside(told), "form.docx"))

    assert dict(found.applications[0].answers)["Which of our aims will it meet?"].startswith(
        "Aim 2, we think:\nsafer"
    )


def test_a_form_without_a_name_or_a_figure_is_asked_about_and_never_passed_over() -> None:
    found = read(form(organisation="", project="", summary=""))

    assert not found.applications
    assert found.problems[0].words.startswith("This form has no organisation")

    found = read(form(beneficiaries="sixty or more, it depends", total_cost="not known yet"))

    asked = {problem.heading for problem in found.problems}
    assert asked == {WORDINGS[0]["beneficiaries"], WORDINGS[0]["total_cost"]}


def test_the_message_says_when_a_form_was_received_whatever_the_form_says() -> None:
    told = pairs(GROUPS[0], WORDINGS[0])
    dated = read_form(beside([*told, ("", "Date received", "1 March 2027")]), "form.docx")

    found = read(dated.received_on(datetime(2027, 3, 3, 10, 15)))

    assert value_of(read(dated).applications[0], "received_at") == datetime(2027, 3, 1)
    assert value_of(found.applications[0], "received_at") == datetime(2027, 3, 3, 10, 15)
    assert "so “1 March 2027” in the form is not taken" in " ".join(found.table.notes)


def test_what_is_for_the_office_alone_is_none_of_the_applicants() -> None:
    told = pairs(GROUPS[0], WORDINGS[0])
    box = [("", label, answer) for label, answer in (("Reference", "ACF-07"), ("Checked by", "K. Sample"))]
    office = [("", "For office use only", ""), *box, ("", "Date received", "1 March 2027")]

    found = read(read_form(beside([*told, *office]), "form.docx")).applications[0]

    assert (found.reference, value_of(found, "received_at")) == ("ACF-07", datetime(2027, 3, 1))
    assert "Checked by" not in dict(found.answers)


def test_a_file_that_asks_nothing_of_an_application_says_so() -> None:
    found = read_form(beside([("", "Minutes", "The committee met.")]), "minutes.docx")

    assert not found.records
    assert found.why == ("minutes.docx: a quote or other paper; no application was read from it.")


def test_what_stands_by_no_question_is_noted_without_numbers_of_an_account() -> None:
    answers = tuple(Paragraph(f"{label}: {said}") for _, label, said in pairs(GROUPS[0], WORDINGS[0]))
    loose = tuple(Paragraph(f"{FIELD}{text}{END}") for text in ("Trustee", "12345678"))

    found = _of("form.docx", "", Content((*loose, *answers)))

    assert found.notes == (
        "form.docx: what is filled in as “Trustee”, [bank details: in the form alone] stands by no"
        " question that was found; look in the form.",
    )


def test_two_forms_in_one_file_are_two_rows() -> None:
    told = [*pairs(GROUPS[0], WORDINGS[0]), *pairs(GROUPS[1], WORDINGS[0])]

    found = read(read_form(beside(told), "both.docx"))

    assert [one.organisation for one in found.applications] == [
        GROUPS[0].organisation,
        GROUPS[1].organisation,
    ]


@pytest.mark.parametrize("name", ["old.doc", "locked.docx", "old.rtf"])
def test_an_older_or_locked_form_says_what_to_do(name: str) -> None:
    assert is_form(name)
    content = b"{\\rtf1 hello}" if name == "old.rtf" else bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)

    words = "is no .docx, .odt or PDF, or has a passphrase; save it so, without one, and try again."
    assert read_form(content, name).why == f"{name} {words}"


@pytest.mark.parametrize(
    "end", ["Thanks very much\nAda", "With every blessing,\nAda", "All the best,\nAda Wick\n"]
)
def test_the_words_of_an_email_are_read_without_its_greeting_and_its_thanks(end: str) -> None:
    words = f"Dear Community Safety team\n\nContact: Ada Wick\n\n{end}"

    assert words_as_form("Grant", words).blocks == (Paragraph("Contact: Ada Wick"),)


def test_a_list_at_the_end_of_an_email_is_no_signature() -> None:
    words = "Contact: Ada Wick\n\nLamps,\nBatteries"

    assert [one.text for one in words_as_form("Grant", words).blocks if isinstance(one, Paragraph)] == [
        "Contact: Ada Wick",
        "Lamps,",
        "Batteries",
    ]
