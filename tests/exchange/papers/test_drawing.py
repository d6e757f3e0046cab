"""An issue is drawn once: what the record keeps is what is written, in every form and for every letter."""

from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path

import docx
import pytest

from exchange.papers.drawing import draw, draw_letters
from exchange.papers.letters.writing import MERGED
from exchange.papers.paper_writing import write_paper
from models.papers.issued import IssuedFile, PaperFile, file_sum
from models.papers.letters.letters import LetterFiles
from models.trouble import Trouble
from tests.exchange.papers.letters.test_letters import DECLINE, OFFER, REASON, STATUS, letters, own_template
from tests.exchange.papers.test_minutes import MINUTES


def test_every_form_is_drawn_kept_and_written_as_it_was_drawn(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    drawn = draw("minutes", MINUTES, STATUS, lambda done, total: steps.append((done, total)))

    path = drawn.write(tmp_path / "minutes.pdf")

    assert path.read_bytes() == write_paper("minutes", MINUTES, STATUS, tmp_path / "again.pdf").read_bytes()
    assert [(one.name, one.sha256, one.is_kept) for one in drawn.issued] == [
        (name, file_sum(content), True) for name, content in drawn.files.items()
    ]
    assert (list(drawn.files), drawn.contents) == ([".pdf", ".docx"], tuple(drawn.files.values()))
    assert (steps == sorted(steps), steps[-1]) == (True, (2000, 2000))


def test_letters_come_from_a_template_of_the_office_with_what_goes_beside_them(tmp_path: Path) -> None:
    own_template(tmp_path, "offer", "{{ today | day }}", "Dear friends", REASON)

    draw_letters(letters(OFFER, DECLINE), STATUS, tmp_path, LetterFiles(True, True, True)).write(tmp_path)

    letter = next(path for path in tmp_path.glob("*.docx") if path.name.endswith("offer.docx"))
    assert "Dear friends" in [each.text for each in docx.Document(str(letter)).paragraphs]
    assert (tmp_path / f"{MERGED}.docx").is_file()
    assert len(list((tmp_path / "E-mails").iterdir())) == 2


@pytest.mark.parametrize(("pdfs", "sent"), [(False, ".docx"), (True, ".pdf")])
def test_of_each_letter_the_form_that_is_sent_is_kept(tmp_path: Path, sent: str, *, pdfs: bool) -> None:
    drawn = draw_letters(letters(OFFER, DECLINE), STATUS, tmp_path, LetterFiles(True, False, pdfs))

    kept = sorted((one for one in drawn.issued if one.is_kept), key=lambda one: one.about)

    assert [(one.about, one.name.endswith(sent)) for one in kept] == [
        (OFFER.reference, True),
        (DECLINE.reference, True),
    ]
    others = {one.name for one in drawn.issued} - {one.name for one in kept}
    assert others >= {f"{MERGED}.docx"}
    assert not any("E-mails" in name for name in others), "what lies in a folder within is no paper"


def test_a_letter_that_was_issued_is_given_back_as_it_was_with_what_goes_beside_it(tmp_path: Path) -> None:
    value = letters(OFFER, DECLINE)
    first = draw_letters(value, STATUS, tmp_path, LetterFiles())
    name = next(one.name for one in first.issued if one.about == OFFER.reference)
    word, was = docx.Document(BytesIO(first.files[name])), BytesIO()
    word.paragraphs[-1].add_run("As it was.")
    word.save(was)
    kept = IssuedFile(None, PaperFile(name, "", 0), content=was.getvalue())  # type: ignore[arg-type]

    again = draw_letters(value, STATUS, tmp_path, LetterFiles(mails=True), issued=(kept,))

    assert again.files[name] == was.getvalue()
    (mail,) = (content for place, content in again.files.items() if place.startswith("E-mails/ACF-001"))
    (attached,) = message_from_bytes(mail, policy=policy.default).iter_attachments()
    assert attached.get_content() == was.getvalue(), "the letter as it was goes with it"
    whole = docx.Document(BytesIO(again.files[f"{MERGED}.docx"]))
    assert [each.text for each in whole.paragraphs if each.text.endswith("As it was.")]


def test_where_one_letter_cannot_be_written_none_is(tmp_path: Path) -> None:
    drawn = draw_letters(letters(OFFER, DECLINE), STATUS, tmp_path, LetterFiles())
    last = [name for name in drawn.files if "/" not in name][-1]
    (tmp_path / last / "in the way").mkdir(parents=True)

    with pytest.raises((Trouble, OSError)):
        drawn.write(tmp_path)

    assert [path.name for path in tmp_path.glob("*.docx")] == [last]
