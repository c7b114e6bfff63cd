import type { Asker } from '@domeinbrug/access';
import { formatInstant } from '@domeinbrug/calendar';
import {
  changesInWords,
  coverageChanges,
  determineCoverage,
  type CoverageChanges,
  type CoverageRows,
  type CoverageTimeline,
  type CoverRow,
} from '@domeinbrug/coverage';
import type { Position } from '@domeinbrug/event-store';
import type { Journey } from '@domeinbrug/journey';
import { AskedWord } from '@domeinbrug/platform';
import type { Language } from '@domeinbrug/problems';
import { readPerson, type Person } from '@domeinbrug/projections';
import type { RuleSet } from '@domeinbrug/rules';
import { seeTimeline, type Made, type Seen, type SeenBecause, type SeenTimeline } from '@domeinbrug/sight';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { setImmediate } from 'node:timers/promises';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import type { EventResult, EventsRecorded } from './record-events.js';

/** What may be asked of the answer to events. */
export class SendingQuestion {
  @AskedWord(
    ['effect'],
    'effect: each result also says what the event changed in who pays, in words and as data; for at most 100 events, ' +
      'with a token that may read coverage.',
  )
  echo?: 'effect';
}

/** More would take too long to wait for. */
export const mostEffects = 100;

/**
 * What one event changed in its client's coverage, against what was known right before it, under the rule set in
 * force; as far as the sender may see.
 */
export interface EventEffect extends CoverageChanges<SeenBecause> {
  ruleSet: CoverageTimeline['ruleSet'];
  /** When the event was recorded; `null` for one that is not new, and so has no effect. */
  knownAt: string | null;
  /** At least one sentence. */
  inWords: string[];
}

/** A result with its effect, where that was asked for. */
export interface AnsweredEvent extends EventResult {
  effect?: EventEffect;
}

export type EventsAnswer = Omit<EventsRecorded, 'results'> & { results: AnsweredEvent[] };

/** What events that were just sent changed, one result after the other. */
export class TellEffects extends Query<EventsAnswer> {
  constructor(
    readonly recorded: EventsRecorded,
    readonly asker: Asker,
    readonly language: Language,
  ) {
    super();
  }
}

@QueryHandler(TellEffects)
export class TellEffectsHandler implements IQueryHandler<TellEffects> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  async execute({ recorded, asker, language }: TellEffects): Promise<EventsAnswer> {
    const ruleSet = this.stores.rules.active;
    const personAt = this.reader(recorded.position);
    const told: AnsweredEvent[] = [];
    for (const result of recorded.results) {
      await setImmediate(); // others' requests go between
      const { status, clientId, position } = result;
      if (status !== 'recorded') {
        told.push({
          ...result,
          effect: { ...effectOf(ruleSet), inWords: [withoutEffect[status][language]] },
        });
        continue;
      }
      const person = await personAt(clientId!, position!);
      told.push({ ...result, effect: this.effect(person, position!, asker, ruleSet, language) });
    }
    return { ...recorded, results: told };
  }

  /** Reads each client once. A client that is merged into another is read under the id of that one. */
  private reader(upTo: Position): (clientId: string, position: Position) => Promise<Person> {
    const read = new Map<string, Person>();
    const personAt = async (clientId: string, position: Position): Promise<Person> => {
      const { log, references } = this.stores;
      const person = read.get(clientId) ?? (await readPerson(log, references, clientId, upTo));
      read.set(clientId, person);
      const into = person.mergedIntoAt(position);
      return into === null ? person : personAt(into, position);
    };
    return personAt;
  }

  private effect(
    person: Person,
    position: Position,
    asker: Asker,
    ruleSet: RuleSet,
    language: Language,
  ): EventEffect {
    const after = person.journeyAt(position);
    const before = { ...after, events: after.events.slice(0, -1) }; // the event is the last at its position
    const knownAt = { instant: after.events.at(-1)!.recordedAt, position };
    const rules = this.stores.rules.compiledOf(ruleSet);
    const seen = (journey: Journey): CoverageRows<SeenBecause> =>
      partOfSender(asker, { journey, rules, knownAt }, after);
    const changes = coverageChanges(seen(before), seen(after));
    const sentences = changesInWords(changes, language);
    const inWords = sentences.length > 0 ? sentences : [withoutEffect.recorded[language]];
    return { ...effectOf(ruleSet, formatInstant(knownAt.instant)), ...changes, inWords };
  }
}

/**
 * The rows that changes are told from to who sends events: as far as it may see them after the event, and of a funder
 * its own alone.
 */
function partOfSender(asker: Asker, made: Made, after: Journey): CoverageRows<SeenBecause> {
  const timeline = determineCoverage(made.journey, made.rules, made.knownAt);
  const seen = seeTimeline(asker, timeline, made, after);
  return seen
    ? { ...seen, cover: seen.cover.filter(isPayerTold) }
    : { cover: [], gaps: [], minutes: [], findings: [] };
}

function isPayerTold(row: SeenTimeline['cover'][number]): row is Seen<CoverRow> {
  return row.funder !== null && row.rule !== null;
}

function effectOf(
  { id, version, hash }: RuleSet,
  knownAt: string | null = null,
): Omit<EventEffect, 'inWords'> {
  const findings = { opened: [], closed: [] };
  return { ruleSet: { id, version, hash }, knownAt, cover: [], gaps: [], minutes: [], findings };
}

/** What is said of an event that changes nothing. */
const withoutEffect: Record<EventResult['status'], Record<Language, string>> = {
  recorded: {
    en: 'It changes nothing in who pays, as far as you may see.',
    nl: 'Dit verandert niets aan wie betaalt, voor zover u dat mag zien.',
  },
  known: {
    en: 'It changes nothing: this event was known already.',
    nl: 'Dit verandert niets: deze gebeurtenis was al bekend.',
  },
  rejected: {
    en: 'It changes nothing: this event was rejected and is not recorded.',
    nl: 'Dit verandert niets: deze gebeurtenis is geweigerd en niet vastgelegd.',
  },
};
