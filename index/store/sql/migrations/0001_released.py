"""The tables as they were first released; a home from before there were steps has them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "sources",
        sa.Column("pk", sa.Integer, primary_key=True),
        sa.Column("scope", sa.String(64), nullable=False),
        sa.Column("location", sa.Text, nullable=False),
        sa.Column("synced_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("scope", "location"),
        if_not_exists=True,
    )
    op.create_table(
        "articles",
        sa.Column("pk", sa.Integer, primary_key=True),
        sa.Column("scope", sa.String(64), nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("source_pk", sa.Integer, sa.ForeignKey("sources.pk"), nullable=False),
        sa.Column("item_id", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("live_pk", sa.Integer),
        sa.UniqueConstraint("scope", "id"),
        if_not_exists=True,
    )
    op.create_table(
        "versions",
        sa.Column("pk", sa.Integer, primary_key=True),
        sa.Column("article_pk", sa.Integer, sa.ForeignKey("articles.pk", ondelete="CASCADE"), nullable=False),
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
        sa.Column("indexed_at", sa.DateTime(timezone=True), nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "passages",
        sa.Column("version_pk", sa.Integer, sa.ForeignKey("versions.pk", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("section", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "journal",
        sa.Column("scope", sa.String(64), primary_key=True),
        sa.Column("passage_id", sa.String(32), primary_key=True),
        if_not_exists=True,
    )
    op.create_table(
        "embeddings",
        sa.Column("model", sa.String(128), primary_key=True),
        sa.Column("text_hash", sa.String(64), primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        if_not_exists=True,
    )
    for table, column in (
        ("articles", "source_pk"),
        ("articles", "live_pk"),
        ("versions", "article_pk"),
        ("versions", "published_at"),
        ("passages", "id"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column], if_not_exists=True)
