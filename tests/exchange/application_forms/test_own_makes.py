"""Our own form comes back with the same answers whatever became of it: each fund's form in each make."""

import io
import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from msgspec.structs import replace

from exchange.application_forms.reading import Form, forms_of, read_file
from exchange.papers.paper_writing import write_paper
from models.papers.blank_form import BlankForm, form_parts
from models.papers.form_signs import form_code
from models.papers.kinds import KINDS
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.queries.set_up.form_questions import known_forms
from models.queries.set_up.rounds import rounds
from models.record import Opener, Record
from models.values.form_questions import AskedForm
from tests.demo import made_sample
from tests.exchange.application_forms.makes import MAKES, answers_to, expected, saved_as
from tests.paper_text import AT

FUNDS = ("ACF", "VF", "bare")


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, BlankForm]:
    """The form of each fund of the sample, and one whose round has neither criteria nor checks."""
    path = made_sample(tmp_path_factory.mktemp("sample") / "sample.panel")
    record = Record.open(path, Opener("tests", "tests"))
    found: dict[str, BlankForm] = {}
    for line in reversed(record.ask(rounds)):
        if not line.is_direct:
            order = PaperOrder("form", AT, line.round_id)
            found[line.fund_code] = record.ask(partial(KINDS["form"].ask, order=order))
    known = record.ask(partial(known_forms, round_id=1)).forms
    assert {form.code for form in found.values()} <= {one.code for one in known}
    record.close()
    parts = form_parts(100, "", {"areas": ("North", "South")}, {})
    labels = [one.label for part in parts for one in part.questions]
    bare = replace(found["ACF"], parts=parts, code=form_code("BF", ("2026/27", "Spring"), labels))
    return found | {"bare": bare}


@pytest.fixture(scope="module")
def blanks(
    forms: Mapping[str, BlankForm], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Mapping[str, bytes]]:
    folder, status = tmp_path_factory.mktemp("forms"), PaperStatus(AT, "ab" * 32)
    return {
        fund: {
            end: write_paper("form", form, status, folder / f"{fund}.{end}").read_bytes()
            for end in ("docx", "pdf")
        }
        for fund, form in forms.items()
    }


@pytest.mark.parametrize("fund", FUNDS)
@pytest.mark.parametrize("make", MAKES)
def test_every_answer_is_the_same(
    forms: Mapping[str, BlankForm], blanks: Mapping[str, Mapping[str, bytes]], fund: str, make: str
) -> None:
    form = forms[fund]
    given = answers_to(form.questions)

    assert_read(MAKES[make](blanks[fund], given), form, given)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
@pytest.mark.parametrize("ending", ["pdf", "odt", "docx"])
def test_every_answer_is_the_same_when_another_word_processor_saved_it(
    forms: Mapping[str, BlankForm], blanks: Mapping[str, Mapping[str, bytes]], tmp_path: Path, ending: str
) -> None:
    given = {fund: answers_to(forms[fund].questions) for fund in FUNDS}
    filled = {fund: MAKES["Word"](blanks[fund], given[fund]) for fund in FUNDS}

    for fund, content in saved_as(ending, filled, tmp_path).items():
        assert_read(content, forms[fund], given[fund])


def assert_read(content: bytes, form: BlankForm, given: Mapping[str, str]) -> None:
    """Assert that a form is read with what was filled in, and nothing else is told of it."""
    found = read(content, form)

    assert answers(found) == expected(form.questions, given)
    assert (found.code, found.left, found.why, found.notes) == (form.code, "", "", ())


def read(content: bytes, *forms: BlankForm) -> Form:
    known = [AskedForm(form.code, form.parts) for form in forms]
    return next(forms_of([read_file(content, "form")], known))


def answers(form: Form) -> list[tuple[str, str]]:
    assert len(form.records) == 1
    return [(one.question, " ".join(str(one.value or "").split())) for one in form.records[0]]


def test_the_foot_and_head_of_pages_are_no_answers(
    forms: Mapping[str, BlankForm], blanks: Mapping[str, Mapping[str, bytes]]
) -> None:
    form = forms["ACF"]
    given = answers_to(form.questions)
    document = Document(io.BytesIO(MAKES["Word without controls"](blanks["ACF"], given)))
    every = document.paragraphs
    for page, paragraph in enumerate((every[40], every[70], every[100]), 1):
        for line in (f"Page {page} of 4", form.marking, form.title):
            paragraph.insert_paragraph_before(line)

    assert answers(read(_saved(document), form)) == expected(form.questions, given)


@pytest.mark.parametrize("make", ["Word", "Word without controls"])
def test_what_is_typed_below_the_code_is_kept(
    forms: Mapping[str, BlankForm], blanks: Mapping[str, Mapping[str, bytes]], make: str
) -> None:
    form = forms["VF"]
    document = Document(io.BytesIO(MAKES[make](blanks["VF"], answers_to(form.questions))))
    document.add_paragraph("We also have a shed.")

    found = read(_saved(document), form)

    assert found.left == "We also have a shed."
    assert [note[:56] for note in found.notes] == ["form: what is written as “We also have a shed.” answers "]


def test_a_tick_alone_above_a_choice_ticks_it_and_other_words_are_kept(
    forms: Mapping[str, BlankForm], blanks: Mapping[str, Mapping[str, bytes]]
) -> None:
    form = forms["ACF"]
    (asked,) = (one for one in form.questions if one.kind == "ticks")
    document = Document(io.BytesIO(MAKES["Word without controls"](blanks["ACF"], {"organisation": "A"})))
    for paragraph in document.paragraphs:
        if paragraph.text.endswith(asked.choices[1]):
            paragraph.insert_paragraph_before("X")
        elif paragraph.text.endswith(asked.choices[2]):
            paragraph.insert_paragraph_before("And for fun")

    told = dict(answers(read(_saved(document), form)))

    assert told[asked.label] == f"{asked.choices[1]}; And for fun"


def test_a_form_with_half_of_its_questions_or_of_another_record_is_read_like_anybody_s(
    forms: Mapping[str, BlankForm], blanks: Mapping[str, Mapping[str, bytes]]
) -> None:
    form = forms["VF"]
    document = Document(io.BytesIO(MAKES["Word without controls"](blanks["VF"], answers_to(form.questions))))

    assert read(_saved(document), forms["ACF"]).code == ""

    for paragraph in document.paragraphs[40:100]:
        paragraph._p.getparent().remove(paragraph._p)
    assert read(_saved(document), form).code == ""


def _saved(document: Any) -> bytes:
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()
