"""Articles that somebody took out stay out when their source is read by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "removals",
        sa.Column("scope", sa.String(64), primary_key=True),
        sa.Column("item_id", sa.Text, primary_key=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=False),
    )
