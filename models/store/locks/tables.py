"""The one declaration of the locks: who reads each table, and by which kinds of change it is written."""

from collections.abc import Iterable, Mapping
from enum import Enum

from msgspec import Struct, field

from models.permissions.condition import Condition
from models.permissions.papers import CLOSABLE, PAPERS_OF_CHAIR
from models.permissions.table import PERMISSIONS
from models.role import MINUTERS, MONEY, OFFICE, PANEL, SIGNING, Role, Roles
from models.schema import tables as schema
from models.schema.base import MARKED

Kinds = tuple[str, ...]


class Rests(Enum):
    """What the rows of a table tell of: nothing that closes, an application itself, or marks given to it.

    The value is what gives the numbers of the applications whose rows are closed.
    """

    ON_NOTHING = ""
    ON_APPLICATION = "locks.barred()"
    ON_MARKS = "locks.unseen()"


class Lock(Struct, frozen=True):
    """Who reads the rows of a table, and by which kinds of change they are written.

    `readers` None is everybody with a role in the record; `reads` is what else must hold of a row that is
    read. `rests` None is of the application where the table has a column of one. `checks` are, by condition
    of a permission, what must hold of a row that is written; `unchecked` is what must hold of one that is
    written by a kind whose conditions have no check here. In both, ROUND is the row's round. `columns` are
    all that an update may change, None any, in which case rows are removed as well.
    """

    kinds: Kinds = ()
    readers: Roles | None = None
    rests: Rests | None = None
    reads: str = ""
    checks: Mapping[Condition, str] = field(default_factory=dict)
    unchecked: str = ""
    columns: tuple[str, ...] | None = None


def among(column: str, rows: str) -> str:
    """Return what is NULL but in rows whose column is among others, looked up once a statement.

    A look-up in JSON costs nothing in the engine's reckoning, so that no comparison comes before it: one that
    ran first over closed rows would be told by EXPLAIN ANALYZE. A call of a function, however cheap, comes
    after `IS NULL` and a yes or no.
    """
    return f"(SELECT coalesce(jsonb_object_agg(key, 1), '{{}}') FROM {rows} AS key)[{column}]"


def among_words(column: str, words: Iterable[str]) -> str:
    """Return the same of words that are known beforehand."""
    return f"(SELECT jsonb_object_agg(key, 1) FROM unnest({sql_list(words)}::text[]) AS key)[{column}]"


def sql_list(words: Iterable[str]) -> str:
    """Return words as a list of the engine's, which holds no quotes of its own."""
    return "'{" + ",".join(words) + "}'"


def _alike(kind: str) -> Kinds:
    """Return the kinds of change that are made in the roles of one, without a condition."""
    return tuple(
        name
        for name, one in PERMISSIONS.items()
        if (one.roles, one.conditions) == (PERMISSIONS[kind].roles, ())
    )


OFFICE_WORK = tuple(kind for kind in _alike("load round") if kind != "erase bodies")  # it empties
MONEY_WORK = _alike("set due")
MEETING_WORK: Kinds = ("agree marks", "set agreed mark", "set dissent", "set attendance", "set attendances")
MEETING_WORK += ("keep for panel",)
MEETING_WORK += ("set meeting held", "close item", "open item", "confirm record", "open record")
ON_APPLICATION: Kinds = ("set gate", "set gates", "set choices", "correct application", "keep apart")
ON_APPLICATION += ("set withdrawn", "change direct award", "remove direct award")
TAKING_UP: Kinds = (
    "set gate",
    "set gates",
    "correct application",
    "set withdrawn",
    "move areas",
)
"""What may make sheets due again whose members could read others' marks: it marks these."""
ON_CHAIR = ("set not applicable", "decide exception", "decide tie", "put tie back")
MOVING = ("move areas", "sign recommendations")

