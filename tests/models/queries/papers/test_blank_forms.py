"""The blank application form: what it asks of a fund's applicants, and the code that names it."""

from datetime import UTC, datetime
from functools import partial

import pytest

from models.issuing import next_issue
from models.operations.set_up.office import SetPaperTexts
from models.papers.blank_form import YES_NO, BlankForm
from models.papers.form_signs import form_code, questions_code
from models.papers.order import PaperOrder
from models.queries.set_up.form_questions import known_forms, round_form_code
from models.record import Record
from models.values.applications import FIELDS
from tests.models.operations.deciding_rounds import deciding_rows
from tests.models.rounds import KEY, OFFICER, load, paper, refused, set_up_office, set_up_round

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def called(record: Record) -> Record:
    load(set_up_office(record), deciding_rows())
    return record


def form_of(record: Record) -> BlankForm:
    return paper(record, "form", NOW)


def test_it_asks_for_fields_criteria_and_checks_and_for_no_bank_details(called: Record) -> None:
    form = form_of(called)

    names = [one.name for one in form.questions]
    assert len(set(names)) == len(names)
    assert {"organisation", "email", "project", "area", "amount_requested"} <= set(names) & set(FIELDS)
    (area,) = (one for one in form.questions if one.name == "area")
    assert area.choices == tuple(area.name for area in deciding_rows().areas)
    labels = " ".join(one.label.casefold() for one in form.questions)
    assert not any(word in labels for word in ("sort code", "account no"))

    # A check on the cap asks nobody; what criteria and checks ask is not asked twice.
    assert [one.label for one in form.questions if one.choices == YES_NO] == [
        "Have you had money from the police or from us before?",
        "Is the group constituted?",
        "Has the group spoken to its team?",
    ]
    assert {"need", "outcomes", "constitution_held"}.isdisjoint(names)
    judged = [each for each in deciding_rows().scheme.criteria if each.is_judged]
    assert [one.label for one in form.questions if one.name.startswith("criterion")] == [
        each.title for each in judged
    ]


def test_its_code_names_the_round_and_the_questions(called: Record) -> None:
    before = form_of(called)
    called.perform(SetPaperTexts(1, "form", "", (("questions", "Which school?"),)), OFFICER)
    after = form_of(called)

    assert called.ask(partial(round_form_code, round_id=1)) == after.code
    fund, of_round, questions = before.code.split("-")
    assert (fund, len(of_round), len(questions)) == ("ACF", 4, 4)
    assert before.control == f"{len(before.questions)} questions, code {before.code}"
    assert after.code.split("-")[:2] == [fund, of_round]
    assert after.code != before.code

    labels = [one.label for one in before.questions]
    assert questions_code(labels) == questions
    assert questions_code([f" {label.upper()} :" for label in labels]) == questions
    assert questions_code(labels[1:]) != questions
    assert form_code("ACF", ("2026/27", "Spring"), labels) != before.code

    said = "Most words of a long answer is a whole number from 20 to 2,000"
    for typed in ("many", "19", "2001", "1.5"):
        change = SetPaperTexts(1, "form", "", (("most_words", typed),))
        refused(said, called.perform, change, OFFICER)


def test_before_the_criteria_are_published_it_is_previewed_and_not_issued(record: Record) -> None:
    set_up_office(record).perform(set_up_round(KEY, ("Coventry",)), OFFICER)
    form, order = form_of(record), PaperOrder("form", NOW, 1)

    assert form.is_of_draft_criteria
    refused("not published yet, so the form can", record.ask, partial(next_issue, order=order, value=form))
    assert record.ask(partial(round_form_code, round_id=1)) == ""
    # What was filled into a preview is read when it comes back.
    assert [one.code for one in record.ask(partial(known_forms, round_id=1)).forms] == [form.code]


def test_the_record_knows_its_forms_as_issued_and_as_they_ask_now(called: Record) -> None:
    issued = form_of(called)
    order = PaperOrder("form", NOW, 1)
    issue = called.ask(partial(next_issue, order=order, value=issued))
    assert issue is not None
    called.perform(issue.of_files(()), OFFICER)
    called.perform(SetPaperTexts(1, "form", "", (("questions", "Which school?"),)), OFFICER)
    now = form_of(called)

    known = called.ask(partial(known_forms, round_id=1))

    assert not issued.is_of_draft_criteria
    assert (known.code, [one.code for one in known.forms]) == (now.code, [issued.code, now.code])
    assert [one.parts for one in known.forms] == [issued.parts, now.parts]
    assert called.ask(partial(known_forms, round_id=0)).code == ""


def test_it_says_the_caps_and_how_long_answers_are_kept(called: Record) -> None:
    form = form_of(called)

    (asked,) = (one for one in form.questions if one.name == "amount_requested")
    assert asked.hint == "What you ask us for, such as 4,500. The cap is £5,000 for an award."
    assert form.kept_for == ("6 years", "2 years")
