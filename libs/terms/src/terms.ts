/**
 * The closed word lists that events and rule sets share. `docs/glossary.md` ties each word to its Dutch
 * term and article of law.
 */

/** Services that a cover table has a row for: care a client can need on a day. */
export const tableServices = [
  'household-help',
  'guidance',
  'day-activities',
  'respite-care',
  'mobility-aid',
  'home-adaptation',
  'social-transport',
  'client-support',
  'district-nursing',
  'case-management',
  'specific-treatment',
  'geriatric-team-care',
  'geriatric-rehabilitation',
  'hospital-care',
  'mental-health-care',
  'short-stay',
  'residence',
] as const;

/** Services that exist only after a death and only through a window. */
export const afterDeathServices = ['aftercare', 'vacancy'] as const;

export const services = [...tableServices, ...afterDeathServices] as const;
export type Service = (typeof services)[number];
export type TableService = (typeof tableServices)[number];

/** Care in a clinic: a stay that care at home gives way to. */
export const clinicServices: readonly Service[] = [
  'hospital-care',
  'mental-health-care',
  'geriatric-rehabilitation',
  'short-stay',
];

/** Wmo: municipality pays. Zvw: health insurer pays. Wlz: care office pays. */
export const laws = ['wmo', 'zvw', 'wlz'] as const;
export type Law = (typeof laws)[number];

/** The columns of the cover table: every care regime of a living client. */
export const columns = [
  'outside',
  'entitled',
  'modular',
  'personal-budget',
  'full-package',
  'part-time-residence',
  'residence',
  'residence-with-treatment',
] as const;
export type Column = (typeof columns)[number];

/** Forms in which the Wlz delivers care (mpt, pgb, vpt, dtv, verblijf). */
export const deliveryForms = [
  'modular',
  'personal-budget',
  'full-package',
  'part-time-residence',
  'residence',
] as const;
export type DeliveryForm = (typeof deliveryForms)[number];

/** Forms that bridging care can take while a place is awaited (Wlz art. 3.3.6). */
export const bridgingForms = ['modular', 'personal-budget', 'full-package'] as const;
export type BridgingForm = (typeof bridgingForms)[number];

/** Temporary stays outside the Wlz. */
export const stayKinds = [
  'short-stay',
  'geriatric-rehabilitation',
  'hospital',
  'mental-health',
  'respite',
] as const;
export type StayKind = (typeof stayKinds)[number];

/** Levels on which a parameter may have values, the most specific first. */
export const levels = ['provider', 'insurer', 'municipality', 'care-office', 'national'] as const;
export type Level = (typeof levels)[number];

/** Who can pay: an organisation under a law, or a joint-funding pool. */
export const funderKinds = ['municipality', 'insurer', 'care-office', 'pool'] as const;
export type FunderKind = (typeof funderKinds)[number];
/** A funder as every answer names it, such as `insurer:3311`. */
export type Funder = `${FunderKind}:${string}`;
