"""Who asked to be forgotten on a day whose share of the chat model they have used."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "forgotten",
        sa.Column("user", sa.String, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
    )
