"""A decision that takes the place of others, as a command records it from paper."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.days import past_day
from scoring.refused import Refused

if TYPE_CHECKING:
    from datetime import date

    from models.operations.deciding.deciding import RecordDecisions
    from models.operations.deciding.decision_lines import LineDecision
    from models.session import Session

DATED = "A decision is dated the day it was signed"
"""Which day a decision bears."""
NO_SCOPE = (
    "{} gets less than it requested. Say what the money pays for, with --pays-for TEXT: letter and agreement "
    "say it."
)


def signed_anew(
    session: "Session",
    round_id: int,
    lines: "Sequence[LineDecision]",
    *,
    by: str,
    post: str,
    on: "date",
    notice: str,
    stated: tuple[str, str],
) -> "RecordDecisions":
    """Return the decision that somebody signed on lines that are decided, by the last step of each.

    Where another post of that step has signed the same already, it is agreed with. `stated` are the interests
    and the legal power that were signed. Refused where a line is not decided.
    """
    from models.operations.deciding.deciding import RecordDecisions
    from models.operations.deciding.take_back import agreeing
    from models.queries.deciding.decisions import chain_of, decisions, final_decisions
    from models.queries.deciding.on_paper import refuse_earlier

    final, chain = final_decisions(decisions(session, round_id)), chain_of(session, round_id)
    for line in lines:
        if line.application not in final:
            raise Refused(f"{line.application} is not decided yet. Recommend and decide it like the others.")
    step = max(final[line.application].step for line in lines)
    refuse_earlier(chain, step, post)
    return RecordDecisions(
        round_id=round_id,
        step=step,
        by=by.strip(),
        post=post.strip(),
        on=past_day(on, DATED),
        interests=stated[0],
        lines=agreeing(session, round_id, lines),
        notice=notice.strip(),
        legal_power=stated[1],
        from_paper=True,
        correcting=True,
        moves_on=True,
    )


def new_line(
    session: "Session",
    round_id: int,
    reference: str,
    pence: int | None,
    *,
    reason: str,
    why: str,
    pays_for: str,
) -> "LineDecision":
    """Return what is decided on an application now, None to decline it.

    Money on what had none says itself why it reduces crime or helps victims, and less than was requested
    what it pays for: refused without, but of an amount of which that is stated already.
    """
    from models.operations.deciding.decision_lines import LineDecision
    from models.queries.applications.applications import applications
    from models.queries.awards.direct.direct_awards import is_direct
    from models.queries.deciding.decisions import decisions, final_decisions
    from models.queries.deciding.reasons import standard_conditions
    from models.queries.deciding.recommendations import SCOPE
    from models.values.recommending import scope_of

    if pence is None:
        return LineDecision(reference, "change", "decline", None, "", why)
    before = final_decisions(decisions(session, round_id)).get(reference)
    if before is not None and before.amount_pence is None and not reason.strip():
        raise Refused(
            "Say why the award reduces crime or helps victims, with --award-reason TEXT: it is published."
        )
    rows = applications(session, round_id)
    asked = next((row.requested_pence for row in rows if row.reference == reference), None)
    outcome = "fund" if pence == asked else "part_fund"
    has_money = before is not None and before.amount_pence is not None
    held = before.conditions if before is not None and has_money else standard_conditions(session, round_id)
    stated = scope_of(held) if before is not None and before.amount_pence == pence else ""
    is_part = outcome == "part_fund" and before is not None and not is_direct(session, round_id)
    scope = pays_for.strip() or stated if is_part else ""
    if is_part and not scope:
        raise Refused(NO_SCOPE.format(reference))
    others = tuple(one for one in held if not one.startswith(SCOPE))
    conditions = (f"{SCOPE}{scope}", *others) if scope else others
    return LineDecision(reference, "change", outcome, pence, reason.strip(), why, conditions)


def add_scope_to(parser: argparse.ArgumentParser, where: str = "") -> None:
    """Add what less than was requested pays for."""
    words = f"{where}what the money pays for, where it is less than was requested"
    parser.add_argument("--pays-for", metavar="TEXT", default="", help=words)


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add what is decided anew, and why."""
    words = (
        "record that what was decided on this application is decided again: money for a reserve, another "
        "amount, or 0 to decline; with --because"
    )
    parser.add_argument("--anew", metavar="REFERENCE=POUNDS", action="append", default=[], help=words)
    words = "with --anew: why it is decided again; the notice prints it"
    parser.add_argument("--because", metavar="TEXT", default="", help=words)
    words = "with --anew: why the award reduces crime or helps victims; it is published"
    parser.add_argument("--award-reason", metavar="TEXT", default="", help=words)
    add_scope_to(parser, "with --anew: ")


def asked_anew(session: "Session", round_id: int, options: argparse.Namespace) -> "tuple[LineDecision, ...]":
    """Return the lines of `--anew`; refused where one is not written so, or nothing says why."""
    if not options.anew:
        raise Refused("Say with --anew REFERENCE=POUNDS what is decided again.")
    if options.reasons is not None:
        raise Refused("With --anew the reason is given with --award-reason TEXT. Leave --reasons out.")
    if not options.because.strip():
        raise Refused("Say why it is decided again, with --because TEXT: the notice prints it.")
    if not options.notice and options.draft is None:
        raise Refused("A decision has the number of its notice. Give it with --notice, as in 034/2026.")
    return tuple(
        new_line(
            session,
            round_id,
            reference,
            pence,
            reason=options.award_reason,
            why=options.because.strip(),
            pays_for=options.pays_for,
        )
        for reference, pence in (_written(session, round_id, one) for one in options.anew)
    )


def _written(session: "Session", round_id: int, said: str) -> tuple[str, int | None]:
    """Return the reference, as the record has it, and the pence of what was written, None for 0."""
    from cli.awards.amounts import pence_of
    from models.queries.applications.applications import applications
    from scoring.written.names import is_same_text

    named, equals, amount = (part.strip() for part in said.rpartition("="))
    if not equals or not named:
        raise Refused(f"“{said}” is not an application with an amount. Write it like BE-004=1650.")
    found = [row.reference for row in applications(session, round_id) if is_same_text(row.reference, named)]
    if not found:
        raise Refused(f"The round has no application {named!r}.")
    return found[0], pence_of(amount, f"{named}: an amount is missing. Write it like BE-004=1650.") or None
