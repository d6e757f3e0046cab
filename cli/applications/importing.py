"""`grant-panel import` and `choose`: applications from a spreadsheet, and what they are for."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial

from msgspec.structs import replace

from cli.frame.output import (
    Json,
    Options,
    answer,
    complain,
    lines,
    on_one_line,
    print_json,
    refuse_unknown,
    say,
    told,
)
from cli.frame.record import (
    chosen_round,
    closed_to,
    opened,
    perform,
    perform_beside,
    refuse_record,
    round_named,
    warn_of_plain,
)
from exchange.applications.checks import Changed
from exchange.applications.fields import AreaNames
from exchange.applications.importer import Reading, applications_in, read_mapping
from exchange.applications.preview import HERE, Preview, PreviewRow, State, preview
from exchange.applications.row_reader import ReadRow, Setting
from exchange.applications.row_sorter import Kind
from exchange.incoming.placing import Keeping, keepings
from exchange.incoming.placing import State as Keep
from exchange.incoming.reading import Taken, take
from models.operations.applications.applications import ImportApplications
from models.operations.applications.attachments import put_attached
from models.operations.applications.corrections import round_key, with_files
from models.operations.applications.gates import SetChoices
from models.operations.set_up.rounds import require_scheme
from models.queries.applications.attachments import sums_in_round
from models.queries.applications.choices import choices, choices_of
from models.queries.applications.merges import import_target, new_target
from models.queries.set_up.funds import fund_named, fund_rules, round_rules
from models.queries.set_up.rounds import called, rounds
from models.reference.defaults import FundDefaults, ListKind
from models.reference.reporting import year_of
from models.values.applications import FIELDS, SLOTS, Choice, ChoicesOf, value_of
from models.values.attachments import FileOf
from models.values.importing import ImportTarget
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow
from scoring.money import plain_pounds
from scoring.written.text import Refused, counted, listed

ASIDE = (Kind.TO_CHECK, Kind.HERE)
"""What is told otherwise than among what is to look at."""
NO_TABLE: Json = {"sheet": None, "header_row": None, "mapped": {}}
"""What is told of the table where files came alone."""
COUNTED = {State.PROBLEM: "with a problem", State.CHECK: "to check"}
"""How rows are counted whose state is no word that goes with a figure."""
KEPT = (Keep.NEW, Keep.HERE)
"""States of files that are in the record, or come into it."""


def import_applications(options: Options) -> None:
    """Read the file, import what is new, and say what was not taken."""
    for path in options.paths:
        refuse_record(path)
    with opened(options, to_change=not options.dry_run):
        target = find_target(options)
        taken, reading = _read(target, options)
        found = preview(reading, reading.table, target)
        left_out = () if options.with_possible_duplicates else found.may_be_here
        if left_out:
            found = found.without_possible_duplicates()
            reading = found.reading
        files = _files(target, taken, reading, options)
        words = _take_in(target, taken, reading, files, options)
        if not options.dry_run:
            warn_of_plain(options, target.line.fund_code)
    if options.json:
        no_table = {} if taken.is_read else NO_TABLE
        print_json(document(reading, found.rows) | no_table | rows_of(found) | files_document(taken, files))
        complain(words)
    else:
        if taken.is_read:
            say(*reading_lines(reading, len(left_out)), *preview_lines(found))
        incoming = lines("incoming", files=files, faults=list(taken.faults), notes=list(taken.notes))
        say(*incoming, words)
    if not taken.is_read and {one.state for one in files}.isdisjoint(KEPT):
        raise Refused(
            f"Nothing of {taken.name} was imported: no application was read of it, and no file was kept. "
            "Choose filled-in forms, e-mails or a list of applications."
        )
    if left_out:
        rows = counted(len(left_out), "row that may be here already", "rows that may be here already")
        complain(f"Left out: {rows}. Look at each; --with-possible-duplicates takes them in.")


def _read(target: ImportTarget, options: Options) -> tuple[Taken, Reading]:
    areas, since = AreaNames(target.usual_areas, target.areas), target.since or date.today()
    code, sums = target.line.fund_code, target.sums_total_cost
    setting = Setting(code, areas, target.existing, target.areas, since, sums)
    mapping = None if options.mapping is None else read_mapping(options.mapping)
    taken = take(options.paths, areas, target.forms, mapping)
    hidden = options.with_hidden or ()
    return taken, applications_in(taken.book, setting, mapping, options.sheet, taken.name, hidden)


def _files(target: ImportTarget, taken: Taken, reading: Reading, options: Options) -> list[Keeping]:
    """Return what becomes of the files of an import: nothing is looked for where it is one list alone."""
    round_id = target.line.round_id
    held: Mapping[str, frozenset[str]] = {"": frozenset()} if reading.applications else {}
    if round_id and taken.gathered.files:
        held = options.ask(sums_in_round, round_id=round_id)
    return keepings(taken.placed(reading, target.existing), held)


def _take_in(
    target: ImportTarget, taken: Taken, reading: Reading, files: list[Keeping], options: Options
) -> str:
    new = [one for one in files if one.is_new]
    kept = [FileOf(one.application, one.kept) for one in new]
    if not (reading.applications or kept):
        return "Nothing new to import; the record is unchanged."
    key, added = key_of(target, reading.applications), target.added(reading.areas)
    if options.dry_run:
        with_ = f", with {counted(len(kept), 'file')}" if kept else ""
        words = f"{len(reading.applications)} would be imported to {key.words}{with_}."
        return f"{words}{_pots_words(added, 'would be')} A dry run: the record is unchanged."
    operation = ImportApplications(
        round=key,
        rows=reading.applications,
        added_areas=added,
        source=os.fsencode(taken.name).decode(errors="replace"),
        sha256=reading.sha256,
        submitted=reading.submitted,
    )
    change = with_files(operation, target.line.round_id, kept)
    words = perform_beside(
        change, partial(put_attached, contents=[one.placed.file.content for one in new]), options
    )
    return f"{words}{_pots_words(added, 'was')}"


def _pots_words(added: tuple[str, ...], was: str) -> str:
    return f" A £0.00 pot {was} set up for each of: {listed(added)}." if added else ""


def find_target(options: Options) -> ImportTarget:
    """Return the round that the options name; refused where several or no fund fit, or one has no scheme."""
    lines = called(options.ask(rounds), options.round)
    if options.fund is not None:
        code = _fund(options, options.fund).code
        lines = [line for line in lines if line.fund_code == code]
    if options.year is not None:
        lines = [line for line in lines if line.year == options.year]
    if not lines:
        fund = _fund(options, options.fund or "Active Citizens Fund")
        require_scheme(fund)
        return options.ask(new_target, defaults=fund, name=options.round, year=options.year or "")
    return options.ask(import_target, round_id=round_named(options))


def key_of(target: ImportTarget, rows: Sequence[ApplicationRow]) -> RoundKey:
    """Return what the round is called; a new one without a year is of that of the newest application."""
    is_open = not (target.line.round_id or target.line.year)
    return replace(round_key(target), year=newest_year(rows, date.today())) if is_open else round_key(target)


def newest_year(rows: Sequence[ApplicationRow], today: date) -> str:
    """Return the financial year, April to March, of the newest received date, else of today."""
    newest = max((row.received_at.date() for row in rows if row.received_at is not None), default=today)
    return year_of(newest)


def _fund(options: Options, name: str) -> FundDefaults:
    return options.ask(fund_rules, fund_id=options.ask(fund_named, name=name).fund_id)


def reading_lines(reading: Reading, left_out: int = 0) -> Iterator[str]:
    """Return where the table was found, what its headings became, and every row or cell not taken.

    `left_out` rows may be here already.
    """
    repeated = ((reading.table.file(one.number) or f"Row {one.number}", one) for one in reading.duplicates)
    return lines(
        "reading",
        reading=reading,
        duplicates=[(row, one.same_as) for row, one in repeated],
        left_out=left_out,
        new_areas=Counter(one.words for one in reading.problems if one.is_new_area).items(),
        asked_pence=sum(row.requested_pence for row in reading.applications),
    )


def preview_lines(found: Preview) -> Iterator[str]:
    """Return what is to look at in the rows beside their problems, and how many rows come to what."""
    points = ((row, one) for row in found.rows for one in row.points)
    counts = found.counts
    return lines(
        "preview",
        points=[(row, one) for row, one in points if one.is_check and one.kind not in ASIDE],
        suggestions=sorted(found.suggestions.items()),
        rows=len(found.rows),
        counts=[f"{counts[one]:,} {COUNTED.get(one, one.lower())}" for one in State if counts[one]],
    )


def document(reading: Reading, rows: Sequence[PreviewRow] = ()) -> Json:
    """Return a reading as JSON values, pounds as text, what is absent null; `rows` are as judged."""
    fields = dict(reading.mapped)
    shared = {
        row.number: [fields[one.heading] for one in row.points if one.kind is Kind.SHARED_NUMBER]
        for row in rows
    }
    return {
        **told(reading, "table.sheet table.header_row"),
        "mapped": dict(reading.mapped),
        **told(reading, "kept_as_answers"),
        "to_check": [
            {"row": one.row or None} | told(one, "field chosen from=among why") for one in reading.to_check
        ],
        **told(reading, "notes table.other_sheets"),
        "imported": len(reading.applications),
        "duplicates": len(reading.duplicates),
        "problems": [told(one, "cell heading value message=words") for one in reading.problems],
        "applications": [
            application_json(of) | _to_check(row, shared.get(row.number, []))
            for row in reading.rows
            if (of := row.application) is not None
        ],
    }


def application_json(row: ApplicationRow) -> Json:
    return {**{field: _said(row, field) for field in FIELDS}, "answers": dict(row.answers)}


def _said(row: ApplicationRow, field: str) -> object:
    value = value_of(row, field)
    if field in SLOTS and isinstance(value, int):
        return plain_pounds(value)
    if isinstance(value, datetime) and not row.received_has_time:
        value = value.date()
    return value.isoformat() if isinstance(value, date) else None if value == "" else value


def _to_check(row: ReadRow, shared: Sequence[str]) -> Json:
    """Return the fields that are only the likely ones of the applicant's words, and numbers of others too."""
    named = {slot: field for field, slot in SLOTS.items()}
    fields = [*(named.get(slot, slot) for slot in row.likely), *shared]
    return {"to_check": fields} if fields else {}


