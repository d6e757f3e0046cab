"""How sure a list is, in words for a terminal."""

from collections.abc import Iterator

from cli.deciding.sensitivity_json import share_words
from cli.output import table
from models.queries.panel.namesakes import distinct_names
from models.values.rows import RoundRows
from scoring.money import percent
from scoring.sensitivity.agreement import Agreement, alpha_words
from scoring.sensitivity.draws import DrawTest
from scoring.sensitivity.one_by_one import MemberLeftOut
from scoring.sensitivity.optimal_allocation import OptimalAllocation
from scoring.sensitivity.report import Sensitivity
from scoring.sensitivity.split import PER_STEP, Beyond, SplitTest


def lines_of(found: Sensitivity, rows: RoundRows) -> Iterator[str]:
    """Yield everything as plain lines, the split first."""
    names = distinct_names((member.code, member.name) for member in rows.members)
    yield from _split(found.split)
    yield from _draws(found.draws)
    for member in found.leave_one_out:
        yield _left_out(member, names)
    for combine, change in found.combine.items():
        if change is None:
            yield f"By {combine}: no application has marks enough."
        else:
            yield f"By {combine}: {_changes(change.enters, change.leaves)}."
    yield from _agreement(found.agreement, names)
    yield from _optimal_allocation(found.challenger)


def _split(split: SplitTest | None) -> Iterator[str]:
    if split is None:
        yield "The scheme has one side only, so there is no split to move."
        return
    low, high = percent(split.same_set.low_1e4), percent(split.same_set.high_1e4)
    yield f"The same applications are funded with quality anywhere from {low} to {high} of 100."
    low, high = percent(split.same_amounts.low_1e4), percent(split.same_amounts.high_1e4)
    yield f"The same amounts are offered from {low} to {high}."
    for beyond in (split.below, split.above):
        if beyond is not None:
            yield _beyond(beyond)


def _beyond(beyond: Beyond) -> str:
    return f"At {percent(beyond.at * PER_STEP)}: {_changes(beyond.enters, beyond.leaves)}."


def _changes(enters: tuple[str, ...], leaves: tuple[str, ...], *, has_ties: bool = True) -> str:
    """Say what changes; a list may leave a tie to the chair, the challenger never does."""
    or_tie = ", or the chair would decide a tie" if has_ties else ""
    parts = [f"{', '.join(enters)} would be funded"] if enters else []
    parts += [f"{', '.join(leaves)} would not be funded{or_tie}"] if leaves else []
    return " and ".join(parts) or "the same are funded"


def _draws(draws: DrawTest | None) -> Iterator[str]:
    if draws is None:
        yield "No application is ranked by marks, so weights cannot be drawn."
        return
    where = "across the split" if draws.is_across else "within the published split"
    yield f"{draws.count:,} sets of weights within {draws.within} points, {where}, seed {draws.seed}:"
    rows = [
        (each.reference, share_words(each.funded, draws.count), f"{each.place_low}-{each.place_high}")
        for each in draws.applications
    ]
    yield from table(("Reference", "Funded", "Places"), rows, right=(1, 2))


def _left_out(member: MemberLeftOut, names: dict[str, str]) -> str:
    name = names.get(member.member, member.member)
    words = f"Without {name}: {_changes(member.enters, member.leaves)}"
    if member.incomplete:
        words += f"; {', '.join(member.incomplete)} would lack marks"
    return f"{words}."


def _agreement(agreement: Agreement | None, names: dict[str, str]) -> Iterator[str]:
    if agreement is None:
        yield "No application has two counting members, so how far they agree cannot be said."
        return
    alpha = "" if agreement.alpha_interval is None else f" (alpha {agreement.alpha_interval:.3f})"
    yield f"{alpha_words(agreement.alpha_interval)}{alpha}"
    yield f"Marks two or more apart: {len(agreement.flagged)} of {len(agreement.units)}."
    for each in agreement.members:
        if each.severity is not None:
            words = "above" if each.severity > 0 else "below"
            size = abs(float(each.severity))
            yield f"{names.get(each.member, each.member)} marks {size:.2f} {words} the others on average."


def _optimal_allocation(found: OptimalAllocation) -> Iterator[str]:
    proven = "proven best" if found.is_proven else f"best found, at most {found.gap_1e4 / 100:.2f} % short"
    changes = _changes(found.enters, found.leaves, has_ties=False)
    yield f"By whole offers alone, points times pounds ({proven}): {changes}."
    if found.list_value > found.value:
        yield "The list uses a part award, which a choice of whole offers may not."
    yield "It counts points times pounds, so it favours large applications. It changes nothing."
