"""Change who is using this laptop: two acts, and before the second it is said what that ends."""

from functools import partial

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidgetAction

from gui.access.identity import (
    SOMEBODY_ELSE,
    STRANGER,
    Chosen,
    giving,
    identity_form,
    identity_of,
    offered,
    part_words,
)
from gui.listed.form import show_form
from gui.pages.page import Identity, PageTools
from gui.shell.rounds import Rounds
from gui.text import counted
from gui.theme.look import look
from gui.widgets.frame.status_strip import StatusStrip
from gui.widgets.label import Label
from models.operation import Outcome
from models.queries.set_up.office import Part

SIGNED_ON = (
    "You are signed on to the office server as {}. Everybody else signs on there with their own login."
)
NOBODY = "Nobody named yet"
"""What the foot says before anybody said who is using the window."""


class IdentityController(QObject):
    """Offer or ask, keep, and show it in the strip at the foot."""

    def __init__(self, tools: PageTools, rounds: Rounds, strip: StatusStrip) -> None:
        super().__init__(tools)
        self._tools = tools
        self._rounds = rounds
        self._strip = strip
        strip.person.clicked.connect(self.offer)
        self.menu = QMenu(strip.person)
        self.menu.setAccessibleName("Who is using this laptop?")
        self.menu.triggered.connect(self._take_entry)
        self._before: tuple[Part, ...] = ()
        tools.identity_changed.connect(self._show)
        tools.person_named.connect(self._continue_as)
        rounds.shown.connect(self._show)
        rounds.unknown.connect(self.ask)
        tools.workspace.closed.connect(self._leave)
        self._show()

    @Slot()
    def offer(self) -> None:
        """Offer the people of the record over the foot of the window; without a record, ask."""
        if self._is_own():
            return
        if self._tools.workspace.facts is None:
            self.ask()
        else:
            self._fill_menu()
            self.menu.popup(self._strip.person.mapToGlobal(QPoint(0, -self.menu.sizeHint().height())))

    def _fill_menu(self) -> None:
        """Offer the people with their roles, the one who is here ticked, under what changing ends."""
        menu, effect, parts, px = self.menu, self._effect(), self._rounds.parts, look.px
        menu.clear()
        if effect:  # a greyed entry would be hard to read
            words, said = Label(effect, size=12, tone="text2"), QWidgetAction(menu)
            words.setContentsMargins(px(12), px(6), px(12), px(6))
            said.setDefaultWidget(words)
            said.setText(effect)
            menu.addAction(said)
            menu.addSeparator()
        for part in self._people():
            if part.role:
                action = menu.addAction(part_words(part).replace("&", "&&"))
                action.setData(part)
                action.setCheckable(True)
                if identity_of(part, parts) == self._tools.identity:
                    action.setChecked(True)
                    menu.setActiveAction(action)
        menu.addSeparator()
        menu.addAction(SOMEBODY_ELSE)

    @Slot(QAction)
    def _take_entry(self, action: QAction) -> None:
        """Go on as the person pressed, or ask who else it is; what a change ends is only said."""
        part = action.data()
        if part is not None:
            self._give(Chosen(part, is_new=False))
        elif action.text() == SOMEBODY_ELSE:
            self._show_dialog(asks_another=True)

    def _people(self) -> tuple[Part, ...]:
        """Return the round's people and all others who used the record, those of this sitting as well.

        On a server it is whoever signed on alone, in each of their roles.
        """
        facts = self._tools.workspace.facts
        signed = None if facts is None else facts.signed_on
        known = offered(self._rounds.parts, (*self._rounds.users, *self._before))
        return tuple(part for part in known if signed is None or part.name == signed.person)

    @Slot()
    def ask(self) -> None:
        """Ask who is using the laptop, or is to have a role in the round."""
        self._show_dialog()

    def _show_dialog(self, meant: Part | None = None, *, asks_another: bool = False) -> None:
        if self._is_own() or self._is_anothers(""):
            return
        tools, place, people = self._tools, self._rounds.place, self._people()
        facts = tools.workspace.facts
        named, held = tools.settings.person, tools.identity
        begun = named if meant is None and self._rounds.is_nobodys(named) else ""
        form = identity_form(
            people if meant is None or meant in people else (meant, *people),
            meant or Part(held.name, held.role, held.member),
            has_round=place is not None and not (facts is not None and facts.is_copy),
            effect=self._effect(),
            begun=begun,
            asks_another=asks_another or bool(begun),
            gives=giving(held, [] if place is None else [area.name for area in place.line.areas]),
        )
        show_form(tools.dialogs, form).given.connect(self._give)

    def _is_own(self) -> bool:
        """Say of a member's own record that it is worked in as that member alone; whether it is one."""
        tools = self._tools
        is_own = tools.workspace.facts is not None and tools.identity.is_away
        if is_own:
            tools.hint(f"This is {tools.identity.name}’s own record: nobody else works in it.")
        return is_own

    def _is_anothers(self, name: str) -> bool:
        """Whether somebody else is signed on than would go on here, which is then said."""
        facts = self._tools.workspace.facts
        if facts is None or facts.signed_on is None or facts.signed_on.person == name:
            return False
        self._tools.hint(SIGNED_ON.format(facts.signed_on.person))
        return True

    def _effect(self) -> str:
        """Say what can no longer be undone once somebody else goes on, "" when nothing can be now."""
        undoable = self._tools.workspace.undo_stack.index()
        if not undoable:
            return ""
        changes = counted(undoable, "earlier change")
        return f"{changes} can no longer be undone once somebody else continues."

    @Slot(object)
    def _continue_as(self, part: Part) -> None:
        """Hand over at once where nothing ends by it, else ask with what it ends, standing on that person."""
        known = (one for one in self._people() if (one.name, one.role) == (part.name, part.role))
        meant = part if part.member else next(known, part)
        if self._effect() and not self._is_anothers(part.name):
            self._show_dialog(meant)
        else:
            self._give(Chosen(meant, is_new=False))

    @Slot(object)
    def _give(self, chosen: Chosen) -> None:
        """Give the person their role in the round first, when they are new to it."""
        if self._is_anothers(chosen.part.name):
            return
        place = self._rounds.place
        is_other = identity_of(chosen.part, self._rounds.parts) != self._tools.identity
        if is_other and chosen.is_new and place is not None:
            from models.operations.set_up.people import GiveRole  # no operation is needed to open the window

            if self._rounds.is_nobodys(self._tools.identity.name):
                self._tools.use_as(identity_of(Part(chosen.part.name, STRANGER)))  # who they said they are
            part, number = chosen.part, place.line.round_id
            operation = GiveRole(number, part.name, part.role, areas=part.areas)
            self._tools.workspace.perform(operation, partial(self._use_part, chosen.part))
        else:
            self._use_part(chosen.part)

    def _use_part(self, part: Part, *_outcome: Outcome) -> None:
        identity = identity_of(part, self._rounds.parts)
        settings, is_other = self._tools.settings, identity != self._tools.identity
        self._rounds.answered = identity.name
        if is_other and self._tools.workspace.facts is not None:
            self._note_leaving(self._tools.identity)
        settings.person, settings.role = identity.name, identity.role
        settings.member = identity.member or ""
        self._tools.use_as(identity)
        if is_other and self._tools.workspace.facts is not None:
            self._tools.hint(f"Changes are now recorded under {identity.words}.")

    def _note_leaving(self, identity: Identity) -> None:
        """Remember who was here, whether or not they changed something."""
        role = identity.role if identity.role == STRANGER else ""
        self._before = tuple(dict.fromkeys((*self._before, Part(identity.name, role))))

    @Slot()
    def _leave(self) -> None:
        self._before = ()
        self._show()

    @Slot()
    def _show(self) -> None:
        """Say who it is: a role is of a record, and the computer's own name for its user is nobody's."""
        named = self._tools.settings.person or NOBODY
        self._strip.show_person(named if self._tools.workspace.facts is None else self._tools.identity.words)
