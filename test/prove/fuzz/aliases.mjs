const developmentOin = '00000003999999990000';

function organisationOf(as) {
  const [kind, code = developmentOin] = as.split(':');
  return { kind, code };
}

/** What each asker calls the people: an answer shows by its aliases alone whom it is about. */
export class Aliases {
  #aliases;
  #askers;

  /** @param aliases the product's own, under the keys of the service that is asked */
  constructor(aliases, askers) {
    this.#aliases = aliases;
    this.#askers = askers.map(({ as }) => as).filter((as) => as !== null);
  }

  /** What somebody, whoever it is, calls a client. */
  aliasOf(clientId, chance) {
    return this.#aliases.aliasOf(clientId, organisationOf(chance.of(this.#askers)));
  }

  /** A text with the ids of clients in the place of anybody's aliases. */
  read(text) {
    return text.replaceAll(/[A-Z2-7]{68,128}/g, (alias) => {
      for (const as of this.#askers) {
        const client = this.#aliases.clientOf(alias, organisationOf(as));
        if (client !== undefined) return client;
      }
      return alias;
    });
  }
}
