// Invented people of two groups of organisations that have nothing to do with each other: what one group is told must
// never name those of the other. Nobody writes about them after the start.
const count = 20;

const groups = {
  ours: { provider: '65656055', municipality: '0363', insurer: '3311', careOffice: '5515' },
  theirs: { provider: '65656056', municipality: '0599', insurer: '0101', careOffice: '5502' },
};

/** Who asks, by the name that a token is made for, and whose people it may see; an auditor sees all. */
export const askers = [
  { as: null, sees: [] },
  ...Object.entries(groups).flatMap(([group, codes]) => [
    { as: `provider:${codes.provider}`, sees: [group] },
    { as: `municipality:${codes.municipality}`, sees: [group] },
    { as: `insurer:${codes.insurer}`, sees: [group] },
    { as: `care-office:${codes.careOffice}`, sees: [group] },
  ]),
  { as: 'oin:00000001112223330000', sees: [] },
  { as: 'policy', sees: [] },
  { as: 'auditor', sees: Object.keys(groups) },
];

/** Letters after the name keep a client's id from standing inside another word. */
export function people(group) {
  return Array.from({ length: count }, (_, index) => `Fuzz${group}${String(index).padStart(3, '0')}zq`);
}

export const allPeople = Object.fromEntries(Object.keys(groups).map((group) => [group, people(group)]));

/** The events that make them known, with who sends each. */
export function introductions() {
  return Object.entries(groups).flatMap(([group, codes]) =>
    people(group).flatMap((clientId) => {
      const { provider, municipality, insurer, careOffice } = codes;
      const ecd = `urn:nld:agb:${provider}:systeem:ecd`;
      const wmo = `urn:nld:gemeentecode:${municipality}:systeem:wmo`;
      const firstDay = '2024-01-10';
      return [
        [
          `provider:${provider}`,
          event(ecd, 'client-registered', clientId, {
            firstDay: '2023-01-01',
            municipality,
            insurer,
            careOffice,
          }),
        ],
        [`provider:${provider}`, event(ecd, 'case-management-started', clientId, { firstDay, provider })],
        [
          `municipality:${municipality}`,
          event(wmo, 'wmo-decision-issued', clientId, {
            decisionId: `Decision${clientId}`,
            municipality,
            services: ['guidance'],
            firstDay,
          }),
        ],
      ];
    }),
  );
}

function event(source, type, clientId, about) {
  return {
    specversion: '1.0',
    id: `${clientId}-${type}`,
    source,
    type: `nl.domeinbrug.${type}.v1`,
    time: '2024-03-05T08:12:00+01:00',
    data: { clientId, ...about },
  };
}
