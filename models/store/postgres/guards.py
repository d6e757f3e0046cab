"""How the tables of a record on a server guard themselves, as those of a file do.

Beside the guards stands `journal_head`, one row that whoever writes takes first: it is the counterpart of the
lock on a file. A row of the journal moves it, and tells all who listen.

Nobody writes over what somebody else changed since they looked: whoever writes names, in `UNSEEN`, the
transactions that they did not see yet, and a row that one of these wrote last is neither changed nor removed.
"""

from collections.abc import Iterable

from models.store import definition
from models.store.sqlite.engine import APPLICATION_ID

CHANNEL = "grant_panel"
"""Where the number of each new row of the journal is announced."""

UNSEEN = "grant_panel.unseen"
"""The setting of a transaction that names the transactions whose changes were not seen from there."""
UNSEEN_ROWS = "grant_panel.unseen_rows"
"""The same by the rows of the journal that they wrote."""
OVERWRITES = "GP001"
"""The state of the error that says so; its detail is the journal's row whose change would be lost."""

HEAD = f"""
CREATE TABLE public.journal_head (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    seq bigint NOT NULL,
    hash bytea NOT NULL,
    at text,
    application_id bigint NOT NULL DEFAULT {APPLICATION_ID}
);
INSERT INTO public.journal_head SELECT true, 0, decode(repeat('00', 32), 'hex'), NULL;
"""


