"""A form as values: its fields by name, and what becomes of their values."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from gui.dialogs.files import choose_folder
from gui.dialogs.form import SHORTEST
from gui.dialogs.form import Form as FormDialog
from gui.dialogs.host import DialogHost
from gui.grid.name_slip import NameSlip
from gui.theme.look import look
from gui.widgets.buttons import Button
from gui.widgets.label import Label, small
from gui.widgets.nesting import nest, row_of
from gui.widgets.pill import PillChoice, RadioChoice
from gui.widgets.tick_list import TickList, in_lines
from gui.widgets.tips import let_press, set_tip
from gui.widgets.turned import ChoiceList, NumberBox
from gui.widgets.typed import DayField, ReadLine, TextLine, Wrong, read_pence
from models.reference.fund_checks import is_financial_year, written_year
from scoring.money import short_pounds
from scoring.written.names import sought
from scoring.written.text import Refused, says_nothing
from scoring.written.zones import read_time

Values = Mapping[str, Any]
WIDTH = 520
NO_REASON = "Say why. The reason is recorded in History."
IN_PLACE = "The chair has an interest here. Record what the member ruled whom the others named."
RULED_BY = "Ruled in the chair’s place by"
NamedMembers = Sequence[tuple[str, object]]
"""Who may rule in the chair's place: name and code; nobody where the chair rules."""


class Named(Struct, frozen=True):
    """How the values of a form call something that is asked for, and how its screen does."""

    name: str
    words: str


class Field(Named, frozen=True, kw_only=True):
    """What one is asked for. `wanted` is said where nothing is given, unless `unless` says it may be so.

    `check` returns what is wrong with a value besides, "" where nothing is, and `fits` what is wrong with it
    beside what is chosen and what stands before it. While it `holds` the button, nothing is done before it is
    filled in and fits. `hint` stands in the empty field, `more` above it, and a
    reader says what is `told`; it is labelled by its words unless by what is `shown`. What is fixed is not
    changed, as its `tip` explains. Where `only` says no of what is typed it is not asked for, and is None,
    and where `is_open` does, it is greyed. In a grid it has a `width`, 0 for its column's.
    """

    wanted: str = ""
    hint: str = ""
    more: str = ""
    shown: str = ""
    width: int = 0
    is_fixed: bool = False
    unless: Callable[[Values], bool] | None = None
    only: Callable[[Values], bool] | None = None
    is_open: Callable[[Values], bool] | None = None
    check: Callable[[Any], str] | None = None
    fits: Callable[[Any, Values], str] | None = None
    tip: str = ""
    told: str = ""
    holds: bool = False

    def holding(self, typed: Values) -> str:
        """Return why the button waits for it, as things are typed, "" where it does not."""
        if not (self.holds and self.is_asked(typed)):
            return ""
        value = typed[self.name]
        return self.fits(value, typed) if self.fits is not None else "" if value else self.wanted

    def is_asked(self, typed: Values) -> bool:
        """Whether it is asked for, as things are typed."""
        return all(asks(typed) for asks in (self.only, self.is_open) if asks is not None)


class Line(Field, frozen=True, kw_only=True):
    """A line for words, at most so `long`; `read` makes of them what is meant, or refuses them.

    Once it is left it stands as `written` writes what was read.
    Of one that `is_secret` no keyboard learns, and nothing is kept once the form is gone.
    A name one letter off one of those `known` is asked about first. What stands in an empty one may follow
    what is typed elsewhere: `hinted`.
    """

    value: str = ""
    read: Callable[[str], Any] | None = None
    written: Callable[[Any], str] | None = None
    long: int = 0
    is_secret: bool = False
    known: tuple[str, ...] | None = None
    hinted: Callable[[Values], str] | None = None


class Note(Field, frozen=True, kw_only=True):
    """A box for words of several lines, its height for a 13 px base."""

    value: str = ""
    height: int = 84
    read: Callable[[str], Any] | None = None


