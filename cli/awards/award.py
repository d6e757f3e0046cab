"""`grant-panel award`: awards listed, shown, proposed without a competition, signed and paid."""

from collections.abc import Callable, Iterator, Sequence

from cli.frame.output import (
    Column,
    Json,
    Options,
    answer,
    as_table,
    near,
    on_one_line,
    told,
    without_controls,
)
from cli.frame.record import Run, changes, perform, reads
from cli.frame.typed import iso_day, today
from models.operation import Operation
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards_page import AwardLine, award_lines, award_lines_of
from models.queries.awards.direct_awards import find_award
from models.queries.awards.year_facts import trigger_of
from models.queries.papers.to_check.otherwise import Otherwise, otherwise_words, says_otherwise
from models.record import Record
from models.values.awards import KINDS, Subsidy, WithheldName, trigger_words
from models.values.direct_award import ROUTE_WORDS, signing_facts
from scoring.money import plain_pounds, plain_pounds_if_any, pounds
from scoring.written.days import short_day
from scoring.written.names import text_key
from scoring.written.text import Refused, counted

COMPETITION = "competition"


def _route(line: AwardLine) -> str:
    return ROUTE_WORDS[line.direct.route] if line.direct else COMPETITION.capitalize()


def _amount(line: AwardLine) -> int:
    return line.amount_pence if line.row is None else line.row.agreed_pence


AWARDS = (
    Column("Award", "reference"),
    Column("Fund", "round.fund_code"),
    Column("Year", "round.year"),
    Column("Recipient", "recipient"),
    Column("Route", "route", _route),
    Column("Amount", "amount_pence", _amount),
    Column("State", "state_words"),
)


@reads
def list_awards(record: Record, options: Options) -> None:
    """List the awards, and those proposed without a competition."""
    found = [line for line in record.ask(award_lines) if _is_meant(line, options)]
    found.sort(key=lambda line: line.reference)  # to tick off beside a paper
    differing = _otherwise(record, found)
    nothing = "No payment is late." if options.late else "There is no such award."
    answer(
        options,
        lambda: {
            "awards": [award_json(line) for line in found],
            "issued_otherwise": [told(one, "award paper version") for one in differing],
        },
        as_table(AWARDS, found) if found else nothing,
        filter(None, [otherwise_words(differing)]),
    )


def _otherwise(record: Record, lines: Sequence[AwardLine]) -> list[Otherwise]:
    rounds = sorted({line.round.round_id for line in lines})
    every = (one for of in rounds for one in record.ask(says_otherwise, round_id=of))
    return [one for one in every if one.award in {line.reference for line in lines}]


def _is_meant(line: AwardLine, options: Options) -> bool:
    fund = {text_key(line.round.fund), text_key(line.round.fund_code)}
    return (
        (options.fund is None or text_key(options.fund) in fund)
        and options.year in (None, line.round.year)
        and (line.direct is not None or not options.direct)
        and (not options.late or (line.row is not None and bool(line.row.late(today()))))
    )


@reads
def show_award(record: Record, options: Options) -> None:
    """Show all that is known of an award."""
    line = chosen_award(record, options)
    answer(
        options,
        lambda: award_json(line),
        tuple(map(on_one_line, _words(line))),
        filter(None, [otherwise_words(_otherwise(record, [line]))]),
    )


def chosen_award(record: Record, options: Options) -> AwardLine:
    """Return the award that the options name, by its reference or its application's."""
    return award_named(record, str(options.award).strip())


def award_named(record: Record, reference: str) -> AwardLine:
    """Return the award of a reference, its own or its application's."""
    found = record.ask(find_award, reference=reference)
    lines = () if found is None else record.ask(award_lines_of, round_id=found[0])
    line = next((one for one in lines if found and one.application.reference == found[1]), None)
    if line is None:
        raise no_award(record, reference)
    return line


def no_award(record: Record, reference: str) -> Refused:
    """Return what is said where no award is named so."""
    known = (line.reference for line in record.ask(award_lines))
    meant = near(reference, known) or " grant-panel award RECORD list names them."
    return Refused(f"There is no award {without_controls(reference)} in this record.{meant}")


