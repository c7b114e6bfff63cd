import { allPeople } from './people.mjs';

/** Of the answers that say that the service is at fault, those that its documentation promises for other reasons. */
const promised = new Set([
  'position-not-reached',
  'views-not-ready',
  'replays-busy',
  'log-busy',
  'not-ready',
]);

/** What stands in a stack trace or tells how the product lies on the machine. */
const inside = /\n\s+at \S|node_modules|\.[cm]?[jt]s:\d+|file:\/\/|(Type|Range|Reference|Syntax|Sqlite)Error/;

/**
 * What is wrong with an answer; nothing when it is as it should be.
 *
 * @param method where one is known; the answer to HEAD says nothing
 * @param answer as it came, where `text` has kept ids in the place of aliases: an id that was tried may be no JSON
 * @param folders of the machine, that nobody needs
 */
export function faultsOf({ asker, sent, method, status, headers = {}, text, answer = text, folders }) {
  const faults = [
    ...faultsOfStatus(method, status, headers, answer),
    ...foreignIn(asker, sent, status, text),
  ];
  const told = inside.exec(text);
  if (told && !inside.test(sent)) faults.push(`tells of the inside: ${told[0]}`);
  if (folders.some((folder) => text.includes(folder))) faults.push('tells a folder of the machine');
  return faults;
}

function faultsOfStatus(method, status, headers, text) {
  if (!(status >= 400) || method === 'HEAD') return [];
  const { code } = problemIn(text);
  if (status === 503 && promised.has(code)) return [];
  if (status >= 500) return [`status ${status} ${code}`];
  const mediaType = headers['content-type'];
  const isProblem = mediaType === undefined || /^application\/problem\+json/.test(mediaType);
  return isProblem && code !== undefined ? [] : [`${status} is no problem+json`];
}

/** Of one answer, or of the last of several on one connection. */
function problemIn(text) {
  try {
    return JSON.parse(text.slice(Math.max(0, text.lastIndexOf('\r\n\r\n'))));
  } catch {
    return {};
  }
}

/** Clients of others: told where nobody asked for them, or told about where somebody did. */
function foreignIn(asker, sent, status, text) {
  const foreign = Object.entries(allPeople)
    .filter(([group]) => !asker.sees.includes(group))
    .flatMap(([, ids]) => ids);
  return foreign
    .filter((id) => text.includes(id) && (!sent.includes(id) || status === 200))
    .map((id) => `tells ${asker.as} of ${id}`);
}
