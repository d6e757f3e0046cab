"""What importing returns would do, item by item, and what it came to (guide, packs 3)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace

from models.schema.personal import TextAbout
from models.values.packs import read_return
from models.values.revisions import (
    FOR_PANEL,
    HANDED_IN,
    INTEREST,
    MARK,
    REASON,
    Histories,
    History,
    Key,
    Revision,
)
from scoring.written.names import file_name
from scoring.written.text import counted, listed


class Decision(Struct, frozen=True):
    """What a person chose where values stood side by side: the hash of the revision, and why."""

    round: str
    member: str
    application: str
    slot: str
    chosen: str
    reason: TextAbout


class Copied(Struct, frozen=True):
    """What a member entered in a copy of the record since it diverged, following from what stood then.

    `fingerprint` is that of the round's scheme in the copy.
    """

    round: str
    member: str
    fingerprint: str
    revisions: tuple[Revision, ...]

    @property
    def within(self) -> str:
        return f"{self.round} {self.member}"


class Side(Struct, frozen=True):
    """One of the values that stand side by side; `is_here` says that it is the one in this record."""

    hash: str
    value: str
    is_here: bool


class Difference(Struct, frozen=True):
    """One thing on which this record and returns differ, for a person to decide.

    `here` is the value that stands in this record; it is none of the sides where every one of them follows
    from it and they differ among themselves. `is_closed` says that whoever looks is not to decide it.
    """

    round: str
    member: str
    code: str
    reference: str
    key: Key
    here: str
    sides: tuple[Side, ...]
    is_closed: bool = False

    @property
    def what(self) -> str:
        """Return what it is about: "S-007 A2"."""
        return f"{self.reference} {self.slot_words}".strip()

    @property
    def slot_words(self) -> str:
        return slot_words(self.key.slot)

    @property
    def here_words(self) -> str:
        return value_words(self.key.slot, self.here)

    @property
    def theirs(self) -> tuple[str, ...]:
        return tuple(value_words(self.key.slot, side.value) for side in self.sides if not side.is_here)

    def decided(self, side: Side, reason: str) -> Decision:
        return Decision(self.round, self.member, *self.key, side.hash, reason)


class Item(Struct, frozen=True):
    """One value that is imported or, with words, one that is refused; `before` is what stands here."""

    code: str
    reference: str
    slot: str
    before: str
    after: str
    words: str = ""

    @property
    def what(self) -> str:
        """Return what it is about: "S-007 A2"; what is of no application is of those that no other names."""
        where = "" if self.reference else " in applications not named here"
        return f"{self.reference} {self.slot_words}{where}".strip()

    @property
    def slot_words(self) -> str:
        return slot_words(self.slot)

    @property
    def before_words(self) -> str:
        return value_words(self.slot, self.before)

    @property
    def after_words(self) -> str:
        return value_words(self.slot, self.after)


class MemberPlan(Struct, frozen=True):
    """What returns of one member in one round come to.

    `kept` are the texts of those that are not in the record yet; `new_keys` are the public keys that signed
    them, without the one on file; `is_key_changed` says that another is on file, or that there are several.
    """

    round_id: int
    round: str
    member: str
    code: str
    name: str
    before: Mapping[Key, History]
    after: Mapping[Key, History]
    taken: tuple[Item, ...] = ()
    refused: tuple[Item, ...] = ()
    differences: tuple[Difference, ...] = ()
    kept: tuple[str, ...] = ()
    new_keys: tuple[str, ...] = ()
    is_key_changed: bool = False

    @property
    def of(self) -> tuple[str, str]:
        return self.round, self.member

    @property
    def values(self) -> dict[Key, str]:
        return {
            key: history.value for key, history in self.after.items() if self._value(key) != history.value
        }

    @property
    def added(self) -> int:
        return sum(len(h.written) for h in self.after.values()) - sum(
            len(h.written) for h in self.before.values()
        )

    @property
    def has_news(self) -> bool:
        return bool(self.kept) or self.added > 0

    def _value(self, key: Key) -> str:
        return self.before[key].value if key in self.before else key.at_first


class Plan(Struct, frozen=True):
    """What taking in some returns would do, member by member."""

    members: tuple[MemberPlan, ...]

    @property
    def taken(self) -> tuple[Item, ...]:
        return tuple(item for member in self.members for item in member.taken)

    @property
    def refused(self) -> tuple[Item, ...]:
        return tuple(item for member in self.members for item in member.refused)

    @property
    def differences(self) -> tuple[Difference, ...]:
        return tuple(found for member in self.members for found in member.differences)

    @property
    def is_new(self) -> bool:
        return any(member.has_news for member in self.members)


_SLOT_WORDS = {MARK: "", REASON: " reason", FOR_PANEL: " for the panel only"}


def slot_words(slot: str) -> str:
    """Return what a slot is in words: "A2", "A2 reason", "A2 for the panel only", "handed in", "interest"."""
    if slot in (HANDED_IN, INTEREST):
        return slot
    kind, _, criterion = slot.partition(":")
    return criterion + _SLOT_WORDS[kind]


def value_words(slot: str, value: str) -> str:
    """Return a value in words: "4", "no mark", the reason, "yes", the interests."""
    found = json.loads(value)
    if isinstance(found, bool):
        return "yes" if found else "no"
    if slot == INTEREST:
        return (
            "; ".join(kind + (f" ({detail})" if detail else "") for kind, detail in found)
            or "nothing declared"
        )
    if slot.startswith(f"{MARK}:"):
        return "no mark" if found is None else str(found)
    return str(found) or "no reason"


KINDS = {
    MARK: "Marks",
    REASON: "Reasons",
    FOR_PANEL: "For the panel only",
    HANDED_IN: "Sheets handed in",
    INTEREST: "Declarations",
}
"""What a member has down, by the first word of its slots."""


class Unfit(Struct, frozen=True):
    """A file that was chosen and is not imported, and why."""

    file: str
    words: str


class Incoming(Struct, frozen=True):
    """What came to be imported: the names of the returns' files by text, and what to know of them.

    `unfit` are files that were chosen beside them and are not imported, `kept` the names of returns that are
    in the record already, by text. Of a diverged copy: the name of its file, the row and code that it
    ends with, what members entered in it, and a line on each change in it that is left for a person.
    """

    files: Mapping[str, str]
    warnings: tuple[str, ...] = ()
    copy_file: str = ""
    copy: str = ""
    copied: tuple[Copied, ...] = ()
    left: tuple[str, ...] = ()
    unfit: tuple[Unfit, ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)

    def files_of(self) -> dict[str, str]:
        """Return by the hash of each value the file that it came in: of several, the last."""
        found = {one.hash: self.copy_file for part in self.copied for one in part.revisions}
        for text, file in (*self.kept.items(), *self.files.items()):
            found |= dict.fromkeys((one.hash for one in read_return(text).revisions), file)
        return found


class Source(Struct, frozen=True):
    """One thing that came: its file, whose it is, which return, by whose key, and whether it is new here."""

    file: str
    member: str
    what: str
    key: str
    is_new: bool


class Count(Struct, frozen=True):
    """How many things of a kind a member has down; raises ValueError where the figures do not add up."""

    kind: str
    before: int
    new: int
    gone: int
    changed: int
    after: int

    def __post_init__(self) -> None:
        if self.before + self.new - self.gone != self.after:
            raise ValueError(f"{self.kind}: {self.before} + {self.new} - {self.gone} is not {self.after}")


class Decided(Struct, frozen=True):
    """One difference with the side that a person chose and why; None where it is still to be decided."""

    difference: Difference
    chosen: Side | None = None
    reason: str = ""

    @property
    def chosen_words(self) -> str:
        """Return what was chosen, "" where it is still to be decided."""
        return "" if self.chosen is None else value_words(self.difference.key.slot, self.chosen.value)


class MemberReport(Struct, frozen=True):
    """What came of one member's returns; `key` is the code of a key not seen before, "" for none."""

    code: str
    name: str
    round: str
    key: str
    is_key_changed: bool
    counts: tuple[Count, ...]
    taken: tuple[Item, ...]
    decided: tuple[Decided, ...]
    refused: tuple[Item, ...]


