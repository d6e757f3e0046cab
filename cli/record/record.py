"""A record as a whole: made and named, checked, copied, restored, searched and erased."""

from argparse import ArgumentTypeError
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from cli.frame.output import Options, answer, on_one_line, say, told, warn
from cli.frame.record import (
    acting,
    changes,
    enter,
    hold_still,
    is_named,
    new_passphrase,
    opened,
    opener,
    passphrase_of,
    perform,
    person,
    refuse_lost,
    refuse_missing,
    refuse_record,
    round_named,
)
from cli.frame.typed import WORKBOOK, keyed, refuse_ending, today, typed_day
from exchange.papers.paper_check import Given, read_given, verdict
from exchange.papers.record_papers import write_held_book
from exchange.reading.logo import read_logo
from models.clock import utc_now
from models.copies.restore import restore
from models.journal.erasing import (
    UNTOLD,
    copies_before,
    erase,
    erased_already,
    kept_words,
    proved_erasure_of,
    undecided_words,
    unwritten_words,
)
from models.journal.verify import Check, verify, verify_at
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetUpOffice, with_logo
from models.papers.office import BY_KEY, NAME_IT, OFFICE_KEYS, Office, read_fact
from models.papers.order import HeldOn
from models.permissions.viewing import OFFICE_VIEWER, Viewer
from models.queries.applications.organisations import organisations, the_organisation
from models.queries.packs.own_record import refuse_in_members_own
from models.queries.papers.issues import files_like, since_issue
from models.queries.retention.held_on_request import held_on, held_on_person, held_viewer
from models.queries.retention.held_rows import chosen_applications
from models.queries.retention.people_named import people_named, the_person
from models.queries.set_up.office import office_on
from models.record import Record, new_whole
from models.reference.defaults import organisation_defaults
from models.reference.schemes import shipped_funds
from models.salvage.rebuild import salvage
from models.store.places import ServerAddress, warnings_about
from models.store.record_file import check_there
from models.store.sqlite.backup import Copy
from models.trouble import Unwritable
from scoring.written.text import Refused, counted

ENCRYPTED = "It is encrypted: without its passphrase nobody can read it, and nobody can recover it."
ENCRYPTED_HERE = (
    "Your organisation has every record encrypted on this computer, so none was made. Give it a passphrase, "
    "with --encrypt or --passphrase-file."
)
UNKNOWN = "–"


def new(options: Options) -> None:
    """Make the record."""
    organisation = organisation_defaults()
    codes = None if options.funds is None else options.funds.split(",")
    is_sealed = options.encrypt or options.passphrase_file is not None
    is_on_server = isinstance(options.record, ServerAddress)
    if is_sealed and is_on_server:
        raise Refused("A record on an office server has no passphrase: leave it out.")
    funds = () if options.no_funds else organisation.marked(shipped_funds(codes))
    name = read_fact("name", options.office)
    if not (is_sealed or is_on_server or organisation.lets_me_leave_plain()):
        raise Refused(" ".join((*organisation.to_correct, ENCRYPTED_HERE)))
    key = new_passphrase(options) if is_sealed else None
    making = Record.create if is_on_server else new_whole
    with making(options.record, opener(options), key=key) as options.opened:
        words = enter(SetUpOffice(name, funds), options)
    say(
        f"Made {options.record}. {words}{'' if key is None else f' {ENCRYPTED}'}",
        *()
        if name
        else ("The office has no name yet: give it one with the command office before a paper is issued.",),
    )
    if not is_on_server:
        warn(warnings_about(options.record))


def office(options: Options) -> None:
    """Change what is to be changed, and show what is known."""
    is_change = bool(options.facts or options.logo)
    if options.from_on is not None and not is_change:
        options.usage_error("--from says from when a change is valid: give --set or --logo with it")
    now = today()
    on = (None if options.on is None else typed_day(options.on, now)) or now
    operation = _change(options, now) if is_change else None
    with opened(options, to_change=is_change):
        if operation is not None:
            words = perform(operation, options)
        office = options.ask(office_on, day=on)
    shown = _shown(office) if operation is None else (words,)
    answer(options, lambda: {key: office.get(key) or None for key in BY_KEY}, shown)


