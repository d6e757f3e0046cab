"""`grant-panel award RECORD sign` and `pay`: a step of the chain, the agreement, and a payment."""

import argparse
from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from cli.awards.award import award_named, chosen_award, decided_row, of_award, print_award
from cli.awards.terms import paid_part, unpaid_part
from cli.deciding.challenge import DATED
from cli.deciding.recommend import unlike_chain
from cli.frame.output import warn
from cli.frame.record import acting, changes, is_named, perform, person, tried
from cli.frame.typed import past_day
from models.operation import Actor, Operation
from models.operations.awards.agreements import RecordAgreement, SignAgreement, with_returns
from models.operations.awards.finance import taken_back_by_bank
from models.operations.awards.paying import PayInstalment, look_words
from models.operations.deciding.deciding import RecordDecisions
from models.queries.awards.agreements import issued_agreements, never_issued
from models.queries.awards.awards_page import AwardLine
from models.queries.deciding.decisions import chain_of, recommendations
from models.queries.deciding.on_paper import on_paper
from models.queries.deciding.settled import interests_to_state
from models.queries.papers.notices.signatures import unlike_first_signed
from models.queries.permissions.acting import known_as, roles_of
from models.queries.set_up.funds import round_rules
from models.queries.set_up.office import newest_office
from models.record import Record
from models.role import SIGNING, Role
from models.session import Session
from models.values.awards import AgreementDetails
from models.values.recommending import LineDecision
from scoring.refused import Refused

AGREED = "An agreement is dated the day it was signed"
CAME_BACK = "What the bank sends back is dated the day it came back"
PAID = "A payment is dated the day it was made"
PROPOSED = "proposed"
ELSEWHERE = (
    "Issue it first with export … agreement --issue, or record it with --drawn-elsewhere where it was drawn "
    "up elsewhere."
)
POST = "the post of the chain that signs; of a deputy, like “Deputy for the Chief Executive”"


@changes
def sign(record: Record, options: argparse.Namespace) -> None:
    """Sign the award at the step whose turn it is, or its agreement."""
    line = chosen_award(record, options)
    if options.agreement and options.also:
        raise Refused("Each award has an agreement of its own. Leave --with out.")
    if options.agreement:
        print_award(record, _agreed(record, line, options), options)
        return
    if not is_named(options) or not options.post.strip():
        raise Refused("Say who signs, with --as NAME and --post POST.")
    actor = _signatory(record, line, options)
    lines = (line, *_also(record, line, options))
    operation = record.ask(_signature, lines=lines, options=options, actor=actor)
    told = record.ask(_unlike, lines=lines, operation=operation)
    warn(told)
    print_award(record, perform(record, operation, options, actor), options)


def _also(record: Record, line: AwardLine, options: argparse.Namespace) -> tuple[AwardLine, ...]:
    """Return the other proposals that are signed at once; refused where one waits for somebody else."""
    others = tuple(award_named(record, reference.strip()) for reference in options.also)
    for other in others:
        is_beside = (other.round.round_id, other.waits) == (line.round.round_id, line.waits)
        if not is_beside or other.reference == line.reference:
            raise Refused(
                f"{other.reference} does not wait for the same signature as {line.reference} beside it. "
                "Sign it by itself."
            )
    return others


def _unlike(session: Session, lines: Sequence[AwardLine], operation: RecordDecisions) -> tuple[str, ...]:
    """Return where it names another notice than who signed first, and from paper another post or person."""
    references = {line.application.reference for line in lines}
    advised = [row for row in recommendations(session, operation.round_id) if row.application in references]
    told = unlike_first_signed(session, operation.round_id, advised, operation.notice)
    if not operation.from_paper:
        return tuple(told)
    areas = list(dict.fromkeys(area for line in lines if (area := line.application.area)))
    signed = argparse.Namespace(post=operation.post, signer=operation.by, areas=areas)
    return (*told, *unlike_chain(session, operation.round_id, operation.step, signed))


@of_award
def pay(record: Record, line: AwardLine, options: argparse.Namespace) -> Operation | str:
    """Authorise an instalment as paid, or say that it is not after all."""
    if options.returned is not None:
        return _returned(line, options)
    if options.take_back and options.on is not None:
        words = "A payment that is taken back has no day. Leave --on out, or say why the bank sent it back"
        raise Refused(f"{words}, with --returned TEXT.")
    number, part = (paid_part if options.take_back else unpaid_part)(line, options)
    on = None if options.take_back else past_day(options.on, PAID)
    before = part.paid_on if options.take_back else None
    operation = PayInstalment(line.round.round_id, line.application.reference, number, on, before)
    if not options.although_unsettled:
        _refuse_unsettled(record, operation, options)
    return operation


def _refuse_unsettled(record: Record, operation: PayInstalment, options: argparse.Namespace) -> None:
    """Ask about what is open of a payment that would else be made."""
    words = record.ask(look_words, parts=(operation,))
    if words:
        record.try_out(partial(tried, made=[(operation, acting(record, operation, options))]))
        raise Refused(f"{words} Settle that first, or give --although-unsettled.")


