import { describe, expect, it } from 'vitest';
import { parseEnvelope } from '../../../shared/events/envelope.ts';
import { baseEvent, refusalOf } from './base-event.ts';

describe('parseEnvelope', () => {
  it('reads the envelope, with the time in the one form', () => {
    const { detail, ...envelope } = parseEnvelope(baseEvent('ecr-image-push'));
    expect(envelope).toEqual({
      id: '5f0e3a52-7c1d-4b0e-9d2a-6f1f0c8b7a10',
      'detail-type': 'ECR Image Action',
      source: 'aws.ecr',
      account: '111122223333',
      time: '2026-03-02T09:15:42.000Z',
      region: 'eu-west-1',
      resources: [],
    });
    expect(detail['repository-name']).toBe('shop/checkout');
  });

  it.each([
    ['an event without an id', { id: undefined }],
    ['an event without resources', { resources: undefined }],
    ['an event without a version', { version: undefined }],
    ['fields that nobody knows yet', { 'replay-name': 'again', 'detail.new': { deep: [1] } }],
  ])('takes %s', (_what, changes) => {
    expect(parseEnvelope(baseEvent('ecr-image-push', changes)).source).toBe('aws.ecr');
  });

  it.each([
    ['source', undefined],
    ['source', ''],
    ['detail-type', null],
    ['account', '1111'],
    ['account', 111122223333],
    ['time', 'yesterday'],
    ['region', 'eu-west-1.example.com/'],
    ['detail', undefined],
    ['detail', null],
    ['detail', 'text'],
    ['detail', [{}]],
  ])('refuses an event whose %s is %j', (field, value) => {
    expect(refusalOf(() => parseEnvelope(baseEvent('ecr-image-push', { [field]: value })))).toBe(
      `EVENT_INVALID: The event has no usable ${field}.`,
    );
  });

  it.each([
    ['', 'The event is not JSON.'],
    ['{"source":', 'The event is not JSON.'],
    ['null', 'The event has no usable JSON object.'],
    ['[]', 'The event has no usable JSON object.'],
    ['{}', 'The event has no usable detail-type, source, account, time, region.'],
  ])('refuses the body %j', (body, message) => {
    expect(refusalOf(() => parseEnvelope(body))).toBe(`EVENT_INVALID: ${message}`);
  });

  it('takes nothing from a planted prototype', () => {
    const body = baseEvent('ecr-image-push')
      .replace('{', '{"__proto__":{"polluted":true,"source":"planted"},')
      .replace('"detail":{', '"detail":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},');
    const event = parseEnvelope(body);
    expect(event.source).toBe('aws.ecr');
    expect('polluted' in event).toBe(false);
    expect('polluted' in event.detail).toBe(false);
    expect('polluted' in {}).toBe(false);
  });

  it('does not let a planted prototype stand in for a missing field', () => {
    const body = baseEvent('ecr-image-push', { source: undefined }).replace('{', '{"__proto__":{"source":"aws.ecr"},');
    expect(refusalOf(() => parseEnvelope(body))).toBe('EVENT_INVALID: The event has no usable source.');
  });
});
