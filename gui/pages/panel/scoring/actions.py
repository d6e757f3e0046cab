"""What is done with whole sheets: handed in, abstained from, closed by an interest, reopened."""

from collections.abc import Sequence
from functools import partial

from gui.listed.acts import Confirm, Deed, Hint, Run, Saved
from gui.listed.form import CANCEL, Choice, Form, Note, Saying, Values, reason_form
from gui.pages.page import PageTools
from gui.pages.panel.scoring.sheets import KIND_MEANINGS, KIND_WORDS, Sheets, say_interest
from gui.text import ENDS_UNDO, counted, listed
from gui.theme.look import Tone
from gui.widgets.message_area import Notice, Remedy
from models.operations.panel.agreed import SetNotApplicable
from models.operations.panel.members import AddInterest, SetChairScores
from models.operations.panel.sheets import HandInSheets, ReopenSheet
from models.queries.panel.score_sheets import CLOSED, SheetLine
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import noun

COUNTS_ONE = "It counts from now on, and others’ marks on this application open to you."
COUNT_ALL = "They count from now on, and others’ marks on these applications open to you."
COUNTS_THERE = "What is handed in counts once your return is at the office."
REOPENED = f"Only the chair can reopen a sheet. {ENDS_UNDO}"


MAKE_RETURN = "make_return"
BY_RETURN = "Your marks reach the office with your return. Make it once all your sheets are handed in."


def hand_in_form(sheets: Sheets) -> Deed:
    """Return what asks which of the ready sheets are handed in; those that lack a reason stay behind."""
    (ready, lacking), current = sheets.full, sheets.reference
    if not ready:
        return Hint(f"{', '.join(lacking)}: this round requires a reason beside each mark.")
    of = f"The {noun(len(ready), 'sheet')} of {', '.join(ready)}."
    effect = COUNTS_THERE if sheets.is_away else COUNTS_ONE if len(ready) == 1 else COUNT_ALL
    kept = f"Not yet, since a reason is required beside each mark: {', '.join(lacking)}."
    every = "Both ready sheets" if len(ready) == 2 else f"All {len(ready)} ready sheets"
    which = ((every, ready), (f"Only the sheet on show, {current}", (current,)))
    has_choice = current in ready and len(ready) > 1

    def worded(typed: Values) -> str:
        return f"Hand in {counted(len(typed.get('which', ready)), 'sheet')}"

    def does(which: tuple[str, ...] = ready) -> Deed:
        said = f"{counted(len(which), 'sheet')} handed in"
        return Saved(HandInSheets(*sheets.whose, which, sheets.is_paper), said, Run(_tell_return))

    return Form(
        title="Hand in",
        heading=f"Hand in {counted(len(ready), 'sheet')}",
        action="Hand in",
        worded=worded,
        is_final=True,
        focus=CANCEL,
        left=lambda: Hint("Nothing is handed in yet. Your marks are saved."),
        does=does,
        fields=(
            Saying(of, size=13, weight=600, tone="text2"),
            *(Saying(words, size=13, tone="text2") for words in (effect, REOPENED)),
            *((Saying(kept, size=13, tone="warning"),) if lacking else ()),
            *((Choice("which", "", options=which, value=ready, are_radios=True),) if has_choice else ()),
        ),
    )


def _tell_return(tools: PageTools) -> None:
    """Say in a member's own record how the marks come to the office."""
    making = tools.actions[MAKE_RETURN]
    if making.isEnabled():
        way = Remedy("Make the return…", making.trigger)
        tools.notices.show_notice(Notice("return", Tone.INFORMATION, BY_RETURN, (way,)))


KINDS = (InterestKind.NON_PECUNIARY, InterestKind.PECUNIARY, InterestKind.PREJUDICIAL)
EFFECT = (
    "Its text and marks close to you, and you take no part in it at the meeting.",
    "A sheet that you have begun or handed in no longer counts; it is kept in History.",
)


