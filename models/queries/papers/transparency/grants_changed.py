"""Ask when what open data tells of each award was last changed, by the record's own journal.

It is never the day on which a file is written: two files of the same say the same.
"""

import json
from collections.abc import Collection, Iterator
from datetime import datetime

from models.journal.canonical import Json
from models.journal.tombstones import said_rows
from models.operations.applications.choosing import SetChoices
from models.operations.applications.corrections import ChangeApplications, CorrectApplication, SetWithdrawn
from models.operations.applications.organisations import (
    MergeOrganisations,
    PartOrganisations,
    SeparateOrganisations,
)
from models.operations.awards.direct.direct_awards import AddDirectAward, ChangeDirectAward
from models.operations.awards.variations.recoveries import AskBack, TakeBackRequest
from models.operations.awards.variations.signing import SignVariation, WithdrawVariation
from models.operations.awards.variations.vary import TakeBackVariation, VaryAward
from models.operations.awards.withhold_name import SetWithheldName
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.take_back import TakeBackSignature
from models.operations.papers.paper_texts import SetPaperTexts
from models.operations.set_up.fund_changes import RenameFund
from models.operations.set_up.office_facts import SetOfficeFacts, SetPublisher
from models.papers.texts import PUBLICATION
from models.session import Session

Sheet = tuple[int | None, str]
"""A round by number, and an application of it."""
OF_GRANTS = (
    RecordDecisions,
    TakeBackSignature,
    VaryAward,
    SignVariation,
    WithdrawVariation,
    TakeBackVariation,
    AskBack,
    TakeBackRequest,
    SetWithdrawn,
    CorrectApplication,
    ChangeApplications,
    SetChoices,
    SetPaperTexts,
    SetWithheldName,
    AddDirectAward,
    ChangeDirectAward,
)
"""What names the applications that it changes."""
OF_ALL = (
    SetPublisher,
    SetOfficeFacts,
    RenameFund,
    MergeOrganisations,
    SeparateOrganisations,
    PartOrganisations,
)
"""What may change something on every grant: who publishes, once somebody did before, places, programmes and
recipients."""
_FACTS = {"name", "area_codes"}


def grants_changed(session: Session, grants: Collection[Sheet]) -> dict[Sheet, datetime]:
    """Return when each of these was changed last; one of which the journal tells nothing is left out."""
    wanted, found = frozenset(grants), dict[Sheet, datetime]()
    of_all, publishes = {one.kind for one in OF_ALL}, ""
    for _, at, _, kind, body in said_rows(session, [one.kind for one in (*OF_GRANTS, *OF_ALL)]):
        told: Json = json.loads(body)
        if kind == SetPublisher.kind:
            changed = wanted if publishes not in ("", body) else frozenset()
            publishes = body
        elif kind in of_all:
            changed = wanted if _is_told(kind, told) else frozenset()
        else:
            changed = wanted.intersection(_named(told)) if _is_published(kind, told) else frozenset()
        found.update(dict.fromkeys(changed, at))
    return found


def _is_told(kind: str, body: Json) -> bool:
    """Whether a change of the whole office is one of what open data says."""
    if kind != SetOfficeFacts.kind:
        return True
    changes = body.get("changes") if isinstance(body, dict) else None
    of = changes if isinstance(changes, list) else []
    return any(isinstance(one, dict) and one.get("key") in _FACTS for one in of)


def _is_published(kind: str, body: Json) -> bool:
    """Whether texts are those that lists for the public print; anything else is."""
    return kind != SetPaperTexts.kind or (isinstance(body, dict) and body.get("paper") == PUBLICATION)


def _named(body: Json, round_id: int | None = None) -> Iterator[Sheet]:
    """Yield every text of a change with the round that it stands under."""
    if isinstance(body, dict):
        own = body.get("round_id", round_id)
        for part in body.values():
            yield from _named(part, own if isinstance(own, int) else round_id)
    elif isinstance(body, list):
        for part in body:
            yield from _named(part, round_id)
    elif isinstance(body, str):
        yield round_id, body
