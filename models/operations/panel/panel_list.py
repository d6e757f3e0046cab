"""Several changes to who sits on a panel as one: made together, refused together, undone together."""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace

from models.operation import Actor, Outcome
from models.operations.operation_base import RegisteredOperation, label_of, made_together
from models.operations.panel.members import AddMember, EditMember, RemoveMember
from models.operations.rows.write_panel import refuse_other_letters
from models.queries.panel.member_details import member_details
from models.session import Session
from models.values.as_done import as_done

Part = AddMember | EditMember | RemoveMember


class ChangePanel(RegisteredOperation, frozen=True):
    """Make changes to a panel in their order, or none; `words` say what they come to, without names."""

    kind: ClassVar[str] = "change panel"
    words: str
    parts: tuple[Part, ...]
    is_back: bool = False

    @property
    def label(self) -> str:
        """Return the change in words."""
        return label_of(self.words, is_back=self.is_back)

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse a name that somebody in the record has in other letters, unless that one goes."""
        coming = [part.member.name for part in self.parts if not isinstance(part, RemoveMember)]
        leaving = [part.replacing.name for part in self.parts if isinstance(part, EditMember)]
        removed = {(part.round_id, part.member) for part in self.parts if isinstance(part, RemoveMember)}
        leaving += [member_details(session, *one).name for one in removed]
        refuse_other_letters(session, coming, leaving)

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Make them all; each checks its own rules, and the first refusal refuses all."""
        touched, back = made_together(
            self.parts, session, actor, at, nothing="There is nobody to add. Enter a name."
        )
        inverse = replace(self, parts=back, is_back=not self.is_back)
        return Outcome(touched, inverse, f"{as_done(self.label)}.")
