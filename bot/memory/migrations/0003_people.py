"""Who asked for an answer, so that it can be forgotten for them, and why somebody found one wrong."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_DISCORD_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("answers", sa.Column("asker", _DISCORD_ID))
    op.create_index("ix_answers_asker", "answers", ["asker"])
    op.add_column("ratings", sa.Column("reason", sa.String))
