export const audience: string;
export const clients: Record<string, { claims: object; seconds?: number; algorithm?: string }>;
