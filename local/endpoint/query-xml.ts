/** The XML answers of the AWS query protocol, for outputs whose members are all strings. */
import type { AwsError } from './aws-error.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

const element = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`;

export const renderQueryAnswer = (namespace: string, operation: string, output: object, requestId: string): string => {
  const members = Object.entries(output).map(([name, value]) => element(name, String(value)));
  return [
    `<${operation}Response xmlns="${escapeXml(namespace)}">`,
    `<${operation}Result>${members.join('')}</${operation}Result>`,
    `<ResponseMetadata>${element('RequestId', requestId)}</ResponseMetadata>`,
    `</${operation}Response>`,
  ].join('');
};

export const renderQueryError = ({ code, message, status }: AwsError, requestId: string): string => {
  const fault = (status ?? 400) < 500 ? 'Sender' : 'Receiver';
  const error = `<Error>${element('Type', fault)}${element('Code', code)}${element('Message', message)}</Error>`;
  return `<ErrorResponse>${error}${element('RequestId', requestId)}</ErrorResponse>`;
};
