/** What happens to an append that comes in. */
export type AppendFault =
  /** Stored, but never answered. */
  | { kind: 'swallow' }
  /** Neither stored nor answered. */
  | { kind: 'ignore' }
  /** Stored after a while. */
  | { kind: 'delay'; milliseconds: number }
  /** Refused: this node does not lead. The answer names the one that does. */
  | { kind: 'not-leader' }
  /** Refused: the server is starting. */
  | { kind: 'not-ready' }
  /** Stored, and then answered as a fault of which nobody knows more. */
  | { kind: 'unknown' };

/** Anything that a subscription is ended through. */
interface Ending {
  destroy(error: Error): unknown;
}

/** Faults that a test asks for; without being asked, nothing goes wrong. */
export class StandInFaults {
  /** Subscriptions stay open and tell nothing, like one that a server has forgotten. */
  mute = false;
  /** Every event comes twice, as it may around a reconnection. */
  twice = false;
  /** Servers before 23.10 do not say when a subscription has caught up. */
  tellsCaughtUp = true;

  private readonly coming: AppendFault[] = [];
  private readonly open = new Map<object, { call: Ending; wake: () => void }>();

  /** The next appends meet these faults, one each. */
  onAppend(...faults: AppendFault[]): void {
    this.coming.push(...faults);
  }

  take(): AppendFault | undefined {
    return this.coming.shift();
  }

  /** How many subscriptions are open. */
  get subscriptions(): number {
    return this.open.size;
  }

  /** Ends every subscription, as a server does that cannot keep it. */
  dropSubscriptions(error: Error): void {
    for (const [key, { call, wake }] of this.open) {
      this.open.delete(key);
      call.destroy(error);
      wake();
    }
  }

  join(call: Ending, wake: () => void): () => void {
    this.open.set(call, { call, wake });
    return () => void this.open.delete(call);
  }

  ended(call: Ending): boolean {
    return !this.open.has(call);
  }
}
