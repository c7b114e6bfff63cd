import { fundersText, type Case, type Expectation, type RuleSetChoice } from '@domeinbrug/cases';
import {
  changesInWords,
  coverageChanges,
  settlementBetween,
  type CoverageTimeline,
} from '@domeinbrug/coverage';
import type { Service } from '@domeinbrug/terms';
import { Document, isScalar, isSeq, visit } from 'yaml';
import type { Witness } from './find-witness.js';

/** A rule set as people name it, and as a case does: by that name, or written out where it is not published. */
export interface NamedRules {
  name: string;
  choice: RuleSetChoice;
}

/** A witness as a case that holds: what comes out under the one, and beside it what comes out under the other. */
export function witnessCase({ events, a, b }: Witness, one: NamedRules, other: NamedRules): Case {
  const services = servicesApart(a, b);
  return {
    id: 'witness',
    title: `a shortest history on which ${one.name} and ${other.name} differ`,
    about: [`From ${one.name} to ${other.name}:`, ...differencesInWords(a, b)].join('\n'),
    ruleSet: one.choice,
    events,
    expect: expectationOf(a, services),
    variants: [{ name: other.name, ruleSet: other.choice, expect: expectationOf(b, services) }],
    settlement: [
      {
        from: one.choice,
        to: other.choice,
        services,
        rows: settlementBetween(a, b, { services }).map(({ from, to, days, ...row }) => ({
          service: row.service,
          firstDay: row.firstDay,
          lastDay: row.lastDay,
          from: fundersText(from),
          to: fundersText(to),
          days,
        })),
      },
    ],
  };
}

/** What one pays otherwise than the other, a sentence each. */
export function differencesInWords(a: CoverageTimeline, b: CoverageTimeline): string[] {
  return changesInWords({ ...coverageChanges(a, b), findings: { opened: [], closed: [] } }, 'en');
}

/** The text of a case file: an event or row a line, as people write them. */
export function caseText(written: Case): string {
  const document = new Document(written);
  const about = document.get('about', true);
  if (isScalar(about)) about.type = 'BLOCK_LITERAL';
  visit(document, {
    Map: (_, map) => {
      if (map.items.every(({ value }) => isOnOneLine(value))) map.flow = true;
    },
    Seq: (_, list) => {
      if (list.items.every((item) => isScalar(item))) list.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 });
}

function isOnOneLine(value: unknown): boolean {
  return (
    isScalar(value) || (isSeq(value) && value.items.length > 0 && value.items.every((item) => isScalar(item)))
  );
}

function servicesApart(a: CoverageTimeline, b: CoverageTimeline): Service[] {
  const { cover, gaps, minutes } = coverageChanges(a, b);
  const rows = [...cover, ...gaps, ...minutes].map(({ before, after }) => (after ?? before).service);
  return [...new Set(rows)].sort();
}

function expectationOf(
  { cover, gaps, minutes }: CoverageTimeline,
  services: readonly Service[],
): Expectation {
  const asked = ({ service }: { service: Service }): boolean => services.includes(service);
  const counted = minutes.filter(asked);
  return {
    services: [...services],
    cover: cover.filter(asked).map(({ service, firstDay, lastDay, funder, share, kind, provider, rule }) => ({
      ...{ service, firstDay, lastDay, funder, share, kind, rule, provider },
    })),
    gaps: gaps
      .filter(asked)
      .map(({ service, firstDay, lastDay, reason }) => ({ service, firstDay, lastDay, reason })),
    ...(counted.length > 0 && {
      minutes: counted.map(({ service, day, provider, subject, funded, overCap, outside }) => ({
        ...{ service, day, provider, subject, funded, overCap, outside },
      })),
    }),
  };
}
