import { caseManagement, granted, indicated, registered } from './at-home.js';
import { caseManager, home, hospital, nursingHome, type Person, type ToldEvent } from './person.js';

function admitted(firstDay: string, more: Record<string, unknown> = {}): ToldEvent {
  return { type: 'client-admitted', provider: nursingHome, firstDay, withTreatment: true, ...more };
}

function minutes(day: string, spent: number, more: Record<string, unknown> = {}): ToldEvent {
  return {
    type: 'activity-recorded',
    service: 'case-management',
    day,
    minutes: spent,
    provider: caseManager,
    ...more,
  };
}

/** People who go to live in a nursing home, and what happens around that day. */
export const admittedPeople: Person[] = [
  {
    clientId: 'DemoHandover',
    about: 'A plain admission with a case manager who hands over; minutes were recorded.',
    events: [
      registered(),
      granted('w1', 'household-help', '2023-02-06'),
      caseManagement('2023-09-04'),
      indicated('2025-02-24'),
      admitted('2025-03-17'),
      minutes('2025-03-10', 60),
      minutes('2025-03-20', 90, { kind: 'coordination' }),
      minutes('2025-04-10', 45),
      minutes('2025-05-20', 30),
    ],
  },
  {
    clientId: 'DemoLateAdmission',
    about: 'An admission of May that became known in June: until then everybody thought that nobody paid.',
    events: [
      registered('2022-01-01', 1938),
      granted('w1', 'household-help', '2023-02-06'),
      granted('w2', 'mobility-aid', '2024-06-03'),
      caseManagement('2023-09-04'),
      {
        type: 'zvw-care-indicated',
        indicationId: 'z1',
        services: ['district-nursing'],
        firstDay: '2024-01-08',
        provider: home,
      },
      { type: 'carer-registered', carerId: 'spouse', relationship: '02', firstDay: '2023-09-04' },
      { type: 'wlz-requested', day: '2025-03-03' },
      indicated('2025-03-24'),
      admitted('2025-05-12', { knownOn: '2025-06-20' }),
    ],
  },
  {
    clientId: 'DemoAdmissionCorrected',
    about: 'The admission was a week later than first told: every window moves along.',
    events: [
      registered(),
      caseManagement('2023-09-04'),
      indicated('2025-01-13'),
      { ...admitted('2025-02-03'), key: 'admission' },
      {
        type: 'event-corrected',
        corrects: 'admission',
        data: { provider: nursingHome, firstDay: '2025-02-10', withTreatment: true },
        knownOn: '2025-04-08',
      },
    ],
  },
  {
    clientId: 'DemoAdmissionWithdrawn',
    about: 'An admission of somebody else was taken back: as if it had never been told.',
    events: [
      registered(),
      caseManagement('2023-09-04'),
      granted('w1', 'guidance', '2024-02-05'),
      { ...admitted('2025-02-03'), key: 'admission' },
      { type: 'event-retracted', retracts: 'admission', reason: '13', knownOn: '2025-05-06' },
    ],
  },
  {
    clientId: 'DemoCrisis',
    about: 'Admitted in a crisis; the indication came two weeks later and holds from the first day.',
    events: [
      registered(),
      caseManagement('2023-09-04'),
      granted('w1', 'guidance', '2024-02-05'),
      admitted('2025-04-14', { crisis: true }),
      indicated('2025-04-28', '2025-04-14'),
    ],
  },
  {
    clientId: 'DemoDeathInHandover',
    about: 'Died in the fourth week; the carer was known, so aftercare can begin (six-weeks-with-aftercare).',
    events: [
      registered(),
      caseManagement('2023-09-04'),
      { type: 'carer-registered', carerId: 'son', relationship: '10', firstDay: '2023-09-04' },
      indicated('2025-02-03'),
      admitted('2025-02-24'),
      { type: 'client-died', day: '2025-03-19' },
      minutes('2025-04-02', 60, { service: 'aftercare', subject: 'carer' }),
    ],
  },
  {
    clientId: 'DemoCarerTooLate',
    about: 'The carer was registered after the death: nobody to give aftercare to.',
    events: [
      registered(),
      caseManagement('2023-09-04'),
      indicated('2025-02-03'),
      admitted('2025-02-24'),
      { type: 'client-died', day: '2025-03-19' },
      { type: 'carer-registered', carerId: 'niece', relationship: '15', firstDay: '2025-03-24' },
    ],
  },
  {
    clientId: 'DemoTwoDeaths',
    about: 'Two reports of one death: the earlier day counts, and the contradiction is told.',
    events: [
      registered(),
      granted('w1', 'household-help', '2023-02-06'),
      { type: 'client-died', day: '2025-05-08' },
      { type: 'client-died', day: '2025-05-09', by: hospital },
    ],
  },
  {
    clientId: 'DemoHandoverDone',
    about: 'The handover was completed in the third week: it ends that day.',
    events: [
      registered(),
      caseManagement('2023-09-04'),
      indicated('2025-02-24'),
      admitted('2025-03-17'),
      { type: 'handover-completed', service: 'case-management', day: '2025-04-03', provider: caseManager },
    ],
  },
  {
    clientId: 'DemoClosedOnFriday',
    about: 'The case was closed on Friday, the admission was on Monday: near enough to hand over.',
    events: [
      registered(),
      caseManagement('2023-09-04'),
      { type: 'case-management-ended', lastDay: '2025-03-14', provider: caseManager },
      indicated('2025-02-24'),
      admitted('2025-03-17'),
    ],
  },
  {
    clientId: 'DemoFullPackage',
    about: 'A full package at home, and an admission half a year later.',
    events: [
      registered(),
      caseManagement('2023-09-04'),
      indicated('2024-08-12'),
      {
        type: 'wlz-delivery-started',
        deliveryForm: 'full-package',
        firstDay: '2024-09-02',
        provider: nursingHome,
        withTreatment: true,
      },
      admitted('2025-03-03'),
    ],
  },
  {
    clientId: 'DemoHospitalStay',
    about: 'Ten days in hospital from the nursing home: the bed is kept.',
    events: [
      registered(),
      indicated('2024-06-10'),
      admitted('2024-07-01'),
      { type: 'absence-started', reason: 'hospital', departureDay: '2025-01-20' },
      { type: 'stay-started', kind: 'hospital', provider: hospital, firstDay: '2025-01-20' },
      { type: 'stay-ended', kind: 'hospital', lastDay: '2025-01-31' },
      { type: 'absence-ended', returnDay: '2025-01-31' },
    ],
  },
  {
    clientId: 'DemoLongAbsence',
    about: 'Longer than thirteen weeks in hospital without consent: the last days are nobody’s.',
    events: [
      registered(),
      indicated('2024-03-11'),
      admitted('2024-04-02'),
      { type: 'absence-started', reason: 'hospital', departureDay: '2025-01-06' },
      { type: 'absence-ended', returnDay: '2025-04-22' },
    ],
  },
  {
    clientId: 'DemoLeave',
    about: 'Leave at Christmas and in spring: the year has forty-two days of it.',
    events: [
      registered(),
      indicated('2024-03-11'),
      admitted('2024-04-02', { withTreatment: false }),
      { type: 'absence-started', reason: 'leave', departureDay: '2024-12-20' },
      { type: 'absence-ended', returnDay: '2025-01-06' },
      { type: 'absence-started', reason: 'leave', departureDay: '2025-03-03' },
      { type: 'absence-ended', returnDay: '2025-04-25' },
    ],
  },
  {
    clientId: 'DemoReadmission',
    about: 'Home again after five weeks, and readmitted in spring.',
    events: [
      registered(),
      caseManagement('2023-09-04'),
      indicated('2024-10-14'),
      admitted('2024-11-04'),
      { type: 'client-discharged', provider: nursingHome, lastDay: '2024-12-06' },
      { type: 'wlz-delivery-started', deliveryForm: 'modular', firstDay: '2024-12-07', provider: home },
      admitted('2025-04-14'),
    ],
  },
  {
    clientId: 'DemoNewInsurer',
    about: 'Another insurer from 1 January, in the middle of the handover.',
    events: [
      registered(),
      caseManagement('2023-09-04'),
      indicated('2024-11-18'),
      admitted('2024-12-09'),
      { type: 'insurance-changed', insurer: '3332', firstDay: '2025-01-01', knownOn: '2025-01-14' },
    ],
  },
  {
    clientId: 'DemoNewCareOffice',
    about: 'Moved to a nursing home elsewhere: the care office changes with the file, not with the address.',
    events: [
      registered(),
      indicated('2024-06-10'),
      admitted('2024-07-01'),
      { type: 'client-moved', municipality: '0344', firstDay: '2025-02-01' },
      { type: 'care-office-assigned', careOffice: '5505', firstDay: '2025-04-01' },
    ],
  },
  {
    clientId: 'DemoTreatmentStarts',
    about:
      'Treatment begins during the stay: the geriatric team stops being a separate matter, the wheelchair was the care office’s already.',
    events: [
      registered(),
      granted('w1', 'mobility-aid', '2023-02-06'),
      {
        type: 'zvw-care-indicated',
        indicationId: 'z1',
        services: ['geriatric-team-care'],
        firstDay: '2024-05-06',
        provider: home,
      },
      indicated('2024-06-10'),
      admitted('2024-07-01', { withTreatment: false }),
      { type: 'treatment-changed', withTreatment: true, firstDay: '2025-02-01' },
    ],
  },
  {
    clientId: 'DemoAwaitingIndication',
    about: 'Admitted before any indication, which did not reach back: the first weeks are nobody’s.',
    events: [
      registered(),
      caseManagement('2023-09-04'),
      admitted('2025-03-31', { crisis: true }),
      indicated('2025-05-05'),
    ],
  },
];
