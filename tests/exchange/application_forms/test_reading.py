"""Forms of anybody, as rows: values right at first sight, wordings that meet, and what is to be checked."""

from datetime import datetime

import pytest

from exchange.application_forms.blocks import END, FIELD, Content, Paragraph
from exchange.application_forms.message_words import words_as_form
from exchange.application_forms.reading import Form, _of, _total_of, book_of, is_form
from exchange.applications.fields import AreaNames
from exchange.applications.importer import Reading, applications_in
from exchange.applications.layouts import Answer
from exchange.applications.row_reader import Setting
from models.values.applications import value_of
from models.values.rounds import FORCE_WIDE
from tests.exchange.application_forms.made_up_forms import (
    GROUPS,
    LAYOUTS,
    WORDINGS,
    Said,
    add_row,
    begun,
    beside,
    pairs,
    saved,
)
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
    texts = ("Trustee", "Sort code", "12345678")
    loose = tuple(Paragraph(text if text == texts[1] else f"{FIELD}{text}{END}") for text in texts)

    found = _of("form.docx", "", Content((*loose, *answers)))

    assert found.notes == (
        "form.docx: what is written as “Trustee” answers no question that was found. Look in the form.",
    )


def test_two_forms_in_one_file_are_two_rows() -> None:
    told = [*pairs(GROUPS[0], WORDINGS[0]), *pairs(GROUPS[1], WORDINGS[0])]

    found = read(read_form(beside(told), "both.docx"))

    assert [one.organisation for one in found.applications] == [
        GROUPS[0].organisation,
        GROUPS[1].organisation,
    ]


@pytest.mark.parametrize("name", ["old.doc", "locked.docx", "old.rtf", "odd.pdf"])
def test_an_older_or_locked_form_says_what_to_do(name: str) -> None:
    assert is_form(name)
    contents = {"old.rtf": b"{\\rtf1 hello}", "odd.pdf": b"hello"}
    words = {
        "old.rtf": "is rich text (.rtf), which is not read; open it in Word, save it as .docx and try again.",
        "odd.pdf": "is no .docx, .odt or PDF; open it, save it as one of these and try again.",
    }
    older = (
        "is an older Word file (.doc) or has a passphrase; open it in Word, save it as .docx without a"
        " passphrase and try again."
    )

    content = contents.get(name, bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))

    assert read_form(content, name).why == f"{name} {words.get(name, older)}"


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


ROWS = pairs(GROUPS[0], WORDINGS[0])


@pytest.mark.parametrize("missing", ["organisation", "amount_requested"])
def test_a_form_that_does_not_ask_for_a_name_or_an_amount_is_asked_for_it(missing: str) -> None:
    others = {"total_cost", "project", "organisation_type", missing}
    found = read(read_form(beside([one for one in ROWS if one[0] not in others]), "form.docx"))

    assert not found.applications
    words = "This form has no organisation" if missing == "organisation" else "This form has no amount"
    assert [problem.words[: len(words)] for problem in found.problems] == [words]


@pytest.mark.parametrize(
    "more",
    [
        (),
        (("Start date", "1 May 2027"), ("End date", "3 May 2027")),
        (("Quotation for project", "Lamp Walk"), ("Description of the work", "We will fit six lamps.")),
        (("VAT", "£80"), ("Project", "Lamp Walk"), ("Description of the project", "Six lamps.")),
    ],
)
def test_a_paper_with_few_questions_of_a_project_is_no_application(more: tuple[tuple[str, str], ...]) -> None:
    quote = [
        ("", "Company", "Invented Lamps Ltd"),
        ("", "Email", "sales@lamps.example"),
        ("", "Telephone", "01632 960105"),
        ("", "Address", "9 Made-up Street, Nowhere"),
        ("", "Postcode", "B1 1AA"),
        ("", "Total", "£480"),
        *(("", label, said) for label, said in more),
    ]

    assert not read_form(beside(quote), "quote.docx").records


def test_the_name_at_the_head_of_the_pages_is_the_applicants() -> None:
    word = begun()
    word.sections[0].header.paragraphs[0].text = "Applicant: Lamp Lane Club"
    word.sections[0].footer.paragraphs[0].text = "Email: grants@office.example"
    table = word.add_table(0, 2)
    for _, label, answer in (one for one in ROWS if one[0] not in ("organisation", "email")):
        add_row(table, label, answer)

    (found,) = read(read_form(saved(word), "form.docx")).applications

    assert (found.organisation, found.email) == ("Lamp Lane Club", "")


