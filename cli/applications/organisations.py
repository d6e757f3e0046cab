"""`grant-panel organisations`: who applied, under which names, what each was given; and which are one."""

from msgspec.structs import replace

from cli.frame.output import Column, Json, Options, answer, answer_list, as_table, lines, say, told
from cli.frame.record import changes, is_named, perform, person, reads
from cli.frame.typed import past_day, today, typed_day
from exchange.cells.values import read_charity, read_company
from models.operation import Operation
from models.operations.applications.organisations import (
    MergeOrganisations,
    PartOrganisations,
    SeparateOrganisations,
)
from models.operations.awards.successions import SetSuccessor
from models.permissions.viewing import OFFICE_VIEWER, Viewer
from models.queries.applications.merge_caps import capped_rounds, caps_passed
from models.queries.applications.merges import all_merges
from models.queries.applications.organisations import (
    AppliedFor,
    Organisation,
    OrganisationLine,
    organisation,
    organisations,
    register_viewer,
    the_merge,
    the_organisation,
)
from models.reference.defaults import CHECKS
from models.store.locks.signing_on import closed_words
from models.values.awards import Successor
from models.values.rounds import RoundLine
from scoring.money import plain_pounds, pounds
from scoring.written.names import round_names
from scoring.written.text import Refused

ORGANISATIONS = (
    Column("Organisation", "name"),
    Column("Number", "numbers", lambda line: tuple(filter(None, (*line.numbers, line.first)))),
    Column("Applications", "applications", is_right=True),
    Column("Awards", "awards", is_right=True),
    Column("Stand at", "awarded_pence"),
    Column("Paid less returned", "paid_pence"),
    Column("Late", "returns_late=late?", is_right=True),
    Column("Three years", "three_years_pence"),
)


@reads
def list_organisations(options: Options) -> None:
    """List the organisations that applied."""
    found = _lines(options, _viewer(options))
    lines, nothing = (
        as_table(ORGANISATIONS, found),
        options.ask(closed_words) or "No organisation has applied yet.",
    )
    answer_list(options, "organisations", line_json, found, lines, nothing)


@reads
def show_organisation(options: Options) -> None:
    """Show all that is known of one organisation."""
    viewer = _viewer(options)
    _print(_whole(options, the_organisation(_lines(options, viewer), options.name), viewer), options)


@changes
def merge(options: Options) -> None:
    """Merge an organisation into another one."""
    lines = _lines(options, _viewer(options))
    merged, kept = the_organisation(lines, options.name), the_organisation(lines, options.into)
    passed = caps_passed(options.ask(capped_rounds, viewer=_viewer(options)), kept.number, merged.number)
    if passed and not options.although_over_cap:
        raise Refused(f"{' '.join(passed)} Merge them all the same with --although-over-cap.")
    names, now = (kept.name, merged.name), today()
    from_on = now if options.from_on is None else typed_day(options.from_on, now, options)
    operation = MergeOrganisations(kept.uid, merged.uid, *names, options.reason, from_on)
    _perform(operation, kept.uid, options)


@changes
def keep_apart(options: Options) -> None:
    """Keep a branch apart that is one with an organisation by its number or name."""
    whole = the_organisation(_lines(options, _viewer(options)), options.names[0])
    operation = PartOrganisations(whole.uid, whole.name, tuple(options.names), options.reason)
    _perform(operation, whole.uid, options)


@changes
def separate(options: Options) -> None:
    """Make a merged one a separate organisation again."""
    found = the_merge(options.ask(all_merges), options.name, apart=options.action == "together")
    pair = (found.into_uid, found.uid, found.into_name, found.name)
    _perform(SeparateOrganisations(*pair, was_apart=found.is_apart), found.uid, options)


@changes
def succeed(options: Options) -> None:
    """Let a successor in law take over the awards of an organisation."""
    viewer, now = _viewer(options), today()
    found = _whole(options, the_organisation(_lines(options, viewer), options.name), viewer)
    typed = None if options.from_on is None else typed_day(options.from_on, now, options)
    day = past_day(typed, "A successor takes over on a date that has come")
    numbers = read_charity(options.charity_number) or "", read_company(options.company_number) or ""
    place = options.address, options.postcode, options.contact, options.email
    successor = Successor(options.to, *numbers, day, options.reason, *place)
    chosen = [one for one in found.awards if _is_chosen(one, options.awards)]
    if not chosen:
        raise Refused(f"{found.line.name} has no such award that a successor could take over.")
    for one in chosen:
        row = one.award
        assert row is not None, "an award"
        key = one.round.round_id, one.row.reference
        change = SetSuccessor(*key, successor, None, len(row.successors) + 1)
        if options.correct:
            over = row.successor
            if over is None:
                raise Refused(f"Nobody has taken {row.reference} over. Leave --correct out.")
            corrected = _corrected(over, successor, is_dated=typed is not None)
            change = SetSuccessor(*key, corrected, over, len(row.successors))
        say(perform(change, options))


