"""The table of keys and the only thing that destroys one: the fact that a person was erased.

The service may read keys and add new ones, and nothing else. A recorded erasure removes the key
in its own transaction, by a trigger on the facts: there is no moment at which one is true and the
other is not, and no rebuild of a read model brings a key back. Keys are no read model: they have
no past, and no other schema holds a copy.
"""

from collections.abc import Sequence
from typing import Final

ERASURE: Final = "SubjectErased"
CATEGORY: Final = "subject"

_TABLE: Final = """
CREATE SCHEMA sealing;

CREATE TABLE sealing.subject_key (
  key_id  text COLLATE "C" CONSTRAINT pk_subject_key PRIMARY KEY,
  subject text COLLATE "C" NOT NULL CONSTRAINT uq_subject_key_subject UNIQUE,
  wrapped bytea NOT NULL CHECK (octet_length(wrapped) = 60)
);

CREATE FUNCTION sealing.destroy() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM sealing.subject_key
  WHERE subject = substr(NEW.stream, length('%(category)s-') + 1) COLLATE "C";
  RETURN NULL;
END $$;

CREATE TRIGGER destroy_key AFTER INSERT ON es.event FOR EACH ROW
WHEN (NEW.name = '%(erasure)s' AND starts_with(NEW.stream, '%(category)s-'))
EXECUTE FUNCTION sealing.destroy();
-- ALWAYS: session_replication_role, the usual way around triggers, does not help.
ALTER TABLE es.event ENABLE ALWAYS TRIGGER destroy_key;
"""

_GRANTS: Final = """
REVOKE ALL ON ALL TABLES IN SCHEMA sealing FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA sealing FROM PUBLIC;
DO $grants$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '%(app)s') THEN
    GRANT USAGE ON SCHEMA sealing TO "%(app)s";
    GRANT SELECT, INSERT ON sealing.subject_key TO "%(app)s";
  END IF;
END $grants$;
"""

_ROTATION: Final = """
ALTER TABLE sealing.subject_key ADD COLUMN wrapped_by text COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX ix_subject_key_wrapped_by ON sealing.subject_key (wrapped_by, key_id);

CREATE TABLE sealing.naming_key (
  one        boolean NOT NULL DEFAULT true CHECK (one) CONSTRAINT pk_naming_key PRIMARY KEY,
  wrapped    bytea NOT NULL CHECK (octet_length(wrapped) = 60),
  wrapped_by text COLLATE "C" NOT NULL
);
"""
_ROTATION_GRANTS: Final = """
REVOKE ALL ON sealing.naming_key FROM PUBLIC;
DO $grants$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '%(app)s') THEN
    GRANT SELECT, INSERT ON sealing.naming_key TO "%(app)s";
  END IF;
END $grants$;
"""
TAKE_BACK_ROTATION: Final = """
DROP TABLE sealing.naming_key;
ALTER TABLE sealing.subject_key DROP COLUMN wrapped_by;
"""

REMOVE: Final = """
DROP TRIGGER destroy_key ON es.event;
DROP SCHEMA sealing CASCADE;
"""


def steps(service: str) -> Sequence[str]:
    """The scripts of a migration that gives a service its keys."""
    names = {"erasure": ERASURE, "category": CATEGORY, "app": f"{service}_app"}
    return (_TABLE % names, _GRANTS % names)


def rotation_steps(service: str) -> Sequence[str]:
    """The scripts of a migration after which keys of the installation may change.

    Nothing but the owner of the tables wraps again: the service still adds and reads keys only.
    """
    return (_ROTATION, _ROTATION_GRANTS % {"app": f"{service}_app"})
