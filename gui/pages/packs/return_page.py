"""The return: what a member's own record would send to the office now, and the returns made so far.

Does not belong here: making one, which the member's controller does wherever it is asked for.
"""

from operator import attrgetter
from typing import Any, NamedTuple

from PySide6.QtGui import QGuiApplication

from gui.listed.acts import Act, At, Hint, Run
from gui.listed.page import ListedPage, Wanted
from gui.pages.page import PageTools
from gui.tables.columns import LineColumn
from models.operation import Topic
from models.queries.packs.member_record import ReturnMade, ReturnState, return_state, returns_made
from models.queries.packs.own_record import is_members_own
from models.values.signing import short_code
from scoring.written.days import short_moment

WHAT = (
    "A return carries your declarations, marks and reasons to the office, sealed with the passphrase of the "
    "pack. Make it when your sheets are handed in, and another one if something changes later."
)
AGAIN = "The newest return counts once it is opened at the office."


class Returns(NamedTuple):
    """What a return would carry now, None in the office's record, and those that were made."""

    state: ReturnState | None
    made: tuple[ReturnMade, ...]


def _ask(session: Any, wanted: Wanted) -> Returns:
    if not is_members_own(session):
        return Returns(None, ())
    return Returns(return_state(session), returns_made(session))


def _words(answer: Returns) -> str:
    if answer.state is None:
        return ""
    news = "" if answer.state.has_news else " Nothing changed since the last return."
    return f"{answer.state.words}{news if answer.made else ''}"


def _number(made: ReturnMade) -> str:
    return f"Return {made.number}"


def _made(made: ReturnMade) -> str:
    return short_moment(made.at.astimezone())


def _code(made: ReturnMade) -> str:
    """Return the code of its receipt, with which the office compares the key that signed it."""
    return short_code(bytes.fromhex(made.member_key))


def _say(at: At[Returns, ReturnMade]) -> Hint:
    made = at.row
    return Hint(f"{_number(made)} was made on {_made(made)}. Its receipt is code {_code(made)}. {AGAIN}")


def _copy(at: At[Returns, ReturnMade]) -> Hint:
    code = _code(at.row)
    QGuiApplication.clipboard().setText(code)
    return Hint(f"Code {code} is copied to the clipboard.")


def _make(tools: PageTools) -> None:
    tools.actions["make_return"].trigger()


PAGE: ListedPage[Returns, ReturnMade] = ListedPage(
    key="return",
    title="Return",
    icon="packs",
    list_name="Returns",
    ask=_ask,
    rows=lambda answer: answer.made,
    row_key=attrgetter("number"),
    columns=(
        LineColumn("number", "Return", _number, width=120, is_strong=True),
        LineColumn("made", "Made", _made, width=160),
        LineColumn("receipt", "Receipt", _code, width=160),
        LineColumn("by", "By", attrgetter("by")),
    ),
    summary=lambda answer: _words(answer) if answer.made else "",
    empty=lambda answer: f"{_words(answer)} {WHAT}".strip(),
    concerns=frozenset({Topic.MARKS, Topic.INTERESTS, Topic.RECORD, Topic.PACKS}),
    opens=Act(words="Open", does=_say),
    row_acts=(Act(words="Copy the receipt", does=_copy),),
    acts=(Act(words="Make the return…", look="primary", does=lambda at: Run(_make)),),
)