def _fact(text: str) -> tuple[str, str]:
    key, value = keyed(text, ArgumentTypeError(f"{text!r} is not KEY=VALUE"))
    if key == "logo" and value:
        raise ArgumentTypeError("A logo is a picture. Give its file with --logo FILE")
    return key, value


def _change(options: Options, now: date) -> SetOfficeFacts:
    from_on = None if options.from_on is None else typed_day(options.from_on, now, options)
    changes: tuple[FactChange, ...] = tuple(
        FactChange(key, read_fact(key, value), from_on) for key, value in options.facts
    )
    if options.logo is None:
        return SetOfficeFacts(changes)

    return with_logo(changes, read_logo(options.logo).png, from_on)


def _shown(office: Office) -> Iterator[str]:
    if not office.name:
        yield f"{NAME_IT} Until then no paper is issued."
    width = max(len(known.heading) for known in OFFICE_KEYS)
    for known in OFFICE_KEYS:
        value = on_one_line(office.get(known.key)) or UNKNOWN
        yield f"{known.heading:{width}}  {known.key:27}  {value if known.key != 'logo' else value[:12]}"


TYPES = {"--set": _fact}


def back_up(options: Options) -> None:
    """Write the copy."""
    with opened(options, to_change=False):
        written = options.opened.backup(options.file)
        head = options.opened.head()
    say(f"Backed up to {written}, at row {head.seq}, code {head.code}.")


PAPER = "paper"
SINCE = "since"
"""The name of the check that tells what came after the issue; it always holds."""


def check(options: Options) -> int:
    """Check, print every check, and return 1 if one does not hold."""
    checks = tuple(_checks(options))
    sound = all(check.ok for check in checks)
    answer(
        options,
        lambda: {"sound": sound, "checks": [told(one, "name ok words row") for one in checks]},
        (f"{'ok   ' if one.ok else 'FAULT'} {one.name}: {one.words}" for one in checks),
        "Everything is in order." if sound else "Not everything is in order.",
    )
    return 0 if sound else 1


def _checks(options: Options) -> Iterator[Check]:
    if options.against is None:
        yield from _record_checks(options)
        return

    refuse_missing(options.against)
    refuse_record(options.against)
    given = read_given(options.against)
    checks = _record_checks(options)
    yield from checks
    if checks[0].ok:
        yield from paper_checks(given, options)


def _record_checks(options: Options) -> tuple[Check, ...]:
    """Check the record; one that lies where nothing can be written, as a copy."""
    if isinstance(options.record, ServerAddress):
        return verify_at(options.record, opener(options)).checks
    refuse_lost(options.record)
    key = passphrase_of(options.record, options)
    try:
        return verify_at(options.record, opener(options), key=key).checks
    except Unwritable:
        with Record.read_copy(options.record, key=key) as record:
            return verify(record).checks


def paper_checks(given: Given, options: Options) -> Iterator[Check]:
    """Yield a check for each difference between a paper and what was issued, or one that finds none."""
    printed = given.printed
    like = partial(files_like, name=printed.name, sha256=given.sha256, digests=printed.digests)
    with opened(options, to_change=False):
        found = verdict(given, options.ask(like))
        if found.issued is not None:
            yield Check(SINCE, True, options.ask(since_issue, after_row=found.issued.after_row))
    for words in found.sentences:
        yield Check(PAPER, found.is_same, words)


def put_back(options: Options) -> None:
    """Restore, and say as of when."""
    key = passphrase_of(options.file, options)
    restored = restore(options.file, options.record, opener(options), key=key)
    say(restored.words)
    warn(restored.warnings)


