"""What an import is held against: the round, what is remembered, and who applied before."""

from functools import partial

from models.operations.applications.applications import ImportApplications
from models.operations.deciding.recommendations import RecordRecommendations
from models.queries.applications.merges import import_target
from models.record import Record
from models.values.importing import ImportTarget
from models.values.recommending import RecommendationRow
from models.values.rounds import RoundKey
from tests.models.rounds import OFFICER, application, load, set_up_office

SPRING = RoundKey("Active Citizens Fund", "2026/27", "Spring")


def target(record: Record, round_id: int) -> ImportTarget:
    return record.ask(partial(import_target, round_id=round_id))


def test_an_organisation_is_known_by_name_or_number_with_what_it_had_this_year(record: Record) -> None:
    load(set_up_office(record))
    record.perform(RecordRecommendations(1, (RecommendationRow("ACF-001", "fund", 90_000, "fits"),)), OFFICER)
    own = application(9, organisation="Allotment Friends 1", charity_number="1099999", requested_pence=20_000)
    record.perform(ImportApplications(SPRING, (own,), ("Coventry",)), OFFICER)

    by_name, by_number, nobody = (
        one.known
        for one in target(record, 2).applicants(
            [
                application(1, organisation="ALLOTMENT friends 1"),
                application(1, organisation="New", charity_number="1099999"),
                application(1, organisation="Nobody yet"),
            ]
        )
    )

    assert by_name is not None
    assert by_name == by_number
    assert (by_name.applications, by_name.funded_pence) == (2, 90_000)
    assert by_name.year_pence == 110_000  # £900.00 recommended in Autumn and £200.00 asked in Spring
    assert nobody is None


def test_the_round_brings_its_applications_areas_and_caps(record: Record) -> None:
    load(set_up_office(record))

    found = target(record, 1)

    assert [row.reference for row in found.existing] == ["ACF-002", "ACF-001", "ACF-003"]
    assert (found.cap_per_award_pence, found.cap_per_organisation_pence) == (500_000, None)
    assert found.remembered.matchings == ()
