"""The kernel's tables of deliveries, for a migration step of a service that has webhooks."""

from typing import Final

_TABLES: Final = """
CREATE TABLE es.webhook_delivery (
  webhook_id text COLLATE "C" NOT NULL,
  number     bigint NOT NULL,
  message_id text NOT NULL,
  event_type text NOT NULL,
  status     text NOT NULL CHECK (status IN ('WAITING', 'DELIVERED', 'FAILED')),
  attempts   integer NOT NULL DEFAULT 0,
  tries      integer NOT NULL DEFAULT 0,
  next_at    timestamptz NOT NULL,
  answered   integer,
  failure    text NOT NULL DEFAULT '',
  CONSTRAINT pk_webhook_delivery PRIMARY KEY (webhook_id, number)
);
CREATE INDEX ix_webhook_delivery_due ON es.webhook_delivery (next_at) WHERE status = 'WAITING';

CREATE TABLE es.webhook_attempt (
  webhook_id   text COLLATE "C" NOT NULL,
  number       bigint NOT NULL,
  attempt      integer NOT NULL,
  attempted_at timestamptz NOT NULL,
  answered     integer,
  failure      text NOT NULL,
  milliseconds integer NOT NULL,
  CONSTRAINT pk_webhook_attempt PRIMARY KEY (webhook_id, number, attempt)
);
"""
_GRANTS: Final = """
DO $grants$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '%(app)s') THEN
    GRANT SELECT, INSERT, UPDATE ON es.webhook_delivery, es.webhook_attempt TO "%(app)s";
  END IF;
END $grants$;
"""


def install(service: str) -> tuple[str, ...]:
    """The scripts that make the tables."""
    return _TABLES, _GRANTS % {"app": f"{service}_app"}


REMOVE: Final = "DROP TABLE es.webhook_attempt; DROP TABLE es.webhook_delivery;"
_KEEPING: Final = """
CREATE INDEX ix_webhook_delivery_ended ON es.webhook_delivery (status, next_at);
"""
_KEEPING_GRANTS: Final = """
DO $grants$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '%(app)s') THEN
    GRANT DELETE ON es.webhook_delivery, es.webhook_attempt TO "%(app)s";
  END IF;
END $grants$;
"""
TAKE_BACK_KEEPING: Final = "DROP INDEX es.ix_webhook_delivery_ended;"


def keeping_steps(service: str) -> tuple[str, ...]:
    """The scripts of a migration after which the worker forgets what is over for long."""
    return _KEEPING, _KEEPING_GRANTS % {"app": f"{service}_app"}
