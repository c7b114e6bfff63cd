import { WrongUse } from './refusal.js';
import { storeNamed } from './store-named.js';

it.each([
  '/var/lib/domeinbrug',
  'data',
  'postgres:///care?host=/run/postgresql',
  'esdb://localhost:2113?tls=false',
])('takes %s as it is', (text) => expect(storeNamed('--from', text, {})).toBe(text));

it('takes what a variable holds, with a password or without', () => {
  const environment = { SOURCE_URL: 'postgres://reader:secret@db/care' };
  expect(storeNamed('--from', 'env:SOURCE_URL', environment)).toBe(environment.SOURCE_URL);
  expect(() => storeNamed('--from', 'env:OTHER', environment)).toThrow(/^--from: nothing stands in OTHER/);
});

it.each([
  'postgres://reader:secret@db/care',
  'postgres:///care?user=reader&password=secret',
  'esdb://admin:changeit@node1:2113',
  'esdb://admin:changeit@one:2113,two:2113,three:2113?tls=true',
])('refuses %s, whose password would show in the list of processes', (text) => {
  const take = (): string => storeNamed('--to', text, {});
  expect(take).toThrow(WrongUse);
  expect(take).toThrow(/--to env:NAME/);
  expect(take).not.toThrow(/secret|changeit/);
});
