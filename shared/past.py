"""The past of the read models: what a row was before the day on which it changed.

A row knows the business day of its last change (`_since`, written by whatever writes the row). A
change on a later day moves the row as it was to a table of the same name in schema `past`, with
the day until which it held; a trigger does, and is not even called on the same day. A view in
schema `as_of` puts both together: with that schema first in `search_path` and a day in
`abacus.as_of`, every query answers as at the end of that day.

A change of the first day costs one column, later ones a row per day, however many commands there
were. These tables are derived like the others: a rebuild makes them again.

`keep` is run after every migration and may be repeated: it takes the tables as it finds them.
"""

from typing import Final

SINCE: Final = "_since"

# A transaction says its business day itself; the rest is for hands at a console.
_FUNCTIONS: Final = """
CREATE OR REPLACE FUNCTION es.business_day() RETURNS date LANGUAGE sql STABLE AS $$
  SELECT coalesce(nullif(current_setting('abacus.day', true), '')::date,
    ((clock_timestamp() + coalesce((SELECT business_at - set_at FROM es.clock), interval '0'))
     AT TIME ZONE 'Asia/Shanghai')::date)
$$;

-- The columns of a table, in order, without what is kept for the past only.
CREATE OR REPLACE FUNCTION es.columns_of(place regclass) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT array_agg(quote_ident(attname) ORDER BY attnum) FROM pg_attribute
  WHERE attrelid = place AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('_since', '_until')
$$;
"""

_TABLE: Final = """
CREATE OR REPLACE FUNCTION es.keep_table(live text, gone text, name text) RETURNS void
LANGUAGE plpgsql AS $keep$
DECLARE
  here regclass := format('%I.%I', live, name);
  place text := format('%I.%I', gone, name);
  columns text;
  olds text;
  missing record;
  key text;
BEGIN
  EXECUTE format($$ALTER TABLE %s ADD COLUMN IF NOT EXISTS
                   _since date NOT NULL DEFAULT '-infinity'$$, here);
  EXECUTE format('CREATE TABLE IF NOT EXISTS %s (LIKE %s, _until date NOT NULL)', place, here);
  FOR missing IN
    SELECT quote_ident(a.attname) AS name, format_type(a.atttypid, a.atttypmod) AS kind,
           b.attname IS NULL AS absent
    FROM pg_attribute a LEFT JOIN pg_attribute b
      ON b.attrelid = place::regclass AND b.attname = a.attname AND NOT b.attisdropped
    WHERE a.attrelid = here AND a.attnum > 0 AND NOT a.attisdropped
      AND (b.attname IS NULL OR b.atttypid <> a.atttypid)
  LOOP
    IF missing.absent THEN
      EXECUTE format('ALTER TABLE %s ADD COLUMN %s %s', place, missing.name, missing.kind);
    ELSE
      EXECUTE format('ALTER TABLE %s ALTER COLUMN %s TYPE %s USING %s::text::%s',
                     place, missing.name, missing.kind, missing.name, missing.kind);
    END IF;
  END LOOP;
  FOR missing IN
    SELECT quote_ident(a.attname) AS name FROM pg_attribute a
    WHERE a.attrelid = place::regclass AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attname NOT IN ('_since', '_until')
      AND quote_ident(a.attname) <> ALL (es.columns_of(here))
  LOOP
    EXECUTE format('ALTER TABLE %s DROP COLUMN %s', place, missing.name);
  END LOOP;
  FOR missing IN
    SELECT quote_ident(attname) AS name FROM pg_attribute
    WHERE attrelid = place::regclass AND attnum > 0 AND NOT attisdropped AND attnotnull
      AND attname NOT IN ('_since', '_until')
  LOOP
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL', place, missing.name);
  END LOOP;
  SELECT string_agg(quote_ident(a.attname), ', ') INTO key
  FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
  WHERE i.indrelid = here AND i.indisprimary;
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %s (%s, _until)',
                 'ix_' || name || '_past', place, key);
  columns := array_to_string(es.columns_of(here), ', ');
  SELECT string_agg('OLD.' || one, ', ') INTO olds FROM unnest(es.columns_of(here)) AS one;
  EXECUTE format($make$
    CREATE OR REPLACE FUNCTION %1$I.%2$I() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog AS $remember$
    DECLARE later date := CASE TG_OP WHEN 'DELETE' THEN es.business_day() ELSE NEW._since END;
    BEGIN
      INSERT INTO %3$s (%4$s, _since, _until)
      SELECT %5$s, OLD._since, later WHERE OLD._since < later;
      RETURN NULL;
    END $remember$ $make$, gone, name, place, columns, olds);
  EXECUTE format('CREATE OR REPLACE TRIGGER remember_changed AFTER UPDATE ON %s FOR EACH ROW '
                 'WHEN (OLD._since < NEW._since) EXECUTE FUNCTION %I.%I()', here, gone, name);
  EXECUTE format('CREATE OR REPLACE TRIGGER remember_dropped AFTER DELETE ON %s FOR EACH ROW '
                 'EXECUTE FUNCTION %I.%I()', here, gone, name);
END $keep$;
"""

