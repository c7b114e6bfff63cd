/** Who asks: what a verified token says of the organisation and of what it may do. */
export interface Asker {
  kind: AskerKind;
  /** Of an insurer its UZOVI code, of a provider its AGB code, and so on; of policy, auditor and operator their OIN. */
  code: string;
  scopes: readonly Scope[];
  /** Why it asks; goes into the audit record. */
  purpose: string;
  /** A supplier that asks on behalf of the organisation (`act.sub`). */
  actedBy?: string;
}

export const askerKinds = [
  'provider',
  'municipality',
  'insurer',
  'care-office',
  'oin',
  'policy',
  'auditor',
  'operator',
] as const;
export type AskerKind = (typeof askerKinds)[number];

export const scopes = [
  'events:write',
  'journeys:read',
  'coverage:read',
  'closings:write',
  'rule-sets:write',
  'replays:write',
  'replays:read',
  'audit:read',
  'clients:erase',
] as const;
export type Scope = (typeof scopes)[number];

/** What each kind of asker may be given; what a token says beyond that counts for nothing. */
export const scopesOf: Record<AskerKind, readonly Scope[]> = {
  provider: ['events:write', 'journeys:read', 'coverage:read'],
  municipality: ['events:write', 'coverage:read', 'closings:write'],
  insurer: ['events:write', 'coverage:read', 'closings:write'],
  'care-office': ['events:write', 'coverage:read', 'closings:write'],
  oin: ['events:write'],
  policy: ['rule-sets:write', 'replays:write', 'replays:read'],
  operator: ['clients:erase'],
  auditor: ['audit:read', 'journeys:read', 'coverage:read', 'replays:write', 'replays:read'],
};

/** How each kind is named in a token and in an event's source. */
export interface OrganisationClaim {
  kind: 'provider' | 'municipality' | 'insurer' | 'care-office' | 'oin';
  /** The claim of the token. */
  claim: 'agb' | 'gemeentecode' | 'uzovi' | 'care_office' | 'oin';
  /**
   * The namespace of the source, `urn:nld:<urn>:<code>:systeem:<name>`; agb, gemeentecode and zorgkantoor extend the NL GOV
   * profile of CloudEvents.
   */
  urn: string;
  /** Digits of the code. */
  digits: number;
}

export const organisationClaims: readonly OrganisationClaim[] = [
  { kind: 'provider', claim: 'agb', urn: 'agb', digits: 8 },
  { kind: 'municipality', claim: 'gemeentecode', urn: 'gemeentecode', digits: 4 },
  { kind: 'insurer', claim: 'uzovi', urn: 'uzovi', digits: 4 },
  { kind: 'care-office', claim: 'care_office', urn: 'zorgkantoor', digits: 4 },
  { kind: 'oin', claim: 'oin', urn: 'oin', digits: 20 },
];

/** The claim by which an asker of this kind is known; policy, auditor and operator are organisations with an OIN. */
export function claimOf(kind: AskerKind): OrganisationClaim {
  return organisationClaims.find((each) => each.kind === kind) ?? organisationClaims.at(-1)!;
}

export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text);
}

/** An organisation as events and mandates name it, such as `urn:nld:uzovi:3311`. */
export function urnOf({ kind, code }: Pick<Asker, 'kind' | 'code'>): string {
  return `urn:nld:${claimOf(kind).urn}:${code}`;
}

/** Whether a source (`urn:nld:agb:65656055:systeem:ecd`) is a system of the asker's own organisation. */
export function owns(asker: Pick<Asker, 'kind' | 'code'>, source: string): boolean {
  return source.startsWith(`${urnOf(asker)}:systeem:`);
}
