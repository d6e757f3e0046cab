"""Offline packs: revisions of what members put down, packs issued, returns kept, and keys."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _revisions()
    _packs()
    _returned()
    op.create_table(
        "member_keys",
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("member_key", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member", name="pk_member_keys"),
        sqlite_strict=True,
    )
    op.create_table(
        "private_keys",
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("private_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("public_key", name="pk_private_keys"),
        sqlite_strict=True,
    )


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("application", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("number", _WHOLE, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("parents", sa.Text(), nullable=False),
        sa.Column("stands", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint("length(hash) = 64", name="ck_revisions_hash_length"),
        sa.CheckConstraint("number >= 1", name="ck_revisions_number_counts"),
        sa.PrimaryKeyConstraint("hash", name="pk_revisions"),
        sqlite_strict=True,
    )
    op.create_index("ix_revisions_round_member", "revisions", ["round", "member"])


def _packs() -> None:
    op.create_table(
        "packs",
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("items", _WHOLE, nullable=False),
        sa.Column("expires_on", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("after_row", _WHOLE, nullable=False),
        sa.Column("after_head", sa.Text(), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.Text(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name="ck_packs_sha256_length"),
        sa.PrimaryKeyConstraint("pack", name="pk_packs"),
        sqlite_strict=True,
    )
    op.create_index("ix_packs_round_member", "packs", ["round", "member"])


def _returned() -> None:
    op.create_table(
        "returned",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("number", _WHOLE, nullable=False),
        sa.Column("member_key", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name="ck_returned_sha256_length"),
        sa.PrimaryKeyConstraint("sha256", name="pk_returned"),
        sqlite_strict=True,
    )
    op.create_index("ix_returned_pack", "returned", ["pack"])
