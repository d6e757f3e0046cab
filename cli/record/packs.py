"""`grant-panel pack`, `open-pack`, `make-return`, `merge`, `consolidate`: parts of a record, out and in."""

import json
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path
from secrets import token_hex

from cli.frame.output import Json, Options, answer, lines, on_one_line, print_json, say, told, warn
from cli.frame.record import (
    acting,
    ask_passphrase,
    asked_twice,
    is_named,
    new_passphrase,
    open_record,
    opened,
    opener,
    passphrase_in,
    refuse_record,
    scored_round_of,
)
from exchange.atomic import require_place
from exchange.pack_files import (
    WrongPassphrase,
    is_passphrase_of,
    open_pack,
    open_return,
    open_sealed,
    read_header,
    read_sealed,
    read_start,
    seal_pack,
    seal_text,
    write_sealed,
)
from exchange.papers.record_papers import check_ending, write_merge_report
from models.clock import utc_now
from models.copies.office_server import administered
from models.operation import Actor
from models.operations.applications.attachments import put_attached
from models.operations.packs.take_in import TakeInReturns, UpdatePack, result_words
from models.packs.consolidation import Consolidation, consolidate, plan_consolidation
from models.packs.diverged_copy import read_diverged
from models.packs.pack_making import (
    OpenedPack,
    ReadyPack,
    make_member_record,
    ready_pack,
    ready_return,
)
from models.queries.packs.member_record import opened_pack, pack_news, pack_start, return_state
from models.queries.packs.own_record import refuse_in_members_own
from models.queries.packs.pack_files import PackFiles, content_to_pack, sorted_files, together
from models.queries.packs.packs import without_closed
from models.queries.packs.return_checks import warnings_about
from models.queries.packs.returns import merge_report, plan_of_files
from models.record import Opener, Record, new_whole
from models.store.passphrases import checked
from models.store.places import Address, ServerAddress
from models.store.private_files import temporary_folder
from models.store.sqlite import backup
from models.store.sqlite.engine import NotOpened
from models.trouble import Trouble
from models.values.attachments import KINDS, LEAVING
from models.values.pack_plans import Done, Incoming, Item, MemberPlan, MergeReport, Plan
from models.values.packs import Pack
from models.values.signing import short_code
from scoring.written.days import full_day
from scoring.written.text import Refused, counted

OPTION = "--pack-passphrase-file"


def pack(options: Options) -> None:
    """Issue the pack and write it."""
    refuse_record(options.out)
    require_place(options.out)
    with opened(options, to_change=not options.dry_run):
        round_id = scored_round_of(options).line.round_id
        order = {"round_id": round_id, "member": options.member, "expires_on": options.expires}
        kinds = _kinds(options.attachments)
        ready = options.ask(ready_pack, today=date.today(), kinds=kinds, **order)
        held = _held(options, ready, kinds)
        if options.dry_run:
            words = _held_words("A pack for", ready.pack, held)
            answer(options, lambda: _told_pack(ready.pack, held), words, "A dry run: nothing was issued.")
            return
        key = (
            passphrase_in(options.pack_passphrase_file[0])
            if options.pack_passphrase_file
            else asked_twice("Passphrase of the pack: ", "A pack needs its own passphrase", OPTION)
        )
        contents = (options.ask(content_to_pack, file) for file in ready.files)
        sealed = seal_pack(ready.pack, ready.text, contents, checked(key))
        who = acting(ready.operation, options)
        recording = partial(options.opened.perform_beside, ready.operation, ready.keep, who)
        written = write_sealed(sealed, options.out, recording)
    made = ready.pack
    answer(
        options,
        lambda: {"path": str(written), **_told_pack(made, held)},
        _held_words(f"Wrote {written} for", made, held),
        f"It is good until {full_day(made.expires_on)}. Give the passphrase separately, never with the file.",
    )


def _kinds(said: str) -> Container[str]:
    """Return the kinds of attachments that go along; refused of one that never does."""
    if said in ("all", "none"):
        return LEAVING if said == "all" else ()
    named = [one.strip() for one in said.split(",")]
    for one in named:
        if one not in LEAVING:
            offered = ", ".join(kind for kind in KINDS if kind in LEAVING)
            raise Refused(f"No attachment of the kind “{one}” goes into a pack. Choose of {offered}.")
    return named


