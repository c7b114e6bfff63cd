/**
 * One line of the audit trail, in the terms of NEN 7513 (gebeurtenis, gebruiker, object, loggegevens): who looked at or
 * changed what of whom, and what came of it. A line is about one client, or about none where an answer names nobody.
 */
export interface AuditRecord {
  event: AuditEvent;
  user: AuditUser;
  object: AuditObject;
  log: AuditLog;
}

/** C, R, U, D and E of NEN 7513. */
export const auditActions = ['create', 'read', 'update', 'delete', 'execute'] as const;
export type AuditAction = (typeof auditActions)[number];

export const auditOutcomes = ['allowed', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** What came of an answer with this HTTP status: refused is what somebody may not see, what is not there or not taken. */
export function outcomeOf(status: number): AuditOutcome {
  if (status < 400) return 'allowed';
  return [401, 403, 404, 409, 410].includes(status) ? 'refused' : 'failed';
}

/** Gebeurtenis. */
export interface AuditEvent {
  /** Of DICOM's code system, as NEN 7513 names them: 110110 a patient's record, 110106 an export of many. */
  code: '110110' | '110106';
  action: AuditAction;
  /** Milliseconds since 1970, when the answer was about to leave. */
  at: number;
  outcome: AuditOutcome;
  /** The HTTP status of the answer, and the code of its problem; `null` where it was none. */
  status: number;
  problem: string | null;
}

/** Gebruiker: an organisation that asks, since no person signs in here. */
export interface AuditUser {
  /** The kind of asker, such as `insurer`. */
  role: string;
  /** `urn:nld:uzovi:3311`. */
  organisation: string;
  /** The supplier that asks on its behalf; `null` where it asks itself. */
  actedBy: string | null;
  /** The door: `GET /v1/clients/:clientId/coverage`. */
  accessPoint: string;
}

/** Object. */
export interface AuditObject {
  /** What of the client: `coverage`, `journey`, … */
  kind: string;
  /** The pseudonym; `null` where the answer names nobody. */
  client: string | null;
  /** What was asked beside it, without who it is about: `firstDay=2024-01-01&lastDay=2024-12-31`. */
  question: string;
  /** Doelbinding: the purpose in the token. */
  purpose: string;
  /** Why an auditor looks; `null` for others, who look by what they pay or deliver. */
  reason: string | null;
  /** By which rule it was let through or not: id and version. */
  policy: string;
}

/** Loggegevens. */
export interface AuditLog {
  /** The system that wrote the line. */
  source: string;
  requestId: string;
  /** Of W3C Trace Context; `null` where nothing is traced. */
  traceId: string | null;
}
