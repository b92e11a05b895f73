"""What somebody waits for, and the servers that the bot is in."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_DISCORD_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("event", sa.String, nullable=False, unique=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("user_id", _DISCORD_ID, nullable=False, index=True),
        sa.Column("request", sa.JSON, nullable=False),
        sa.Column("place", sa.JSON, nullable=False),
        sa.Column("asked_at", sa.DateTime, nullable=False, index=True),
        sa.Column("state", sa.String, nullable=False, index=True),
        sa.Column("owner", sa.String),
        sa.Column("claimed_until", sa.DateTime, nullable=False),
    )
    op.create_table(
        "servers",
        sa.Column("guild_id", _DISCORD_ID, primary_key=True, autoincrement=False),
        sa.Column("left_at", sa.DateTime),
    )
