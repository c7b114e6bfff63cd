export type Fields = Record<string, unknown>;

/** The personal part as it lies in a log: nobody reads it without its key. */
export interface SealedPart {
  /** Base64. */
  sealed: string;
}

/** No event has a field of this name. */
export function isSealedPart(personal: unknown): personal is SealedPart {
  return isFields(personal) && typeof personal['sealed'] === 'string';
}

/** Both parts of an event's data, also of the data inside a correction. */
export function joinPersonal(data: Fields, personal: Fields): Fields {
  const joined = { ...data, ...personal };
  if (isFields(personal['data']) && isFields(data['data'])) {
    joined['data'] = { ...data['data'], ...personal['data'] };
  }
  return joined;
}

export function partition(data: Fields, isApart: (name: string) => boolean): { rest: Fields; apart: Fields } {
  const [rest, apart]: [Fields, Fields] = [{}, {}];
  for (const [name, value] of Object.entries(data)) (isApart(name) ? apart : rest)[name] = value;
  return { rest, apart };
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
