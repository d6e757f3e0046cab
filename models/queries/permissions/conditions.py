"""The conditions under which a person may do what their role may, each with its sentence of refusal."""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import select

from models.operation import Actor, Operation, references_of
from models.papers.kinds import KINDS
from models.papers.order import BETWEEN, WITH_MARKS
from models.permissions.table import PAPERS_OF_CHAIR, Condition
from models.permissions.viewing import NOT_DECLARED, Viewer, on_one_list
from models.queries.applications.applications import application_heads, areas_by_reference
from models.queries.awards.variations import variations
from models.queries.deciding.decisions import chain_of, decisions, scorers
from models.queries.deciding.signatories import person_signing, signatories, why_not
from models.queries.panel.panel import interests, members
from models.queries.permissions.acting import nearly_words
from models.queries.permissions.declarations import declared_by, waits_to_declare, what_stays
from models.queries.permissions.reading import paper_refusal, viewer_as
from models.queries.set_up.office import parts
from models.queries.set_up.round_facts import round_rows
from models.role import MONEY, OFFICE, SIGNING, TYPISTS, Role, not_yours, panel_role
from models.schema.applications import application_table, organisation_table
from models.session import Session
from models.store.locks.signing_on import with_figures
from scoring.round import InterestKind
from scoring.written.names import is_nearly_same, is_same_text, is_same_typed

OTHERS_RULE = (
    "What the chair rules on it is ruled by the member whom the others name; an officer records that on "
    "Scoring, on Meeting and on Ranking & budget."
)
_RULED = frozenset({"decide exception", "decide tie", "reopen sheet", "set not applicable"})
Check = Callable[[Session, Operation, Actor], str]
"""Says why an operation is not this person's, "" when it is; what the record lacks is not its business."""


def own_sheet(session: Session, operation: Operation, actor: Actor) -> str:
    """A sheet is its member's: nobody marks, explains or hands in for somebody else, but from paper."""
    name = _member_name(session, operation)
    if not name or is_same_text(name, actor.name):
        return ""
    return f"Only {name} can mark this sheet, not {actor.name}. A sheet on paper is typed in by the office."


def typed_from_paper(session: Session, operation: Operation, actor: Actor) -> str:
    """Whoever types in a paper sheet has no part in it: not their own, no interest, no signature to give."""
    round_id, of = _round(operation), references_of(operation)
    own = {row.code for row in members(session, round_id) if is_same_text(row.name, actor.name)}
    if _member(operation) in own:
        return "This is your own sheet. Mark it as yourself, on the panel, not from paper."
    declared = {
        row.application
        for row in interests(session, round_id)
        if row.member in own and row.kind is not InterestKind.NONE
    }
    if barred := of & declared:
        return f"You declared an interest in {min(barred)}. Another person types in its sheets."
    signers = (part for part in parts(session, round_id) if part.role in SIGNING)
    if any(is_same_text(part.name, actor.name) for part in signers):
        return f"{actor.name} signs decisions in this round, and nobody both scores and decides."
    return ""


def own_declaration(session: Session, operation: Operation, actor: Actor) -> str:
    """A declaration is a person's own word, unless the chair or an officer records it for them.

    What a member takes back of it after others' marks could be read is the chair's, and never by undoing.
    """
    name = str(getattr(operation, "name", "")) or _member_name(session, operation)
    if actor.role not in OFFICE and name and not is_same_text(name, actor.name):
        return f"Only {name}, the chair or an officer can record what {name} declares, not {actor.name}."
    undoes = bool(getattr(operation, "undoes", False))
    return "" if actor.role == Role.CHAIR and not undoes else _opened_since(session, operation, name)


def _opened_since(session: Session, operation: Operation, name: str) -> str:
    """Say what a declaration takes back though others' marks could be read meanwhile, "" for nothing."""
    round_id, after = _round(operation), getattr(operation, "interests", ())
    before = [row for row in interests(session, round_id) if row.member == _member(operation)]
    stays = what_stays(session, round_id, before, after)
    if stays is None:
        return ""
    what = f"What {name or 'the member'} declared on {stays}" if stays else "The declaration"
    return (
        f"{what} stays: others’ marks could be read since. The chair can take it back, with a reason, which "
        "stands beside the sheet."
    )


