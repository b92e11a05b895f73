"""The tables as they were before there were steps; a home from then has some or all of them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Discord's ids have 64 bits. In SQLite every whole number may, and tables of old have this type.
_DISCORD_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("answer", sa.String, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "facts",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.String, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.String, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("turn", sa.String, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "summaries",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("summary", sa.String, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "schedules",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("guild_id", _DISCORD_ID, nullable=False),
        sa.Column("channel_id", _DISCORD_ID, nullable=False),
        sa.Column("made_by", _DISCORD_ID, nullable=False),
        sa.Column("hour", sa.Integer, nullable=False),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("weekday", sa.Integer),
        sa.Column("topics", sa.JSON, nullable=False),
        sa.Column("sources", sa.JSON, nullable=False),
        sa.Column("since", sa.DateTime, nullable=False),
        sa.Column("due", sa.DateTime, nullable=False),
        sa.Column("claimed_until", sa.DateTime),
        sa.Column("paused", sa.String),
        if_not_exists=True,
    )
    op.create_table(
        "curators",
        sa.Column("guild_id", _DISCORD_ID, primary_key=True, autoincrement=False),
        sa.Column("role_id", _DISCORD_ID, primary_key=True, autoincrement=False),
        if_not_exists=True,
    )
    op.create_table(
        "replies",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("reply", sa.String, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "ratings",
        sa.Column("answer_id", sa.String, primary_key=True),
        sa.Column("user", sa.String, primary_key=True),
        sa.Column("helpful", sa.Boolean, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "usage",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("server", sa.String, primary_key=True),
        sa.Column("user", sa.String, primary_key=True),
        sa.Column("model", sa.String, primary_key=True),
        sa.Column("answers", sa.Integer, nullable=False),
        sa.Column("read", sa.Integer, nullable=False),
        sa.Column("written", sa.Integer, nullable=False),
        sa.Column("cost", sa.Double),
        if_not_exists=True,
    )
    for table, column in (
        ("answers", "created_at"),
        ("turns", "conversation"),
        ("turns", "created_at"),
        ("summaries", "created_at"),
        ("schedules", "guild_id"),
        ("schedules", "due"),
        ("replies", "created_at"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column], if_not_exists=True)
