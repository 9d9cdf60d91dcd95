"""nobody must say where third parties are excluded: an api of before does not know the column."""

from collections.abc import Sequence

from alembic import op

revision: str = "nobody_must_say_where"
down_revision: str | None = "where_excluded"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """What is registered without it is excluded nowhere."""
    op.alter_column("third_parties", "excluded_in", server_default="[]")


def downgrade() -> None:
    """It must be given."""
    op.alter_column("third_parties", "excluded_in", server_default=None)
