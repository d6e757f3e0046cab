"""What is done to applications by hand: added, corrected, withdrawn, look-alikes told apart side by side."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from exchange.applications.importer import (
    NEEDED,
    YES_NO,
    in_full,
    problem_with,
    submitted_notes,
    typed,
    with_typed,
)
from exchange.applications.row_sorter import References, width_in_use
from gui.listed.acts import Act, At, Deed, Go, Run, Told
from gui.listed.files import files_act, of_application
from gui.listed.form import CANCEL, NO_REASON, Day, Field, Form, Leads, Line, Note, Own, Saying, reason_form
from gui.listed.form import Choice as ChoiceOf
from gui.listed.form import Form as DataOf
from gui.listed.paper_forms import NAME_AGAIN, WITHHOLD, withholding
from gui.pages.applications.lines import WORK, ApplicationLine, ApplicationList, pair_lines
from gui.pages.applications.pass_gates import pass_form, to_pass
from gui.pages.page import DECLARE, OWN_DECLARATION, START_ROUND
from gui.record.clock import current_day
from gui.text import NOTHING, ours, sentence
from gui.theme.look import space
from gui.widgets.label import Label, small
from gui.widgets.nesting import nest_in_cell, row_of
from gui.widgets.typed import ReadLine
from models.operation import Operation
from models.operations.applications.applications import BY_HAND, ImportApplications
from models.operations.applications.corrections import (
    CorrectApplication,
    KeepApart,
    SetWithdrawn,
    changes_between,
    differing_fields,
    merge_change,
    merging_words,
)
from models.operations.applications.gates import SetChoices, SetGate, SetGates
from models.operations.awards.checks import SetWithheldName
from models.permissions.viewing import DECLARE_FIRST
from models.reference.defaults import FundList, in_use
from models.values.applications import CHOICE_WORDS, FIELD_WORDS, TEXTS, Choice, ChoicesOf, printed
from models.values.importing import DuplicateCandidate
from models.values.rounds import RoundKey, RoundLine
from models.values.rows import ApplicationRow
from scoring.written.text import Refused

WIDTH = 620
"""So wide that most lines of a fund's lists are read whole."""
NO_LISTS = "The fund has no lists to choose from. Add lines to its lists on Funds."
CONFIRMS = "What is marked as suggested was read from the applicant's words; saving confirms it."
TO_COME = "That day is still to come. Record it once the applicant has withdrawn."


def choices_form(
    reference: str,
    held: Sequence[Choice],
    lists: Sequence[FundList],
    does: Callable[[tuple[Choice, ...]], Any],
) -> DataOf:
    """Return what asks for a line of each list of the fund, beginning with what stands now.

    `does` is told the lines that are chosen, with those of lists that the fund has no more.
    """
    stand = {one.kind: one for one in held}
    kinds = [listed.kind for listed in lists]

    def told(**given: Any) -> Any:
        stay = tuple(one for kind, one in stand.items() if kind not in kinds)
        chosen = tuple(given[kind] for kind in kinds if given[kind] is not None)
        return does((*stay, *chosen))

    words = (CONFIRMS,) if any(one.is_suggested for one in held) else ()
    wanted = [listed.kind for listed in lists if listed.is_required and listed.kind not in stand]
    return DataOf(
        title=f"What {reference} is for",
        sentences=words if lists else (NO_LISTS,),
        action="Save" if lists else "",
        does=told,
        width=WIDTH,
        focus=next(iter((*wanted, *kinds)), CANCEL),
        fields=tuple(_of_list(listed, stand.get(listed.kind)) for listed in lists),
    )


def _of_list(listed: FundList, held: Choice | None) -> ChoiceOf:
    kind = listed.kind
    lines = {one.code: Choice(kind, one.code, one.words) for one in in_use(listed.items)}
    if held is not None:
        lines.setdefault(held.code, Choice(kind, held.code, held.words))
    wanted = " (wanted before a decision)" if listed.is_required else ""
    noted = " (suggested)" if held is not None and held.is_suggested else ""
    return ChoiceOf(
        kind,
        f"{CHOICE_WORDS[kind]}{noted}{wanted}",
        options=tuple((one.words, one) for one in lines.values()),
        value=None if held is None else lines[held.code],
        first="Not chosen",
    )


def _line(field: str, text: str, *, is_new: bool) -> ReadLine:
    """Return a line for a field of an application, with its day in full once it is left.

    What was submitted unreadable, such as a postcode, is let be until it is typed over.
    """
    stands = text.strip()

    def read(words: str) -> str:
        fault = "" if words == stands and not is_new else problem_with(field, words)
        if fault:
            raise Refused(fault)
        return words

    return ReadLine(text, read, lambda words: text if words == stands else in_full(field, words))