def test_a_budget_of_a_form_without_an_amount_is_named_and_asked_about() -> None:
    told = [one for one in ROWS if one[0] not in ("amount_requested", "total_cost")]
    budget = [("", "Item", "Cost"), ("", "Lamps", "£400"), ("", "Bulbs", "£100"), ("", "Total", "£500")]

    form = read_form(beside([*told, ("project", "Budget", ""), *budget]), "form.docx")

    assert form.notes == ("form.docx: it has no amount requested, but a budget that comes to £500.",)
    assert [one.words[:23] for one in read(form).problems] == ["This form has no amount"]


def test_the_total_of_what_is_requested_is_the_amount() -> None:
    word = begun()
    table = word.add_table(0, 2)
    for _, label, answer in (one for one in ROWS if one[0] != "amount_requested"):
        add_row(table, label, answer)
    word.add_heading("Budget", 1)
    table = word.add_table(0, 3)
    for row in (
        ("Item", "Cost", "Amount requested"),
        ("Lamps", "£600", "£400"),
        ("Bulbs", "£200", "£100"),
        ("Total", "£800", "£500"),
    ):
        add_row(table, *row)

    (found,) = read(read_form(saved(word), "form.docx")).applications

    assert found.requested_pence == 50000


def test_an_example_before_the_form_is_none_of_the_applicants() -> None:
    word = begun()
    for title, said in (("Example of a completed form", GROUPS[1]), ("Your application", GROUPS[0])):
        word.add_heading(title, 1)
        table = word.add_table(0, 2)
        for _, label, answer in pairs(said, WORDINGS[0]):
            add_row(table, label, answer)

    form = read_form(saved(word), "form.docx")

    assert [one.organisation for one in read(form).applications] == [GROUPS[0].organisation]
    assert GROUPS[1].project not in f"{form.records} {form.left}"


def test_the_title_of_a_part_that_is_merged_down_its_side_heads_its_rows() -> None:
    word = begun()
    table = word.add_table(0, 3)
    for field, label, answer in ROWS:
        add_row(table, {"organisation": "About you", "project": "Your plan"}.get(field, ""), label, answer)
    plan = next(at for at, one in enumerate(ROWS) if one[0] == "project")
    table.cell(0, 0).merge(table.cell(plan - 1, 0))
    table.cell(plan, 0).merge(table.cell(len(ROWS) - 1, 0))

    (found,) = read(read_form(saved(word), "form.docx")).applications

    assert (found.organisation, found.project) == (GROUPS[0].organisation, GROUPS[0].project)
    assert found.requested_pence == 450000


def test_two_forms_of_other_makes_in_one_file_are_two_rows() -> None:
    told = [*pairs(GROUPS[0], WORDINGS[0]), *pairs(GROUPS[2], WORDINGS[2])]

    found = read(read_form(beside(told), "both.docx"))

    assert [one.organisation for one in found.applications] == [
        GROUPS[0].organisation,
        GROUPS[2].organisation,
    ]
    assert [one.requested_pence for one in found.applications] == [450000, 398000]


def test_other_funding_in_words_is_an_answer_and_no_failed_amount() -> None:
    question = "What other funding have you applied for?"
    funding = "We asked the parish council, and wait to hear."

    found = read(read_form(beside([*ROWS, ("", question, funding)]), "form.docx"))

    assert not found.problems
    assert dict(found.applications[0].answers)[question] == funding


@pytest.mark.parametrize(
    "label",
    ["Supporting officer", "Name of PCSO", "Neighbourhood officer", "Police contact", "Sponsoring sergeant"],
)
def test_an_officer_who_supports_a_form_is_not_reached_as_the_applicant(label: str) -> None:
    officer = [
        ("", label, "PC Vera Sample"),
        ("", "Email", "vera@westmarch.police.uk"),
        ("", "Tel", "01632 960777"),
    ]
    empty = [(field, asked, "" if field == "email" else said) for field, asked, said in ROWS]

    for rows in ([*officer, *empty], [*empty, *officer]):
        (found,) = read(read_form(beside(rows), "form.docx")).applications
        assert (found.email, value_of(found, "phone")) == ("", "01632 960101")
        assert "vera@westmarch.police.uk" in dict(found.answers).values()


@pytest.mark.parametrize("title", ["YOUR GROUP", "Your organisation", "Eich grŵp", "PART 1: YOUR GROUP"])
def test_the_name_of_a_part_is_no_organisation(title: str) -> None:
    rows = [("", "Group", title), *ROWS]

    (found,) = read(read_form(beside(rows), "form.docx")).applications

    assert found.organisation == GROUPS[0].organisation


