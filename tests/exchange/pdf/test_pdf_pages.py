"""Pages, once they are written, are let go of."""

import gc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from weakref import ref

from reportlab.platypus import Flowable

from exchange.pdf.fonts import register_fonts
from exchange.pdf.pdf_pages import RUNNING_TITLE, Bookmark, Document, PageWords
from exchange.pdf.pdf_text import para


class _Noting(Flowable):  # type: ignore[misc]
    """A flowable that notes on what it is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Any] = []

    def draw(self) -> None:
        """Note the canvas and its tags, without holding them."""
        self.seen += [ref(self.canv), ref(self.canv._doc), ref(self.canv.tags)]


def test_what_was_drawn_goes_with_the_file_and_waits_for_no_look_for_unused_objects(tmp_path: Path) -> None:
    register_fonts()
    words, noting = PageWords("A list", "OFFICIAL", "Draft", True, ("", "")), _Noting()
    was_on = gc.isenabled()
    gc.disable()

    story = [Bookmark("Part"), para("Words", RUNNING_TITLE), noting]
    Document(tmp_path / "p.pdf", words, datetime(2026, 12, 2, tzinfo=UTC)).write(story)
    left = [seen() for seen in noting.seen]
    if was_on:
        gc.enable()

    assert left == [None, None, None]
