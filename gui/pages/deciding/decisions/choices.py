"""What the office chose on lines and has not recorded yet; nothing of it is in the record."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from gui.pages.deciding.decisions.lines import Line
from models.reference.defaults import Condition
from models.values.recommending import FUNDED, LineDecision


class Choices:
    """The choices by reference, in the order they were made."""

    def __init__(self) -> None:
        self._chosen: dict[str, LineDecision] = {}

    def __len__(self) -> int:
        return len(self._chosen)

    @property
    def by_reference(self) -> Mapping[str, LineDecision]:
        """Return what is chosen, by reference."""
        return self._chosen

    @property
    def all(self) -> tuple[LineDecision, ...]:
        """Return what is chosen."""
        return tuple(self._chosen.values())

    def put(self, decisions: Iterable[LineDecision]) -> None:
        """Choose on lines, in place of what was chosen there."""
        self._chosen |= {decision.application: decision for decision in decisions}

    def drop(self, reference: str) -> None:
        """Take a choice back."""
        self._chosen.pop(reference, None)

    def keep(self, references: Iterable[str]) -> None:
        """Keep the choices on these lines alone."""
        kept = set(references)
        self._chosen = {of: decision for of, decision in self._chosen.items() if of in kept}


class AsRecommended(Struct, frozen=True):
    """What taking lines as recommended comes to.

    `ready` need no more words, `helped` take the panel's own, `wordless` have none and wait, or one that
    says only why the panel departed from its list. An earlier step `changed` some of them: they are taken
    as they stand since. Those that are `is_direct` were proposed, and no panel recommended them.
    """

    ready: tuple[LineDecision, ...]
    helped: tuple[LineDecision, ...]
    wordless: tuple[str, ...]
    changed: tuple[str, ...] = ()
    is_direct: bool = False


def as_recommended(
    lines: Sequence[Line], library: Sequence[Condition], decides: Callable[[Line], bool]
) -> AsRecommended:
    """Return what taking these lines as recommended comes to at a step of the chain."""
    lacking = [line for line in lines if decides(line) and needs_words(line, line.current_outcome)]
    helped = [line for line in lacking if line.panel_reason and not line.is_departure]
    ready = [line for line in lines if line not in lacking]
    return AsRecommended(
        tuple(LineDecision(line.reference, conditions=conditions_asked(line, library)) for line in ready),
        tuple(
            LineDecision(line.reference, reason=line.panel_reason, conditions=conditions_asked(line, library))
            for line in helped
        ),
        tuple(line.reference for line in lacking if line not in helped),
        tuple(line.reference for line in (*ready, *helped) if line.changed),
        is_direct=any(line.direct is not None for line in lines),
    )


def needs_words(line: Line, outcome: str) -> bool:
    """Whether a line that gets money has no words of the office yet on why."""
    return outcome in FUNDED and not line.own_reason


def conditions_asked(line: Line, library: Sequence[Condition]) -> tuple[str, ...]:
    """Return the conditions of a line: those of its money so far, else the standard ones."""
    if line.current_outcome in FUNDED:
        return in_words(line.conditions, library)
    return tuple(condition.words for condition in library if condition.is_standard)


def in_words(conditions: Iterable[str], library: Sequence[Condition]) -> tuple[str, ...]:
    """Return conditions in words; one of the library may be kept by its code."""
    words = {condition.code: condition.words for condition in library}
    return tuple(dict.fromkeys(words.get(condition, condition) for condition in conditions))


def next_waiting(lines: Sequence[Line], reference: str, may_decide: Callable[[Line], bool]) -> str:
    """Return the next line after one that waits for a choice, itself when none does."""
    at = [line.reference for line in lines].index(reference)
    around = (*lines[at + 1 :], *lines[:at])
    return next((of.reference for of in around if of.pending is None and may_decide(of)), reference)
