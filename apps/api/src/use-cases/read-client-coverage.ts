import type { Asker } from '@domeinbrug/access';
import { determineCoverage } from '@domeinbrug/coverage';
import { AskedDay, AskedList, AskedMoment, AskedPosition } from '@domeinbrug/platform';
import type { ProblemError } from '@domeinbrug/problems';
import type { SeenTimeline } from '@domeinbrug/sight';
import { services, type Service } from '@domeinbrug/terms';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { knowledgeAsked, knowledgeErrors } from './knowledge.js';
import { periodErrors } from './period.js';
import { AskedRuleSet, ruleSetNamed } from './rule-set-named.js';
import { aboutClient, seenBy } from './sight.js';
import { sound } from './sound.js';

/** What may be asked of a client's coverage. */
export class CoverageQuestion {
  @AskedDay('Only this day; not together with firstDay or lastDay.')
  on?: string;

  @AskedDay('From this day on.')
  firstDay?: string;

  @AskedDay('Through this day.')
  lastDay?: string;

  @AskedMoment('As known at this moment; left out: as known now.')
  knownAt?: string;

  @AskedPosition('As known at this position of the log, instead of a moment.')
  knownAtPosition?: string;

  @AskedRuleSet('Under this rule set; left out: the active one.')
  ruleSet?: string;

  @AskedList(services, 'services', 'Only these services.')
  services?: Service[];

  @AskedPosition('Wait until this position has been written, as answered to a POST.')
  atLeast?: string;

  static problemsOf(asked: CoverageQuestion): ProblemError[] {
    return [...periodErrors(asked), ...knowledgeErrors(asked)];
  }
}

/** Who pays for one client on each day, as far as the asker may see it. */
export class ReadClientCoverage extends Query<SeenTimeline> {
  constructor(
    readonly clientId: string,
    readonly question: CoverageQuestion,
    readonly asker: Asker,
  ) {
    super();
  }
}

@QueryHandler(ReadClientCoverage)
export class ReadClientCoverageHandler implements IQueryHandler<ReadClientCoverage> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 400 with every problem; 404 when nothing of the client is the asker's to see */
  async execute({ clientId, question, asker }: ReadClientCoverage): Promise<SeenTimeline> {
    const { log, rules } = this.stores;
    const { ruleSet } = sound(ruleSetNamed(rules, question.ruleSet), CoverageQuestion.problemsOf(question));
    const knownAt = await knowledgeAsked(log, question);
    const client = await aboutClient(this.stores, asker, clientId, knownAt.position);
    const timeline = determineCoverage(
      client.person.journeyAt(knownAt.position),
      rules.compiledOf(ruleSet),
      knownAt,
    );
    return seenBy(this.stores, client, timeline, ruleSet, knownAt, {
      firstDay: question.on ?? question.firstDay,
      lastDay: question.on ?? question.lastDay,
      services: question.services,
    });
  }
}
