import { expect } from './told-events.mjs';

/** Looks at the log after each kill: nothing acknowledged is lost, nothing is there twice, the digests follow. */
export class LogWatch {
  acknowledged = new Set();
  #seen = new Set();
  #last;

  constructor(store, place) {
    this.store = store;
    this.place = place;
    this.#last = { position: store.START, digest: store.EMPTY_LOG_DIGEST };
  }

  /** Takes note of events that somebody was told are stored for good. */
  acknowledge(ids) {
    for (const id of ids) this.acknowledged.add(id);
  }

  get stored() {
    return this.#seen.size;
  }

  /**
   * Reads what came since the last look, having made sure that what was seen then is still there.
   * @returns how many events are new, of which nobody had been told yet
   */
  async look(when) {
    const before = this.#seen.size;
    const log = await this.store.openEventLogReader(this.place);
    try {
      await this.#lookBack(log, when);
      for (;;) {
        const page = await log.readAll(this.#last.position, 2_000);
        for (const event of page) this.#take(event, when);
        if (page.length < 2_000) break;
      }
    } finally {
      await log.close();
    }
    const lost = [...this.acknowledged].filter((id) => !this.#seen.has(id));
    expect(lost.length === 0, `${when}: ${lost.length} acknowledged events are lost, such as ${lost[0]}`);
    return [...this.#seen]
      .slice(before)
      .filter((key) => !this.acknowledged.has(key) && !key.startsWith('urn:domeinbrug ')).length;
  }

  /** The digest is over all events up to there: when it is the same, so are they. */
  async #lookBack(log, when) {
    if (this.#last.position === this.store.START) return;
    const [event] = await log.readAll(String(BigInt(this.#last.position) - 1n), 1);
    expect(event?.digest === this.#last.digest, `${when}: what was seen before is not in the log as it was`);
  }

  #take({ content, contentHash, digest, position }, when) {
    const key = `${content.source} ${content.id}`;
    expect(!this.#seen.has(key), `${when}: ${key} is in the log twice`);
    this.#seen.add(key);
    const expected = this.store.nextDigest(this.#last.digest, contentHash);
    expect(digest === expected, `${when}: the digest at ${position} does not follow`);
    this.#last = { position, digest };
  }
}
