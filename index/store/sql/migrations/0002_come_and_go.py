"""Sources that are polled, versions kept for old citations, articles that vanished, and the history of runs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for column in (
        sa.Column("kind", sa.String(16)),
        sa.Column("interval_seconds", sa.Integer),
        sa.Column("added_by", sa.Text),
        sa.Column("added_at", _MOMENT),
        sa.Column("polled_at", _MOMENT),
        sa.Column("next_poll_at", _MOMENT),
        sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
        sa.Column("failing_since", _MOMENT),
        sa.Column("last_error", sa.Text),
        sa.Column("paused", sa.Boolean, nullable=False, server_default=sa.false()),
    ):
        op.add_column("sources", column)
    op.create_index("ix_sources_next_poll_at", "sources", ["next_poll_at"])
    op.add_column("articles", sa.Column("gone_since", _MOMENT))
    op.create_table(
        "hosts",
        sa.Column("host", sa.String(255), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
    )
    op.create_table(
        "kept_versions",
        sa.Column("pk", sa.Integer, primary_key=True),
        sa.Column("scope", sa.String(64), nullable=False),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=False, index=True),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("published_at", sa.String(40)),
        sa.Column("language", sa.String(8)),
        sa.Column("credits", sa.JSON, nullable=False),
        sa.Column("sections", sa.JSON, nullable=False),
        sa.Column("indexed_at", _MOMENT, nullable=False),
    )
    op.create_index("ix_kept_versions_article", "kept_versions", ["scope", "article_id"])
    op.create_table(
        "kept_passages",
        sa.Column(
            "version_pk", sa.Integer, sa.ForeignKey("kept_versions.pk", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(32), nullable=False, index=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("section", sa.Text),
    )
    op.create_table(
        "runs",
        sa.Column("pk", sa.Integer, primary_key=True),
        sa.Column("scope", sa.String(64), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("location", sa.Text),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("seconds", sa.Double),
        sa.Column("added", sa.Integer, nullable=False, server_default="0"),
        sa.Column("updated", sa.Integer, nullable=False, server_default="0"),
        sa.Column("unchanged", sa.Integer, nullable=False, server_default="0"),
        sa.Column("removed", sa.Integer, nullable=False, server_default="0"),
        sa.Column("gone", sa.Integer, nullable=False, server_default="0"),
        sa.Column("embedded", sa.Integer, nullable=False, server_default="0"),
        sa.Column("failures", sa.JSON, nullable=False),
    )
    op.create_index("ix_runs_scope", "runs", ["scope", "pk"])
