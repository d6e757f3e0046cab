"""The actions of the page: it asks what is wanted, then has the record do it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject

from gui.pages.deciding.challenges.dialogs import AnswerDialog, Asked, ChallengeDialog, DoneDialog
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.record.made_change import perform_made
from models.operations.deciding.challenges import AddChallenge, RemoveChallenge, SetChallenge
from models.papers.kinds import CHALLENGE_LETTERS
from models.queries.deciding.challenges import HeldChallenge, answer_days, next_challenge
from models.values.awards import Challenge
from models.values.rounds import RoundKey, RoundLine


class ChallengeController(QObject):
    """It asks, makes the change, and leaves the record to refuse it."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def ask_new(self, line: RoundLine, applications: Sequence[tuple[str, str]]) -> None:
        """Ask for a challenge to a decision of a round."""
        box = ChallengeDialog(self._tools.look, applications, None, self._tools.dialogs.window)
        box.asked.connect(partial(self._work_out, line.round_id))
        self._tools.dialogs.show(box)

    def _work_out(self, round_id: int, asked: Asked) -> None:
        """Ask the record by when it is answered and which number it has, then record it."""
        make = partial(_added, round_id=round_id, asked=asked)
        perform_made(self._tools.workspace, make, self._tools.toast_outcome)

    def ask_change(self, held: HeldChallenge) -> None:
        """Ask what is known of a challenge now."""
        box = ChallengeDialog(self._tools.look, (), held, self._tools.dialogs.window)
        box.asked.connect(partial(self._change, held))
        self._tools.dialogs.show(box)

    def _change(self, held: HeldChallenge, asked: Asked) -> None:
        becomes = replace(
            held.challenge,
            asked_by=asked.asked_by,
            grounds=asked.grounds,
            address=asked.address,
            received_on=asked.received_on,
            due_on=asked.due_on or held.challenge.due_on,
            acknowledged_on=asked.acknowledged_on,
            looked_at_by=asked.looked_at_by,
            looked_at_post=asked.looked_at_post,
        )
        self._set(held, becomes)

    def acknowledge(self, held: HeldChallenge) -> None:
        """Record that it was acknowledged today; undo takes it back."""
        self._set(held, replace(held.challenge, acknowledged_on=current_day()))

    def ask_answer(self, held: HeldChallenge) -> None:
        """Ask what was found, by whom and why."""
        box = AnswerDialog(self._tools.look, held, self._tools.dialogs.window)
        box.answered.connect(partial(self._set, held))
        self._tools.dialogs.show(box)

    def ask_done(self, held: HeldChallenge) -> None:
        """Ask what was done on an answer that calls for a new decision."""
        box = DoneDialog(self._tools.look, held, self._tools.dialogs.window)
        box.named.connect(partial(self._name, held))
        self._tools.dialogs.show(box)

    def _name(self, held: HeldChallenge, done_by: str) -> None:
        self._set(held, replace(held.challenge, carried_out_by=done_by))

    def _set(self, held: HeldChallenge, becomes: Challenge) -> None:
        if becomes != held.challenge:
            operation = SetChallenge(held.round_id, held.application, held.number, becomes, held.challenge)
            self._tools.perform(operation)

    def remove(self, held: HeldChallenge) -> None:
        """Take a challenge out that was recorded by mistake; undo brings it back."""
        self._tools.perform(RemoveChallenge(held.round_id, held.application, held.number, held.challenge))

    def open_decision(self, held: HeldChallenge, line: RoundLine) -> None:
        """Go to the decision in its own round: there it is corrected, which is a new decision."""
        self._tools.choose_round(RoundKey(line.fund_code, line.year, line.name))
        self._tools.go("decisions", held.application)

    def open_letters(self, line: RoundLine) -> None:
        """Go to the letters on the challenges of its own round."""
        self._tools.choose_round(RoundKey(line.fund_code, line.year, line.name))
        self._tools.go("exports", CHALLENGE_LETTERS)

    def open_award(self, held: HeldChallenge, line: RoundLine) -> None:
        """Go to the award in its own round: there it is varied, and its money asked back."""
        self._tools.choose_round(RoundKey(line.fund_code, line.year, line.name))
        self._tools.go("awards", held.application)


def _added(session: Any, round_id: int, asked: Asked) -> AddChallenge:
    due = asked.due_on or answer_days(session, asked.received_on).answer_by
    said = (asked.kind, asked.asked_by, asked.grounds, asked.received_on, due, asked.acknowledged_on)
    challenge = Challenge(*said, asked.looked_at_by, asked.looked_at_post, address=asked.address)
    return AddChallenge(round_id, asked.application, next_challenge(session), challenge)
