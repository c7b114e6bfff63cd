export interface Answered {
  asker: { as: string | null; sees: readonly string[] };
  sent: string;
  method?: string;
  status: number | string;
  headers?: Record<string, string>;
  text: string;
  folders: readonly string[];
}
export function faultsOf(answered: Answered): string[];