_ROUNDS: Kinds = ("bring area back", "load round", "put returns back", "put round back", "remove round")
_ROUNDS += ("replace round", "take in returns", "take in rounds")
WHOLE = ("erase bodies", *_ROUNDS)
"""What writes sheets of others without being told whose, or erases words: of officers without a seat or an
interest, since a row that is closed to them would be left out in silence."""
OF_ORGANISATIONS = ("merge organisations", "separate organisations", "keep organisations apart")
ALSO_TOUCHED: Mapping[str, Kinds] = {
    **dict.fromkeys(("declare to sign", "give role"), ("people",)),
    "erase bodies": (
        *(table.name for table in schema.TABLES if any(one.info[MARKED] for one in table.c)),
        *("application_choices", "bank_details", "bank_endings", "disposals", "matchings"),
    ),
    **dict.fromkeys(OF_ORGANISATIONS, ("applications", "organisations", "organisation_aliases")),
    "move areas": ("gates", "gate_results"),
    "record decisions": ("areas", "award_variations", "bank_details"),
    "set agreement template": ("agreement_templates",),
    **dict.fromkeys(("start round", "take back round"), ("return_bands",)),
    "take in returns": ("interests", "interest_words"),
}
"""By kind, tables that are written as well, by whoever may write them by another kind of the same roles."""
OF_ROUNDS = (*_ROUNDS, "remove direct award")
"""What may touch every table, as it puts rounds in or takes them out as a whole."""
TELL_INTERESTS = (
    *("add interest", "add member", "bring area back", "change panel", "declare", "declare to sign"),
    "erase bodies",
    *("load round", "put pack back", "put returns back", "put round back", "replace round"),
    *("take in returns", "take in rounds"),
)
"""In whose journal rows the words of an interest may stand: these are read by whom the window shows them."""
ELSEWHERE = ("open pack", "update pack", "put pack back", "make return")
"""What is done in a member's own record alone, never on a server."""

KEEPS_CLOSED = (
    *("interests", "interest_words", "signer_interests", "sign_offs", "members", "people"),
    *("areas", "applications", "gates", "gate_results", "direct_rounds", "round_roles"),
)
"""The tables whose rows decide what is closed to whom."""
RANKS_BY = (
    *("interests", "sheets", "marks", "agreements", "agreed_marks", "not_applicable", "chair_decisions"),
    *("rounds", "schemes", "criteria", "scheme_amendments", "scheme_tolerances", "areas", "area_allowances"),
    *("applications", "gates", "gate_results", "members"),
)
"""The tables by which a round is ranked."""
PUTS_IN: Kinds = ("load round", "replace round", "import applications", "bring back applications")
PUTS_IN += ("add direct award",)
"""By whose words an application is known to have been in a round."""
HOLD_ROWS: Kinds = ("erase bodies", "put round back", "take as found", "take in rounds")
"""Whose words hold rows of tables, in which applications stand by number."""
OPENS: Mapping[str, Kinds] = {
    "sheets": ("hand in", "hand in sheets", "declare", *TAKING_UP),
    **dict.fromkeys(("interests", "interest_words"), ("declare", "add interest", "set chair scores")),
    **dict.fromkeys(("signer_interests", "people"), ("declare to sign",)),
    "sign_offs": ("record decisions",),
    "areas": (*MOVING, "close round", "reopen round", "record decisions", "remove area"),
    "applications": (
        *("set withdrawn", "correct application", "change applications", "import applications"),
        *("remove applications", "bring back applications"),
    ),
    "gates": (*MOVING, "edit scheme"),
    "gate_results": (
        *("set gate", "set gates", "correct application", "change applications", "import applications"),
        *("remove applications", "bring back applications", *MOVING),
    ),
    "direct_rounds": ("add direct award", "change direct award", "remove direct award"),
    "members": ("remove member", "change panel"),
    "round_roles": ("give role", "name signatories", "change direct award"),
}
"""By table that decides what is closed, the kinds of changes that may open something by it."""

AWARD_READERS: Roles = (*MONEY, *SIGNING)
_SEATED = "NOT locks.has_part(ROUND)"
_OWN = "member_id IN (SELECT locks.own_members())"


def _signed(application: str) -> Mapping[Condition, str]:
    """Return what must hold of a signature: of one application, or ("NULL") of whatever its step signs."""
    return {
        Condition.SIGNS_IN_PERSON: "locks.is_me(signed_by) AND NOT is_from_paper "
        f"AND locks.signs(ROUND, step, {application}) AND NOT locks.scored(signed_by, ROUND)",
        Condition.SIGNER_DID_NOT_SCORE: "locks.is_me(recorded_by) AND is_from_paper "
        "AND NOT locks.scored(signed_by, ROUND)",
    }


