import { readEnvelope } from './read-envelope.js';
import type { AcceptedEvent } from './accepted-event.js';
import { toNewEvent } from './event-to-store.js';
import { eventOf } from './envelope.fixture.js';
import { clientIdOf, Pseudonyms } from './pseudonym.js';

const [first, second, third] = [1, 2, 3].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer, Buffer];
const bsn = '999990019';
const knowing = (...known: string[]) => {
  const asked: string[] = [];
  const isKnown = (clientId: string): Promise<boolean> => {
    asked.push(clientId);
    return Promise.resolve(known.includes(clientId));
  };
  return { asked, isKnown };
};

it('with one key asks nobody', async () => {
  const { asked, isKnown } = knowing();
  expect(await new Pseudonyms([first], isKnown).clientIdOf(bsn)).toBe(clientIdOf(bsn, first));
  expect(asked).toEqual([]);
});

it('somebody new is kept under the key in use', async () => {
  const { isKnown } = knowing();
  expect(await new Pseudonyms([third, second, first], isKnown).clientIdOf(bsn)).toBe(clientIdOf(bsn, third));
});

it.each([
  ['the key in use', third],
  ['the one before it', second],
  ['the first', first],
])('somebody who is known under %s stays so', async (_, key) => {
  const { isKnown } = knowing(clientIdOf(bsn, key));
  expect(await new Pseudonyms([third, second, first], isKnown).clientIdOf(bsn)).toBe(clientIdOf(bsn, key));
});

it('an event goes on without the BSN, and one that names its client by id as it is', async () => {
  const pseudonyms = new Pseudonyms([first], knowing().isKnown);
  const data = { firstDay: '2024-01-01', municipality: '0363' };
  const read = (client: object): AcceptedEvent =>
    readEnvelope(eventOf('client-registered', { clientId: undefined, ...client, ...data })) as AcceptedEvent;
  const identified = await pseudonyms.identify(read({ bsn }));
  const stored = toNewEvent(identified, { organisation: 'provider:65656055' });
  expect([identified.clientId, JSON.stringify([identified, stored]).includes(bsn)]).toEqual([
    clientIdOf(bsn, first),
    false,
  ]);
  expect((await pseudonyms.identify(read({ clientId: 'CLIENT0001' }))).clientId).toBe('CLIENT0001');
});
