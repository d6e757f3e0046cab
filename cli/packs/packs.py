"""`grant-panel pack`, `open-pack` and `make-return`: a member's applications out, and their marks back."""

import argparse
from datetime import date
from functools import partial
from pathlib import Path

from cli.frame.output import print_json, print_lines, say, told, warn
from cli.frame.passphrase import ask_passphrase, new_passphrase, passphrase_in
from cli.frame.record import acting, open_record
from cli.frame.rounds import refuse_record, scored_round_of
from exchange.atomic import require_place
from exchange.pack_files import is_passphrase_of, open_pack, read_header, read_sealed, seal_text, write_sealed
from models.operation import Actor
from models.operations.packs.update_pack import UpdatePack
from models.packs.pack_making import OpenedPack, is_expired, make_member_record, ready_pack, ready_return
from models.queries.packs.member_record import ReturnState, opened_pack, pack_news, pack_start, return_state
from models.record import Opener
from models.store.passphrases import checked
from models.trouble import Trouble
from models.values.packs import Pack
from scoring.counted import counted
from scoring.refused import Refused
from scoring.written.days import full_day

OPTION = "--pack-passphrase-file"


def pack(options: argparse.Namespace) -> None:
    """Issue the pack and write it."""
    refuse_record(options.out)
    require_place(options.out)
    with open_record(options.record, options, to_change=True) as record:
        round_id = scored_round_of(record, options).line.round_id
        order = {"round_id": round_id, "member": options.member, "expires_on": options.expires}
        ready = record.ask(ready_pack, today=date.today(), **order)
        sealed = seal_text("pack", ready.pack.pack, ready.text, new_pack_passphrase(options))
        who = acting(record, ready.operation, options)
        recording = partial(record.perform_beside, ready.operation, ready.keep, who)
        written = write_sealed(sealed, options.out, recording)
    _tell(written, ready.pack, as_json=options.json)


def _tell(written: Path, pack: Pack, *, as_json: bool) -> None:
    """Say what was written, and until when it is good."""
    if as_json:
        print_json(
            {
                "path": str(written),
                **told(pack, "pack member=member.code"),
                "items": len(pack.applications),
                **told(pack, "expires=expires_on round.fingerprint"),
            }
        )
        return
    held = counted(len(pack.applications), "application")
    say(f"Wrote {written} for {pack.member.name}: {held}.")
    say(f"It is good until {full_day(pack.expires_on)}. Give the passphrase separately, never with the file.")
    if pack.expires_on < pack.issued_on:
        warn(("The pack's last day is past already.",))


def open_sent(options: argparse.Namespace) -> None:
    """Make the member's record, or bring it up to date."""
    opened = open_pack(sealed_content(options.pack), pack_passphrase(options, options.pack.name))
    if options.record.exists():
        _update(options, opened)
    else:
        _make(options, opened)
    pack = opened.pack
    if pack.expires_on < date.today():
        warn((f"The pack expired on {pack.expires_on}. Ask the office whether it still accepts your marks.",))


def _make(options: argparse.Namespace, opened: OpenedPack) -> None:
    key = new_passphrase(options)
    opener = Opener(opened.pack.member.name, "the command")
    make_member_record(options.record, opener, key, opened).close()
    pack = opened.pack
    due = counted(len(pack.applications), "application")
    say(f"Made {options.record} for {pack.member.name}: {due} to score.")
    say("It is encrypted: without the passphrase that you set nobody can read it.")


def _update(options: argparse.Namespace, opened: OpenedPack) -> None:
    """Bring a record that is there up to date, a copy being kept first."""
    with open_record(options.record, options, to_change=True) as record:
        news = record.ask(pack_news, text=opened.text)
        record.copies.keep_before("newer pack")
        operation = UpdatePack(opened.text, opened.start)
        outcome = record.perform(operation, Actor(opened.pack.member.name, "member"))
    print_lines(news.lines)
    say(outcome.words)


def make_return(options: argparse.Namespace) -> None:
    """Make the return."""
    refuse_record(options.out)
    require_place(options.out)
    with open_record(options.record, options, to_change=True) as record:
        pack = record.ask(opened_pack)
        ready = record.ask(ready_return)
        warn(_nothing_in(record.ask(return_state)))
        passphrase = pack_passphrase(options, "the pack")
        if not is_passphrase_of(record.ask(pack_start), passphrase):
            raise Refused("That is not the passphrase of the pack, so the office could not open the return.")
        sealed = seal_text("return", pack.pack, ready.text, passphrase)
        member, recording = Actor(pack.member.name, "member"), None
        if ready.operation is not None:
            recording = partial(record.perform, ready.operation, member)
        written = write_sealed(sealed, options.out, recording)
    say(f"Wrote {written}: return {ready.given.number} of {pack.member.name}. Send it to the office.")
    say(f"Your receipt: code {ready.given.code}. Keep it; the office may ask for it.")
    if is_expired(pack, date.today().isoformat()):
        warn((f"The pack expired on {pack.expires_on}. Ask the office whether it still accepts your marks.",))


def _nothing_in(state: ReturnState) -> tuple[str, ...]:
    """Say before the return is made that nothing of it would count."""
    if state.handed_in:
        return ()
    return (
        f"No sheet is handed in: {state.words} At the office marks count only once their sheet is handed in.",
    )


def new_pack_passphrase(options: argparse.Namespace) -> str:
    """Return the passphrase of a pack that is to be made, asked for twice at a terminal."""
    given = _first(options)
    if given is None:
        given = ask_passphrase("Passphrase of the pack: ", "A pack needs its own passphrase", OPTION)
        if ask_passphrase("Type it again: ", "", OPTION) != given:
            raise Refused("The two passphrases differ. Nothing was made; try again.")
    return checked(given)


def pack_passphrase(options: argparse.Namespace, name: str) -> str:
    """Return the passphrase of a pack that is there."""
    given = _first(options)
    return ask_passphrase(f"Passphrase of {name}: ", f"{name} is sealed", OPTION) if given is None else given


def pack_passphrases(options: argparse.Namespace, name: str) -> list[str]:
    """Return the passphrases to try on a return, in turn."""
    named = getattr(options, "pack_passphrase_file", None) or []
    return [passphrase_in(one) for one in named] or [pack_passphrase(options, name)]


def _first(options: argparse.Namespace) -> str | None:
    named = options.pack_passphrase_file
    return passphrase_in(named[0]) if named else None


def sealed_content(path: Path) -> bytes:
    """Return the bytes of a sealed file; any other is refused before a passphrase is asked for."""
    content = read_sealed(path)
    try:
        read_header(content)
    except Trouble as no:
        raise type(no)(f"{path.name}: {no}") from no
    return content
