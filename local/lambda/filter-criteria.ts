/** The `FilterCriteria` of a mapping: which records its function is to see. */
import { compilePattern } from '../event-bus/pattern.ts';
import type { SqsRecord } from './sqs-record.ts';

/** True for a record that one of the patterns matches. A body that is JSON is matched as such; any other as its text. */
export const filterFrom = (patterns: readonly unknown[]): ((record: SqsRecord) => boolean) => {
  const tests = patterns.map(compilePattern);
  return (record) => {
    const parsed = { ...record, body: parsedBody(record.body) };
    return tests.some((test) => test(parsed));
  };
};

const parsedBody = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
};
