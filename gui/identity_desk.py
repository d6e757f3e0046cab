"""Change who is using this laptop: asked plainly, confirmed where it ends what can be undone."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.identity import TITLE, Chosen, IdentityDialog
from gui.identity import identity_of
from gui.pages.page import Identity, PageTools
from gui.rounds import Rounds
from gui.text import counted
from gui.widgets.status_strip import StatusStrip
from models.operation import Outcome

NOBODY = "Nobody named yet"
"""What the foot says before anybody said who is using the window."""


class IdentityDesk(QObject):
    """Ask, confirm, keep, and show it in the strip at the foot."""

    def __init__(self, tools: PageTools, rounds: Rounds, strip: StatusStrip) -> None:
        super().__init__(tools)
        self._tools = tools
        self._rounds = rounds
        self._strip = strip
        strip.person_asked.connect(self.ask)
        self._is_open = False
        tools.identity_changed.connect(self._show)
        rounds.shown.connect(self._follow)
        tools.workspace.closed.connect(self._leave)
        self._show()

    @Slot()
    def ask(self) -> None:
        """Ask who is using the laptop."""
        tools, place = self._tools, self._rounds.place
        dialog = IdentityDialog(
            tools.look,
            self._rounds.parts,
            tools.identity,
            tools.dialogs.window,
            has_round=place is not None and not self._is_copy(),
        )
        dialog.chosen.connect(self._weigh)
        tools.dialogs.show(dialog)

    @Slot(object)
    def _weigh(self, chosen: Chosen) -> None:
        """Use the name at once, or say first what can then no longer be undone."""
        tools, identity = self._tools, identity_of(chosen.part, self._rounds.parts)
        undoable = tools.workspace.undo_stack.count()
        if identity == tools.identity or (not undoable and not chosen.is_new):
            self._use(identity)
        elif not undoable:
            self._give(chosen)
        else:
            words = (
                f"From now on, changes are recorded as made by {identity.words}.",
                f"{counted(undoable, 'earlier change', 'earlier changes')} can then no longer be undone.",
            )
            dialog = ConfirmDialog(
                tools.look, TITLE, words, f"Continue as {identity.name}", tools.dialogs.window
            )
            dialog.agreed.connect(partial(self._give, chosen))
            tools.dialogs.show(dialog)

    def _give(self, chosen: Chosen) -> None:
        """Give the person their role in the round first, when they are new to it."""
        place = self._rounds.place
        if chosen.is_new and place is not None:
            from models.operations.people import GiveRole  # no operation is needed to open the window

            operation = GiveRole(place.line.round_id, chosen.part.name, chosen.part.role)
            self._tools.workspace.perform(operation, partial(self._given, chosen))
        else:
            self._use(identity_of(chosen.part, self._rounds.parts))

    def _given(self, chosen: Chosen, outcome: Outcome) -> None:
        self._use(identity_of(chosen.part, self._rounds.parts))

    def _use(self, identity: Identity) -> None:
        settings = self._tools.settings
        settings.person, settings.role = identity.name, identity.role
        settings.member = identity.member or ""
        self._tools.use_as(identity)

    @Slot()
    def _follow(self) -> None:
        """Name the person in the role that they have in the record, now that it is known."""
        self._is_open = self._tools.workspace.facts is not None
        self._show()

    @Slot()
    def _leave(self) -> None:
        self._is_open = False
        self._show()

    @Slot()
    def _show(self) -> None:
        """Say who it is: a role is of a record, and the computer's own name for its user is nobody's."""
        named = self._tools.settings.person or NOBODY
        self._strip.show_person(self._tools.identity.words if self._is_open else named)

    def _is_copy(self) -> bool:
        facts = self._tools.workspace.facts
        return facts is not None and facts.is_copy
