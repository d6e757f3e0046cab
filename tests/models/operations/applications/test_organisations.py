"""Two organisations of the record are one by the office's word, with a reason, until they are separated."""

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Actor
from models.operations.applications.corrections import Change, CorrectApplication
from models.operations.applications.organisations import (
    MergeOrganisations,
    PartOrganisations,
    SeparateOrganisations,
    apart_said,
    merges_said,
)
from models.operations.awards.finance import SetSupplierNumber
from models.operations.panel.members import AddInterest
from models.queries.applications.merges import import_target, merged_under
from models.queries.awards.awards import awards, unsettled_supplier
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.schema.applications import application_table, organisation_table
from models.values.rounds import RoundKey
from models.values.rows import InterestRow, scored_round
from scoring.allocating.organisations import Caps, same_organisations
from scoring.places.standings import stand
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import DECIDER, FINANCE, decide, deciding_rows, recommended
from tests.models.rounds import (
    OFFICER,
    application,
    assert_replays,
    import_operation,
    load,
    refused,
    refuses,
    set_up_office,
    undo,
)

ONE, TWO, THREE = NAMES = tuple(f"Allotment Friends {number}" for number in (1, 2, 3))


def uids(record: Record) -> dict[str, str]:
    table = organisation_table
    return dict(record.ask(lambda s: s.execute(select(table.c.name, table.c.uid)).all()))


def merging(record: Record, kept: str = ONE, merged: str = TWO) -> MergeOrganisations:
    known = uids(record)
    return MergeOrganisations(known[kept], known[merged], kept, merged, "one group")


def owners(record: Record) -> dict[str, str]:
    of, named = application_table, organisation_table
    columns = select(of.c.reference, named.c.name).join(named, named.c.id == of.c.organisation_id)
    return dict(record.ask(lambda s: s.execute(columns.order_by(of.c.id)).all()))


def test_a_workbook_counts_one_organisation_under_one_name_by_which_it_is_merged(taken_in: Record) -> None:
    taken_in.perform(import_operation(application(5, organisation=ONE), areas=()), OFFICER)
    said = (("ACF-001", "a group"), ("ACF-002", "a group"), ("ACF-003", "b group"), ("ACF-005", "b group"))

    words = f"ACF-001 and ACF-005 are both of {ONE}, and the workbook counts them under two names"
    refused(words, taken_in.ask, lambda s: merges_said(s, 1, said, "so it says"))

    said = (("ACF-001", "allotment friends 2"), ("ACF-002", "allotment friends 2"), ("ACF-003", "another"))

    merges = taken_in.ask(lambda s: merges_said(s, 1, said, "so it says"))

    assert [(one.kept_name, one.merged_name, one.reason) for one in merges] == [(TWO, ONE, "so it says")]
    (by_the_first,) = taken_in.ask(
        lambda s: merges_said(s, 1, [("ACF-003", "a group"), ("ACF-002", "a group")], "so it says")
    )
    assert (by_the_first.kept_name, by_the_first.merged_name) == (THREE, TWO)
    taken_in.perform(merges[0], OFFICER)
    assert taken_in.ask(lambda s: merges_said(s, 1, said, "so it says")) == ()


def test_one_cap_counts_over_both(record: Record) -> None:
    load(record)
    record.perform(merging(record), OFFICER)

    round_ = scored_round(record.ask(lambda s: round_rows(s, 1)))

    of = same_organisations(round_.applications)
    assert of["ACF-001"] == of["ACF-002"] != of["ACF-003"]
    caps = Caps(replace(round_, scheme=replace(round_.scheme, cap_per_organisation_pence=150_000)))
    caps.count("ACF-001", 100_000)
    standings = [one for area in stand(round_).by_area.values() for one in area]
    left = {one.reference: caps.offer(one._replace(requested_pence=10**9)) for one in standings}
    assert (left["ACF-002"], left["ACF-003"]) == (50_000, 150_000)