class Day(Field, frozen=True, kw_only=True):
    """A day, one `is_near` of the year at hand; `to_come` says why no day after today is taken.

    One that is `after` those of other fields is of the year at hand where it then follows the last of them.
    """

    value: date | None = None
    is_past: bool = True
    is_near: bool = False
    to_come: str = ""
    is_needed: bool = True
    after: tuple[str, ...] = ()


class Time(Field, frozen=True, kw_only=True):
    """A time of day, "" for none."""

    value: str = ""


class Money(Field, frozen=True, kw_only=True):
    """An amount in pence."""

    value: int | None = None
    may_be_less: bool = False
    is_needed: bool = True


class Number(Field, frozen=True, kw_only=True):
    """A whole number from `least` to `most`."""

    value: int
    most: int
    least: int = 1


class Choice(Field, frozen=True, kw_only=True):
    """One of some options: words and value. With `first` nothing is chosen at first.

    A bare one has no name above it, which is said all the same.

    With `find` one of many is found by what is typed above; `nothing` is said where none has it. A few stand
    as pills in a row, or one beneath another as radio buttons.
    """

    options: tuple[tuple[str, Any], ...]
    value: Any = None
    first: str = ""
    find: str = ""
    nothing: str = ""
    is_bare: bool = False
    are_pills: bool = False
    are_radios: bool = False


class Free(Field, frozen=True, kw_only=True):
    """Words, of which some may be chosen."""

    options: tuple[str, ...]
    value: str = ""


class Tick(Field, frozen=True, kw_only=True):
    """Something that is so, or is not."""

    value: bool = False


class Folder(Field, frozen=True, kw_only=True):
    """A folder, which is typed, or chosen in the system's own box with that `title`; None for none."""

    value: str
    title: str


class Own(Field, frozen=True, kw_only=True):
    """A widget of its own, which has a `value`; without words it has no name above it.

    It may tell that it is `changed`, or by a key of its own that all is `agreed` to, be asked to
    `show_value`, and is asked to `forget` what must not be kept once the form is gone.
    """

    make: Callable[[], Any]


class Ticks(Field, frozen=True, kw_only=True):
    """A list of which some are ticked: words and value; what it says are those that are, in their order."""

    options: tuple[tuple[str, Any], ...]
    value: Collection[Any] = ()


class Leads(Struct, frozen=True):
    """The words of a button that leaves the form for something else, its kind, and how wide it is."""

    words: str
    does: Callable[[], Any]
    kind: str = "link"
    is_wide: bool = False


class Helps(Struct, frozen=True):
    """The words of a link that fills in something of the form, which it is told, and what is said beside."""

    words: str
    does: Callable[[Any], object]
    beside: str = ""


class Grid(Struct, frozen=True):
    """Lines of fields under headings, a line's name before its fields where it has one.

    The columns numbered `stretch` take what room there is.
    """

    heads: tuple[str, ...]
    lines: tuple[tuple[str | Field, ...], ...]
    stretch: int | tuple[int, ...] = ()

    @property
    def fields(self) -> tuple[str | Field, ...]:
        return tuple(cell for line in self.lines for cell in line)


class Across(Struct, frozen=True):
    """Fields side by side."""

    fields: tuple[Field, ...]


class Saying(Struct, frozen=True):
    """A sentence among the fields, which may follow what is typed, "" for none.

    So that nothing moves as one types, there is always room for so many `lines`. Where `only` says no of
    what is typed, it is not shown.
    """

    words: str | Callable[[Values], str]
    tone: str = "muted"
    size: float = 12
    weight: int = 400
    lines: int = 0
    only: Callable[[Values], bool] | None = None


class AtField(Refused):
    """A form is refused for what stands in the field of a name.

    What the field `becomes` stands there from then on, "" for what was typed.
    """

    def __init__(self, words: str, name: str, *, becomes: str = "") -> None:
        super().__init__(words)
        self.name, self.becomes = name, becomes


