import { describe, expect, it } from 'vitest';
import { accessKeyOf, createCallLog } from '../../local/call-log.ts';

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

  it('makes access keys that a signature can carry', () => {
    expect(accessKeyOf('sekisho-on-finding')).toMatch(/^[A-Za-z0-9.-]+$/);
  });
});