def test_none_is_merged_with_itself_with_nobody_without_a_reason_or_twice(taken_in: Record) -> None:
    for changed, words in (
        ({"reason": "  "}, "Say why the two are one organisation"),
        ({"reason": "x" * 1_001}, "longer than 1,000 characters"),
        ({"merged": "nobody"}, "were changed in the meantime"),
    ):
        refuses(taken_in, words, replace(merging(taken_in), **changed))
    assert set(owners(taken_in).values()) == set(NAMES)
    refuses(taken_in, "cannot be merged with itself", merging(taken_in, ONE, ONE))
    outcome = taken_in.perform(merging(taken_in), OFFICER)

    refuses(taken_in, "in the meantime", merging(taken_in, THREE, TWO))

    undo(taken_in, outcome)
    refused(f"{TWO} is not merged into {ONE}", undo, taken_in, outcome)
    # What comes later under the merged name is the other's, and goes back with it.
    merged = taken_in.perform(merging(taken_in), OFFICER)

    taken_in.perform(import_operation(application(5, organisation=TWO.upper()), areas=()), OFFICER)

    assert owners(taken_in)["ACF-005"] == ONE
    (applicant,) = taken_in.ask(lambda s: import_target(s, 1)).applicants([application(6, organisation=TWO)])
    known = applicant.known
    assert known is not None
    assert (known.names, known.applications) == (("allotment friends 1", "allotment friends 2"), 3)
    undo(taken_in, merged)
    assert owners(taken_in) == {"ACF-001": ONE, "ACF-002": TWO, "ACF-003": THREE, "ACF-005": TWO}


@pytest.mark.parametrize("reference", ["ACF-001", "ACF-002"])
def test_who_has_an_interest_in_either_does_not_merge_them(record: Record, reference: str) -> None:
    load(record)
    record.perform(AddInterest(1, InterestRow("M1", reference, InterestKind.PECUNIARY, "a cousin")), OFFICER)

    refuses(record, f"You declared an interest in {reference}", merging(record), Actor("Ann Sample"))

    refuses(record, "An officer or the chair says which organisations are one", merging(record), DECIDER)


def supplied(record: Record) -> list[str]:
    return [row.supplier_number for row in record.ask(lambda s: awards(s, 1))]


def test_finance_knows_a_merged_payee_by_the_number_that_either_had(decided: Record) -> None:
    decided.perform(SetSupplierNumber(1, "ACF-002", "000123", ""), FINANCE)
    merged = decided.perform(merging(decided), OFFICER)

    assert supplied(decided) == ["000123", "000123"]
    cleared = decided.perform(SetSupplierNumber(1, "ACF-001", "", "000123"), FINANCE)
    assert supplied(decided) == ["", ""]
    undo(decided, cleared)
    assert supplied(decided) == ["000123", "000123"]
    undo(decided, merged)
    assert supplied(decided) == ["", "000123"], "it is whose it was"


def test_a_payee_that_a_number_joins_to_another_keeps_its_supplier_number(record: Record) -> None:
    rows = deciding_rows()
    one, two, three = rows.applications
    numbered = (replace(one, charity_number="1122334"), replace(two, company_number="00445566"), three)
    decide(recommended(record, replace(rows, applications=numbered)))
    record.perform(SetSupplierNumber(1, "ACF-002", "000123", ""), FINANCE)

    def numbers() -> list[tuple[str, tuple[str, ...]]]:
        found = record.ask(lambda s: awards(s, 1))
        return [(row.supplier_number, row.suppliers) for row in found]

    both = application(9, charity_number="1122334", company_number="00445566")
    joins = replace(import_operation(both), round=RoundKey("Active Citizens Fund", "2026/27", "Winter"))
    joined = record.perform(joins, OFFICER)
    assert numbers() == [("000123", ("000123",))] * 2
    undo(record, joined)
    assert numbers() == [("", ()), ("000123", ("000123",))], "what is idle but for its number stays"
    record.perform(SetSupplierNumber(1, "ACF-001", "000456", ""), FINANCE)
    record.perform(joins, OFFICER)
    differing = ("000456", "000123")
    assert numbers() == [("", differing)] * 2
    assert unsettled_supplier(differing) == "supplier numbers 000456 and 000123: set the right one"
    record.perform(SetSupplierNumber(1, "ACF-002", "000123", ""), FINANCE)
    assert numbers() == [("000123", ("000123",))] * 2


