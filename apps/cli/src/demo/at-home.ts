import { caseManager, home, hospital, nursingHome, type Person, type ToldEvent } from './person.js';

/** The start that most people share: where they live, who insures them, and case management. */
export function registered(since = '2023-01-01', birthYear = 1941): ToldEvent {
  return {
    type: 'client-registered',
    firstDay: since,
    municipality: '0363',
    insurer: '3311',
    careOffice: '5515',
    birthYear,
  };
}

export function caseManagement(firstDay: string): ToldEvent {
  return { type: 'case-management-started', firstDay, provider: caseManager };
}

export function granted(decisionId: string, service: string, firstDay: string, lastDay?: string): ToldEvent {
  const data = { decisionId, municipality: '0363', services: [service], firstDay, lastDay, provider: home };
  return { type: 'wmo-decision-issued', ...data };
}

export function indicated(decidedOn: string, firstDay = decidedOn): ToldEvent {
  return { type: 'wlz-indication-issued', decisionId: 'wlz1', decidedOn, firstDay, profile: '754' };
}

/** People who live at home, before the Wlz and under it. */
export const atHome: Person[] = [
  {
    clientId: 'DemoWaiting',
    about: 'An indication and no care from it yet: help and guidance fall in the gap between two laws.',
    events: [
      registered(),
      granted('w1', 'household-help', '2023-03-06'),
      granted('w2', 'guidance', '2024-02-05'),
      caseManagement('2023-09-04'),
      indicated('2025-02-10'),
      { type: 'wlz-waiting-status', day: '2025-02-17', status: '1', knownOn: '2025-02-18' },
    ],
  },
  {
    clientId: 'DemoBridging',
    about: 'Bridging care while a place is awaited; after thirteen weeks its term is over and nobody pays.',
    events: [
      registered(),
      granted('w1', 'household-help', '2023-06-05'),
      {
        type: 'zvw-care-indicated',
        indicationId: 'z1',
        services: ['district-nursing'],
        firstDay: '2023-11-06',
        provider: home,
      },
      indicated('2024-11-18'),
      { type: 'bridging-started', deliveryForm: 'modular', firstDay: '2024-12-02', provider: home },
    ],
  },
  {
    clientId: 'DemoBridgingExtended',
    about: 'The same, with an extension decided within the term, until a full package begins at home.',
    events: [
      registered(),
      granted('w1', 'guidance', '2023-06-05'),
      indicated('2024-11-18'),
      { type: 'bridging-started', deliveryForm: 'modular', firstDay: '2024-12-02', provider: home },
      { type: 'bridging-extended', decidedOn: '2025-02-20', lastDay: '2025-05-11' },
      {
        type: 'wlz-delivery-started',
        deliveryForm: 'full-package',
        firstDay: '2025-04-28',
        provider: nursingHome,
        withTreatment: true,
      },
    ],
  },
  {
    clientId: 'DemoBackdated',
    about:
      'An indication decided in March holds from January: what the municipality paid since is corrected.',
    events: [
      registered(),
      granted('w1', 'guidance', '2023-04-03'),
      {
        type: 'zvw-care-indicated',
        indicationId: 'z1',
        services: ['district-nursing'],
        firstDay: '2024-01-08',
        provider: home,
      },
      indicated('2025-03-17', '2025-01-06'),
      {
        type: 'wlz-delivery-started',
        deliveryForm: 'modular',
        firstDay: '2025-01-06',
        provider: home,
        services: ['guidance', 'district-nursing'],
        knownOn: '2025-03-24',
      },
    ],
  },
  {
    clientId: 'DemoIndicationWithdrawn',
    about:
      'An indication is withdrawn: a new decision of the municipality begins, old ones do not come back.',
    events: [
      registered(),
      granted('w1', 'guidance', '2023-04-03'),
      caseManagement('2023-09-04'),
      indicated('2024-10-14'),
      { type: 'wlz-delivery-started', deliveryForm: 'modular', firstDay: '2024-11-04', provider: home },
      { type: 'wlz-indication-withdrawn', decisionId: 'wlz1', lastDay: '2025-01-31' },
      granted('w2', 'guidance', '2025-03-03'),
    ],
  },
  {
    clientId: 'DemoModular',
    about: 'A modular package at home: the municipality keeps paying for aids, adaptations and transport.',
    events: [
      registered(),
      granted('w1', 'mobility-aid', '2023-02-06'),
      granted('w2', 'home-adaptation', '2023-02-06'),
      granted('w3', 'social-transport', '2023-05-01'),
      granted('w4', 'day-activities', '2023-08-07'),
      indicated('2024-06-10'),
      {
        type: 'wlz-delivery-started',
        deliveryForm: 'modular',
        firstDay: '2024-07-01',
        provider: home,
        services: ['day-activities', 'guidance'],
      },
    ],
  },
  {
    clientId: 'DemoPersonalBudget',
    about: 'A personal budget, a long stay in hospital, and care at home that rests meanwhile.',
    events: [
      registered(),
      {
        type: 'zvw-care-indicated',
        indicationId: 'z1',
        services: ['district-nursing'],
        firstDay: '2023-02-06',
        provider: home,
      },
      indicated('2024-03-11'),
      {
        type: 'wlz-delivery-started',
        deliveryForm: 'personal-budget',
        firstDay: '2024-04-01',
        provider: home,
      },
      { type: 'stay-started', kind: 'hospital', provider: hospital, firstDay: '2025-01-13' },
      { type: 'stay-ended', kind: 'hospital', lastDay: '2025-03-21' },
    ],
  },
  {
    clientId: 'DemoPartTimeResidence',
    about: 'Seven days away, seven at home: part-time residence beside care at home.',
    events: [
      registered(),
      granted('w1', 'household-help', '2023-02-06'),
      indicated('2024-08-12'),
      {
        type: 'wlz-delivery-started',
        deliveryForm: 'part-time-residence',
        firstDay: '2024-09-02',
        provider: nursingHome,
      },
    ],
  },
  {
    clientId: 'DemoShortStay',
    about: 'A short stay after a fall: help and nursing at home rest until the day before the return.',
    events: [
      registered(),
      granted('w1', 'household-help', '2023-02-06'),
      {
        type: 'zvw-care-indicated',
        indicationId: 'z1',
        services: ['district-nursing'],
        firstDay: '2023-05-08',
        provider: home,
      },
      { type: 'stay-started', kind: 'short-stay', provider: nursingHome, firstDay: '2025-02-03' },
      { type: 'stay-ended', kind: 'short-stay', lastDay: '2025-03-14' },
    ],
  },
  {
    clientId: 'DemoRehabilitation',
    about: 'Hospital, then rehabilitation, then home again with specific treatment.',
    events: [
      registered(),
      granted('w1', 'guidance', '2023-02-06'),
      { type: 'stay-started', kind: 'hospital', provider: hospital, firstDay: '2024-11-11' },
      { type: 'stay-ended', kind: 'hospital', lastDay: '2024-11-29' },
      {
        type: 'stay-started',
        kind: 'geriatric-rehabilitation',
        provider: nursingHome,
        firstDay: '2024-11-29',
      },
      { type: 'stay-ended', kind: 'geriatric-rehabilitation', lastDay: '2025-01-31' },
      {
        type: 'zvw-care-indicated',
        indicationId: 'z1',
        services: ['specific-treatment'],
        firstDay: '2025-02-03',
        lastDay: '2025-05-30',
        provider: nursingHome,
      },
    ],
  },
  {
    clientId: 'DemoRespite',
    about: 'A respite stay that outlasts the decision for it: the last days are nobody’s.',
    events: [
      registered(),
      { type: 'carer-registered', carerId: 'daughter', relationship: '10', firstDay: '2023-02-06' },
      granted('w1', 'respite-care', '2025-04-07', '2025-04-18'),
      { type: 'stay-started', kind: 'respite', provider: nursingHome, firstDay: '2025-04-07' },
      { type: 'stay-ended', kind: 'respite', lastDay: '2025-04-25' },
    ],
  },
  {
    clientId: 'DemoNoPolicy',
    about: 'The insurer ended the policy and two months later another began: nursing without a payer.',
    events: [
      registered(),
      caseManagement('2023-09-04'),
      {
        type: 'zvw-care-indicated',
        indicationId: 'z1',
        services: ['district-nursing'],
        firstDay: '2024-01-08',
        provider: home,
      },
      { type: 'insurance-ended', lastDay: '2024-12-31', knownOn: '2025-01-20' },
      { type: 'insurance-changed', insurer: '3332', firstDay: '2025-03-01' },
    ],
  },
  {
    clientId: 'DemoMovedHouse',
    about: 'Moved in with a son in another municipality, which pays the decision of the first.',
    events: [
      registered(),
      granted('w1', 'household-help', '2023-02-06'),
      granted('w2', 'guidance', '2024-09-02'),
      { type: 'client-moved', municipality: '0344', firstDay: '2025-03-15' },
    ],
  },
  {
    clientId: 'DemoJointBudget',
    about: 'A joint budget of three funders paid guidance for a while; it was settled afterwards.',
    events: [
      registered(),
      granted('w1', 'guidance', '2023-02-06'),
      indicated('2024-10-07'),
      { type: 'joint-funding-started', pool: 'noord-2024', services: ['guidance'], firstDay: '2024-10-07' },
      { type: 'wlz-delivery-started', deliveryForm: 'modular', firstDay: '2025-01-06', provider: home },
      { type: 'joint-funding-settled', pool: 'noord-2024', lastDay: '2025-01-05', knownOn: '2025-04-14' },
    ],
  },
  {
    clientId: 'DemoJointBudgetOpen',
    about: 'The same budget, not settled: the pool alone pays.',
    events: [
      registered(),
      granted('w1', 'household-help', '2023-02-06'),
      indicated('2025-03-03'),
      {
        type: 'joint-funding-started',
        pool: 'noord-2024',
        services: ['household-help'],
        firstDay: '2025-03-03',
      },
    ],
  },
  {
    clientId: 'DemoNobodyToldUs',
    about: 'Never registered: there is a decision, an indication and a home visit, and no payer is known.',
    events: [
      granted('w1', 'household-help', '2024-05-06'),
      caseManagement('2024-09-02'),
      indicated('2025-01-13'),
      { type: 'wlz-delivery-started', deliveryForm: 'modular', firstDay: '2025-02-03', provider: home },
    ],
  },
];