def rows_of(found: Preview) -> Json:
    """Return what may be here already, and what becomes of each row."""
    return {
        "possible_duplicates": [
            _place(row)
            | told(row, "like")
            | {"message": "; ".join(one.words for one in row.points if one.kind is Kind.DUPLICATE)}
            for row in found.may_be_here
        ],
        "rows": [_row(row) for row in found.rows],
    }


def _place(row: PreviewRow) -> Json:
    """Return where a row stands: its number, and of a form the file that it was read from."""
    return {"row": row.number} | ({"file": row.file} if row.file else {})


def _row(row: PreviewRow) -> Json:
    changed = row.changed
    return {
        **_place(row),
        "state": (State.SAME if row.state in HERE else row.state).lower(),
        **told(row, "changed.before.reference" if row.application is None else "application.reference"),
        "points": [
            told(one, "kind cell? heading? value? message=words check=is_check") for one in row.points
        ],
        "changes": [] if changed is None else list(_changes(changed)),
    }


def _changes(changed: Changed) -> Iterator[Json]:
    here, there = application_json(changed.before), application_json(changed.after)
    for one in changed.fields:
        yield {"field": one.field, "here": here[one.field], "file": there[one.field]}


def choose(options: Options) -> None:
    """Choose what is to be chosen, and show what stands."""
    with opened(options, to_change=bool(options.lines)):
        of = chosen_round(options)
        known = [row.reference for row in of.rows.applications]
        refuse_unknown(options.applications, known, "in the round")
        references = tuple(options.applications or known)
        if options.lines:
            _choose(of.line.round_id, references, options)
        held = options.ask(choices, round_id=of.line.round_id)
        closed = closed_to(options, of.line.round_id)
    answer(
        options,
        lambda: {
            "applications": [
                {
                    "reference": of,
                    "choices": {
                        one.kind.value: told(one, "code words suggested=is_suggested")
                        for one in held.get(of, ())
                    },
                }
                for of in references
                if of not in closed
            ]
        },
        (
            on_one_line(f"{of}: {closed.get(of) or _words(held.get(of, ())) or 'nothing chosen'}")
            for of in references
        ),
    )


