import type { AuditAction, AuditOutcome, AuditRecord } from '@domeinbrug/audit';
import { changesInWords, coverageChanges, type CoverageTimeline } from '@domeinbrug/coverage';
import { alignColumns } from './columns.js';

const nothing = { cover: [], gaps: [], minutes: [], findings: [] };

/** What a client may have of what is kept about them, in plain Dutch: who pays, and who looked. */
export function clientExtract(timeline: CoverageTimeline, lines: readonly AuditRecord[]): string[] {
  const { cover, gaps } = timeline;
  const paid = changesInWords(coverageChanges(nothing, { ...nothing, cover, gaps }), 'nl');
  return [
    'Wie betaalt mijn zorg',
    ...(paid.length > 0 ? paid : ['Er is geen zorg bekend die iemand betaalt.']).map(indented),
    '',
    'Wie heeft gekeken',
    ...(lines.length > 0 ? alignColumns(lines.map(lookInWords)) : ['Niemand.']).map(indented),
  ];
}

function indented(text: string): string {
  return `  ${text}`;
}

function lookInWords({ event, user, object }: AuditRecord): string[] {
  const who = user.actedBy === null ? organisation(user) : `${organisation(user)}, door ${user.actedBy}`;
  const why = object.reason ?? purposes[object.purpose] ?? object.purpose;
  return [
    amsterdam.format(event.at),
    who,
    `${doing[event.action]} ${objects[object.kind] ?? object.kind}`,
    outcomes[event.outcome],
    why,
  ];
}

function organisation({ role, organisation: urn }: AuditRecord['user']): string {
  return `${roles[role] ?? role} ${urn.split(':').at(-1)}`;
}

const amsterdam = new Intl.DateTimeFormat('nl-NL', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'Europe/Amsterdam',
});

const roles: Record<string, string> = {
  provider: 'zorgaanbieder',
  municipality: 'gemeente',
  insurer: 'zorgverzekeraar',
  'care-office': 'zorgkantoor',
  oin: 'organisatie',
  policy: 'beleid',
  auditor: 'controleur',
  operator: 'beheerder',
};

const doing: Record<AuditAction, string> = {
  create: 'stuurde',
  read: 'bekeek',
  update: 'wijzigde',
  delete: 'verwijderde',
  execute: 'voerde uit:',
};

const objects: Record<string, string> = {
  events: 'een gebeurtenis',
  journey: 'wat er bekend is',
  coverage: 'wie de zorg betaalt',
  preview: 'wie de zorg zou betalen',
  settlement: 'wat er onderling verrekend wordt',
  changes: 'wat er veranderde in wie betaalt',
  windows: 'lopende overgangen',
  minutes: 'vastgelegde minuten',
  findings: 'tegenstrijdige gegevens',
  identity: 'of deze persoon bekend is',
  erasure: 'persoonlijke gegevens',
};

const purposes: Record<string, string> = {
  'care-delivery': 'zorgverlening',
  billing: 'declaratie',
  funding: 'bekostiging',
  control: 'controle',
  complaint: 'klacht',
  indication: 'indicatiestelling',
  registration: 'registratie',
  audit: 'toetsing',
  supervision: 'toezicht',
  erasure: 'wissen op verzoek',
};

const outcomes: Record<AuditOutcome, string> = {
  allowed: 'toegestaan',
  refused: 'geweigerd',
  failed: 'mislukt',
};
