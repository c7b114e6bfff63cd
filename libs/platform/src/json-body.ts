import { Problem } from '@domeinbrug/problems';
import parse from 'secure-json-parse';

/** How deep the lists and objects of a body may nest; what is sent here needs fewer than ten. */
export const deepestBody = 32;

/**
 * What a JSON text says. What comes after walks it by recursion and copies its keys, so that neither deep nesting nor a
 * key that would change what objects are gets that far.
 *
 * @throws Problem 400, 413
 */
export function parseJsonBody(text: string): unknown {
  if (nestsDeeperThan(deepestBody, text)) {
    throw new Problem('too-deep', `Lists and objects of a body nest at most ${deepestBody} deep.`);
  }
  try {
    return parse(text) as unknown;
  } catch {
    // The parser's own message quotes the body, which may name a person.
    throw new Problem(
      'malformed-body',
      'Send one well-formed JSON value in UTF-8, in which no key is __proto__ or constructor.prototype.',
    );
  }
}

const [quote, escape, openList, closeList, openObject, closeObject] = [...'"\\[]{}'].map((each) =>
  each.charCodeAt(0),
);

function nestsDeeperThan(most: number, text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === quote) at = endOfText(text, at);
    else if (char === openList || char === openObject) depth++;
    else if (char === closeList || char === closeObject) depth--;
    if (depth > most) return true;
  }
  return false;
}

/** @param start of the quotation mark that opens it */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === escape) at++;
    else if (char === quote) return at;
  }
  return text.length;
}
