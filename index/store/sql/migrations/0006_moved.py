"""Runs tell how many articles moved with their files."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("runs", sa.Column("moved", sa.Integer(), nullable=False, server_default="0"))
