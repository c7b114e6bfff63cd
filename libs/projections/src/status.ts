import { START, type EventLog, type LogLag, type Position } from '@domeinbrug/event-store';
import type { Building } from './building.js';
import { readCheckpoint } from './checkpoint.js';
import { positionOf } from './tables.js';
import type { ViewsDatabase } from './tables.js';

export interface ProjectionStatus {
  /**
   * `behind` is normal for a moment after each event; `stopped` needs somebody to look at `reason`; `absent` is a
   * data folder in which nobody has built them yet.
   */
  state: 'absent' | 'building' | 'current' | 'behind' | 'stopped';
  /** Up to where the read models are, and what they were made with. */
  position: Position;
  identity: string | null;
  logPosition: Position;
  lag: Lag;
  parked: ParkedClient[];
  /** `null` while the read models are being built. */
  findings: FindingCounts | null;
  reason: string | null;
  /** Read models that are being built beside those in force, or as the first; `null` = none are. */
  building: Building | null;
}

/** How many findings there are with each code; one that concerns several organisations counts for each. */
export type FindingCounts = Record<string, number>;

/** How far the read models are behind the log. */
export interface Lag {
  /** Events not yet folded. */
  events: number;
  /** Age of the oldest of them in milliseconds; 0 when there is none. */
  ms: number;
}

export interface ParkedClient {
  clientId: string;
  position: Position;
  /** Milliseconds since 1970. */
  since: number;
  reason: string;
}

type LogToCompare = Pick<EventLog, 'head' | 'lag'>;

/** What is known of read models by those who have them open. */
export interface Known {
  /** Why they stand still; `null` = they do not. */
  stopped: string | null;
  findings: FindingCounts | null;
  building: Building | null;
}

/** Where the read models stand. `db` is `null` while they are being built. */
export async function statusOf(
  db: ViewsDatabase | null,
  log: LogToCompare,
  { stopped, findings, building }: Known,
): Promise<ProjectionStatus> {
  const head = await log.head();
  const checkpoint = db && (await readCheckpoint(db));
  const position = checkpoint?.position ?? START;
  const lag = lagAt(await log.lag(position), Date.now());
  return {
    state: stopped !== null ? 'stopped' : !checkpoint ? 'building' : lag.events > 0 ? 'behind' : 'current',
    position,
    identity: checkpoint?.identity ?? null,
    logPosition: head.position,
    lag,
    parked: db ? await parkedClients(db) : [],
    findings: db && findings,
    reason: stopped,
    building,
  };
}

function lagAt({ events, since }: LogLag, now: number): Lag {
  return { events, ms: since === null ? 0 : Math.max(0, now - since) };
}

export async function parkedClients(db: ViewsDatabase): Promise<ParkedClient[]> {
  const rows = await db.selectFrom('parked').selectAll().orderBy('position').execute();
  return rows.map(({ client, position, recorded_at, reason }) => ({
    clientId: client,
    position: positionOf(position),
    since: recorded_at,
    reason,
  }));
}

/** How many rows the tables have; takes a second where there are millions. */
export async function rowCounts(db: ViewsDatabase): Promise<Record<CountedTable, number>> {
  const counts: [CountedTable, number][] = [];
  for (const table of countedTables) {
    const { rows } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow();
    counts.push([table, rows]);
  }
  return Object.fromEntries(counts) as Record<CountedTable, number>;
}

const countedTables = ['timelines', 'portfolio', 'portfolio_gaps', 'changes'] as const;
type CountedTable = (typeof countedTables)[number];

/** As the projector keeps them; takes a second where there are millions. */
export async function findingCounts(db: ViewsDatabase): Promise<FindingCounts> {
  const counts = await db
    .selectFrom('findings')
    .select(({ fn }) => ['code', fn.countAll<number>().as('count')])
    .groupBy('code')
    .execute();
  return Object.fromEntries(counts.map(({ code, count }) => [code, count]));
}
