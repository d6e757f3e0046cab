"""The one table of who may do what: each kind of operation, its roles and its conditions."""

from msgspec import Struct

from models.operation import Operation
from models.permissions.condition import Condition
from models.role import CHAIR, EXPORTING, MINUTERS, MONEY, OFFICE, PANEL, SIGNING, TYPISTS, Role, Roles


class Permission(Struct, frozen=True):
    """In which roles an operation may be done, what it is called in a refusal, and under what conditions.

    `roles` is None for whoever holds the record. `action` completes "An officer or the chair …". `on_paper`
    stands in the place of all where the operation enters what somebody else did on paper.
    """

    roles: Roles | None
    action: str = ""
    conditions: tuple[Condition, ...] = ()
    on_paper: "Permission | None" = None

    def of(self, operation: Operation) -> "Permission":
        """Return what counts for one operation: itself, or what counts on paper."""
        is_paper = bool(getattr(operation, "from_paper", False))
        return self.on_paper if is_paper and self.on_paper is not None else self


UNLISTED = Permission(OFFICE, "does this")
"""What counts for a kind that no line below names, as one of a later program; a test finds those of ours."""
ANYBODY = Permission(None)
"""What is done to the file as a whole, by whoever holds it: a copy, a passphrase, a repair."""
_PAPER_SHEET = Permission(TYPISTS, "types in paper sheets", (Condition.TYPED_FROM_PAPER,))
_PAPER_DECISION = Permission(
    (Role.OFFICER,),
    "records, from paper, what a step of the chain signed or decided",
    (Condition.SIGNER_DID_NOT_SCORE,),
)
_PAPER_SIGNATURE = Permission((Role.OFFICER,), "records, from paper, what the chair signed")
_SIGNING = Permission(
    SIGNING, "signs decisions in person", (Condition.SIGNS_IN_PERSON,), on_paper=_PAPER_DECISION
)

_SIGNING_MORE = Permission(
    SIGNING,
    "signs decisions in person",
    (Condition.SIGNS_IN_PERSON, Condition.WITHOUT_INTEREST),
    on_paper=_PAPER_DECISION,
)


def _of_office(action: str, *under: Condition) -> Permission:
    return Permission(OFFICE, action, under)


def _of_chair(action: str, *under: Condition) -> Permission:
    return Permission(CHAIR, action, under)


def _of_chair_or_in_place(action: str) -> Permission:
    """Return what is the chair's, and what a member ruled in the chair's place, put down by an officer."""
    under = (Condition.WITHOUT_INTEREST,)
    said = Permission((Role.OFFICER,), "records what a member ruled in the chair’s place", under)
    return Permission(CHAIR, action, under, on_paper=said)


def _of_money(action: str, *under: Condition) -> Permission:
    return Permission(MONEY, action, under)


def _own_sheet(action: str) -> Permission:
    return Permission(PANEL, action, (Condition.OWN_SHEET,), on_paper=_PAPER_SHEET)


def _on_application(action: str) -> Permission:
    return _of_office(action, Condition.WITHOUT_INTEREST)


_AWARDS = _of_money("manages awards")
_MEETING = Permission(MINUTERS, "records the meeting", (Condition.WITHOUT_INTEREST,))
_CHALLENGE = Permission((Role.OFFICER,), "records challenges", (Condition.WITHOUT_INTEREST,))
_ORGANISATIONS = _of_office("says which organisations are one", Condition.WITHOUT_INTEREST_IN_THEM)
_DECLARING = (*PANEL, Role.OFFICER)

