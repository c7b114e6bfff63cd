import type { Asker } from '@domeinbrug/access';
import { amsterdamDay, formatInstant } from '@domeinbrug/calendar';
import { determineCoverage, type KnownAt } from '@domeinbrug/coverage';
import { readEnvelope, type IdentifiedEvent } from '@domeinbrug/intake';
import type { Journey, JourneyEvent } from '@domeinbrug/journey';
import { GivenList } from '@domeinbrug/platform';
import { invalidRequest, type ProblemError } from '@domeinbrug/problems';
import type { RuleSet } from '@domeinbrug/rules';
import { isAllOwn, seeSupposed, type Made, type SeenTimeline } from '@domeinbrug/sight';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IsOptional } from 'class-validator';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { knowledgeOf } from './knowledge.js';
import { NamesRuleSets, ruleSetNamed } from './rule-set-named.js';
import { unknownClient } from './client-journey.js';
import { refusal } from './record-events.js';
import { aboutClient } from './sight.js';

/** What if these events were true? */
export class PreviewQuestion {
  /** CloudEvents as one would send them; at most 100. */
  @GivenList(1, 100, 'Give the events as a list of 1 to 100 CloudEvents.')
  events!: unknown[];

  /** Names of rule sets; the active one when left out. */
  @NamesRuleSets()
  @IsOptional()
  @GivenList(
    1,
    20,
    'Give the ids of 1 to 20 rule sets as a list of texts, or leave ruleSets out.',
    (name) => typeof name === 'string',
  )
  ruleSets?: string[];

  static problemsOf({ events }: { events?: unknown }): ProblemError[] {
    return Array.isArray(events)
      ? events.slice(0, 100).flatMap((event, index) => formErrors(event, index))
      : [];
  }
}

export interface Preview {
  clientId: string;
  knownAt: string;
  position: string;
  /** One per rule set asked, in order. */
  timelines: SeenTimeline[];
}

/** What a client's coverage would be if some events were true. Nothing is stored. */
export class PreviewCoverage extends Query<Preview> {
  constructor(
    readonly clientId: string,
    readonly question: PreviewQuestion,
    readonly asker: Asker,
  ) {
    super();
  }
}

@QueryHandler(PreviewCoverage)
export class PreviewCoverageHandler implements IQueryHandler<PreviewCoverage> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 400 with every problem of every event; 404 for a client that is not the asker's */
  async execute({ clientId, question, asker }: PreviewCoverage): Promise<Preview> {
    const { log, rules } = this.stores;
    const head = await knowledgeOf(log);
    const { person } = await aboutClient(this.stores, asker, clientId, head.position);
    const journey = person.journeyAt(head.position);
    const members = person.membersAt(head.position);
    const supposed = await Promise.all(
      question.events.map((event, index) =>
        this.supposed(event, index, journey, head, question.events.slice(0, index), members, asker),
      ),
    );
    const ruleSets = (question.ruleSets ?? ['active']).map((name, index) =>
      ruleSetNamed(rules, name, `/ruleSets/${index}`),
    );
    const errors = [...supposed.flatMap(errorsOf), ...ruleSets.flatMap(errorsOf)];
    if (errors.length > 0) throw invalidRequest(errors);
    const events = [...journey.events, ...(supposed as { event: JourneyEvent }[]).map(({ event }) => event)];
    return {
      clientId,
      knownAt: formatInstant(head.instant),
      position: head.position,
      timelines: (ruleSets as { ruleSet: RuleSet }[]).map(({ ruleSet }) =>
        seenSupposing(
          asker,
          { journey: { ...journey, events }, rules: rules.compiledOf(ruleSet), knownAt: head },
          journey,
        ),
      ),
    };
  }

  /** An event as if it had been recorded last. */
  private async supposed(
    envelope: unknown,
    index: number,
    { events }: Journey,
    { instant }: KnownAt,
    earlier: readonly unknown[],
    members: readonly string[],
    asker: Asker,
  ): Promise<{ event: JourneyEvent } | { errors: ProblemError[] }> {
    const at = `/events/${index}`;
    const read = readEnvelope(envelope);
    if (Array.isArray(read)) return { errors: formErrors(envelope, index) };
    const event = await this.stores.pseudonyms.identify(read);
    const refused = refusal(event, asker) ?? touchesOthersStays(event, events, asker);
    if (refused) return { errors: [{ ...refused, pointer: `${at}${refused.pointer}` }] };
    if (!members.includes(event.clientId)) {
      const detail = 'This event is about another client than the address; preview one client at a time.';
      return { errors: [{ pointer: `${at}/data`, code: 'client-differs', detail }] };
    }
    const isSame = (other: unknown): boolean => {
      const { source, id } = (other ?? {}) as { source?: unknown; id?: unknown };
      return source === event.source && id === event.id;
    };
    if (earlier.some(isSame)) {
      const detail = 'An earlier event of this preview has this source and id; give each an id of its own.';
      return { errors: [{ pointer: `${at}/id`, code: 'given-twice', detail }] };
    }
    if (events.some(({ source, id }) => source === event.source && id === event.id)) {
      const detail =
        'An event with this source and id is recorded already; give the supposed one another id.';
      return { errors: [{ pointer: `${at}/id`, code: 'already-recorded', detail }] };
    }
    return { event: journeyEvent(event, instant) };
  }
}

