/** An event as it is recorded for one client. */
export interface HistoryStep {
  client: string;
  type: string;
  id: string;
  data: Record<string, unknown>;
}

const registered = { firstDay: '2023-01-01', municipality: '0363', insurer: '3311', careOffice: '5515' };
const provider = '65656055';

function told(client: string, type: string, id: string, data: Record<string, unknown>): HistoryStep {
  return { client, type, id, data };
}

/**
 * Five clients whose events lie mixed in the log: cover that changes, gaps, minutes, findings, a key that two of them
 * share, and one who cannot be folded at the end. Every table has rows of it.
 */
export const sampleHistory: readonly HistoryStep[] = [
  told('CLIENT0B', 'client-registered', 'reg', registered),
  told('CLIENT0A', 'client-registered', 'reg-a', registered),
  told('CLIENT0A', 'case-management-started', 'cm', { firstDay: '2023-06-01', provider }),
  told('CLIENT0B', 'wmo-decision-issued', 'wmo', {
    decisionId: 'D1',
    municipality: '0363',
    services: ['guidance'],
    firstDay: '2023-05-01',
  }),
  told('CLIENT0A', 'wlz-indication-issued', 'ciz', {
    decisionId: 'C1',
    decidedOn: '2024-01-10',
    firstDay: '2024-01-15',
    profile: '754',
  }),
  told('CLIENT0C', 'client-registered', 'reg', registered),
  told('CLIENT0A', 'activity-recorded', 'minutes', {
    service: 'case-management',
    day: '2023-07-01',
    minutes: 45,
    provider,
  }),
  told('CLIENT0A', 'activity-recorded', 'late minutes', {
    service: 'case-management',
    day: '2024-06-01',
    minutes: 30,
    provider,
  }),
  told('CLIENT0A', 'client-admitted', 'adm', { firstDay: '2024-03-04', provider, withTreatment: true }),
  told('CLIENT0B', 'wlz-indication-issued', 'ciz-b', {
    decisionId: 'C2',
    decidedOn: '2024-01-10',
    firstDay: '2024-01-15',
    profile: '754',
  }),
  told('CLIENT0D', 'client-registered', 'reg-d', { ...registered, municipality: '0518' }),
  told('CLIENT0D', 'case-management-started', 'cm-d', { firstDay: '2023-06-01', provider }),
  told('CLIENT0D', 'client-died', 'died', { day: '2024-04-01' }),
  told('CLIENT0D', 'activity-recorded', 'after death', {
    service: 'case-management',
    day: '2024-05-01',
    minutes: 60,
    provider,
  }),
  told('CLIENT0E', 'client-registered', 'reg-e', registered),
  told('CLIENT0E', 'no-such-event', 'poison', {}),
];
