"""Publishing and amending a round's criteria: asked, refused with what is wrong, or done."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from gui.listed.acts import Act, At, Confirm, Deed, Run
from gui.listed.form import Asked, Form, Note, Saying
from gui.listed.stages import continue_as_chair
from gui.pages.page import START_ROUND, PageTools
from gui.pages.set_up.criteria.draft import Draft, SetUp
from gui.text import ENDS_UNDO, counted, ours, scheme_words
from gui.theme.look import Tone
from gui.widgets.message_area import Notice, Remedy
from models.operation import Outcome
from models.operations.set_up.scheme import AmendScheme, PublishScheme, amendment_fault
from models.queries.set_up.criteria import CriteriaFacts, TouchedSheet, sheets_touched
from models.queries.set_up.office import Part
from models.queries.set_up.round_facts import carried_words
from models.role import Role
from models.session import Session
from scoring.places.totals import share_words
from scoring.publishing import scheme_faults
from scoring.scheme import Scheme
from scoring.written.days import full_day

REASON_FIRST = "Say why: every paper prints the reason."
SUBJECT = "criteria"
Here = At[SetUp, Any]


def summary(facts: CriteriaFacts, scheme: Scheme) -> str:
    """Return the line under the title."""
    version = facts.versions[-1]
    if version.published_at is None:
        state = "A draft: the round opens when the chair publishes it"
    else:
        state = f"Version {version.version}, published {_day(version.published_at)}"
    words = f"{state}. {scheme_words(scheme)}. {share_words(scheme)}."
    if version.reason:
        words += f" Amended: {version.reason}"
    return words


def only_the_chair(facts: CriteriaFacts) -> str:
    """Return who can do what only the chair can."""
    who = (
        f" The chair is {facts.chair}."
        if facts.chair
        else " The panel has no chair yet: add one on Panel & interests."
    )
    return f"Only the chair can do this.{who}"


def publishing(facts: CriteriaFacts) -> tuple[str, ...]:
    """Return what publishing does, for the box that asks."""
    areas = ours(counted(len(facts.line.areas), "area"))
    empty = sum(1 for area in facts.line.areas if not area.pot_pence)
    sentences = [
        f"This locks criteria, weights, scale and rules for {areas} and opens the round.",
        "Every criterion can move the total by exactly its weight.",
        "Afterwards the criteria can only be amended, with a reason, as a new version.",
        ENDS_UNDO,
    ]
    if empty:
        sentences.insert(1, f"{counted(empty, 'pot is', 'pots are')} still £0; pots can be set later.")
    unchecked = (carried_words(area, *copied) for area, copied in facts.carried.items())
    return (*sentences[:-1], *(f"Not checked yet: {words}." for words in unchecked), sentences[-1])


def lock_words(facts: CriteriaFacts, *, is_amending: bool, may_change: bool) -> str:
    """Return what stands in the way of a change, "" for a draft that the person may change."""
    if is_amending:
        return _amending(facts)
    if may_change:
        return ""
    published = facts.versions[-1].published_at
    if published is None:
        return "The criteria are a draft. An officer or the chair changes them."
    return f"Published on {_day(published)}. The chair can amend them with a reason."


def _amending(facts: CriteriaFacts) -> str:
    version = facts.versions[-1].version
    return f"You are amending version {version}. Nothing counts until version {version + 1} is published."


def _day(moment: datetime) -> str:
    return full_day(moment.astimezone())


def amendment_form(version: int, touched: Sequence[TouchedSheet], does: Callable[[str], Run]) -> Form:
    """Return what says the effect and the count first, then asks for the reason."""
    title = f"Publish version {version}"
    sheets = Saying("\n".join(map(_line, touched)), "text2")
    reason = Note("reason", "Reason for the amendment", shown="Reason", height=72, wanted=REASON_FIRST)
    return Form(
        title=title,
        sentences=effect_words(version, touched),
        action=title,
        does=does,
        is_final=True,
        fields=(*((sheets,) if touched else ()), reason),
    )


def effect_words(version: int, touched: Sequence[TouchedSheet]) -> tuple[str, ...]:
    """Return what publishing a version does."""
    handed_in = sum(1 for sheet in touched if sheet.is_submitted)
    sheets = counted(len(touched), "sheet")
    return (
        ours(f"Version {version} applies from now on, in all areas; version {version - 1} is kept."),
        f"It affects {sheets}, {handed_in} of them handed in." if touched else "No sheet is affected.",
        ENDS_UNDO,
    )


def _line(sheet: TouchedSheet) -> str:
    state = "handed in" if sheet.is_submitted else "draft"
    return f"{sheet.application}, {sheet.name}, {state}"


def _say(tone: Tone, words: str, *remedies: Remedy) -> Run:
    notice = Notice(SUBJECT, tone, words, remedies, passes=True)
    return Run(lambda tools: tools.notices.show_notice(notice))


def faults(scheme: Scheme) -> Run:
    """Return what tells of what stands in the way of publishing, or takes back what was told of it."""
    found = " ".join(scheme_faults(scheme))
    if found:
        return _say(Tone.DANGER, f"The criteria cannot be published yet. {found}")
    return Run(lambda tools: tools.notices.settle(SUBJECT))


def _leads(at: Here) -> Deed:
    """Say who may amend or publish, and lead to them; None where it is the person."""
    facts = at.answer.facts
    if at.identity.may("amend scheme"):
        return None
    if not facts.chair:
        way = Remedy("Panel & interests", lambda: at.kept["tools"].go("panel"))
    else:
        chair = Part(facts.chair, Role.CHAIR)
        way = Remedy(continue_as_chair(facts.chair), lambda: at.kept["tools"].continue_as(chair))
    return _say(Tone.INFORMATION, only_the_chair(facts), way)


def _publish(at: Here) -> Deed:
    """Ask to publish, or for the reason of an amendment; say what stands in the way where something does."""
    draft: Draft = at.kept["draft"]
    draft.flush()
    set_up, scheme = at.answer, draft.scheme
    if next(scheme_faults(scheme), ""):
        return faults(scheme)
    if (leads := _leads(at)) is not None:
        return leads
    if not set_up.is_amending:
        operation = PublishScheme(set_up.round_id, scheme)
        return Confirm("Publish the criteria", publishing(set_up.facts), "Publish criteria", operation)
    query = partial(_looked_at, round_id=set_up.round_id, scheme=scheme, replacing=draft.stored)
    return Asked(query, partial(_ask_reason, set_up.facts, draft))


def _ask_reason(
    facts: CriteriaFacts, draft: Draft, looked_at: tuple[str, tuple[TouchedSheet, ...]]
) -> Form | Run:
    """Ask for the reason of an amendment, beside the sheets it touches; say first what refuses it."""
    fault, touched = looked_at
    if fault:
        return _say(Tone.DANGER, f"The amendment cannot be published. {fault}")
    scheme, replacing = draft.scheme, draft.stored

    def published(tools: PageTools, outcome: Outcome) -> None:
        draft.start(scheme)
        tools.toast_outcome(outcome)

    def amend(reason: str) -> Run:
        operation = AmendScheme(facts.line.round_id, scheme, replacing, reason)
        return Run(lambda tools: tools.workspace.perform(operation, partial(published, tools)))

    return amendment_form(facts.versions[-1].version + 1, touched, amend)


def _amend(at: Here) -> Deed:
    leads = _leads(at)
    if leads is None:
        at.kept["draft"].amend()
        return Run(lambda tools: tools.notices.settle(SUBJECT))
    return leads


def _put_back(at: Here) -> None:
    at.kept["draft"].start(at.kept["draft"].stored)


def _is_office(at: Here) -> bool:
    return at.identity.may("set pot")


def _publish_words(at: Here) -> str:
    version = at.answer.facts.versions[-1].version + 1
    return f"Publish version {version}…" if at.answer.is_amending else "Publish criteria"


PUBLISH: Act[SetUp, Any] = Act(
    *(_publish_words, _publish),
    where=lambda at: _is_office(at) and (at.answer.is_draft or at.answer.is_amending),
    look=lambda at: "primary" if at.identity.may("publish scheme") else "plain",
    icon="check",
    begins=START_ROUND,
)
START: Act[SetUp, Any] = Act(
    *(START_ROUND, lambda at: Run(lambda tools: tools.actions["start_round"].trigger())),
    where=lambda at: _is_office(at) and not at.answer.is_amending,
    brief="Start…",
)
AMEND: Act[SetUp, Any] = Act(
    *("Amend with a reason", _amend),
    where=lambda at: _is_office(at) and at.answer.facts.line.stage == "open" and not at.answer.is_amending,
)
PUT_BACK: Act[SetUp, Any] = Act("Discard changes", _put_back, where=lambda at: at.answer.is_amending)


def _looked_at(
    session: Session, round_id: int, scheme: Scheme, replacing: Scheme
) -> tuple[str, tuple[TouchedSheet, ...]]:
    """Return why an amendment would be refused, "" where it would not, and the sheets that it touches."""
    fault = amendment_fault(session, round_id, scheme, replacing)
    return fault, sheets_touched(session, round_id, scheme)
