"""rules with sources."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "rules_with_sources"
down_revision: str | None = "lint"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

# Nothing is known of these for what was decided before, so each may be empty.
COLUMNS = (
    ("rule_sets", "draft_provenance_json", sa.String()),
    ("rule_sets", "drafted_by", sa.String()),
    ("rule_set_versions", "provenance_json", sa.String()),
    ("rule_set_versions", "effective_to", sa.Date()),
    ("target_register", "rules_region", sa.String()),
    ("target_register", "grade_rule_set_version", sa.Integer()),
    ("target_register", "grade_rules_region", sa.String()),
    ("ex_ante_register", "rules_region", sa.String()),
)


def upgrade() -> None:
    """Bring the tables forward."""
    for table, name, kind in COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=True))
    # A version ends on the day on which the next one was adopted.
    op.execute(
        "UPDATE rule_set_versions AS old SET effective_to = later.adopted_on "
        "FROM rule_set_versions AS later "
        "WHERE later.region_code = old.region_code AND later.fiscal_year = old.fiscal_year "
        "AND later.rule_set_version = old.rule_set_version + 1"
    )


def downgrade() -> None:
    """Take them back."""
    for table, name, _ in reversed(COLUMNS):
        op.drop_column(table, name)
