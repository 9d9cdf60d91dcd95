"""The only two ways to write a fact: append what was decided, number what was committed.

Both run with the rights of the owner and a fixed search path; a service can call them and
nothing else. They take arrays, so that a group of commands costs one statement.
"""

from typing import Final

_APPEND: Final = """
-- A group of accepted commands. `e_append` and `w_append` say to which of them (1, 2, ...) an
-- event or a word belongs. Events come sorted by stream and version: two groups that touch the
-- same streams then lock them in the same order. Raises ES409 (another writer was first),
-- ES422 (the key belongs to another request) or unique_violation on uq_event_stream_version.
CREATE FUNCTION es.append_group(
  p_actor text[], p_unit text[], p_events int[], p_words int[],
  p_key text[], p_fingerprint bytea[], p_answer bytea[],
  e_append int[], e_idx int[], e_id uuid[], e_stream text[], e_version int[], e_name text[],
  e_body bytea[], e_prev bytea[], e_hash bytea[],
  w_append int[], w_idx int[], w_subject text[], w_type text[], w_body bytea[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  ids bigint[];
  written int;
  stale text;
BEGIN
  IF cardinality(p_key) > 0 THEN
    INSERT INTO es.command (key, fingerprint, answer)
      SELECT * FROM unnest(p_key, p_fingerprint, p_answer);
  END IF;
  IF cardinality(p_actor) = 0 THEN
    RETURN;
  END IF;

  SELECT array_agg(nextval('es.append_id')) INTO ids FROM generate_series(1, cardinality(p_actor));
  INSERT INTO es.append (append_id, events, words, actor, unit)
    SELECT ids[i], events, words, actor, unit
    FROM unnest(p_actor, p_unit, p_events, p_words)
      WITH ORDINALITY AS a(actor, unit, events, words, i);
  INSERT INTO es.unsequenced (append_id, weight)
    SELECT ids[i], events + words
    FROM unnest(p_events, p_words) WITH ORDINALITY AS a(events, words, i);

  SELECT stream INTO stale FROM (
    SELECT stream, version, prev, lag(stream) OVER () AS last_stream,
           lag(version) OVER () AS last_version, lag(hash) OVER () AS last_hash
    FROM unnest(e_stream, e_version, e_prev, e_hash) AS u(stream, version, prev, hash)) AS e
  WHERE prev IS DISTINCT FROM CASE
    WHEN version = 1 THEN decode(repeat('00', 32), 'hex')
    WHEN last_stream = stream AND last_version = version - 1 THEN last_hash
    ELSE (SELECT s.hash FROM es.event s
          WHERE s.stream = e.stream COLLATE "C" AND s.version = e.version - 1) END
  LIMIT 1;
  IF stale IS NOT NULL THEN
    RAISE EXCEPTION 'stream % is not where it was when this was decided', stale
      USING ERRCODE = 'ES409';
  END IF;

  INSERT INTO es.event (append_id, idx, version, event_id, stream, name, body, prev_hash, hash)
    SELECT ids[a], idx, version, id, stream, name, body, prev, hash
    FROM unnest(e_append, e_idx, e_version, e_id, e_stream, e_name, e_body, e_prev, e_hash)
      AS e(a, idx, version, id, stream, name, body, prev, hash);
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written <> (SELECT sum(n) FROM unnest(p_events) AS n) THEN
    RAISE EXCEPTION 'the commands announce another number of events than came';
  END IF;
  IF cardinality(w_append) > 0 THEN
    INSERT INTO es.word (append_id, idx, subject, event_type, body)
      SELECT ids[a], idx, subject, type, body
      FROM unnest(w_append, w_idx, w_subject, w_type, w_body) AS w(a, idx, subject, type, body);
  END IF;
END $$;
"""

_EXTEND: Final = """
-- RFC 6962 tree in O(log n) state: one hash for every bit that is set in the size, largest
-- subtree first. Every 1,000 leaves the state is kept, so that any reader can compare.
CREATE FUNCTION es.extend(p_kind text, p_size bigint, p_frontier bytea[], p_leaves bytea[])
RETURNS bytea[] LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  f bytea[] := p_frontier;
  depth int := cardinality(p_frontier);
  s bigint := p_size;
  i bigint;
  h bytea;
BEGIN
  FOREACH h IN ARRAY p_leaves LOOP
    i := s;
    WHILE i & 1 = 1 LOOP
      h := sha256('\\x01'::bytea || f[depth] || h);
      depth := depth - 1;
      i := i >> 1;
    END LOOP;
    depth := depth + 1;
    f[depth] := h;
    s := s + 1;
    IF s % 1000 = 0 THEN
      INSERT INTO es.root_at (kind, size, frontier) VALUES (p_kind, s, f[1:depth]);
    END IF;
  END LOOP;
  RETURN f[1:depth];
END $$;
"""