class Done(Struct, frozen=True):
    """Who took it in and when, the journal's row and code of it, and the copy that was kept before."""

    by: str
    at: datetime
    row: int
    code: str
    copy: str


class MergeReport(Struct, frozen=True):
    """All of it. `done` is None for a dry run, which changed nothing."""

    office: str
    record: str
    marking: str
    sources: tuple[Source, ...]
    members: tuple[MemberReport, ...]
    warnings: tuple[str, ...]
    after_row: int
    left: tuple[str, ...] = ()
    unfit: tuple[Unfit, ...] = ()
    done: Done | None = None

    @property
    def result(self) -> str:
        """Return what it came to in figures: "126 new, 2 differ, 0 refused."."""
        decided = [one for member in self.members for one in member.decided]
        chosen = sum(one.chosen is not None for one in decided)
        parts = [f"{sum(len(member.taken) for member in self.members)} new"]
        parts += [f"{chosen} decided"] if chosen else []
        parts += [f"{len(decided) - chosen} differ"]
        parts += [f"{sum(len(member.refused) for member in self.members)} refused"]
        files = counted(len(self.unfit), "file")
        parts += [f"{files} left out"] if self.unfit else []
        return f"{', '.join(parts)}."

    @property
    def is_new(self) -> bool:
        return any(one.taken or one.decided or one.refused for one in self.members)

    @property
    def has_returns(self) -> bool:
        return any(source.what.startswith("Return") for source in self.sources)

    @property
    def names(self) -> str:
        return ", ".join(dict.fromkeys(member.name for member in self.members)) or "nobody"

    def as_done(self, done: Done) -> "MergeReport":
        return replace(self, done=done)


