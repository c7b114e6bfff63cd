import type { ResultColumn } from '../result-table.js';

/** The name of a column in a file: that of the JSON answer; of an amount, which files give in euros, with the unit. */
export function columnName({ name, type }: ResultColumn): string {
  return type === 'cents' ? `${name.replace(/Cents$/, '')}Euros` : name;
}

/** The same in Dutch; where there is no Dutch name, the English one. */
export function dutchColumnName({ name, type }: ResultColumn): string {
  const dutch = dutchOf(name);
  return type === 'cents' ? `${dutch ?? name.replace(/Cents$/, '')} (euro)` : (dutch ?? name);
}

/** Those of these columns for which this module has no Dutch name yet. */
export function withoutDutchName(columns: readonly ResultColumn[]): string[] {
  return columns.filter(({ name }) => dutchOf(name) === undefined).map(({ name }) => name);
}

/** A name that begins with one of these words is that of a figure under one rule set, or of the difference. */
const dutchSides: Readonly<Record<string, string>> = {
  baseline: 'uitgangspunt',
  alternative: 'alternatief',
  change: 'verschil',
};

const dutchNames: Readonly<Record<string, string>> = {
  funder: 'financier',
  service: 'dienst',
  kind: 'soort',
  month: 'maand',
  region: 'regio',
  provider: 'zorgaanbieder',
  municipality: 'gemeente',
  careOffice: 'zorgkantoor',
  insurer: 'zorgverzekeraar',
  law: 'wet',
  rule: 'regel',
  reason: 'reden',
  parameter: 'parameter',
  value: 'waarde',
  client: 'cliënt',
  firstDay: 'eerste dag',
  lastDay: 'laatste dag',
  day: 'dag',
  days: 'dagen',
  clients: 'cliënten',
  changedClients: 'cliënten met verschil',
  unpricedDays: 'dagen zonder prijs',
  gapDays: 'gat-dagen',
  overlapDays: 'dagen met overlap',
  gainedDays: 'gewonnen dagen',
  lostDays: 'verloren dagen',
  recorded: 'vastgelegd',
  agreed: 'afgesproken',
  assumedLow: 'aangenomen laag',
  assumedMid: 'aangenomen midden',
  assumedHigh: 'aangenomen hoog',
  suppressed: 'onderdrukt',
};

function dutchOf(name: string): string | undefined {
  const own = Object.hasOwn(dutchNames, name) ? dutchNames[name] : undefined;
  if (own !== undefined) return own;
  const [side] = /^[a-z]+/.exec(name) ?? [''];
  const figure = name.charAt(side.length).toLowerCase() + name.slice(side.length + 1);
  if (!Object.hasOwn(dutchSides, side) || !Object.hasOwn(dutchNames, figure)) return undefined;
  return `${dutchNames[figure]!} ${dutchSides[side]!}`;
}
