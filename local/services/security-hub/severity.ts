/** A finding's severity, as a label and as a number that say the same. */
import type { Severity, SeverityLabel, SeverityUpdate } from '@aws-sdk/client-securityhub';

const NORMALIZED: Readonly<Record<SeverityLabel, number>> = {
  INFORMATIONAL: 0,
  LOW: 1,
  MEDIUM: 40,
  HIGH: 70,
  CRITICAL: 90,
};

const labelFrom = (normalized: number): SeverityLabel => {
  if (normalized >= NORMALIZED.CRITICAL) return 'CRITICAL';
  if (normalized >= NORMALIZED.HIGH) return 'HIGH';
  if (normalized >= NORMALIZED.MEDIUM) return 'MEDIUM';
  return normalized >= NORMALIZED.LOW ? 'LOW' : 'INFORMATIONAL';
};

/** The label wins when both are given. */
export const completeSeverity = (severity: Severity): Severity => {
  const label = severity.Label ?? labelFrom(severity.Normalized ?? 0);
  const normalized = severity.Label === undefined ? severity.Normalized : NORMALIZED[label];
  return { ...severity, Label: label, Normalized: normalized ?? NORMALIZED[label] };
};

/** Label and number are replaced together, since each is derived from the other. */
export const updatedSeverity = (before: Severity = {}, update: SeverityUpdate): Severity => {
  const { Label, Normalized, ...rest } = before;
  const replaced = update.Label !== undefined || update.Normalized !== undefined;
  return completeSeverity({ ...rest, ...(replaced ? {} : { Label, Normalized }), ...update });
};