def _returned(line: AwardLine, options: argparse.Namespace) -> PayInstalment:
    row, (number, _) = decided_row(line, ", so nothing is paid."), paid_part(line, options)
    came_on = past_day(options.on, CAME_BACK)
    return taken_back_by_bank(line.round.round_id, row, number, came_on=came_on, reason=options.returned)


def _agreed(record: Record, line: AwardLine, options: argparse.Namespace) -> str:
    row = decided_row(line, ", so there is no agreement to sign.")
    on, of = past_day(options.on, AGREED), line.application.reference
    before = row.agreement
    issued = record.ask(issued_agreements, round_id=line.round.round_id).get(row.reference)
    if issued is None and row.agreed_on is None and not options.drawn_elsewhere:
        raise Refused(f"{never_issued(row.reference)} {ELSEWHERE}")
    details = _details(before, options).signed_as(None if issued is None else issued.version)
    said = (details, before) if details != before else ()
    if row.wants_signature:
        anew = details.signed_as(details.signed_version, on)
        return perform(record, RecordAgreement(line.round.round_id, of, anew, before), options)
    signing = SignAgreement(line.round.round_id, of, on, row.agreed_on, *said)
    return perform(record, record.ask(with_returns, signing=signing), options)


def _details(before: AgreementDetails, options: argparse.Namespace) -> AgreementDetails:
    """Return what is known of the agreement with what was said of it now."""
    changes = {"held_at": options.held.strip()}
    for side in ("office", "recipient"):
        name, _, post = getattr(options, f"for_{side}").partition(",")
        changes |= {f"{side}_signer": name.strip(), f"{side}_post": post.strip()}
    return replace(before, **{name: text for name, text in changes.items() if text})


def _signatory(record: Record, line: AwardLine, options: argparse.Namespace) -> Actor:
    """Return who signs: in their role of the round, or an officer who records it from paper."""
    name = record.ask(known_as, name=person(options))
    roles = record.ask(roles_of, name=name, round_id=line.round.round_id)
    if roles == (Role.READER,):
        raise Refused(record.ask(_nobody, line=line, name=name))
    mine = [role for role in roles if role in SIGNING]
    at = None if line.waits is None else _role_at(record, line)
    return Actor(name, at if at in mine else next(iter(mine), roles[0]))


def _role_at(record: Record, line: AwardLine) -> str:
    assert line.waits is not None, "asked of a line that waits"
    return record.ask(chain_of, round_id=line.round.round_id)[line.waits.step].role


def _signature(
    session: Session, lines: Sequence[AwardLine], options: argparse.Namespace, actor: Actor
) -> RecordDecisions:
    """Return the signature: in person by whoever has a role of the chain, else as recorded from paper."""
    line = lines[0]
    in_person, round_id = actor.role in SIGNING, line.round.round_id
    if not in_person and not options.notice.strip() and line.waits is not None:
        raise Refused(_nobody(session, line, actor.name))
    step = _step(session, lines, options.post.strip(), in_person=in_person)
    return RecordDecisions(
        round_id=round_id,
        step=step,
        by=actor.name,
        post=chain_of(session, round_id)[step].post_signed(options.post.strip()),
        on=past_day(options.on, DATED),
        interests=options.interests.strip() or ("" if in_person else interests_to_state(session)),
        lines=tuple(_line(one, options.send_back.strip()) for one in lines),
        notice=options.notice.strip(),
        legal_power=options.legal_power.strip()
        or (round_rules(session, round_id).legal_power or newest_office(session).get("legal_power")),
        from_paper=not in_person,
        unsigned_because=options.unsigned_because,
    )


def _nobody(session: Session, line: AwardLine, name: str) -> str:
    """Say what to do where whoever signs is not recorded as one of those who do."""
    of, post, named = line.round, "", ""
    if line.waits is not None:
        post = line.waits.posts[0]
        is_by_area = chain_of(session, of.round_id)[line.waits.step].per_area
        named = f"{post}, {line.application.area}" if is_by_area and line.application.area else post
    return (
        f"{name} is not recorded as one who signs {line.reference}, which waits for the {post}. Say who "
        f'signs: grant-panel signatories RECORD --round "{of.name}" --fund {of.fund_code} --year {of.year} '
        f'--set "{named}={name}". Or record from paper what the last step decided, with its post and '
        "--notice NNN/YYYY."
    )


def _step(session: Session, lines: Sequence[AwardLine], post: str, *, in_person: bool) -> int:
    line = lines[0]
    if line.waits is not None and in_person:
        return line.waits.step
    if line.state != PROPOSED:
        raise Refused(f"{line.reference} is {line.state}. Nothing waits for a signature there.")
    references = tuple(one.application.reference for one in lines)
    return on_paper(session, line.round.round_id, post, references).step


def _line(line: AwardLine, back: str) -> LineDecision:
    reference = line.application.reference
    return LineDecision(reference, "send_back", change_reason=back) if back else LineDecision(reference)
