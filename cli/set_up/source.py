"""A round to work on, from a record or straight from a round workbook, told apart by their content."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from cli.arguments import is_named
from models.permissions.viewing import NOTHING_CLOSED, Sight, without_reasons
from models.store.address import Address, ServerAddress
from models.store.regular_files import NotAFile, open_regular
from models.trouble import Trouble
from models.values.rows import RoundRows
from scoring.refused import Refused

if TYPE_CHECKING:
    from models.queries.deciding.decisions import DecisionRow
    from models.queries.deciding.recommendations import RecommendationRow
    from scoring.ranking import Allowance

RECORD_START = b"SQLite format 3\0"
RECORD_ENDING = ".panel"


class RoundSource(Struct, frozen=True):
    """A round with what was recommended and decided, by reference, and allowed; nothing from a workbook.

    `sight` is what of it is closed to who reads.
    """

    rows: RoundRows
    recommended: "Mapping[str, RecommendationRow]" = field(default_factory=dict)
    decided: "Mapping[str, DecisionRow]" = field(default_factory=dict)
    allowances: "tuple[Allowance, ...]" = ()
    sight: Sight = NOTHING_CLOSED

    @property
    def open_recommended(self) -> "Mapping[str, RecommendationRow]":
        """Return the recommendations without the reasons that are closed to who reads."""
        told = {of: row for of, row in self.recommended.items() if of not in self.sight.hidden}
        return without_reasons(told, self.sight)

    @property
    def open_decided(self) -> "Mapping[str, DecisionRow]":
        """Return the decisions likewise."""
        return without_reasons(self.decided, self.sight)


def read_source(address: Address, options: argparse.Namespace) -> RoundSource:
    """Return the round that the options name; a record without --round must have exactly one."""
    if isinstance(address, ServerAddress) or is_record(address):
        return _from_record(address, options)
    from exchange.round_workbook.read import read_round
    from models.queries.panel.namesakes import one_person_words

    if is_named(options):
        raise Refused("A workbook has no people to act as. Leave --as out, or name a record.")
    rows = read_round(address)
    _check_named(rows, options)
    twice = one_person_words(rows.members)
    return RoundSource(replace(rows, warnings=(*rows.warnings, twice)) if twice else rows)


def is_record(path: Path) -> bool:
    """Whether a file is a record, by its first bytes; raises `Trouble` when there is none."""
    if path.suffix == RECORD_ENDING:
        from cli.record.opening import refuse_lost

        refuse_lost(path)
    try:
        with open_regular(path) as file:
            return file.read(len(RECORD_START)) == RECORD_START or path.suffix == RECORD_ENDING
    except NotAFile as error:
        if path.is_dir():
            raise Trouble(f"{path} is a folder. Name the record or the round workbook in it.") from None
        raise Trouble(f"{path} cannot be read: {error.strerror}. Check its name.") from None
    except (OSError, ValueError):
        raise Trouble(f"There is no file {path} that can be read. Check its name.") from None


def refuse_missing(path: Path) -> None:
    """Refuse a file to be read that is not there."""
    if not path.is_file():
        raise Trouble(f"There is no file {path}. Check its name.")


def refuse_record(path: Path) -> None:
    """Refuse a record where a spreadsheet or a paper is meant; it must never be written over."""
    if path.is_file() and is_record(path):
        raise Refused(f"{path.name} is a record, not a spreadsheet. Nothing was changed; name another file.")


def _from_record(address: Address, options: argparse.Namespace) -> RoundSource:
    from cli.record.opening import open_record
    from cli.set_up.rounds import ranked_round_of
    from models.queries.deciding.decisions import final_decisions

    with open_record(address, options, to_change=False) as record:
        chosen, decided, allowed = ranked_round_of(record, options)
    recommended = {row.application: row for row in chosen.recommended}
    return RoundSource(chosen.rows, recommended, final_decisions(decided), allowed, chosen.sight)


def _check_named(rows: RoundRows, options: argparse.Namespace) -> None:
    """Refuse a workbook of another round than the one that was asked for."""
    for asked, held, what in (
        (options.round, rows.name, "round"),
        (options.fund, rows.fund, "fund"),
        (options.year, rows.year, "financial year"),
    ):
        if asked is not None and asked != held:
            raise Refused(f"The workbook belongs to the {what} “{held}”, not “{asked}”. Correct the {what}.")
