import { loadOrCreateKeys, type Asker } from '@domeinbrug/access';
import { formatDay, parseDay } from '@domeinbrug/calendar';
import { ClientAliases } from '@domeinbrug/privacy';
import { Client, type Answer, type Service } from '../e2e/service.js';
import { isOn } from './asking.js';
import type { Person, Population, View } from './told-population.js';
import { isOwn, isOwnGapDay, sourceOf, type Read } from './what-may-be-seen.js';

/** What a question is about; a door takes of it what it asks. */
export interface Question {
  as: string;
  /** Another organisation. */
  other: string;
  person: Person;
  view: View;
  period: { firstDay: string; lastDay: string };
  service: string;
  /** Anything from 0: the size of a page, a place in a feed. */
  number: number;
}

export type Door = (asked: Asked, question: Question) => Promise<number>;

export const ruleSets = ['six-weeks', 'sharp-cut', 'until-delivery', 'split-payment'];

const developmentOin = '00000003999999990000';

/** A service with invented people in it, and what each asker may know of them. */
export class Asked {
  readonly client: Client;
  private readonly known = new Map<string, boolean>();

  private constructor(
    readonly service: Service,
    readonly population: Population,
    private readonly aliases: ClientAliases,
    /** The last position. */
    readonly now: number,
  ) {
    this.client = new Client(service, 'as told');
  }

  static async over(service: Service, population: Population): Promise<Asked> {
    const keys = await loadOrCreateKeys(service.dataDir, 'alias');
    return new Asked(service, population, new ClientAliases(keys), population.positions.at(-1)!);
  }

  aliasOf({ kept }: Person, as: string): string {
    return this.aliases.aliasOf(kept, askerOf(as));
  }

  /** The person whom an asker calls so; nobody else is ever named to it. */
  personCalled(alias: string, as: string): Person {
    const kept = this.aliases.clientOf(alias, askerOf(as));
    const person = this.population.people.find((each) => each.kept === kept);
    if (!person) throw new Error(`${as} was told of ${alias}, which is nobody to it.`);
    return person;
  }

  /** Asks, and holds the answer to naming no person but those that the asker may know of, and those by its own ids. */
  async ask(as: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await (body === undefined ? this.client.ask(as, path) : this.client.post(as, path, body));
    // A header may lead on, by ids too.
    this.namesOnlyKnown(as, path, [answer.body, ...answer.headers]);
    return answer;
  }

  namesOnlyKnown(as: string, path: string, body: unknown): void {
    const text = JSON.stringify(body).replaceAll(JSON.stringify(path.split('?')[0]!), '');
    for (const { bsn, kept } of this.population.people) {
      if (text.includes(bsn) || text.includes(kept)) throw new Error(`${as} was told a number of a person.`);
    }
    for (const [alias] of text.matchAll(/[A-Z2-7]{68,128}/g)) {
      if (!this.everKnew(as, this.personCalled(alias, as)))
        throw new Error(`${as} was told of a person that is not its own.`);
    }
  }

  /** Everything that there was to see of a person, and (later) what somebody saw of it. */
  read(as: string, person: Person, view: View, seen?: unknown): Read {
    const looked = this.population.look(person, view);
    return { asker: askerOf(as), ...looked, seen: seen as Read['seen'] };
  }

  /** What the doors may each tell differs; at none of them a person shows that was never the asker’s to pay, to care for or to tell of. */
  private everKnew(as: string, person: Person): boolean {
    const key = `${as} ${person.kept}`;
    const knew =
      this.known.get(key) ??
      person.told.some(
        ({ position, event }) =>
          event.source === sourceOf(askerOf(as)) ||
          ruleSets.some((ruleSet) => this.mayKnow(as, person, { position, ruleSet })),
      );
    this.known.set(key, knew);
    return knew;
  }

  active(): View {
    return { position: this.now, ruleSet: 'six-weeks' };
  }

  mayKnow(as: string, person: Person, view: View = this.active()): boolean {
    const [kind, code] = as.split(':');
    if (kind === 'auditor') return true;
    if (kind === 'provider')
      return person.told.some(
        ({ event }) =>
          event.source === sourceOf(askerOf(as)) ||
          JSON.stringify(event.data).includes(`"provider":"${code}"`),
      );
    if (!['municipality', 'insurer', 'care-office'].includes(kind!)) return false;
    return [view, this.active()].some((each) => hasOwnDay(this.read(as, person, each)));
  }
}

function hasOwnDay(read: Read): boolean {
  return (
    read.whole.cover.some((row) => isOwn(read, row)) ||
    read.whole.gaps.some((gap) =>
      daysToTry(read, gap).some((day) => isOwnGapDay(read, gap.service, parseDay(day))),
    )
  );
}

/** Of a gap the days on which it may begin to be another’s. */
function daysToTry({ facts, ruleSet }: Read, gap: Read['whole']['gaps'][number]): string[] {
  const { homes, insured, careOffices } = facts;
  const changes = [...homes, ...insured, ...careOffices].flatMap(({ from, until }) => [from, until]);
  const dated = Object.values(ruleSet.parameters).flatMap(({ national, local }) =>
    [national, ...Object.values(local).flatMap((each) => Object.values(each))].flatMap((values) =>
      values.map(({ since }) => since),
    ),
  );
  const days = [...changes, ...dated].filter((day) => day > 0 && day < parseDay('2100-01-01')).map(formatDay);
  return [gap.firstDay, ...days.filter((day) => isOn(gap, day))];
}

export function askerOf(as: string): Asker {
  const [kind, code = developmentOin] = as.split(':');
  return { kind, code, scopes: [], purpose: 'care' } as unknown as Asker;
}
