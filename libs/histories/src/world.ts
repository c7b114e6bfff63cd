import { formatDay, type Day } from '@domeinbrug/calendar';
import type { Service, StayKind } from '@domeinbrug/terms';
import fc from 'fast-check';

/** What invented histories are made of. Few codes and days, so that events meet. */
export interface World {
  codes: Codes;
  /** The day of registration in {@link Drafts.ordinary}. */
  firstDay: Day;
  day: fc.Arbitrary<Day>;
  /** How many days after its first day a record ends; negative makes it void. */
  length: fc.Arbitrary<number>;
  wmoServices: fc.Arbitrary<Service[]>;
  zvwServices: fc.Arbitrary<Service[]>;
  /** Services that minutes are recorded of. */
  activityServices: fc.Arbitrary<Service>;
  minutes: fc.Arbitrary<number>;
  /** Services that are handed over. */
  handedOver: fc.Arbitrary<Service>;
  stayKinds: fc.Arbitrary<StayKind>;
}

export interface Codes {
  municipalities: readonly string[];
  insurers: readonly string[];
  careOffices: readonly string[];
  providers: readonly string[];
  profiles: readonly string[];
}

/** Words over a world. */
type Word = fc.Arbitrary<string>;

export interface Vocabulary {
  day: Word;
  municipality: Word;
  insurer: Word;
  careOffice: Word;
  provider: Word;
  profile: Word;
  decisionId: Word;
  indicationId: Word;
  pool: Word;
}

export function vocabularyOf({ codes, day }: World): Vocabulary {
  return {
    day: day.map(formatDay),
    municipality: fc.constantFrom(...codes.municipalities),
    insurer: fc.constantFrom(...codes.insurers),
    careOffice: fc.constantFrom(...codes.careOffices),
    provider: fc.constantFrom(...codes.providers),
    profile: fc.constantFrom(...codes.profiles),
    decisionId: fc.constantFrom('d1', 'd2'),
    indicationId: fc.constantFrom('z1', 'z2'),
    pool: fc.constantFrom('pool-a', 'pool-b'),
  };
}