def application_form(
    title: str,
    row: ApplicationRow,
    areas: tuple[str, ...],
    does: Callable[[ApplicationRow, str], Any],
    *,
    is_new: bool,
    notes: Mapping[str, str] | None = None,
) -> DataOf:
    """Return a box a field, each read when it is left; `does` is given the application as it is typed.

    Besides it is given why it is corrected, "" for a new one. A box may show a text otherwise than it was
    submitted: what nobody typed into stays as it was.
    """

    def told(reason: str = "", **values: str | None) -> Any:
        texts = {of: text or "" for of, text in values.items() if text or not is_new}
        return does(with_typed(row, texts), reason)

    wanted = "Say why this is corrected."
    return DataOf(
        title=title,
        sentences=() if is_new else ("What was submitted is kept and shown beside each correction.",),
        action="Add the application" if is_new else "Save the correction",
        does=told,
        width=WIDTH,
        height=560,
        only_changed=not is_new,
        last=None if is_new else Line("reason", "Reason for the correction", wanted=wanted),
        fields=tuple(
            part
            for field in FIELD_WORDS
            if is_new or field != "reference"
            for part in _box(field, row, areas, (notes or {}).get(field, ""), is_new=is_new)
        ),
    )


def withdraw_form(round_id: int, reference: str) -> DataOf:
    return DataOf(
        title=f"Withdraw {reference}",
        action="Withdraw",
        sentences=("A withdrawn application is kept, and is never ranked. It can be reinstated.",),
        does=partial(SetWithdrawn, round_id, reference, is_withdrawn=True),
        focus="reason",
        fields=(
            Day("on", "Withdrawn on", value=current_day(), to_come=TO_COME),
            Note("reason", "Reason", wanted=NO_REASON),
        ),
    )


def _box(
    field: str, row: ApplicationRow, areas: tuple[str, ...], note: str, *, is_new: bool
) -> Iterator[Field | Saying]:
    """Yield the box of a field, and what is noted of it."""
    words = FIELD_WORDS[field]
    is_unknown = is_new and field == "amount_requested"  # no amount yet is not nought
    text = "" if is_unknown else typed(row, field)
    shown = f"{words} (needed)" if field in NEEDED else words
    if field in TEXTS:
        wrong = partial(problem_with, field)
        yield Note(field, words, shown=shown, value=text, told=note, check=wrong)
    elif field == "area" or field in YES_NO:
        nothing, offered = (ours("No area"), areas) if field == "area" else ("Not stated", ("Yes", "No"))
        options = ((nothing, ""), *((one, one) for one in offered))
        yield ChoiceOf(field, words, options=options, value=text, told=note)
    else:
        make = partial(_line, field, text, is_new=is_new)
        yield Own(field, words, shown=shown, make=make, told=note)
    if note:
        yield Saying(note)


class PairFields(QWidget):
    """A field a line; the first line chooses which reference is kept, and with it all values at first."""

    changed = Signal()

    def __init__(self, one: ApplicationRow, other: ApplicationRow) -> None:
        super().__init__()
        self._rows = (one, other)
        self.choices: dict[str, list[QRadioButton]] = {}
        self._grid = space(QGridLayout(self), (14, 6), (0, 0, 10, 0))
        for column in (1, 2):
            self._grid.setColumnStretch(column, 1)
        self._fill()
        first = self.choices["reference"][0]
        first.toggled.connect(self._keep_other)
        self.setFocusProxy(first)

    @property
    def value(self) -> tuple[ApplicationRow, ApplicationRow, tuple[str, ...]]:
        """Return which is kept, which would be withdrawn, and the fields that are taken from that."""
        own = 0 if self.choices["reference"][0].isChecked() else 1
        taken = tuple(name for name, boxes in self.choices.items() if not boxes[own].isChecked())
        return self._rows[own], self._rows[1 - own], taken

    def _fill(self) -> None:
        differ = differing_fields(*self._rows)
        self._line("reference", "Reference to keep", is_choice=True)
        for name, words in FIELD_WORDS.items():
            if name == "reference" or all(printed(row, name) == NOTHING for row in self._rows):
                continue
            is_choice = name in differ
            self._line(name, f"{words} (differs)" if is_choice else words, is_choice=is_choice)

    def _line(self, name: str, words: str, *, is_choice: bool) -> None:
        at, top = self._grid.rowCount(), Qt.AlignmentFlag.AlignTop
        tone = "warning" if is_choice and name != "reference" else "muted"
        self._grid.addWidget(small(words, tone=tone), at, 0, top)
        group = QButtonGroup(self)
        for column, row in enumerate(self._rows, 1):
            value = Label(printed(row, name)).wrapped()
            if not is_choice:
                self._grid.addWidget(value, at, column, top)
                continue
            box = QRadioButton()
            box.setAccessibleName(f"{words}: {printed(row, name)}, of {row.reference}")
            box.setChecked(column == 1)
            group.addButton(box)
            self.choices.setdefault(name, []).append(box)
            nest_in_cell(self._grid, row_of((box, 0, top), (value, 1), spacing=6), (at, column))
        group.idToggled.connect(self.changed)

    @Slot(bool)
    def _keep_other(self, is_first: bool) -> None:
        """Let all values follow the reference that is kept; each can be chosen again."""
        for boxes in self.choices.values():
            boxes[0 if is_first else 1].setChecked(True)


