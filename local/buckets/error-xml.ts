/** An error as S3 answers it. */
import type { AwsError } from '../endpoint/aws-error.ts';
import { element } from '../endpoint/query-xml.ts';
import type { HttpAnswer } from '../endpoint/write-answer.ts';

/** `resource`: the path that was asked for. S3 answers HEAD without a body. */
export const writeS3Error = (
  { code, message, status = 400 }: AwsError,
  { method, resource, requestId }: { readonly method: string; readonly resource: string; readonly requestId: string },
): HttpAnswer => {
  const content = [
    element('Code', code),
    element('Message', message),
    element('Resource', resource),
    element('RequestId', requestId),
  ];
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
    body: method === 'HEAD' ? '' : `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${content.join('')}</Error>`,
  };
};
