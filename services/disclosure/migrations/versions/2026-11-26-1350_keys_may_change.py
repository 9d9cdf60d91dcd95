"""keys of the installation may change; deliveries of webhooks are forgotten after their time."""

from collections.abc import Sequence

from shared.migrations import run_scripts
from shared.sealing import schema as sealing
from shared.webhooks import schema as webhooks

revision: str = "keys_may_change"
down_revision: str | None = "public_comments"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """What was wrapped before says of no key that it did it; every key is tried then."""
    run_scripts(sealing.rotation_steps("disclosure"))
    run_scripts(webhooks.keeping_steps("disclosure"))


def downgrade() -> None:
    """Take them back, after everything was wrapped by the key from which the names follow."""
    run_scripts((webhooks.TAKE_BACK_KEEPING, sealing.TAKE_BACK_ROTATION))
