"""What became of violations after they were confirmed: appeals and repairs.

Revision 0011, after 0010.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    _of_violations("appeal", ("text",), sa.Column("files", JSON, nullable=False))
    _of_violations("rectification", ("note",), sa.Column("seen_on", sa.Date(), nullable=False))


def _of_violations(table: str, words: tuple[str, ...], own: sa.Column[object]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("target", "family", "step", "person", *words)
        ),
        sa.Column("day", sa.Date(), nullable=False),
        own,
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_month_target"), table, ["month", "target"])


def downgrade() -> None:
    for table in ("rectification", "appeal"):
        op.drop_index(op.f(f"ix_{table}_month_target"), table)
        op.drop_table(table)