_SEQUENCE: Final = """
-- One round: at most `p_appends` commands, and about `p_rows` events and words, get numbers.
CREATE FUNCTION es.sequence_batch(p_appends int, p_rows int,
  OUT to_position bigint, OUT to_number bigint, OUT taken int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
-- Always by index: the cost of a round must not depend on how much history there is.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  h es.head;
  due bigint[];
  leaves bytea[];
  word_leaves bytea[];
BEGIN
  IF pg_is_in_recovery() OR current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'numbers are given on the primary, in read committed';
  END IF;
  PERFORM FROM es.unsequenced ORDER BY append_id LIMIT 1;
  IF NOT FOUND THEN
    SELECT size, words, 0 INTO to_position, to_number, taken FROM es.head;
    RETURN;
  END IF;
  SELECT * INTO h FROM es.head FOR UPDATE;  -- the fence: many may run, one numbers

  -- A new statement has a new snapshot, taken after the fence. A command that was decided on
  -- another one is never visible without it, and has the larger append_id: cause comes first.
  WITH queue AS (
    SELECT append_id, sum(weight) OVER (ORDER BY append_id) - weight AS before
    FROM (SELECT * FROM es.unsequenced ORDER BY append_id LIMIT p_appends) AS oldest
  ), taken AS (
    DELETE FROM es.unsequenced
    WHERE append_id <= (SELECT max(append_id) FROM queue WHERE before < p_rows)
    RETURNING append_id
  )
  SELECT array_agg(append_id ORDER BY append_id) INTO due FROM taken;
  taken := coalesce(cardinality(due), 0);

  -- What those commands left is visible and never changes: later snapshots show the same.
  WITH numbered AS (
    INSERT INTO es.ledger (position, append_id, idx, leaf_hash)
      SELECT h.size + row_number() OVER (ORDER BY append_id, idx), append_id, idx, hash
      FROM unnest(due) AS d(append_id) JOIN es.event USING (append_id) ORDER BY 1
      RETURNING position, leaf_hash
  )
  SELECT array_agg(leaf_hash ORDER BY position) INTO leaves FROM numbered;
  WITH numbered AS (
    INSERT INTO es.said (number, append_id, idx, leaf_hash)
      SELECT h.words + row_number() OVER (ORDER BY append_id, idx), append_id, idx,
             sha256('\\x00'::bytea || body)
      FROM unnest(due) AS d(append_id) JOIN es.word USING (append_id) ORDER BY 1
      RETURNING number, leaf_hash
  )
  SELECT array_agg(leaf_hash ORDER BY number) INTO word_leaves FROM numbered;

  to_position := h.size + coalesce(cardinality(leaves), 0);
  to_number := h.words + coalesce(cardinality(word_leaves), 0);
  IF to_position > h.size THEN
    h.frontier := es.extend('ledger', h.size, h.frontier, leaves);
  END IF;
  IF to_number > h.words THEN
    h.word_frontier := es.extend('words', h.words, h.word_frontier, word_leaves);
  END IF;
  IF taken > 0 THEN
    UPDATE es.head SET size = to_position, words = to_number,
                       frontier = h.frontier, word_frontier = h.word_frontier;
  END IF;
END $$;
"""

_MOVE: Final = """
-- A reader goes on only from where it believes to be; else another one is working (ES410).
CREATE FUNCTION es.move_cursors(p_name text[], p_before bigint[], p_after bigint[])
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE moved int;
BEGIN
  INSERT INTO es.cursor (name)
    SELECT name FROM unnest(p_name, p_before) AS m(name, before) WHERE before = 0
    ON CONFLICT DO NOTHING;
  UPDATE es.cursor c SET position = m.after
    FROM unnest(p_name, p_before, p_after) AS m(name, before, after)
    WHERE c.name = m.name COLLATE "C" AND c.position = m.before;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved < cardinality(p_name) THEN
    RAISE EXCEPTION 'another reader has moved the cursor' USING ERRCODE = 'ES410';
  END IF;
END $$;
"""

STEPS: Final = (_APPEND, _EXTEND, _SEQUENCE, _MOVE)
