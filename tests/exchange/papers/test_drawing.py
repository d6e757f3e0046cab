"""An issue is drawn once: what was summed is what is written, in every form and for every letter."""

import json
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from msgspec.structs import replace

from exchange.papers.checking.layout_sums import otherwise_laid_out
from exchange.papers.checking.paper_against import compared
from exchange.papers.drawing import draw, draw_letters
from exchange.papers.letters.writing import MERGED
from exchange.papers.paper_reading import read_paper
from exchange.papers.paper_writing import write_paper
from models.papers.letters.letters import LetterFiles
from models.trouble import Trouble
from tests.exchange.papers.letters.test_letters import DECLINE, OFFER, STATUS, letters, own_template
from tests.exchange.papers.test_minutes import values

FORMS = (".docx", ".pdf")


def test_every_form_is_drawn_with_its_sums_and_written_as_it_was_drawn(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    drawn = draw("minutes", values(), STATUS, lambda done, total: steps.append((done, total)))

    path = drawn.write(tmp_path / "minutes.pdf")

    assert path.read_bytes() == write_paper("minutes", values(), STATUS, tmp_path / "again.pdf").read_bytes()
    assert list(json.loads(drawn.laid_out)) == list(drawn.files) == [".pdf", ".docx"]
    assert (steps == sorted(steps), steps[-1]) == (True, (2000, 2000))


def test_letters_from_a_template_of_the_office_are_known_by_their_sums_on_any_day(tmp_path: Path) -> None:
    own_template(tmp_path, "offer", "{today}", "Dear friends", "{reason}")
    value = letters(OFFER, DECLINE)
    drawn = draw_letters(value, STATUS, tmp_path, LetterFiles(True, True, True))

    drawn.write(tmp_path)

    letter = next(path for path in tmp_path.glob("*.docx") if path.name.endswith("offer.docx"))
    assert "Dear friends" in [each.text for each in docx.Document(str(letter)).paragraphs]
    assert (tmp_path / f"{MERGED}.docx").is_file()
    assert len(list((tmp_path / "E-mails").iterdir())) == 2
    later = replace(STATUS, made_at=STATUS.made_at + timedelta(days=3))
    other = tmp_path / "other"
    own_template(other, "offer", "{today}", "Dear friends", "{reason}")
    write_paper("letters", value, later, other, files=LetterFiles(pdfs=True))
    for path in (folder / letter.with_suffix(end).name for folder in (tmp_path, other) for end in FORMS):
        printed = read_paper(path)
        assert compared(printed, "letters", value, STATUS, drawn.laid_out).differences == ()
    forged = docx.Document(str(letter))
    forged.add_paragraph("And £500 more")
    forged.save(str(letter))
    assert otherwise_laid_out(read_paper(letter), drawn.laid_out) == ("the text",)
    assert compared(read_paper(letter), "letters", value, STATUS, drawn.laid_out).differences


def test_where_one_letter_cannot_be_written_none_is(tmp_path: Path) -> None:
    drawn = draw_letters(letters(OFFER, DECLINE), STATUS, tmp_path, LetterFiles())
    last = [name for name in drawn.files if "/" not in name][-1]
    (tmp_path / last / "in the way").mkdir(parents=True)

    with pytest.raises((Trouble, OSError)):
        drawn.write(tmp_path)

    assert [path.name for path in tmp_path.glob("*.docx")] == [last]
