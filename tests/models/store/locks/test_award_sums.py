"""What an award comes to is what was decided or all have signed, whoever writes past the program."""

import pytest
from psycopg import errors
from sqlalchemy.exc import DBAPIError

from models.operations.awards.variations import VaryAward
from models.record import Record
from models.session import Session
from models.store.definition import AS_SIGNED, IN_EFFECT_STAYS, WITHIN_AWARD
from models.values.awards import Terms
from tests.models.operations.deciding_rounds import DAY
from tests.models.operations.deciding_rounds import decided as decided_round
from tests.models.rounds import OFFICER
from tests.models.store.locks.an_office import PEOPLE, changed_copy, prepare, signed_on
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


LESS = (
    "UPDATE award_variations SET to_pence = 700, state = 'in effect', effective_on = '2026-12-03'",
    "UPDATE awards SET amount_pence = 700",
    "UPDATE instalments SET amount_pence = 700",
)
"""A decrease to £7 that is in effect; nobody signed the agreement."""
AGREED = {
    "a later day": ("UPDATE awards SET agreed_on = '2026-12-05'",),
    "signed anew": (
        "UPDATE awards SET agreed_on = '2026-12-01'",
        "INSERT INTO award_agreements (application_id, sent_on, held_at, office_signer, office_post, "
        "recipient_signer, recipient_post, signed_version, signed_anew_on) "
        "VALUES (1, NULL, '', 'A', 'b', 'C', 'd', NULL, '2026-12-05')",
    ),
}
NEWER = (VARIED.format("proposed", 700, 900, "NULL"),)
WITHDRAWN = (
    "UPDATE award_variations SET state = 'withdrawn', ended_because = 'x', "
    "ended_at = '2026-12-06T10:00:00.000000Z' WHERE number = 1"
)
ENDS = {
    "withdrawn": (WITHDRAWN, MORE.format(1000)),
    "removed": ("DELETE FROM award_variations WHERE number = 1", MORE.format(1000)),
    "proposed again": (
        "UPDATE award_variations SET state = 'proposed', effective_on = NULL WHERE number = 1",
        MORE.format(1000),
    ),
}
"""Ways in which what is in effect ends."""
STAYS = {
    **{f"{of}, {way}": (agreed, ENDS[way]) for of, agreed in AGREED.items() for way in ENDS},
    **{f"not the newest, {way}": (NEWER, ENDS[way]) for way in ENDS},
}
OFFICE = ("fin", "olive", "ivy")
"""Who varies an award: finance and officers."""
BEYOND = {
    "one more": ("INSERT INTO instalments VALUES (1, 9, 1, 'start', NULL, '', NULL, NULL, NULL)",),
    "a greater one": ("UPDATE instalments SET amount_pence = amount_pence + 1",),
}


def refusal_of(login: str, database: str, statements: tuple[str, ...]) -> str | None:
    """Return why a login's statements are refused, "" where they change nothing, None where they are not."""
    with signed_on(login, database) as connection:
        try:
            rows = [connection.execute(one).rowcount for one in statements]  # type: ignore[arg-type]
        except (errors.InsufficientPrivilege, errors.IntegrityConstraintViolation) as error:
            return str(error)
    return None if all(rows) else ""


@pytest.fixture(scope="module")
def lessened() -> str:
    database = changed_copy(decided(), *LESS)
    prepare(database)
    return database


@pytest.mark.parametrize("way", STAYS)
def test_what_both_have_signed_or_another_varies_since_stays_in_effect(lessened: str, way: str) -> None:
    since, ends = STAYS[way]
    database = changed_copy(lessened, *since)
    prepare(database)

    for login in PEOPLE:
        why = refusal_of(login, database, ends)
        assert why is not None, login
        assert login not in OFFICE or IN_EFFECT_STAYS in why


@pytest.mark.parametrize("way", ["withdrawn", "removed"])
def test_the_newest_variation_is_withdrawn_and_taken_back_until_both_have_signed(
    lessened: str, way: str
) -> None:
    for login in PEOPLE:
        assert (refusal_of(login, lessened, ENDS[way]) is None) is (login in OFFICE), login


@pytest.mark.parametrize("way", BEYOND)
def test_no_instalment_comes_with_the_others_to_more_than_the_award(way: str) -> None:
    for login in PEOPLE:
        why = refusal_of(login, decided(), BEYOND[way])
        assert why is not None, login
        assert login not in OFFICE or WITHIN_AWARD in why


@pytest.mark.parametrize("by", ["Zed Nobody", "Olive Officer", "Fin Ance", "Cole Commander", "Dee Decider"])
def test_a_signature_from_paper_is_of_a_signatory_of_its_step(by: str) -> None:
    signed = SIGNED.format(1, by, "true", "Olive Officer")

    assert (refusal_of("olive", decided(), (signed,)) is None) is (by == "Dee Decider")


@pytest.mark.of_a_file
@pytest.mark.parametrize("way", [*STAYS, *BEYOND])
def test_a_file_keeps_what_is_in_effect_and_instalments_within_the_award(record: Record, way: str) -> None:
    """ACF-001 had £1,000.00, and has £700.00: the ways with two more noughts."""
    decided_round(record)
    record.perform(VaryAward(1, "ACF-001", 1, Terms(70_000), "less to do", DAY), OFFICER)
    since, ends = STAYS.get(way, ((), BEYOND.get(way, ())))

    def write(session: Session) -> None:
        for statement in (*since, *ends):
            for pence in (700, 900, 1000):
                statement = statement.replace(f" {pence}", f" {pence}00")
            session.exec_driver_sql(statement)

    with pytest.raises(DBAPIError, match=f"{IN_EFFECT_STAYS}|{WITHIN_AWARD}"):
        record.ask(write)
