"""The journal with its triggers, bodies, erasures, drafts and settings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TRIGGERS = (
    """
    CREATE TRIGGER journal_chain BEFORE INSERT ON journal BEGIN
        SELECT RAISE(ABORT, 'the journal has no gaps')
        WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal);
        SELECT RAISE(ABORT, 'the journal row does not follow the one before')
        WHERE NEW.prev IS NOT coalesce((SELECT hash FROM journal WHERE seq = NEW.seq - 1), zeroblob(32));
        SELECT RAISE(ABORT, 'the journal row is there already')
        WHERE EXISTS (SELECT 1 FROM journal WHERE hash = NEW.hash);
    END
    """,
    """
    CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN
        SELECT RAISE(ABORT, 'the journal is never changed');
    END
    """,
    """
    CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN
        SELECT RAISE(ABORT, 'the journal is never changed');
    END
    """,
    """
    CREATE TRIGGER journal_body_last BEFORE INSERT ON journal_body BEGIN
        SELECT RAISE(ABORT, 'a journal body belongs to the newest row')
        WHERE NEW.seq IS NOT (SELECT max(seq) FROM journal)
            OR EXISTS (SELECT 1 FROM journal_body WHERE seq = NEW.seq);
    END
    """,
    """
    CREATE TRIGGER journal_body_no_update BEFORE UPDATE ON journal_body BEGIN
        SELECT RAISE(ABORT, 'the journal is never changed');
    END
    """,
    """
    CREATE TRIGGER journal_body_no_delete BEFORE DELETE ON journal_body BEGIN
        SELECT RAISE(ABORT, 'a journal body goes only by a recorded erasure')
        WHERE NOT EXISTS (SELECT 1 FROM erasure WHERE seq = OLD.seq);
    END
    """,
    """
    CREATE TRIGGER erasure_once BEFORE INSERT ON erasure BEGIN
        SELECT RAISE(ABORT, 'an erasure names an older row once, and the journal row to come')
        WHERE EXISTS (SELECT 1 FROM erasure WHERE seq = NEW.seq)
            OR NEW.by_seq IS NOT (SELECT max(seq) + 1 FROM journal);
    END
    """,
    """
    CREATE TRIGGER erasure_no_update BEFORE UPDATE ON erasure BEGIN
        SELECT RAISE(ABORT, 'an erasure is never changed');
    END
    """,
    """
    CREATE TRIGGER erasure_no_delete BEFORE DELETE ON erasure BEGIN
        SELECT RAISE(ABORT, 'an erasure is never changed');
    END
    """,
)


def upgrade() -> None:
    _create_journal()
    _create_bodies()
    op.create_table(
        "draft",
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("typed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("field", name="pk_draft"),
        sqlite_strict=True,
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
        sqlite_strict=True,
    )
    for trigger in TRIGGERS:
        op.execute(trigger)


def _create_journal() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("prev", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(digest) = 32", name="ck_journal_digest_length"),
        sa.CheckConstraint("length(prev) = 32", name="ck_journal_prev_length"),
        sa.CheckConstraint("length(hash) = 32", name="ck_journal_hash_length"),
        sa.PrimaryKeyConstraint("seq", name="pk_journal"),
        sa.UniqueConstraint("hash", name="uq_journal_hash"),
        sqlite_strict=True,
    )


def _create_bodies() -> None:
    op.create_table(
        "journal_body",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("length(salt) = 16", name="ck_journal_body_salt_length"),
        sa.ForeignKeyConstraint(["seq"], ["journal.seq"], name="fk_journal_body_seq_journal"),
        sa.PrimaryKeyConstraint("seq", name="pk_journal_body"),
        sqlite_strict=True,
    )
    op.create_table(
        "erasure",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("by_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["journal.seq"], name="fk_erasure_seq_journal"),
        sa.ForeignKeyConstraint(
            ["by_seq"],
            ["journal.seq"],
            name="fk_erasure_by_seq_journal",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_erasure"),
        sqlite_strict=True,
    )
