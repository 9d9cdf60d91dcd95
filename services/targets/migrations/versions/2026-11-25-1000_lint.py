"""the quality of targets, and the reference values of library entries."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "lint"
down_revision: str | None = "libraries_in_versions"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

COUNTS = ("warnings", "unanswered", "quality_score")


def upgrade() -> None:
    """Bring the tables forward; what was linted before is counted from its findings."""
    for name in COUNTS:
        column = sa.Column(name, sa.Integer(), nullable=False, server_default="0")
        op.add_column("target_register", column)
    # Before this step every warning was free of an answer.
    op.execute(
        """
        UPDATE target_register SET warnings = counted.n, unanswered = counted.n,
            quality_score = greatest(0, 100 - 10 * errors - 3 * counted.n)
        FROM (
            SELECT target_id AS id, count(*) FILTER (WHERE found ->> 'severity' = 'WARN') AS n
            FROM target_register LEFT JOIN LATERAL
                json_array_elements(findings_json::json) AS found ON true
            GROUP BY target_id
        ) AS counted
        WHERE target_id = counted.id
        """
    )
    for name in COUNTS:
        op.alter_column("target_register", name, server_default=None)


def downgrade() -> None:
    """Take the tables back."""
    for name in reversed(COUNTS):
        op.drop_column("target_register", name)
