import { expect, funder, pause } from './told-events.mjs';

const entriesAPage = 1_000;

/** Follows a funder's feed of changes over all kills with the cursor of the last entry it was given. */
export class FeedWatch {
  #cursor = null;
  #followed = [];

  get entries() {
    return this.#followed.length;
  }

  /** Reads on from the cursor in hand, until the feed is as far as the log was when asked, or the service is gone. */
  async follow(service) {
    for (;;) {
      const page = await this.#page(service, this.#cursor);
      if (page === null) return;
      this.#take(page.changes);
      this.#cursor = page.cursor;
      if (page.changes.length < entriesAPage) return;
    }
  }

  /** What was followed in pieces is what a reader is given who begins now: no entry missed, none twice, none other. */
  async compareWithTheWhole(service) {
    await this.follow(service);
    let cursor = null;
    let index = 0;
    for (;;) {
      const page = await this.#page(service, cursor);
      expect(page !== null, 'the service ended while its feed was read');
      for (const entry of page.changes) {
        const held = this.#followed[index++];
        expect(held === textOf(entry), `entry ${index} of the feed is ${textOf(entry)} and was ${held}`);
      }
      cursor = page.cursor;
      if (page.changes.length < entriesAPage) break;
    }
    expect(index === this.#followed.length, `the feed has ${index} entries, ${this.entries} were followed`);
  }

  #take(changes) {
    for (const entry of changes) this.#followed.push(textOf(entry));
  }

  /** @returns null when nobody answers any more */
  async #page(service, cursor) {
    const after = cursor === null ? '' : `&after=${cursor}`;
    const path = `/v1/funders/${funder}/changes?limit=${entriesAPage}${after}`;
    for (;;) {
      const answer = await service.ask(path);
      if (answer === null) return null;
      const { status, body } = answer;
      if (status === 200) return checked(body, cursor);
      expect(status === 503, `the feed answered ${status} after ${cursor}: ${JSON.stringify(body)}`);
      await pause(50); // the read models are being built or catch up
    }
  }
}

function checked(page, cursor) {
  let last = cursor;
  for (const entry of page.changes) {
    expect(last === null || isAfter(entry.cursor, last), `the feed goes from ${last} to ${entry.cursor}`);
    last = entry.cursor;
  }
  return page;
}

/** Positions go up; which of two entries of one position comes first their cursors do not tell. */
function isAfter(cursor, other) {
  const [position, otherPosition] = [cursor, other].map((each) => Number(each.split('.')[0]));
  return position > otherPosition || (position === otherPosition && cursor !== other);
}

function textOf({ cursor, clientId, change, before, after }) {
  return JSON.stringify([cursor, clientId, change, before, after]);
}