_OF_CHAIR = f"(SELECT locks.has({sql_list(MONEY)})) OR paper = ANY ({sql_list(sorted(PAPERS_OF_CHAIR))})"
_OPEN_PAPER = f"{among('round_id', 'locks.closed_rounds()')} IS NULL"
_MAYBE_OPEN = f"round_id IS NULL OR {_OPEN_PAPER} OR {among_words('paper', sorted(CLOSABLE))} IS NULL"
_UIDS = (
    f"({among('application', 'locks.unseen_uids()')} IS NULL "
    f"OR {among('member', 'locks.own_uids()')} IS NOT NULL) "
    f"AND {among('application', 'locks.barred_uids()')} IS NULL"
)
_SAID = f"(SELECT locks.has('{{officer}}')) OR {among('member', 'locks.open_uids()')} IS NOT NULL"
_REVISIONS = f"{_UIDS} AND ({among_words('slot', ('interest',))} IS NULL OR {_SAID})"
_WORDS = (
    f"(SELECT locks.has({sql_list(MONEY)})) OR {among('interest_id', 'locks.open_interests()')} IS NOT NULL"
)
_MARKS = (
    f"{among('sheet_id', 'locks.own_sheets()')} IS NOT NULL "
    f"OR {among('sheet_id', 'locks.closed_sheets()')} IS NULL"
)
_DECLARED = f"locks.acts({sql_list(OFFICE)}, ROUND) OR {_OWN}"
_INTEREST = (
    f"locks.acts('{{officer,note-taker}}', ROUND) OR {_OWN} "
    "OR locks.acts('{chair}', ROUND) AND kind IN ('pecuniary', 'non-pecuniary', 'prejudicial')"
)
_OWN_WORDS = "interest_id IN (SELECT locks.own_interests())"
_OFFICE_ONLY = Lock(OFFICE_WORK)
_APPLICATIONS = Lock((*OFFICE_WORK, *ON_APPLICATION))
_AWARDS = Lock(MONEY_WORK)
_MEETING = Lock((*MEETING_WORK, *OFFICE_WORK, *MOVING))
_ON_MARKS = Lock((*MEETING_WORK, *OFFICE_WORK), rests=Rests.ON_MARKS)
_CHECKS = Lock(("set check", "load register", *MONEY_WORK), AWARD_READERS)
_ACCOUNTS = Lock((*MONEY_WORK, "set bank details", "delete bank details", "check bank details"), MONEY)
_PACKS = Lock((*OFFICE_WORK, "take in returns"), OFFICE)

