"""Version 1 of the kernel's tables: facts that are never written again, and what serves them.

The statements are plain SQL on purpose: a migration must do in ten years what it does today,
whatever our classes look like then. Alembic runs them one by one; tests run `install`.
There are no foreign keys between facts: only the functions of `v1_functions` can insert, they
insert both sides in one transaction, and a check per row would cost half of the throughput.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from shared.eventstore.schema import v1_functions

_FACTS: Final = """
CREATE SCHEMA es;

-- CACHE 1 and one nextval per accepted command, drawn after what the command was decided on
-- became visible: the sequencer's order respects cause only because of that.
CREATE SEQUENCE es.append_id CACHE 1;

CREATE TABLE es.append (
  append_id   bigint PRIMARY KEY,
  events      int NOT NULL CHECK (events BETWEEN 1 AND 500),
  words       int NOT NULL CHECK (words >= 0),
  actor       text NOT NULL,
  unit        text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE es.event (
  append_id bigint NOT NULL,
  idx       int NOT NULL CHECK (idx > 0),
  version   int NOT NULL CHECK (version > 0),
  event_id  uuid NOT NULL,
  stream    text COLLATE "C" NOT NULL CHECK (octet_length(stream) BETWEEN 3 AND 512),
  name      text NOT NULL,
  body      bytea NOT NULL CHECK (octet_length(body) <= 262144),
  prev_hash bytea NOT NULL CHECK (octet_length(prev_hash) = 32),
  hash      bytea NOT NULL,
  CONSTRAINT pk_event PRIMARY KEY (append_id, idx),
  CONSTRAINT uq_event_stream_version UNIQUE (stream, version),
  -- Fields of fixed size first and a length before the stream: no two events share a preimage.
  CONSTRAINT ck_event_hash CHECK (hash = sha256(
    '\\x00'::bytea || uuid_send(event_id) || int4send(version) || prev_hash
    || int4send(octet_length(stream)) || convert_to(stream, 'UTF8') || body))
);

CREATE TABLE es.word (
  append_id  bigint NOT NULL,
  idx        int NOT NULL CHECK (idx > 0),
  subject    text NOT NULL,
  event_type text NOT NULL,
  body       bytea NOT NULL CHECK (octet_length(body) <= 1048576),
  CONSTRAINT pk_word PRIMARY KEY (append_id, idx)
);

CREATE TABLE es.command (
  key         text COLLATE "C" CONSTRAINT pk_command PRIMARY KEY,
  fingerprint bytea NOT NULL,
  answer      bytea NOT NULL
);
"""

_NUMBERS: Final = """
-- Committed but not numbered yet: a set, not a watermark, so a late commit cannot be skipped.
CREATE TABLE es.unsequenced (append_id bigint PRIMARY KEY, weight int NOT NULL)
  WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
        autovacuum_vacuum_cost_delay = 0);

CREATE TABLE es.ledger (
  position  bigint CONSTRAINT pk_ledger PRIMARY KEY,
  append_id bigint NOT NULL,
  idx       int NOT NULL,
  leaf_hash bytea NOT NULL,
  CONSTRAINT uq_ledger_event UNIQUE (append_id, idx)
);

CREATE TABLE es.said (
  number    bigint CONSTRAINT pk_said PRIMARY KEY,
  append_id bigint NOT NULL,
  idx       int NOT NULL,
  leaf_hash bytea NOT NULL,
  CONSTRAINT uq_said_word UNIQUE (append_id, idx)
);

CREATE TABLE es.head (
  one           boolean PRIMARY KEY DEFAULT true CHECK (one),
  size          bigint NOT NULL DEFAULT 0,
  frontier      bytea[] NOT NULL DEFAULT '{}',
  words         bigint NOT NULL DEFAULT 0,
  word_frontier bytea[] NOT NULL DEFAULT '{}'
) WITH (fillfactor = 20);
INSERT INTO es.head DEFAULT VALUES;

CREATE TABLE es.root_at (
  kind     text NOT NULL CHECK (kind IN ('ledger', 'words')),
  size     bigint NOT NULL,
  frontier bytea[] NOT NULL,
  CONSTRAINT pk_root_at PRIMARY KEY (kind, size)
);

CREATE TABLE es.checkpoint (
  kind     text NOT NULL CHECK (kind IN ('ledger', 'words')),
  size     bigint NOT NULL,
  note     text NOT NULL,
  frontier bytea[] NOT NULL,
  at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT pk_checkpoint PRIMARY KEY (kind, size)
);
"""

_WORKING: Final = """
CREATE TABLE es.snapshot (
  stream  text COLLATE "C" CONSTRAINT pk_snapshot PRIMARY KEY,
  version int NOT NULL,
  schema  int NOT NULL,
  hash    bytea NOT NULL,
  body    bytea NOT NULL
);

CREATE TABLE es.heard (
  producer   text COLLATE "C" NOT NULL,
  number     bigint NOT NULL,
  event_type text NOT NULL,
  subject    text COLLATE "C" NOT NULL,
  version    int NOT NULL,
  body       bytea NOT NULL,
  heard_on   date NOT NULL,
  CONSTRAINT pk_heard PRIMARY KEY (producer, number)
);
CREATE INDEX ix_heard_subject ON es.heard (producer, subject, version);

