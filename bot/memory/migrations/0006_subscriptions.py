"""Questions that people wait to see answered, and whether a question was answered, to be counted."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_DISCORD_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user_id", _DISCORD_ID, nullable=False, index=True),
        sa.Column("guild_id", _DISCORD_ID),
        sa.Column("channel_id", _DISCORD_ID, nullable=False),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("question", sa.String, nullable=False),
        sa.Column("source", sa.String),
        sa.Column("since", sa.Date),
        sa.Column("until", sa.Date),
        sa.Column("created_at", sa.DateTime, nullable=False, index=True),
        sa.Column("seen", sa.Integer, nullable=False),
    )
    op.add_column("answers", sa.Column("answered", sa.Boolean))
