import { owns, urnOf, type Asker } from '@domeinbrug/access';
import { findingCodes, type EventRef } from '@domeinbrug/coverage';
import { AskedList, AskedNumber, AskedPosition, AskedText } from '@domeinbrug/platform';
import { invalidRequest } from '@domeinbrug/problems';
import { findingsPage, type StoredFinding } from '@domeinbrug/projections';
import { findingsForAuditors } from '@domeinbrug/sight';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import type { Coordinates } from './funder-page.js';
import { storedViews, untilTakenIn } from './stored-views.js';

const howToGoOn = 'Take the address of the next page from the Link of the page before.';

export class FindingsQuestion {
  @AskedList(findingCodes, 'codes of findings', 'Only findings with these codes.')
  code?: string[];

  @AskedNumber(1, 1000, 'At most so many findings on a page; 100 when left out.')
  limit: number = 100;

  @AskedText(/^[A-Za-z0-9_-]{1,400}$/, howToGoOn, 'From the Link of the page before.', 'WyIxOTciXQ')
  after?: string;

  @AskedPosition('Wait until this position has been taken in, as answered to a POST.')
  atLeast?: string;
}

/** What contradicts something, as far as the asker sent it. */
export interface FindingSeen {
  clientId: string;
  code: string;
  text: string;
  /** Of the asker's own systems; an auditor sees all. */
  events: EventRef[];
  /** Whether it is about events of other organisations too; not of how many. */
  withOthers: boolean;
}

/** Pages follow the read models: each shows the state at its own position. */
export interface Findings extends Coordinates {
  /** By client id. */
  findings: FindingSeen[];
  next: string | null;
}

/** What in an organisation's own deliveries contradicts something; for an auditor, in anybody's. */
export class ReadFindings extends Query<Findings> {
  constructor(
    readonly question: FindingsQuestion,
    readonly asker: Asker,
  ) {
    super();
  }
}

@QueryHandler(ReadFindings)
export class ReadFindingsHandler implements IQueryHandler<ReadFindings> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 400 for an `after` that no page gave; 503 while the read models are built or behind `atLeast` */
  async execute({ question, asker }: ReadFindings): Promise<Findings> {
    const { code, limit, after, atLeast } = question;
    const { aliases } = this.stores;
    const start =
      after === undefined ? { clientId: '', ordinal: -1 } : readPlace(aliases.openPlace(after, asker));
    await untilTakenIn(this.stores, atLeast);
    const { views, coordinates } = storedViews(this.stores);
    const { checkpoint, findings, more } = await findingsPage(
      views,
      {
        ...(asker.kind === 'auditor' ? {} : { organisation: urnOf(asker), without: findingsForAuditors }),
        ...(code === undefined ? {} : { codes: code }),
      },
      start,
      limit,
    );
    return {
      ...coordinates(checkpoint),
      findings: findings.map((finding) => seenBy(asker, finding)),
      next: more ? aliases.sealPlace(writePlace(findings.at(-1)!), asker) : null,
    };
  }
}

function seenBy(asker: Asker, { clientId, code, text, events }: StoredFinding): FindingSeen {
  const own = asker.kind === 'auditor' ? events : events.filter(({ source }) => owns(asker, source));
  return { clientId, code, text, events: own, withOthers: own.length < events.length };
}

type Place = Pick<StoredFinding, 'clientId' | 'ordinal'>;

function writePlace({ clientId, ordinal }: Place): string {
  return `${clientId}.${ordinal}`;
}

/** @throws Problem 400 */
function readPlace(text: string | undefined): Place {
  const place = /^([A-Za-z0-9]{8,64})\.(\d{1,9})$/.exec(text ?? '');
  if (place) return { clientId: place[1]!, ordinal: Number(place[2]) };
  throw invalidRequest([{ pointer: '/after', code: 'invalid-form', detail: howToGoOn }]);
}
