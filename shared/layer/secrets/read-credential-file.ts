/** Reads a credential file whole, if it is text, and reports what its own syntax says. */
import { type ContentSink, collect } from '../layer-reader.ts';
import type { CredentialFile } from './credential-file.ts';
import type { Report } from './scan-content.ts';
import { createNarrowing } from './wide-text.ts';

export const readCredentialFile = ({ kind, limit, secretsIn }: CredentialFile, report: Report): ContentSink =>
  collect(limit, (content) => {
    const text = content && textOf(content);
    if (text === undefined) return;
    for (const value of secretsIn(text)) if (!report(kind, Buffer.from(value, 'latin1'))) return;
  });

/** One character a byte, as the other values are read; binary files hold no assignments. */
const textOf = (content: Buffer): string | undefined => {
  const text = content.toString('latin1', 0, createNarrowing()(content, 0, content.length));
  return text.includes('\0') ? undefined : text;
};
