/** The XML answers of the AWS query protocol. */
import type { AwsError } from './aws-error.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

export const element = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`;

/** Lists have an element `member` for each item; a member without a value is left out. */
const member = (name: string, value: unknown): string => {
  if (value === undefined || value === null) return '';
  if (value instanceof Date) return element(name, value.toISOString());
  if (typeof value !== 'object') return element(name, String(value));
  const inside = Array.isArray(value) ? value.map((item) => member('member', item)).join('') : members(value);
  return `<${name}>${inside}</${name}>`;
};

const members = (structure: object): string =>
  Object.entries(structure)
    .map(([name, value]) => member(name, value))
    .join('');

export const renderQueryAnswer = (namespace: string, operation: string, output: object, requestId: string): string =>
  [
    `<${operation}Response xmlns="${escapeXml(namespace)}">`,
    `<${operation}Result>${members(output)}</${operation}Result>`,
    `<ResponseMetadata>${element('RequestId', requestId)}</ResponseMetadata>`,
    `</${operation}Response>`,
  ].join('');

export const renderQueryError = ({ code, message, status }: AwsError, requestId: string): string => {
  const fault = (status ?? 400) < 500 ? 'Sender' : 'Receiver';
  const error = `<Error>${element('Type', fault)}${element('Code', code)}${element('Message', message)}</Error>`;
  return `<ErrorResponse>${error}${element('RequestId', requestId)}</ErrorResponse>`;
};
