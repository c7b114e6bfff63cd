import type { Asker } from '@domeinbrug/access';
import { tryParseInstant } from '@domeinbrug/calendar';
import { mayHoldBsn, serviceEvent } from '@domeinbrug/intake';
import { AskedDay, AskedMoment, AskedText, GivenObject } from '@domeinbrug/platform';
import { Problem, type ProblemError } from '@domeinbrug/problems';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import {
  closingOf,
  closingStream,
  freezesTheSame,
  readClosings,
  type Closing,
  type ClosingAsked,
} from './closing.js';
import { knowledgeAsked } from './knowledge.js';
import { countedPeriodErrors, periodErrors } from './period.js';
import { AskedRuleSet, ruleSetNamed } from './rule-set-named.js';
import { sound } from './sound.js';

class ClosingPeriod {
  @AskedDay('The first day.')
  firstDay?: string;

  @AskedDay('The last day.')
  lastDay?: string;
}

/** What is to be frozen, and under which name. */
export class ClosingRequest {
  @AskedText(
    /^\p{L}[\p{L}\p{N} ._()/-]{0,79}$/u,
    'Give a name of 1 to 80 letters, digits, spaces and . _ ( ) / - that begins with a letter.',
    'How it is to be found again.',
    'jaarrekening 2025',
  )
  name?: string;

  @GivenObject(() => ClosingPeriod, 'Give the period as an object with firstDay and lastDay.')
  period?: ClosingPeriod;

  @AskedMoment('As known at this moment.')
  knownAt?: string;

  @AskedRuleSet('Under this rule set.')
  ruleSet?: string;

  static problemsOf(asked: ClosingRequest): ProblemError[] {
    const missing = (['name', 'knownAt', 'ruleSet'] as const)
      .filter((name) => asked[name] === undefined)
      .map((name) => ({ pointer: `/${name}`, code: 'required', detail: `Give ${name} as well.` }));
    const period = asked.period ?? {};
    const ofPeriod = [...countedPeriodErrors(period), ...periodErrors(period)];
    return [
      ...missing,
      ...ofPeriod.map((error) => ({ ...error, pointer: `/period${error.pointer}` })),
      ...momentErrors(asked),
      ...nameErrors(asked),
    ];
  }
}

/** Freezes what a funder knew of a period. */
export class MakeClosing extends Command<{ closing: Closing; isNew: boolean }> {
  constructor(
    readonly request: ClosingRequest,
    readonly asker: Asker,
  ) {
    super();
  }
}

@CommandHandler(MakeClosing)
export class MakeClosingHandler implements ICommandHandler<MakeClosing> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 400 with every problem; 409 when the name stands for something else */
  async execute({ request, asker }: MakeClosing): Promise<{ closing: Closing; isNew: boolean }> {
    const { log, rules } = this.stores;
    const named = ruleSetNamed(rules, request.ruleSet);
    const { ruleSet } = sound(named, ClosingRequest.problemsOf(request));
    const at = await knowledgeAsked(log, { knownAt: request.knownAt });
    const { firstDay, lastDay } = request.period!;
    const asked: ClosingAsked = {
      funder: `${asker.kind as 'municipality' | 'insurer' | 'care-office'}:${asker.code}`,
      name: request.name!,
      period: { firstDay: firstDay!, lastDay: lastDay! },
      view: { at, ruleSet },
    };
    return this.freeze(asked, asker);
  }

  private async freeze(asked: ClosingAsked, asker: Asker): Promise<{ closing: Closing; isNew: boolean }> {
    const { log } = this.stores;
    const { actedBy } = asker;
    const made = await readClosings(log);
    const there = made.find(({ funder, name }) => funder === asked.funder && name === asked.name);
    if (there && freezesTheSame(there, asked)) return { closing: there, isNew: false };
    if (there) throw nameTaken(there);
    const closing = closingOf(asked);
    const happened = { type: 'closing-made', id: closing.id, time: Date.now(), data: { ...closing } };
    const sender = { organisation: asked.funder, ...(actedBy === undefined ? {} : { actedBy }) };
    const outcome = await log.append({
      stream: closingStream,
      expectedRevision: made.length === 0 ? 'no-stream' : made.length - 1,
      events: [serviceEvent(closingStream, happened, sender)],
    });
    // Somebody else made one in between, maybe under this very name.
    if (outcome.status !== 'appended') return this.freeze(asked, asker);
    return { closing, isNew: true };
  }
}

function nameTaken({ name, id }: Closing): Problem {
  return new Problem(
    'closing-differs',
    `There is a closing "${name}" that freezes something else (GET /v1/closings/${id}). What is closed stays as it ` +
      'is; give the new one a name of its own.',
  );
}

/** A moment still to come has no position yet. */
function momentErrors({ knownAt }: ClosingRequest): ProblemError[] {
  const instant = typeof knownAt === 'string' ? tryParseInstant(knownAt) : undefined;
  if (instant === undefined || instant <= Date.now()) return [];
  const detail = 'Only what is known can be frozen: give a moment that has passed.';
  return [{ pointer: '/knownAt', code: 'moment-to-come', detail }];
}

/** Names are kept for ever and shown to whoever audits the funder. */
function nameErrors({ name }: ClosingRequest): ProblemError[] {
  if (typeof name !== 'string' || !mayHoldBsn(name)) return [];
  return [{ pointer: '/name', code: 'holds-bsn', detail: 'Leave out the number that may be a BSN.' }];
}
