/** What the names of journeys’ streams begin with. */
export const journeyCategory = 'journey';

/** Journeys lie in one stream per client; other streams of the log are not about one. */
const journeyStream = /^journey-([A-Za-z0-9]{8,64})$/;

/** The client whose journey a stream is, or `null`. */
export function clientOfStream(stream: string): string | null {
  return journeyStream.exec(stream)?.[1] ?? null;
}

export function streamOfClient(client: string): string {
  return `${journeyCategory}-${client}`;
}
