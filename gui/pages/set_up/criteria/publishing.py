"""Publishing and amending a round's criteria: asked, refused with what is wrong, or done."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot

from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.stage import continue_as_chair
from gui.pages.page import PageTools
from gui.pages.set_up.criteria.amend_dialog import AmendDialog
from gui.pages.set_up.criteria.draft import Draft
from gui.pages.set_up.criteria.page_words import only_the_chair, publishing
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice, Remedy
from models.operation import Outcome
from models.operations.set_up.scheme import AmendScheme, PublishScheme, amendment_fault
from models.queries.set_up.criteria import CriteriaFacts, TouchedSheet, sheets_touched
from models.queries.set_up.office import Part
from models.role import Role
from models.session import Session
from scoring.publishing import scheme_faults
from scoring.scheme import Scheme

SUBJECT = "criteria"


class Publishing(QObject):
    """The two actions of the chair on this page."""

    def __init__(self, tools: PageTools, draft: Draft, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._draft = draft
        self._is_told = False

    def ask(self, facts: CriteriaFacts) -> bool:
        """Ask to publish; say what stands in the way and return False where something does."""
        self._draft.flush()
        if not self._may(facts):
            return False
        dialogs = self._tools.dialogs
        words = publishing(facts)
        box = ConfirmDialog(
            self._tools.look, "Publish the criteria", words, "Publish criteria", dialogs.window
        )
        box.agreed.connect(partial(self._publish, facts.line.round_id, self._draft.scheme))
        dialogs.show(box)
        return True

    def ask_amendment(self, facts: CriteriaFacts) -> bool:
        """Ask for the reason of an amendment, beside the sheets it touches; say first what refuses it."""
        if not self._may(facts):
            return False
        scheme = self._draft.scheme
        round_id = facts.line.round_id
        operation = partial(AmendScheme, round_id, scheme, self._draft.stored)
        query = partial(_looked_at, round_id=round_id, scheme=scheme, replacing=self._draft.stored)
        self._tools.workspace.ask(query, partial(self._show_touched, facts, operation))
        return True

    def may_amend(self, facts: CriteriaFacts) -> bool:
        """Whether the person may amend; says who may where not."""
        if not self._tools.identity.may("amend scheme"):
            tools = self._tools
            chair = Part(facts.chair, Role.CHAIR)
            person = Remedy(continue_as_chair(facts.chair), partial(tools.continue_as, chair))
            panel = Remedy("Panel & interests", partial(tools.go, "panel"))
            self._say(Tone.INFORMATION, only_the_chair(facts), person if facts.chair else panel)
            return False
        self._tools.notices.settle(SUBJECT)
        return True

    @Slot()
    def look_again(self) -> None:
        """Say what stands in the way of an amendment as it is now, once that was said.

        What is told of a draft goes by itself as the next change of it is saved.
        """
        if self._is_told and self._draft.is_amending:
            self._tell_faults()

    def _may(self, facts: CriteriaFacts) -> bool:
        return not self._tell_faults() and self.may_amend(facts)

    def _tell_faults(self) -> bool:
        """Tell of what stands in the way; return whether anything does."""
        faults = " ".join(scheme_faults(self._draft.scheme))
        self._is_told = bool(faults)
        if faults:
            self._say(Tone.DANGER, f"The criteria cannot be published yet. {faults}")
        else:
            self._tools.notices.settle(SUBJECT)
        return self._is_told

    def _say(self, tone: Tone, words: str, *remedies: Remedy) -> None:
        self._tools.notices.show_notice(Notice(SUBJECT, tone, words, remedies, passes=True))

    def _publish(self, round_id: int, scheme: Scheme) -> None:
        self._tools.workspace.perform(PublishScheme(round_id, scheme), self._done)

    def _show_touched(
        self,
        facts: CriteriaFacts,
        amend: Callable[[str], AmendScheme],
        looked_at: tuple[str, tuple[TouchedSheet, ...]],
    ) -> None:
        fault, touched = looked_at
        if fault:
            self._say(Tone.DANGER, f"The amendment cannot be published. {fault}")
            return
        dialogs = self._tools.dialogs
        version = facts.versions[-1].version + 1
        box = AmendDialog(self._tools.look, version, touched, dialogs.window)
        box.agreed.connect(partial(self._amend, amend))
        dialogs.show(box)

    def _amend(self, amend: Callable[[str], AmendScheme], reason: str) -> None:
        operation = amend(reason)
        self._tools.workspace.perform(operation, partial(self._amended, operation.scheme))

    def _amended(self, scheme: Scheme, outcome: Outcome) -> None:
        self._draft.start(scheme)
        self._done(outcome)

    def _done(self, outcome: Outcome) -> None:
        self._tools.toast(outcome.words)


def _looked_at(
    session: Session, round_id: int, scheme: Scheme, replacing: Scheme
) -> tuple[str, tuple[TouchedSheet, ...]]:
    """Return why an amendment would be refused, "" where it would not, and the sheets that it touches."""
    fault = amendment_fault(session, round_id, scheme, replacing)
    return fault, sheets_touched(session, round_id, scheme)
