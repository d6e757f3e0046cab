"""Writing the forms of a paper: what fails says what is there already."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.papers.source import write_forms
from gui.record.runner import Ticket
from models.trouble import Trouble

FULL = "Award.pdf could not be written because the disk is full."


@pytest.mark.parametrize(
    ("forms", "version", "said"),
    [
        ((".pdf",), None, FULL),
        ((".xlsx", ".pdf"), None, f"{FULL} Written before that: “Award.xlsx”."),
        (
            (".xlsx", ".pdf"),
            2,
            f"{FULL} Written before that: “Award.xlsx”. Version 2 was still issued in the record. "
            "Write it again.",
        ),
    ],
)
def test_a_form_that_cannot_be_written_says_which_were(
    qtbot: QtBot, tmp_path: Path, forms: tuple[str, ...], version: int | None, said: str
) -> None:
    def write(path: Path, _: object) -> Path:
        if path.suffix == ".pdf":
            raise Trouble(FULL)
        path.write_bytes(b"made")
        return path

    with pytest.raises(Trouble) as no:
        write_forms(write, tmp_path, "Award", forms, version, Ticket("Writing"))

    assert str(no.value) == said
