"""Our side of the window's start: it says a word as soon as the first page shows the record's figures."""

import sys

from gui.start import begin


def main(record: str) -> None:
    """Start as the program itself does, and say when the figures are painted."""
    begin()
    from benchmarks.window.first_paint import tell_first_paint  # after what PySide is not to look through
    from gui.app import Program
    from gui.pages.overview.page import OverviewPage

    program = Program([record])
    window = program.window.main

    def has_figures() -> bool:
        page = window.pages.current
        return isinstance(page, OverviewPage) and page.shows_figures

    teller = tell_first_paint(window, has_figures)
    program.run()
    del teller


if __name__ == "__main__":
    main(sys.argv[1])
