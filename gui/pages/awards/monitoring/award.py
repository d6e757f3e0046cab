"""One award of Monitoring: what was agreed and reached, its returns and visits, and what is asked of each.

Does not belong here: reading a workbook that was filled in (`workbooks.py`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

from exchange.cells.values import read_whole
from gui.listed.acts import Act, At, Deed
from gui.listed.form import Across, AtField, Choice, Day, Field, Form, Grid, Line, Money, Note
from gui.listed.side import InRow, Name, Offers, Says, Side, Strong, Title, Told
from gui.pages.awards.monitoring.lines import late_words
from gui.pages.awards.monitoring.workbooks import NOT_IN_YET, line_of, save_form
from gui.pages.page import own_name
from gui.record.clock import current_day
from gui.theme.look import Tone
from gui.widgets.label import Chip
from gui.widgets.typed import NO_DAY
from models.operation import Operation
from models.operations.awards.monitoring import (
    AwardPlan,
    PlanReturns,
    PutReturns,
    ReturnPut,
    SetAgreedOutputs,
    SetReturnBands,
    SetVisits,
)
from models.papers.monitoring.monitoring import (
    AgreedOutput,
    AwardMonitoring,
    AwardReturn,
    Monitoring,
    OutputProgress,
    ReturnContent,
    SupportedNumber,
    Visit,
    progress_line,
)
from models.papers.monitoring.monitoring_plan import (
    POINTS,
    asked_outputs,
    behind_words,
    day_fault,
    is_behind,
    planned_returns,
    proposed_outputs,
    taken_over,
)
from models.reference.defaults import REFERENCE_TITLES, ReferenceList, ReturnBand
from models.values.awards import PlannedReturn
from scoring import money
from scoring.written.days import short_day
from scoring.written.text import Refused, Unreadable, counted, with_capital

NOT_SIGNED = "No return is planned yet: recording the signature of the agreement plans them."
SPARE, LEAST_AGREED, LEAST_PLANNED, LEAST_BANDS = 2, 5, 4, 3
"""How many lines there are to type in: so many more than stand, and so many at least."""
AGREED = (
    "One line for each. A figure is the total to be reached, or a share where the words say “per cent”; "
    "leave it out where words say it."
)
VARIED = (
    "These lines are drafted from what a variation says of the outcomes. What returns tell of stays, and is "
    "not asked about any more."
)
PROPOSED = "These lines are drafted from what the application says about its outcomes. Change them as agreed."
KINDS = (("Output", False), ("Outcome", True))
PLANNED = (
    "One line for each return: what it is of, up to which day it tells, and the day it is due. A line "
    "without words and due day is left out."
)
ALONE = "Give the figures of this return alone, without those before it."
TO_COME = "That day is still to come. A visit is recorded once it was made."
BANDS = (
    "In proportion to the money: the first line that an award fits under counts, the last is for any amount. "
    "Returns that are planned already stay as they are."
)

Here = At[Any, AwardMonitoring]


def _tell(at: Here) -> Iterator[Told]:
    award = at.row
    yield Name(award.organisation)
    yield Says(", ".join(filter(None, (award.reference, award.application, award.area))), "muted")
    yield Says(award.project)
    stands, paid = money.short_pounds(award.stands_pence), money.short_pounds(award.paid_pence)
    evidenced = money.short_pounds(award.evidenced_pence)
    yield Strong(f"Stands at {stands} · {paid} paid less returned · {evidenced} evidenced")
    spend = (money.without_noughts(award.proposed), award.warning, award.unevidenced)
    for words in (*spend, award.ends_elsewhere, behind_words(award)):
        yield Says(words, "warning")
    yield Title("Agreed")
    asked = asked_outputs(award)
    for output in award.outputs:
        of = "" if output.target is None else f" ({output.target:,})"
        words = progress_line(award, output) if award.received else f"{output.words}{of}"
        yield Says(f"• {words}", "text" if output in asked else "muted")
    yield Says("" if award.outputs else "Nothing is agreed yet.", "muted")
    yield Offers((AGREE,), is_row=True)
    yield Title("Returns")
    for one in award.returns:
        yield from _tell_return(one, at.today)
    not_planned = "No return is planned yet." if award.is_agreed else NOT_SIGNED
    yield Says("" if award.returns else not_planned, "muted")
    yield Offers((PLAN, FORM), is_row=True)
    yield Title("Visits")
    for visit in enumerate(award.visits, 1):
        yield InRow(f"{short_day(visit[1].on)}, {visit[1].who}", (VISIT_OUT,), visit, is_strong=True)
        yield Says(visit[1].seen, "text2")
    yield Says("" if award.visits else "No visit is recorded.", "muted")
    yield Offers((VISIT,), is_row=True)


def _tell_return(one: AwardReturn, today: date) -> Iterator[Told]:
    plan, said, late = one.plan, one.said, one.days_overdue(today)
    called = f"{plan.number}. {with_capital(plan.words)}"
    when = f"due {short_day(plan.due_on)}" if said is None else f"received {short_day(said.received_on)}"
    chip = Chip(Tone.WARNING, late_words(late)) if late else None
    yield InRow(f"{called}, {when}", (RECORD,), one, chip)
    if said is not None:
        if said.spent_pence is not None:
            yield Says(f"{money.short_pounds(said.spent_pence)} of spend evidenced", "text2")
        yield Says(people_words(said.supported) if said.supported else "", "text2")
        yield Says(said.words, "text2")
        yield Offers((TAKE_BACK,), part=one)


def people_words(supported: Iterable[SupportedNumber]) -> str:
    """Return how many a return counts, by each list: "14 people by service area, 9 by category of need"."""
    sums = Counter[str]()
    for one in supported:
        sums[REFERENCE_TITLES[one.group].lower()] += one.supported
    (title, number), *others = sums.items()
    rest = "".join(f", {of:,} by {name}" for name, of in others)
    return f"{counted(number, 'person', 'people')} by {title}{rest}"


def _agree_words(at: Here) -> str:
    if is_behind(at.row):
        return "Take the varied outcomes over…"
    draft = "Draft from the application…" if at.row.wished.strip() else "Record what is agreed…"
    return "Change what is agreed…" if at.row.outputs else draft


def _drafted(award: AwardMonitoring) -> tuple[tuple[AgreedOutput, ...], str]:
    """Return the lines to begin with, and what they are from."""
    if is_behind(award):
        return taken_over(award), VARIED
    if award.outputs:
        return award.outputs, AGREED
    proposed = proposed_outputs(award.wished)
    return proposed, PROPOSED if proposed else AGREED


def ask_agreed(at: Here) -> Form:
    """Ask what is agreed: a line for each output or outcome, with a figure where there is one."""
    award = at.row
    outputs, words = _drafted(award)
    standing = {each.number for each in award.outputs}
    numbers = [each.number if each.number in standing else None for each in outputs]
    spare = max(SPARE, LEAST_AGREED - len(outputs))
    lines = (*outputs, *(AgreedOutput(0, "") for _ in range(spare)))
    return Form(
        title=f"Agreed with {award.organisation}",
        sentences=(words,),
        action="Set what is agreed",
        does=partial(_agreed, at, (*numbers, *(None,) * spare)),
        width=900,
        fields=(
            Grid(
                ("What is agreed", "Figure", "Kind", "How it is known"),
                tuple(_agreed_line(row, each) for row, each in enumerate(lines, 1)),
                stretch=0,
            ),
        ),
    )


def _agreed_line(row: int, each: AgreedOutput) -> tuple[Field, ...]:
    figure = "" if each.target is None else str(each.target)
    return (
        Line(f"words{row}", f"What is agreed, line {row}", value=each.words),
        Line(f"target{row}", f"Figure of line {row}", value=figure, width=90),
        Choice(f"is_outcome{row}", f"Kind of line {row}", options=KINDS, value=each.is_outcome),
        Line(f"measure{row}", f"How line {row} is known", value=each.measure or "", width=190),
    )


def _agreed(at: Here, numbers: tuple[int | None, ...], **said: Any) -> SetAgreedOutputs:
    award, found = at.row, list[AgreedOutput]()
    last = max((each.number for each in award.outputs), default=0)
    for row, number in enumerate(numbers, 1):
        words, target = said[f"words{row}"], said[f"target{row}"]
        if not (words or target):
            continue
        figure = figure_of(target)
        if target and figure is None:
            raise AtField("Type a whole number, such as 40, or leave the figure out.", f"target{row}")
        if not words:
            raise AtField("Say in words what the figure is of.", f"words{row}")
        last += number is None
        found.append(
            AgreedOutput(
                number or last, words, figure, said[f"is_outcome{row}"], said[f"measure{row}"] or None
            )
        )
    return SetAgreedOutputs(line_of(at).round_id, award.application, tuple(found), award.outputs)


def figure_of(text: str) -> int | None:
    """Return a whole number of nought or more as people type it, None when it is not one."""
    try:
        number = read_whole(text)
    except Unreadable:
        return None
    return number if number is not None and 0 <= number <= 10**9 else None


def _ask_plan(at: Here) -> Form:
    """Ask when an award reports: a line for each return, with its day."""
    award = at.row
    found: Monitoring = at.answer.found
    planned = award.planned or planned_returns(
        award.amount_pence, award.start_on, award.end_on, found.bands, found.every
    )
    spare = max(SPARE, LEAST_PLANNED - len(planned))
    numbers = [each.number if award.planned else None for each in planned]
    lines = (*planned, *(None,) * spare)
    return Form(
        title=f"Returns of {award.reference}",
        sentences=(PLANNED,),
        action="Plan returns",
        does=partial(_planned, at, (*numbers, *(None,) * spare)),
        width=640,
        fields=(
            Grid(
                ("What it covers", "Tells up to", "Due on"),
                tuple(_planned_line(row, each) for row, each in enumerate(lines, 1)),
                stretch=0,
            ),
        ),
    )


def _planned_line(row: int, each: PlannedReturn | None) -> tuple[Field, ...]:
    day = partial(Day, is_past=False, is_needed=False, width=170)
    return (
        Line(f"words{row}", f"What return {row} is of", value=each.words if each else ""),
        day(f"covers{row}", f"Up to when return {row} tells", value=each.covers_to if each else None),
        day(f"due{row}", f"When return {row} is due", value=each.due_on if each else None),
    )


def _planned(at: Here, numbers: tuple[int | None, ...], **said: Any) -> PlanReturns:
    """Plan the returns in the order of their days."""
    award, found = at.row, list[PlannedReturn]()
    last = max((each.number for each in award.planned), default=0)
    stood = {(each.number, each.due_on, each.covers_to) for each in award.planned}
    for row, number in enumerate(numbers, 1):
        words, due, covers = said[f"words{row}"], said[f"due{row}"], said[f"covers{row}"]
        if not words and due is None:
            continue
        if due is None:
            raise AtField(NO_DAY, f"due{row}")
        if not words:
            raise AtField("Say in a word or two what the return covers, such as “half way”.", f"words{row}")
        last += number is None
        one = PlannedReturn(number or last, due, words, covers)
        fault = day_fault(one, award.start_on)
        if fault and (one.number, due, covers) not in stood:
            raise AtField(fault, f"due{row}" if due < award.start_on else f"covers{row}")
        found.append(one)
    ordered = tuple(sorted(found, key=attrgetter("due_on", "number")))
    return PlanReturns(line_of(at).round_id, (AwardPlan(award.application, ordered, award.planned),))


def _ask_return(at: Here) -> Form:
    """Ask what a return says: when it came in, spend, words, each output, and people under each line."""
    award, one, lists = at.row, at.part, at.answer.found.lists
    said: ReturnContent | None = one.said
    spent = said.spent_pence if said else None
    received = said.received_on if said else current_day()
    return Form(
        title=f"Return {one.plan.number} of {award.reference}: {one.plan.words}",
        sentences=(f"Due on {short_day(one.plan.due_on)}. {ALONE}",),
        action="Record the return",
        does=partial(_returned, at),
        width=640,
        fields=(
            Across(
                (
                    Day("received", "Received on", value=received, to_come=NOT_IN_YET),
                    Money("spent", "Spend evidenced", value=spent, is_needed=False),
                )
            ),
            Note("words", "What the return says", height=72, value=said.words if said else ""),
            *_progress_grid(award, said),
            *(_people_grid(each, said) for each in lists),
        ),
    )


def _read_figure(text: str) -> int | None:
    if text and figure_of(text) is None:
        raise Refused("Type a whole number, 0 or more, or leave it out.")
    return figure_of(text)


def _progress_grid(award: AwardMonitoring, said: ReturnContent | None) -> Iterator[Grid]:
    told = {each.output: each for each in said.progress} if said else {}
    asked = {each.number for each in asked_outputs(award)} | told.keys()
    outputs = [each for each in award.outputs if each.number in asked]
    lines = (_progress_line(each, told.get(each.number, OutputProgress(each.number))) for each in outputs)
    if asked:
        yield Grid(("What was agreed", "Reached", "In words"), tuple(lines))


def _progress_line(output: AgreedOutput, before: OutputProgress) -> tuple[str | Field, ...]:
    reached = "" if before.achieved is None else str(before.achieved)
    of = "" if output.target is None else f" ({output.target:,} agreed)"
    number = output.number
    return (
        f"{output.words}{of}",
        Line(f"reached {number}", f"Reached: {output.words}", value=reached, width=130, read=_read_figure),
        Line(f"told {number}", f"In words: {output.words}", value=before.words),
    )


def _people_grid(each: ReferenceList, said: ReturnContent | None) -> Grid:
    told = {(one.group, one.line): str(one.supported) for one in said.supported} if said else {}
    people = partial(Line, width=130, read=_read_figure)
    lines = (
        (line, people(f"people {each.code} {line}", f"People: {line}", value=told.get((each.code, line), "")))
        for line in each.lines
    )
    return Grid((each.title, "People"), tuple(lines), stretch=0)


def _returned(at: Here, received: date, spent: int | None, words: str, **said: Any) -> Deed:
    """Return the change that records what a return says."""
    award, one = at.row, at.part
    progress = (
        OutputProgress(each.number, said[f"reached {each.number}"], said[f"told {each.number}"])
        for each in award.outputs
        if f"told {each.number}" in said
    )
    asked = {
        (each.code, line): said[f"people {each.code} {line}"]
        for each in at.answer.found.lists
        for line in each.lines
    }
    people = (SupportedNumber(*line, number) for line, number in asked.items() if number is not None)
    kept = (each for each in (one.said.supported if one.said else ()) if (each.group, each.line) not in asked)
    told = tuple(each for each in progress if each.achieved is not None or each.words)
    return _put(at, ReturnContent(received, words, spent, told, (*people, *kept)))


def _put(at: Here, said: ReturnContent | None) -> PutReturns:
    one = at.part
    return PutReturns(line_of(at).round_id, (ReturnPut(at.row.application, one.plan.number, said, one.said),))


def _ask_visit(at: Here) -> Form:
    return Form(
        title=f"Visit to {at.row.organisation}",
        sentences=("What was seen is shown in the monitoring workbook, with who saw it.",),
        action="Record the visit",
        does=lambda on, who, seen: _visits(at, (*at.row.visits, Visit(on, who, seen))),
        fields=(
            Day("on", "Visited on", value=current_day(), to_come=TO_COME),
            Line("who", "Visited by", value=own_name(at.identity.name), wanted="Say who went."),
            Note("seen", "What was seen", wanted="Say what was seen."),
        ),
    )


def _visits(at: Here, visits: tuple[Visit, ...]) -> Operation:
    return SetVisits(line_of(at).round_id, at.row.application, visits, at.row.visits)


def _take_visit_out(at: Here) -> Operation:
    number, _ = at.part
    return _visits(at, (*at.row.visits[: number - 1], *at.row.visits[number:]))


def _ask_bands(at: At[Any, None]) -> Form:
    """Ask how often awards up to an amount report; an empty amount leaves its line out."""
    bands = at.answer.found.bands
    below = [band for band in bands if band.up_to_pence is not None]
    spare = LEAST_BANDS - len(below)
    last = next((band.points for band in bands if band.up_to_pence is None), "quarterly")
    lines = [*below, *(ReturnBand(None, "end") for _ in range(spare))]
    options = tuple((with_capital(words), code) for code, words in POINTS.items())
    points = partial(Choice, options=options)
    return Form(
        title="Returns by amount",
        sentences=(BANDS,),
        action="Set for this round",
        does=partial(_set_bands, at),
        fields=(
            Grid(
                ("Awards up to", "Returns"),
                (
                    *(
                        (
                            Money(
                                f"pence{row}",
                                f"Amount of line {row}",
                                value=band.up_to_pence,
                                is_needed=False,
                                width=130,
                            ),
                            points(f"points{row}", f"Returns of line {row}", value=band.points),
                        )
                        for row, band in enumerate(lines, 1)
                    ),
                    ("Any other amount", points("points", "Returns of any other amount", value=last)),
                ),
                stretch=1,
            ),
        ),
    )


def _set_bands(at: At[Any, None], points: str, **said: Any) -> SetReturnBands:
    found, least = list[ReturnBand](), 0
    for row in range(1, len(said) // 2 + 1):
        pence = said[f"pence{row}"]
        if pence is not None:
            if pence <= least:
                raise AtField("Type an amount in pounds that is more than the one above it.", f"pence{row}")
            least = pence
            found.append(ReturnBand(pence, said[f"points{row}"]))
    before = at.answer.found.bands if at.answer.found.own_bands else ()
    return SetReturnBands(line_of(at).round_id, (*found, ReturnBand(None, points)), before)


def _named(what: str, number: int, words: str) -> str:
    """Return how a reader calls a button that is there for each: "Return 1: record…"."""
    return f"{what} {number}: {words}".capitalize()


def _record_words(at: Here) -> str:
    return "Record…" if at.part.said is None else "Change…"


AGREE: Act[Any, AwardMonitoring] = Act(words=_agree_words, kind=SetAgreedOutputs.kind, does=ask_agreed)
PLAN: Act[Any, AwardMonitoring] = Act(
    words=lambda at: "Change the plan…" if at.row.returns else "Plan returns…",
    kind=PlanReturns.kind,
    does=_ask_plan,
)
FORM: Act[Any, AwardMonitoring] = Act(
    words="Write its form…", kind=PutReturns.kind, where=lambda at: bool(at.row.returns), does=save_form
)
RECORD: Act[Any, AwardMonitoring] = Act(
    words=_record_words,
    name=lambda at: _named("return", at.part.plan.number, _record_words(at)),
    kind=PutReturns.kind,
    parts=lambda at: at.row.returns,
    does=_ask_return,
)
TAKE_BACK: Act[Any, AwardMonitoring] = Act(
    words="Take back",
    name=lambda at: _named("take back", at.part.plan.number, "Take back"),
    kind=PutReturns.kind,
    parts=lambda at: at.row.received,
    does=lambda at: _put(at, None),
)
VISIT: Act[Any, AwardMonitoring] = Act(words="Record a visit…", kind=SetVisits.kind, does=_ask_visit)
VISIT_OUT: Act[Any, AwardMonitoring] = Act(
    words="Remove",
    name=lambda at: _named("visit", at.part[0], "Remove"),
    kind=SetVisits.kind,
    parts=lambda at: enumerate(at.row.visits, 1),
    does=_take_visit_out,
)
CHANGE_BANDS: Act[Any, None] = Act(
    words="Returns by amount…",
    name="Change how often awards report",
    kind=SetReturnBands.kind,
    where=lambda at: bool(at.answer.found.awards),
    does=_ask_bands,
)
SIDE: Side[Any, AwardMonitoring] = Side(
    name="The selected award",
    width=380,
    nothing="Choose an award to see what was agreed and what came in.",
    tell=_tell,
    acts=(AGREE, RECORD, TAKE_BACK, PLAN, FORM, VISIT_OUT, VISIT),
)
