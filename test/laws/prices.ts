import type { Price } from '@domeinbrug/rules';
import { services, type Service } from '@domeinbrug/terms';
import fc from 'fast-check';
import { firstPossibleDay } from './event-drafts.js';

/** A price a day for some services and a price an hour for others, in odd cents. */
export const priced = fc
  .array(fc.tuple(fc.constantFrom(...services), fc.boolean(), fc.integer({ min: 1, max: 9999 })), {
    maxLength: 6,
  })
  .map((some) =>
    Object.fromEntries(
      some.map(([service, perDay, value]): [Service, Price] => [
        service,
        {
          unit: perDay ? 'cent-per-day' : 'cent-per-hour',
          national: [{ since: firstPossibleDay, value }],
          local: { provider: {}, insurer: {}, municipality: {}, 'care-office': {} },
        },
      ]),
    ),
  );
