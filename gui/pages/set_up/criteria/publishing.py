"""Publishing and amending a round's criteria: asked, refused with what is wrong, or done."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QObject, Slot

from gui.listed.acts import Confirm, Doing
from gui.listed.form import FinalDataForm, Form, Note, Saying
from gui.listed.stages import continue_as_chair
from gui.pages.page import PageTools
from gui.pages.set_up.criteria.draft import Draft
from gui.text import ENDS_UNDO, counted
from gui.theme.office_words import ours
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice, Remedy
from models.operation import Outcome
from models.operations.set_up.scheme import AmendScheme, PublishScheme, amendment_fault
from models.queries.set_up.criteria import CriteriaFacts, TouchedSheet, sheets_touched
from models.queries.set_up.office import Part
from models.queries.set_up.round_facts import carried_words
from models.role import OFFICE, Role
from models.session import Session
from scoring import money
from scoring.places.totals import share_words
from scoring.publishing import scheme_faults
from scoring.scheme import Scheme
from scoring.written.days import full_day

REASON_FIRST = "Say why: every paper prints the reason."
SUBJECT = "criteria"


class Rights(Struct, frozen=True):
    """What a person may do with a round's criteria; `lock` says what stands in the way, "" for a draft."""

    is_draft: bool
    may_change: bool
    lock: str


def rights_of(facts: CriteriaFacts, role: str, *, is_amending: bool) -> Rights:
    """Return what somebody in that role may do."""
    is_draft = facts.line.stage == "set up"
    drafts = role in OFFICE
    may_change = drafts and (is_draft or is_amending)
    lock = _amending(facts) if is_amending else _lock(facts, is_draft, may_change)
    return Rights(is_draft, may_change, lock)


def summary(facts: CriteriaFacts, scheme: Scheme) -> str:
    """Return the line under the title."""
    version = facts.versions[-1]
    if version.published_at is None:
        state = "A draft: the round opens when the chair publishes it"
    else:
        state = f"Version {version.version}, published {_day(version.published_at)}"
    quality, cost = money.percent(scheme.quality_1e4), money.percent(scheme.cost_1e4)
    criteria = counted(len(scheme.criteria), "criterion", "criteria")
    words = f"{state}. {criteria}, quality {quality} to cost {cost}. {share_words(scheme)}."
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
    areas = ours(counted(len(facts.line.areas), "area", "areas"))
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


def _lock(facts: CriteriaFacts, is_draft: bool, may_change: bool) -> str:
    if may_change:
        return ""
    if is_draft:
        return "The criteria are a draft. An officer or the chair changes them."
    published = facts.versions[-1].published_at
    assert published is not None, "an open round has a published scheme"
    return f"Published on {_day(published)}. The chair can amend them with a reason."


def _amending(facts: CriteriaFacts) -> str:
    version = facts.versions[-1].version
    return f"You are amending version {version}. Nothing counts until version {version + 1} is published."


def _day(moment: datetime) -> str:
    return full_day(moment.astimezone())


def amendment_form(version: int, touched: Sequence[TouchedSheet], does: Callable[[str], AmendScheme]) -> Form:
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
        width=460,
        fields=(*((sheets,) if touched else ()), reason),
    )


def effect_words(version: int, touched: Sequence[TouchedSheet]) -> tuple[str, ...]:
    """Return what publishing a version does."""
    handed_in = sum(1 for sheet in touched if sheet.is_submitted)
    sheets = counted(len(touched), "sheet", "sheets")
    return (
        ours(f"Version {version} applies from now on, in all areas; version {version - 1} is kept."),
        f"It affects {sheets}, {handed_in} of them handed in." if touched else "No sheet is affected.",
        ENDS_UNDO,
    )


def _line(sheet: TouchedSheet) -> str:
    state = "handed in" if sheet.is_submitted else "draft"
    return f"{sheet.application}, {sheet.name}, {state}"


