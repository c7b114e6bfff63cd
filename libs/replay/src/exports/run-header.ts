/** How a result was made: stands above or in everything that is exported. */
export interface RunHeader {
  /** The run's identity, hex. */
  id: string;
  /** Engine version, rule sets with hash, position, digest, period, filter, privacy, in the order to be shown. */
  lines: readonly { name: string; nameNl: string; value: string }[];
}