CREATE TABLE es.cursor (
  name     text COLLATE "C" CONSTRAINT pk_cursor PRIMARY KEY,
  position bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 20);

CREATE TABLE es.parked (
  reader    text NOT NULL,
  producer  text NOT NULL,
  number    bigint NOT NULL,
  subject   text NOT NULL,
  reason    text NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT pk_parked PRIMARY KEY (reader, producer, number)
);
CREATE INDEX ix_parked_subject ON es.parked (reader, producer, subject);

-- Business time was set to `business_at` when the machine's clock said `set_at`; no row: real time.
CREATE TABLE es.clock (
  one         boolean PRIMARY KEY DEFAULT true CHECK (one),
  business_at timestamptz NOT NULL,
  set_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE es.deadline (
  key     text COLLATE "C" CONSTRAINT pk_deadline PRIMARY KEY,
  kind    text NOT NULL,
  subject text NOT NULL,
  due_at  timestamptz NOT NULL
);
CREATE INDEX ix_deadline_due_at ON es.deadline (due_at);

CREATE TABLE es.import_job (
  id         text CONSTRAINT pk_import_job PRIMARY KEY,
  operation  text NOT NULL,
  actor      text NOT NULL,
  created_at timestamptz NOT NULL,
  rows       bytea NOT NULL,
  report     jsonb,
  state      text NOT NULL,
  sheet      text NOT NULL
);
-- Compressing what is written once and read once costs more processor than it saves disk. A body
-- that fits a page stays in its row; the file of a letter is packed already.
ALTER TABLE es.import_job ALTER COLUMN rows SET STORAGE EXTERNAL;
ALTER TABLE es.event ALTER COLUMN body SET STORAGE EXTERNAL, SET (toast_tuple_target = 8160);
ALTER TABLE es.word ALTER COLUMN body SET STORAGE EXTERNAL, SET (toast_tuple_target = 8160);
ALTER TABLE es.heard ALTER COLUMN body SET STORAGE EXTERNAL, SET (toast_tuple_target = 8160);
"""

_GUARDS: Final = """
CREATE FUNCTION es.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on %.% is forbidden: append-only', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'ES403';
END $$;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['append', 'event', 'word', 'command', 'ledger', 'said', 'root_at',
                              'checkpoint', 'heard'] LOOP
    EXECUTE format('CREATE TRIGGER no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON es.%I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION es.refuse()', name);
    -- ALWAYS: session_replication_role, the usual way around triggers, does not help.
    EXECUTE format('ALTER TABLE es.%I ENABLE ALWAYS TRIGGER no_change', name);
  END LOOP;
END $$;

REVOKE ALL ON ALL TABLES IN SCHEMA es FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA es FROM PUBLIC;
"""

# `%(app)s` reads everything and writes only through functions and working tables; numbers and
# checkpoints belong to `%(sequencer)s`, the role of the worker. Roles that a server does not
# have are passed over: a single-user installation needs none.
_GRANTS: Final = """
DO $grants$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '%(app)s') THEN
    GRANT USAGE ON SCHEMA es TO "%(app)s";
    GRANT SELECT ON ALL TABLES IN SCHEMA es TO "%(app)s";
    GRANT INSERT ON es.heard, es.cursor, es.snapshot, es.parked, es.clock, es.deadline,
                    es.import_job TO "%(app)s";
    GRANT UPDATE ON es.cursor, es.snapshot, es.parked, es.clock, es.deadline,
                    es.import_job TO "%(app)s";
    GRANT DELETE ON es.snapshot, es.parked, es.clock, es.deadline, es.import_job TO "%(app)s";
    GRANT EXECUTE ON FUNCTION es.append_group, es.move_cursors TO "%(app)s";
    GRANT USAGE ON SCHEMA public TO "%(app)s";
    ALTER DEFAULT PRIVILEGES IN SCHEMA public
      GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "%(app)s";
  END IF;
  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '%(sequencer)s') THEN
    GRANT USAGE ON SCHEMA es TO "%(sequencer)s";
    GRANT SELECT ON ALL TABLES IN SCHEMA es TO "%(sequencer)s";
    GRANT EXECUTE ON FUNCTION es.sequence_batch TO "%(sequencer)s";
    GRANT INSERT ON es.checkpoint TO "%(sequencer)s";
  END IF;
END $grants$;
"""


class Connection(Protocol):
    """What `install` needs of a database connection: run a script."""

    async def execute(self, query: str) -> object:
        """Run one or several statements."""


def steps(service: str) -> Sequence[str]:
    """The scripts of this version, in order, for one service."""
    roles = {"app": f"{service}_app", "sequencer": f"{service}_sequencer"}
    return (_FACTS, _NUMBERS, _WORKING, *v1_functions.STEPS, _GUARDS, _GRANTS % roles)


async def install(connection: Connection, service: str = "test") -> None:
    """Create everything in an empty database, as the user of the connection."""
    for script in steps(service):
        await connection.execute(script)


REMOVE: Final = "DROP SCHEMA es CASCADE;"
