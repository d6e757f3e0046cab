"""Why a person has no sheet before them, and the button that leads on from there."""

from collections.abc import Sequence
from typing import NamedTuple

from gui.pages.page import DECLARE
from gui.pages.panel.scoring.words import (
    CHOOSE_PERSON,
    DECLARE_FIRST,
    NO_SHEETS,
    NOT_SCORING,
    SCORE_AFTER_ALL,
    no_sheet_words,
    paper_words,
    too_few_words,
)
from models.queries.panel.score_sheets import ScoreSheets, SheetLine


class NoSheet(NamedTuple):
    """What is said in place of a sheet.

    `button` is what leads on, "" for nothing, and `why_not` why it does nothing here, "" when it does.
    """

    words: str
    button: str = ""
    why_not: str = ""


def no_sheet(
    sheets: ScoreSheets, lines: Sequence[SheetLine], paper: str | None, *, is_shared: bool
) -> NoSheet | None:
    """Return why none of these lines is shown as a sheet, None where they are.

    `paper` names the member whose paper sheets the office types in, None for a member's own sheets;
    `is_shared` says that the record lies on a server.
    """
    is_paper = paper is not None
    if sheets.member is None:
        words = no_sheet_words(is_paper=is_paper, is_shared=is_shared)
        return NoSheet(words, "" if is_shared else CHOOSE_PERSON)
    if not sheets.has_declared:
        return NoSheet(DECLARE_FIRST if paper is None else paper_words(paper), DECLARE)
    if lines:
        return None
    if not sheets.scores and not is_paper:
        return NoSheet(NOT_SCORING + too_few_words(sheets), SCORE_AFTER_ALL, sheets.why_not_scoring)
    return NoSheet(NO_SHEETS)
