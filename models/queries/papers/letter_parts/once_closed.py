"""What a letter says once its round is closed: nothing is decided in it any more, nor promised."""

from msgspec.structs import replace

from models.papers.letters.letter import Letter
from models.papers.letters.letter_kinds import DEFER, INCOMPLETE, UNDECIDED
from scoring.schedule.lines import PanelOutcome


def once_closed(letter: Letter) -> Letter:
    """Return a letter as its closed round leaves it.

    The reserve list ended with the round; what is not decided is asked for nothing and hears of no decision.
    """
    if letter.kind == PanelOutcome.RESERVE:
        declined = PanelOutcome.DECLINE.value
        return replace(letter, kind=declined, reason="", held=None, is_list_ended=True)
    if letter.kind in (UNDECIDED, DEFER):
        return replace(letter, wanted=(), send_by=None, answer_by=None, is_over=True)
    if letter.kind == INCOMPLETE:
        return replace(letter, is_money_spent=False, send_by=None, answer_by=None, is_open=False)
    return letter