def own_interest(session: Session, operation: Operation, actor: Actor) -> str:
    """An interest is declared by the member, or by the chair for them; only the member abstains.

    Either may be typed in by the office, as a paper sheet is.
    """
    name, kind = _member_name(session, operation), getattr(operation, "interest").kind  # noqa: B009
    if actor.role in TYPISTS or not name or is_same_text(name, actor.name):
        return ""
    if actor.role == Role.CHAIR and kind.is_conflict:
        return ""
    if kind.is_conflict:
        return f"Only {name}, the chair or an officer can record what {name} declares, not {actor.name}."
    return f"Only {name} can abstain on this sheet, not {actor.name}."


def own_word_of_chair(session: Session, operation: Operation, actor: Actor) -> str:
    """That the chair does not score is the chair's own word."""
    name = _member_name(session, operation)
    if not name or is_same_text(name, actor.name):
        return ""
    return "Only the chair can say so, and only for themselves. A member can abstain on single applications."


def without_interest(session: Session, operation: Operation, actor: Actor) -> str:
    """Whoever declared an interest in an application settles nothing on it, in whatever role they act."""
    named = references_of(operation)
    closed = declared_by(session, _round(operation), actor.name) if named else frozenset()
    if closed and operation.kind == "decide tie":
        with with_figures(session, _round(operation)):
            named = on_one_list(round_rows(session, _round(operation)), named)
    aside = stands_aside(sorted(closed.intersection(named)))
    return f"{aside} {OTHERS_RULE}" if aside and operation.kind in _RULED else aside


def without_interest_in_them(session: Session, operation: Operation, actor: Actor) -> str:
    """Whoever declared an interest in an application of an organisation settles nothing on that."""
    table, named = application_table, organisation_table
    columns = select(table.c.round_id, table.c.reference).join(named)
    either = [getattr(operation, name, "") for name in ("kept", "merged", "organisation")]
    found = session.execute(columns.where(named.c.uid.in_(either)).order_by(table.c.id)).all()
    own = {of: declared_by(session, of, actor.name) for of in {row.round_id for row in found}}
    return stands_aside(row.reference for row in found if row.reference in own[row.round_id])


def settles_no_return(session: Session, operation: Operation, actor: Actor) -> str:
    """Where returns differ, somebody without an interest in the application says which value stands."""
    heads = {one.uid: one for one in application_heads(session)}
    for found in (heads.get(decision.application) for decision in getattr(operation, "decisions", ())):
        if found is not None and found.reference in declared_by(session, found.round_id, actor.name):
            of = found.reference
            return f"{actor.name} declared an interest in {of}, so somebody else decides what differs on it."
    return ""


def signs_in_person(session: Session, operation: Operation, actor: Actor) -> str:
    """A step of the chain is signed by the person whose it is, and never by somebody who scored."""
    step, by = int(getattr(operation, "step", 0)), str(getattr(operation, "by", ""))
    chain = chain_of(session, _round(operation))
    if not by.strip() or not 0 <= step < len(chain):
        return ""  # the operation says what is missing
    scored = [words for who in (by, actor.name) if (words := _scored(session, operation, who))]
    if scored:
        return scored[0]
    if (actor.role, actor.name) != (chain[step].role, by):
        return f"Step {step + 1} is signed by the {chain[step].words} in person."
    lines = _areas_of(session, operation)
    people = signatories(session, _round(operation))
    person = person_signing(people, by, actor.role)
    waits = waits_to_declare(session, _round(operation), Viewer(by, actor.role))
    why = why_not(chain, step, person, lines, people, post=str(getattr(operation, "post", "")))
    return why or (NOT_DECLARED if waits else "")


def _areas_of(session: Session, operation: Operation) -> tuple[tuple[str, str | None], ...]:
    """Return the lines that an operation signs, or takes its signature from, as reference and area."""
    known = areas_by_reference(session, _round(operation))
    lines = (getattr(one, "application", "") for one in getattr(operation, "lines", (operation,)))
    named = (*lines, *getattr(operation, "references", ()))
    return tuple((of, known[of]) for of in named if of in known)


def signer_did_not_score(session: Session, operation: Operation, actor: Actor) -> str:
    """Who signed on paper may be in the record or not, but did not give a mark."""
    by = str(getattr(operation, "by", ""))
    return _scored(session, operation, by) if by.strip() else ""


def gets_no_signing_role_after_scoring(session: Session, operation: Operation, actor: Actor) -> str:
    """Nobody who gave a mark is given a role in which decisions are signed."""
    name, role = str(getattr(operation, "name", "")), getattr(operation, "role", "")
    scored = scorers(session, _round(operation)) if role in SIGNING else ()
    if any(is_same_text(scorer, name) for scorer in scored):
        return f"{name} gave marks in this round, and nobody both scores and decides. Choose another person."
    return ""