def file_named(report: MergeReport, *, is_dry: bool) -> str:
    """Return a file name for a report: "Taken in from M1 and M2.pdf"."""
    codes = list(dict.fromkeys(member.code for member in report.members))
    if not codes:
        whose = "a copy"
    elif len(codes) < 4:
        whose = listed(codes)
    else:
        whose = f"{len(codes)} members"
    return file_name("Dry run of" if is_dry else "Imported from", whose) + ".pdf"


def counts(before: Histories, after: Histories) -> tuple[Count, ...]:
    """Return by kind what a member had down before and has down after; what is rare where there is any."""
    found = (_count(kind, before, after) for kind in KINDS)
    return tuple(one for one in found if one.before or one.after or one.kind != KINDS[FOR_PANEL])


def decided_of(undecided: MemberPlan, decisions: Iterable[Decision]) -> Iterator[Decided]:
    """Yield every difference with what was chosen of it."""
    chosen = {Key(d.application, d.slot): d for d in decisions if (d.round, d.member) == undecided.of}
    for found in undecided.differences:
        decision = chosen.get(found.key)
        if decision is None:
            yield Decided(found)
            continue
        side = next(side for side in found.sides if side.hash == decision.chosen)
        yield Decided(found, side, decision.reason.strip())


def taken_of(undecided: MemberPlan, planned: MemberPlan) -> tuple[Item, ...]:
    """Return what was taken without a question."""
    asked = {(found.reference, found.key.slot) for found in undecided.differences}
    return tuple(item for item in planned.taken if (item.reference, item.slot) not in asked)


def _count(kind: str, before: Histories, after: Histories) -> Count:
    stood, stands = (
        {key: one.value for key, one in of.items() if kind == key.kind and one.value != key.at_first}
        for of in (before, after)
    )
    return Count(
        KINDS[kind],
        before=len(stood),
        new=len(stands.keys() - stood.keys()),
        gone=len(stood.keys() - stands.keys()),
        changed=sum(stood[key] != stands[key] for key in stood.keys() & stands.keys()),
        after=len(stands),
    )
