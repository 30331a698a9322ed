import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { accessKeyOf, createCallLog } from '../../local/call-log.ts';

const request = (accessKeyId: string, service: string, target?: string) =>
  ({
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261120/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
      ...(target !== undefined && { 'x-amz-target': target }),
    },
  }) as unknown as IncomingMessage;

describe('the call log', () => {
  it('counts each operation of each service', () => {
    const log = createCallLog();
    for (const operation of ['GetFindings', 'BatchImportFindings', 'GetFindings'])
      log.count({ service: 'securityhub', operation, accessKeyId: 'AKID' });
    expect(log.calls()).toEqual({ 'securityhub:GetFindings': 2, 'securityhub:BatchImportFindings': 1 });
  });

  it('knows functions by their access key, and tells no other caller apart', () => {
    const log = createCallLog();
    log.count({ service: 'ecr', operation: 'BatchGetImage', accessKeyId: accessKeyOf('on-image-push') });
    log.count({ service: 'ecr', operation: 'BatchGetImage', accessKeyId: accessKeyOf('on-finding') });
    log.count({ service: 'ecr', operation: 'DescribeImages', accessKeyId: 'AKIDUSER' });
    log.count({ service: 'ecr', operation: 'DescribeImages', accessKeyId: 'on-finding' });
    expect(log.callsByFunction()).toEqual({
      'on-image-push': { 'ecr:BatchGetImage': 1 },
      'on-finding': { 'ecr:BatchGetImage': 1 },
    });
    expect(log.calls()).toEqual({ 'ecr:BatchGetImage': 2, 'ecr:DescribeImages': 2 });
  });

  it.each([
    ['sqs', 'AmazonSQS.SendMessageBatch', 'sqs:SendMessageBatch'],
    ['dynamodb', 'DynamoDB_20120810.GetItem', 'dynamodb:GetItem'],
    ['sqs', undefined, 'sqs:unknown'],
  ])('reads the operation of %s from the header %s', (service, target, name) => {
    const log = createCallLog();
    log.countRequest(request(accessKeyOf('notify'), service, target));
    expect(log.calls()).toEqual({ [name]: 1 });
    expect(log.callsByFunction()).toEqual({ notify: { [name]: 1 } });
  });

  it('counts nothing that is not signed', () => {
    const log = createCallLog();
    log.countRequest({ headers: { 'x-amz-target': 'AmazonSQS.SendMessage' } } as unknown as IncomingMessage);
    expect(log.calls()).toEqual({});
  });

  it('makes access keys that a signature can carry', () => {
    expect(accessKeyOf('sekisho-on-finding')).toMatch(/^[A-Za-z0-9.-]+$/);
  });
});