def decided_nothing(session: Session, operation: Operation, actor: Actor) -> str:
    """Nobody who decided in a round authorises a payment of it, or has its accounts taken out on paper."""
    round_id, whose = _round(operation), (actor.name, str(getattr(operation, "asked_by", "")))
    signed = [row.signed_by for row in decisions(session, round_id)]
    signed += [one.signed_by for row in variations(session, round_id) for one in row.signatures]
    for who in whose:
        if any(is_same_text(name, who) for name in signed):
            return f"{who} decided in this round, and nobody who decides may authorise payments."
    return ""


def chairs_paper(session: Session, operation: Operation, actor: Actor) -> str:
    """The chair has the papers of the panel's own work; all others are officers' and finance's."""
    if actor.role != Role.CHAIR or paper_of(operation) in PAPERS_OF_CHAIR:
        return ""
    return not_yours(MONEY, "writes this paper", actor.role)


def paper_without_interest(session: Session, operation: Operation, actor: Actor) -> str:
    """A paper that tells of single applications is issued by somebody without an interest in any on it."""
    kind = KINDS.get(paper_of(operation))
    if kind is None:
        return ""
    round_id = getattr(operation, "round_id", None)
    parts = str(getattr(operation, "subject", "")).split(BETWEEN)
    named = () if round_id is None else areas_by_reference(session, round_id).values()
    areas = {area for area in named if area in parts}
    viewer = Viewer(actor.name, actor.role)
    if round_id is not None:
        viewer = viewer_as(session, actor.name, actor.role, round_id)
    return paper_refusal(session, kind, round_id, areas, viewer, with_marks=WITH_MARKS in parts)


def paper_of(operation: Operation) -> str:
    return str(getattr(operation, "paper", ""))


def stands_aside(references: Iterable[str]) -> str:
    """Say to a person why nothing of some applications is shown or done by them, "" for none."""
    every = tuple(references)
    its, them = ("Its", "it") if len(every) == 1 else ("Their", "them")
    return (
        f"You declared an interest in {', '.join(every)}. {its} text and marks stay closed to you and you "
        f"take no part in {them} at the meeting. If that is wrong, ask the chair."
        if every
        else ""
    )


def chairs_of(session: Session, operation: Operation) -> tuple[str, ...]:
    """Return the chairs of the round that an operation is about, by name."""
    panel = members(session, _round(operation))
    return tuple(row.name for row in panel if panel_role(row.role) == Role.CHAIR)


CHECKS: Mapping[Condition, Check] = {
    Condition.OWN_SHEET: own_sheet,
    Condition.TYPED_FROM_PAPER: typed_from_paper,
    Condition.OWN_DECLARATION: own_declaration,
    Condition.OWN_INTEREST: own_interest,
    Condition.OWN_WORD_OF_CHAIR: own_word_of_chair,
    Condition.WITHOUT_INTEREST: without_interest,
    Condition.WITHOUT_INTEREST_IN_THEM: without_interest_in_them,
    Condition.SETTLES_NO_RETURN: settles_no_return,
    Condition.SIGNS_IN_PERSON: signs_in_person,
    Condition.SIGNER_DID_NOT_SCORE: signer_did_not_score,
    Condition.GETS_NO_SIGNING_ROLE_AFTER_SCORING: gets_no_signing_role_after_scoring,
    Condition.DECIDED_NOTHING: decided_nothing,
    Condition.CHAIRS_PAPER: chairs_paper,
    Condition.PAPER_WITHOUT_INTEREST: paper_without_interest,
}


def _scored(session: Session, operation: Operation, name: str) -> str:
    """Return why a person does not sign who gave marks, and ask of a name that is nearly such a person's."""
    near = sorted(one for one in scorers(session, _round(operation)) if is_nearly_same(one, name))
    if any(is_same_typed(one, name) for one in near):
        return (
            f"{name} gave marks in this round, and nobody both scores and decides. Somebody else has to sign."
        )
    return nearly_words(name, near[0], "who gave marks in this round") if near else ""


def _round(operation: Operation) -> int:
    return int(getattr(operation, "round_id", None) or 0)


def _member(operation: Operation) -> str:
    said = getattr(operation, "member", "")
    return str(said or getattr(getattr(operation, "interest", None), "member", ""))


def _member_name(session: Session, operation: Operation) -> str:
    """Return whose sheet or declaration it is, "" where the panel has no such member."""
    code, panel = _member(operation), members(session, _round(operation))
    return next((row.name for row in panel if row.code == code), "")
