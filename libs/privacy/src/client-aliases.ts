import type { Asker } from '@domeinbrug/access';
import { base32, fromBase32 } from '@domeinbrug/intake';
import { keyFor } from './seal.js';
import { SteadySeal } from './steady-seal.js';

/** An organisation as a token names it. */
export type Organisation = Pick<Asker, 'kind' | 'code'>;

/** As long as a pseudonym: what is shorter is filled up, so that every alias is longer than any id (64). */
const shortest = 26;
const filling = '=';

/**
 * What each organisation calls a client: the client's id sealed under a key of that organisation. Two organisations have
 * different aliases of one client and cannot read each other's; one organisation always has the same.
 *
 * An alias has 68 capitals and digits, of ids longer than a pseudonym up to 128.
 */
export class ClientAliases {
  private readonly seals = new Map<string, SteadySeal[]>();

  /** @param keys the one in use, then those before it, whose aliases still mean whom they meant */
  constructor(private readonly keys: readonly Buffer[]) {}

  aliasOf(clientId: string, organisation: Organisation): string {
    return base32(this.sealsOf('client', organisation)[0]!.seal(clientId.padEnd(shortest, filling)));
  }

  /** Whom an alias of this organisation stands for; `undefined` for every other text. */
  clientOf(alias: string, organisation: Organisation): string | undefined {
    const sealed = fromBase32(alias);
    return sealed && this.opened('client', organisation, sealed)?.replaceAll(filling, '');
  }

  /** A place in a list, which names a client, for the organisation that reads the list. */
  sealPlace(place: string, organisation: Organisation): string {
    return this.sealsOf('place', organisation)[0]!.seal(place).toString('base64url');
  }

  /** The place; `undefined` for what no list of this organisation gave. */
  openPlace(sealed: string, organisation: Organisation): string | undefined {
    return this.opened('place', organisation, Buffer.from(sealed, 'base64url'));
  }

  private opened(
    purpose: 'client' | 'place',
    organisation: Organisation,
    sealed: Buffer,
  ): string | undefined {
    for (const seal of this.sealsOf(purpose, organisation)) {
      const text = seal.open(sealed);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** As many as there are organisations with a token. */
  private sealsOf(purpose: 'client' | 'place', { kind, code }: Organisation): SteadySeal[] {
    const whose = `${purpose} ${kind}:${code}`;
    let seals = this.seals.get(whose);
    if (!seals) this.seals.set(whose, (seals = this.keys.map((key) => new SteadySeal(keyFor(whose, key)))));
    return seals;
  }
}
