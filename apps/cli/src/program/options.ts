/** Options and arguments that several commands have. */

export const dataDir: [string, string] = [
  '--data-dir <folder>',
  'data folder (default: DOMEINBRUG_DATA_DIR or ./data)',
];
export const json: [string, string] = ['--json', 'answer with JSON'];
export const ruleSet: [string, string] = [
  '--rule-set <id>',
  'under this rule set, an id or id@version (default: the active one)',
];
export const knownAt: [string, string] = [
  '--known-at <moment>',
  'as known then: an instant with offset, a day (its end), or a log position',
];
export const first: [string, string] = ['<first>', 'id, id@version, or a file (YAML or JSON)'];
export const second: [string, string] = ['<second>', 'id, id@version, or a file (YAML or JSON)'];
export const on: [string, string] = ['--on <day>', 'only this day, YYYY-MM-DD'];
export const services: [string, string] = ['--services <names>', 'only these services, separated by commas'];