def pairs_form(found: ApplicationList, round_id: int, pairs: tuple[DuplicateCandidate, ...]) -> Form:
    """Return what asks about the first pair; once that is decided, or passed over, it asks about the next."""
    first, *others = pairs
    one, other = pair_lines(found, first)
    following = partial(pairs_form, found, round_id)

    def next_of(kept: list[DuplicateCandidate]) -> tuple[Form, ...]:
        return (following(tuple(kept)),) if kept else ()

    def merge(pair: tuple[ApplicationRow, ApplicationRow, tuple[str, ...]]) -> Deed:
        stand = [one for one in others if not set(one.pair) & set(first.pair)]
        return (merge_change(round_id, *pair), *next_of(stand))

    def keep(**typed: Any) -> Deed:
        return (KeepApart(round_id, *first.pair), *next_of(others))

    ways = [Leads(f"Withdraw {of}…", partial(withdraw_form, round_id, of)) for of in first.pair]
    if others:
        ways.append(Leads("Next pair", partial(following, (*others, first))))
    return Form(
        title=" and ".join(first.pair),
        sentences=(f"{sentence(first.words)} Nothing is decided automatically.",),
        action="Keep both",
        does=keep,
        other=("Merge", merge),
        away="Close",
        width=820,
        height=560,
        fields=(
            Own("pair", "", make=partial(PairFields, one.of.row, other.of.row)),
            Saying(lambda typed: f"Merge: {merging_words(*typed['pair'])}", "text2"),
            *ways,
        ),
    )


TOLD = "The applicant may be told the reason."
NEED_REASON = {"fail": "Fail", "waived": "Waive"}
"""The results of a gate that have a reason, by the words of what is done."""
Here = At[ApplicationList, ApplicationLine]


def round_of(at: At[Any, Any]) -> RoundLine:
    """Return the round that an act is of."""
    assert at.place is not None, "an act is of a round"
    return at.place.line


def area_of_row(at: Here) -> str | None:
    """Return the area of the application, None for one without."""
    area: str | None = at.row.of.row.area
    return area


def set_gate(at: Here, result: str) -> Form | SetGate | None:
    """Set a gate of the application to a result, once it is said why where the applicant may ask."""
    standing = at.part
    is_held, asks = result == standing.result, standing.gate.question
    of = round_of(at).round_id, at.row.reference
    change = partial(SetGate, *of, standing.gate.code, result, replacing=standing.own, asks=asks)
    if result not in NEED_REASON:
        return None if is_held else change()
    words, value = NEED_REASON[result], standing.reason if is_held else ""
    return reason_form(f"{words} {at.row.reference} at a gate", (asks, TOLD), words, change, value=value)


def _add(at: At[ApplicationList, Any]) -> Form:
    """Ask for a new application; its reference is the next one free."""
    line, area = round_of(at), at.place.area if at.place is not None else None
    used = [one.reference for one in at.answer.lines]
    references = References(line.fund_code, used, width_in_use(line.fund_code, used))
    row = ApplicationRow(references.give(), "", area=area)
    key = RoundKey(line.fund, line.year, line.name)

    def add(added: ApplicationRow, reason: str) -> Operation:
        return ImportApplications(key, (added,), source=BY_HAND)

    return _form("New application", row, line, add, is_new=True)


def _correct(at: Here) -> Form:
    """Ask what is to be corrected, beside what was submitted."""
    one, line = at.row.of, round_of(at)
    notes = submitted_notes(one.row, one.cells, one.corrections)
    to_check = tuple(each.field for each in one.corrections if each.is_to_check)

    def correct(corrected: ApplicationRow, reason: str) -> Operation:
        """Correct what was changed; a value to check that was left as it is was looked at."""
        changes = changes_between(one.row, corrected, to_check)
        return CorrectApplication(line.round_id, at.row.reference, changes, reason)

    return _form(f"Correct {at.row.reference}", one.row, line, correct, is_new=False, notes=notes)