PERMISSIONS: dict[str, Permission] = {
    # the office, its funds and rounds
    "set up office": _of_office("sets the office up"),
    "set office facts": _of_office("changes what papers say of the office"),
    "add fund": _of_office("adds a fund"),
    "remove fund": _of_office("removes a fund"),
    "set fund": _of_office("changes a fund"),
    "rename fund": _of_office("renames a fund"),
    "close fund": _of_office("closes a fund"),
    "set fund year": _of_office("sets the money of a fund"),
    "start round": _of_office("starts a round"),
    "take back round": _of_office("removes a round"),
    "load round": _of_office("loads a round workbook"),
    "remove round": _of_office("removes a round"),
    "replace round": _of_office("brings a round up to date from a workbook"),
    "put round back": _of_office("puts a round back"),
    "edit scheme": _of_office("drafts the criteria"),
    "publish scheme": _of_chair("publishes the criteria"),
    "amend scheme": _of_chair("amends published criteria"),
    "add area": _of_office("adds an area"),
    "remove area": _of_office("removes an area"),
    "rename area": _of_office("renames an area"),
    "confirm carried": _of_office("confirms what a copied round got"),
    "set area dates": _of_office("sets the dates of an area"),
    "set pot": _of_office("sets the budget of an area"),
    "move areas": _of_chair("moves an area on"),
    "close round": _of_office("closes a round"),
    "reopen round": _of_office("opens a round again"),
    "set reason rule": _of_office("says whether reasons are required"),
    "set marking": _of_office("sets the marking of a round"),
    "give role": _of_office("gives people their roles", Condition.GETS_NO_SIGNING_ROLE_AFTER_SCORING),
    "take role": _of_office("takes a role from somebody"),
    "name signatories": _of_office("says who signs after the panel"),
    # applications
    "import applications": _of_office("imports applications"),
    "remove applications": _of_office("removes applications"),
    "bring back applications": _of_office("brings applications back"),
    "change applications": _of_office("changes applications"),
    "set gate": _on_application("sets a gate"),
    "set gates": _on_application("sets gates"),
    "set choices": _on_application("says what an application is for"),
    "correct application": _on_application("corrects an application"),
    "set withdrawn": _on_application("withdraws an application"),
    "keep apart": _on_application("says which applications are two"),
    "merge organisations": _ORGANISATIONS,
    "separate organisations": _ORGANISATIONS,
    "keep organisations apart": _ORGANISATIONS,
    # the panel, its sheets and its meeting
    "add member": _of_office("adds a member"),
    "edit member": _of_office("corrects a member"),
    "remove member": _of_office("removes a member"),
    "change panel": _of_office("changes the panel"),
    "declare": Permission(_DECLARING, "records a declaration", (Condition.OWN_DECLARATION,)),
    "declare to sign": Permission(
        (*SIGNING, *OFFICE), "declares before signing", (Condition.OWN_DECLARATION,)
    ),
    "add interest": Permission(
        (*_DECLARING, Role.NOTE_TAKER), "records an interest", (Condition.OWN_INTEREST,)
    ),
    "set chair scores": _of_chair("says whether the chair scores", Condition.OWN_WORD_OF_CHAIR),
    "set mark": _own_sheet("marks their own sheet"),
    "set reason": _own_sheet("gives reasons on their own sheet"),
    "hand in": _own_sheet("hands in their own sheet"),
    "hand in sheets": _own_sheet("hands in their own sheets"),
    "reopen sheet": _of_chair_or_in_place("reopens a sheet"),
    "set agreed mark": _MEETING,
    "set dissent": _MEETING,
    "keep for panel": _MEETING,
    "agree marks": _MEETING,
    "set attendance": _MEETING,
    "set attendances": _MEETING,
    "set meeting held": _MEETING,
    "close item": _MEETING,
    "open item": _MEETING,
    "confirm record": _MEETING,
    "open record": _of_chair("opens confirmed minutes again"),
    "set not applicable": _of_chair_or_in_place("sets a criterion aside"),
    # recommending and deciding
    "decide exception": _of_chair_or_in_place("decides an exception"),
    "decide tie": _of_chair_or_in_place("decides a tie"),
    "put tie back": _of_chair_or_in_place("takes back the decision on a tie"),
    "allow over pot": _of_office("records who allows money over a pot"),
    "record recommendations": _on_application("records recommendations"),
    "sign recommendations": Permission(CHAIR, "signs the recommendations", on_paper=_PAPER_SIGNATURE),
    "record decisions": _SIGNING,
    "take back signature": _SIGNING,
    "add challenge": _CHALLENGE,
    "remove challenge": _CHALLENGE,
    "set challenge": _CHALLENGE,
    # awards and the year
    "add direct award": _of_office("proposes an award without a competition"),
    "change direct award": _on_application("changes a proposed award"),
    "remove direct award": _on_application("removes a proposed award"),
    "set instalments": _AWARDS,
    "sign agreement": _AWARDS,
    "record agreement": _AWARDS,
    "set agreement template": _of_office("changes the template of agreements"),
    "set subsidy": _of_money("records subsidy control"),
    "set withheld name": _of_money("withholds a recipient's name"),
    "load register": _of_money("loads public registers"),
    "set check": _of_money("records due diligence"),
    "pay instalment": Permission((Role.FINANCE,), "authorises payments", (Condition.DECIDED_NOTHING,)),
    "set proof": _AWARDS,
    "hold award": _AWARDS,
    "set returned": _AWARDS,
    "set due": _AWARDS,
    "record payments": Permission((Role.FINANCE,), "authorises payments"),
    "set payment layout": _of_money("lays payment files out"),
    "vary award": _of_money("varies awards"),
    "take back variation": _of_money("varies awards"),
    "withdraw variation": _of_money("varies awards"),
    "sign variation": _SIGNING_MORE,
    "ask back": _of_money("asks for money back"),
    "set finance codes": _AWARDS,
    "set supplier number": _AWARDS,
    "set bank details": _of_money("records bank details"),
    "check bank details": _of_money("verifies bank details"),
    "show bank details": _of_money("looks at bank details"),
    "delete bank details": _of_money("deletes bank details"),
    "export accounts": _of_money("writes accounts on paper", Condition.DECIDED_NOTHING),
    "note accounts files": _of_money("writes accounts on paper"),
    "set return bands": _AWARDS,
    "set agreed outputs": _AWARDS,
    "plan returns": _AWARDS,
    "put returns": _AWARDS,
    "set visits": _AWARDS,
    "set year lines": _of_money("works on the end of a year"),
    "set expenditure": _of_money("works on the end of a year"),
    "decide year end": _of_money("works on the end of a year"),
    "change budget": _of_money("manages the year's money"),
    "move budget": _of_money("manages the year's money"),
    "contribute": _of_money("manages the year's money"),
    "set spending plan": _of_money("manages the year's money"),
    "add printed tables": _of_money("manages the figures of earlier years"),
    "remove printed tables": _of_money("manages the figures of earlier years"),
    # papers
    "issue paper": Permission(
        EXPORTING, "exports papers", (Condition.CHAIRS_PAPER, Condition.PAPER_WITHOUT_INTEREST)
    ),
    "set paper texts": Permission(EXPORTING, "writes the words of a paper", (Condition.CHAIRS_PAPER,)),
    "set publisher": Permission(EXPORTING, "says who publishes"),
    # packs and returns
    "issue pack": _of_office("issues a pack"),
    "take in returns": _of_office("imports returns", Condition.SETTLES_NO_RETURN),
    "put returns back": _of_office("imports returns"),
    "take area out": _of_office("takes an area out"),
    "bring area back": _of_office("brings an area back"),
    "take in rounds": _of_office("imports the rounds of another record"),
    "open pack": Permission(PANEL, "opens their own pack"),
    "update pack": Permission(PANEL, "opens their own pack"),
    "put pack back": Permission(PANEL, "opens their own pack"),
    "make return": Permission(PANEL, "makes their own return"),
    # how long things are kept
    "erase bodies": _of_office("erases what applicants wrote"),
    "set retention": _of_office("sets how long applications are kept"),
    "hold application": _of_office("holds an application back from disposal"),
    # the record as a whole
    "make record": ANYBODY,
    "upgrade record": ANYBODY,
    "restore record": ANYBODY,
    "change passphrase": ANYBODY,
    "keep record plain": ANYBODY,
    "take over record": ANYBODY,
    "salvage record": ANYBODY,
    "take as found": ANYBODY,
}
