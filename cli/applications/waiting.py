"""`grant-panel waiting`: what came in and has no place yet, and what gives each item its place."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from cli.frame.output import Column, Options, answer, answer_list, as_table, near, told_of
from cli.frame.record import acting, changes, is_named, named_round, perform_all, person, reads
from exchange.applications.importer import NEEDED, problem_with, with_typed
from exchange.incoming.offered import offered_by, sums_in
from models.operation import Operation
from models.operations.applications.applications import ImportApplications
from models.operations.applications.attachments import put_attached
from models.operations.applications.corrections import NameAnswer, round_key
from models.operations.applications.placing import as_typed_over, give_change, keep_change, make_change
from models.permissions.viewing import OFFICE_VIEWER, Viewer
from models.queries.applications.attachments import Attachment, contents_of
from models.queries.applications.merges import import_target
from models.queries.applications.waiting import Waiting, files_along, waiting
from models.queries.permissions.reading import only_viewer_of
from models.values.applications import FIELD_WORDS
from models.values.rows import ApplicationRow
from scoring.written.text import Refused

COLUMNS = (
    Column("Item", "item=key"),
    Column("What", "kind=kind.code"),
    Column("Name", "name"),
    Column("Kept with", "of"),
    Column("Area", "area", otherwise="–"),
    Column("Why", "why=kind.note"),
    Column("", "text", lambda one: one.text or None),
    Column("", "settled_by", lambda one: [act for act in one.kind.acts if one.takes(act)]),
)


@reads
def list_waiting(options: Options) -> None:
    """List what waits in a round, of what whoever asks may settle."""
    found = _waiting(options)
    shown = as_table(COLUMNS, found)
    answer_list(options, "waiting", partial(told_of, COLUMNS), found, shown, "Nothing waits.")


@changes
def make(options: Options) -> None:
    """Make an application of a file, with what came with it."""
    item, round_id = _item(options, options.item, "make"), named_round(options)
    (file,) = _files_of(item)
    target = options.ask(import_target, round_id=round_id)
    (content,) = options.ask(contents_of, files=(file,))
    offered = offered_by(file.name, content, file.received_at, target)
    row = with_typed(offered.row, dict(map(_fact, options.facts or ())))
    _refuse_lacking(row)
    taken = ImportApplications(
        round_key(target),
        (row,),
        source=file.name,
        sha256=file.sha256,
        submitted=as_typed_over(offered.row, row, offered.submitted, f"typed from {file.name}"),
    )
    _perform_with(options, offered.sums, partial(make_change, round_id, taken))


@changes
def give(options: Options) -> None:
    """Give a file to an application, with what came with it."""
    (file,) = _files_of(_item(options, options.item, "give"))
    (content,) = options.ask(contents_of, files=(file,))
    change = partial(give_change, named_round(options), application=options.to)
    _perform_with(options, sums_in(file.name, content), change)


@changes
def name(options: Options) -> None:
    """Say which question an answer is to."""
    item = _item(options, options.item, "name")
    change = NameAnswer(named_round(options), item.application, options.question, item.heading)
    _tell(options, perform_all((change,), options))


@changes
def keep(options: Options) -> None:
    """Settle items as they are."""
    items = [_item(options, key, "keep") for key in dict.fromkeys(options.items)]
    round_id = named_round(options)
    _tell(options, perform_all((keep_change(round_id, one) for one in items), options))


def _waiting(options: Options) -> tuple[Waiting, ...]:
    """Return what waits in the round that the options name."""
    round_id = named_round(options)
    return options.ask(waiting, round_id=round_id, viewer=_viewer(options, round_id))


def _viewer(options: Options, round_id: int) -> Viewer:
    if not is_named(options):
        return OFFICE_VIEWER
    return options.ask(only_viewer_of, name=person(options), round_id=round_id)


def _item(options: Options, key: str, act: str) -> Waiting:
    """Return an item by its name on the list; refused of one that such an act does not settle."""
    every = {one.key: one for one in _waiting(options)}
    if key not in every:
        raise Refused(f"Nothing that waits is called {key}.{near(key, every) or ' Look at waiting list.'}")
    item = every[key]
    if not item.takes(act):
        ways = ", ".join(one for one in item.kind.acts if item.takes(one))
        raise Refused(
            f"{key} is {item.kind.words.lower()}, which “{act}” does not settle. Choose of: {ways}."
        )
    return item


def _files_of(item: Waiting) -> tuple[Attachment, ...]:
    return () if item.file is None else (item.file,)


def _perform_with(options: Options, sums: frozenset[str], change: Callable[..., Operation]) -> None:
    """Make a change that takes files of the round along, those whose bytes have these sums."""
    round_id = named_round(options)
    viewer = _viewer(options, round_id)
    files = options.ask(files_along, round_id=round_id, viewer=viewer, sums=sums)
    put = partial(put_attached, contents=options.ask(contents_of, files=files))
    made = change(files=files)
    _tell(options, (options.opened.perform_beside(made, put, acting(made, options))[0].words,))


def _fact(text: str) -> tuple[str, str]:
    field, sign, value = (part.strip() for part in text.partition("="))
    if not sign or field not in FIELD_WORDS:
        raise Refused(f"“{text[:60]}” is not FIELD=VALUE. The fields: {', '.join(FIELD_WORDS)}.")
    if fault := problem_with(field, value):
        raise Refused(f"--set {field}: {fault}")
    return field, value


def _refuse_lacking(row: ApplicationRow) -> None:
    """Refuse an application without its organisation or its amount."""
    for field, has in (("organisation", row.organisation), ("amount_requested", row.requested_pence)):
        if not has:
            raise Refused(f'{NEEDED[field]} Give --set "{field}=…".')


def _tell(options: Options, words: Sequence[str]) -> None:
    """Say what was done, and with JSON what waits still."""
    left: Any = _waiting(options)
    answer(options, lambda: {"done": list(words), "waiting": [told_of(COLUMNS, one) for one in left]}, words)