def _choose(round_id: int, references: tuple[str, ...], options: Options) -> None:
    rules = options.ask(round_rules, round_id=round_id)
    stood = options.ask(choices_of, round_id=round_id, references=references)
    held = {one.application: one.choices for one in stood}
    lines = dict(_line(rules, text) for text in options.lines)
    before = ({one.kind: one for one in held.get(of, ())} for of in references)
    chosen = (filter(None, (lines.get(kind, own.get(kind)) for kind in ListKind)) for own in before)
    items = tuple(map(ChoicesOf, references, map(tuple, chosen)))
    words = perform(SetChoices(round_id, items, stood), options)
    if not options.json:
        say(words)


def _line(rules: FundDefaults, text: str) -> tuple[ListKind, Choice | None]:
    name, sign, code = (part.strip() for part in text.partition("="))
    if not sign or name not in list(ListKind):
        raise Refused(f"“{text[:60]}” is not LIST=CODE. The lists: {', '.join(ListKind)}.")
    kind = ListKind(name)
    if not code:
        return kind, None
    item = next((one for one in rules.items(kind) if one.code == code), None)
    return kind, Choice(kind, code, code if item is None else item.words)


def _words(held: tuple[Choice, ...]) -> str:
    return "; ".join(f"{one.kind.value} {one.words}" for one in held)


def files_document(taken: Taken, found: Sequence[Keeping]) -> Json:
    """Return the files of an import as JSON values; nothing for one list alone."""
    if not (found or taken.gathered.faults or taken.gathered.notes):
        return {}
    whose = {one.name: one.placed for one in found}
    return {
        "forms": [
            {"file": form.name, "applications": list(whose[form.name].references)} | told(form, "notes why?")
            for form in taken.forms
        ],
        "messages": [
            {"file": name, "applications": list(one.references)}
            | told(one.file.message, "from=sender subject received words notes")
            for name, one in whose.items()
            if one.file.message is not None
        ],
        "attachments": [
            told(one, "file=name application kept.name kept.kind kept.size kept.sha256")
            | told(one, "received=kept.received_at state")
            for one in found
            if one.application
        ],
        "unplaced": [told(one, "file=name message=placed.why state") for one in found if not one.application],
        "not_read": list(taken.gathered.faults),
        "passed_over": list(taken.gathered.notes),
    }
