import { askerKinds, issueDevelopmentToken, scopesOf } from '@domeinbrug/access';
import type { Operation } from './description.js';
import { serviceOfThisFile } from './service.js';

const { service, client } = serviceOfThisFile();

/** Organisations of each kind; staff have no code. */
const codes: Record<string, string> = {
  provider: ':65656055',
  municipality: ':0363',
  insurer: ':3311',
  'care-office': ':5515',
  oin: ':00000001112223330000',
};

/** The address of a door, with the examples that the description gives of what stands in it. */
function addressOf(path: string, { parameters = [] }: Operation): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const example = parameters.find((parameter) => parameter.name === name)?.example;
    return encodeURIComponent(String(example));
  });
}

function scopesOfDoor({ security = [] }: Operation): string[] {
  return (security as { token?: string[] }[]).flatMap(({ token = [] }) => token);
}

test('a purpose that is not the task of the organisation opens no door that wants a scope', async () => {
  const { document } = await client.description();
  const tried: string[] = [];
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of ['get', 'post', 'delete']) {
      const operation = item[method];
      if (!operation) continue;
      for (const scope of scopesOfDoor(operation)) {
        const kind = askerKinds.find((each) => scopesOf[each].some((own) => own === scope))!;
        const token = await issueDevelopmentToken(service.dataDir, kind + (codes[kind] ?? ''), {
          purpose: 'curiosity',
        });
        const types = Object.keys(operation.requestBody?.content ?? {});
        const body = types.length === 0 ? {} : { body: '{}' };
        const headers: Record<string, string> = {
          authorization: `Bearer ${token}`,
          'audit-reason': 'out of curiosity',
        };
        if (types.length > 0) headers['content-type'] = types[0]!;
        const address = `/v1${addressOf(path, operation)}`;
        const answer = await client.ask(null, address, { method: method.toUpperCase(), headers, ...body });
        expect([method, path, answer.status, answer.body.code]).toEqual([
          method,
          path,
          403,
          'purpose-not-allowed',
        ]);
        expect(answer.body.detail).toContain('The purpose "curiosity" is none');
        tried.push(`${method} ${path}`);
      }
    }
  }
  expect(new Set(tried).size).toBeGreaterThan(25);
});
