"""Our own forms come back as they were filled in, by Word, LibreOffice and readers of PDFs."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from exchange.application_forms.blocks import OwnForm
from exchange.application_forms.own import code_words, own_form
from exchange.application_forms.reading import book_of
from exchange.applications.fields import AreaNames
from exchange.applications.importer import applications_in
from exchange.applications.row_reader import Setting
from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.document.values import Document, Para
from exchange.papers.paper_writing import write_paper
from models.papers.blank_form import YES_NO, BlankForm, field_of
from models.papers.form_signs import PROMPTS, form_code
from models.papers.status import PaperStatus
from models.values.form_questions import FormPart, FormQuestion
from tests.exchange.application_forms.filling import W, changed, filled_pdf, filled_word
from tests.exchange.good_files import read_form
from tests.exchange.schedule_rounds import AUTUMN
from tests.paper_text import AT

GROUP = (
    FormQuestion("organisation", "Name of your group or organisation"),
    FormQuestion("address", "Address of the group", "text", "", 3),
    FormQuestion("area", "NPU", "choice", choices=("Coventry", "Dudley")),
    FormQuestion("amount_requested", "Amount requested (£)", hint="Such as 4,500."),
    FormQuestion("start_on", "Start date", "day"),
    FormQuestion(
        "purposes", "Purposes: which?", "ticks", choices=("Make it safe", "Make it: strong", "Trust")
    ),
    FormQuestion("criterion A1", "Local need", "text", "Who was asked?", 8),
    FormQuestion("check 1", "Is the group constituted, with its own account?", "choice", choices=YES_NO),
)
LAST = (FormQuestion("declared", "All of this is true", "agree"), FormQuestion("declared_on", "Date", "day"))
LABELS = [one.label for one in (*GROUP, *LAST)]
PLAIN = BlankForm(
    office="Office of Westmarch",
    **AUTUMN,
    subject="Active Citizens Fund, Autumn: application form",
    code=form_code("ACF", ("Active Citizens Fund", "2026/27", "Autumn"), LABELS),
    about=("Fill it in.",),
    how=("Send it.",),
    closing=(("Applications close", "9 October 2026"),),
    contact=(("E-mail", "grants@office.example"),),
    privacy=(),
    information=(),
    kept_for=("6 years", "2 years"),
    parts=(FormPart("Your group", GROUP), FormPart("Declaration", LAST)),
)
FORM = replace(PLAIN, privacy=("We keep it for six years.",))
GIVEN = {
    "organisation": "Caffi Trwsio Llanfair & Friends <Ltd>",
    "address": "1 High Street\nWestmarch\n\nZZ1 1ZZ",
    "area": "Dudley",
    "amount_requested": "£4,500.50",
    "start_on": "5 March 2027",
    "purposes 1": "x",
    "purposes 3": "x",
    "criterion A1": "Ślązak ਪੰਜਾਬੀ தமிழ்\n\ttabbed\tand  spaced — “so” 😀\nlast",
    "check 1": "Yes",
    "declared": "x",
}
EXPECTED = ["" if one.kind == "ticks" else GIVEN.get(one.name, "") for one in (*GROUP, *LAST)]
EXPECTED[5], EXPECTED[8] = "Make it safe; Trust", "Yes"
FIELDS = ["organisation", "address", "area", "amount_requested", "start_on"]


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    folder = tmp_path_factory.mktemp("form")
    status = PaperStatus(AT, "ab" * 32)
    return {
        end: write_paper("form", FORM, status, folder / f"form.{end}").read_bytes() for end in ("docx", "pdf")
    }


def read(content: bytes) -> OwnForm:
    found = own_form(content)
    assert found is not None
    assert [answer.label for answer in found.answers] == LABELS
    assert found.code == FORM.code
    return found


def fields(form: OwnForm) -> list[str]:
    return [field_of(answer.name, answer.label) for answer in form.answers]


def texts(content: bytes) -> list[str]:
    return [answer.text for answer in read(content).answers]


def test_what_was_typed_comes_back_by_its_field(blank: Mapping[str, bytes]) -> None:
    word = read(filled_word(blank["docx"], GIVEN))

    assert [answer.text for answer in word.answers] == EXPECTED
    assert fields(word) == [*FIELDS, "", "", "", "", ""]
    assert read(filled_pdf(blank["pdf"], GIVEN)) == word
    typed = {name: _as_typed(text) for name, text in GIVEN.items()}
    assert texts(filled_pdf(blank["pdf"], typed, by_hand=True)) == [_as_typed(text) for text in EXPECTED]


def _as_typed(text: str) -> str:
    """Return what can be typed into a field of PDFium: no tab, and no sign of two parts."""
    return text.replace("\t", " ").replace("😀", "")


def test_the_area_is_told_without_names_and_a_code_of_another_round_is_said() -> None:
    labels = ["Project name", "Local policing area", "Summary of the project", "Date of signing"]

    found = [field_of("", label, above) for above, label in pairwise(["", *labels])]

    assert found == ["project", "area", "summary", ""]
    assert field_of("", "Summary of the project", "Project name") == "summary"

    assert code_words("ACF-AAAA-BBBB", "ACF-AAAA-BBBB") == ""
    assert code_words("ACF-AAAA-BBBB", "") == ""
    assert code_words("ACF-CCCC-BBBB", "ACF-AAAA-BBBB") == (
        "The form is of another round: its code is ACF-CCCC-BBBB, and this round's is ACF-AAAA-BBBB."
    )
    assert code_words("ACF-AAAA-CCCC", "ACF-AAAA-BBBB") == (
        "The form asks other questions than this round does now: its code is ACF-AAAA-CCCC, not "
        "ACF-AAAA-BBBB."
    )


def test_an_import_takes_it_as_a_row_of_its_own_words(blank: Mapping[str, bytes]) -> None:
    setting = Setting("ACF", AreaNames((), ("Coventry", "Dudley")), round_areas=("Coventry", "Dudley"))
    account = GIVEN | {"organisation": "Canal Lane", "criterion A1": "Pay 12-34-56, account number 12345678."}
    forms = [
        read_form(filled_word(blank["docx"], GIVEN), "word.docx"),
        read_form(filled_pdf(blank["pdf"], account), "page.pdf"),
    ]

    word, page = applications_in(book_of(forms, setting.areas), setting).applications

    assert (word.organisation, word.address, word.area) == (GIVEN["organisation"], GIVEN["address"], "Dudley")
    assert (word.requested_pence, word.start_on) == (450_050, date(2027, 3, 5))
    told = dict(word.answers)
    assert (word.need, told["Local need"]) == ("", GIVEN["criterion A1"])
    assert told["Purposes: which?"] == "Make it safe; Trust"
    assert (page.organisation, page.requested_pence) == ("Canal Lane", word.requested_pence)
    assert dict(page.answers)["Local need"] == "Pay [bank details: in the form alone]."
    assert [form.code for form in forms] == [FORM.code] * 2
    assert forms[0].for_round(FORM.code) == forms[0]
    assert forms[0].for_round("VF-AAAA-AAAA").notes == (
        f"word.docx: {code_words(FORM.code, 'VF-AAAA-AAAA')}",
    )
    assert read_form(b"%PDF-1.4 no form", "other.pdf").records == ()


@pytest.mark.parametrize("end", ["docx", "pdf"])
def test_an_empty_form_answers_nothing(blank: Mapping[str, bytes], end: str) -> None:
    assert texts(blank[end]) == [""] * len(LABELS)


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t")
    | st.sampled_from("\n\t  £é"),
    max_size=3000,
)


@settings(max_examples=25, deadline=None)
@given(
    st.fixed_dictionaries(dict.fromkeys(("organisation", "address", "criterion A1"), WORDS)),
    st.booleans(),
)
def test_whatever_is_written_comes_back_alike(
    blank: Mapping[str, bytes], told: dict[str, str], is_agreed: bool
) -> None:
    given = told | ({"declared": "x"} if is_agreed else {})
    expected = [told.get(one.name, "").strip() for one in GROUP] + ["Yes" * is_agreed, ""]

    assert texts(filled_word(blank["docx"], given)) == expected
    assert texts(filled_pdf(blank["pdf"], given)) == expected


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_libreoffice_keeps_it(blank: Mapping[str, bytes], tmp_path: Path) -> None:
    form = tmp_path / "form.docx"
    form.write_bytes(filled_word(blank["docx"], GIVEN))

    for ending in ("odt", "docx"):
        saved = converted(form, ending, tmp_path / ending)
        assert texts(saved.read_bytes()) == EXPECTED, ending
        assert fields(read(saved.read_bytes()))[:2] == FIELDS[:2]


def converted(form: Path, ending: str, folder: Path) -> Path:
    profile = f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(folder), str(form)]
    with_fonts = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    subprocess.run(command, check=True, capture_output=True, env=with_fonts)
    return folder / f"form.{ending}"


@pytest.mark.parametrize("shown", [*PROMPTS.values(), "Click or tap here to enter text."])
def test_a_prompt_that_lost_its_mark_is_no_answer(blank: Mapping[str, bytes], shown: str) -> None:
    assert texts(filled_word(blank["docx"], {"organisation": shown}))[0] == ""


def test_one_whose_controls_or_questions_were_changed_is_read_like_anybody_s(
    blank: Mapping[str, bytes],
) -> None:
    def drop(tree: object) -> None:
        body = tree[0]  # type: ignore[index]
        body.remove(next(one for one in body if next(one.iter(f"{W}sdt"), None) is not None))

    def reword(tree: object) -> None:
        next(text for text in tree.iter(f"{W}t") if text.text == "Local need").text = "Local needs"  # type: ignore[attr-defined]

    assert own_form(changed(blank["docx"], drop)) is None
    assert own_form(changed(blank["docx"], reword)) is None
    assert own_form(filled_word(blank["docx"], {"form_code": "ACF-AAAA-AAAA"})) is None
    assert own_form(filled_word(blank["docx"], {"form_code": "none"})) is None
    assert own_form(filled_pdf(blank["pdf"], {"form_code": "ACF-AAAA-AAAA"})) is None
    assert own_form(blank["pdf"].replace(b"/T (declared)", b"/T (declarer)")) is not None
    assert own_form(blank["pdf"].replace(b"(Local need)", b"(Local meed)")) is None


def test_a_pdf_without_fields_and_any_other_file_are_not_ours(tmp_path: Path) -> None:
    letter = write_document_pdf(Document("Letter", (Para("Dear all"),), AT), tmp_path / "letter.pdf")

    assert own_form(letter.read_bytes()) is None
    assert own_form(b"Dear all") is None
    assert own_form(b"%PDF-1.4 nothing") is None
