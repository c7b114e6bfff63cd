import { clientsIn } from './audit.js';

it.each([
  ['one client', { clientId: 'CLIENTA1', cover: [] }, ['CLIENTA1']],
  [
    'a list',
    { clients: [{ clientId: 'CLIENTA1' }, { clientId: 'CLIENTB2' }], totals: {} },
    ['CLIENTA1', 'CLIENTB2'],
  ],
  [
    'each once',
    { results: [{ clientId: 'CLIENTA1' }, { clientId: 'CLIENTA1' }, { status: 'rejected' }] },
    ['CLIENTA1'],
  ],
  ['nobody', { totals: { clients: 3 }, rows: [null, 'x', 3] }, []],
  ['no object', 'text', []],
  ['nothing', null, []],
])('finds whom an answer names: %s', (_, answer, clients) => {
  expect(clientsIn(answer)).toEqual(clients);
});
