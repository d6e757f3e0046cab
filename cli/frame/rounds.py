"""A round to work on: of a record, or straight from a workbook, told apart by their content."""

from pathlib import Path
from typing import Any

from msgspec import Struct

from cli.frame.output import Options
from cli.frame.record import is_named, person, refuse_lost
from cli.frame.typed import RECORD_ENDING
from models.permissions.viewing import NOTHING_CLOSED, Sight
from models.queries.deciding.decisions import recommendations
from models.queries.packs.own_record import refuse_in_members_own
from models.queries.permissions.reading import only_viewer_of, sight_of
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import find_round, round_line, sole_round
from models.store.locks.signing_on import refuse_in_part
from models.store.private_files import NotAFile, open_regular
from models.trouble import Trouble
from models.values.recommending import RecommendationRow
from models.values.rounds import RoundLine
from models.values.rows import RoundRows, scored_round
from scoring.rank import rank
from scoring.ranking import Ranking
from scoring.written.text import Refused

RECORD_START = b"SQLite format 3\0"


class ChosenRound(Struct, frozen=True):
    """A round of an open record: what it is, what it holds, and what the panel recommended.

    `sight` is what of it is closed to who reads.
    """

    line: RoundLine
    rows: RoundRows
    recommended: tuple[RecommendationRow, ...]
    sight: Sight = NOTHING_CLOSED

    def ranked(self) -> Ranking:
        return rank(scored_round(self.rows))


def scored_round_of(options: Options) -> ChosenRound:
    """Return the same; refused where the round holds awards without a competition."""
    chosen = chosen_round(options)
    refuse_direct(chosen.line)
    return chosen


def chosen_round(options: Options) -> ChosenRound:
    """Return the round that the options name; without --round the record must have exactly one.

    Refused in a panel member's own record, which holds one member's marks and nothing to rank.
    """
    round_id = named_round(options)
    options.ask(refuse_in_part, round_id=round_id)
    return options.ask(chosen, round_id=round_id, options=options)


def chosen(session: Any, round_id: int, options: Options) -> ChosenRound:
    return ChosenRound(
        round_line(session, round_id),
        round_rows(session, round_id),
        recommendations(session, round_id),
        _sight(session, round_id, options),
    )


def named_round(options: Options) -> int:
    """Return the number of the round that the options name, or of the record's only one."""
    options.ask(refuse_in_members_own, action="this")
    if options.round is None:
        return options.ask(sole_round, fund=options.fund, year=options.year)
    return round_named(options)


def round_named(options: Options) -> int:
    return options.ask(find_round, name=options.round, fund=options.fund, year=options.year)


def refuse_direct(line: RoundLine) -> None:
    if line.is_direct:
        raise Refused(
            f"{line.words} holds awards without a competition: nothing is scored or ranked in it. "
            "They are signed and paid with grant-panel award."
        )


def _sight(session: Any, round_id: int, options: Options) -> Sight:
    if not is_named(options):
        return NOTHING_CLOSED
    return sight_of(session, round_id, only_viewer_of(session, person(options), round_id))


def is_record(path: Path) -> bool:
    """Whether a file is a record, by its first bytes; raises `Trouble` when there is none."""
    if path.suffix == RECORD_ENDING:
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
    if not path.is_file():
        raise Trouble(f"There is no file {path}. Check its name.")


def refuse_record(path: Path) -> None:
    """Refuse a record where a spreadsheet or a paper is meant; it must never be written over."""
    if path.is_file() and is_record(path):
        raise Refused(f"{path.name} is a record, not a spreadsheet. Nothing was changed; name another file.")