def _corrected(over: Successor, typed: Successor, *, is_dated: bool) -> Successor:
    """Return a successor with what was typed; what was not stays as it is recorded."""
    names = (name for name in Successor.__struct_fields__ if getattr(typed, name) not in ("", None))
    said = {name: getattr(typed, name) for name in names if name != "from_on" or is_dated}
    return replace(over, **said)


def _is_chosen(one: AppliedFor, awards: list[str]) -> bool:
    return one.award is not None and (not awards or one.award.reference in awards)


def _perform(operation: Operation, uid: str, options: Options) -> None:
    words = perform(operation, options)
    if not options.json:
        say(words)
        return
    viewer = _viewer(options)
    line = next((one for one in _lines(options, viewer) if one.uid == uid), None)
    if line is not None:
        _print(_whole(options, line, viewer), options)


def _print(found: Organisation, options: Options) -> None:
    answer(
        options,
        lambda: {
            **line_json(found.line),
            **told(found, "minimal_assistance=minimal_pence minimal_assistance_limit=limit.minimal_pence"),
            "names": [told(one, "name charity_number company_number") for one in found.names],
            "applied_for": [_applied_json(one, sees_paid=found.sees_paid) for one in found.applications],
            "returns": [
                {**told(one, "award due_on received_on"), "days_late": one.days_late(found.today)}
                for one in found.returns
            ],
            "contacts": [
                told(one, "name email phone address postcode applications=references")
                for one in found.contacts
            ],
            "merged": [
                told(one, "name into=into_name reason by") for one in found.merges if not one.is_apart
            ],
            "kept_apart": [
                told(one, "name from=into_name reason by") for one in found.merges if one.is_apart
            ],
        },
        lines(
            "organisation",
            found=found,
            paid="not shown" if found.line.paid_pence is None else pounds(found.line.paid_pence),
            applied=[(_where(one.round), one) for one in found.applications],
            returns=[(one, one.days_late(found.today)) for one in found.returns],
            checks=CHECKS,
        ),
    )


def _viewer(options: Options) -> Viewer:
    if not is_named(options):
        return OFFICE_VIEWER
    return options.ask(register_viewer, name=person(options))


def _lines(options: Options, viewer: Viewer) -> tuple[OrganisationLine, ...]:
    return options.ask(organisations, today=today(), viewer=viewer)


def _whole(options: Options, line: OrganisationLine, viewer: Viewer) -> Organisation:
    found = options.ask(organisation, number=line.number, today=today(), viewer=viewer)
    assert found is not None, "the line was of this person's list"
    return found


def line_json(line: OrganisationLine) -> Json:
    """Return a line; `paid` is null for somebody who may not read it."""
    return {
        **told(
            line,
            "name other_names=others charity_numbers company_numbers applications awards",
            "awarded_pence paid_pence returns_late=late",
        ),
        "years": {one.year: plain_pounds(one.pence) for one in line.years},
        "three_years": plain_pounds(line.three_years_pence),
        "due_diligence": [
            told(one, "check=code done.result.result on=done.result.checked_on by=done.checked_by award")
            for one in line.checks
        ],
    }


def _applied_json(one: AppliedFor, *, sees_paid: bool) -> Json:
    row = one.award
    return {
        **told(
            one,
            "round.fund round.year round=round.name reference=row.reference as=row.organisation"
            " area=row.area? project=row.project",
        ),
        "requested": None if one.closed else plain_pounds(one.row.requested_pence),
        "came_to": one.came_to,
        **told(row, "award=reference awarded=stands_pence"),
        "paid": None if row is None or not sees_paid else plain_pounds(row.paid_pence - row.returned_pence),
    }


def _where(of: RoundLine) -> str:
    return " ".join(round_names(of.fund, f"{of.year} {of.name}"))
