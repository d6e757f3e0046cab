"""Putting applications in, as they were submitted, and setting what their gates come to."""

from collections.abc import Iterable, Mapping, Sequence
from json.encoder import encode_basestring as _quoted
from operator import attrgetter

from sqlalchemy import bindparam, delete, select, update

from models.operations.rows.write_areas import area_ids
from models.operations.rows.write_organisations import organisations_of, settle_organisations
from models.operations.rows.writing import next_id, put, round_uid, uid
from models.queries.applications.applications import PLAIN_FIELDS
from models.schema.applications.application import application_table
from models.schema.applications.gate import gate_result_table
from models.session import OF_ROUND, Session
from models.values.rows import Answer, ApplicationRow
from scoring.refused import Refused
from scoring.round import Eligibility

_PLAIN = attrgetter(*PLAIN_FIELDS)
_IDS = select(application_table.c.reference, application_table.c.id).where(
    application_table.c.round_id == OF_ROUND
)
LARGEST = 2**53
"""The largest whole number that every spreadsheet holds exactly."""

Standing = tuple[Eligibility, str, str]
"""What stands for all of an application's gates: the word, the reason, and who said so."""

NOT_CHECKED: Standing = (Eligibility.TO_CHECK, "", "")


def application_ids(session: Session, round_id: int) -> dict[str, int]:
    """Return a round's applications by reference."""
    return dict(session.execute(_IDS, {"of_round": round_id}).all())


def put_applications(
    session: Session,
    round_id: int,
    rows: Sequence[ApplicationRow],
    standings: Iterable[Standing],
    positions: Iterable[int],
) -> None:
    """Put applications in; each with what stands for its gates and its position in the round."""
    check_figures(rows)
    areas = area_ids(session, round_id)
    within = round_uid(session, round_id)
    start = next_id(session, application_table.c.id)
    organisations = organisations_of(session, rows)
    numbered = enumerate(zip(rows, organisations, standings, positions, strict=True), start)
    put(
        session,
        application_table,
        [
            {
                **dict(zip(PLAIN_FIELDS, _PLAIN(row), strict=True)),
                "id": number,
                "uid": uid(within, "application", row.reference),
                "round_id": round_id,
                "area_id": None if row.area is None else areas[row.area],
                "organisation_id": organisation_id,
                "position": position,
                "all_gates": word.value,
                "all_gates_reason": reason,
                "all_gates_by": by,
                "answers": _answers_text(row.answers),
            }
            for number, (row, organisation_id, (word, reason, by), position) in numbered
        ],
    )
    settle_organisations(session)


def set_standings(session: Session, standings: Mapping[int, Standing]) -> None:
    """Set all gates of these applications at once; results of single gates give way."""
    if not standings:
        return
    table = application_table
    results = gate_result_table
    session.execute(
        delete(results).where(results.c.application_id == bindparam("of")), [{"of": of} for of in standings]
    )
    session.execute(
        update(table)
        .where(table.c.id == bindparam("of"))
        .values(
            all_gates=bindparam("word"), all_gates_reason=bindparam("reason"), all_gates_by=bindparam("by")
        ),
        [
            {"of": of, "word": word.value, "reason": reason, "by": by}
            for of, (word, reason, by) in standings.items()
        ],
    )


def check_figures(rows: Iterable[ApplicationRow]) -> None:
    """Refuse a figure that no spreadsheet could hold exactly."""
    for row in rows:
        figures = (row.requested_pence, row.minimum_pence, row.total_cost_pence, row.match_funding_pence)
        if any(figure is not None and figure > LARGEST for figure in (*figures, row.beneficiaries)):
            raise Refused(
                f"{row.reference} has a figure that is too large to be saved. Correct it in the file."
            )


def _answers_text(answers: Sequence[Answer]) -> str:
    """Return the answers as canonical JSON; written out, since one encoder a row costs ten times as much."""
    return f"[{','.join(f'[{_quoted(heading)},{_quoted(text)}]' for heading, text in answers)}]"