def interest_form(sheets: Sheets) -> Deed:
    """Return what asks which interest a member has in the application on show, and what it is.

    The organisation's other applications that are open to the member are named.
    """
    line, held = sheets.current, sheets.all
    if line is None or held is None:
        return None
    same = [one for one in held.lines if one.organisation_id == line.organisation_id]
    others = [one for one in same if one.reference != line.reference and one.state not in CLOSED]
    return Form(
        title="Declare an interest",
        heading=f"Declare an interest in {line.reference} {line.organisation}",
        sentences=(*EFFECT, _others_words(line, others)) if others else EFFECT,
        action="Declare interest",
        does=partial(declared, sheets, line.reference),
        fields=(
            Choice(
                "kind",
                "",
                options=tuple((f"{KIND_WORDS[kind]}: {KIND_MEANINGS[kind]}", kind) for kind in KINDS),
                value=InterestKind.NON_PECUNIARY,
                are_radios=True,
            ),
            Note(
                "detail",
                "What is the interest?",
                shown="What is it?",
                height=64,
                wanted=say_interest(line.reference),
            ),
        ),
    )


def declared(sheets: Sheets, reference: str, kind: InterestKind, detail: str) -> Saved:
    """Return the change that an interest of the member is declared."""
    round_id, member = sheets.whose
    said = f"You abstained on {reference}" if kind is InterestKind.ABSTAINED else "Interest declared"
    return Saved(AddInterest(round_id, InterestRow(member, reference, kind, detail)), said)


def _others_words(line: SheetLine, others: Sequence[SheetLine]) -> str:
    named = listed([other.reference for other in others])
    return f"{line.organisation} also has {named}: declare there too if the interest holds for it."


def abstain_form(sheets: Sheets) -> Deed:
    """Return what asks before a member abstains on the application on show."""
    line = sheets.current
    if line is None:
        return None
    words = (
        f"You will have no sheet for {line.reference} and not count toward its quorum.",
        "Marks that you have given on it no longer count.",
        "Others’ marks on it open to you: once somebody has handed theirs in, only the chair takes this "
        "back, with a reason.",
    )

    def abstains(reason: str) -> Saved:
        return declared(sheets, line.reference, InterestKind.ABSTAINED, reason)

    told = words[:2] if sheets.is_away else words
    return reason_form(f"Abstain on {line.reference}", told, "Abstain", abstains, is_needed=False)


def reopen_form(sheets: Sheets, reference: str, member: str) -> Form:
    """Return what asks the chair why a sheet is opened again; "" is the own sheet."""
    words = (
        "It does not count until it is handed in again.",
        f"It is marked “reopened after others’ marks could be seen”. {ENDS_UNDO}",
    )
    line, (round_id, own) = sheets.line(reference), sheets.whose

    def reopens(reason: str, in_place: str = "") -> Saved:
        operation = ReopenSheet(round_id, member or own, reference, reason, in_place)
        return Saved(operation, f"The sheet for {reference} is open again")

    named = () if line is None else line.in_place
    return reason_form(f"Reopen the sheet for {reference}", words, "Reopen sheet", reopens, named=named)


def set_aside_form(sheets: Sheets, code: str) -> Deed:
    """Return what asks the chair why a criterion is set aside on the sheet on show, or counts again."""
    line = sheets.current
    if line is None:
        return None
    of, stands = f"{code} of {line.reference}", dict(line.why_not_applicable).get(code, "")

    def does(reason: str, in_place: str = "") -> Saved:
        operation = SetNotApplicable(sheets.round_id, line.reference, code, reason, stands, in_place)
        return Saved(operation, f"{of} {'is set aside' if reason else 'counts again'}")

    if not stands:
        words = (
            "No member needs a mark on it, and no sheet waits for one.",
            "The other criteria on its side share its weight. This can be undone.",
        )
        title = f"Set {code} aside for {line.reference}"
        return reason_form(title, words, "Set aside", does, named=line.in_place)
    words = (
        f"It was set aside because: {stands}",
        "It then counts again in every total. This can be undone.",
    )
    title, do, again = f"Count {of} again", "Count it again", partial(does, "")
    if line.in_place:
        return reason_form(title, words, do, again, named=line.in_place, asks_why=False)
    return Confirm(title, words, do, again())


def chair_scores(sheets: Sheets, *, scores: bool) -> Saved:
    """Return the change that the chair scores in this round, or does not; it can be undone."""
    said = f"Recorded: you {'score' if scores else 'do not score'} in this round"
    return Saved(SetChairScores(*sheets.whose, scores), said)
