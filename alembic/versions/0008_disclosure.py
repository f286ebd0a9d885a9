"""Annex 6: what a month's survey found of the disclosure platforms.

Revision 0008, after 0007.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
WORDS = (
    "target",
    "unit",
    "site",
    "url",
    "home_entry",
    "search",
    "browse",
    "updated",
    "remark",
    "status",
)
LISTS = ("missing", "empty", "claims", "evidence")


def upgrade() -> None:
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in WORDS),
        sa.Column("built", sa.String(), nullable=True),
        *(sa.Column(name, JSON, nullable=False) for name in LISTS),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("month", "target", name=op.f("uq_disclosure_month_target")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_disclosure_month"), "disclosure", ["month"])


def downgrade() -> None:
    op.drop_index(op.f("ix_disclosure_month"), "disclosure")
    op.drop_table("disclosure")
