import { amsterdamDay, formatDay, tryParseInstant } from '@domeinbrug/calendar';
import type { FunderSettlement } from '@domeinbrug/coverage';
import { AskedDay, AskedList, AskedText } from '@domeinbrug/platform';
import type { ProblemError } from '@domeinbrug/problems';
import type { Viewpoint } from '@domeinbrug/portfolio';
import { services, type Funder, type Service } from '@domeinbrug/terms';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { readClosings, viewOfClosing, type Closing } from './closing.js';
import { coordinatesOf, daysAsked, type Coordinates } from './funder-page.js';
import { knowledgeAsked } from './knowledge.js';
import { countedPeriodErrors, periodErrors, type PeriodAsked } from './period.js';
import { refused } from './sound.js';

const sideForm = /^.{1,100}$/;
const sideSentence = 'Give a moment with its offset, the id of a closing, or the name of a closing.';

/** Between two moments of knowledge or closings. */
export class FunderSettlementQuestion {
  @AskedText(sideForm, sideSentence, 'Before: a moment, or a closing by id or name.', 'jaarrekening 2025')
  from?: string;

  @AskedText(sideForm, sideSentence, 'After: a moment, or a closing by id or name.', '2026-07-01T00:00:00Z')
  to?: string;

  @AskedDay('From this day on; left out: that of the closing.')
  firstDay?: string;

  @AskedDay(
    'Through this day; left out: that of the closing, else the day before the later of the two moments.',
  )
  lastDay?: string;

  @AskedList(services, 'services', 'Only these services.')
  services?: Service[];

  static problemsOf(asked: FunderSettlementQuestion): ProblemError[] {
    const missing = (['from', 'to'] as const)
      .filter((name) => asked[name] === undefined)
      .map((name) => ({ pointer: `/${name}`, code: 'required', detail: sideSentence }));
    return [...missing, ...periodErrors(asked)];
  }
}

/** One side of the comparison; a moment is seen under the rules in force now. */
export interface SettledSide extends Coordinates {
  /** Its id; `null` for a moment. */
  closing: string | null;
}

export interface FunderSettlementAnswer extends FunderSettlement {
  funder: Funder;
  firstDay: string;
  lastDay: string;
  sides: { from: SettledSide; to: SettledSide };
}

/** What a funder pays more or less than it did, whom it is taken over from or by, and because of what. */
export class SettleFunder extends Query<FunderSettlementAnswer> {
  constructor(
    readonly funder: Funder,
    readonly question: FunderSettlementQuestion,
  ) {
    super();
  }
}

interface Side {
  view: Viewpoint;
  closing: Closing | null;
}

@QueryHandler(SettleFunder)
export class SettleFunderHandler implements IQueryHandler<SettleFunder> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 400 with every problem */
  async execute({ funder, question }: SettleFunder): Promise<FunderSettlementAnswer> {
    const { log, portfolio } = this.stores;
    const closings = (await readClosings(log)).filter((closing) => closing.funder === funder);
    const sides = [
      await this.sideOf(question.from, '/from', closings),
      await this.sideOf(question.to, '/to', closings),
    ] as const;
    const found = sides.flatMap((side) => (side && 'view' in side ? [side] : []));
    const period = periodOf(question, found);
    refused([
      ...FunderSettlementQuestion.problemsOf(question),
      ...sides.flatMap((side) => (side && 'error' in side ? [side.error] : [])),
      ...(found.length === sides.length ? resolvedErrors(question, period, found) : []),
    ]);
    const [from, to] = found as [Side, Side];
    const days = { firstDay: period.firstDay!, lastDay: period.lastDay! };
    const settled = await portfolio.settlement(from.view, to.view, daysAsked(funder, days, question));
    return { funder, ...days, sides: { from: told(from), to: told(to) }, ...settled };
  }

  private async sideOf(
    named: string | undefined,
    pointer: string,
    closings: readonly Closing[],
  ): Promise<Side | { error: ProblemError } | null> {
    const { log, rules } = this.stores;
    if (named === undefined) return null;
    if (tryParseInstant(named) !== undefined)
      return {
        view: { at: await knowledgeAsked(log, { knownAt: named }), ruleSet: rules.active },
        closing: null,
      };
    const closing = closings.find(({ id, name }) => id === named || name === named);
    if (!closing) return { error: { pointer, code: 'closing-unknown', detail: unknown(named, closings) } };
    const view = viewOfClosing(rules, closing);
    if (view) return { view, closing };
    const { id, version } = closing.ruleSet;
    const detail = `The rule set ${id}@${version} of this closing is no longer there; put its file back.`;
    return { error: { pointer, code: 'rule-set-unknown', detail } };
  }
}

function unknown(named: string, closings: readonly Closing[]): string {
  const names = closings.map(({ name }) => `"${name}"`).join(', ');
  const known = names === '' ? 'you have made none' : `you have ${names}`;
  return `There is no closing "${named}"; ${known}. A moment is written with its offset: 2024-03-10T22:59:59Z.`;
}

function told({ view, closing }: Side): SettledSide {
  return { ...coordinatesOf(view), closing: closing?.id ?? null };
}

/** As asked; else that of the closings; else through the day before the later moment. */
function periodOf({ firstDay, lastDay }: PeriodAsked, sides: readonly Side[]): PeriodAsked {
  const closed = sides.map(({ closing }) => closing?.period).find((period) => period !== undefined);
  const later = Math.max(0, ...sides.map(({ view }) => view.at.instant));
  return {
    firstDay: firstDay ?? closed?.firstDay,
    lastDay: lastDay ?? closed?.lastDay ?? formatDay(amsterdamDay(later) - 1),
  };
}

/** What is wrong with the days only once it is known what they are. */
function resolvedErrors(asked: PeriodAsked, period: PeriodAsked, sides: readonly Side[]): ProblemError[] {
  const isWhole = asked.firstDay !== undefined && asked.lastDay !== undefined;
  return [
    ...countedPeriodErrors(period),
    ...(isWhole ? [] : periodErrors(period)),
    ...conflictErrors(asked, sides),
  ];
}

/** Closings of different periods do not say which of the two is meant. */
function conflictErrors({ firstDay, lastDay }: PeriodAsked, sides: readonly Side[]): ProblemError[] {
  const periods = sides.flatMap(({ closing }) => (closing ? [closing.period] : []));
  const differ = (name: 'firstDay' | 'lastDay'): boolean =>
    new Set(periods.map((period) => period[name])).size > 1;
  const asked = { firstDay, lastDay };
  return (['firstDay', 'lastDay'] as const)
    .filter((name) => asked[name] === undefined && differ(name))
    .map((name) => ({
      pointer: `/${name}`,
      code: 'periods-differ',
      detail: `The two closings are of different periods; say ${name} of the days to compare.`,
    }));
}
