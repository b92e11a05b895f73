"""Removals name the source too, so that a new file of the same name at another source is no removed one.

Of older ones that is not known: they count for every source that their scope has.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    older = op.get_bind().execute(
        sa.text(
            "SELECT removals.scope, sources.location, removals.item_id, removals.removed_at "
            "FROM removals JOIN sources ON sources.scope = removals.scope"
        ).columns(removed_at=sa.DateTime(timezone=True))
    )
    rows = [dict(row) for row in older.mappings()]
    op.drop_table("removals")
    removals = op.create_table(
        "removals",
        sa.Column("scope", sa.String(64), primary_key=True),
        sa.Column("location", sa.Text, primary_key=True),
        sa.Column("item_id", sa.Text, primary_key=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.bulk_insert(removals, rows)