def decided_row(line: AwardLine, otherwise: str) -> AwardRow:
    """Return what is decided of an award; refused where nothing is yet, in a sentence with that end."""
    if line.row is None:
        raise Refused(f"{line.reference} is not decided yet{otherwise}")
    return line.row


def of_award(asked: Callable[[Record, AwardLine, Options], Operation | str]) -> Run:
    """Have the change of an award made that is asked for, or words said, and print that, or what stands."""

    @changes
    def act(record: Record, options: Options) -> None:
        found = asked(record, chosen_award(record, options), options)
        print_award(record, found if isinstance(found, str) else perform(record, found, options), options)

    return act


def print_award(record: Record, words: str, options: Options) -> None:
    """Print what was done to the award, or with --json the award as it stands now."""
    answer(options, lambda: award_json(chosen_award(record, options)), words)


def award_json(line: AwardLine) -> Json:
    """Return all that is known of an award; null is not known, or not yet."""
    row, of = line.row, line.application
    return {
        "award": None if row is None else row.reference,
        "application": of.reference,
        **told(line, "round.fund round.year round=round.name recipient"),
        **told(of, "charity_number company_number area project"),
        "route": COMPETITION if line.direct is None else line.direct.route.value,
        "state": line.state,
        "waits_for": [] if line.waits is None else list(line.waits.posts),
        **told(line, "amount_pence starts_on=start_on ends_on=end_on"),
        **(
            {}
            if line.direct is None
            else {
                **told(line.direct, "route_reason extends? option_years break_on reason"),
                "choices": {choice.kind.value: choice.code for choice in line.direct.choices},
                "onward_grants": [told(one, "recipient amount_pence purpose") for one in line.direct.onward],
            }
        ),
        **(_decided(row)),
    }


def subsidy_words(subsidy: Subsidy | None) -> str:
    """Say what is recorded, and what it waits for."""
    if subsidy is None:
        return "not recorded"
    waits = f"; {subsidy.waits_for}" if subsidy.waits_for else ""
    return f"{KINDS[subsidy.kind].lower()}{waits}"


def _subsidy(subsidy: Subsidy | None) -> Json | None:
    if subsidy is None:
        return None
    return told(
        subsidy, "kind reason declared_pence declared_on notified_on confirmed_on confirmed_by", "waits_for"
    )


def withheld_words(stands: WithheldName | None) -> str:
    """Say whether the recipient is named in public, and who decided that it is not."""
    if stands is None:
        return "named in public"
    return f"{stands.printed} (decided by {stands.decider}: {stands.reason.rstrip('.')})"


def withheld_json(stands: WithheldName | None) -> Json | None:
    """Return what is recorded, null where the recipient is named."""
    if stands is None:
        return None
    return {
        **told(stands, "ground printed reason by=decided_by post=decided_post"),
        "words": stands.words.splitlines(),
    }


def _decided(row: AwardRow | None) -> Json:
    if row is None:
        return {
            "notice": None,
            "decided_on": None,
            "agreed_on": None,
            "subsidy": None,
            "withheld": None,
            "recovered": None,
            "stands_at": None,
            "agreed": None,
            "proposed": None,
            "paid": None,
            "variations": 0,
            "wants_agreement": False,
            "wants_signature": False,
            "signed_version": None,
            "signed_anew_on": None,
            "agree_by": None,
            "match": "",
            "instalments": [],
        }
    decision = row.decision
    return {
        **told(decision, "notice decided_on=signed_on"),
        **told(row, "conditions=bound_by agreed_on"),
        "subsidy": _subsidy(row.subsidy),
        "withheld": withheld_json(row.withheld),
        **told(row, "recovered=returned_pence stands_at=stands_pence"),
        "agreed": None if row.agreed_on is None else plain_pounds(row.agreed_pence),
        "proposed": plain_pounds_if_any(row.proposed_pence),
        "paid": plain_pounds(row.paid_pence - row.returned_pence),
        "variations": len(row.varied),
        **told(
            row,
            "wants_agreement wants_signature agreement.signed_version agreement.signed_anew_on",
            "agree_by match on_hold",
        ),
        "instalments": [
            {
                "number": number,
                **told(part, "amount_pence trigger"),
                "due_on": iso_day(row.expected_on(part, today())),
                "is_late": number in row.late(today()),
                "paid_on": iso_day(part.paid_on),
                "not_yet": "" if part.paid_on else row.not_yet(part, today()),
                "is_proposed": row.is_proposed(part),
            }
            for number, part in enumerate(row.instalments, 1)
        ],
    }