class Form(Struct, frozen=True, kw_only=True):
    """What is asked before something is done.

    `does` is told the values by the names of the fields, and returns what they come to; what it refuses is
    said at a field (`AtField`, `refused_at`), else above the buttons, and all typed stays. `removes` is a
    second button of the words `removal`, which needs none of the fields. While one types, `follows` returns
    what fields become by the field of a name that was changed, given in which lines somebody typed before,
    and `worded` the words of the action. What cannot be undone `is_final`. `waits` says, in a tip, what keeps
    it from being done, as things are typed. A reader is told what it is `about`, where that is more than its
    sentences. `away` is on the button that leaves it, `other` are the words of one that does another thing
    than the action, and `ways` of those that lead elsewhere with what is typed, shown while it `leads` there.
    One that `stays` waits while what it gave is tried: who tries it accepts it, or asks again. What is
    `left` is come to where somebody leaves it without doing anything. With `only_changed` what nobody changed
    is neither read nor told. The `last` of its fields stands over the buttons, whatever scrolls.
    """

    title: str
    action: str
    does: Callable[..., Any]
    fields: tuple["Laid", ...]
    heading: str = ""
    is_final: bool = False
    sentences: tuple[str, ...] = ()
    about: str = ""
    focus: str = ""
    width: int = WIDTH
    height: int = 0
    removes: Callable[[], Any] | None = None
    removal: str = "Remove"
    refused_at: str = ""
    follows: Callable[[str, Values, frozenset[str]], Values] | None = None
    waits: Callable[[Values], str] | None = None
    away: str = "Cancel"
    worded: Callable[[Values], str] | None = None
    other: tuple[str, Callable[..., Any]] | None = None
    ways: tuple[tuple[str, Callable[..., Any]], ...] = ()
    leads: Callable[[Values], bool] | None = None
    stays: bool = False
    only_changed: bool = False
    last: Field | None = None
    left: Callable[[], Any] | None = None

    def waiting(self, typed: Values) -> str:
        """Return what keeps it from being done, as things are typed, "" for nothing."""
        why = "" if self.waits is None else self.waits(typed)
        return why or next(filter(None, (field.holding(typed) for field in self.named)), "")

    @property
    def named(self) -> tuple[Field, ...]:
        """Return the fields in reading order."""
        rows = (one.fields if isinstance(one, Across | Grid) else (one,) for one in self.fields)
        last = () if self.last is None else (self.last,)
        return (*(field for row in rows for field in row if isinstance(field, Field)), *last)


Laid = Field | Across | Grid | Saying | Leads | Helps
"""What stands in a form, one beneath another."""


class Asked(Struct, frozen=True):
    """What the record is asked for first; `then` is told the answer, and returns what is done on it.

    Where `then` refuses it, a form that asked says so, and stays.
    """

    query: Callable[[Any], Any]
    then: Callable[[Any], Any]


TICKED, MOST_TICKED = 27, 8
"""How high a line of a list with ticks is for a 13 px base, and how many are seen without scrolling."""
MANY = 12
"""From so many others on, one of them can be found by what is typed."""
SECRET = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
ACTION, CANCEL = "the action", "cancel"
"""Where the focus of a form is on its button, or on the one that leaves it."""


