import type { Asker } from '@domeinbrug/access';
import { ClientAliases } from '@domeinbrug/privacy';
import { readClientsNamed, withClientsNamed } from './clients-named.js';

const aliases = new ClientAliases([Buffer.alloc(32, 1)]);
const provider = { kind: 'provider', code: '65656055' } as Asker;
const insurer = { kind: 'insurer', code: '3311' } as Asker;
const id = 'CLIENT0001';
const own = aliases.aliasOf(id, provider);
const others = aliases.aliasOf(id, insurer);

const read = (request: { params?: unknown; body?: unknown }): typeof request => {
  readClientsNamed({ params: {}, body: undefined, ...request }, provider, aliases);
  return request;
};

it.each([
  ['an address', (client: string) => ({ params: { clientId: client } })],
  ['an event', (client: string) => ({ body: { data: { clientId: client } } })],
  ['a batch', (client: string) => ({ body: [{ data: { clientId: client } }, 'x', null] })],
  [
    'a correction',
    (client: string) => ({ body: { data: { clientId: client, data: { clientId: client, firstDay: 'x' } } } }),
  ],
  [
    'an event in binary mode',
    (client: string) => ({ body: { clientId: client, data: { clientId: client } } }),
  ],
  ['a preview', (client: string) => ({ body: { events: [{ data: { clientId: client } }, 1] } })],
])('reads the asker’s own alias in %s, and leaves what is none', (_, request) => {
  expect(read(request(own))).toEqual(request(id));
  for (const text of [others, id, 'SOMEBODY01', own.toLowerCase()])
    expect(read(request(text))).toEqual(request(text));
});

it.each([[undefined], [null], ['a rule set'], [3], [[]], [{ data: 'x' }], [{ data: { clientId: 3 } }]])(
  'a body that names nobody stays: %j',
  (body) => {
    expect(read({ body })).toEqual({ body });
  },
);

it('a client is called as the asker has named it, every other by its alias', () => {
  const nameOf = readClientsNamed({ params: { clientId: id }, body: undefined }, provider, aliases);
  expect([nameOf(id), nameOf('SOMEBODY01')]).toEqual([id, aliases.aliasOf('SOMEBODY01', provider)]);
  expect(readClientsNamed({ params: { clientId: own }, body: undefined }, provider, aliases)(id)).toBe(own);
});

const nameOf = (client: string): string => `${client}-named`;

it.each([
  [
    'one client',
    { clientId: 'A', cover: [{ share: 100 }] },
    { clientId: 'A-named', cover: [{ share: 100 }] },
  ],
  [
    'a list',
    { clients: [{ clientId: 'A' }, { clientId: 'B' }], totals: { clients: 2 } },
    { clients: [{ clientId: 'A-named' }, { clientId: 'B-named' }], totals: { clients: 2 } },
  ],
  [
    'results without',
    { results: [{ status: 'rejected' }, null, 'x'] },
    { results: [{ status: 'rejected' }, null, 'x'] },
  ],
  ['a text', 'A', 'A'],
  ['nothing', null, null],
])('names the clients of an answer: %s', (_, answer, named) => {
  expect(withClientsNamed<unknown>(answer, nameOf)).toEqual(named);
});

it('changes nothing in the answer that it was given', () => {
  const answer = { clients: [{ clientId: 'A' }] };
  withClientsNamed(answer, nameOf);
  expect(answer).toEqual({ clients: [{ clientId: 'A' }] });
});
