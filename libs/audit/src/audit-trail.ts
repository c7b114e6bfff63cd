import { createHash, randomUUID } from 'node:crypto';
import {
  openEventLog,
  verifyChain,
  type ChainVerification,
  type EventLog,
  type EventLogReader,
  type LogPlace,
  type NewEvent,
  type RecordedEvent,
} from '@domeinbrug/event-store';
import type { AuditRecord } from './audit-record.js';
import { Turns } from './turns.js';

/** What was looked at cannot be written down, so it may not be shown. */
export class AuditNotWritten extends Error {
  override readonly name = 'AuditNotWritten';
}

/**
 * Who looked at or changed what of whom. A log of its own with a stream a client: only ever added to, and each line's
 * digest is over that of the line before, so that a line that was changed or taken away shows.
 */
export class AuditTrail {
  private readonly turns = new Turns(underWayAtMost);
  /** Lines that were given to be written and are not durable yet, by who is answered. */
  private readonly inHand = new Map<string, number>();

  /**
   * @param mostInHand lines that may wait to be written; of one organisation, or supplier of several, a quarter, so that
   *   no one keeps all others waiting
   */
  constructor(
    private readonly log: EventLog,
    private readonly mostInHand = 100_000,
  ) {}

  /** @throws what `openEventLog` throws */
  static async open(place: LogPlace, onFailure?: (error: Error) => void): Promise<AuditTrail> {
    return new AuditTrail(await openEventLog(place, { onFailure }));
  }

  /**
   * Resolves once all are durable. Many lines take turns with those of others, so that a single one is not behind all of
   * a page.
   *
   * @throws AuditNotWritten also when too many lines wait
   */
  async write(records: readonly AuditRecord[]): Promise<void> {
    const who = askerOf(records);
    this.take(who, records.length);
    try {
      for (let first = 0; first < records.length; first += aTurn) {
        const some = records.slice(first, first + aTurn);
        await this.turns.take(some.length, () => Promise.all(some.map((record) => this.append(record))));
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new AuditNotWritten(`The audit trail cannot be written: ${reason}`);
    } finally {
      const left = this.inHandOf(who) - records.length;
      if (left > 0) this.inHand.set(who, left);
      else this.inHand.delete(who);
    }
  }

  private take(who: string, lines: number): void {
    const all = [...this.inHand.values()].reduce((sum, some) => sum + some, 0);
    const own = this.inHandOf(who);
    if (all + lines > this.mostInHand)
      throw new AuditNotWritten(`The audit trail cannot be written: ${all} lines wait already.`);
    if (own + lines > this.mostInHand / 4)
      throw new AuditNotWritten(
        `The audit trail cannot be written: ${own} lines of this asker wait already.`,
      );
    this.inHand.set(who, own + lines);
  }

  private inHandOf(who: string): number {
    return this.inHand.get(who) ?? 0;
  }

  close(): Promise<void> {
    return this.log.close();
  }

  private async append(record: AuditRecord): Promise<void> {
    const stream = streamOf(record.object.client);
    await this.log.append({ stream, expectedRevision: 'any', events: [eventOf(record)] });
  }
}

/** The lines about one client, oldest first. */
export async function auditOfClient(log: EventLogReader, client: string): Promise<AuditRecord[]> {
  return (await log.readStream(streamOf(client))).map(recordIn);
}

/** Whether every line is as it was written, and none was taken from between. */
export function verifyAudit(log: EventLogReader): Promise<ChainVerification> {
  return verifyChain(log, (event) => {
    const record = recordIn(event);
    // The chain is over what lines say, and says nothing of the stream that a client's lines are found in.
    return hashOf(record) === event.contentHash && event.stream === streamOf(record.object.client);
  });
}

/** So many lines of one answer are written in a turn. */
const aTurn = 256;

/** So many of all answers: a log refuses more than 4,096 appends at once, and is as fast as it gets at an eighth of that. */
const underWayAtMost = 2_048;

/** All lines of one answer are of one asker. */
function askerOf([record]: readonly AuditRecord[]): string {
  return record?.user.actedBy ?? record?.user.organisation ?? '';
}

/** Lines about nobody by name lie together. */
function streamOf(client: string | null): string {
  return client === null ? 'answers' : `client-${client}`;
}

function eventOf(record: AuditRecord): NewEvent {
  return {
    id: randomUUID(),
    type: 'audit-line',
    contentHash: hashOf(record),
    content: record,
    personal: null,
    metadata: {},
  };
}

function recordIn({ content }: RecordedEvent): AuditRecord {
  return content as AuditRecord;
}

/** Stores keep the order of an object's members. */
function hashOf(record: AuditRecord): string {
  return createHash('sha256').update(JSON.stringify(record)).digest('hex');
}
