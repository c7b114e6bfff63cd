import { channelOf } from './connection.js';

/**
 * The functions that append, for the first step of {@link stepsFor}. They answer as {@link AppendResult} says; what they
 * are given is written by `groupText`.
 *
 * A group of appends is one call, hence one transaction of one round trip: no lock is ever held while a client thinks.
 * Each statement of a function sees what was committed when that statement began, so all that follows the lock sees
 * every append before it. That holds under READ COMMITTED alone, which is why anything else is refused.
 */
export function appendFunctions(schema: string): string {
  return `
    CREATE TYPE ${schema}.head AS (position bigint, recorded_at bigint, digest bytea);
    CREATE TYPE ${schema}.append AS (
      stream text,
      expected_revision text, -- digits, 'no-stream' or 'any'
      moments bigint[],       -- one per event, or NULL for the clock's
      now bigint,             -- the caller's clock, or NULL for the server's
      ids text[],
      first_places integer[], -- of the first event with the same id, from 1
      types text[],
      hashes text[],          -- hex
      contents text[],
      personals text[],
      metadatas text[]
    );
    ${appendGroup(schema)}
    ${appendOne(schema)}`;
}

/** The plans of these functions are kept per connection; without sequential scans they stay right while the log grows. */
function appendGroup(schema: string): string {
  return `
    CREATE FUNCTION ${schema}.append_group(appends json, OUT results json, OUT head json)
    LANGUAGE plpgsql SET enable_seqscan = off AS $$
    DECLARE
      one ${schema}.append;
      outcome record;
      last ${schema}.head;
      before bigint;
      answers json[] := '{}';
    BEGIN
      IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'Events are appended under READ COMMITTED, not under %.',
          upper(current_setting('transaction_isolation'));
      END IF;
      PERFORM pg_advisory_xact_lock(hashtextextended('domeinbrug appends to ${schema}', 0));
      SELECT events.position, events.recorded_at, events.digest INTO last
        FROM ${schema}.events ORDER BY events.position DESC LIMIT 1;
      IF NOT FOUND THEN
        last := (0, 0, decode(repeat('00', 32), 'hex'));
      END IF;
      before := last.position;
      FOR one IN SELECT * FROM json_populate_recordset(NULL::${schema}.append, appends) LOOP
        outcome := ${schema}.append_one(one, last);
        last := outcome.last;
        answers := answers || outcome.result;
      END LOOP;
      results := array_to_json(answers);
      IF last.position > before THEN
        head := json_build_object('position', last.position::text, 'recordedAt', last.recorded_at,
          'digest', encode(last.digest, 'hex'));
        PERFORM pg_notify('${channelOf(schema)}', head::text);
      END IF;
    END $$;`;
}

/** Arrays are by place in the append, from 1. */
function appendOne(schema: string): string {
  return `
    CREATE FUNCTION ${schema}.append_one(append ${schema}.append, INOUT last ${schema}.head, OUT result json)
    LANGUAGE plpgsql AS $$
    DECLARE
      stream_id bigint;
      last_revision integer;
      known record;
      first_place integer;
      expected_hashes text[];
      fresh boolean[] := array_fill(false, ARRAY[cardinality(append.ids)]);
      differing text[] := '{}';
      positions bigint[];
      moments bigint[];
      digests bytea[];
      before bigint := last.position;
      position bigint := last.position;
      moment bigint := last.recorded_at;
      digest bytea := last.digest;
    BEGIN
      SELECT streams.id INTO stream_id FROM ${schema}.streams WHERE streams.name = append.stream;
      SELECT events.revision INTO last_revision
        FROM ${schema}.events WHERE events.stream = stream_id ORDER BY events.revision DESC LIMIT 1;
      ${compareEvents(schema)}
      ${refuseAppend()}
      ${numberEvents()}
      ${storeEvents(schema)}
    END $$;`;
}

