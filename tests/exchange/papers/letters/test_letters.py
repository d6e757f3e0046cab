"""Letters are filled from templates that an office may edit, and none leaves without a reason."""

import errno
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest

import resources
from exchange.papers.letters.filling import fill_in
from exchange.papers.letters.templates import open_template
from exchange.papers.letters.writing import MERGED, write_letters
from models.papers.letters import KINDS, Letter, Letters
from models.papers.status import PaperStatus
from models.trouble import Trouble
from scoring.refused import Refused

STATUS = PaperStatus(datetime(2026, 12, 2, 14, 5, tzinfo=UTC), "ab" * 32)
HOSTILE = '=1+1 <b>{offered}</b> & "Co" \x02'
OFFER = Letter(
    kind="offer",
    reference="ACF-001",
    organisation=HOSTILE,
    contact_name="Pat Example",
    address=("1 Made-up Street", "CV1 1AA"),
    project="Boxing",
    asked_pence=450_000,
    offered_pence=450_000,
    reason="Named figures of the area.",
    decline_words="",
    feedback=(("Local need", "Asked those it is for."), ("Outcomes", "Counts who comes.")),
    conditions=("Receipts are kept.",),
    payments=((225_000, "agreement signed"), (225_000, "proof of purchase")),
    notice="031/2026",
    decided_on=date(2026, 12, 2),
)
DECLINE = replace(
    OFFER,
    kind="decline",
    reference="ACF-002",
    organisation="Imaginary Choir",
    offered_pence=None,
    decline_words="The need was not shown.",
    conditions=(),
    payments=(),
)


def letters(*given: Letter) -> Letters:
    return Letters("Example office", "Active Citizens Fund", "Autumn", "2026/27", "OFFICIAL", (), given)


def lines_of(path: Path) -> list[str]:
    return [p.text for p in docx.Document(str(path)).paragraphs if p.text]


def own_template(folder: Path, kind: str, *paragraphs: str) -> Path:
    """Put an office's own template beside the letters."""
    word = docx.Document()
    for text in paragraphs:
        word.add_paragraph(text)
    path = folder / "templates" / f"{kind}.docx"
    path.parent.mkdir(parents=True, exist_ok=True)
    word.save(str(path))
    return path


def test_each_letter_is_a_file_and_all_are_merged(tmp_path: Path) -> None:
    folder = write_letters(letters(OFFER, DECLINE), STATUS, tmp_path / "letters")

    names = sorted(path.name for path in folder.glob("*.docx"))
    assert len(names) == 3
    assert MERGED in names
    assert "ACF-002 Imaginary Choir decline.docx" in names
    assert sorted(path.stem for path in (folder / "templates").iterdir()) == sorted(KINDS)
    merged = lines_of(folder / MERGED)
    assert sum(line.startswith("Dear Pat Example") for line in merged) == 2


def test_what_an_applicant_wrote_is_text_and_never_a_placeholder(tmp_path: Path) -> None:
    folder = write_letters(letters(OFFER), STATUS, tmp_path / "letters")

    lines = lines_of(next(folder.glob("ACF-001*.docx")))
    assert '=1+1 <b>{offered}</b> & "Co"' in [line.strip() for line in lines]
    for line in (
        "2 December 2026",
        "Local need: Asked those it is for.",
        "Outcomes: Counts who comes.",
        "£2,250.00: proof of purchase",
        "Receipts are kept.",
    ):
        assert line in lines


def test_what_comes_to_nothing_is_left_out_with_its_heading(tmp_path: Path) -> None:
    bare = replace(OFFER, conditions=(), feedback=(), payments=())
    folder = write_letters(letters(bare), STATUS, tmp_path / "letters")

    lines = lines_of(next(folder.glob("ACF-001*.docx")))
    assert "Conditions" not in lines
    assert "Why your application was chosen" in lines


