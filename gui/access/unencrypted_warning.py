"""Before a record without encryption takes in a round about victims: a named reason, once a round."""

from collections.abc import Callable
from functools import partial

from gui.listed.form import DataForm, reason_form
from gui.pages.page import PageTools
from models.operation import Outcome
from models.queries.set_up.rounds import wants_reason
from models.store.upkeep import NotePlain
from scoring.written.text import with_capital

TITLE = "This record is not encrypted"
WORDS = (
    "{} holds applications that describe victims of crime. In this record anyone who can read the file can "
    "read them.",
    "Encrypt the record in Settings first, or say why it is right to go on. The reason is recorded in "
    "History as given by {}.",
)


def pass_gate(
    tools: PageTools, fund: str, what: str, go: Callable[[], object], stay: Callable[[], object]
) -> None:
    """Go on where the record is encrypted, the fund is another, or a reason is there; else ask for one."""
    facts = tools.workspace.facts
    if facts is None or facts.is_encrypted:
        go()
        return
    query = partial(wants_reason, fund=fund, what=what)
    tools.workspace.ask(query, partial(_continue, tools, what, go, stay))


def _continue(
    tools: PageTools, what: str, go: Callable[[], object], stay: Callable[[], object], wants: bool
) -> None:
    if not wants:
        go()
        return
    who = tools.identity.words
    said = (WORDS[0].format(with_capital(what)), WORDS[1].format(who))
    form = reason_form(TITLE, said, "Continue without encryption")
    dialog = DataForm(form, tools.dialogs.window)
    dialog.given.connect(partial(_note, tools, what, go))
    dialog.rejected.connect(stay)
    tools.dialogs.show(dialog)


def _note(tools: PageTools, what: str, go: Callable[[], object], reason: str) -> None:
    tools.workspace.perform(NotePlain(reason, what), partial(_noted, go))


def _noted(go: Callable[[], object], outcome: Outcome) -> None:
    go()