def _held(options: Options, ready: ReadyPack, kinds: Container[str]) -> PackFiles:
    """Return the attachments that go, and of the others of the member's applications why they stay."""
    found = options.ask(sorted_files, round_id=ready.operation.round_id, kinds=kinds)
    return together(found[item.reference] for item in ready.pack.applications if item.reference in found)


def _told_pack(made: Pack, held: PackFiles) -> Json:
    return {
        **told(made, "pack member=member.code"),
        "items": len(made.applications),
        **told(made, "expires=expires_on round.fingerprint"),
        "attachments": [told(of, "kind count size") for of in held.by_kind],
        "staying": [{"why": why.removeprefix("{} "), "count": count} for why, count in held.staying],
    }


def _held_words(start: str, made: Pack, held: PackFiles) -> list[str]:
    """Return what a pack holds: applications, attachments by kind, and what stays."""
    whole = f"{start} {made.member.name}: {counted(len(made.applications), 'application')}"
    kinds = [f"  {of.words}" for of in held.by_kind]
    staying = [held.staying_words] if held.staying else []
    return [f"{whole}{held.words and f', {held.words} attached'}.", *kinds, *staying]


def open_sent(options: Options) -> None:
    """Make the member's record, or bring it up to date."""
    with _told_of(options.pack.name):
        read_header(read_start(options.pack))
    sent = open_pack(partial(open_sealed, options.pack), pack_passphrases(options, options.pack.name)[0])
    if options.record.exists():
        _update(options, sent)
    else:
        _make(options, sent)
    _warn_of_expired(sent.pack)


def _warn_of_expired(pack: Pack) -> None:
    if pack.expires_on < date.today():
        warn(
            [
                f"The pack expired on {full_day(pack.expires_on)}. Ask the office whether it still accepts "
                "your marks."
            ]
        )


def _make(options: Options, sent: OpenedPack) -> None:
    key = new_passphrase(options)
    opener = Opener(sent.pack.member.name, "the command")
    make_member_record(options.record, opener, key, sent).close()
    due = counted(len(sent.pack.applications), "application")
    say(
        f"Made {options.record} for {opener.person}: {due}.",
        "It is encrypted: without the passphrase that you set nobody can read it.",
    )


def _update(options: Options, sent: OpenedPack) -> None:
    """Bring a record that is there up to date, a copy being kept first."""
    with opened(options, to_change=True):
        news = options.ask(pack_news, text=sent.text)
        options.opened.copies.keep_before("newer pack")
        operation = UpdatePack(sent.text, sent.start)
        files = partial(put_attached, contents=sent.contents())
        member = Actor(sent.pack.member.name, "member")
        done, _ = options.opened.perform_beside(operation, files, member)
    say(*news.lines)
    say(done.words)


def make_return(options: Options) -> None:
    """Make the return in the one file that is named."""
    outs = (*options.outs, *filter(None, (options.out,)))
    if len(outs) != 1:
        options.usage_error("name the one file to write")
    refuse_record(*outs)
    require_place(*outs)
    with opened(options, to_change=True):
        pack = options.ask(opened_pack)
        ready = options.ask(ready_return)
        state = options.ask(return_state)
        if not state.handed_in:
            warn(["No sheet is handed in. At the office marks count only once their sheet is handed in."])
        passphrase = pack_passphrases(options, "the pack")[0]
        if not is_passphrase_of(options.ask(pack_start), passphrase):
            raise Refused("That is not the passphrase of the pack, so the office could not open the return.")
        sealed = seal_text("return", pack.pack, ready.text, passphrase)
        member = Actor(pack.member.name, "member")
        done = ready.operation
        recording = None if done is None else partial(options.opened.perform, done, member)
        written = write_sealed((sealed,), outs[0], recording)
    say(f"Wrote {written}: return {ready.given.number} of {pack.member.name}. {state.words}")
    say(f"Send it to the office. Your receipt: code {ready.given.code}. Keep it; the office may ask for it.")
    _warn_of_expired(pack)


def pack_passphrases(options: Options, name: str) -> list[str]:
    """Return the passphrases of a pack that is there, to try in turn."""
    given = list(map(passphrase_in, options.pack_passphrase_file))
    return given or [ask_passphrase(f"Passphrase of {name}: ", f"{name} is sealed", OPTION)]


