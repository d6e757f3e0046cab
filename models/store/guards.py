"""What the tables of a record guard by themselves: the triggers, of a file and of a server alike."""

from collections.abc import Iterator

TRIGGERS = (
    ("journal_chain", "BEFORE INSERT ON journal", "", "gp_journal_chain()"),
    ("journal_no_update", "BEFORE UPDATE ON journal", "", "the journal is never changed"),
    ("journal_no_delete", "BEFORE DELETE ON journal", "", "the journal is never changed"),
    ("journal_body_last", "BEFORE INSERT ON journal_body", "", "gp_body_last()"),
    ("journal_body_no_update", "BEFORE UPDATE ON journal_body", "", "the journal is never changed"),
    ("journal_body_no_delete", "BEFORE DELETE ON journal_body", "", "gp_body_erased()"),
    ("erasure_once", "BEFORE INSERT ON erasure", "", "gp_erasure_once()"),
    ("erasure_no_update", "BEFORE UPDATE ON erasure", "", "an erasure is never changed"),
    ("erasure_no_delete", "BEFORE DELETE ON erasure", "", "an erasure is never changed"),
    (
        "schemes_frozen",
        "BEFORE UPDATE ON schemes",
        "OLD.frozen_at IS NOT NULL AND NEW.frozen_at IS NOT NULL",
        "a published scheme is never edited",
    ),
    ("criteria_frozen", "BEFORE UPDATE ON criteria", "", "gp_criteria_frozen()"),
    (
        "paper_issues_no_update",
        "BEFORE UPDATE OF id, round_id, paper, scope, subject, version, sha256, control, after_row, "
        "after_head, issued_by, issued_at ON paper_issues",
        "",
        "an issued paper is never changed",
    ),
    (
        "paper_issues_facts",
        "BEFORE UPDATE OF content ON paper_issues",
        "",
        "gp_facts_erased()",
    ),
    ("paper_issues_no_delete", "BEFORE DELETE ON paper_issues", "", "an issued paper is never removed"),
    (
        "paper_files_erased",
        "BEFORE UPDATE ON paper_files",
        "OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL",
        "an issued file is never changed, only erased",
    ),
    ("paper_files_no_delete", "BEFORE DELETE ON paper_files", "", "an issued file is never removed"),
    ("file_pieces_no_update", "BEFORE UPDATE ON file_pieces", "", "a kept file is never changed"),
    ("file_pieces_unwanted", "BEFORE DELETE ON file_pieces", "", "gp_piece_unwanted()"),
    (
        "applications_as_submitted",
        "BEFORE UPDATE OF reference, organisation, project, requested_pence, minimum_pence, "
        "total_cost_pence, match_funding_pence, beneficiaries, received_at, received_has_time, "
        "previously_funded, organisation_type, charity_number, company_number, start_on, end_on, "
        "bank_account_held, constitution_held, safeguarding_policy ON applications",
        "",
        "what was submitted is never edited",
    ),
    (
        "applications_texts",
        "BEFORE UPDATE OF contact_name, email, phone, address, postcode, summary, need, outcomes, answers, "
        "cells ON applications",
        "",
        "gp_texts_erased()",
    ),
)
"""Name, moment, condition, and what is done: the words of a refusal, or a function, which in a file is what
`_OF_A_FILE` says and on a server one of its own."""

_OF_A_FILE = {
    "gp_journal_chain()": """
    SELECT RAISE(ABORT, 'the journal has no gaps')
    WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal);
    SELECT RAISE(ABORT, 'the journal row does not follow the one before')
    WHERE NEW.prev IS NOT coalesce((SELECT hash FROM journal WHERE seq = NEW.seq - 1), zeroblob(32));
    SELECT RAISE(ABORT, 'the journal row is there already')
    WHERE EXISTS (SELECT 1 FROM journal WHERE hash = NEW.hash);""",
    "gp_body_last()": """
    SELECT RAISE(ABORT, 'a journal body belongs to the newest row')
    WHERE NEW.seq IS NOT (SELECT max(seq) FROM journal)
        OR EXISTS (SELECT 1 FROM journal_body WHERE seq = NEW.seq);""",
    "gp_body_erased()": """
    SELECT RAISE(ABORT, 'a journal body goes only by a recorded erasure')
    WHERE NOT EXISTS (SELECT 1 FROM erasure WHERE seq = OLD.seq);""",
    "gp_erasure_once()": """
    SELECT RAISE(ABORT, 'an erasure names an older row once, and the journal row to come')
    WHERE EXISTS (SELECT 1 FROM erasure WHERE seq = NEW.seq)
        OR NEW.by_seq IS NOT (SELECT max(seq) + 1 FROM journal);""",
    "gp_criteria_frozen()": """
    SELECT RAISE(ABORT, 'a published scheme is never edited')
    WHERE (SELECT frozen_at FROM schemes WHERE id = OLD.scheme_id) IS NOT NULL;""",
    "gp_piece_unwanted()": """
    SELECT RAISE(ABORT, 'a kept file goes only by an erasure')
    WHERE EXISTS (
        SELECT 1 FROM paper_files f WHERE f.sha256 = OLD.sha256 AND f.is_kept AND f.erased_at IS NULL
    );""",
    "gp_facts_erased()": """
    SELECT RAISE(ABORT, 'the facts of an issued paper are never changed, only erased')
    WHERE length(NEW.content) >= length(OLD.content)
        OR NOT EXISTS (SELECT 1 FROM erasure WHERE by_seq > (SELECT max(seq) FROM journal));""",
    "gp_texts_erased()": """
    SELECT RAISE(ABORT, 'what was submitted is never edited, only erased')
    WHERE NEW.contact_name <> '' OR NEW.email <> '' OR NEW.phone <> '' OR NEW.address <> ''
        OR NEW.postcode <> '' OR NEW.summary <> '' OR NEW.need <> '' OR NEW.outcomes <> ''
        OR NEW.answers <> '[]' OR NEW.cells <> '[]'
        OR NOT EXISTS (SELECT 1 FROM erasure WHERE by_seq > (SELECT max(seq) FROM journal));""",
}


def of_a_file() -> Iterator[str]:
    """Yield the statements that set the guards of a file."""
    for name, moment, condition, done in TRIGGERS:
        when = f" WHEN {condition}" if condition else ""
        body = _OF_A_FILE.get(done) or f"\n    SELECT RAISE(ABORT, '{done}');"
        yield f"CREATE TRIGGER {name} {moment}{when} BEGIN{body}\nEND"
