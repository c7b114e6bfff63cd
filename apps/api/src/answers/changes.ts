import { list, moment, named, nullable, oneOf, position, text } from '../description/shape.js';
import type { FeedEntry } from '../use-cases/changes-feed.js';
import { cursorForm } from '../use-cases/feed-cursor.js';
import type { ChangesAnswer } from '../use-cases/read-changes.js';
import { clientId, coordinates, coverRow, seenEvent } from './coverage.js';

const exampleCursor = '197.Jx0Qd8kT3mE2wXzE1vZ4yq0Wq4m0c2rYJp';

const cursor = text(
  'The place of the entry in the feed: its position, and what only this organisation can send back.',
  exampleCursor,
  { pattern: cursorForm.source },
);

const change = named<FeedEntry>('Change', 'One row that an event made different.', {
  cursor,
  clientId,
  recordedAt: moment('When it was recorded here.'),
  position: position('Where the event lies in the log.'),
  causedBy: list(seenEvent, 'The event that caused it, or the switch of the rule set.'),
  change: oneOf(
    ['added', 'changed', 'withdrawn'],
    'Changed when service, kind, rule and first day stay; else one row is withdrawn and another added.',
  ),
  before: nullable(coverRow, 'The row before; null when it is new, or was another provider’s.'),
  after: nullable(coverRow, 'The row after; null when it is gone, or became another provider’s.'),
});

export const changes = named<ChangesAnswer>('Changes', 'A page of a feed of changes.', {
  knownAt: coordinates.knownAt,
  position: position('Up to where events have been taken in.'),
  ruleSet: coordinates.ruleSet,
  changes: list(change, 'In order of the log.'),
  cursor: text('To be sent as after for what comes next; that of the last entry.', exampleCursor, {
    pattern: cursorForm.source,
  }),
});

/** As `text/event-stream`. */
export const changesStream = text(
  'Each entry as an event: id is its cursor, data the entry. A comment every 15 seconds.',
  `id: ${exampleCursor}\nevent: change\ndata: {"cursor":"${exampleCursor}"}\n\n`,
);
