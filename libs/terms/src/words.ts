import type { FunderKind, Service } from './terms.js';

/**
 * What people read for the words of the field, in the middle of a sentence. The Dutch ones follow
 * `docs/glossary.md`.
 */
export type Wording = Readonly<Record<'en' | 'nl', string>>;
export type WordingLanguage = keyof Wording;

export const serviceWords: Readonly<Record<Service, Wording>> = {
  'household-help': { en: 'household help', nl: 'hulp bij het huishouden' },
  guidance: { en: 'guidance', nl: 'begeleiding' },
  'day-activities': { en: 'day activities', nl: 'dagbesteding' },
  'respite-care': { en: 'respite care', nl: 'logeeropvang' },
  'mobility-aid': { en: 'the mobility aid', nl: 'het mobiliteitshulpmiddel' },
  'home-adaptation': { en: 'the home adaptation', nl: 'de woningaanpassing' },
  'social-transport': { en: 'social transport', nl: 'sociaal vervoer' },
  'client-support': { en: 'client support', nl: 'onafhankelijke cliëntondersteuning' },
  'district-nursing': { en: 'district nursing', nl: 'wijkverpleging' },
  'case-management': { en: 'case management', nl: 'casemanagement dementie' },
  'specific-treatment': { en: 'specific treatment', nl: 'specifieke behandeling' },
  'geriatric-team-care': { en: 'geriatric team care', nl: 'MESO-zorg of GZSP' },
  'geriatric-rehabilitation': { en: 'geriatric rehabilitation', nl: 'geriatrische revalidatiezorg' },
  'hospital-care': { en: 'hospital care', nl: 'ziekenhuiszorg' },
  'mental-health-care': { en: 'mental health care', nl: 'geestelijke gezondheidszorg' },
  'short-stay': { en: 'the short stay', nl: 'eerstelijnsverblijf' },
  residence: { en: 'residence', nl: 'Wlz-verblijf' },
  aftercare: { en: 'aftercare for the carer', nl: 'nazorg mantelzorger' },
  vacancy: { en: 'the vacant room', nl: 'mutatiedagen' },
};

export const funderKindWords: Readonly<Record<FunderKind, Wording>> = {
  municipality: { en: 'municipality', nl: 'gemeente' },
  insurer: { en: 'insurer', nl: 'zorgverzekeraar' },
  'care-office': { en: 'care office', nl: 'zorgkantoor' },
  pool: { en: 'joint budget', nl: 'grens- of overbruggingsbudget' },
};