def _words(line: AwardLine) -> Iterator[str]:
    of, direct = line.application, line.direct
    what = of.project or "no project named"
    yield f"{line.reference}: {pounds(_amount(line))} to {line.recipient}, {what}"
    yield f"{line.round.fund} {line.round.year}, {of.area or 'no area'}: {line.state_words}"
    if direct is not None:
        yield from signing_facts(direct)
    if line.row is not None:
        yield from _award_words(line.row)


def _award_words(row: AwardRow) -> Iterator[str]:
    if row.decision is not None:
        yield f"Decided on {short_day(row.decision.signed_on)}, notice {row.decision.notice}"
    if agreed := [one for one in row.varied if one.number not in row.unsigned]:
        yield _varied_words(row, len(agreed))
    if row.unsigned:
        many = counted(len(row.unsigned), "variation is", "variations are")
        yield f"{many} proposed: both have not signed yet"
    if row.proposed_words:
        yield row.proposed_words
    if row.returned_pence:
        yield f"Recovered: {pounds(row.returned_pence)}, so that it stands at {pounds(row.stands_pence)}"
    if row.subsidy is not None:
        yield f"Subsidy control: {subsidy_words(row.subsidy)}"
    if row.withheld is not None:
        yield f"In public {withheld_words(row.withheld)}"
    yield _agreed_words(row)
    if row.match:
        yield row.match
    if row.held_for:
        yield f"On hold, so that nothing more is paid: {row.held_for}"
    if row.wants_agreement:
        yield "It was varied since: the agreement needs a new version"
    for number, part in enumerate(row.instalments, 1):
        paid = f"paid on {short_day(part.paid_on)}" if part.paid_on else _unpaid(row, number)
        waits = trigger_words(trigger_of(row, part))
        proposed = "proposed, " if row.is_proposed(part) else ""
        yield f"Instalment {number}: {pounds(part.amount_pence)}, {proposed}{waits}, {paid}"


def _agreed_words(row: AwardRow) -> str:
    late = ", and it is late" if row.is_agreement_late(today()) else ""
    by = "" if row.agree_by is None else f": it is to come back signed by {short_day(row.agree_by)}{late}"
    if row.agreed_on is None:
        return f"The agreement is not signed{by}"
    number, again = row.agreement.signed_version, row.agreement.signed_anew_on
    version = f", version {number}{f' on {short_day(again)}' if again else ''}" if number else ""
    anew = f". The new version is not signed{by}" if row.wants_signature else ""
    return f"Agreed on {short_day(row.agreed_on)}{version}{anew}"


def _varied_words(row: AwardRow, agreed: int) -> str:
    many = counted(agreed, "variation")
    if row.first_pence == row.agreed_pence:
        return f"Its amount is what it was: {many} changed other terms"
    return f"It was {pounds(row.first_pence)} before {many}"


def _unpaid(row: AwardRow, number: int) -> str:
    """Say what came in for a part that is not paid, when it is due, and that it is late or on hold."""
    part = row.instalments[number - 1]
    came = "" if part.proof_on is None else f"{part.proof} in on {short_day(part.proof_on)}, "
    due = row.expected_on(part, today())
    if row.held_for:
        return f"{came}on hold"
    if due is None:
        return f"{came}not paid"
    return f"{came}{'late, since' if number in row.late(today()) else 'due'} {short_day(due)}"