/**
 * Beginnings and ends of stays fit by their kind alone, whoever told of them: what is supposed of a stay may fall on that of
 * another, and what follows would tell which clinic that was, and when. Whether it does must not show either, so that nothing
 * of a stay is supposed where others have told.
 */
function touchesOthersStays(
  { type, data }: IdentifiedEvent,
  events: readonly JourneyEvent[],
  asker: Asker,
): ProblemError | undefined {
  if (isAllOwn(asker, { events })) return undefined;
  const isStay = type.startsWith('stay-');
  if (!isStay && !subjectOf(data, events)?.type.startsWith('stay-')) return undefined;
  const detail = 'What a stay means is told in a preview only of a client that nobody else has told of.';
  return { pointer: isStay ? '/type' : '/data', code: 'stay-not-supposed', detail };
}

/** What a correction or retraction comes down to, also by others of its kind; `undefined` for any other event. */
function subjectOf(data: object, events: readonly JourneyEvent[]): JourneyEvent | undefined {
  const { corrects, retracts } = data as { corrects?: EventKey; retracts?: EventKey };
  const key = corrects ?? retracts;
  const target = key && events.find(({ source, id }) => source === key.source && id === key.id);
  const others = events.filter((event) => event !== target); // two may name each other
  return target && (subjectOf(target.data, others) ?? target);
}

type EventKey = Pick<JourneyEvent, 'source' | 'id'>;

/**
 * What may be seen is decided by what is true: supposing that a client is in one's care shows what one would be paid from
 * today on, not what others are, nor what was.
 */
function seenSupposing(asker: Asker, made: Made, journey: Journey): SeenTimeline {
  const timeline = determineCoverage(made.journey, made.rules, made.knownAt);
  const seen = seeSupposed(asker, timeline, made, journey, amsterdamDay(made.knownAt.instant));
  if (!seen) throw unknownClient();
  return seen;
}

function formErrors(envelope: unknown, index: number): ProblemError[] {
  const read = readEnvelope(envelope);
  if (!Array.isArray(read)) return [];
  return read.map((each) => ({ ...each, pointer: `/events/${index}${each.pointer}` }));
}

function errorsOf(read: object): ProblemError[] {
  if ('errors' in read) return read.errors as ProblemError[];
  return 'error' in read ? [read.error as ProblemError] : [];
}

/** The data fits the type: `readEnvelope` has checked it. */
function journeyEvent({ source, id, type, data }: IdentifiedEvent, recordedAt: number): JourneyEvent {
  return { source, id, type, data, recordedAt } as unknown as JourneyEvent;
}
