"""Where areas stand, what is allowed there and what is still open; they are moved on or back from here."""

from collections.abc import Callable, Sequence
from typing import Any

from gui.listed.form import CANCEL, Form, Leads, Saying, Ticks, Values
from gui.text import counted, ours
from models.queries.set_up.next_stage import NextStage, checklist_words

MOVED_ON = "Moving it on closes this stage: earlier changes can then no longer be undone."
WAITS = "The area can move on once that is decided, because totals depend on it."
BARRIER = "This closes the stage before: earlier changes can then no longer be undone."
Way = tuple[str, Callable[[], object]]
"""The words of a link that leads elsewhere, and what it does."""


def continue_as_chair(name: str) -> str:
    """Return the words of the way to the chair, who may do what the person may not."""
    return f"Continue as {name}, chair"


def stage_form(
    title: str,
    sentences: tuple[str, ...],
    one: NextStage | None = None,
    *,
    onward: tuple[str, Callable[..., Any]] = ("", lambda **typed: None),
    backward: Way | None = None,
    refusal: str = "",
    chair: Way | None = None,
    decide: Callable[[], object] | None = None,
) -> Form:
    """Return where an area stands, with the checklist of `one`: on by an action, and back by a link.

    `onward` is what the action is called and what it comes to, `backward` the way back. `refusal` says why
    the person may not move it, and `chair` is the way to who may; `decide` leads to what is to be decided on
    Packs before it may go on.
    """
    done = () if one is None else tuple(point.words for point in one.points if point.is_done)
    still_open, disputes = ((), "") if one is None else (one.still_open, one.disputes)
    fields: list[Saying | Leads] = []
    for head, said, tone in (("Done", done, "text2"), ("Still open", still_open, "warning")):
        fields += [_say(head, "text", 600)] if said else []
        fields += [_say(words, tone) for words in said]
    fields += [_say(words, "danger") for words in (disputes, ours(WAITS))] if disputes else []
    fields += [Leads("Decide it on Packs", decide)] if disputes and decide is not None else []
    if refusal:
        fields += [_say(refusal, "text"), *([Leads(*chair)] if chair is not None else [])]
    elif onward[0]:
        fields.append(_say(MOVED_ON, "muted"))
    if backward is not None and not refusal:
        fields.append(Leads(*backward))
    return Form(
        title=title,
        sentences=sentences,
        about=" ".join((*sentences, *done, *still_open, disputes)).strip(),
        action="" if refusal else onward[0],
        does=onward[1],
        is_final=True,
        away="Close",
        focus=CANCEL,
        waits=lambda typed: disputes,
        fields=tuple(fields),
    )


def _say(words: str, tone: str, weight: int = 400) -> Saying:
    return Saying(words, tone, size=13, weight=weight)


def next_stage_form(
    areas: Sequence[NextStage],
    allowed: str,
    does: Callable[[tuple[str, ...]], Any],
    *,
    refusal: str,
    others: Sequence[Way],
    chair: Way | None,
) -> Form:
    """Return what moves the areas at one stage on with one button, which is given those that are ticked.

    Each has its checklist, and the ready ones are ticked. `others` lead to areas at other stages.
    """
    verb = areas[0].verb

    def worded(typed: Values) -> str:
        many = ours(counted(len(typed["areas"]), "area"))
        return f"{verb} in {many}" if typed["areas"] else verb

    def waits(typed: Values) -> str:
        chosen = typed["areas"]
        disputed = next((one for one in areas if one.area in chosen and one.disputes), None)
        if disputed is not None:
            return f"{disputed.area}: {disputed.disputes}"
        return "" if chosen else ours("Tick at least one area.")

    return Form(
        title=verb,
        sentences=(allowed,),
        about=" ".join(filter(None, (allowed, refusal))),
        action="" if refusal else verb,
        away="Close" if refusal else "Cancel",
        does=does,
        is_final=True,
        width=560,
        focus=CANCEL,
        worded=worded,
        waits=waits,
        fields=(
            Ticks(
                *("areas", ours(f"Areas, {verb.lower()}")),
                options=tuple((line_words(one), one.area) for one in areas),
                value=tuple(one.area for one in areas if one.is_ready),
                is_fixed=bool(refusal),
            ),
            _say(refusal or BARRIER, "text" if refusal else "muted"),
            *((Leads(*chair),) if refusal and chair is not None else ()),
            *(Leads(*other, is_wide=True) for other in others),
        ),
    )


def line_words(one: NextStage) -> str:
    """Return an area with its checklist: what is there, what holds it up, what the list leaves out."""
    told = (point.words for point in one.points if not point.is_done and not point.holds_up)
    left = (*one.held_up_by, *(told if one.stage != "intake" else ()))
    return " ".join((f"{one.area}: {checklist_words((one,))}.", *left))
