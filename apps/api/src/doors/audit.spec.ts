import { toldIn } from './audit.js';

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
  expect(toldIn(answer).map(({ client }) => client)).toEqual(clients);
});

it('says of events why they were rejected, beside those that were taken', () => {
  const rejected = { clientId: 'CLIENTA1', status: 'rejected', code: 'source-foreign' };
  const results = [{ clientId: 'CLIENTA1', status: 'recorded' }, rejected, rejected];
  expect(toldIn({ results })).toEqual([
    { client: 'CLIENTA1', rejection: null },
    { client: 'CLIENTA1', rejection: 'source-foreign' },
  ]);
});