_KEEP: Final = """
-- Every table of one schema gets its past in another.
CREATE OR REPLACE FUNCTION es.keep_past(live text, gone text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text;
BEGIN
  EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', gone);
  FOR name IN SELECT tablename FROM pg_tables
              WHERE schemaname = live AND tablename <> 'alembic_version' ORDER BY 1 LOOP
    PERFORM es.keep_table(live, gone, name);
  END LOOP;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = gone AND tablename NOT IN
              (SELECT tablename FROM pg_tables WHERE schemaname = live) LOOP
    EXECUTE format('DROP TABLE %I.%I', gone, name);
    EXECUTE format('DROP FUNCTION IF EXISTS %I.%I()', gone, name);
  END LOOP;
END $$;
"""

_SHOW: Final = """
-- The read models as at the end of the day in `abacus.as_of`.
CREATE OR REPLACE FUNCTION es.show_past() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  name text;
  columns text;
BEGIN
  CREATE SCHEMA as_of;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'past' ORDER BY 1 LOOP
    columns := array_to_string(es.columns_of(format('public.%I', name)::regclass), ', ');
    EXECUTE format(
      $view$CREATE VIEW as_of.%1$I AS
        SELECT %2$s FROM public.%1$I WHERE _since <= current_setting('abacus.as_of')::date
        UNION ALL
        SELECT %2$s FROM past.%1$I WHERE _since <= current_setting('abacus.as_of')::date
          AND _until > current_setting('abacus.as_of')::date$view$, name, columns);
  END LOOP;
END $$;
"""

# A view would keep a migration from changing the columns it shows.
HIDE: Final = "DROP SCHEMA IF EXISTS as_of CASCADE;"

# `%(app)s` reads the past and never writes it: the triggers do, as the owner of the tables.
_ALL: Final = """
SELECT es.keep_past('public', 'past');
SELECT es.show_past();
REVOKE ALL ON FUNCTION es.keep_table, es.keep_past, es.show_past FROM PUBLIC;
DO $grants$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '%(app)s') THEN
    GRANT EXECUTE ON FUNCTION es.business_day TO "%(app)s";
    GRANT USAGE ON SCHEMA past, as_of TO "%(app)s";
    GRANT SELECT ON ALL TABLES IN SCHEMA past, as_of TO "%(app)s";
  END IF;
END $grants$;
"""

FORGET: Final = "DROP SCHEMA IF EXISTS past CASCADE;"


def keep(service: str) -> str:
    """The script that gives every read model of a service its past."""
    return HIDE + _FUNCTIONS + _TABLE + _KEEP + _SHOW + _ALL.replace("%(app)s", f"{service}_app")
