/** Text from an event inside a sentence of ours: short, printable, without secrets. */
import { clipText } from '../../shared/base/clip-text.ts';
import { redactText } from '../../shared/base/redaction.ts';

/** EventBridge's own limit for a detail-type. */
const LENGTH = 128;

export const safeText = (text: string): string => clipText(redactText(text.slice(0, 4 * LENGTH)), LENGTH);

export const quoted = (text: string): string => `"${safeText(text)}"`;
