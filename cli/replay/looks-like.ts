/** What people take for events: told by the names of its fields, so that the answer says what to do instead. */
import { isJsonObject } from '../../local/event-bus/json-object.ts';

interface Look {
  readonly what: string;
  /** All of them are there. */
  readonly fields: readonly string[];
  readonly advice?: string;
}

const AS_DETAIL = 'an event has it as its detail';
const IN_BODY = 'the event is the JSON text of the body';
const OTHER_NAMES = 'an event has it as its detail, with names that begin with small letters';

/** The first that fits is taken. */
const LOOKS: readonly Look[] = [
  {
    what: 'an entry for PutEvents',
    fields: ['DetailType', 'Detail'],
    advice: 'an event writes detail-type and detail',
  },
  { what: 'a call of PutEvents', fields: ['Entries'], advice: 'an event is one of them, with detail-type and detail' },
  { what: 'a batch from a queue', fields: ['Records'], advice: IN_BODY },
  { what: 'an answer of SQS', fields: ['Messages'], advice: IN_BODY },
  { what: 'a message of SQS', fields: ['Body', 'ReceiptHandle'], advice: IN_BODY },
  { what: 'an answer of CloudWatch Logs', fields: ['events'], advice: 'the event is the JSON text of the message' },
  { what: 'a record of CloudTrail', fields: ['eventSource', 'eventName'] },
  { what: 'an Inspector finding', fields: ['findingArn', 'packageVulnerabilityDetails'], advice: AS_DETAIL },
  { what: 'an Inspector finding', fields: ['findingArn', 'resources'], advice: AS_DETAIL },
  { what: 'an Inspector API response', fields: ['findingDetails'] },
  { what: 'an ASFF finding of Security Hub', fields: ['SchemaVersion', 'ProductArn'] },
  { what: 'an OCSF finding of Security Hub', fields: ['class_uid', 'metadata'] },
  { what: 'a GuardDuty finding', fields: ['accountId', 'type', 'service'], advice: AS_DETAIL },
  { what: 'a GuardDuty finding of its API', fields: ['Type', 'Service'], advice: OTHER_NAMES },
  { what: 'a GuardDuty finding of its API', fields: ['Resource', 'Service'], advice: OTHER_NAMES },
  { what: 'an image index', fields: ['manifests'] },
  { what: 'an image manifest', fields: ['layers', 'config'] },
  { what: 'an image config', fields: ['rootfs'] },
  { what: 'an image config', fields: ['architecture', 'os'] },
  { what: 'an ECR API response', fields: ['imageDetails'] },
  { what: 'an ECR API response', fields: ['imageScanFindings'] },
  { what: 'an ECR API response', fields: ['enhancedFindings'] },
  { what: 'an API response', fields: ['findings'] },
  { what: 'an API response', fields: ['Findings'] },
  { what: 'an ECS API response', fields: ['tasks'] },
  { what: 'an ECS API response', fields: ['taskDefinition'] },
  { what: 'an ECS API response', fields: ['containerInstances'] },
  { what: 'an ECS task', fields: ['taskArn', 'containers'] },
  { what: 'an ECS task definition', fields: ['containerDefinitions'] },
  { what: 'an EKS API response', fields: ['nodegroup'] },
  { what: 'an API response', fields: ['cluster'] },
  { what: 'an API response', fields: ['ResponseMetadata'] },
  { what: 'a recorded API response', fields: ['status_code', 'data'] },
  { what: 'a message of Slack', fields: ['trigger_id'] },
  { what: 'a message of Slack', fields: ['response_url'] },
  { what: 'a signed request of Slack', fields: ['signing_secret'] },
];

/**
 * `it looks like an ECR API response (imageDetails), not like an EventBridge event`, with what to do where it is an
 * event in another dress.
 */
export const looksLike = (value: unknown): string => {
  const look = isJsonObject(value)
    ? LOOKS.find(({ fields }) => fields.every((field) => Object.hasOwn(value, field)))
    : undefined;
  if (look === undefined) return 'it is no EventBridge event';
  const seen = `it looks like ${look.what} (${look.fields.join(', ')}), not like an EventBridge event`;
  return look.advice === undefined ? seen : `${seen}: ${look.advice}`;
};
