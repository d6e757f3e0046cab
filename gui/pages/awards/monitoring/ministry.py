"""The fund's returns to the Ministry on the Monitoring page: its periods, one of them, and submitting it.

Does not belong here: the returns of single awards, and how a period is summed (`models.papers.ministry`).
"""

from collections.abc import Iterable, Iterator
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from gui.dialogs.files import Kind
from gui.listed.acts import Act, At, Confirm, Run, Save
from gui.listed.form import Form, Note
from gui.listed.side import Name, Offers, Says, Side, Strong, Title, Told
from gui.pages.page import PageTools
from gui.papers.source import PaperSource, issue_paper, paper_source
from gui.record.turns import Turns, settling, take_turns
from gui.tables.columns import Gives, Keeps, LineColumn, pounds_of
from gui.text import ENDS_UNDO
from gui.theme.look import Tone
from gui.widgets.label import Chip
from models.clock import utc_now
from models.operations.awards.monitoring import PutReturns
from models.papers.kinds import MINISTRY
from models.papers.ministry.summing import MinistryReturn, unchosen
from models.papers.order import PaperOrder
from models.queries.awards.ministry import PeriodState
from scoring import money
from scoring.written.days import full_moment
from scoring.written.names import file_name
from scoring.written.text import counted

NOTHING_PICKED = "Choose a period to see its figures and what is missing."
COMPLETE = "Nothing is missing."
BY_TIME = "A return counts in the period in which the time it tells of ends, whenever it comes in."
CHOOSE_WHERE = "It is chosen on Applications, under What it is for."
FEW = 12
"""So many changes are listed, more are counted: the paper has them all."""
STANDS = (
    "Its figures then stand, with your name and the time. What comes in later leads to a correction. "
    f"{ENDS_UNDO}"
)
KEPT = (
    "The version that was submitted is kept as it is; this is the next one. It prints the reason and "
    "what changed."
)

Here = At[Any, PeriodState]


def _tell(at: Here) -> Iterator[Told]:
    one, value = at.row, at.row.value
    yield Name(one.period.words)
    yield Strong(f"{_paid(one)} paid less returned · {_evidenced(one)} evidenced")
    if one.submitted is not None:
        when = full_moment(one.submitted.issued_at.astimezone())
        yield Says(f"Version {one.submitted.version}, submitted by {one.submitted.issued_by}, {when}")
    else:
        yield Says(f"{one.words}. Not submitted yet.", "text2")
    yield Says(BY_TIME, "muted")
    yield Offers((SUBMIT, CORRECT, WRITE), is_row=True)
    if one.changes:
        yield Title("Changed since it was submitted")
        yield from _points(one.changes[:FEW], "warning")
        more = len(one.changes) - FEW
        yield Says(f"And {counted(more, 'more change')}." if more > 0 else "", "warning")
    yield from _missing(value)
    for title in dict.fromkeys(line.title for line in value.people):
        yield Title(f"People by {title.lower()}")
        given = [line for line in value.people if line.title == title and line.given]
        yield from _points(f"{line.line}: {line.people:,}" for line in given)
        yield Says("" if given else "No numbers yet.", "muted")
    for kind in value.kinds:
        yield Title(f"Spending by {kind.lower()}")
        spent = [line for line in value.spending_by(kind) if line.paid_pence or line.evidenced_pence]
        for line in spent:
            paid, told = money.short_pounds(line.paid_pence), money.short_pounds(line.evidenced_pence)
            yield Says(f"• {line.line}: {paid} paid less returned, {told} evidenced")
        yield Says("" if spent else "Nothing in this period.", "muted")


def _missing(value: MinistryReturn) -> Iterator[Told]:
    yield Title("Missing")
    lists = {unchosen(kind) for kind in value.kinds}
    for one in (one for one in value.providers if one.missing or one.warning):
        yield Strong(f"{one.organisation}, {one.award}")
        yield from _points(f"{words} {CHOOSE_WHERE}" if words in lists else words for words in one.missing)
        yield from _points(filter(None, (one.warning,)), "warning")
    yield Says("" if value.silent or value.warned else COMPLETE, "muted")


def _points(words: Iterable[str], tone: str = "text") -> Iterator[Told]:
    return (Says(f"• {one}", tone) for one in words)


def _ask_submit(at: Here) -> Confirm:
    one = at.row
    return Confirm(
        f"Submit the return for {one.period.name}",
        (*_controls(one.value), STANDS),
        "Submit it",
        Run(partial(_submit, one, "")),
    )


