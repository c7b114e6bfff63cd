import type { LogLevel } from '@domeinbrug/settings';
import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';

/** One JSON object a line, on standard error so that standard output stays for people. */
export function openLog(level: LogLevel, destination: DestinationStream = pino.destination(2)): Logger {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

/** Lets the framework write to the same log. */
export class FrameworkLog implements LoggerService {
  constructor(private readonly log_: Logger) {}

  log(message: unknown, ...context: unknown[]): void {
    this.write('debug', message, context);
  }

  error(message: unknown, ...context: unknown[]): void {
    this.write('error', message, context);
  }

  warn(message: unknown, ...context: unknown[]): void {
    this.write('warn', message, context);
  }

  debug(message: unknown, ...context: unknown[]): void {
    this.write('debug', message, context);
  }

  verbose(message: unknown, ...context: unknown[]): void {
    this.write('trace', message, context);
  }

  private write(level: 'error' | 'warn' | 'debug' | 'trace', message: unknown, context: unknown[]): void {
    const part = context.at(-1);
    const from = typeof part === 'string' ? { context: part } : {};
    if (typeof message === 'object' && message !== null) this.log_[level]({ ...from, ...message });
    else this.log_[level](from, String(message));
  }
}

/** The path of an address, without its query string: that is where identifying values hide. */
export function pathOf(address: string): string {
  const end = address.search(/[?#;]/);
  return end < 0 ? address : address.slice(0, end);
}
