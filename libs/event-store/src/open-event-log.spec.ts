import { logPlaceNamed } from './open-event-log.js';

test.each([
  ['postgres:///database?host=/var/run/postgresql', 'postgres'],
  ['postgresql://somebody@example.nl/database', 'postgres'],
  ['esdb://one:2113', 'kurrentdb'],
  ['esdb+discover://one:2113', 'kurrentdb'],
  ['kurrentdb://one:2113', 'kurrentdb'],
  ['kurrentdb+discover://one:2113', 'kurrentdb'],
  ['./data', 'folder'],
  ['/var/lib/domeinbrug', 'folder'],
])('%s is a store of kind %s', (named, kind) => {
  expect(logPlaceNamed(named, 'domeinbrug').kind).toBe(kind);
});