def _controls(value: MinistryReturn) -> tuple[str, ...]:
    silent = value.silent
    if not silent:
        return (f"{value.control}.",)
    named = ", ".join(one.organisation for one in silent[:4])
    more = f" and {counted(len(silent) - 4, 'other')}" if len(silent) > 4 else ""
    return f"{value.control}.", f"Something is missing of {named}{more}; the return says so."


def _ask_correct(at: Here) -> Form:
    changed = counted(len(at.row.changes), "change")
    return Form(
        title=f"Correct the return for {at.row.period.name}",
        sentences=(f"{changed} since it was submitted. {KEPT}",),
        action="Submit it",
        does=lambda reason: Run(partial(_submit, at.row, reason)),
        fields=(Note("reason", "Why it is corrected", height=72, wanted="Say why it is corrected."),),
    )


def _submit(one: PeriodState, reason: str, tools: PageTools) -> None:
    take_turns(tools.workspace, _issue(_order(one, reason), tools))


def _issue(order: PaperOrder, tools: PageTools) -> Turns:
    """Have the return as it stands issued; the dialog is claimed before the record is asked."""
    with settling(tools.workspace) as settle:
        source = yield partial(tools.workspace.ask, partial(paper_source, order=order))
        issued = yield from issue_paper(tools, source, Path(), settle)
        if issued is not None:
            tools.toast(f"The return is submitted. Version {issued.version} was issued.")


def _order(one: PeriodState, reason: str = "") -> PaperOrder:
    value = one.value
    return PaperOrder(MINISTRY, utc_now(), fund=value.fund_code, period=value.period, reason=reason)


def _write(at: Here) -> Save:
    """Write a period's return: the version that was submitted while nothing changed, else a draft."""
    one = at.row
    name = f"{file_name('Return to the Ministry', one.value.fund, one.period.name)}.xlsx"
    order = partial(paper_source, order=_order(one))
    return Save(
        Kind.MONITORING,
        "Write the return",
        name,
        "Excel workbook (*.xlsx);;PDF (*.pdf);;Word (*.docx)",
        order,
        lambda source, path, ticket: source.write(path, ticket.tick),
        _written_words,
        is_near=True,
    )


def _written_words(source: PaperSource) -> str:
    what = "a draft" if source.version is None else f"version {source.version}"
    return f"“{{}}” is written: {what}, {source.value.control}."


SUBMIT: Act[Any, PeriodState] = Act(
    words="Submit…",
    kind=PutReturns.kind,
    look="primary",
    where=lambda at: at.row.may_be_submitted and at.row.submitted is None,
    does=_ask_submit,
)
CORRECT: Act[Any, PeriodState] = Act(
    words="Correct…",
    kind=PutReturns.kind,
    look="primary",
    where=lambda at: at.row.may_be_submitted and at.row.submitted is not None,
    does=_ask_correct,
)
WRITE: Act[Any, PeriodState] = Act(words="Write it…", does=_write)
SIDE: Side[Any, PeriodState] = Side(
    name="The selected period", width=380, nothing=NOTHING_PICKED, tell=_tell, acts=(SUBMIT, CORRECT, WRITE)
)


def _tone(one: PeriodState) -> Tone:
    """Return how pressing a period looks."""
    if one.submitted is not None and not one.changes:
        return Tone.FUND
    if not one.is_over:
        return Tone.INFORMATION
    return Tone.FUND if one.submitted is None and not one.value.silent else Tone.WARNING


_paid, _evidenced = pounds_of("value.paid_pence"), pounds_of("value.evidenced_pence")
PERIOD_COLUMNS: tuple[LineColumn[PeriodState], ...] = (
    LineColumn(
        "period",
        "Period",
        attrgetter("period.name"),
        under=attrgetter("period.months"),
        is_strong=True,
        keeps=Keeps.WHOLE,
    ),
    LineColumn(
        "state",
        "Now",
        attrgetter("words"),
        chip=lambda one: Chip(_tone(one), one.words),
        width=190,
        gives_way=Gives.STATE,
    ),
    LineColumn(
        "paid",
        "Paid less returned",
        _paid,
        is_right=True,
        width=124,
        gives_way=Gives.FIGURES,
        brief="Net paid",
    ),
    LineColumn("evidenced", "Evidenced", _evidenced, is_right=True, width=96, gives_way=Gives.FIGURES + 1),
)
