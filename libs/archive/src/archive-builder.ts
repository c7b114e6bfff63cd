import { keepArchiveIn, type ArchivePlace } from './archive-files.js';
import { Compaction } from './compaction.js';
import { Generation, nothing } from './generation.js';
import { mostRowsOf, unpackHistories, type PackedHistories, type UnpackedHistory } from './histories.js';
import { partsOf } from './parts.js';
import { hasRoomFor, roomFor } from './room.js';
import { renumberEvents } from './segment.js';
import { sizeOf, type ArchiveSize } from './size.js';
import { addClient, nowhere, writeVersions } from './write-client.js';

/**
 * Makes an archive of whole histories, client by client: the same as if their events had been applied one by one in the
 * order of recording, from position 1 on. Events of one millisecond stand in the order in which they were added.
 */
export class ArchiveBuilder {
  private generation = Generation.allocate(1, roomFor(nothing, 0));
  private parts = partsOf(this.generation);
  private recordedAt: Float64Array[] = [];
  private events = 0;

  /** @param packed histories of clients of whom none was added before */
  add(packed: PackedHistories): void {
    this.makeRoom(mostRowsOf(packed));
    for (const history of unpackHistories(packed, this.parts.dictionaries)) {
      if (history.changed > 0) this.write(history);
      for (let event = 0; event < history.events; event++) this.parts.positions.push(++this.events);
    }
    this.generation.setUsed('moments', this.events); // their place is kept; what they are is known when all are
    this.recordedAt.push(packed.recordedAt);
  }

  /** Writes the archive to an empty folder. */
  async finish(place: ArchivePlace): Promise<ArchiveSize> {
    this.putEventsInOrder();
    this.compact(0);
    await keepArchiveIn(place, this.generation.shared);
    return sizeOf(this.generation);
  }

  private write({ client, versions, changed }: UnpackedHistory): void {
    for (const row of versions.current) row.seenFrom += this.events;
    for (const row of versions.superseded) {
      row.seenFrom += this.events;
      row.seenUntil += this.events;
    }
    const number = addClient(this.generation, this.parts.clients, client);
    const none = { current: [], superseded: [] };
    writeVersions(this.generation, number, nowhere, none, versions, this.events + changed);
  }

  /** Events were numbered as they came; from here on by when they were recorded. */
  private putEventsInOrder(): void {
    const { generation, events } = this;
    const recordedAt = new Float64Array(events);
    let place = 0;
    for (const part of this.recordedAt) {
      recordedAt.set(part, place);
      place += part.length;
    }
    const inOrder = Uint32Array.from({ length: events }, (_, event) => event);
    inOrder.sort((a, b) => recordedAt[a]! - recordedAt[b]! || a - b);
    const { moments } = this.parts;
    generation.setUsed('moments', 0);
    const numbers = new Uint32Array(events + 1);
    inOrder.forEach((event, before) => {
      numbers[event + 1] = before + 1;
      moments.push(recordedAt[event]!);
    });
    renumberEvents(generation, numbers);
    const last = events === 0 ? 0 : recordedAt[inOrder[events - 1]!]!;
    generation.publish(events, { position: String(events), recordedAt: last });
  }

  private makeRoom(rows: number): void {
    // Twice the room each time, so that all is copied only now and then.
    if (!hasRoomFor(this.generation, rows)) this.compact(rows + this.generation.used('facts'));
  }

  private compact(rows: number): void {
    this.generation = new Compaction(this.generation, rows).finish();
    this.parts = partsOf(this.generation);
  }
}
