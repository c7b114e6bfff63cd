import { loadOrCreateKeys, type AskerKind } from '@domeinbrug/access';
import { ClientAliases } from '@domeinbrug/privacy';

/** Of `policy`, `auditor` and `operator` with a development token. */
const developmentOin = '00000003999999990000';

/** An answer with the ids under which a service keeps clients, in the place of those that it gave to who asked. */
export async function idsAsKept<T>(dataDir: string, as: string, body: T): Promise<T> {
  const aliases = new ClientAliases(await loadOrCreateKeys(dataDir, 'alias'));
  const [kind, code = developmentOin] = as.split(':');
  const organisation = { kind: kind as AskerKind, code };
  return JSON.parse(JSON.stringify(body), (_, value: unknown) =>
    typeof value === 'string' ? (aliases.clientOf(value, organisation) ?? value) : value,
  ) as T;
}
