"""What an award comes to is what was decided or all have signed, whoever writes past the program."""

import pytest
from psycopg import errors
from sqlalchemy.exc import DBAPIError

from models.operations.awards.variations import VaryAward
from models.record import Record
from models.session import Session
from models.store.definition import AS_SIGNED
from models.values.awards import Terms
from tests.models.operations.deciding_rounds import DAY
from tests.models.operations.deciding_rounds import decided as decided_round
from tests.models.rounds import OFFICER
from tests.models.store.locks.an_office import PEOPLE, signed_on
from tests.models.store.locks.test_attacks import decided
from tests.server import cluster

VARIED = (
    "INSERT INTO award_variations (application_id, number, state, from_pence, to_pence, was, becomes, "
    "reason, proposed_on, proposed_by, recorded_at, effective_on, ended_because, ended_at) VALUES "
    "(1, 2, '{}', {}, {}, '{{}}', '{{}}', 'more', '2026-12-03', 'Fin Ance', "
    "'2026-12-03T10:00:00.000000Z', {}, '', NULL)"
)
IN_EFFECT = "'2026-12-03'"
SIGNED = (
    "INSERT INTO variation_signatures (application_id, number, step, post, signed_by, signed_on, interests, "
    "is_from_paper, recorded_by, recorded_at) VALUES (1, 1, {}, 'post', '{}', '2026-12-04', 'none', {}, "
    "'{}', '2026-12-04T10:00:00.000000Z')"
)
MORE = "UPDATE awards SET amount_pence = {} WHERE application_id = 1"
WAYS = {
    "more": (MORE.format(1300),),
    "less": (MORE.format(700),),
    "as proposed": (MORE.format(1200),),
    "of another decision": (
        "UPDATE awards SET decision_id = 1, amount_pence = 1300 WHERE application_id = 1",
    ),
    "made anew": (
        "DELETE FROM instalments WHERE application_id = 1",
        "DELETE FROM awards WHERE application_id = 1",
        "INSERT INTO awards (application_id, decision_id, reference, amount_pence, profile, agreed_on, "
        "held_for) VALUES (1, 2, 'A-031-01', 1300, '', NULL, NULL)",
    ),
    "said to be in effect": (
        "UPDATE award_variations SET state = 'in effect', effective_on = '2026-12-04'",
        MORE.format(1200),
    ),
    "in effect from the start": (VARIED.format("in effect", 1000, 1300, IN_EFFECT), MORE.format(1300)),
    "signed by one of two": (
        SIGNED.format(0, "Cole Commander", "false", "Cole Commander"),
        MORE.format(1200),
    ),
    "signed by one for both": (
        SIGNED.format(1, "Dee Decider", "false", "Dee Decider"),
        MORE.format(1200),
    ),
    "another sum of what is proposed": ("UPDATE award_variations SET to_pence = 900", MORE.format(900)),
    "from more": ("UPDATE award_variations SET from_pence = 1300", MORE.format(1200)),
    "less than was typed": (VARIED.format("proposed", 9000, 5000, "NULL"), MORE.format(5000)),
    "as much as was typed": (VARIED.format("proposed", 5000, 5000, "NULL"), MORE.format(5000)),
    "less than was typed before the award": (
        "DELETE FROM instalments WHERE application_id = 1",
        "DELETE FROM awards WHERE application_id = 1",
        VARIED.format("proposed", 9000, 5000, "NULL"),
        "INSERT INTO awards (application_id, decision_id, reference, amount_pence, profile, agreed_on, "
        "held_for) VALUES (1, 2, 'A-031-01', 5000, '', NULL, NULL)",
    ),
    "of what the first of two decided": (
        "UPDATE awards SET decision_id = 1, amount_pence = 1000 WHERE application_id = 1",
    ),
    "another decision": ("UPDATE decisions SET amount_pence = 1300", MORE.format(1300)),
}
"""Ways in which the sum of an award, decided at £10 and with £12 proposed, is set past the program."""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("login", PEOPLE)
def test_nobody_sets_the_sum_of_an_award_past_what_was_signed(login: str, way: str) -> None:
    with signed_on(login, decided()) as connection:
        refused = None
        try:
            for statement in WAYS[way]:
                done = connection.execute(statement)  # type: ignore[arg-type]
        except (errors.InsufficientPrivilege, errors.IntegrityConstraintViolation) as error:
            refused = error

    assert refused is not None or done.rowcount == 0, "who reads no award changes none"


@pytest.mark.parametrize("way", WAYS)
def test_the_guards_hold_for_a_servers_administrator_too(way: str) -> None:
    refused = pytest.raises(errors.IntegrityConstraintViolation, match=f"{AS_SIGNED}|never changed")
    with cluster().connect(decided()) as connection, refused, connection.transaction():
        connection.execute("; ".join(WAYS[way]))  # type: ignore[arg-type]


@pytest.mark.of_a_file
@pytest.mark.parametrize("way", WAYS)
def test_a_file_takes_no_other_sum_than_was_signed(record: Record, way: str) -> None:
    """ACF-001 has £1,000.00, and £1,200.00 is proposed: the ways with two more noughts."""
    decided_round(record)
    record.perform(VaryAward(1, "ACF-001", 1, Terms(120_000), "more to do", DAY), OFFICER)

    def write(session: Session) -> None:
        for statement in WAYS[way]:
            for pence in (700, 900, 1000, 1200, 1300):
                statement = statement.replace(f" {pence}", f" {pence}00")
            session.exec_driver_sql(statement)

    with pytest.raises(DBAPIError, match=f"{AS_SIGNED}|never changed"):
        record.ask(write)
