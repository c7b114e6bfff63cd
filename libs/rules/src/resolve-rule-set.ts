import { checkAssumedUse } from './check-assumed-use.js';
import { checkCover } from './check-cover.js';
import { checkParameters } from './check-parameters.js';
import { checkWindows } from './check-windows.js';
import { hashOf, type Meaning } from './hash.js';
import { overlay, type Overlaid } from './overlay.js';
import { formatReference, type ParsedRuleSet, type RuleSetReference } from './parsed-rule-set.js';
import { inReadingOrder, reportAt, type Checked } from './problem.js';
import type { AssumedUse, Parameter, Price, RuleSet, Window } from './rule-set.js';

/**
 * Finds a base: the version that the reference names, or the latest of that id.
 * @param asking the rule set that has it as its base
 */
export type RuleSetLookup = (
  reference: RuleSetReference,
  asking: ParsedRuleSet,
) => ParsedRuleSet | RuleSet | undefined;

/** Lays a text over its base, and that over its own base, and checks the whole. All problems at once. */
export function resolveRuleSet(parsed: ParsedRuleSet, lookup: RuleSetLookup): Checked<RuleSet> {
  return resolveWithin(parsed, lookup, [nameOf(parsed)]);
}

/** @param passed the rule sets that led here, to see a circle of bases */
function resolveWithin(
  parsed: ParsedRuleSet,
  lookup: RuleSetLookup,
  passed: readonly string[],
): Checked<RuleSet> {
  const baseUnreadable = parsed.removed.some(([section]) => section === 'base');
  if (baseUnreadable) return { ok: false, problems: inReadingOrder(parsed.problems) };
  if (parsed.base === null) return layOver(parsed, null);
  const found = lookup(parsed.base, parsed);
  const reference = formatReference(parsed.base);
  if (found === undefined) {
    const message = `There is no rule set ${reference}. Name one that is published, or leave base out.`;
    return refuse(parsed, 'unknown-base', message);
  }
  const name = nameOf(found);
  if (passed.includes(name)) {
    const circle = [...passed.slice(passed.indexOf(name)), name].join(' over ');
    const message = `A rule set cannot be its own base: ${circle}. Name another base, or one of its earlier versions.`;
    return refuse(parsed, 'base-cycle', message);
  }
  if (isResolved(found)) return layOver(parsed, found);
  const base = resolveWithin(found, lookup, [...passed, name]);
  if (base.ok) return layOver(parsed, base.value);
  const isCircle = base.problems.some(({ code }) => code === 'base-cycle');
  const message = `The base ${reference} is refused itself: ${base.problems[0]!.message} Put that right first.`;
  return refuse(parsed, isCircle ? 'base-cycle' : 'base-refused', message);
}

function layOver(parsed: ParsedRuleSet, base: RuleSet | null): Checked<RuleSet> {
  const whole = overlay(parsed, base);
  const report = reportAt(parsed.positions);
  checkParameters(parsed, whole, report);
  checkCover(parsed, whole, report);
  checkWindows(parsed, base, whole, report);
  checkAssumedUse(parsed, whole, report);
  const problems = [...parsed.problems, ...report.problems];
  if (problems.length > 0) return { ok: false, problems: inReadingOrder(problems) };
  return { ok: true, value: resolved(parsed, base, whole) };
}

function resolved(parsed: ParsedRuleSet, base: RuleSet | null, whole: Overlaid): RuleSet {
  const { id, version, title, status, publishedOn, source, examples } = parsed;
  const meaning = completeParts(whole);
  return {
    ...{ id, version, title, status, publishedOn, source },
    base: base && { id: base.id, version: base.version },
    ...meaning,
    examples,
    provenance: whole.provenance,
    hash: hashOf(meaning),
  };
}

/** The checks found nothing missing, so the parts are whole: this only says so to the types. */
function completeParts(whole: Overlaid): Meaning {
  return {
    parameters: whole.parameters as Record<string, Parameter>,
    cover: whole.cover,
    windows: whole.windows as Window[],
    assumedUse: Object.fromEntries(
      Object.entries(whole.assumedUse).map(([id, use]) => [id, { source: '', ...use } as AssumedUse]),
    ),
    prices: whole.prices as Record<string, Price>,
  };
}

function isResolved(ruleSet: ParsedRuleSet | RuleSet): ruleSet is RuleSet {
  return 'hash' in ruleSet;
}

function nameOf({ id, version }: ParsedRuleSet | RuleSet): string {
  return formatReference({ id, version });
}

function refuse(
  parsed: ParsedRuleSet,
  code: 'unknown-base' | 'base-cycle' | 'base-refused',
  message: string,
): Checked<never> {
  const report = reportAt(parsed.positions);
  report.add(['base'], code, message);
  return { ok: false, problems: inReadingOrder([...parsed.problems, ...report.problems]) };
}
