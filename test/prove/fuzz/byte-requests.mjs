import { Buffer } from 'node:buffer';
import { hostileText } from './hostile.mjs';

/** Makes requests by the byte: what no HTTP library sends. Each gives the bytes of one connection. */
export function byteRequest(chance, doors, token) {
  const [method, path] = chance.of(doors).split(' ');
  const address = path.replaceAll(/\{[^}]+\}/g, () =>
    chance.of(['x', '%', '%00', '..', '\u00ff', 'insurer:3311']),
  );
  const authorization = chance.percent(60) ? `Authorization: Bearer ${token}\r\n` : '';
  const head = (line, more = '') => `${line}\r\nHost: x\r\n${authorization}${more}\r\n`;
  const usual = `${method} ${address} HTTP/1.1`;
  const json = 'Content-Type: application/json\r\n';
  return Buffer.concat(
    chance.any(
      () => [randomBytes(chance, 1 + chance.number(2_000))],
      () => [bytes(head(usual)), randomBytes(chance, chance.number(200))],
      () => [bytes(flipped(head(usual), chance))],
      () => [bytes(head(`${method} /${noise(chance, 200)} HTTP/1.1`))],
      () => [bytes(head(`${method} ${'/x'.repeat(chance.number(20_000))} HTTP/1.1`))],
      () => [
        bytes(
          head(
            `${hostileText(chance)} ${address} HTTP/${chance.of(['0.9', '1.0', '1.1', '2.0', '9.9', 'x'])}`,
          ),
        ),
      ],
      () => [bytes(head(usual, `X-Long: ${'x'.repeat(chance.number(40_000))}\r\n`))],
      () => [bytes(head(usual, 'X-Many: 1\r\n'.repeat(chance.number(3_000))))],
      () => [bytes(head(usual, `X-Odd${noise(chance, 5)}: ${noise(chance, 50)}\r\n`))],
      () => [bytes(head(usual).repeat(1 + chance.number(8)))],
      () => [
        bytes(
          head(
            usual,
            `${json}Content-Length: ${chance.of(['-1', '1e9', '99999999999999999999', '5, 6', '0x5', ''])}\r\n`,
          ) + '{"a":1}',
        ),
      ],
      () => [
        bytes(
          head(usual, `${json}Content-Length: 7\r\nTransfer-Encoding: chunked\r\n`) +
            '7\r\n{"a":1}\r\n0\r\n\r\n',
        ),
      ],
      () => [
        bytes(
          head(usual, `${json}Transfer-Encoding: chunked\r\n`) +
            `${chance.of(['zz', '-1', 'ffffffffffffffff', '7;x=y'])}\r\n{"a":1}\r\n0\r\n\r\n`,
        ),
      ],
      () => withBody(usual, head, json, randomBytes(chance, chance.number(5_000))),
      () => withBody(usual, head, json, bytes(deep(chance))),
      () => withBody(usual, head, 'Content-Type: application/yaml\r\n', bytes(deep(chance))),
      () => withBody(usual, head, json, Buffer.from([0x22, 0xff, 0xfe, 0xc0, 0x80, 0x22])),
      () => withBody(usual, head, json, bytes(`"${'x'.repeat(1_040_000 + chance.number(20_000))}"`)),
      () => [bytes(head(usual, `${json}Content-Length: 1000\r\n`) + '{"half":')],
      () => [bytes(head(usual, 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: eA==\r\n'))],
      () => [bytes('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')],
      () => [bytes(`CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n`)],
    ),
  );
}

function withBody(line, head, type, body) {
  return [bytes(head(line, `${type}Content-Length: ${body.length}\r\n`)), body];
}

function deep(chance) {
  const depth = 10 ** (1 + chance.number(5));
  const [open, close] = chance.of([
    ['[', ']'],
    ['{"a":', '}'],
    ['[{"a":', '}]'],
    ['- ', ''],
  ]);
  const text = open.repeat(depth) + (chance.percent(50) ? `1${close.repeat(depth)}` : '');
  return text.slice(0, 1_000_000);
}

function flipped(text, chance) {
  const changed = bytes(text);
  for (let times = 1 + chance.number(5); times > 0; times--)
    changed[chance.number(changed.length)] = chance.number(256);
  return changed.toString('latin1');
}

function noise(chance, length) {
  return randomBytes(chance, chance.number(length))
    .toString('latin1')
    .replaceAll(/[\r\n]/g, '');
}

function randomBytes(chance, length) {
  return Buffer.from(Array.from({ length }, () => chance.number(256)));
}

function bytes(text) {
  return Buffer.from(text, 'latin1');
}