class TestNumbersAndNames:
    """The record joins organisations as every sum does, in whatever order they come."""

    ROWS = (
        application(1, organisation="Larkfield"),
        application(2, organisation="Larkfield Ltd", charity_number="1122334"),
        application(3, organisation="LARKFIELD ", charity_number="1122334"),
    )

    def groups(self, record: Record) -> set[frozenset[str]]:
        """Return which applications are of one organisation, once it is the same as in the round's sums."""
        found: dict[str, set[str]] = {}
        table = application_table
        for reference, of in record.ask(
            lambda s: s.execute(select(table.c.reference, table.c.organisation_id)).all()
        ):
            found.setdefault(of, set()).add(reference)
        summed: dict[str, set[str]] = {}
        round_ = scored_round(record.ask(lambda s: round_rows(s, 1)))
        for reference, of in same_organisations(round_.applications).items():
            summed.setdefault(of, set()).add(reference)
        groups = {frozenset(of) for of in found.values()}
        assert groups == {frozenset(of) for of in summed.values()}
        assert_replays(record)
        return groups

    @pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
    def test_it_is_one_in_any_order_and_parted_by_an_undone_import(
        self, record: Record, order: tuple[int, int, int]
    ) -> None:
        set_up_office(record).perform(import_operation(self.ROWS[order[0]]), OFFICER)
        record.perform(import_operation(self.ROWS[order[1]], areas=()), OFFICER)
        before = self.groups(record)

        last = record.perform(import_operation(self.ROWS[order[2]], areas=()), OFFICER)

        assert self.groups(record) == {frozenset({"ACF-001", "ACF-002", "ACF-003"})}
        undo(record, last)
        assert self.groups(record) == before

    def test_one_without_a_number_goes_with_none_of_two_that_have_different_ones(
        self, record: Record
    ) -> None:
        set_up_office(record).perform(import_operation(self.ROWS[0]), OFFICER)
        record.perform(
            import_operation(application(2, organisation="Larkfield", charity_number="1122337"), areas=()),
            OFFICER,
        )
        record.perform(
            import_operation(
                application(3, organisation="Larkfield", charity_number="1122338"),
                application(4, organisation="Larkfield"),
                areas=(),
            ),
            OFFICER,
        )
        parted = {frozenset({"ACF-001", "ACF-004"}), frozenset({"ACF-002"}), frozenset({"ACF-003"})}
        assert self.groups(record) == parted

        named = record.perform(
            CorrectApplication(1, "ACF-001", (Change("charity_number", '"1122337"', '""'),), "asked"), OFFICER
        )

        assert frozenset({"ACF-001", "ACF-002"}) in self.groups(record)
        undo(record, named)
        assert self.groups(record) == parted
        same = record.perform(
            CorrectApplication(1, "ACF-003", (Change("charity_number", '"1122337"', '"1122338"'),), "asked"),
            OFFICER,
        )
        assert self.groups(record) == {frozenset({"ACF-001", "ACF-002", "ACF-003", "ACF-004"})}
        undo(record, same)
        assert self.groups(record) == parted