LOCKS: dict[str, Lock] = {
    # the office, its funds and rounds
    **dict.fromkeys(("office", "office_fact", "office_logo", "setting"), _OFFICE_ONLY),
    **dict.fromkeys(("funds", "fund_names", "fund_years", "fund_sources", "financial_years"), _OFFICE_ONLY),
    **dict.fromkeys(("matchings", "area_spellings", "reason_rules", "area_allowances"), _OFFICE_ONLY),
    **dict.fromkeys(
        ("rounds", "schemes", "criteria"), Lock((*OFFICE_WORK, "publish scheme", "amend scheme"))
    ),
    "scheme_amendments": Lock((*OFFICE_WORK, "amend scheme")),
    # and by the officer who records from paper what was decided: not by "record decisions", whose signers
    # would be let change an area's money
    "areas": Lock((*OFFICE_WORK, *MOVING, *ON_APPLICATION)),
    "publisher": Lock(("set publisher",)),
    # people and the panel
    **dict.fromkeys(("people", "members", "member_areas"), _OFFICE_ONLY),
    "signing_areas": Lock((*OFFICE_WORK, "give role")),
    "round_roles": Lock(
        (*OFFICE_WORK, "give role", "change direct award"),
        unchecked=f"role <> ALL ({sql_list(SIGNING)}) "
        "OR NOT locks.scored(locks.name_of(person_id), round_id)",
    ),
    "interests": Lock(
        (*OFFICE_WORK, "declare", "add interest", "set chair scores"),
        rests=Rests.ON_NOTHING,
        checks={
            Condition.OWN_DECLARATION: _DECLARED,
            Condition.OWN_INTEREST: _INTEREST,
            Condition.OWN_WORD_OF_CHAIR: _OWN,
        },
    ),
    "interest_words": Lock(  # read by their member, by who records them, and by who writes every paper
        (*OFFICE_WORK, "declare", "add interest", "set chair scores"),
        reads=_WORDS,
        checks={
            Condition.OWN_DECLARATION: f"locks.acts({sql_list(OFFICE)}, ROUND) OR {_OWN_WORDS}",
            Condition.OWN_INTEREST: f"locks.acts({sql_list(MINUTERS)}, ROUND) OR {_OWN_WORDS}",
            Condition.OWN_WORD_OF_CHAIR: _OWN_WORDS,
        },
    ),
    "signer_interests": Lock(
        ("load round", "declare to sign"),
        (Role.OFFICER, Role.CHAIR, Role.FINANCE, *SIGNING),
        rests=Rests.ON_NOTHING,
        checks={
            Condition.OWN_DECLARATION: f"locks.acts({sql_list(OFFICE)}, ROUND) "
            "OR locks.is_me(locks.name_of(person_id))"
        },
    ),
    "sheets": Lock(
        (
            *("set mark", "set reason"),  # what is asked of most rows is asked first
            *OFFICE_WORK,
            "hand in",
            "hand in sheets",
            "reopen sheet",
            "take in returns",
            "declare",
            *TAKING_UP,
        ),
        rests=Rests.ON_NOTHING,
        checks={
            Condition.OWN_DECLARATION: "locks.acts('{chair}', ROUND)",
            Condition.OWN_SHEET: f"{_OWN} AND application_id NOT IN (SELECT locks.barred())",
            Condition.TYPED_FROM_PAPER: _SEATED,
            Condition.WITHOUT_INTEREST: "application_id NOT IN (SELECT locks.barred())",
        },
        unchecked=f"{_SEATED} OR NOT is_submitted",  # which ones, `check_sheet` says
    ),
    "marks": Lock(
        ("set mark", "set reason", *OFFICE_WORK, "take in returns"),
        rests=Rests.ON_NOTHING,
        reads=_MARKS,
        checks={
            Condition.OWN_SHEET: "locks.is_own_open_sheet(sheet_id)",
            Condition.TYPED_FROM_PAPER: f"{_SEATED} "  # officers load what is handed in as well
            "AND NOT EXISTS (SELECT FROM public.sheets s WHERE s.id = sheet_id AND s.is_submitted)",
        },
        unchecked=_SEATED,
    ),
    "first_marks": Lock(
        (*OFFICE_WORK, "reopen sheet"),
        rests=Rests.ON_MARKS,
        checks={Condition.WITHOUT_INTEREST: "application_id NOT IN (SELECT locks.barred())"},
        unchecked=_SEATED,
    ),
    **dict.fromkeys(("agreements", "agreed_marks", "panel_only_reasons"), _ON_MARKS),
    **dict.fromkeys(("attendance", "meetings", "closed_items", "confirmed_records"), _MEETING),
    **dict.fromkeys(("not_applicable", "chair_decisions"), Lock((*OFFICE_WORK, *ON_CHAIR, *ON_APPLICATION))),
    # applications
    **dict.fromkeys(("applications", "application_choices", "corrections", "gate_results"), _APPLICATIONS),
    **dict.fromkeys(
        ("direct_rounds", "direct_awards", "onward_grants", "gates", "kept_apart"), _APPLICATIONS
    ),
    **dict.fromkeys(("organisations", "organisation_aliases"), _APPLICATIONS),
    "organisation_merges": Lock(
        OF_ORGANISATIONS,
        checks={
            Condition.WITHOUT_INTEREST_IN_THEM: "NOT locks.is_barred_organisation(merged_id) "
            "AND NOT locks.is_barred_organisation(into_id)"
        },
    ),
    **dict.fromkeys(("retention", "holds", "disposals"), _OFFICE_ONLY),
    # recommending and deciding
    "recommendations": Lock(
        ("record recommendations", "add direct award", *ON_APPLICATION),
        rests=Rests.ON_MARKS,
    ),
    "recommendation_signatures": Lock(  # the chair signs the list as a whole, and everybody may know that
        (*ON_APPLICATION, "add direct award", *MOVING, "record decisions"), rests=Rests.ON_NOTHING
    ),
    "sign_offs": Lock(("record decisions",), checks=_signed("NULL"), columns=()),
    "decisions": Lock(
        ("record decisions", "take back signature"), rests=Rests.ON_MARKS, columns=("ended_by",)
    ),
    "challenges": Lock(("add challenge", "set challenge", "remove challenge"), (Role.OFFICER, *SIGNING)),
    # awards and the year
    "awards": Lock((*MONEY_WORK, "record decisions", "sign variation", "export accounts", "pay instalment")),
    "instalments": Lock(
        (*MONEY_WORK, "record decisions", "sign variation", "pay instalment", "record payments")
    ),
    "award_variations": Lock((*MONEY_WORK, "sign variation")),
    "variation_signatures": Lock(("sign variation",), checks=_signed("application_id"), columns=()),
    **dict.fromkeys(("award_returns", "award_recoveries", "award_agreements", "award_subsidies"), _AWARDS),
    **dict.fromkeys(("withheld_names",), _AWARDS),
    **dict.fromkeys(("agreement_templates", "agreed_outputs", "return_bands"), _AWARDS),
    "monitoring_returns": Lock((*MONEY_WORK, "sign variation")),
    **dict.fromkeys(("output_progress", "supported_numbers", "monitoring_visits"), _AWARDS),
    **dict.fromkeys(("year_lines", "year_spent", "year_decisions", "budget_moves"), _AWARDS),
    **dict.fromkeys(("budget_contributions", "spending_plans", "printed_tables", "printed_figures"), _AWARDS),
    **dict.fromkeys(("payment_layouts", "finance_codes"), _AWARDS),
    "bank_endings": Lock((*_ACCOUNTS.kinds, "record decisions")),
    **dict.fromkeys(("award_checks", "register_extracts", "register_entries"), _CHECKS),
    **dict.fromkeys(("bank_details", "supplier_numbers"), _ACCOUNTS),
    # papers and packs
    "paper_issues": Lock(
        ("issue paper", "erase bodies"),
        reads=_MAYBE_OPEN,
        checks={Condition.CHAIRS_PAPER: _OF_CHAIR},
        columns=("content",),
    ),
    "paper_files": Lock(  # a kept file is as closed as its paper
        ("issue paper", "erase bodies"),
        reads=f"{among('issue_id', '(SELECT id AS key FROM public.paper_issues)')} IS NOT NULL",
        checks={
            Condition.CHAIRS_PAPER: f"issue_id IN (SELECT id FROM public.paper_issues WHERE {_OF_CHAIR})"
        },
        columns=("erased_at",),
    ),
    "file_pieces": Lock(
        ("issue paper", "erase bodies"),
        reads=f"{among('sha256', '(SELECT sha256 AS key FROM public.paper_files)')} IS NOT NULL",
    ),
    "paper_texts": Lock(
        (*OFFICE_WORK, "set paper texts", *ON_APPLICATION),
        reads=f"{among('round_id', 'locks.barred_rounds()')} IS NULL "
        f"AND {among('subject', 'locks.closed_subjects()')} IS NULL",
        checks={Condition.CHAIRS_PAPER: _OF_CHAIR},
    ),
    **dict.fromkeys(("packs", "pack_items", "member_keys", "private_keys"), _PACKS),
    "returned": Lock(_PACKS.kinds, OFFICE, reads="NOT EXISTS (SELECT locks.unseen())"),
    "revisions": Lock(_PACKS.kinds, (Role.OFFICER, *PANEL), reads=_REVISIONS, unchecked=_UIDS),
}
"""Every table but those that the journal is kept in, which `journal` locks by hand."""