def sealed_content(path: Path) -> bytes:
    """Return the bytes of a sealed file; any other is refused before a passphrase is asked for."""
    content = read_sealed(path)
    with _told_of(path.name):
        read_header(content)
    return content


def make_whole(options: Options) -> None:
    """Look at every record first, then take in one after another, and say of each what came."""
    parts: list[Json] = []
    keys = _with_each_passphrase(options)
    options = keys[0]
    _refuse_a_part(options.parts, options.into)
    with temporary_folder() as folder, _target(options, folder) as options.opened:
        for path in options.parts:
            _found(path, keys)
        for path in options.parts:
            found = _take_in(path, keys)
            if options.json:
                parts.append(
                    {
                        "part": path.name,
                        **told(found, "rounds again"),
                        "renamed": [told(one, "what old new") for one in found.renamed],
                        **told(found, "left"),
                    }
                )
            else:
                say(*map(on_one_line, found.lines))
    if options.json:
        print_json({"done": not options.dry_run, "parts": parts})
    elif options.dry_run:
        say("A dry run: nothing was changed.")


def _refuse_a_part(parts: list[Path], into: Address) -> None:
    if isinstance(into, Path) and any(into.exists() and one.exists() and one.samefile(into) for one in parts):
        raise Refused(
            f"{into.name} is given both as the record of an area and as the one to make. Name the record "
            "to make last: a new one, or another. Nothing was changed."
        )


@contextmanager
def _target(options: Options, folder: Path) -> Iterator[Record]:
    """Give the record that the others become; for a dry run that is a copy."""
    into: Address = options.into
    if isinstance(into, ServerAddress):
        with _on_server(into, options, folder) as record:
            yield record
    elif not into.exists():
        key = None if options.passphrase_file is None else new_passphrase(options)
        path = folder / into.name if options.dry_run else into
        with new_whole(path, opener(options), key) as record:
            yield record
    else:
        if options.dry_run:
            with open_record(into, options, to_change=False) as record:
                into = record.backup(folder / into.name)
        with open_record(into, options, to_change=True) as record:
            yield record


@contextmanager
def _on_server(into: ServerAddress, options: Options, folder: Path) -> Iterator[Record]:
    """Give a record on a server, as its administrator; for a dry run an encrypted copy of it."""
    if not options.dry_run:
        with administered(into) as record:
            yield record
        return
    key = token_hex()
    with administered(into) as record:
        copy = record.backup(folder / "record.panel", key=key)
    with Record.open(copy, opener(options), key=key) as record:
        yield record


def _with_each_passphrase(options: Options) -> list[Options]:
    """Return the options with each of the passphrase files, of which each is read once."""
    named = options.passphrase_file or [None]
    return [Options(**(vars(options) | {"passphrase_file": one})) for one in named]


def _open_part(path: Path, keys: list[Options]) -> Record:
    for options in keys[:-1]:
        with suppress(NotOpened):
            return open_record(path, options, to_change=False)
    return open_record(path, keys[-1], to_change=False)


def _found(path: Path, keys: list[Options]) -> Consolidation:
    with _open_part(path, keys) as part:
        return plan_consolidation(keys[0].opened, part, path.name)


def _take_in(path: Path, keys: list[Options]) -> Consolidation:
    found = _found(path, keys)
    if found.is_new:
        consolidate(keys[0].opened, found, acting(found.operation, keys[0]))
    return found


RETURN, COPY = "return", "copy"


def merge_returns(options: Options) -> None:
    """Take the returns in, or say what would be."""
    check_report(options.report)
    with opened(options, to_change=not options.dry_run):
        record = options.opened
        record.ask(refuse_in_members_own, action="importing returns")
        who = acting(TakeInReturns(()), options)
        came = read_incoming(options)
        planned = record.ask(plan_of_files, files=came.files, copied=came.copied)
        reader = who.name if is_named(options) else ""
        report = record.ask(merge_report, record=options.record.name, incoming=came, reader=reader)
        shown = record.ask(without_closed, planned=planned, person=reader)
        is_done = planned.is_new and not options.dry_run
        if is_done:
            trusted = _trusted(planned, options.code)
            operation = TakeInReturns(tuple(came.files), (), trusted, came.copied, came.copy)
            record.copies.keep_before("merge")
            record.perform(operation, who)
            head, copy = record.head(), None if record.is_shared else backup.newest(record.path)
            kept_in = copy.path.name if copy else ""
            report = report.as_done(Done(who.name, head.at or utc_now(), head.seq, head.code, kept_in))
    written = write_report(report, options.report, is_done=is_done)
    answer(
        options,
        lambda: merge_json(shown, came, is_done=is_done, report=written),
        lines(
            "merge",
            planned=shown,
            codes={key: _code(key) for member in shown.members for key in member.new_keys},
            theirs=COPY if came.copy else RETURN,
            result=result_words(shown),
            is_dry=options.dry_run,
        ),
        [on_one_line(f"To decide: {line}.") for line in came.left],
        [f"Wrote {written}."] if written else [],
    )
    warn(came.warnings)


