"""Our side of the window's start: it says a word as soon as the first page is there, or its figures are."""

import sys

from gui.start import begin

PAGE = "page"
"""Named after the record where the page itself is waited for, with the record's name, people and round."""


def main(record: str, waited_for: str = "") -> None:
    """Start as the program itself does, and say when the figures are painted, or the page."""
    begin()
    from benchmarks.window.first_paint import tell_first_paint  # loaded as the program loads it
    from gui.app import Program
    from gui.pages.overview.page import OverviewPage
    from gui.performance.turns import PaintTurn

    program = Program([record])
    window, rounds = program.window.main, program.window.controller.rounds

    def is_there() -> bool:
        page = window.pages.current
        if not isinstance(page, OverviewPage) or rounds.place is None:
            return False
        return waited_for == PAGE or page.shows_figures

    teller = tell_first_paint(window, is_there)
    paint_turn = window.findChild(PaintTurn)
    assert paint_turn is not None
    window.installEventFilter(paint_turn)  # once more, so that it comes before the teller
    program.run()
    del teller


if __name__ == "__main__":
    main(*sys.argv[1:])