/**
 * Finds which events are fresh, the places of those that are in the stream, and the ids with other content than what is
 * stored or came earlier. Ids are looked up one by one: a join took twice as long for one event and no less for many.
 */
function compareEvents(schema: string): string {
  return `
      FOR place IN 1 .. cardinality(append.ids) LOOP
        first_place := append.first_places[place];
        IF first_place = place THEN
          expected_hashes[place] := append.hashes[place];
          fresh[place] := true;
          IF stream_id IS NOT NULL THEN
            SELECT events.position, events.recorded_at, encode(events.content_hash, 'hex') AS hash INTO known
              FROM ${schema}.events WHERE events.stream = stream_id AND events.id = append.ids[place];
            IF FOUND THEN
              fresh[place] := false;
              expected_hashes[place] := known.hash;
              positions[place] := known.position;
              moments[place] := known.recorded_at;
            END IF;
          END IF;
        ELSE
          positions[place] := positions[first_place];
          moments[place] := moments[first_place];
        END IF;
        IF append.hashes[place] <> expected_hashes[first_place]
            AND append.ids[place] <> ALL (differing) THEN
          differing := differing || append.ids[place];
        END IF;
      END LOOP;`;
}

/** In the order that the port gives. */
function refuseAppend(): string {
  return `
      IF differing <> '{}' THEN
        result := json_build_object('status', 'conflict', 'ids', differing);
        RETURN;
      END IF;
      IF NOT true = ANY (fresh) THEN
        result := json_build_object('status', 'known', 'revision', last_revision,
          'positions', positions::text[], 'recordedAt', moments);
        RETURN;
      END IF;
      IF append.expected_revision NOT IN ('any', coalesce(last_revision::text, 'no-stream')) THEN
        result := json_build_object('status', 'wrong-revision',
          'revision', coalesce(to_json(last_revision), to_json('no-stream'::text)));
        RETURN;
      END IF;`;
}

/** Gives fresh events their places after the last of the log, unless a given moment is too late for one. */
function numberEvents(): string {
  return `
      IF append.moments IS NULL THEN
        moment := greatest(moment,
          coalesce(append.now, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint));
      END IF;
      FOR place IN 1 .. cardinality(fresh) LOOP
        IF fresh[place] THEN
          IF append.moments[place] < moment THEN
            result := json_build_object('status', 'too-late', 'lastRecordedAt', last.recorded_at);
            RETURN;
          END IF;
          moment := coalesce(append.moments[place], moment);
          position := position + 1;
          digest := sha256(digest || decode(append.hashes[place], 'hex'));
          positions[place] := position;
          moments[place] := moment;
          digests[place] := digest;
        ELSIF positions[place] IS NULL THEN -- repeats a fresh one
          positions[place] := positions[append.first_places[place]];
          moments[place] := moments[append.first_places[place]];
        END IF;
      END LOOP;`;
}

function storeEvents(schema: string): string {
  return `
      IF stream_id IS NULL THEN
        INSERT INTO ${schema}.streams (name) VALUES (append.stream) RETURNING streams.id INTO stream_id;
      END IF;
      INSERT INTO ${schema}.events (position, stream, revision, id, type, content_hash, content, personal,
          metadata, recorded_at, digest)
        SELECT positions[event.place], stream_id, coalesce(last_revision, -1) + positions[event.place] - before,
          event.id, event.type, decode(event.hash, 'hex'), event.content, event.personal, event.metadata,
          moments[event.place], digests[event.place]
        FROM unnest(append.ids, append.types, append.hashes, append.contents, append.personals,
            append.metadatas) WITH ORDINALITY AS event (id, type, hash, content, personal, metadata, place)
        WHERE fresh[event.place];
      last := (position, moment, digest);
      result := json_build_object('status', 'appended',
        'revision', coalesce(last_revision, -1) + position - before,
        'positions', positions::text[], 'recordedAt', moments, 'fresh', fresh);`;
}
