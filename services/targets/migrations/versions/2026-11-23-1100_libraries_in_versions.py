"""libraries in versions.

Classes and entries get a row per time they were entered, so the rows of before do not tell
enough. Rebuild `library_register` afterwards: it folds the events of before as well.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "libraries_in_versions"
down_revision: str | None = "read_models"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.drop_table("library_entries")
    op.drop_table("library_classes")
    op.create_table(
        "library_classes",
        sa.Column("library", sa.String(), nullable=False),
        sa.Column("class_code", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("class_name", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "library", "class_code", "revision", name=op.f("pk_library_classes")
        ),
    )
    op.create_table(
        "library_entries",
        sa.Column("library", sa.String(), nullable=False),
        sa.Column("class_code", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level1", sa.String(), nullable=True),
        sa.Column("entry_json", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("grams", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "library", "class_code", "code", "revision", name=op.f("pk_library_entries")
        ),
    )
    op.create_index(
        "ix_library_entries_grams",
        "library_entries",
        [sa.literal_column("string_to_array(grams, ' '::text)")],
        postgresql_using="gin",
    )
    op.create_table(
        "library_versions",
        sa.Column("library", sa.String(), nullable=False),
        sa.Column("library_version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("classes", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("library", "library_version", name=op.f("pk_library_versions")),
    )
    op.create_table(
        "library_retirements",
        sa.Column("library", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("class_code", sa.String(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("library", "code", "revision", name=op.f("pk_library_retirements")),
    )
    op.create_table(
        "library_pins",
        sa.Column("target_id", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("library", sa.String(), nullable=False),
        sa.Column("class_code", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("library_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("target_id", "indicator_id", name=op.f("pk_library_pins")),
    )
    op.create_index("ix_library_pins_entry", "library_pins", ["library", "code"])


def downgrade() -> None:
    """Take them back."""
    op.drop_table("library_pins")
    op.drop_table("library_retirements")
    op.drop_table("library_versions")
    op.drop_table("library_entries")
    op.drop_table("library_classes")
    op.create_table(
        "library_classes",
        sa.Column("library", sa.String(), nullable=False),
        sa.Column("class_code", sa.String(), nullable=False),
        sa.Column("class_name", sa.String(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("library", "class_code", name=op.f("pk_library_classes")),
    )
    op.create_table(
        "library_entries",
        sa.Column("library", sa.String(), nullable=False),
        sa.Column("class_code", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level1", sa.String(), nullable=True),
        sa.Column("level2", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("library", "class_code", "code", name=op.f("pk_library_entries")),
    )