class DataForm(FormDialog):
    """The dialog of a form; its fields are found by their names."""

    given = Signal(object)
    asked = Signal(object, object)

    def __init__(self, form: Form, parent: QWidget) -> None:
        words = (form.title, form.sentences, form.action)
        super().__init__(*words, parent, form.width, height=form.height, heading=form.heading, away=form.away)
        self.form, self._does = form, form.does
        self.fields: dict[str, QWidget] = {}
        self.finders: dict[str, TextLine] = {}
        self.take_out = Button(form.removal, kind="link")
        self.take_out.setVisible(form.removes is not None)
        self.take_out.clicked.connect(self._remove)
        self.sayings: dict[Label, Saying] = {}
        if not form.sentences:
            said = takewhile(lambda one: isinstance(one, Saying), form.fields)
            self.describe(" ".join(str(one.words) for one in said if not callable(one.words)))  # type: ignore[union-attr]
        self.leads: list[Button] = []
        self.helps: list[Button] = []
        for one in form.fields:
            _LAID.get(type(one), DataForm._lay)(self, one)
        self.slips = [
            self.put(NameSlip(self[one.name], one.known))
            for one in form.named
            if isinstance(one, Line) and one.known is not None
        ]
        last = None if form.last is None else self.field_of(form.last.words, self._made(form.last))
        self.ways = [self._way(*way) for way in form.ways]
        if self.ways:
            self.row(*self.ways)
        self._watch()
        if form.about:
            self.describe(form.about)
        focus = form.focus or next(one.name for one in form.named if not one.is_fixed)
        begins = {ACTION: self.do, CANCEL: self.cancel, **self.fields, **self.finders}
        first = begins[focus]
        if form.focus and isinstance(first, QLineEdit):
            first.selectAll()
        self.finish(first, (self.take_out,))
        if last is not None:
            nest(self.bottom, last, at=0)
        if form.other is not None:
            self._add_other(form.other[0])
        self._at_first = {one.name: self._seen(one) for one in form.named if form.only_changed}

    def __getitem__(self, name: str) -> Any:
        return self.fields[name]

    @property
    def says(self) -> tuple[str, ...]:
        """Return the sentences that follow what is typed, "" for one with nothing to say."""
        return tuple(label.text() for label in self.sayings)

    def _lay(self, field: Field) -> None:
        """Lay a field out under its name, where it does not say that itself."""
        if (
            not field.words
            or isinstance(field, Tick)
            or (isinstance(field, Choice) and (field.is_bare or field.are_pills or field.are_radios))
        ):
            made = self.put(self._made(field))
            if isinstance(made, ChoiceList):
                made.setAccessibleName(field.words)
            return
        if isinstance(field, Choice) and field.find and len(field.options) > MANY:
            self._add_finder(field)
        made = self.add(field.words, self._made(field), shown=field.shown)
        if field.more:
            self.hint(made, field.more)

    def _lay_across(self, row: Across) -> None:
        self.across(*((field.words, self._made(field)) for field in row.fields))

    def _lay_ticks(self, field: Ticks) -> None:
        made = self._made(field)
        if field.shown:
            self.add(field.words, made, shown=field.shown)
        else:
            self.put(made, 1)

    def _lead(self, way: Leads) -> None:
        link = self.put(Button(way.words, kind=way.kind), is_left=not way.is_wide)
        link.clicked.connect(partial(self._go, lambda **typed: way.does()))
        self.leads.append(link)

    def _help(self, way: Helps) -> None:
        link = Button(way.words, kind="link")
        link.clicked.connect(partial(self._fill_in, way))
        self.helps.append(link)
        beside = (small(way.beside), 1) if way.beside else 1
        top = Qt.AlignmentFlag.AlignTop
        nest(self.column, row_of((link, 0, top), beside, spacing=8))

    def _fill_in(self, way: Helps, _is_on: bool = False) -> None:
        self.faults.clear()
        way.does(self)

    def _say(self, saying: Saying) -> None:
        words = "" if callable(saying.words) else saying.words
        label = self.sentence(words, size=saying.size, weight=saying.weight, tone=saying.tone)
        if saying.lines:
            label.setMinimumHeight(saying.lines * label.fontMetrics().lineSpacing())
        if callable(saying.words) or saying.only is not None:
            self.sayings[label] = saying

    def _add_other(self, words: str) -> None:
        """Add the button that does another thing than the action, before that."""
        self.other = Button(words)
        self.buttons.insertWidget(self.buttons.indexOf(self.do), self.other)
        self.other.clicked.connect(self._do_other)

    @Slot()
    def _do_other(self) -> None:
        assert self.form.other is not None, "the button is there for it"
        self._does = self.form.other[1]
        self._press()
        self._does = self.form.does

    def _way(self, words: str, leads: Callable[..., Any]) -> Button:
        way = Button(words)
        way.hide()
        way.clicked.connect(partial(self._go, leads))
        return way

    def _go(self, leads: Callable[..., Any], *_is_on: object) -> None:
        """Leave for elsewhere, with what is typed."""
        typed = self._typed
        self.leave()
        self.given.emit(leads(**typed))

    def _hide_ways(self) -> None:
        """Offer no way out any more, nor say of what, but where what is typed leads elsewhere."""
        leads = self.form.leads is not None and self.form.leads(self._typed)
        if not (leads or all(way.isHidden() for way in self.ways)):
            self.faults.clear()
        for way in self.ways:
            way.setVisible(leads)

    def try_action(self) -> None:
        """Read the fields, have the form make something of them, and hand that on."""
        self._hide_ways()
        read: dict[str, Any] = {}
        chosen = {one.name: self._given(one) for one in self.form.named if isinstance(one, Choice)}
        typed = self._typed
        for field in self.form.named:
            if self._stands(field):
                continue
            is_asked = field.is_asked(typed)
            read[field.name] = self._read(field, {**chosen, **read}) if is_asked else None
        if any(slip.stops() for slip in self.slips):
            return
        try:
            deed = self._does(**read)
        except Refused as error:
            if isinstance(error, AtField) and error.becomes:
                self._show(error.name, error.becomes)
            if name := error.name if isinstance(error, AtField) else self.form.refused_at:
                raise Wrong(str(error), self.fields[name]) from error
            self.refuse(str(error))
            return
        if isinstance(deed, Asked):
            self.asked.emit(deed, self)
            return
        if self.form.stays:
            self.wait(is_waiting=True)
        else:
            self.accept()
        self.given.emit(deed)

    def wait(self, *, is_waiting: bool) -> None:
        """Take nothing more while what was given is tried; it can be left all the same."""
        for part in (self.body, self.do):
            part.setEnabled(not is_waiting)

    def ask_again(self, words: str, name: str) -> None:
        """Say what was wrong with a field once it was tried, and take it again."""
        self.wait(is_waiting=False)
        field = _typed_in(self.fields[name])
        if isinstance(field, QLineEdit):
            field.selectAll()
        self.refuse(words, field)

    def forget_typed(self) -> None:
        """Have what is secret, and widgets of the page's own, forget what must not be kept."""
        for line in (one for one in self.form.named if isinstance(one, Line) and one.is_secret):
            self[line.name].clear()
        for field in self.fields.values():
            if hasattr(field, "forget"):
                field.forget()

    def _stands(self, field: Field) -> bool:
        """Whether a field that need not be read is as it was."""
        is_read = field is self.form.last or field.name not in self._at_first
        return not is_read and self._seen(field) == self._at_first[field.name]

    def _seen(self, field: Field) -> Any:
        """Return what stands in a field, readable or not."""
        widget = self.fields[field.name]
        return widget.text() if isinstance(widget, QLineEdit) else self._given(field)

    def _read(self, field: Field, before: Values) -> Any:
        widget = self.fields[field.name]
        is_wanted = bool(field.wanted) and not (field.unless is not None and field.unless(before))
        value = self._seen(field) if isinstance(field, Line) else self._given(field)
        if is_wanted and (value is None or (isinstance(value, str) and says_nothing(value))):
            raise Wrong(field.wanted, _typed_in(widget) if isinstance(field, Own) else widget)
        try:
            if isinstance(field, Note) and field.read is not None:
                value = field.read(value)
        except Refused as error:
            raise Wrong(str(error), widget) from error
        value = self._given(field) if isinstance(field, Line) else value
        fault = field.check(value) if field.check is not None else ""
        if fault := fault or (field.fits(value, before) if field.fits is not None else ""):
            raise Wrong(fault, widget)
        return value

    def _given(self, field: Field) -> Any:
        """Return what a field says; of a choice its own value: Qt makes an enum a str, a tuple a list."""
        widget = self.fields[field.name]
        if isinstance(field, Own) or isinstance(widget, PillChoice | RadioChoice):
            return self[field.name].value
        if isinstance(field, Free):
            return self[field.name].currentText().strip()
        if isinstance(field, Tick):
            return self[field.name].isChecked()
        if isinstance(field, Ticks):
            ticked = self[field.name].ticked
            return tuple(value for at, (_, value) in enumerate(field.options) if str(at) in ticked)
        if isinstance(field, Folder):
            typed = self[field.name].text().strip()
            return Path(typed).expanduser() if typed else None
        if isinstance(field, Choice):
            at = self[field.name].currentData()
            return None if at is None else field.options[at][1]
        if isinstance(widget, ReadLine | QSpinBox):
            return widget.value if isinstance(widget, ReadLine) else widget.value()
        return (widget.text() if isinstance(widget, QLineEdit) else self[field.name].toPlainText()).strip()

    def _made(self, field: Field) -> QWidget:
        made = _WIDGETS[type(field)](self, field)
        if isinstance(made, QLineEdit | QPlainTextEdit):
            made.setReadOnly(field.is_fixed)
        else:
            made.setEnabled(not field.is_fixed)
        if field.tip:
            set_tip(made, field.tip)
        if field.told:
            made.setAccessibleDescription(field.told)
        self.fields[field.name] = made
        return made

    def _lay_folder(self, field: Folder) -> None:
        self.sentence(field.words, size=12, weight=600)
        browse = Button("Choose…", icon="folder", name=field.title)
        browse.clicked.connect(partial(self._choose_folder, field))
        line, made = self.row(), self._made(field)
        made.setAccessibleName(field.words)
        line.addWidget(made, 1)
        line.addWidget(browse)

    def _choose_folder(self, field: Folder, _is_on: bool = False) -> None:
        if chosen := choose_folder(self, field.title, self[field.name].text()):
            self[field.name].setText(chosen)

    def _lay_grid(self, lines: Grid) -> None:
        grid = self.field_grid(*lines.heads)
        for column in lines.stretch if isinstance(lines.stretch, tuple) else (lines.stretch,):
            grid.setColumnStretch(column, 1)
        for line in lines.lines:
            grid.put(
                *(small(one, tone="text") if isinstance(one, str) else self._in_grid(one) for one in line)
            )

    def _in_grid(self, field: Field) -> QWidget:
        made = self._made(field)
        made.setAccessibleName(field.words)
        if isinstance(made, QLineEdit):
            made.setFont(look.font())
            if field.width:
                made.setFixedWidth(look.px(field.width))
        elif isinstance(made, ChoiceList):
            made.setSizeAdjustPolicy(ChoiceList.SizeAdjustPolicy.AdjustToContentsOnFirstShow)
            made.setMinimumContentsLength(0)
        return made

    def _watch(self) -> None:
        """Follow what is typed and chosen, where the form says what comes of it."""
        for field in self.form.named:
            if (changed := self._changed(self.fields[field.name])) is not None:
                changed.connect(partial(self._follow, field.name))
        self._tell()

    def _changed(self, widget: QWidget) -> SignalInstance | None:
        """Return what tells that a field was changed by hand; one of the page's own need not."""
        if isinstance(widget, QAbstractButton):
            return widget.toggled
        if isinstance(widget, QListWidget):
            return widget.itemChanged
        if isinstance(widget, ChoiceList):
            return widget.activated
        found: SignalInstance | None = getattr(widget, "changed", getattr(widget, "textChanged", None))
        return found

    def _follow(self, name: str, *_typed: object) -> None:
        if self.form.follows is not None:
            lines = ((one, line) for one, line in self.fields.items() if isinstance(line, QLineEdit))
            by_hand = frozenset(one for one, line in lines if line.isModified())
            for other, value in self.form.follows(name, self._typed, by_hand).items():
                self._show(other, value)
        self._tell()

    def _tell(self) -> None:
        """Say what follows from what is typed, and ask for what is then to be asked."""
        typed = self._typed
        self._hide_ways()
        for label, saying in self.sayings.items():
            words = saying.words(typed) if callable(saying.words) else saying.words
            is_said = saying.only is None or saying.only(typed)
            label.setVisible(is_said and (saying.lines > 0 or bool(words)))
            label.setText(words)
        for field in self.form.named:
            if field.only is not None:
                self.show_field(self.fields[field.name], is_shown=field.only(typed))
            if isinstance(field, Line) and field.hinted is not None:
                self[field.name].setPlaceholderText(field.hinted(typed))
            if field.is_open is not None:
                self.fields[field.name].setEnabled(field.is_open(typed))
        if self.form.worded is not None:
            self.do.show_words(self.form.worded(typed))
        if self.form.waits is not None or any(field.holds for field in self.form.named):
            why = self.form.waiting(typed)
            let_press(self.do, why)
            if why:
                self.faults.clear()  # what was said at a field before is of other words

    @property
    def _typed(self) -> Values:
        """Return what stands in the fields as one types, None where it cannot be read."""
        return {one.name: self._readable(one) for one in self.form.named}

    def _readable(self, field: Field) -> Any:
        """Return what a field says, None while it cannot be read."""
        try:
            return self._given(field)
        except Wrong:
            return None

    def _show(self, name: str, value: object) -> None:
        """Show another value in a field."""
        field = self._field(name)
        if isinstance(field, Choice):
            self[name].choose([of for _, of in field.options].index(value))
        elif isinstance(field, Note):
            self[name].setPlainText(str(value))
        elif isinstance(field, Number):
            self[name].setValue(value)
        elif isinstance(field, Own):
            self[name].show_value(value)
        else:
            self[name].setText(str(value))

    def _field(self, name: str) -> Field:
        return next(one for one in self.form.named if one.name == name)

    @Slot()
    def _remove(self) -> None:
        assert self.form.removes is not None, "the button is there for it"
        deed = self.form.removes()
        self.accept()
        self.given.emit(deed)

    def made_line(self, field: Line) -> QWidget:
        """Return a line for words."""
        read = field.read
        line = TextLine(field.value) if read is None else ReadLine(field.value, read, field.written)
        line.setPlaceholderText(field.hint)
        if field.is_secret:
            line.setInputMethodHints(SECRET)
        line.setMaxLength(field.long or line.maxLength())
        line.setCursorPosition(0)
        return line

    def made_note(self, field: Note) -> QWidget:
        """Return a box for words."""
        box = QPlainTextEdit(field.value)
        box.setTabChangesFocus(True)
        box.setPlaceholderText(field.hint)
        box.setFixedHeight(look.px(field.height))
        return box

    def made_day(self, field: Day) -> QWidget:
        return DayField(
            field.value,
            is_past=field.is_past,
            is_near=field.is_near,
            to_come=field.to_come,
            is_needed=field.is_needed,
            after=partial(self._last_day, field.after),
        )

    def _last_day(self, names: Sequence[str]) -> date | None:
        """Return the day in the last of some fields in which one stands, None where none does."""
        days = (self._readable(self._field(name)) for name in reversed(names))
        return next(filter(None, days), None)

    def made_money(self, field: Money) -> QWidget:
        """Return a line for an amount."""
        read = partial(read_pence, is_needed=field.is_needed, may_be_less=field.may_be_less)
        shown = "" if field.value is None else short_pounds(field.value)
        return ReadLine(shown, read, short_pounds, "£")

    def made_tick(self, field: Tick) -> QWidget:
        """Return a box that is ticked or not."""
        box = QCheckBox(in_lines(field.words))
        box.setAccessibleName(field.words)
        box.setChecked(field.value)
        return box

    def made_ticks(self, field: Ticks) -> QWidget:
        """Return a list that is as high as its first lines, and takes what room there is."""
        ticks = TickList(field.words)
        for at, (words, value) in enumerate(field.options):
            ticks.put(str(at), words, is_ticked=value in field.value)
        ticks.setMinimumHeight(look.px(TICKED) * min(len(field.options), MOST_TICKED))
        return ticks

    def made_choice(self, field: Choice) -> QWidget:
        """Return a list of what can be chosen, or its pills or radio buttons."""
        if field.are_pills or field.are_radios:
            return (PillChoice if field.are_pills else RadioChoice)(field.options, field.value)
        box = ChoiceList()
        box.setSizeAdjustPolicy(ChoiceList.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(SHORTEST)
        values = [value for _, value in field.options]
        self._offer(field, box, values.index(field.value) if field.value in values else None)
        return box

    def _offer(self, field: Choice, box: ChoiceList, chosen: int | None, part: str = "") -> None:
        """Offer by number what has the words typed, after what stands for none; a single one is chosen."""
        has = sought(part)
        found = [(words, at) for at, (words, _) in enumerate(field.options) if has in sought(words)]
        first = field.first if found else field.nothing or field.first
        alone = found[0][1] if part and len(found) == 1 else chosen
        box.fill_with([(first, None), *found] if first else found, alone)

    def _add_finder(self, field: Choice) -> None:
        line = self.finders[field.name] = TextLine()
        line.setPlaceholderText(field.hint)
        line.textEdited.connect(partial(self._find, field))
        self.add(field.find, line)

    def _find(self, field: Choice, part: str) -> None:
        box = self[field.name]
        self._offer(field, box, box.currentData(), part)

    def made_own(self, field: Own) -> Any:
        """Return a widget of the page's own; what is agreed to in it presses the action."""
        made = field.make()
        if hasattr(made, "agreed"):
            made.agreed.connect(self.press_enter)
        return made

    def made_free(self, field: Free) -> QWidget:
        """Return a list of words into which others may be typed."""
        box = ChoiceList()
        box.setEditable(True)
        box.addItems(field.options)
        box.setCurrentText(field.value)
        return box

    def made_number(self, field: Number) -> QWidget:
        """Return a box for a whole number."""
        box = NumberBox()
        box.setRange(field.least, field.most)
        box.setValue(field.value)
        return box


class FinalDataForm(DataForm):
    """The dialog of a form that does what cannot be undone."""

    is_final = True


def show_form(dialogs: DialogHost, form: Form) -> DataForm:
    """Show a form over the window and return its dialog."""
    return dialogs.show((FinalDataForm if form.is_final else DataForm)(form, dialogs.window))


_WIDGETS: dict[type[Field], Callable[[DataForm, Any], QWidget]] = {
    Line: DataForm.made_line,
    Note: DataForm.made_note,
    Day: DataForm.made_day,
    Time: lambda form, field: ReadLine(field.value, read_time, str, "such as 10:30"),
    Money: DataForm.made_money,
    Choice: DataForm.made_choice,
    Number: DataForm.made_number,
    Own: DataForm.made_own,
    Tick: DataForm.made_tick,
    Ticks: DataForm.made_ticks,
    Folder: lambda form, field: TextLine(field.value),
    Free: DataForm.made_free,
}
_LAID: dict[type, Callable[[DataForm, Any], None]] = {
    Saying: DataForm._say,
    Across: DataForm._lay_across,
    Grid: DataForm._lay_grid,
    Folder: DataForm._lay_folder,
    Ticks: DataForm._lay_ticks,
    Leads: DataForm._lead,
    Helps: DataForm._help,
}
"""How what stands in a form is laid out, where not as a field under its name."""


def _typed_in(field: QWidget) -> QWidget:
    """Return what takes the typing in a widget of a page's own."""
    return field.focusProxy() or field


def read_year(text: str) -> str:
    """Return a financial year; "27/28" is 2027/28."""
    year = written_year(text)
    if not is_financial_year(year):
        raise Refused("Write the year like 2026/27.")
    return year


def given_reason(reason: str) -> str:
    """Return the reason itself, for whoever goes on with it."""
    return reason


def reason_form(
    title: str,
    sentences: tuple[str, ...],
    action: str,
    does: Callable[..., Any] = given_reason,
    *,
    is_needed: bool = True,
    named: NamedMembers = (),
    asks_why: bool = True,
    value: str = "",
) -> Form:
    """Return what asks for a reason, and is given it: `reason`; `value` is what was typed before.

    Where somebody rules in the chair's place it asks an officer first who of those `named` did (`in_place`),
    and without `asks_why` for that alone.
    """
    name, wanted = ("Reason", NO_REASON) if is_needed else ("Reason, if you wish to give one", "")
    who, why = (
        Choice("in_place", RULED_BY, options=tuple(named)),
        Note("reason", name, wanted=wanted, value=value),
    )
    return Form(
        title=title,
        sentences=(*sentences, *((IN_PLACE,) if named else ())),
        action=action,
        does=does,
        fields=(*((who,) if named else ()), *((why,) if asks_why else ())),
        focus="reason" if asks_why else "",
    )
