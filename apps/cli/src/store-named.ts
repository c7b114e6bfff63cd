import { WrongUse } from './refusal.js';

/** `env:SOURCE_URL` */
const inVariable = /^env:(\w+)$/;

/**
 * A data folder or an address, as given or as a variable of the environment holds it.
 *
 * @throws WrongUse for an empty variable, and for a password that everybody on the machine could read
 */
export function storeNamed(option: string, text: string, environment = process.env): string {
  const name = inVariable.exec(text)?.[1];
  if (name !== undefined) {
    const named = environment[name] ?? '';
    if (named !== '') return named;
    throw new WrongUse(`${option}: nothing stands in ${name}; set it to a folder or an address.`);
  }
  if (!hasPassword(text)) return text;
  throw new WrongUse(
    `${option}: others on this machine can read a password in a command; put the address into a variable and write ` +
      `${option} env:NAME.`,
  );
}

/** Of several servers too, whose addresses are no URL. */
function hasPassword(text: string): boolean {
  return /^[a-z+]+:\/\/[^/?#@]*:[^/?#@]*@/i.test(text) || /^[a-z+]+:\/\/.*[?&]password=/i.test(text);
}
