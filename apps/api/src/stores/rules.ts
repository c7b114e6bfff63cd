import { compileRuleSet, type CompiledRuleSet } from '@domeinbrug/coverage';
import type { RulesInForce } from '@domeinbrug/projections';
import { addRuleSet, findRuleSet, type RuleSet, type RuleSetCatalogue } from '@domeinbrug/rules';
import type { Recorded, RuleSetActivated, RuleSetPublished } from './rule-set-events.js';

/** A rule set on its way into force: recorded, and the read models under it are being built. */
export interface Activation {
  ruleSet: RuleSet;
  recorded: Recorded<RuleSetActivated>;
  /** Why the last attempt to build failed; it is tried again every few seconds. `null` while it goes on. */
  failure: string | null;
  /** Resolves when building has ended, one way or the other. */
  built: Promise<void>;
}

/** What is known of the rule sets when a log is opened. */
export interface KnownRules {
  catalogue: RuleSetCatalogue;
  /** The text of each, by `id@version`. */
  texts: ReadonlyMap<string, string>;
  /** Those that the log holds. */
  recorded: readonly Recorded<RuleSetPublished>[];
  activations: readonly Recorded<RuleSetActivated>[];
  inForce: RulesInForce;
}

/** The rule sets that can be asked for, one of them in force. Lives as long as its log is open. */
export class Rules {
  private lastTurn: Promise<unknown> = Promise.resolve();
  private readonly passedOver = new Set<string>();
  private readonly compiled = new Map<string, CompiledRuleSet>();
  private readonly texts: Map<string, string>;
  private readonly recorded: Map<string, Recorded<RuleSetPublished>>;
  private readonly activated: Recorded<RuleSetActivated>[];
  private known: RuleSetCatalogue;
  private current: RulesInForce;
  private next: Activation | null = null;

  constructor({ catalogue, texts, recorded, activations, inForce }: KnownRules) {
    this.known = catalogue;
    this.texts = new Map(texts);
    this.recorded = new Map(recorded.map((each) => [nameOf(each.data), each]));
    this.activated = [...activations];
    this.current = inForce;
  }

  /** By id, and of one id the earliest first. */
  get all(): readonly RuleSet[] {
    return this.known.ruleSets;
  }

  get catalogue(): RuleSetCatalogue {
    return this.known;
  }

  /** The one that portfolios and feeds are under. */
  get active(): RuleSet {
    return this.current.ruleSet;
  }

  get inForce(): RulesInForce {
    return this.current;
  }

  /** The one that is on its way into force; `null` when none is. */
  get coming(): Activation | null {
    return this.next;
  }

  /** Every rule set that came into force, the first one first. */
  get activations(): readonly Recorded<RuleSetActivated>[] {
    return this.activated;
  }

  /** By id, `id@version`, or `active`. An id alone is its latest version. */
  find(name: string): RuleSet | undefined {
    return name === 'active' ? this.active : findRuleSet(this.known, name);
  }

  /** As it was written. */
  textOf(ruleSet: RuleSet): string {
    return this.texts.get(nameOf(ruleSet))!;
  }

  /** How the log holds it; `null` while it is only a file. */
  recordOf(ruleSet: Pick<RuleSet, 'id' | 'version'>): Recorded<RuleSetPublished> | null {
    return this.recorded.get(nameOf(ruleSet)) ?? null;
  }

  /** Compiled once, for as long as the log is open. */
  compiledOf(ruleSet: RuleSet): CompiledRuleSet {
    const name = nameOf(ruleSet);
    let compiled = this.compiled.get(name);
    if (!compiled) this.compiled.set(name, (compiled = compileRuleSet(ruleSet)));
    return compiled;
  }

  /** Runs what may record rule sets one after the other: each sees all that the one before it recorded. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.lastTurn.then(work, work);
    this.lastTurn = mine;
    return mine;
  }

  /** Takes note of a rule set that the log holds from now on, in place of a file of that name. */
  add(ruleSet: RuleSet, recorded: Recorded<RuleSetPublished>): void {
    const name = nameOf(ruleSet);
    const others = { ruleSets: this.known.ruleSets.filter((other) => nameOf(other) !== name) };
    const added = addRuleSet(others, ruleSet);
    if (!added.ok) throw new Error(added.problems[0]!.message);
    this.known = added.value;
    this.compiled.delete(name);
    this.texts.set(name, recorded.data.text);
    this.recorded.set(name, recorded);
  }

  /** Takes note of a rule set of the log that cannot be read here. `true` the first time. */
  passOver({ data }: Recorded<RuleSetPublished>): boolean {
    const isNew = !this.passedOver.has(nameOf(data));
    this.passedOver.add(nameOf(data));
    return isNew;
  }

  /** Takes note that the log says which rule set is in force, when that is the one that was so already. */
  confirm(recorded: Recorded<RuleSetActivated>): void {
    this.activated.push(recorded);
  }

  /** Takes note of a rule set that is to come into force: recorded, not yet answered under. */
  expect(ruleSet: RuleSet, recorded: Recorded<RuleSetActivated>): Activation {
    this.activated.push(recorded);
    return (this.next = { ruleSet, recorded, failure: null, built: Promise.resolve() });
  }

  /** From here on every answer is under it. */
  putInForce(inForce: RulesInForce): void {
    this.current = inForce;
    this.next = null;
  }
}

export function nameOf({ id, version }: { id: string; version: string }): string {
  return `${id}@${version}`;
}
