import { describe, expect, it } from 'vitest';
import { imageIssueKey, imageIssueSourceId } from '../../../shared/finding/image-issue-key.ts';

const IDENTITY = {
  partition: 'aws',
  account: '111122223333',
  region: 'eu-west-1',
  repository: 'shop/checkout',
  tag: '1.4',
  platform: 'linux/arm64',
  rule: 'IMG-001',
};
const { tag: _tag, ...UNTAGGED } = IDENTITY;

describe('what a rule says of an image', () => {
  it('has the same key forever', () => {
    expect(imageIssueKey(IDENTITY)).toBe('sekisho-f026d7292fd81ea89cc33ffc650f8843babaf39b');
    expect(imageIssueKey(UNTAGGED)).toBe('sekisho-a43c8f22eeb04ead83698cd24279ebae4c28ac9d');
  });

  it('has the same key whatever the digest and the order of what identifies it', () => {
    const reversed = Object.fromEntries(Object.entries(IDENTITY).toReversed()) as typeof IDENTITY;
    expect(imageIssueKey({ ...reversed, ...{ digest: 'sha256:aaaa' } })).toBe(imageIssueKey(IDENTITY));
  });

  it.each(Object.keys(IDENTITY))('has another key with another %s', (part) => {
    expect(imageIssueKey({ ...IDENTITY, [part]: 'other' })).not.toBe(imageIssueKey(IDENTITY));
  });

  it.each([
    ['a tag', IDENTITY, 'sekisho:111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout:1.4:linux/arm64:IMG-001'],
    ['no tag', UNTAGGED, 'sekisho:111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout::linux/arm64:IMG-001'],
    [
      'a registry in China',
      { ...IDENTITY, partition: 'aws-cn', region: 'cn-north-1' },
      'sekisho:111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/shop/checkout:1.4:linux/arm64:IMG-001',
    ],
  ])('is named with %s', (_case, identity, name) => {
    expect(imageIssueSourceId(identity)).toBe(name);
  });
});
