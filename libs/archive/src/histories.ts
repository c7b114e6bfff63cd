import type { JourneyFacts, Volume } from '@domeinbrug/journey';
import type { Dictionaries, Meanings } from './dictionaries.js';
import { encodeFacts, rewritePlaces } from './encode-facts.js';
import type { SeenRow, SupersededRow } from './rows.js';
import { succeed, type Versions } from './versions.js';

/** All that was told of one client, in the order of recording, and the facts after each event. */
export interface ClientHistory {
  client: string;
  steps: readonly { recordedAt: number; facts: JourneyFacts }[];
}

/** Histories of some clients as rows, to be posted to the thread that makes the archive. */
export interface PackedHistories {
  clients: readonly string[];
  /** Of every event, client by client: ms since 1970. */
  recordedAt: Float64Array;
  /** Per client: events, current facts, superseded versions, and the last of its events that changed any (0 = none). */
  counts: Uint32Array;
  /** The columns of each fact, and of what is no longer so two more; event numbers are a client's own, the first is 1. */
  rows: Int32Array;
  pools: readonly string[];
  volumes: readonly Volume[];
}

const COUNTS = 4;
const FACT = 7;

export function packHistories(histories: Iterable<ClientHistory>): PackedHistories {
  const names = namesOfPart();
  const clients: string[] = [];
  const [recordedAt, counts, rows]: [number[], number[], number[]] = [[], [], []];
  for (const { client, steps } of histories) {
    let versions: Versions = { current: [], superseded: [] };
    let changed = 0;
    steps.forEach(({ facts }, at) => {
      const after = succeed(versions, encodeFacts(facts, names), at + 1);
      if (after) changed = at + 1;
      versions = after ?? versions;
    });
    clients.push(client);
    for (const step of steps) recordedAt.push(step.recordedAt);
    counts.push(steps.length, versions.current.length, versions.superseded.length, changed);
    for (const row of versions.current) pushFact(rows, row);
    for (const row of versions.superseded) {
      pushFact(rows, row);
      rows.push(row.seenUntil, row.place);
    }
  }
  return {
    clients,
    recordedAt: Float64Array.from(recordedAt),
    counts: Uint32Array.from(counts),
    rows: Int32Array.from(rows),
    pools: names.pools,
    volumes: names.volumes,
  };
}

/** One client as an archive keeps it; event numbers are its own, the first is 1. */
export interface UnpackedHistory {
  client: string;
  events: number;
  versions: Versions;
  changed: number;
}

/** @param dictionaries of the archive that the rows are for */
export function* unpackHistories(
  packed: PackedHistories,
  dictionaries: Dictionaries,
): Generator<UnpackedHistory> {
  const { clients, counts, rows, pools, volumes } = packed;
  const meanings: Meanings = { provider: (agb) => agb, pools, volume: (place) => volumes[place]! };
  let at = 0;
  const nextFact = (): SeenRow => {
    const row: SeenRow = {
      kind: rows[at]!,
      from: rows[at + 1]!,
      until: rows[at + 2]!,
      code: rows[at + 3]!,
      provider: rows[at + 4]!,
      extra: rows[at + 5]!,
      seenFrom: rows[at + 6]!,
    };
    at += FACT;
    rewritePlaces(row, meanings, dictionaries);
    return row;
  };
  for (const [place, client] of clients.entries()) {
    const first = place * COUNTS;
    const versions: Versions = { current: [], superseded: [] };
    for (let left = counts[first + 1]!; left > 0; left--) versions.current.push(nextFact());
    for (let left = counts[first + 2]!; left > 0; left--) {
      const row = nextFact();
      versions.superseded.push({ ...row, seenUntil: rows[at++]!, place: rows[at++]! });
    }
    yield { client, events: counts[first]!, versions, changed: counts[first + 3]! };
  }
}

/** No table of an archive grows by more. */
export function mostRowsOf({ clients, recordedAt, rows }: PackedHistories): number {
  return Math.max(Math.ceil(rows.length / FACT), recordedAt.length, clients.length);
}

function pushFact(rows: number[], row: SeenRow | SupersededRow): void {
  rows.push(row.kind, row.from, row.until, row.code, row.provider, row.extra, row.seenFrom);
}

/** Names of one part; a provider's place is its code. */
function namesOfPart(): Dictionaries & { pools: string[]; volumes: Volume[] } {
  const pools: string[] = [];
  const volumes: Volume[] = [];
  const places = new Map<string, number>();
  const placeOf = (key: string, add: () => number): number => {
    const known = places.get(key) ?? add() - 1;
    places.set(key, known);
    return known;
  };
  return {
    pools,
    volumes,
    provider: (agb) => agb,
    pool: (name) => placeOf(`pool ${name}`, () => pools.push(name)),
    volume: (volume) => {
      const { quantity, unit, per } = volume;
      return placeOf(`${quantity} ${unit} ${per}`, () => volumes.push(volume));
    },
  };
}
