import { organisationClaims, urnOf, type OrganisationClaim } from '@domeinbrug/access';
import { eventTypes, wireTypeOf, type EventType } from '@domeinbrug/journey';
import { problem, type Problem } from './problem.js';

/** Who can send events, by the kind of code that identifies them. */
export type OrganisationKind = OrganisationClaim['kind'];

export interface Organisation {
  kind: OrganisationKind;
  code: string;
}

const sourcePattern = /^urn:nld:([a-z]+):([0-9]+):systeem:[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The forms a source may have, for messages. */
export const sourceForms = organisationClaims
  .map(({ urn, digits }) => `urn:nld:${urn}:<${digits} digits>:systeem:<name>`)
  .join(', ');

/** The organisation in `urn:nld:agb:65656055:systeem:ecd`, or `undefined` when the source has no known form. */
export function organisationOf(source: string): Organisation | undefined {
  const match = sourcePattern.exec(source);
  const claim = match && organisationClaims.find(({ urn }) => urn === match[1]);
  if (!claim || match[2]!.length !== claim.digits) return undefined;
  return { kind: claim.kind, code: match[2]! };
}

/** `urn:nld:agb:65656055:systeem:ecd` of a provider's code and the name of its system. */
export function sourceOf({ kind, code }: Organisation, system: string): string {
  return `${urnOf({ kind, code })}:systeem:${system}`;
}

export function sameOrganisation(a: Organisation, b: Organisation): boolean {
  return a.kind === b.kind && a.code === b.code;
}

/** What each kind of organisation may send; `*` stands for any ending. Corrections and retractions: everyone, of its own. */
const maySend: Record<Exclude<OrganisationKind, 'provider'>, string[]> = {
  municipality: ['client-registered', 'client-moved', 'wmo-*', 'joint-funding-*', 'client-died'],
  insurer: ['client-registered', 'insurance-*', 'client-died'],
  'care-office': [
    'client-registered',
    'care-office-assigned',
    'wlz-*',
    'bridging-*',
    'absence-consent-given',
    'joint-funding-*',
    'client-died',
  ],
  // CIZ
  oin: ['wlz-indication-*', 'wlz-requested'],
};

/** A provider may send everything but what others decide. */
const notOfProviders = ['insurance-*', 'wmo-decision-*', 'care-office-assigned', 'absence-consent-given'];

const ofEveryone = ['event-corrected', 'event-retracted'];

/** Whether this kind of organisation may send this type. */
export function maySendType(kind: OrganisationKind, type: EventType): boolean {
  if (matches(ofEveryone, type)) return true;
  return kind === 'provider' ? !matches(notOfProviders, type) : matches(maySend[kind], type);
}

/** The problem with this organisation sending this type, or `undefined` when it may. */
export function mayNotSend(organisation: Organisation, type: EventType): Problem | undefined {
  if (maySendType(organisation.kind, type)) return undefined;
  const senders = organisationClaims
    .filter(({ kind }) => maySendType(kind, type))
    .map(({ kind }) => kindNames[kind]);
  return problem(
    '/type',
    'type-not-allowed',
    `${wireTypeOf(type)} cannot come from ${kindNames[organisation.kind]}; who may send it: ${senders.join(', ')}.`,
  );
}

/** The problem with a source that is not the sender's own, or `undefined` when it is. */
export function foreignSource(sender: Organisation, source: string): Problem | undefined {
  const organisation = organisationOf(source);
  if (organisation && sameOrganisation(organisation, sender)) return undefined;
  return problem(
    '/source',
    'source-foreign',
    `The token is that of ${kindNames[sender.kind]} with code ${sender.code}; the source must be ${sourceOf(sender, '<name>')}.`,
  );
}

/** Every type that a kind of organisation may send. */
export function typesOf(kind: OrganisationKind): EventType[] {
  return eventTypes.filter((type) => maySendType(kind, type));
}

const kindNames: Record<OrganisationKind, string> = {
  provider: 'a provider',
  municipality: 'a municipality',
  insurer: 'an insurer',
  'care-office': 'a care office',
  oin: 'an organisation with an OIN (CIZ)',
};

function matches(patterns: string[], type: EventType): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern,
  );
}