class Publishing(QObject):
    """The two actions of the chair on this page."""

    def __init__(self, tools: PageTools, draft: Draft, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._draft = draft
        self._is_told = False

    def ask(self, facts: CriteriaFacts) -> bool:
        """Ask to publish; say what stands in the way and return False where something does."""
        self._draft.flush()
        if not self._may(facts):
            return False
        operation = PublishScheme(facts.line.round_id, self._draft.scheme)
        Doing(self._tools, self).do(
            Confirm("Publish the criteria", publishing(facts), "Publish criteria", operation)
        )
        return True

    def ask_amendment(self, facts: CriteriaFacts) -> bool:
        """Ask for the reason of an amendment, beside the sheets it touches; say first what refuses it."""
        if not self._may(facts):
            return False
        scheme = self._draft.scheme
        round_id = facts.line.round_id
        operation = partial(AmendScheme, round_id, scheme, self._draft.stored)
        query = partial(_looked_at, round_id=round_id, scheme=scheme, replacing=self._draft.stored)
        self._tools.workspace.ask(query, partial(self._show_touched, facts, operation))
        return True

    def may_amend(self, facts: CriteriaFacts) -> bool:
        """Whether the person may amend; says who may where not."""
        if not self._tools.identity.may("amend scheme"):
            tools = self._tools
            chair = Part(facts.chair, Role.CHAIR)
            person = Remedy(continue_as_chair(facts.chair), partial(tools.continue_as, chair))
            panel = Remedy("Panel & interests", partial(tools.go, "panel"))
            self._say(Tone.INFORMATION, only_the_chair(facts), person if facts.chair else panel)
            return False
        self._tools.notices.settle(SUBJECT)
        return True

    @Slot()
    def look_again(self) -> None:
        """Say what stands in the way of an amendment as it is now, once that was said.

        What is told of a draft goes by itself as the next change of it is saved.
        """
        if self._is_told and self._draft.is_amending:
            self._tell_faults()

    def _may(self, facts: CriteriaFacts) -> bool:
        return not self._tell_faults() and self.may_amend(facts)

    def _tell_faults(self) -> bool:
        """Tell of what stands in the way; return whether anything does."""
        faults = " ".join(scheme_faults(self._draft.scheme))
        self._is_told = bool(faults)
        if faults:
            self._say(Tone.DANGER, f"The criteria cannot be published yet. {faults}")
        else:
            self._tools.notices.settle(SUBJECT)
        return self._is_told

    def _say(self, tone: Tone, words: str, *remedies: Remedy) -> None:
        self._tools.notices.show_notice(Notice(SUBJECT, tone, words, remedies, passes=True))

    def _show_touched(
        self,
        facts: CriteriaFacts,
        amend: Callable[[str], AmendScheme],
        looked_at: tuple[str, tuple[TouchedSheet, ...]],
    ) -> None:
        fault, touched = looked_at
        if fault:
            self._say(Tone.DANGER, f"The amendment cannot be published. {fault}")
            return
        tools, version = self._tools, facts.versions[-1].version + 1
        box = FinalDataForm(amendment_form(version, touched, amend), tools.dialogs.window)
        box.given.connect(self._amend)
        tools.dialogs.show(box)

    @Slot(object)
    def _amend(self, operation: AmendScheme) -> None:
        self._tools.workspace.perform(operation, partial(self._amended, operation.scheme))

    def _amended(self, scheme: Scheme, outcome: Outcome) -> None:
        self._draft.start(scheme)
        self._tools.toast_outcome(outcome)


def _looked_at(
    session: Session, round_id: int, scheme: Scheme, replacing: Scheme
) -> tuple[str, tuple[TouchedSheet, ...]]:
    """Return why an amendment would be refused, "" where it would not, and the sheets that it touches."""
    fault = amendment_fault(session, round_id, scheme, replacing)
    return fault, sheets_touched(session, round_id, scheme)
