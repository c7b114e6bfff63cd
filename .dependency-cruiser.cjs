// The architecture's arrows: each lib may import the libs named here and what those may import.
const mayImport = {
  terms: [],
  calendar: [],
  journey: ['terms', 'calendar'],
  rules: ['terms', 'calendar'],
  coverage: ['journey', 'rules'],
  cases: ['coverage'],
  histories: ['cases'],
  'event-store': [],
  archive: ['journey'],
  portfolio: ['coverage', 'archive'],
  replay: ['coverage', 'archive'],
  privacy: ['event-store', 'intake'],
  projections: ['event-store', 'coverage', 'archive', 'privacy'],
  intake: ['journey', 'access'],
  access: ['calendar'],
  sight: ['access', 'coverage'],
  audit: ['event-store'],
  settings: [],
  problems: [],
  platform: ['settings', 'problems'],
};
const heart = ['terms', 'calendar', 'journey', 'rules', 'coverage'];

function reach(lib) {
  return new Set(mayImport[lib].flatMap((next) => [next, ...reach(next)]));
}

const arrows = Object.keys(mayImport).map((lib) => ({
  name: `${lib}-imports-only-below`,
  severity: 'error',
  from: { path: `^libs/${lib}/` },
  to: { path: '^(libs|apps)/', pathNot: `^libs/(${[lib, ...reach(lib)].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...arrows,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'heart-is-pure',
      comment: 'The heart runs in a browser and a worker: no Node, no Nest, no driver.',
      severity: 'error',
      from: { path: `^libs/(${heart.join('|')})/`, pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'heart-has-no-packages',
      severity: 'error',
      from: { path: `^libs/(${heart.join('|')})/`, pathNot: '\\.spec\\.ts$' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: '(^|/)node_modules/(yaml|ajv|ajv-formats|@noble/hashes|canonicalize)/',
      },
    },
    {
      name: 'only-rules-has-packages',
      severity: 'error',
      from: { path: '^libs/(terms|calendar|journey|coverage)/', pathNot: '\\.spec\\.ts$' },
      to: { path: 'node_modules' },
    },
    {
      name: 'one-file-knows-the-kurrentdb-client',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '^libs/event-store/src/kurrentdb/kurrentdb-client\\.ts$' },
      to: { path: 'node_modules/@eventstore/' },
    },
    {
      name: 'nest-only-in-platform-and-apps',
      severity: 'error',
      from: { path: '^libs/(?!platform/)' },
      to: { path: 'node_modules/@nestjs/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    exclude: { path: '\\.spec\\.ts$' },
  },
};