class TestBranches:
    """Two branches of one charity are kept apart by the office's word, until they count as one again."""

    NORTH, SOUTH = "Larkfield North", "Larkfield South"
    ROWS = (
        application(1, organisation=NORTH, charity_number="1122334"),
        application(2, organisation=SOUTH, charity_number="1122334"),
    )

    @pytest.fixture
    def branches(self, office: Record) -> Record:
        office.perform(import_operation(*self.ROWS), OFFICER)
        return office

    def parting(self, record: Record, *names: str) -> PartOrganisations:
        return PartOrganisations(uids(record)[self.NORTH], self.NORTH, names or (self.SOUTH,), "own accounts")

    def summed(self, record: Record) -> dict[str, str]:
        return same_organisations(scored_round(record.ask(lambda s: round_rows(s, 1))).applications)

    def test_they_count_apart_in_sums_and_register_and_so_does_what_comes_later(
        self, branches: Record
    ) -> None:
        assert owners(branches) == {"ACF-001": self.NORTH, "ACF-002": self.NORTH}

        parted = branches.perform(self.parting(branches), OFFICER)
        later = application(5, organisation=self.SOUTH.upper(), charity_number="1122334")
        (applicant,) = branches.ask(lambda s: import_target(s, 1)).applicants([later])
        branches.perform(import_operation(later, areas=()), OFFICER)

        assert parted.words == f"{self.SOUTH} is kept apart from {self.NORTH} from now on."
        apart = {"ACF-001": self.NORTH, "ACF-002": self.SOUTH, "ACF-005": self.SOUTH}
        assert owners(branches) == apart
        assert self.summed(branches) == {"ACF-001": "ACF-001", "ACF-002": "ACF-002", "ACF-005": "ACF-002"}
        assert applicant.known is not None
        assert applicant.known.names == ("larkfield south",)
        for number in (1, 2):
            (said,) = branches.ask(lambda s, number=number: merged_under(s, number))
            assert (said.name, said.into_name, said.is_apart) == (self.SOUTH, self.NORTH, True)
        assert_replays(branches)
        joined = undo(branches, parted)
        assert joined.words == f"{self.SOUTH} counts with {self.NORTH} again."
        assert set(owners(branches).values()) == {self.NORTH}
        undo(branches, joined)
        assert owners(branches) == apart
        assert_replays(branches)

    def test_what_is_kept_apart_is_neither_merged_nor_parted_again(self, branches: Record) -> None:
        branches.perform(import_operation(application(5), areas=()), OFFICER)
        branches.perform(self.parting(branches), OFFICER)
        known = uids(branches)
        north, south, other = (known[name] for name in (self.NORTH, self.SOUTH, application(5).organisation))

        refuses(branches, "are kept apart", MergeOrganisations(south, north, self.SOUTH, self.NORTH, "one"))
        with pytest.raises(Refused, match="Something else was said of this organisation"):
            branches.perform(MergeOrganisations(other, south, "another", self.SOUTH, "one"), OFFICER)
        with pytest.raises(Refused, match=f"{self.SOUTH} is not merged into {self.NORTH}"):
            branches.perform(SeparateOrganisations(north, south, self.NORTH, self.SOUTH), OFFICER)
        for names in ((self.NORTH,), ("Nobody",), (self.NORTH, self.SOUTH)):
            refuses(branches, "Name a branch by another name", self.parting(branches, *names))

    def test_a_workbook_that_counts_them_under_two_names_keeps_them_apart(self, branches: Record) -> None:
        said = (("ACF-001", "a"), ("ACF-002", "b"))

        (parted,) = branches.ask(lambda s: apart_said(s, 1, said, "so it says"))

        assert (parted.kept_name, parted.names) == (self.NORTH, ("larkfield south",))
        assert parted.reason == "so it says"
        branches.perform(parted, OFFICER)
        assert owners(branches)["ACF-002"] == self.SOUTH
        assert branches.ask(lambda s: (apart_said(s, 1, said, "x"), merges_said(s, 1, said, "x"))) == ((), ())
        branches.perform(import_operation(application(5), areas=()), OFFICER)
        known, other = uids(branches), application(5).organisation
        merge = MergeOrganisations(known[self.NORTH], known[other], self.NORTH, other, "one")
        branches.perform(merge, OFFICER)
        merged = (("ACF-001", "a"), ("ACF-005", "b"))
        assert branches.ask(lambda s: apart_said(s, 1, merged, "so it says")) == (), "it stays merged"
