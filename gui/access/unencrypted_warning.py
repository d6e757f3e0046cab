"""Before a record without encryption takes in a round about victims: a named reason, once a round."""

from collections.abc import Callable
from functools import partial

from gui.listed.form import DataForm, reason_form
from gui.pages.page import PageTools
from gui.record.turns import Turns, given, performing
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


def pass_gate(tools: PageTools, fund: str, what: str, stay: Callable[[], object]) -> Turns:
    """Go on where the record is encrypted, the fund is another, or a reason is there; else ask for one.

    Without a reason nothing goes on, and it is told to `stay`.
    """
    facts, workspace = tools.workspace.facts, tools.workspace
    is_plain = facts is not None and not facts.is_encrypted
    if is_plain and (yield partial(workspace.ask, partial(wants_reason, fund=fund, what=what))):
        said = (WORDS[0].format(with_capital(what)), WORDS[1].format(tools.identity.words))
        dialog = DataForm(reason_form(TITLE, said, "Continue without encryption"), tools.dialogs.window)
        dialog.rejected.connect(stay)
        tools.dialogs.show(dialog)
        reason: str = yield given(dialog.given)
        yield performing(workspace.perform, NotePlain(reason, what))
