import { Buffer } from 'node:buffer';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { clearTimeout, setTimeout } from 'node:timers';

/** A request that takes longer hangs. Reads that wait for a position take two seconds. */
export const patienceMs = 30_000;

/** Sends, and gives whatever comes back; it never throws. */
export class Sender {
  #to;
  #agent;

  constructor(address, atOnce) {
    const { hostname, port } = new URL(address);
    this.#to = { hostname, port };
    this.#agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  }

  close() {
    this.#agent.destroy();
  }

  /** An answer to a request as HTTP knows them. */
  ask(asked, body) {
    const options = { ...this.#to, ...asked, agent: this.#agent };
    return new Promise((resolve) => {
      const sending = request(options, (response) => {
        const chunks = [];
        const end = () => {
          clearTimeout(hangs);
          const { statusCode: status, headers } = response;
          resolve({ status, headers, text: Buffer.concat(chunks).toString() });
        };
        response.on('data', (chunk) => chunks.push(chunk)).on('close', end);
        // A stream that goes on is left after its first words.
        if (response.headers['content-type'] === 'text/event-stream')
          response.once('data', () => response.destroy());
      });
      const hangs = setTimeout(() => {
        resolve({ status: 'hangs', text: '' });
        sending.destroy();
      }, patienceMs);
      // The service may end a connection while a body is on its way that it does not read.
      sending.on('error', ({ code }) => {
        clearTimeout(hangs);
        resolve({ status: `connection ${code}`, text: '' });
      });
      sending.end(body);
    });
  }

  /** Everything that comes back on a connection, of which our side is closed at once. */
  sendBytes(bytes) {
    return new Promise((resolve) => {
      const chunks = [];
      const socket = connect({ host: this.#to.hostname, port: this.#to.port, allowHalfOpen: true });
      const settle = (status) => {
        clearTimeout(hangs);
        socket.destroy();
        const text = Buffer.concat(chunks).toString();
        const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, each]) => Number(each));
        resolve({ status: status ?? (statuses.length > 0 ? Math.max(...statuses) : 'closed'), text });
      };
      const hangs = setTimeout(() => settle('hangs'), patienceMs);
      socket.on('data', (chunk) => {
        chunks.push(chunk);
        if (String(chunk).includes('text/event-stream')) settle();
      });
      socket.on('end', () => settle()).on('close', () => settle());
      socket.on('error', () => settle());
      socket.end(bytes);
    });
  }
}
