import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Asker } from './asker.js';
import { isMandated, mandatedUntil, MandatesRefused, readMandates } from './mandates.js';

const folder = mkdtempSync(join(tmpdir(), 'mandates-'));

function fileOf(text: string): string {
  const path = join(folder, 'mandates.yaml');
  writeFileSync(path, text);
  return path;
}

it('lets a supplier go on until the Dutch day ends, and an organisation itself as long as it will', () => {
  const asker = { actedBy: 'supplier' } as Asker;
  expect(mandatedUntil(asker, Date.parse('2026-03-28T22:30:00Z'))).toBe(Date.parse('2026-03-28T23:00:00Z'));
  expect(mandatedUntil(asker, Date.parse('2026-03-28T23:00:00Z'))).toBe(Date.parse('2026-03-29T22:00:00Z'));
  expect(mandatedUntil({} as Asker, 0)).toBeNull();
});

describe('isMandated', () => {
  const mandate = {
    supplier: 'ehr.example',
    organisation: 'urn:nld:agb:65656055',
    firstDay: '2024-02-01',
    lastDay: '2024-03-31',
  };
  const provider: Asker = { kind: 'provider', code: '65656055', scopes: [], purpose: 'care-delivery' };

  it.each<[string, Partial<Asker>, string, boolean]>([
    ['the organisation itself', {}, '2020-01-01', true],
    ['before the first day', { actedBy: 'ehr.example' }, '2024-01-31', false],
    ['on the first day', { actedBy: 'ehr.example' }, '2024-02-01', true],
    ['on the last day', { actedBy: 'ehr.example' }, '2024-03-31', true],
    ['after the last day', { actedBy: 'ehr.example' }, '2024-04-01', false],
    ['another supplier', { actedBy: 'other.example' }, '2024-02-01', false],
    ['another organisation', { actedBy: 'ehr.example', code: '65656056' }, '2024-02-01', false],
    ['the same code of another kind', { actedBy: 'ehr.example', kind: 'oin' }, '2024-02-01', false],
  ])('%s: %j on %s is %p', (_, changed, day, expected) => {
    expect(isMandated({ ...provider, ...changed }, [mandate], day)).toBe(expected);
  });

  it('goes on where no last day is told, and is nothing where no mandate is', () => {
    const asker = { ...provider, actedBy: 'ehr.example' };
    expect(isMandated(asker, [{ ...mandate, lastDay: null }], '2099-12-31')).toBe(true);
    expect(isMandated(asker, [], '2024-02-01')).toBe(false);
  });
});

describe('readMandates', () => {
  it('reads a list', async () => {
    const path = fileOf(`mandates:
  - supplier: ehr.example
    organisation: urn:nld:agb:65656055
    firstDay: 2024-02-01
  - { supplier: a, organisation: 'urn:nld:zorgkantoor:5515', firstDay: 2024-02-29, lastDay: 2024-12-31 }
`);
    expect(await readMandates(path)).toEqual([
      {
        supplier: 'ehr.example',
        organisation: 'urn:nld:agb:65656055',
        firstDay: '2024-02-01',
        lastDay: null,
      },
      {
        supplier: 'a',
        organisation: 'urn:nld:zorgkantoor:5515',
        firstDay: '2024-02-29',
        lastDay: '2024-12-31',
      },
    ]);
  });

  it.each([
    ['', /no list/],
    ['mandates: none', /no list/],
    ['mandates: [', /no well-formed YAML/],
    ['mandates: [1]', /mandate 1: supplier .*mandate 1: organisation .*mandate 1: firstDay/s],
    ['mandates: [{supplier: x, organisation: "urn:nld:uzovi:33", firstDay: 2023-02-29}]', /firstDay/],
    ['mandates: [{supplier: x, organisation: "urn:nld:uzovi:3311", firstDay: 2023-02-01, to: 1}]', /"to"/],
    [
      'mandates: [{supplier: x, organisation: "urn:nld:uzovi:3311", firstDay: 2023-02-01, lastDay: 1}]',
      /lastDay/,
    ],
  ])('refuses %j with all that is wrong', async (text, said) => {
    const refused = readMandates(fileOf(text));
    await expect(refused).rejects.toThrow(MandatesRefused);
    await expect(refused).rejects.toThrow(said);
  });

  it('says which file cannot be read', async () => {
    await expect(readMandates(join(folder, 'absent.yaml'))).rejects.toThrow(/absent\.yaml cannot be read/);
  });
});
