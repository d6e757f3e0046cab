"""The forms of one application: its fields, and what it is for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from exchange.applications.importer import NEEDED, YES_NO, in_full, problem_with, typed, with_typed
from gui.listed.form import CANCEL, NO_REASON, Day, Field, Line, Note, Own, Saying
from gui.listed.form import Choice as ChoiceOf
from gui.listed.form import Form as DataOf
from gui.record.clock import current_day
from gui.theme.office_words import ours
from gui.widgets.typed import ReadLine
from models.operations.applications.corrections import SetWithdrawn
from models.reference.defaults import FundList, in_use
from models.values.applications import CHOICE_WORDS, FIELD_WORDS, TEXTS, Choice
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
    """Return what asks on which day, and why, an application was withdrawn."""
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
