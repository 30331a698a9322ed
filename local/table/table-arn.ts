/** The ARNs of tables and indexes: dynalite has no option for the account and the Region that they name. */
import { crc32 } from 'node:zlib';
import type { WireAnswer } from './wire-request.ts';

/** Whose tables they are. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** The answers of these describe a table, and nothing that somebody has put into one. */
const DESCRIBING = new Set(['CreateTable', 'DeleteTable', 'DescribeTable', 'UpdateTable']);

/** The answer with the account and the Region of `place` in every ARN; its length and its checksum are those of the new text. */
export const withArnsOf = (
  { account, region }: Place,
  operation: string | undefined,
  answer: WireAnswer,
): WireAnswer => {
  if (operation === undefined || !DESCRIBING.has(operation)) return answer;
  const body = answer.body.replaceAll(
    /"arn:aws:dynamodb:[^:"]*:\d*:table\//g,
    `"arn:aws:dynamodb:${region}:${account}:table/`,
  );
  const measures = { 'content-length': String(Buffer.byteLength(body)), 'x-amz-crc32': String(crc32(body)) };
  return { ...answer, headers: { ...answer.headers, ...measures }, body };
};
