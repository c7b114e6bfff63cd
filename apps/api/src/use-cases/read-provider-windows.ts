import type { Asker } from '@domeinbrug/access';
import { amsterdamDay, formatDay, parseDay, type Day } from '@domeinbrug/calendar';
import { windowRuns, type KnownAt, type WindowRun } from '@domeinbrug/coverage';
import { AskedDay, AskedNumber, AskedPosition, AskedText } from '@domeinbrug/platform';
import { invalidRequest } from '@domeinbrug/problems';
import { readPerson, windowsPage, type WindowRow } from '@domeinbrug/projections';
import type { RuleSet, WindowKind } from '@domeinbrug/rules';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import type { Coordinates } from './funder-page.js';
import { storedViews, untilTakenIn } from './stored-views.js';

const howToGoOn = 'Take the address of the next page from the Link of the page before.';

export class WindowsAsked {
  @AskedDay('Only windows whose last day lies before this day; left out: of any end.')
  endsBefore?: string;

  @AskedNumber(1, 1000, 'At most so many clients on a page; 100 when left out.')
  limit: number = 100;

  @AskedText(/^[A-Za-z0-9_-]{1,400}$/, howToGoOn, 'From the Link of the page before.', 'WyIxOTciXQ')
  after?: string;

  @AskedPosition('Wait until this position has been taken in, as answered to a POST.')
  atLeast?: string;
}

/** Days that a window pays the provider for, and what is left of it. */
export interface ProviderWindow extends Omit<WindowRow, 'kind'> {
  kind: WindowKind;
  /** From today, or from a first day still to come, through the last day, both counted; `null` = no end known. */
  daysLeft: number | null;
  /** Minutes; `null` = without a cap. */
  cap: number | null;
  minutesUsed: number;
}

/** Pages follow the read models: each shows the state at its own position. */
export interface ProviderWindows extends Coordinates {
  provider: string;
  /** By client id, service and first day. */
  windows: ProviderWindow[];
  next: string | null;
}

/** The windows that pay a provider today or later. */
export class ReadProviderWindows extends Query<ProviderWindows> {
  constructor(
    readonly provider: string,
    readonly question: WindowsAsked,
    readonly asker: Asker,
  ) {
    super();
  }
}

@QueryHandler(ReadProviderWindows)
export class ReadProviderWindowsHandler implements IQueryHandler<ReadProviderWindows> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 400 for an `after` that no page gave; 503 while the read models are built or behind `atLeast` */
  async execute({ provider, question, asker }: ReadProviderWindows): Promise<ProviderWindows> {
    const { endsBefore, limit, after, atLeast } = question;
    const { aliases } = this.stores;
    const start = after === undefined ? '' : readPlace(aliases.openPlace(after, asker));
    await untilTakenIn(this.stores, atLeast);
    const today = amsterdamDay(Date.now());
    const { views, ruleSet, coordinates } = storedViews(this.stores);
    const { checkpoint, rows, more } = await windowsPage(
      views,
      { provider, today: formatDay(today), ...(endsBefore === undefined ? {} : { endsBefore }) },
      start,
      limit,
    );
    const at = { position: checkpoint.position, instant: checkpoint.recordedAt };
    const windows: ProviderWindow[] = [];
    for (const clientId of new Set(rows.map((row) => row.clientId))) {
      const runs = await this.runsOf(clientId, ruleSet, at);
      const own = rows.filter((row) => row.clientId === clientId);
      windows.push(...own.map((row) => windowOf(row, runs, today)));
    }
    return {
      provider,
      ...coordinates(checkpoint),
      windows,
      next: more === null ? null : aliases.sealPlace(more, asker),
    };
  }

  /** Minutes are counted for a whole opening, which no stored row says. */
  private async runsOf(clientId: string, ruleSet: RuleSet, at: KnownAt): Promise<WindowRun[]> {
    const { log, references, rules } = this.stores;
    const person = await readPerson(log, references, clientId, at.position);
    return windowRuns(person.journeyAt(at.position), rules.compiledOf(ruleSet), at);
  }
}

/** @param runs at the position of the row and under the rules that it was made by, so that its own is among them */
function windowOf(row: WindowRow, runs: readonly WindowRun[], today: Day): ProviderWindow {
  const run = runs.find(
    ({ service, rule, firstDay, lastDay }) =>
      service === row.service &&
      rule === row.rule &&
      firstDay <= row.firstDay &&
      (lastDay === null || row.firstDay <= lastDay),
  )!;
  return {
    ...row,
    // Only windows are asked for.
    kind: row.kind as WindowKind,
    daysLeft:
      row.lastDay === null ? null : parseDay(row.lastDay) - Math.max(today, parseDay(row.firstDay)) + 1,
    cap: run.cap,
    minutesUsed: run.minutesUsed,
  };
}

/** @throws Problem 400 */
function readPlace(client: string | undefined): string {
  if (client !== undefined && /^[A-Za-z0-9]{8,64}$/.test(client)) return client;
  throw invalidRequest([{ pointer: '/after', code: 'invalid-form', detail: howToGoOn }]);
}
