"""The first tables: registers, profiles, rounds, what was due, seen, judged, and the violations.

Revision 0001, after None.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "profile",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_profile")),
    )
    op.create_table(
        "register",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_register")),
    )
    op.create_table(
        "violation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("site", sa.String()),
        sa.Column("account", sa.String()),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("column", sa.String()),
        sa.Column("kind", sa.String()),
        sa.Column("platform", sa.String()),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("newest", sa.Date()),
        sa.Column("days", sa.Integer()),
        sa.Column("limit", sa.Integer()),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("rounds", JSON, nullable=False),
        sa.Column("first_failed", sa.Date(), nullable=False),
        sa.Column("last_failed", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violation")),
        sa.UniqueConstraint(
            "month", "target", "family", name=op.f("uq_violation_month_target_family")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_violation_month"), "violation", ["month"])

    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_date", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("as_of", sa.Date()),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime()),
        sa.Column("register_hash", sa.String(64), nullable=False),
        sa.Column("profile_hash", sa.String(64), nullable=False),
        sa.Column("report", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_hash"], ["profile.hash"], name=op.f("fk_round_profile_hash_profile")
        ),
        sa.ForeignKeyConstraint(
            ["register_hash"], ["register.hash"], name=op.f("fk_round_register_hash_register")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("check_date", name=op.f("uq_round_check_date")),
    )
    op.create_table(
        "due",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("target_kind", sa.String(), nullable=False),
        sa.Column("site", sa.String()),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("host_group", sa.String(), nullable=False),
        sa.Column("shard", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("crashes", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime()),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_due_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due")),
        sa.UniqueConstraint("round_id", "target", name=op.f("uq_due_round_id_target")),
    )
    op.create_index(op.f("ix_due_round_id_state_shard"), "due", ["round_id", "state", "shard"])

    op.create_table(
        "sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer()),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("ok", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("elapsed_ms", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_sample_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample")),
    )
    op.create_index(op.f("ix_sample_round_id_at"), "sample", ["round_id", "at"])

    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("profile_hash", sa.String(64), nullable=False),
        sa.Column("truth", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("rule", sa.String()),
        sa.Column("wording", sa.String()),
        sa.Column("newest", sa.Date()),
        sa.Column("days", sa.Integer()),
        sa.Column("limit", sa.Integer()),
        sa.Column("warn", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("signs", JSON, nullable=False),
        sa.Column("judged_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_hash"], ["profile.hash"], name=op.f("fk_verdict_profile_hash_profile")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_verdict_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
        sa.UniqueConstraint(
            "round_id",
            "target",
            "profile_hash",
            name=op.f("uq_verdict_round_id_target_profile_hash"),
        ),
    )
    op.create_table(
        "fetch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("due_id", sa.Integer(), nullable=False),
        sa.Column("look", sa.Integer(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("elapsed_ms", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("final_url", sa.String(), nullable=False),
        sa.Column("hops", JSON, nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("headers", JSON, nullable=False),
        sa.Column("body_sha256", sa.String(64)),
        sa.Column("body_size", sa.Integer(), nullable=False),
        sa.Column("error", sa.String()),
        sa.Column("retry_after", sa.Integer()),
        sa.Column("state", sa.String()),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("newest", sa.Date()),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("items_digest", sa.String()),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("signs", JSON, nullable=False),
        sa.Column("controls_ok", sa.Boolean()),
        sa.ForeignKeyConstraint(["due_id"], ["due.id"], name=op.f("fk_fetch_due_id_due")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetch")),
        sa.UniqueConstraint("due_id", "look", name=op.f("uq_fetch_due_id_look")),
    )
    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("due_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("observed_at", sa.DateTime(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("newest", sa.Date()),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("items_digest", sa.String()),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("signs", JSON, nullable=False),
        sa.Column("fetches", JSON, nullable=False),
        sa.ForeignKeyConstraint(["due_id"], ["due.id"], name=op.f("fk_observation_due_id_due")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_observation_round_id_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.UniqueConstraint("due_id", name=op.f("uq_observation_due_id")),
        sa.UniqueConstraint("round_id", "target", name=op.f("uq_observation_round_id_target")),
    )
    op.create_index(op.f("ix_observation_target"), "observation", ["target"])


def downgrade() -> None:
    for table in (
        "observation",
        "fetch",
        "verdict",
        "sample",
        "due",
        "round",
        "violation",
        "register",
        "profile",
    ):
        op.drop_table(table)