def test_the_letter_of_an_award_without_a_competition_speaks_of_no_application(tmp_path: Path) -> None:
    folder = write_letters(letters(replace(OFFER, kind="direct-offer")), STATUS, tmp_path / "letters")

    text = "\n".join(lines_of(next(folder.glob("ACF-001*.docx"))))
    assert "The award is made without a competition." in text
    assert "Why the award is made" in text
    assert not any(words in text for words in ("asked for", "applic", "chosen"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_template_is_sound(kind: str) -> None:
    open_template(resources.path(f"letters/{kind}.docx"))


def test_what_the_reason_says_already_is_not_told_twice(tmp_path: Path) -> None:
    drafted = replace(OFFER, reason="Local need: Asked those it is for.\nIt is near the school.")

    folder = write_letters(letters(drafted), STATUS, tmp_path / "letters")

    text = "\n".join(lines_of(next(folder.glob("ACF-001*.docx"))))
    assert text.count("Asked those it is for.") == 1
    assert text.count("Outcomes: Counts who comes.") == 1


def test_a_template_with_the_feedback_alone_has_all_of_it(tmp_path: Path) -> None:
    drafted = replace(DECLINE, reason="Local need: Asked those it is for.")
    own_template(tmp_path, "decline", "{feedback}")

    folder = write_letters(letters(drafted), STATUS, tmp_path)

    lines = lines_of(next(folder.glob("ACF-002*.docx")))
    assert lines == ["Local need: Asked those it is for.", "Outcomes: Counts who comes."]


def test_an_edited_template_counts(tmp_path: Path) -> None:
    own_template(tmp_path, "decline", "From {office} to {organisation}:", "{reason}")

    folder = write_letters(letters(DECLINE), STATUS, tmp_path)

    lines = lines_of(next(folder.glob("ACF-002*.docx")))
    assert lines == [
        "From Example office to Imaginary Choir:",
        "The need was not shown.",
        "Named figures of the area.",
    ]


def test_a_placeholder_may_be_parted_by_dress(tmp_path: Path) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph()
    for text, bold in (("To {organ", True), ("isation}", False), (" now, {reason}", False)):
        paragraph.add_run(text).bold = bold

    fill_in(word, {"organisation": ("Choir",), "reason": ("why",)})

    assert word.paragraphs[0].text == "To Choir now, why"
    assert word.paragraphs[0].runs[0].bold


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{organistion} {reason}", "offer.docx has {organistion}, which is no placeholder"),
        ("{reason} and {", "a brace that belongs to no placeholder"),
        ("Dear all", "neither {reason} nor {feedback}"),
    ],
)
def test_a_faulty_template_is_refused_before_anything_is_written(
    tmp_path: Path, text: str, words: str
) -> None:
    own_template(tmp_path, "offer", text)

    with pytest.raises(Refused, match=words.replace("{", r"\{").replace("}", r"\}")):
        write_letters(letters(DECLINE), STATUS, tmp_path)

    assert not list(tmp_path.glob("*.docx"))


def test_a_template_that_is_no_word_document_is_named(tmp_path: Path) -> None:
    path = own_template(tmp_path, "offer", "{reason}")
    path.write_bytes(b"PK but not a zip")

    with pytest.raises(Trouble, match=r"offer\.docx is not a Word document"):
        write_letters(letters(OFFER), STATUS, tmp_path)


def test_old_and_new_letters_are_never_mixed(tmp_path: Path) -> None:
    write_letters(letters(OFFER), STATUS, tmp_path)

    with pytest.raises(Refused, match="holds letters already"):
        write_letters(letters(DECLINE), STATUS, tmp_path)


def test_a_letter_without_a_reason_is_refused() -> None:
    with pytest.raises(Refused, match="No letter leaves without a reason, and ACF-001 has none"):
        letters(replace(OFFER, reason=" ", feedback=()), DECLINE)


def test_a_cancelled_writing_leaves_no_letter(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_letters(letters(OFFER, DECLINE), STATUS, tmp_path, stop)

    assert not list(tmp_path.glob("*.docx"))


def test_a_disk_that_fills_up_at_the_templates_leaves_neither_letter_nor_half_a_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(source: Path, target: Path) -> None:
        target.write_bytes(Path(source).read_bytes()[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("exchange.papers.letters.writing.shutil.copyfile", half)

    with pytest.raises(Trouble, match="the disk is full"):
        write_letters(letters(OFFER), STATUS, tmp_path)

    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
