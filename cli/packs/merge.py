"""`grant-panel merge`: returns into the office's record, itemised, all or none."""

import argparse
import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from cli.frame.output import Json, answer, on_one_line, told, warn
from cli.frame.record import acting, is_named, open_record
from cli.frame.rounds import refuse_record
from cli.packs.packs import pack_passphrases, sealed_content
from exchange.pack_files import WrongPassphrase, open_return
from exchange.papers.record_papers import check_ending, write_merge_report
from models.clock import utc_now
from models.operation import Actor
from models.operations.packs.take_in import TakeInReturns, result_words
from models.packs.diverged_copy import read_diverged
from models.queries.packs.own_record import refuse_in_members_own
from models.queries.packs.packs import without_closed
from models.queries.packs.return_checks import warnings_about
from models.queries.packs.returns import merge_report, plan_of_files
from models.record import Record
from models.store.sqlite import backup
from models.trouble import Trouble
from models.values.pack_plans import (
    Done,
    Incoming,
    Item,
    MemberPlan,
    MergeReport,
    Plan,
    value_words,
)
from models.values.signing import short_code
from scoring.refused import Refused

RETURN, COPY = "return", "copy"


def run(options: argparse.Namespace) -> None:
    """Take the returns in, or say what would be."""
    check_report(options.report)
    with open_record(options.record, options, to_change=not options.dry_run) as record:
        record.ask(refuse_in_members_own, action="importing returns")
        who = acting(record, TakeInReturns(()), options)
        came = read_incoming(record, options)
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
            report = kept_report(report, record, who)
    written = write_report(report, options.report, is_done=is_done)
    answer(
        options,
        lambda: merge_json(shown, came, is_done=is_done, report=written),
        map(on_one_line, _lines(shown, COPY if came.copy else RETURN, is_dry=options.dry_run)),
        [on_one_line(f"To decide: {line}.") for line in came.left],
        [f"Wrote {written}."] if written else [],
    )
    warn(came.warnings)


def _trusted(planned: Plan, codes: list[str]) -> tuple[str, ...]:
    """Return the keys whose codes a person read from members' receipts."""
    typed = {code.replace(" ", "").lower() for code in codes}
    keys = [key for member in planned.members for key in member.new_keys]
    return tuple(key for key in keys if short_code(bytes.fromhex(key)).replace(" ", "") in typed)


def _lines(planned: Plan, theirs: str, *, is_dry: bool) -> Iterator[str]:
    for member in planned.members:
        yield f"{member.name} ({member.code})"
        for key in member.new_keys:
            again = "another key than before" if member.is_key_changed else "a key seen for the first time"
            yield f"  signed with {again}, code {short_code(bytes.fromhex(key))}"
        for item in member.taken:
            before, after = value_words(item.slot, item.before), value_words(item.slot, item.after)
            yield f"  {item.what}: {after} (was {before})"
        for found in member.differences:
            others = (value_words(found.key.slot, side.value) for side in found.sides if not side.is_here)
            here = value_words(found.key.slot, found.here)
            yield f"  {found.what}: here {here}, {theirs} {', '.join(others)}; decide it on Packs"
        for item in member.refused:
            yield f"  {item.what}: not taken, {item.words}"
    if not planned.is_new:
        yield "There is nothing new in it. Nothing was changed."
    else:
        yield f"{result_words(planned)}{' Nothing was changed.' if is_dry else ''}"


def read_incoming(record: Record, options: argparse.Namespace) -> Incoming:
    """Return what came, opened and read; refused where nothing did."""
    if not options.returns and options.copy is None:
        raise Refused("Name a return to import, or a copy with --copy FILE.")
    files = _files(options)
    query = partial(warnings_about, texts=tuple(files), today=date.today().isoformat())
    warnings = record.ask(query)
    if options.copy is None:
        return Incoming(files, warnings)
    found = read_diverged(record, options.copy)
    came = {**dict.fromkeys(found.texts, options.copy.name), **files}
    told = (*warnings, *found.passed_over)
    return Incoming(came, told, options.copy.name, found.named, found.copied, found.left_words)


def _files(options: argparse.Namespace) -> dict[str, str]:
    """Return the names of the returns' files by their texts; of one that is named twice, the first."""
    found: dict[str, str] = {}
    for path, text in zip(options.returns, _texts(options), strict=True):
        found.setdefault(text, path.name)
    return found


def _texts(options: argparse.Namespace) -> Iterator[str]:
    """Yield the texts of the returns, each opened with the first passphrase that fits."""
    for path in options.returns:
        content = sealed_content(path)
        *others, last = pack_passphrases(options, path.name)
        for passphrase in others:
            try:
                yield open_return(content, passphrase)[1]
                break
            except WrongPassphrase:
                continue
        else:
            yield _named(path, content, last)


def _named(path: Path, content: bytes, passphrase: str) -> str:
    try:
        return open_return(content, passphrase)[1]
    except Trouble as no:
        raise type(no)(f"{path.name}: {no}") from no


def check_report(path: Path | None) -> None:
    """Refuse a report that could not be written, before anything is imported."""
    if path is not None:
        refuse_record(path)
        check_ending(path)
        if not path.parent.is_dir():
            raise Trouble(
                f"There is no folder {path.parent}, so no report can be written. Nothing was changed."
            )


def kept_report(report: MergeReport, record: Record, actor: Actor) -> MergeReport:
    """Return the report of what was just imported."""
    head, copy = record.head(), None if record.is_shared else backup.newest(record.path)
    at = head.at or utc_now()
    return report.as_done(Done(actor.name, at, head.seq, head.code, copy.path.name if copy else ""))


def write_report(report: MergeReport, path: Path | None, *, is_done: bool) -> Path | None:
    """Write the report where one is asked for and return the path it really has."""
    if path is None:
        return None
    try:
        return write_merge_report(report, path, utc_now())
    except Trouble as no:
        first = "The returns are imported, but there is no report" if is_done else "There is no report"
        raise type(no)(f"{first}: {no}") from no


def merge_json(planned: Plan, came: Incoming, *, is_done: bool, report: Path | None = None) -> Json:
    """Return the document: counts, and every value that is taken, differs or is refused, by member."""
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
    codes = [short_code(bytes.fromhex(key)) for key in member.new_keys]
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
