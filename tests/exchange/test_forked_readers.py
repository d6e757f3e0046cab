"""A reading process that is forked says what one says that is started as the program starts it."""

import subprocess
from pathlib import Path

import pytest

from exchange.papers.templates.word_texts import request_of
from exchange.reading import sheets
from exchange.reading.guard import REGISTER_BYTES
from exchange.reading.pages import Shape
from exchange.reading.sheets import start_worker
from tests.exchange.forked_readers import LOADED

LIST = b"Reference,Amount\nA-1,40\n"
TOLD = {
    "pages": b"%d\n%b" % (len(LIST), LIST),
    "register": b"{}\n",
    "words": request_of(["{{ count }} pages"], [Shape("pages", 2, (300, 200))]),
}


@pytest.mark.parametrize("kind", ["book", *LOADED])
def test_both_say_the_same(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, said = tmp_path / "list.csv", []
    file.write_bytes(LIST)
    for program in (subprocess, sheets.subprocess):
        monkeypatch.setattr(sheets, "subprocess", program)
        with start_worker(file, kind, TOLD.get(kind, LIST)) as worker:
            said.append([line for line in worker.lines(60, REGISTER_BYTES) if line])

    assert said[0] == said[1]
    assert said[0]
