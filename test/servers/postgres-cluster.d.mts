export interface Cluster {
  /** The folder of its socket. */
  socket: string;
  /** Ends the server as an operator would in a hurry, and keeps its cluster. */
  end(): Promise<void>;
  start(): Promise<void>;
  /** Ends the server and throws its cluster away. */
  stop(): Promise<void>;
}

export function startCluster(settings: Record<string, string>): Promise<Cluster>;
