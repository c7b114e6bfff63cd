import type { EventEmitter } from 'node:events';

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

/** The call of a subscription: an error that it emits is the status it ends with. */
type SubscriptionCall = Pick<EventEmitter, 'emit'>;

/** Faults that a test asks for; without being asked, nothing goes wrong. */
export class StandInFaults {
  /** Subscriptions stay open and tell nothing, like one that a server has forgotten. */
  mute = false;
  /** Every event comes twice, as it may around a reconnection. */
  twice = false;
  /** Servers before 23.10 do not say when a subscription has caught up. */
  tellsCaughtUp = true;

  private readonly coming: AppendFault[] = [];
  private readonly open = new Map<SubscriptionCall, () => void>();

  /** The next appends meet these faults, one each. */
  onAppend(...faults: AppendFault[]): void {
    this.coming.push(...faults);
  }

  take(): AppendFault | undefined {
    return this.coming.shift();
  }

  /** Ends every subscription, as a server does that cannot keep it. */
  dropSubscriptions(status: { code: number; details: string }): void {
    for (const [call, wake] of this.open) {
      this.open.delete(call);
      call.emit('error', status);
      wake();
    }
  }

  join(call: SubscriptionCall, wake: () => void): () => void {
    this.open.set(call, wake);
    return () => void this.open.delete(call);
  }

  ended(call: SubscriptionCall): boolean {
    return !this.open.has(call);
  }
}
