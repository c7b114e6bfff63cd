import type { Asker } from '@domeinbrug/access';
import { parseDay } from '@domeinbrug/calendar';
import type { KnownAt } from '@domeinbrug/coverage';
import { digestAt } from '@domeinbrug/event-store';
import { invalidRequest, Problem } from '@domeinbrug/problems';
import {
  archiveAt,
  identityOf,
  enoughTakePart,
  ReplayFailed,
  type Population,
  type ReplayQuestion,
} from '@domeinbrug/replay';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { readKnowledge } from './knowledge.js';
import { replayToldOf, type ReplayTold } from './replay-told.js';
import { ReplayRequest, unknownToReplays, varyAsked } from './replay-request.js';

/** Begins a replay, or finds the one that was asked before. */
export class AskReplay extends Command<{ replay: ReplayTold; known: boolean }> {
  constructor(
    readonly request: ReplayRequest,
    readonly asker: Asker,
  ) {
    super();
  }
}

@CommandHandler(AskReplay)
export class AskReplayHandler implements ICommandHandler<AskReplay> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 400 with every problem; 403 for what only an auditor may ask; 503 when too many wait */
  async execute({ request: asked, asker }: AskReplay): Promise<{ replay: ReplayTold; known: boolean }> {
    const request: ReplayRequest = given({ ...asked });
    const { log, rules, replays } = this.stores;
    const at = await readKnowledge(log, request);
    const errors = [
      ...ReplayRequest.problemsOf(request),
      ...unknownToReplays(rules)(ReplayRequest, { ...request }),
      ...('error' in at ? [at.error] : []),
    ];
    if ('error' in at || errors.length > 0) throw invalidRequest(errors);
    if (request.privacy === 'none' && asker.kind !== 'auditor') throw forAuditors();
    const question = await this.questionOf(request, at);
    if (replays.question(identityOf(question)) === undefined) await this.refuseEmpty(question);
    const { status, known } = replays.ask(question);
    return { replay: replayToldOf(status, question), known };
  }

  /** @throws Problem 400 when nobody takes part, or too few for the privacy profile; 503 while the archive is behind */
  private async refuseEmpty(question: ReplayQuestion): Promise<void> {
    const { projections } = this.stores;
    const archive = await archiveAt(() => projections.archive(), question.knownAt.position).catch(
      (error: Error) => {
        throw error instanceof ReplayFailed ? archiveBehind(error) : error;
      },
    );
    if (await enoughTakePart(archive, question)) return;
    const who = question.privacy === 'none' ? 'Nobody meets' : 'Nobody, or fewer than ten people, meet';
    const detail = `${who} all of this on one day of the period; leave something out, or correct a code.`;
    throw invalidRequest([{ pointer: '/population', code: 'population-empty', detail }]);
  }

  private async questionOf(request: ReplayRequest, knownAt: KnownAt): Promise<ReplayQuestion> {
    const { log, rules } = this.stores;
    return {
      baseline: rules.find(request.baseline!)!,
      alternative: rules.find(request.alternative!)!,
      period: { from: parseDay(request.firstDay!), until: parseDay(request.lastDay!) + 1 },
      knownAt,
      digest: (await digestAt(log, knownAt.position))!,
      population: populationOf(request.population),
      vary: varyAsked(rules, request),
      privacy: request.privacy ?? 'k10',
    };
  }
}

function archiveBehind({ message }: ReplayFailed): Problem {
  return new Problem('views-not-ready', message, { headers: { 'retry-after': '1' } });
}

function forAuditors(): Problem {
  return new Problem(
    'privacy-for-auditors',
    'Only an auditor may see what k10 hides: leave privacy out, or write k10.',
  );
}

/** Only what is given: what is left out and what is asked for nobody in particular are one question. */
function populationOf(asked: ReplayRequest['population']): Population {
  const { birthYear, ...codes } = asked ?? {};
  return given({ ...codes, birthYear: birthYear && given({ ...birthYear }) });
}

function given<T extends object>(fields: T): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  ) as T;
}
