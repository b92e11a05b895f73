"""Articles know when they were changed, apart from when they came out."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    for table in ("versions", "kept_versions"):
        op.add_column(table, sa.Column("modified_at", sa.String(40)))