def _refusing(words: str, guards: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what guards do that refuse a row in some words, by the names of their functions."""
    return {
        name.removesuffix("()"): f"""
    IF {condition} THEN
        RAISE integrity_constraint_violation USING MESSAGE = '{words}';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;"""
        for name, condition in guards
    }


_FUNCTIONS = {
    **{
        name.removesuffix("()"): f"""
    PERFORM FROM public.journal_head FOR UPDATE;  -- so that no two write halves of one ring at once
    IF {condition} THEN
        RAISE integrity_constraint_violation USING MESSAGE = '{definition.ROUND_AGAIN}';
    END IF;
    RETURN NEW;"""
        for name, condition in definition.leading_back("public.")
    },
    **_refusing(definition.PAST_CHAIN, definition.past_chain("json_array_length({}::json)", "public.")),
    **_refusing(
        definition.AS_SIGNED,
        definition.beyond_signed(
            "LATERAL json_array_elements(nullif(r.chain, '')::json) WITH ORDINALITY AS one(value, place)",
            "(one.place - 1)",
            "json_array_length({})",
            "public.",
        ),
    ),
    **_refusing(definition.IN_EFFECT_STAYS, definition.ends_late("public.")),
    **_refusing(definition.WITHIN_AWARD, definition.beyond_award("public.")),
    "gp_refuse": """
    RAISE integrity_constraint_violation USING MESSAGE = TG_ARGV[0];""",
    "gp_journal_chain": """
    IF NEW.seq <> (SELECT seq + 1 FROM public.journal_head) THEN
        RAISE integrity_constraint_violation USING MESSAGE = 'the journal has no gaps';
    ELSIF NEW.prev <> (SELECT hash FROM public.journal_head) THEN
        RAISE integrity_constraint_violation
            USING MESSAGE = 'the journal row does not follow the one before';
    END IF;
    RETURN NEW;""",
    "gp_journal_moves": f"""
    UPDATE public.journal_head SET seq = NEW.seq, hash = NEW.hash, at = NEW.at;
    PERFORM pg_notify('{CHANNEL}', NEW.seq::text);
    RETURN NULL;""",
    "gp_body_last": """
    IF NEW.seq <> (SELECT seq FROM public.journal_head) THEN
        RAISE integrity_constraint_violation USING MESSAGE = 'a journal body belongs to the newest row';
    END IF;
    RETURN NEW;""",
    "gp_body_erased": """
    IF NOT EXISTS (SELECT 1 FROM public.erasure WHERE seq = OLD.seq) THEN
        RAISE integrity_constraint_violation
            USING MESSAGE = 'a journal body goes only by a recorded erasure';
    END IF;
    RETURN OLD;""",
    "gp_erasure_once": """
    IF NEW.by_seq <> (SELECT seq + 1 FROM public.journal_head) THEN
        RAISE integrity_constraint_violation
            USING MESSAGE = 'an erasure names an older row once, and the journal row to come';
    END IF;
    RETURN NEW;""",
    "gp_criteria_frozen": """
    IF (SELECT frozen_at FROM public.schemes WHERE id = OLD.scheme_id) IS NOT NULL THEN
        RAISE integrity_constraint_violation USING MESSAGE = 'a published scheme is never edited';
    END IF;
    RETURN NEW;""",
    "gp_unseen": f"""
    IF OLD.xmin::text = ANY (current_setting('{UNSEEN}')::text[]) THEN
        IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - TG_ARGV = to_jsonb(NEW) - TG_ARGV THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION USING ERRCODE = '{OVERWRITES}', MESSAGE = 'unseen',
            DETAIL = (SELECT max(seq) FROM public.journal WHERE xmin = OLD.xmin);
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;""",
    "gp_piece_of_a_whole": """
    IF NEW.pieces <> (
        SELECT p.pieces FROM public.file_pieces p WHERE ARRAY[p.sha256] = ARRAY[NEW.sha256]
        ORDER BY number LIMIT 1
    ) OR NEW.pieces <> (
        SELECT p.pieces FROM public.file_pieces p WHERE ARRAY[p.sha256] = ARRAY[NEW.sha256]
        ORDER BY number DESC LIMIT 1
    ) THEN
        RAISE integrity_constraint_violation USING MESSAGE = 'a kept file takes no further piece';
    END IF;
    RETURN NEW;""",
    "gp_piece_unwanted": """
    IF EXISTS (
        SELECT 1 FROM public.paper_files f
        WHERE f.pieces = OLD.sha256 AND f.is_kept AND f.erased_at IS NULL
    ) OR EXISTS (
        SELECT 1 FROM public.attachments a WHERE a.pieces = OLD.sha256 AND a.erased_at IS NULL
    ) THEN
        RAISE integrity_constraint_violation USING MESSAGE = 'a kept file goes only by an erasure';
    END IF;
    RETURN OLD;""",
    "gp_facts_erased": """
    IF length(NEW.content) >= length(OLD.content)
        OR NOT EXISTS (SELECT 1 FROM public.erasure WHERE by_seq > (SELECT seq FROM public.journal_head))
    THEN
        RAISE integrity_constraint_violation
            USING MESSAGE = 'the facts of an issued paper are never changed, only erased';
    END IF;
    RETURN NEW;""",
    "gp_texts_erased": """
    IF NEW.contact_name <> '' OR NEW.email <> '' OR NEW.phone <> '' OR NEW.address <> ''
        OR NEW.postcode <> '' OR NEW.summary <> '' OR NEW.need <> '' OR NEW.outcomes <> ''
        OR NEW.answers <> '[]' OR NEW.cells <> '[]'
        OR NOT EXISTS (SELECT 1 FROM public.erasure WHERE by_seq > (SELECT seq FROM public.journal_head))
    THEN
        RAISE integrity_constraint_violation
            USING MESSAGE = 'what was submitted is never edited, only erased';
    END IF;
    RETURN NEW;""",
}
"""What the guards do, by the names of their functions."""

_TRIGGERS = (*definition.TRIGGERS, ("journal_moves", "AFTER INSERT ON journal", "", "gp_journal_moves()"))

_ON_EVERY_TABLE = "unseen"
_CHECKED_BY_THEMSELVES = {"areas": ("stage",)}
"""Columns, by table, whose every change its own operation checks against the current row. It is let pass
beside another change of the same row: an area moves on whatever was changed of its pot."""

TRIGGERS = frozenset((_ON_EVERY_TABLE, *(name for name, *_ in _TRIGGERS)))


def functions() -> str:
    """Return the statements that make the guards' functions."""
    return "\n".join(map(_function, sources()))


def sources() -> dict[str, str]:
    """Return what each of the guards' functions does, in the server's own language."""
    return {name: f"BEGIN{body} END" for name, body in _FUNCTIONS.items()}


def triggers() -> str:
    """Return the statements that set the guards."""
    return "\n".join(map(_trigger, *zip(*_TRIGGERS, strict=True)))


def unseen(tables: Iterable[str]) -> str:
    """Return the statements that guard what was not seen, also in a record that was made before they were.

    Where nobody else changed anything meanwhile, a row costs one comparison.
    """
    condition = f"current_setting('{UNSEEN}', true) <> ''"

    def guard(table: str) -> str:
        columns = ", ".join(f"'{column}'" for column in _CHECKED_BY_THEMSELVES.get(table, ()))
        moment = f"BEFORE UPDATE OR DELETE ON public.{table}"
        return _trigger(_ON_EVERY_TABLE, moment, condition, f"gp_unseen({columns})")

    return "\n".join((_function("gp_unseen"), *map(guard, tables)))


def _function(name: str) -> str:
    source = sources()[name]
    return f"CREATE OR REPLACE FUNCTION public.{name}() RETURNS trigger LANGUAGE plpgsql AS $$ {source} $$;"


def _trigger(name: str, moment: str, condition: str, done: str) -> str:
    when = f" WHEN ({condition})" if condition else ""
    call = done if done.endswith(")") else f"gp_refuse('{done}')"
    return f"CREATE OR REPLACE TRIGGER {name} {moment} FOR EACH ROW{when} EXECUTE FUNCTION public.{call};"