def rescue(options: Options) -> None:
    """Salvage, and say what was read and what was not."""
    refuse_lost(options.damaged)
    check_there(options.damaged)
    key = passphrase_of(options.damaged, options)
    found = salvage(options.damaged, options.record, opener(options), key=key)
    say(*found.lines)
    say(f"Made {found.path}. {options.damaged.name} was not changed.")


def held(options: Options) -> None:
    """Write or print it; refused where it is not said who is meant."""
    if options.out is None and not options.json:
        raise Refused("Say where to write it, with --out FILE, or print it with --json.")
    with opened(options, to_change=False):
        held = _of_person(options) if options.who is not None else _of_organisation(options)
    if options.out is not None:
        refuse_ending(options.out, "held", WORKBOOK)
        write_held_book(held, utc_now(), options.out)
    answer(
        options,
        lambda: {
            "held_on": held.name,
            "tables": [
                {
                    **told(one, "name columns"),
                    "rows": [list(row) for row in one.rows],
                }
                for one in held.tables
            ],
        },
        f"All that is held on {held.name} was written to {options.out}. It is sensitive: keep it safe.",
    )


def _of_organisation(options: Options) -> HeldOn:
    lines = options.ask(organisations, today=today(), viewer=OFFICE_VIEWER)
    number = the_organisation(lines, options.organisation).number
    return options.ask(held_on, organisation_id=number, viewer=_who_asks(options))


def _of_person(options: Options) -> HeldOn:
    found = options.ask(people_named, said=options.who)
    one = the_person(found, options.who, email=options.email, organisation=options.of)
    return options.ask(held_on_person, one=one, viewer=_who_asks(options))


def _who_asks(options: Options) -> Viewer:
    return options.ask(held_viewer, name=person(options)) if is_named(options) else OFFICE_VIEWER


@changes
def erase_applications(options: Options) -> None:
    """Erase, and say what is kept and which copies still hold it."""
    options.ask(refuse_in_members_own, action="this")
    within = None if options.round is None else round_named(options)
    chosen = options.ask(chosen_applications, references=options.references, round_id=within)
    gone = options.ask(erased_already, applications=chosen)
    left = tuple(one for one in chosen if one not in gone)
    if not left:
        copies, replaced = _replaced(options, copies_before(options.opened, chosen))
        nothing = {"erased": [], "whole": True, "copies": [str(one.path) for one in copies]}
        told = (*gone.values(), "Nothing was left to erase.", *hold_still(copies, replaced))
        answer(options, lambda: nothing, told)
        return
    by = options.authorised_by or person(options)
    found = options.ask(proved_erasure_of, applications=left, ground=options.ground, person=by)
    if found.unwritten and not options.without_letter:
        raise Refused(" ".join((*unwritten_words(found.unwritten), "Or give --without-letter.")))
    if not (found.is_whole or options.all_the_same):
        raise Refused(f"{UNTOLD} Give --all-the-same to erase it even so.")
    outcome, before = erase(options.opened, found.operation, acting(found.operation, options))
    copies, replaced = _replaced(options, before)
    answer(
        options,
        lambda: {
            "erased": [reference for _, reference in left],
            "whole": found.is_whole,
            "copies": [str(one.path) for one in copies],
        },
        gone.values(),
        outcome.words,
        [f"Gone with it: {counted(len(found.files), 'file')}."] if found.files else (),
        undecided_words(found.undecided),
        kept_words(found),
        hold_still(copies, replaced),
    )


def _replaced(options: Options, copies: Sequence[Copy]) -> tuple[Sequence[Copy], int]:
    """Replace copies that hold what was erased, if asked to; return those left, and how many went."""
    if not options.replace_copies or options.dry_run:
        return copies, 0
    names = options.opened.copies.replace(copies)
    left = tuple(one for one in copies if one.path.name in names)
    return left, len(copies) - len(left)
