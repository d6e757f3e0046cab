"""What can be done on a page, as values, and the one controller that does it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject

from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import DataForm, Form
from gui.pages.page import Identity, PageTools, Place
from gui.record.clock import current_day
from gui.record.made_change import perform_made
from models.operation import Operation
from models.values.rounds import RoundKey, RoundLine
from scoring.written.text import Refused

Answer = TypeVar("Answer")
Row = TypeVar("Row")


class At(Struct, Generic[Answer, Row], frozen=True):
    """What words, conditions and acts are asked of: the answer on show, the row at hand, who looks, and when.

    `part` is the one thing of the row that an act of `parts` is about. Acts of the page have no row. What is
    `kept` the page remembers from one act to the next.
    """

    answer: Answer
    row: Row
    identity: Identity
    place: Place | None
    today: date
    kept: dict[str, Any]
    part: Any = None


class Go(Struct, frozen=True):
    """Go to a page, at something of a round where one is named."""

    page: str
    reference: str = ""
    line: RoundLine | None = None


class Made(Struct, frozen=True):
    """A change that is worked out of what stands in the record; `make` is given its session."""

    make: Callable[[Any], Operation | None]


class Confirm(Struct, frozen=True):
    """A question with one answer; `does` is what is done where it is agreed to."""

    title: str
    sentences: tuple[str, ...]
    action: str
    does: Operation | Made


Deed = Operation | Made | Form | Confirm | Go | None
"""What an act comes to; None where nothing is to be changed."""


def always(at: Any) -> bool:
    """Whether an act is there: it is."""
    return True


def _nothing(at: Any) -> str:
    return ""


class Act(Struct, Generic[Answer, Row], frozen=True, kw_only=True):
    """One thing that can be done with a row, or with the page.

    `kind` is the operation that the permission table is asked for: whoever may not do it sees no such act,
    or where it `tells` is told why as they press it. `where` says of which rows it is an act, `why_not` what
    it waits for, which greys it. With `parts` it is there once for each of them.
    """

    words: str | Callable[[At[Answer, Row]], str]
    does: Callable[[At[Answer, Row]], Deed]
    kind: str = ""
    where: Callable[[At[Answer, Row]], bool] = always
    why_not: Callable[[At[Answer, Row]], str] = _nothing
    parts: Callable[[At[Answer, Row]], Iterable[Any]] | None = None
    tells: bool = False
    look: str | Callable[[At[Answer, Row]], str] = "link"
    icon: str = ""
    tip: str = ""

    def offers(self, at: At[Answer, Row]) -> Iterator["Offer"]:
        """Yield it as it stands on the page, once for each part; nothing where it is not there."""
        for part in (None,) if self.parts is None else self.parts(at):
            of = at if part is None else replace(at, part=part)
            refusal = at.identity.refusal(self.kind) if self.kind else ""
            if self.where(of) and (self.tells or not refusal):
                words = self.words if isinstance(self.words, str) else self.words(of)
                look = self.look if isinstance(self.look, str) else self.look(of)
                yield Offer(self, of, words, look, self.why_not(of), refusal)


class Offer(Struct, frozen=True):
    """An act that is offered: of what, in which words, and why it cannot be done, or not by this person."""

    act: Act[Any, Any]
    at: At[Any, Any]
    words: str
    look: str = "link"
    why_not: str = ""
    refusal: str = ""


def offers(acts: Sequence[Act[Any, Any]], at: At[Any, Any]) -> tuple[Offer, ...]:
    """Return what is offered of some acts."""
    return tuple(offer for act in acts for offer in act.offers(at))


class Doing(QObject):
    """Do what an act comes to: ask, confirm, change the record, or go."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def press(self, offer: Offer) -> None:
        """Do an act, or say why it is not this person's."""
        if offer.refusal:
            self._tools.workspace.failed.emit(Refused(offer.refusal))
        elif not offer.why_not:
            self.do(offer.act.does(replace(offer.at, today=current_day())))

    def do(self, deed: Deed) -> None:
        """Do what was come to."""
        tools = self._tools
        if isinstance(deed, Form):
            form = DataForm(tools.look, deed, tools.dialogs.window)
            form.given.connect(self.do)
            tools.dialogs.show(form)
        elif isinstance(deed, Confirm):
            box = ConfirmDialog(tools.look, deed.title, deed.sentences, deed.action, tools.dialogs.window)
            box.agreed.connect(partial(self.do, deed.does))
            tools.dialogs.show(box)
        elif isinstance(deed, Made):
            perform_made(tools.workspace, deed.make, tools.toast_outcome)
        elif isinstance(deed, Go):
            if deed.line is not None:
                tools.choose_round(RoundKey(deed.line.fund_code, deed.line.year, deed.line.name))
            tools.go(deed.page, deed.reference)
        elif deed is not None:
            tools.perform(deed)
