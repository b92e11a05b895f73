"""What servers, channels and people have set, and whose turn of a shared conversation it is."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_DISCORD_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "preferences",
        sa.Column("level", sa.String, primary_key=True),
        sa.Column("owner_id", _DISCORD_ID, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("guild_id", _DISCORD_ID, index=True),
        sa.Column("value", sa.JSON, nullable=False),
    )
    op.add_column("turns", sa.Column("asker", _DISCORD_ID))
    op.create_index("ix_turns_asker", "turns", ["asker"])
