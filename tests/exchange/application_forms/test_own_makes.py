"""Our own form comes back with the same answers whatever became of it: each fund's form in each make."""

import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
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
from tests.exchange.application_forms.makes import MAKES, SAVED, answers_to, expected
from tests.paper_text import AT

FUNDS = ("ACF", "VF", "bare")
BY_SOFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")


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
@pytest.mark.parametrize("make", [*MAKES, *(pytest.param(one, marks=BY_SOFFICE) for one in SAVED)])
def test_every_answer_is_the_same(
    forms: Mapping[str, BlankForm],
    blanks: Mapping[str, Mapping[str, bytes]],
    fund: str,
    make: str,
    tmp_path: Path,
) -> None:
    form = forms[fund]
    given = answers_to(form.questions)
    filled = MAKES[make](blanks[fund], given) if make in MAKES else SAVED[make](blanks[fund], given, tmp_path)

    found = read(filled, form)

    assert answers(found) == expected(form.questions, given)
    assert (found.code, found.left, found.why, found.notes) == (form.code, "", "", ())


def read(content: bytes, *forms: BlankForm) -> Form:
    known = [AskedForm(form.code, form.parts) for form in forms]
    return next(forms_of([read_file(content, "form")], known))


def answers(form: Form) -> list[tuple[str, str]]:
    assert len(form.records) == 1
    return [(one.question, " ".join(str(one.value or "").split())) for one in form.records[0]]
