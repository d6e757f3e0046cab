"""What is being typed, kept against a crash: in the record, or here while its server does not answer."""

from collections.abc import Callable
from functools import partial
from operator import methodcaller
from typing import Protocol

from gui.record.changes import Unsaved, Wish
from gui.record.runner import Failed
from models.operation import Actor
from models.queries.panel.score_sheets import drafts
from models.trouble import Trouble

TYPING = "what is being typed"


class Session(Protocol):
    """What drafts ask of the record's session."""

    @property
    def actor(self) -> Actor:
        """Who is using the window."""

    def waits(self, call: Callable[[], object]) -> bool:
        """Keep a call while the record is locked, and say that it waits."""

    def ask(self, query: Callable[..., dict[str, str]], done: Callable[[dict[str, str]], object]) -> None:
        """Ask the record."""

    def keep_here(self, field: str, text: str) -> None:
        """Keep what is typed on this computer."""


class Drafts:
    """The drafts of whoever uses the window; while the record's server is lost they wait for it here.

    `not_saved` is told of trouble, `failed` of a bug.
    """

    def __init__(self, session: Session, unsaved: Unsaved, not_saved: Failed, failed: Failed) -> None:
        self._session, self._unsaved = session, unsaved
        self._not_saved, self._failed = not_saved, failed
        self._typed: dict[tuple[str, str], str] = {}
        self.is_server_lost = False

    def keep(self, field: str, text: str) -> None:
        """Keep text that is being typed, against a crash; "" drops it. Nothing is told when it is done."""
        person = self._session.actor.name
        if self.is_server_lost:
            self._typed[person, field] = text
            self._session.keep_here(field, text)
        else:
            self._keep_as(person, field, text)

    def _keep_as(self, person: str, field: str, text: str) -> None:
        """Keep what somebody types as theirs, whoever uses the window by then."""
        if not self._session.waits(partial(self._keep_as, person, field, text)):
            do = methodcaller("keep_draft", person, field, text)
            failed, subject = partial(self._could_not_keep, field, text), (person, field)
            self._unsaved.put(Wish(TYPING, do, _nothing, failed, _begin_nothing, subject, is_draft=True))

    def ask(self, start: str, done: Callable[[dict[str, str]], object]) -> None:
        """Ask what the person was typing into the fields whose names start so; `done` gets it by field."""
        self._session.ask(partial(drafts, person=self._session.actor.name, start=start), done)

    def _could_not_keep(self, field: str, text: str, error: Exception) -> None:
        """Tell of a draft that was not kept, but not of trouble: who watches what is saved tells of that.

        One that a server did not take is kept on this computer meanwhile.
        """
        if isinstance(error, Trouble):
            self._session.keep_here(field, text)
            self._not_saved(error)
        else:
            self._failed(error)

    def lose_server(self) -> None:
        """Keep what is typed here from now on: the record's server does not answer."""
        self.is_server_lost = True

    def regain_server(self) -> None:
        """Go on: the server answers again, and takes the words that were typed meanwhile."""
        self.is_server_lost = False
        typed, self._typed = self._typed, {}
        for (person, field), text in typed.items():
            self._keep_as(person, field, text)

    def forget(self) -> None:
        """Forget the record that is closed."""
        self.is_server_lost, self._typed = False, {}


def _nothing(nothing: object) -> None:
    """Take an ending that nobody waits for."""


def _begin_nothing() -> None:
    """Begin what nobody waits for."""
