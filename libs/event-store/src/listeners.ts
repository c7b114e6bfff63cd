import type { LogHead } from './event-log.js';

/** Those who want to hear of commits. */
export class Listeners {
  private readonly listeners = new Set<(head: LogHead) => void>();

  /** @returns the way to stop, which may be used twice */
  add(listener: (head: LogHead) => void): () => void {
    const own = (head: LogHead): void => listener(head); // the same function may listen twice
    this.listeners.add(own);
    return () => void this.listeners.delete(own);
  }

  /** A listener's fault is its own: it is reported, and neither the other listeners nor the append hear of it. */
  tell(head: LogHead): void {
    for (const listener of this.listeners) {
      try {
        listener(head);
      } catch (error) {
        process.emitWarning(error instanceof Error ? error : String(error), 'EventLogListenerFailed');
      }
    }
  }

  clear(): void {
    this.listeners.clear();
  }
}
