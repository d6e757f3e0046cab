"""The register of organisations."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from models.operations.applications.corrections import Change, CorrectApplication, SetWithdrawn
from models.operations.applications.organisations import MergeOrganisations
from models.operations.awards.checks import SetCheck
from models.operations.awards.paying import PayInstalment, SetReturned
from models.operations.panel.members import Declare
from models.permissions.viewing import OFFICE_VIEWER, YOU_DECLARED, Viewer
from models.queries.applications.merges import Merge
from models.queries.applications.organisations import (
    Organisation,
    OrganisationLine,
    organisation,
    organisations,
    register_viewer,
    the_merge,
    the_organisation,
)
from models.record import Record
from models.role import Role
from models.schema.applications import organisation_table
from models.values.awards import Returned
from models.values.diligence import CheckResult
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.models.operations.deciding_rounds import FINANCE, deciding_rows
from tests.models.operations.monitored_rounds import monitored_award
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER, load, refused

ONE, TWO, THREE = (f"Allotment Friends {number}" for number in (1, 2, 3))
TODAY = date(2027, 10, 1)


def listed(record: Record, viewer: Viewer = OFFICE_VIEWER) -> tuple[OrganisationLine, ...]:
    return record.ask(partial(organisations, today=TODAY, viewer=viewer))


def whole(record: Record, name: str = ONE, viewer: Viewer = OFFICE_VIEWER) -> Organisation:
    line = the_organisation(listed(record, viewer), name)
    found = record.ask(partial(organisation, number=line.number, today=TODAY, viewer=viewer))
    assert found is not None
    return found


@pytest.fixture
def paid(record: Record) -> Record:
    """Two awards of £1,000 and £2,000, the first paid a third of £330 and £30 of it returned."""
    monitored_award(record)
    ready_to_pay(record, "ACF-001", date(2026, 12, 10), FINANCE)
    record.perform(PayInstalment(1, "ACF-001", 1, date(2026, 12, 15), None), FINANCE)
    record.perform(SetReturned(1, "ACF-001", (Returned(3_000, date(2027, 4, 30), "unspent"),), ()), OFFICER)
    return record


def test_what_an_interest_closes_stays_closed(record: Record) -> None:
    rows = deciding_rows()
    told = replace(rows.applications[0], contact_name="Rose Example", email="rose@example.org")
    load(record, replace(rows, applications=(told, *rows.applications[1:])))
    cousin = InterestRow("M2", "ACF-001", InterestKind.PECUNIARY, "a cousin")
    record.perform(Declare(1, "M2", (cousin,)), OFFICER)
    uids = dict(
        record.ask(lambda s: s.execute(select(organisation_table.c.name, organisation_table.c.uid)).all())
    )
    record.perform(MergeOrganisations(uids[ONE], uids[TWO], ONE, TWO, "hidden"), OFFICER)
    chair = Viewer("Ravi Example", Role.CHAIR, "M2")

    found = whole(record, viewer=chair)

    applied = next(one for one in found.applications if one.row.reference == "ACF-001")
    assert [(one.name, one.reason) for one in found.merges] == [(TWO, YOU_DECLARED)]
    assert [one.reason for one in whole(record).merges] == ["hidden"]
    assert (applied.closed, applied.row.project, applied.row.requested_pence) == (YOU_DECLARED, "", 0)
    assert applied.came_to == YOU_DECLARED
    assert (found.contacts, found.returns, found.sees_paid) == ((), (), False)
    assert found.line.paid_pence is None
    assert whole(record).applications[0].row.project == "Project 1"

    # A member of the panel looks nothing up.
    member = Viewer("Ann Sample", Role.MEMBER, "M1")

    assert listed(record, member) == ()
    assert record.ask(partial(organisation, number=1, today=TODAY, viewer=member)) is None


def test_a_corrected_number_finds_it(taken_in: Record) -> None:
    change = Change("charity_number", '"1012345"', '""')
    taken_in.perform(CorrectApplication(1, "ACF-001", (change,), "from the register"), OFFICER)

    assert whole(taken_in, "1012345").line.name == ONE
    assert whole(taken_in).applications[0].came_to == "nothing recommended yet"
    taken_in.perform(SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="by its own wish"), OFFICER)
    assert whole(taken_in).applications[0].came_to == "withdrawn"


def test_of_two_merged_under_one_name_none_is_separated_by_it() -> None:
    at = datetime(2026, 11, 3, tzinfo=UTC)
    merges = [Merge(f"uid-{n}", "Canal Scouts", f"into-{n}", f"Club {n}", "one", "Grace", at) for n in (1, 2)]

    assert the_merge(merges[:1], "canal scouts") == merges[0]
    refused("“Canal Scouts” was merged into Club 1 and Club 2", the_merge, merges, "Canal Scouts")


def test_only_who_has_a_role_in_it_looks_the_register_up_by_name(paid: Record) -> None:
    assert paid.ask(partial(register_viewer, name="ravi example")) == Viewer("Ravi Example", Role.CHAIR)
    refused("looks organisations up, not the member", paid.ask, partial(register_viewer, name="Ann Sample"))

    # Due diligence is the newest of each check and told to those who read awards.
    table = organisation_table
    uids = dict(paid.ask(lambda s: s.execute(select(table.c.name, table.c.uid)).all()))
    paid.perform(MergeOrganisations(uids[ONE], uids[TWO], ONE, TWO, "one group"), OFFICER)
    failed = CheckResult("failed", date(2026, 10, 30), "overdue since May")
    for reference, result in (("ACF-002", failed), ("ACF-001", CheckResult("passed", date(2026, 11, 1)))):
        paid.perform(SetCheck(1, reference, "accounts", result, None), OFFICER)
    paid.perform(SetCheck(1, "ACF-002", "number", failed, None), OFFICER)
    (line, other) = listed(paid)
    assert [(one.code, one.award, one.done.result.result) for one in line.checks] == [
        ("number", "A-031-02", "failed"),
        ("accounts", "A-031-01", "passed"),
    ]
    assert line.unpassed == 1

    # Merged organisations are one line.
    assert (line.name, other.name, line.others) == (ONE, THREE, (TWO,))
    assert (line.applications, line.merged, line.three_years_pence) == (2, 1, 297_000)
    found = whole(paid, TWO)
    assert [one.row.reference for one in found.awards] == ["ACF-001", "ACF-002"]
    assert [(one.name, one.reason) for one in found.merges] == [(TWO, "one group")]
    assert [one.name for one in found.names] == [ONE, TWO]
    assert listed(paid, Viewer("Ravi Example", Role.CHAIR, "M2"))[0].checks == ()