def _trusted(planned: Plan, codes: list[str]) -> tuple[str, ...]:
    """Return the keys whose codes a person read from members' receipts."""
    typed = {code.replace(" ", "").lower() for code in codes}
    keys = [key for member in planned.members for key in member.new_keys]
    return tuple(key for key in keys if _code(key).replace(" ", "") in typed)


def _code(key: str) -> str:
    return short_code(bytes.fromhex(key))


def read_incoming(options: Options) -> Incoming:
    """Return what came, opened and read; refused where nothing did."""
    if not options.returns and options.copy is None:
        raise Refused("Name a return to import, or a copy with --copy FILE.")
    files = _files(options)
    warnings = options.ask(warnings_about, tuple(files), date.today().isoformat())
    if options.copy is None:
        return Incoming(files, warnings)
    found = read_diverged(options.opened, options.copy)
    came = {**dict.fromkeys(found.texts, options.copy.name), **files}
    told = (*warnings, *found.passed_over)
    return Incoming(came, told, options.copy.name, found.named, found.copied, found.left_words)


def _files(options: Options) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in options.returns:
        content = sealed_content(path)
        found.setdefault(_opened(path, content, pack_passphrases(options, path.name)), path.name)
    return found


def _opened(path: Path, content: bytes, passphrases: Sequence[str]) -> str:
    """Return the text of a return, opened with the first passphrase that fits."""
    *others, last = passphrases
    for passphrase in others:
        with suppress(WrongPassphrase):
            return open_return(content, passphrase)[1]
    with _told_of(path.name):
        return open_return(content, last)[1]


@contextmanager
def _told_of(before: str) -> Iterator[None]:
    """Say before what is wrong of which file it is."""
    try:
        yield
    except Trouble as no:
        raise type(no)(f"{before}: {no}") from no


def check_report(path: Path | None) -> None:
    """Refuse a report that could not be written, before anything is imported."""
    if path is not None:
        refuse_record(path)
        check_ending(path)
        if not path.parent.is_dir():
            raise Trouble(
                f"There is no folder {path.parent}, so no report can be written. Nothing was changed."
            )


def write_report(report: MergeReport, path: Path | None, *, is_done: bool) -> Path | None:
    """Write the report where one is asked for and return the path it really has."""
    if path is None:
        return None
    with _told_of("The returns are imported, but there is no report" if is_done else "There is no report"):
        return write_merge_report(report, path, utc_now())


def merge_json(planned: Plan, came: Incoming, *, is_done: bool, report: Path | None = None) -> Json:
    return {
        "merged": is_done,
        "nothing_new": not planned.is_new,
        "new": len(planned.taken),
        "differ": len(planned.differences),
        "refused": len(planned.refused),
        "members": [_member(member) for member in planned.members],
        **told(came, "warnings for_a_person=left"),
        "report": str(report) if report else None,
    }


def _member(member: MemberPlan) -> Json:
    codes = list(map(_code, member.new_keys))
    return {
        **told(member, "member=code name"),
        "new_key": codes[-1] if codes else None,
        "new_keys": codes,
        "key_changed": member.is_key_changed,
        "new": [_item(item) for item in member.taken],
        "differ": [
            {
                **told(found, "application=reference? what=key.slot"),
                "here": json.loads(found.here),
                "return": [json.loads(side.value) for side in found.sides if not side.is_here],
            }
            for found in member.differences
        ],
        "refused": [{**_item(item), "reason": item.words} for item in member.refused],
    }


def _item(item: Item) -> Json:
    """Return a value: a mark as a number, a reason as text, handed in as yes or no, interests as a list."""
    return {
        **told(item, "application=reference? what=slot"),
        "before": json.loads(item.before),
        "after": json.loads(item.after),
    }