def _form(title: str, row: ApplicationRow, line: RoundLine, does: Any, **how: Any) -> Form:
    return application_form(title, row, tuple(area.name for area in line.areas), does, **how)


def _choose(at: Here) -> Form:
    """Ask what an application is for, from its fund's lists."""
    one, of = at.row.of, at.row.reference

    def choose(chosen: tuple[Choice, ...]) -> Operation | None:
        stood = (ChoicesOf(of, one.choices),) if one.choices else ()
        same = chosen == one.choices
        return None if same else SetChoices(round_of(at).round_id, (ChoicesOf(of, chosen),), stood)

    return choices_form(of, one.choices, at.answer.lists, choose)


def _withdraw(at: Here) -> Form | SetWithdrawn:
    """Ask before an application is withdrawn; a withdrawn one is taken up again at once."""
    of = round_of(at).round_id, at.row.reference
    if at.row.of.row.withdrawn:
        return SetWithdrawn(*of, is_withdrawn=False)
    return withdraw_form(*of)


def _withhold(at: Here) -> Deed:
    """Ask why the applicant's name is kept from the public, or give it again at once."""
    stands = at.row.of.withheld
    of = round_of(at).round_id, at.row.reference
    withhold = partial(SetWithheldName, *of, replacing=stands)
    return withholding(at.row.of.row.organisation, withhold) if stands is None else withhold(None)


def _own(at: At[Any, Any]) -> list[ApplicationLine]:
    """Return the applications in the list that are of the person's areas."""
    own = at.identity.areas
    return [line for line in at.shown if not own or line.of.row.area in own]


def _pass_gates(at: At[Any, Any]) -> Form:
    """Ask which gates that are to check are passed together, and pass them as one change."""
    return pass_form(_own(at), partial(SetGates, round_of(at).round_id))


def _compare(at: Here) -> Form:
    """Ask about the pairs that look alike one by one, those of the application first."""
    every = (pair for line in at.answer.lines for pair in line.pairs)
    others = sorted(every, key=lambda pair: pair.strength)
    return pairs_form(at.answer, round_of(at).round_id, tuple(dict.fromkeys((*at.row.pairs, *others))))


IMPORT = "Import applications…"


def _begin(at: At[ApplicationList, Any]) -> Told | Run:
    """Go on to an import, or to the first round."""
    return Told(IMPORT) if at.answer.has_round else Run(lambda tools: tools.actions["start_round"].trigger())


OF_PAGE: tuple[Act[ApplicationList, Any], ...] = (
    Act(
        words="Import",
        kind=WORK,
        look="primary",
        icon="file",
        tip="Import applications from a workbook, forms or e-mails",
        begins=lambda at: IMPORT if at.answer.has_round else START_ROUND,
        does=_begin,
    ),
    Act(words="New by hand", kind=WORK, where=lambda at: at.answer.has_round, does=_add),
    Act(
        words="Pass gates…",
        kind=WORK,
        where=lambda at: bool(to_pass(_own(at))),
        tip="Pass gates that are to check, on the applications in the list",
        does=_pass_gates,
    ),
    Act(
        words=DECLARE,
        look="primary",
        icon="interest",
        where=lambda at: any(line.of.closed == DECLARE_FIRST for line in at.answer.lines),
        does=lambda at: Go("panel", OWN_DECLARATION),
    ),
)


def _is_open(at: Here) -> bool:
    return not at.row.of.closed


HISTORY: Act[ApplicationList, ApplicationLine] = Act(
    words="History",
    name="All that was changed on this application",
    where=_is_open,
    does=lambda at: Go("history", at.row.reference),
)
FILES = replace(files_act(lambda at: of_application(round_of(at).round_id, at.row.reference)), where=_is_open)
CHOOSE: Act[ApplicationList, ApplicationLine] = Act(
    words="What it is for…", kind=WORK, area=area_of_row, where=_is_open, does=_choose
)
OF_ROW: tuple[Act[ApplicationList, ApplicationLine], ...] = (
    CHOOSE,
    Act(words="Correct…", kind=WORK, area=area_of_row, where=_is_open, does=_correct),
    Act(
        words=lambda at: "Reinstate" if at.row.of.row.withdrawn else "Withdraw…",
        kind=WORK,
        area=area_of_row,
        where=_is_open,
        does=_withdraw,
    ),
    Act(words="Compare…", kind=WORK, where=lambda at: bool(at.row.pairs), does=_compare),
    Act(
        words=lambda at: WITHHOLD if at.row.of.withheld is None else NAME_AGAIN,
        kind=SetWithheldName.kind,
        area=area_of_row,
        where=lambda at: _is_open(at) and (at.row.of.withheld is not None or not at.row.of.row.withdrawn),
        does=_withhold,
    ),
    FILES,
)
