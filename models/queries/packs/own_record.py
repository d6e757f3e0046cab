"""A member's own record: what may be done in it, what it is refused, and names of its files."""

from collections.abc import Mapping

from sqlalchemy import select

from models.operation import Actor, Operation
from models.papers.paper_words import Sentences
from models.schema.journal import setting_table
from models.schema.panel import member_table, person_table
from models.session import Session
from models.store.parts import part
from models.trouble import refuse
from models.values import canonical
from scoring.written.names import file_name
from scoring.written.text import Refused

PACKS = Sentences("packs")
OPENED_PACK = "opened pack"
"""The setting that makes a record a member's own: the text of the pack it was made from."""

ALLOWED = frozenset(
    {
        "open pack",
        "update pack",
        "put pack back",
        "make return",
        "declare",
        "add interest",
        "set mark",
        "set reason",
        "hand in",
        "hand in sheets",
        "make record",
        "upgrade record",
        "restore record",
        "take over record",
        "change passphrase",
        "keep record plain",
        "salvage record",
        "take as found",
    }
)
"""The kinds of change that a member's own record takes."""
OF_MEMBER = frozenset(
    {"declare", "add interest", "set mark", "set reason", "hand in", "hand in sheets", "make return"}
)
"""Those that speak for the member, and are signed as the member's own in a return."""
_OPENED = select(setting_table.c.name).where(setting_table.c.name == OPENED_PACK)


@part
def is_members_own(session: Session) -> bool:
    return session.scalar(_OPENED) is not None


@part
def packed_order(session: Session) -> Mapping[str, int]:
    """Return the place of each application in the pack of a member's own record, by reference."""
    text = session.scalar(select(setting_table.c.value).where(setting_table.c.name == OPENED_PACK))
    if text is None:
        return {}
    from models.values.packs import read_pack  # an office opens no pack, and need not load it

    pack = read_pack(canonical.from_text(str, text))
    return {one.reference: at for at, one in enumerate(pack.applications)}


def refuse_elsewhere(session: Session, operation: Operation, actor: Actor) -> None:
    """Refuse in a member's own record what belongs to the office's, and what only the member enters."""
    if (operation.kind in ALLOWED and operation.kind not in OF_MEMBER) or not is_members_own(session):
        return
    name = session.scalar(select(person_table.c.name).join(member_table))
    from_paper = getattr(operation, "from_paper", False)
    refuse(PACKS.elsewhere(name, actor.name, operation.kind in ALLOWED, from_paper))


def refuse_in_members_own(session: Session, action: str) -> None:
    """Refuse to show what only the office's record can say; `action` is what was asked for."""
    if is_members_own(session):
        raise Refused(
            f"This is a panel member's own record, with one member's marks; {action} belongs to the office's "
            "record."
        )


PACK, RETURN = ".gpack", ".greturn"


def pack_file(round_name: str, code: str, number: int) -> str:
    """Return the name of a member's pack: "Autumn M1 pack 2.gpack"."""
    return file_name(f"{round_name} {code} pack {number}") + PACK


def return_file(round_name: str, code: str, number: int) -> str:
    """Return the name of a member's return: "Autumn M1 return 2.greturn"."""
    return file_name(f"{round_name} {code} return {number}") + RETURN


def record_file(round_name: str, code: str) -> str:
    """Return the name of the record that a member keeps: "Autumn M1.panel"."""
    return file_name(f"{round_name} {code}") + ".panel"
