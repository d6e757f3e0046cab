"""Waiting: what came in and has no place yet, and what gives each item its place.

Does not belong here: what waits (`models.queries.applications.waiting`).
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from gui.listed import files as attached
from gui.listed.acts import Act, At, Deed, Go, Run
from gui.listed.files import FilesOf
from gui.listed.form import Asked, Choice, Form, Line, Saying, show_form
from gui.listed.narrowing import StatePills
from gui.listed.page import ListedPage, Wanted
from gui.listed.side import Facts, Name, Says, Side, Text, Told
from gui.pages.applications.acts import application_form, pairs_form
from gui.pages.applications.lines import WORK, ask_applications
from gui.pages.page import PageTools
from gui.record.runner import Ticket
from gui.record.turns import Turns, given, performing, take_turns
from gui.tables.columns import Gives, LineColumn
from gui.text import NOTHING, counted
from models.operation import Topic
from models.operations.applications.applications import ImportApplications
from models.operations.applications.attachments import (
    DescribeAttachment,
    RemoveAttachments,
    TickAttachments,
    put_attached,
)
from models.operations.applications.corrections import NameAnswer, round_key
from models.operations.applications.placing import as_typed_over, give_change, keep_change, make_change
from models.queries.applications.applications import applications
from models.queries.applications.attachments import Attachment, content_seen, contents_of
from models.queries.applications.merges import import_target
from models.queries.applications.waiting import WAITING, Waiting, counted_words, files_along, waiting
from models.values.importing import ImportTarget
from models.values.rounds import RoundLine
from scoring.written.days import short_day
from scoring.written.text import with_capital

if TYPE_CHECKING:
    from exchange.incoming.offered import Offered

EMPTY = "Nothing waits: all that came in has its place."
GOES_ALONG = "What came with an e-mail goes with it. Undo takes all of it back."
STATES = {kind.words: kind.words for kind in WAITING.values()}


class Kept(Struct, frozen=True):
    """What waits in a round, and its applications by reference, each with its organisation."""

    items: tuple[Waiting, ...] = ()
    applications: tuple[tuple[str, str], ...] = ()
    area: str | None = None

    @property
    def of_area(self) -> tuple[Waiting, ...]:
        return tuple(one for one in self.items if one.is_at(self.area))


Here = At[Kept, Waiting]


def _ask(session: Any, wanted: Wanted) -> Kept:
    """Ask what waits in the round on show."""
    of, place = wanted.round_id, wanted.place
    assert of is not None, "there is a round"
    assert place is not None, "there is a round"
    rows = tuple((one.reference, one.organisation) for one in applications(session, of))
    return Kept(waiting(session, of, wanted.viewer), rows, place.area)


def _round(at: At[Any, Any]) -> RoundLine:
    assert at.place is not None, "the page is of a round"
    return at.place.line


def _offered(act: str) -> Callable[[Here], bool]:
    return lambda at: at.row.takes(act)


def _has_file(at: Here) -> bool:
    return at.row.file is not None


def _as_file(at: Here) -> At[Any, Any]:
    """Return what an act of files is asked of: the file of the item, and whose it is."""
    assert at.row.subject is not None, "it is a file"
    called = at.row.application or at.row.of
    return replace(at, row=at.row.file, kept={attached.OF: FilesOf(at.row.subject, called)})


def _of_file(act: Act[Any, Any]) -> Callable[[Here], Deed]:
    return lambda at: act.does(_as_file(at))


def _make(at: Here) -> Run:
    """Read the file again, and ask for what it does not tell of the application."""
    return Run(lambda tools: take_turns(tools.workspace, _making(tools, at)))


def _making(tools: PageTools, at: Here) -> Turns:
    item, line = at.row, _round(at)
    file, of = item.file, partial(import_target, round_id=line.round_id)
    assert file is not None, "an application is made of a file"
    content = yield partial(tools.workspace.ask, partial(_content, tools, item))
    target: ImportTarget = yield partial(tools.workspace.ask, of)
    read = partial(_read, file, content, target)
    offered: Offered = yield partial(tools.workspace.work, read, label=f"Reading {file.name}")
    areas = tuple(area.name for area in line.areas)
    form = application_form(
        f"Application in {file.name}", offered.row, areas, lambda row, reason: row, is_new=True
    )
    row = yield given(show_form(tools.dialogs, replace(form, sentences=(GOES_ALONG,))).given)
    why = f"typed from {file.name}"
    change = ImportApplications(
        round_key(target),
        (row,),
        source=file.name,
        sha256=file.sha256,
        submitted=as_typed_over(offered.row, row, offered.submitted, why),
    )
    yield from _with_files(tools, line.round_id, offered.sums, partial(make_change, taken=change))


def _read(file: Attachment, content: bytes, target: ImportTarget, ticket: Ticket) -> "Offered":
    from exchange.incoming.offered import offered_by  # it loads what would slow the start

    return offered_by(file.name, content, file.received_at, target)


def _content(tools: PageTools, item: Waiting, session: Any) -> bytes:
    assert item.subject is not None, "it is a file"
    assert item.file is not None, "it is a file"
    return content_seen(session, item.subject, item.file.number, tools.identity.viewer)


def _with_files(tools: PageTools, round_id: int, sums: frozenset[str], change: Callable[..., Any]) -> Turns:
    """Make a change that takes files of the round along, those whose bytes have these sums."""
    along = partial(files_along, round_id=round_id, viewer=tools.identity.viewer, sums=sums)
    files: tuple[Attachment, ...] = yield partial(tools.workspace.ask, along)
    contents = yield partial(tools.workspace.ask, partial(contents_of, files=files))
    put = partial(put_attached, contents=contents)
    made = change(round_id=round_id, files=files)
    outcome, _ = yield performing(tools.workspace.perform_beside, made, put)
    tools.toast_outcome(outcome)


def _give(at: Here) -> Form:
    """Ask to which application the file belongs."""
    options = tuple((f"{of} {organisation}", of) for of, organisation in at.answer.applications)

    def give(application: str) -> Run:
        return Run(lambda tools: take_turns(tools.workspace, _giving(tools, at, application)))

    return Form(
        title=f"Application for {at.row.name}",
        sentences=(GOES_ALONG,),
        action="Give",
        does=give,
        fields=(
            Choice(
                "application",
                "Application",
                options=options,
                first="Choose an application",
                find="Reference or organisation",
                nothing="No application is called so.",
                wanted="Application: choose the one to which the file belongs.",
            ),
        ),
    )


def _giving(tools: PageTools, at: Here, application: str) -> Turns:
    file = at.row.file
    assert file is not None, "a file is given"
    content = yield partial(tools.workspace.ask, partial(_content, tools, at.row))
    sums = yield partial(tools.workspace.work, partial(_sums, file, content), label=f"Reading {file.name}")
    change = partial(give_change, application=application)
    yield from _with_files(tools, _round(at).round_id, sums, change)


def _sums(file: Attachment, content: bytes, ticket: Ticket) -> frozenset[str]:
    from exchange.incoming.offered import sums_in  # the same

    return sums_in(file.name, content)


def _name(at: Here) -> Form:
    """Ask which question the answer is to."""
    item = at.row
    return Form(
        title=f"Question for {item.name} of {item.application}",
        sentences=("What was submitted is kept.",),
        action="Save",
        does=lambda question: NameAnswer(_round(at).round_id, item.application, question, item.heading),
        fields=(
            Saying(item.text),
            Line("question", "Question", wanted="Question: say which question the text answers."),
        ),
    )


def _compare(at: Here) -> Asked:
    """Show both applications side by side."""
    of = partial(ask_applications, wanted=Wanted(at.identity.viewer, at.place, at.today, {}))

    def compare(found: Any) -> Deed:
        pairs = (pair for line in found.lines for pair in line.pairs if pair.pair == at.row.pair)
        first = next(pairs, None)
        return None if first is None else pairs_form(found, _round(at).round_id, (first,))

    return Asked(of, compare)


ACTS: dict[str, Act[Kept, Waiting]] = {
    "make": Act(
        words="Make an application of this…", kind=WORK, look="primary", where=_offered("make"), does=_make
    ),
    "give": Act(words="Give to an application…", kind=WORK, where=_offered("give"), does=_give),
    "read": Act(
        words=f"{attached.TICK}…",
        kind=TickAttachments.kind,
        look="primary",
        area=attrgetter("row.area"),
        where=_offered("read"),
        does=_of_file(attached.READ),
    ),
    "sort": Act(
        words="Kind and name…",
        kind=DescribeAttachment.kind,
        area=attrgetter("row.area"),
        where=_offered("sort"),
        does=_of_file(attached.DESCRIBE),
    ),
    "name": Act(
        words="Give it a question…",
        kind=NameAnswer.kind,
        look="primary",
        area=attrgetter("row.area"),
        where=_offered("name"),
        does=_name,
    ),
    "compare": Act(words="Compare…", kind=WORK, look="primary", where=_offered("compare"), does=_compare),
    "keep": Act(
        words=lambda at: at.row.kind.keep,
        kind=WORK,
        area=attrgetter("row.area"),
        where=_offered("keep"),
        does=lambda at: keep_change(_round(at).round_id, at.row),
    ),
    "remove": Act(
        words="Remove",
        kind=RemoveAttachments.kind,
        area=attrgetter("row.area"),
        where=_offered("remove"),
        does=_of_file(attached.REMOVE),
    ),
}
"""What settles an item, by the names that `resources/forms/waiting.toml` has."""
LOOK: Act[Kept, Waiting] = Act(words="Look at it…", where=_has_file, does=_of_file(attached.LOOK))
OPEN: Act[Kept, Waiting] = Act(
    words="Open the application",
    where=lambda at: bool(at.row.leads_to),
    does=lambda at: Go("applications", at.row.leads_to),
)


def _tell(at: Here) -> Iterator[Told]:
    item = at.row
    yield Name(item.name)
    yield Says(item.kind.words, "text2", 13)
    yield Says(item.kind.note)
    if item.file is not None:
        came = item.file.received_at or item.file.added_at.astimezone()
        yield Facts((("With", item.of), ("Received", short_day(came)), ("Kind", item.file.kind_words)))
    else:
        yield Says(item.of, "text2")
        yield Text(with_capital(item.text))


def _spoken(item: Waiting) -> str:
    return f"{item.name}, {item.kind.words.lower()}, {item.of}"


def _summary(answer: Kept) -> str:
    items = answer.of_area
    return f"{with_capital(counted_words(items))}." if items else EMPTY


def _sums_of(answer: Kept, shown: Sequence[Waiting]) -> str:
    return _summary(answer) if len(shown) == len(answer.of_area) else f"{counted(len(shown), 'item')} shown."


PAGE: ListedPage[Kept, Waiting] = ListedPage(
    key="waiting",
    title="Waiting",
    icon="waiting",
    list_name="What came in and has no place yet",
    ask=_ask,
    rows=attrgetter("of_area"),
    row_key=attrgetter("key"),
    spoken=_spoken,
    columns=(
        LineColumn("name", "Item", attrgetter("name"), _spoken, _spoken, is_strong=True),
        LineColumn("kind", "What it is", attrgetter("kind.words"), width=210),
        LineColumn(
            "of", "Kept with", attrgetter("of"), tip=attrgetter("of"), width=200, gives_way=Gives.WORDS
        ),
        LineColumn("area", "Area", lambda one: one.area or NOTHING, width=120, gives_way=Gives.AREA),
    ),
    concerns=frozenset({Topic.APPLICATIONS, Topic.ROUNDS, Topic.ATTACHMENTS, Topic.INTERESTS}),
    of_round=True,
    sums=_sums_of,
    empty=lambda answer: EMPTY,
    none="No item is of the kind chosen above the list.",
    finds=lambda item, reference: reference in (item.key, item.kind.code),
    narrowing=partial(StatePills, "Which items are shown", STATES, lambda item: (item.kind.words,)),
    side=Side(
        name="The item at hand",
        width=360,
        nothing="Choose an item in the list.",
        tell=_tell,
        acts=(*ACTS.values(), LOOK, OPEN),
        tabs=("Waiting", "Details"),
    ),
    opens=LOOK,
)