@pytest.mark.parametrize("own", ["", "Here is our form.\n"])
def test_a_form_that_a_message_quotes_is_read(own: str) -> None:
    words = own + "\n".join(
        f"> {label}: {answer.splitlines()[0] if answer else ''}" for _, label, answer in ROWS
    )

    content = words_as_form("Grant", words)

    (record,) = _of("mail.eml", "", content).records
    assert GROUPS[0].organisation in [one.value for one in record]


@pytest.mark.parametrize(
    "heads",
    [
        ("Question", "Example", "Your answer"),
        ("", "EXAMPLE (do not copy)", "Please answer here"),
        ("Question", "Your answer", "Example answer"),
        ("Question", "Guidance", "Answer"),
        ("We ask", "", "You say"),
    ],
)
def test_a_column_that_shows_how_to_answer_answers_nothing(heads: tuple[str, str, str]) -> None:
    shown = "Please write whole pounds. The fund gives between £500 and £5,000."
    word = begun()
    table = word.add_table(0, 3)
    add_row(table, *heads)
    for _, label, answer in ROWS:
        add_row(table, *((label, answer, shown) if "answer" in heads[1] else (label, shown, answer)))

    form = read_form(saved(word), "form.docx")

    (found,) = read(form).applications
    assert (found.requested_pence, found.email) == (450000, GROUPS[0].email)
    assert "whole pounds" not in f"{form.records} {form.left}"


@pytest.mark.parametrize("layout", ["side", "above", "apart"])
def test_an_account_is_read_into_nothing_in_any_layout(layout: str) -> None:
    sort, number = "20-11-43", "73829105"
    word = begun()
    table = word.add_table(0, 3)
    for _, label, answer in ROWS:
        add_row(table, "", label, answer)
    if layout == "side":
        add_row(table, "Bank", "Sort code", sort)
        add_row(table, "", "Account number", number)
    elif layout == "above":
        add_row(table, "", "Sort code", "Account number")
        add_row(table, "", sort, number)
    else:
        for text in ("Account number", number, "Sort code", sort):
            word.add_paragraph(text)

    form = read_form(saved(word), "form.docx")

    assert number not in f"{form.records} {form.left}"
    assert sort not in f"{form.records} {form.left}"


def test_what_asks_for_no_account_is_read_below_a_title_with_a_bank_in_it() -> None:
    word = begun()
    for _, label, answer in ROWS:
        word.add_paragraph(label)
        word.add_paragraph("14 Kiln Bank, Nowhere" if label == "Address" else answer)

    (found,) = read(read_form(saved(word), "form.docx")).applications

    assert (found.address, found.requested_pence) == ("14 Kiln Bank, Nowhere", 450000)


@pytest.mark.parametrize(
    "answer",
    [
        "Insurance: we renew it in May.\nSchool: they lend us the hall.",
        "Aim 1: fewer robberies.\nAim 2: more walkers.",
        "1. Confidence: they speak up.\n2. School: they attend.",
        "Note: we meet on Mondays",
    ],
)
@pytest.mark.parametrize("layout", ["beside", "above", "same_cell"])
def test_lines_of_an_answer_that_have_colons_ask_nothing(answer: str, layout: str) -> None:
    said = GROUPS[0]._replace(outcomes=answer, summary=answer)

    form = read_form(LAYOUTS[layout](pairs(said, WORDINGS[0])), "form.docx")

    values = [one.value for one in form.records[0]]
    assert values.count(answer) == 2


@pytest.mark.parametrize("title", ["What the money is for", "Breakdown of the grant"])
def test_a_total_is_the_amount_where_only_a_description_names_money(title: str) -> None:
    costs = "Breakfasts; £744.00\nCrèche; £492.00"
    record = (
        Answer(
            "Describe the activity you would like us to pay for",
            "A walk to school with an officer each week.",
        ),
        Answer(title, costs),
        Answer("TOTAL", "£1,236.00"),
    )

    assert [one.value for one in _total_of(record)] == ["£1,236.00"]
    assert list(_total_of((*record, Answer("Amount requested", "£900")))) == []
    assert [
        one.question
        for one in _total_of(
            (*record[:2], Answer("Budget", f"{costs}\nTotal; £1,236"), Answer("Amount requested", "£900"))
        )
    ] == ["Total project cost"]


def test_no_sentence_is_an_organisation_for_what_it_looks_like() -> None:
    answers = [
        ("Who are you?", "Lantern Lane Allotments"),
        ("Grant requested", "£500"),
        ("Telephone", "01632 960871"),
    ]
    answers += [("Project title", "Lamps"), ("Anything else?", "Forty residents of the club walk each week.")]
    form = Form("a.docx", records=(tuple(Answer(*one) for one in answers),))

    reading = applications_in(book_of([form], AREAS), SETTING)

    assert [one.organisation for one in reading.applications] in ([], ["Lantern Lane Allotments"])
