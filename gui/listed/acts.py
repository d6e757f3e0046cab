"""What can be done on a page, as values, and the one controller that does it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QAbstractScrollArea, QMenu

from exchange.forms import FormFaults
from gui.dialogs.confirm import ConfirmDialog, ListingDialog
from gui.dialogs.files import Kind
from gui.listed.form import Asked, DataForm, Form, show_form
from gui.pages.page import Identity, PageTools, Place
from gui.record.clock import current_day
from gui.record.questions import perform_made
from gui.record.runner import Ticket
from gui.text import ours
from gui.widgets.buttons import Button
from gui.widgets.tips import let_press
from models.operation import Operation, Outcome
from models.values.rounds import RoundKey, RoundLine
from scoring.written.text import Refused

Answer = TypeVar("Answer")
Row = TypeVar("Row")


class At(Struct, Generic[Answer, Row], frozen=True):
    """What words, conditions and acts are asked of: the answer on show, the row at hand, who looks, and when.

    `part` is the one thing of the row that an act of `parts` is about, or the line at hand where the side of
    the page shows a `section` of what was `found` of the row. Acts of the page have no row. What is `kept`
    the page remembers from one act to the next; `shown` are the rows on show, and `narrowed` says what they
    are narrowed down to, "" where they are all. A side is told `is_again` of the row that it shows already.
    """

    answer: Answer
    row: Row
    identity: Identity
    place: Place | None
    today: date
    kept: dict[str, Any]
    part: Any = None
    found: Any = None
    section: str = ""
    shown: Sequence[Row] = ()
    narrowed: str = ""
    is_again: bool = False


class Go(Struct, frozen=True):
    """Go to a page, at something of a round where one is named; `otherwise` where this person has no such."""

    page: str
    reference: str = ""
    line: RoundLine | None = None
    otherwise: str = ""


class Hint(Struct, frozen=True):
    """Say for a while why nothing is done."""

    words: str


class Made(Struct, frozen=True):
    """A change that is worked out of what stands in the record; `make` is given its session.

    `tell` says what it did, where that is more than the change says itself.
    """

    make: Callable[[Any], Operation | None]
    tell: Callable[[PageTools, Outcome], None] | None = None


class Saved(Struct, frozen=True):
    """A change of which these words are said once it is saved, "" for none, and what is done `then`."""

    change: Operation
    words: str = ""
    then: "Deed" = None


class Picked(Struct, frozen=True):
    """Something to be done, after which the row of a key is the one at hand."""

    key: str
    does: Any


class Run(Struct, frozen=True):
    """What a page does with the window itself, such as to ask for a file and write it."""

    does: Callable[[PageTools], None]


class Later(Struct, frozen=True):
    """What is begun in the window, and of which something more comes: that is handed on to be done."""

    begins: Callable[[PageTools, Callable[["Deed"], None]], None]


class Told(Struct, frozen=True):
    """What the page itself keeps, such as an answer that is recorded with others."""

    what: Any


class Confirm(Struct, frozen=True):
    """A question with one answer; `does` is done where it is agreed to, and a `problem` forbids it.

    `beside` are the words of what may be done instead, and what that is.
    """

    title: str
    sentences: tuple[str, ...]
    action: str
    does: "Operation | tuple[Operation, ...] | Made | Saved | Confirm | Save | Run | Later | Told"
    problem: str = ""
    beside: "tuple[str, Deed] | None" = None


class Listing(Struct, frozen=True):
    """Lines to be read before something is done, or without an action because nothing is.

    They are called by the title unless they have a `name`; `copy` is the words of a button that copies them.
    """

    title: str
    sentence: str
    lines: tuple[str, ...] = ()
    action: str = ""
    does: Operation | Made | None = None
    name: str = ""
    copy: str = ""


class Save(Struct, frozen=True):
    """A file that is written where one is asked for; `said` holds {} for its name.

    `content` is asked of the record, and `write` writes it, in the work queue; what is `said` may follow
    from it. What `is_near` is offered beside the record. A `filter` of several forms leaves the form to the
    person.
    """

    kind: Kind
    title: str
    name: str
    filter: str
    content: Callable[[Any], Any]
    write: Callable[[Any, Path, Ticket], Path]
    said: str | Callable[[Any], str]
    is_near: bool = False


class Read(Struct, frozen=True):
    """A file that is asked for and read in the work queue; `then` says what it comes to.

    `faults` is said over the faults that are found in a form, where it may have any.
    """

    kind: Kind
    title: str
    filter: str
    read: Callable[[Path, Ticket], Any]
    then: Callable[[Any], "Deed"]
    faults: str = ""


Deed = (
    Operation
    | tuple[Operation | Saved | Form, ...]
    | Made
    | Saved
    | Asked
    | Picked
    | Form
    | Confirm
    | Listing
    | Save
    | Read
    | Go
    | Hint
    | Run
    | Later
    | Told
    | None
)
"""What an act comes to; None where nothing is to be changed, several where each is done in turn."""


Perform = Callable[[Operation, Callable[[Outcome], object]], object]


def always(at: Any) -> bool:
    return True


def no_words(of: Any) -> str:
    return ""


def no_area(of: Any) -> str | None:
    return None


def said(words: str | Callable[[Any], str], of: Any) -> str:
    """Return words, which may follow from what they are said of."""
    return words if isinstance(words, str) else words(of)


class Act(Struct, Generic[Answer, Row], frozen=True):
    """One thing that can be done with a row, or with the page: its words, and what they come to.

    `kind` is the operation that the permission table is asked for: whoever may not do it sees no such act, or
    where it `tells` is told why as they press it. `area` is that of the row, None where it has none that
    bounds anybody. `where` says of which rows it is an act, `why_not` what it waits for, which greys it. With
    `parts` it is there once for each of them. It is called by its `name` in menus, in the search and by a
    reader where its words say too little; its `brief` words are those of a low window, `also` others by which
    search finds it, and `begins` those of the button of an empty page.
    """

    words: str | Callable[[At[Answer, Row]], str]
    does: Callable[[At[Answer, Row]], Deed]
    kind: str = ""
    where: Callable[[At[Answer, Row]], bool] = always
    why_not: Callable[[At[Answer, Row]], str] = no_words
    area: Callable[[At[Answer, Row]], str | None] = no_area
    parts: Callable[[At[Answer, Row]], Iterable[Any]] | None = None
    tells: bool = False
    look: str | Callable[[At[Answer, Row]], str] = "link"
    name: str | Callable[[At[Answer, Row]], str] = ""
    icon: str = ""
    tip: str | Callable[[At[Answer, Row]], str] = ""
    brief: str | Callable[[At[Answer, Row]], str] = ""
    also: str = ""
    begins: str | Callable[[At[Answer, Row]], str] = ""

    def offers(self, at: At[Answer, Row]) -> Iterator["Offer"]:
        """Yield it as it stands on the page, once for each part; nothing where it is not there."""
        for part in (None,) if self.parts is None else self.parts(at):
            of = at if part is None else replace(at, part=part)
            refusal = at.identity.refusal(self.kind, area=self.area(of)) if self.kind else ""
            if self.where(of) and (self.tells or not refusal):
                words, look, name = (said(one, of) for one in (self.words, self.look, self.name))
                yield Offer(self, of, words, look, self.why_not(of), refusal, name or words)


class Offer(Struct, frozen=True):
    """An act that is offered: of what, in which words, and why it cannot be done, or not by this person."""

    act: Act[Any, Any]
    at: At[Any, Any]
    words: str
    look: str = "link"
    why_not: str = ""
    refusal: str = ""
    name: str = ""

    @property
    def tip(self) -> str:
        return ours(said(self.act.tip, self.at))


def offers(acts: Sequence[Act[Any, Any]], at: At[Any, Any]) -> tuple[Offer, ...]:
    return tuple(offer for act in acts for offer in act.offers(at))


class ActButton(Button):
    """The button of one act, which stays while what is offered of it changes."""

    pressed = Signal(object)

    def __init__(self, act: Act[Any, Any], kind: str = "plain") -> None:
        kind = act.look if isinstance(act.look, str) and act.look != "link" else kind
        super().__init__(act.words if isinstance(act.words, str) else "", kind=kind, icon=act.icon)
        self.act = act
        self.offer: Offer | None = None
        self.clicked.connect(self.press)
        self.hide()  # until it is offered: before, a press would come to nothing

    def show_at(self, at: At[Any, Any] | None, *, is_brief: bool = False) -> None:
        """Show it as it is offered, greyed with the reason where it waits, or not at all."""
        self.offer = None if at is None else next(self.act.offers(at), None)
        self.setVisible(self.offer is not None)
        if self.offer is not None:
            short = said(self.act.brief, self.offer.at) if is_brief else ""
            self.show_words(short or self.offer.words, name=self.offer.name)
            if callable(self.act.look):
                self.show_kind(self.offer.look)
            let_press(self, self.offer.why_not, self.offer.tip)

    @Slot()
    def press(self) -> None:
        """Ask for what is offered."""
        if self.offer is not None:
            self.pressed.emit(self.offer)


def now_offered(buttons: Iterable[ActButton]) -> tuple[Offer, ...]:
    """Return what buttons offer, of those that offer anything now."""
    return tuple(button.offer for button in buttons if button.offer is not None)


class Doing(QObject):
    """Do what an act comes to: ask, confirm, change the record, write or read a file, or go.

    What is to be at hand afterwards is `picked`, and what the page keeps itself it is `told`.
    """

    picked = Signal(str)
    told = Signal(object)

    def __init__(self, tools: PageTools, parent: QObject, perform: Perform | None = None) -> None:
        """Take how the page makes a change, where it is not the window's own way."""
        super().__init__(parent)
        self._tools, self._do_change = tools, perform or tools.workspace.perform

    def offer_in(self, menu: QMenu, offered: Iterable[Offer]) -> None:
        """Offer acts in a menu, greyed where they wait."""
        for offer in offered:
            action = menu.addAction(offer.name.replace("&", "&&"))
            action.setEnabled(not offer.why_not)
            action.triggered.connect(partial(self.press, offer))

    def show_menu(self, view: QAbstractScrollArea, where: QPoint, offered: Iterable[Offer]) -> None:
        """Offer acts in a menu over a list; it goes as it is left."""
        menu = QMenu(view)
        self.offer_in(menu, offered)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(view.viewport().mapToGlobal(where))

    def press(self, offer: Offer) -> None:
        """Do an act, or say why it is not this person's."""
        if offer.refusal:
            self._tools.workspace.failed.emit(Refused(offer.refusal))
        elif not offer.why_not:
            self.do(offer.act.does(replace(offer.at, today=current_day())))

    def do(self, deed: Deed) -> None:
        """Do what was come to."""
        if isinstance(deed, tuple):
            for one in deed:
                self.do(one)
        elif deed is not None:
            WAYS.get(type(deed), Doing._perform)(self, deed)

    def _perform(self, operation: Operation) -> None:
        self._tools.perform(operation)

    def _save_change(self, deed: Saved) -> None:
        self._do_change(deed.change, partial(self._tell_saved, deed))

    def _tell_saved(self, deed: Saved, outcome: Outcome) -> None:
        if deed.words:
            self._tools.toast(deed.words)
        self.do(deed.then)

    def _show_form(self, form: Form) -> None:
        box = show_form(self._tools.dialogs, form)
        box.given.connect(self.do)
        box.asked.connect(self._ask)
        if form.left is not None:
            box.left_by_hand.connect(partial(self._leave, form.left))

    def _leave(self, left: Callable[[], Deed]) -> None:
        self.do(left())

    def _confirm(self, deed: Confirm) -> None:
        tools = self._tools
        box = ConfirmDialog(deed.title, deed.sentences, deed.action, tools.dialogs.window, deed.problem)
        box.agreed.connect(partial(self.do, deed.does))
        if deed.beside is not None:
            words, other = deed.beside
            box.offer(words).connect(lambda: self.do(other))
        tools.dialogs.show(box)

    def _begin(self, deed: Later) -> None:
        deed.begins(self._tools, self.do)

    def _make(self, deed: Made) -> None:
        tell = partial(deed.tell, self._tools) if deed.tell else self._tools.toast_outcome
        perform_made(self._tools.workspace, deed.make, tell)

    def _ask(self, deed: Asked, form: DataForm | None = None) -> None:
        self._tools.ask(deed.query, partial(self._answer, deed, form, self._tools.identity))

    def _answer(self, deed: Asked, form: DataForm | None, asker: Identity, answer: Any) -> None:
        is_left = form is not None and not self._tools.dialogs.holds(form)
        if is_left or asker != self._tools.identity:
            return  # or somebody else, who may not read it, sat down meanwhile
        try:
            following = deed.then(answer)
        except Refused as error:
            if form is None:
                self._tools.workspace.failed.emit(error)
            else:
                form.refuse(str(error), form.fields.get(form.form.refused_at))
            return
        if form is not None:
            form.accept()
        self.do(following)

    def _pick(self, deed: Picked) -> None:
        self.picked.emit(deed.key)
        self.do(deed.does)

    def _tell(self, deed: Told) -> None:
        self.told.emit(deed.what)

    def _go(self, deed: Go) -> None:
        tools = self._tools
        if deed.line is not None:
            tools.choose_round(RoundKey(deed.line.fund_code, deed.line.year, deed.line.name))
        is_there = not deed.otherwise or deed.page in tools.pages
        tools.go(deed.page if is_there else deed.otherwise, deed.reference)

    def _hint(self, deed: Hint) -> None:
        self._tools.hint(deed.words)

    def _run(self, deed: Run) -> None:
        deed.does(self._tools)

    def _list(self, deed: Listing) -> None:
        tools = self._tools
        box = ListingDialog(
            deed.title,
            deed.sentence,
            "\n".join(deed.lines),
            tools.dialogs.window,
            name=deed.name,
            copy=deed.copy,
            action=deed.action,
            away="Cancel" if deed.action else "Close",
        )
        tools.dialogs.show(box).agreed.connect(partial(self.do, deed.does))

    def _save(self, deed: Save) -> None:
        facts = self._tools.workspace.facts
        name = facts.folder / deed.name if facts is not None and deed.is_near else deed.name
        path = self._tools.dialogs.files.save(deed.kind, deed.title, name, deed.filter)
        if path is not None:
            self._tools.workspace.ask(deed.content, partial(self._write, deed, path))

    def _write(self, deed: Save, path: Path, content: object) -> None:
        self._tools.write(path, partial(deed.write, content, path), said(deed.said, content))

    def _read(self, deed: Read) -> None:
        path = self._tools.dialogs.files.open(deed.kind, deed.title, deed.filter)
        if path is not None:
            self._tools.workspace.work(
                partial(deed.read, path),
                lambda found: self.do(deed.then(found)),
                label=f"Reading {path.name}",
                failed=partial(self._fail, deed, path.name),
            )

    def _fail(self, deed: Read, name: str, error: Exception) -> None:
        """Show the faults of a form; any other error is told as one."""
        if deed.faults and isinstance(error, FormFaults):
            self.do(Listing(f"{name} cannot be imported", deed.faults, tuple(error.faults)))
        else:
            self._tools.workspace.failed.emit(error)


WAYS: dict[type, Callable[[Doing, Any], None]] = {
    Form: Doing._show_form,
    Confirm: Doing._confirm,
    Made: Doing._make,
    Saved: Doing._save_change,
    Asked: Doing._ask,
    Listing: Doing._list,
    Save: Doing._save,
    Read: Doing._read,
    Picked: Doing._pick,
    Go: Doing._go,
    Hint: Doing._hint,
    Run: Doing._run,
    Later: Doing._begin,
    Told: Doing._tell,
}
"""How each kind of deed is done; an operation is performed."""
