import { describe, expect, it } from 'vitest';
import { looksLike } from '../../../cli/replay/looks-like.ts';

describe('what is no event', () => {
  it.each<[object, string]>([
    [{ imageDetails: [] }, 'an ECR API response (imageDetails)'],
    [{ tasks: [], failures: [] }, 'an ECS API response (tasks)'],
    [{ SchemaVersion: '2018-10-08', ProductArn: '' }, 'an ASFF finding of Security Hub (SchemaVersion, ProductArn)'],
    [{ class_uid: 2002, metadata: {} }, 'an OCSF finding of Security Hub (class_uid, metadata)'],
    [{ schemaVersion: 2, layers: [], config: {} }, 'an image manifest (layers, config)'],
    [{ schemaVersion: 2, manifests: [] }, 'an image index (manifests)'],
    [{ architecture: 'arm64', os: 'linux', rootfs: {}, config: {} }, 'an image config (rootfs)'],
    [{ containerDefinitions: [] }, 'an ECS task definition (containerDefinitions)'],
    [{ type: 'block_actions', trigger_id: '' }, 'a message of Slack (trigger_id)'],
  ])('%j is told by its fields', (value, look) => {
    expect(looksLike(value)).toBe(`it looks like ${look}, not like an EventBridge event`);
  });

  it.each<[object, string]>([
    [{ Source: '', DetailType: '', Detail: '' }, ': an event writes detail-type and detail'],
    [{ Records: [] }, ': the event is the JSON text of the body'],
    [{ findingArn: '', packageVulnerabilityDetails: {} }, ': an event has it as its detail'],
    [{ accountId: '', type: '', service: {} }, ': an event has it as its detail'],
    [{ Type: '', Service: {} }, ': an event has it as its detail, with names that begin with small letters'],
  ])('%j is told with what to do', (value, advice) => {
    expect(looksLike(value)).toMatch(new RegExp(`${advice}$`));
  });

  it.each([[{}], [{ hello: 'world' }], [[]], [null], ['text']])('%j is nothing that anybody knows', (value) => {
    expect(looksLike(value)).toBe('it is no EventBridge event');
  });
});
