"""Awards as the command prints them: a table and lines for people, JSON for scripts."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cli.days import iso_day, today
from cli.output import on_one_line, table
from models.values.award_parts import trigger_words
from models.values.direct_award import ROUTE_WORDS, signing_facts
from scoring.counted import counted
from scoring.money import plain_pounds, plain_pounds_if_any, pounds
from scoring.written.days import short_day

if TYPE_CHECKING:
    from models.queries.awards.award_rows import AwardRow
    from models.queries.awards.direct.award_lines import AwardLine
    from models.values.direct_award import DirectAward
    from models.values.subsidy import Subsidy
    from models.values.withheld_name import WithheldName

Json = dict[str, object]
COMPETITION = "competition"


def award_table(lines: "Sequence[AwardLine]") -> Iterator[str]:
    """Yield awards as a table."""
    rows = [
        (
            line.reference,
            line.round.fund_code,
            line.round.year,
            line.recipient,
            ROUTE_WORDS[line.direct.route] if line.direct else COMPETITION.capitalize(),
            pounds(line.amount_pence if line.row is None else line.row.agreed_pence),
            line.state_words,
        )
        for line in lines
    ]
    if rows:
        yield from table(("Award", "Fund", "Year", "Recipient", "Route", "Amount", "State"), rows, right=(5,))


def award_json(line: "AwardLine") -> Json:
    """Return all that is known of an award; null is not known, or not yet."""
    row, of = line.row, line.application
    return {
        "award": None if row is None else row.reference,
        "application": of.reference,
        "fund": line.round.fund,
        "year": line.round.year,
        "round": line.round.name,
        "recipient": line.recipient,
        "charity_number": of.charity_number,
        "company_number": of.company_number,
        "area": of.area,
        "project": of.project,
        "route": COMPETITION if line.direct is None else line.direct.route.value,
        "state": line.state,
        "waits_for": [] if line.waits is None else list(line.waits.posts),
        "amount": plain_pounds(line.amount_pence),
        "starts_on": iso_day(line.start_on),
        "ends_on": iso_day(line.end_on),
        **({} if line.direct is None else _direct(line.direct)),
        **_decided(row),
    }


def award_words(line: "AwardLine") -> tuple[str, ...]:
    """Return all that is known of an award in lines for people."""
    return tuple(map(on_one_line, _words(line)))


def subsidy_words(subsidy: "Subsidy | None") -> str:
    """Say what is recorded, and what it waits for."""
    from models.values.subsidy import KINDS as WORDS

    if subsidy is None:
        return "not recorded"
    waits = f"; {subsidy.waits_for}" if subsidy.waits_for else ""
    return f"{WORDS[subsidy.kind].lower()}{waits}"


def _subsidy(subsidy: "Subsidy | None") -> dict[str, object] | None:
    """Return what is recorded, null where nothing is."""
    if subsidy is None:
        return None
    return {
        "kind": subsidy.kind,
        "reason": subsidy.reason,
        "declared": plain_pounds_if_any(subsidy.declared_pence),
        "declared_on": iso_day(subsidy.declared_on),
        "notified_on": iso_day(subsidy.notified_on),
        "confirmed_on": iso_day(subsidy.confirmed_on),
        "confirmed_by": subsidy.confirmed_by,
        "waits_for": subsidy.waits_for,
    }


def withheld_words(stands: "WithheldName | None") -> str:
    """Say whether the recipient is named in public, and who decided that it is not."""
    if stands is None:
        return "named in public"
    return f"{stands.printed} (decided by {stands.decider}: {stands.reason.rstrip('.')})"


def withheld_json(stands: "WithheldName | None") -> dict[str, object] | None:
    """Return what is recorded, null where the recipient is named."""
    if stands is None:
        return None
    return {
        "ground": stands.ground,
        "printed": stands.printed,
        "reason": stands.reason,
        "by": stands.decided_by,
        "post": stands.decided_post,
        "words": stands.words.splitlines(),
    }


def _direct(award: "DirectAward") -> Json:
    return {
        "route_reason": award.route_reason,
        "extends": award.extends or None,
        "option_years": award.option_years,
        "break_on": iso_day(award.break_on),
        "reason": award.reason,
        "choices": {choice.kind.value: choice.code for choice in award.choices},
        "onward_grants": [
            {
                "recipient": one.recipient,
                "amount": plain_pounds(one.amount_pence),
                "purpose": one.purpose,
            }
            for one in award.onward
        ],
    }


def _decided(row: "AwardRow | None") -> Json:
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
        "notice": None if decision is None else decision.notice,
        "decided_on": None if decision is None else iso_day(decision.signed_on),
        "conditions": list(row.bound_by),
        "agreed_on": iso_day(row.agreed_on),
        "subsidy": _subsidy(row.subsidy),
        "withheld": withheld_json(row.withheld),
        "recovered": plain_pounds(row.returned_pence),
        "stands_at": plain_pounds(row.stands_pence),
        "agreed": None if row.agreed_on is None else plain_pounds(row.agreed_pence),
        "proposed": plain_pounds_if_any(row.proposed_pence),
        "paid": plain_pounds(row.paid_pence - row.returned_pence),
        "variations": len(row.varied),
        "wants_agreement": row.wants_agreement,
        "wants_signature": row.wants_signature,
        "signed_version": row.agreement.signed_version,
        "signed_anew_on": iso_day(row.agreement.signed_anew_on),
        "agree_by": iso_day(row.agree_by),
        "match": row.match,
        "on_hold": row.on_hold,
        "instalments": [
            {
                "number": number,
                "amount": plain_pounds(part.amount_pence),
                "trigger": part.trigger,
                "due_on": iso_day(row.expected_on(part, today())),
                "is_late": number in row.late(today()),
                "paid_on": iso_day(part.paid_on),
                "not_yet": "" if part.paid_on else row.not_yet(part, today()),
            }
            for number, part in enumerate(row.instalments, 1)
        ],
    }


def _words(line: "AwardLine") -> Iterator[str]:
    of, direct = line.application, line.direct
    what = of.project or "no project named"
    amount = line.amount_pence if line.row is None else line.row.agreed_pence
    yield f"{line.reference}: {pounds(amount)} to {line.recipient}, {what}"
    yield f"{line.round.fund} {line.round.year}, {of.area or 'no area'}: {line.state_words}"
    if direct is not None:
        yield from signing_facts(direct)
    if line.row is not None:
        yield from _award_words(line.row)


def _award_words(row: "AwardRow") -> Iterator[str]:
    from models.queries.awards.year_facts import trigger_of

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
        yield f"Instalment {number}: {pounds(part.amount_pence)}, {waits}, {paid}"


def _agreed_words(row: "AwardRow") -> str:
    late = ", and it is late" if row.is_agreement_late(today()) else ""
    by = "" if row.agree_by is None else f": it is to come back signed by {short_day(row.agree_by)}{late}"
    if row.agreed_on is None:
        return f"The agreement is not signed{by}"
    number, again = row.agreement.signed_version, row.agreement.signed_anew_on
    version = f", version {number}{f' on {short_day(again)}' if again else ''}" if number else ""
    anew = f". The new version is not signed{by}" if row.wants_signature else ""
    return f"Agreed on {short_day(row.agreed_on)}{version}{anew}"


def _varied_words(row: "AwardRow", agreed: int) -> str:
    """Say what an award was before it was varied, or that its amount is what it was."""
    many = counted(agreed, "variation")
    if row.first_pence == row.agreed_pence:
        return f"Its amount is what it was: {many} changed other terms"
    return f"It was {pounds(row.first_pence)} before {many}"


def _unpaid(row: "AwardRow", number: int) -> str:
    """Say what came in for a part that is not paid, when it is due, and that it is late or on hold."""
    part = row.instalments[number - 1]
    came = "" if part.proof_on is None else f"{part.proof} in on {short_day(part.proof_on)}, "
    due = row.expected_on(part, today())
    if row.held_for:
        return f"{came}on hold"
    if due is None:
        return f"{came}not paid"
    return f"{came}{'late, since' if number in row.late(today()) else 'due'} {short_day(due)}"
