/** Everything that is deployed, in the order in which a finding passes through it. */
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { imagePushedPattern } from '../shared/events/ecr.ts';
import { guardDutyPattern } from '../shared/events/guardduty.ts';
import { inspectorFindingPattern } from '../shared/events/inspector.ts';
import { acknowledge, acknowledgeAny, acknowledgeObjects } from './acknowledge.ts';
import { EventIntake } from './event-intake.ts';
import { FingerprintKey } from './fingerprint-key.ts';
import { allow, grants } from './grants.ts';
import { InspectionBucket } from './inspection-bucket.ts';
import { PipelineFunction } from './pipeline-function.ts';
import type { PolicyFile } from './policy-file.ts';
import { QueueWithDeadLetters, RECEIVES } from './queue-with-dead-letters.ts';
import type { Settings } from './settings.ts';
import { SlackWebhookSecret } from './slack-webhook-secret.ts';
import { StateTable } from './state-table.ts';

/** A layer of many gigabytes takes minutes; its own budget ends a scan before. */
const SCAN_TIMEOUT_SECONDS = 840;

export interface SekishoStackProps extends StackProps {
  readonly settings: Settings;
  /** Where the functions' bundles are written. */
  readonly bundles: string;
  readonly policy: PolicyFile;
}

export class SekishoStack extends Stack {
  constructor(scope: Construct, id: string, { settings, bundles, policy, ...props }: SekishoStackProps) {
    super(scope, id, props);
    const { name } = settings;
    const shared = { prefix: name, bundles, logRetentionDays: settings.logRetentionDays };

    const { table } = new StateTable(this, 'State');
    const { bucket } = new InspectionBucket(this, 'Inspections');
    const { secret: fingerprintKey } = new FingerprintKey(this, 'FingerprintKey');
    const slack = new SlackWebhookSecret(this, 'Slack', { prefix: name });
    const decided = new QueueWithDeadLetters(this, 'Decided', {
      name: `${name}-decided`,
      timeoutSeconds: 120,
      windowSeconds: 5,
    });
    const alerts = new QueueWithDeadLetters(this, 'Alerts', { name: `${name}-alerts`, timeoutSeconds: 30 });

    const inspectImage = new PipelineFunction(this, 'InspectImage', {
      ...shared,
      name: 'inspect-image',
      policy: policy.path,
      timeoutSeconds: 120,
      memoryMb: 1024,
      batch: { size: 1, maximumConcurrency: 5 },
      environment: {
        TABLE_NAME: table.tableName,
        BUCKET_NAME: bucket.bucketName,
        DECIDED_QUEUE_URL: decided.queue.queueUrl,
        RECEIVES: String(RECEIVES),
      },
      statements: [
        grants.readImages(this),
        grants.readRegistryFacts(this),
        grants.readRepositoryTags(this),
        grants.findObjects(bucket),
        grants.readLayerReports(bucket),
        grants.writeComponents(bucket),
        grants.askWhatRuns(),
        grants.describeTasks(this),
        allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], [table.tableArn]),
        grants.send(decided.queue),
      ],
    });
    const scanLayer = new PipelineFunction(this, 'ScanLayer', {
      ...shared,
      name: 'scan-layer',
      timeoutSeconds: SCAN_TIMEOUT_SECONDS,
      // One virtual processor: decompression is what takes the time.
      memoryMb: 1769,
      batch: { size: 1, maximumConcurrency: 20 },
      environment: {
        TABLE_NAME: table.tableName,
        BUCKET_NAME: bucket.bucketName,
        INSPECTION_QUEUE_URL: inspectImage.source.queue.queueUrl,
        FINGERPRINT_KEY_SECRET_ARN: fingerprintKey.secretArn,
        RECEIVES: String(RECEIVES),
        TIMEOUT_SECONDS: String(SCAN_TIMEOUT_SECONDS),
      },
      // It reads what strangers wrote, and can do little else: no finding, no dossier, no workload.
      statements: [
        grants.readLayers(this),
        grants.findObjects(bucket),
        grants.readLayerReports(bucket),
        grants.writeLayerReports(bucket),
        allow(['dynamodb:Query'], [table.tableArn]),
        allow(['secretsmanager:GetSecretValue'], [fingerprintKey.secretArn]),
        grants.send(inspectImage.source.queue),
      ],
    });
    const onImagePush = new PipelineFunction(this, 'OnImagePush', {
      ...shared,
      name: 'on-image-push',
      timeoutSeconds: 60,
      environment: {
        TABLE_NAME: table.tableName,
        BUCKET_NAME: bucket.bucketName,
        LAYER_QUEUE_URL: scanLayer.source.queue.queueUrl,
        INSPECTION_QUEUE_URL: inspectImage.source.queue.queueUrl,
      },
      statements: [
        grants.readImages(this),
        allow(['dynamodb:PutItem', 'dynamodb:Query'], [table.tableArn]),
        grants.findObjects(bucket),
        grants.readLayerReports(bucket),
        grants.send(scanLayer.source.queue),
        grants.send(inspectImage.source.queue),
      ],
    });
    const onFinding = new PipelineFunction(this, 'OnFinding', {
      ...shared,
      name: 'on-finding',
      policy: policy.path,
      timeoutSeconds: 60,
      batch: { size: 100, windowSeconds: 5, maximumConcurrency: 5 },
      environment: { TABLE_NAME: table.tableName, DECIDED_QUEUE_URL: decided.queue.queueUrl },
      statements: [
        grants.readImages(this),
        grants.askInspectorAndListWorkloads(),
        grants.describeTasks(this),
        grants.readRepositoryTags(this),
        allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], [table.tableArn]),
        grants.send(decided.queue),
      ],
    });
    const onThreat = new PipelineFunction(this, 'OnThreat', {
      ...shared,
      name: 'on-threat',
      policy: policy.path,
      timeoutSeconds: 60,
      environment: { TABLE_NAME: table.tableName, DECIDED_QUEUE_URL: decided.queue.queueUrl },
      statements: [
        grants.describeTasks(this),
        grants.readRepositoryTags(this),
        grants.readItems(table),
        grants.send(decided.queue),
      ],
    });
    const refreshKev = new PipelineFunction(this, 'RefreshKev', {
      ...shared,
      name: 'refresh-kev',
      timeoutSeconds: 60,
      batch: { size: 1, maximumConcurrency: 2 },
      environment: { TABLE_NAME: table.tableName, KEV_FEED_URL: settings.kevFeed },
      statements: [allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [table.tableArn])],
    });
    new PipelineFunction(this, 'Forward', {
      ...shared,
      name: 'forward',
      source: decided,
      timeoutSeconds: 120,
      // The only writer of Security Hub: 100 findings a call, and few writers at once, for its 10 calls a second.
      batch: { size: 500, windowSeconds: 5, maximumConcurrency: 2 },
      environment: {
        TABLE_NAME: table.tableName,
        ALERT_QUEUE_URL: alerts.queue.queueUrl,
        HUB_ACCOUNT: this.account,
        HUB_REGION: this.region,
        HUB_PARTITION: this.partition,
        GROUP_WAIT_SECONDS: String(settings.groupWaitSeconds),
      },
      statements: [
        grants.importFindings(this),
        allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], [table.tableArn]),
        grants.send(alerts.queue),
      ],
    });
    new PipelineFunction(this, 'Notify', {
      ...shared,
      name: 'notify',
      source: alerts,
      timeoutSeconds: 30,
      batch: { size: 1, maximumConcurrency: 2 },
      environment: {
        TABLE_NAME: table.tableName,
        SLACK_WEBHOOK_SECRET_ARN: slack.secret.secretArn,
      },
      statements: [
        allow(['dynamodb:Query', 'dynamodb:UpdateItem'], [table.tableArn]),
        allow(['secretsmanager:GetSecretValue'], [slack.secret.secretArn]),
      ],
    });

    acknowledgeAny(onImagePush, 'repository');
    acknowledgeAny(scanLayer, 'repository');
    acknowledgeAny(inspectImage, 'repository', 'task');
    acknowledgeAny(onFinding, 'repository', 'task');
    acknowledgeAny(onThreat, 'repository', 'task');
    for (const one of [onImagePush, scanLayer]) acknowledgeObjects(one, bucket, 'layers');
    acknowledgeObjects(inspectImage, bucket, 'layers', 'images');
    for (const one of [onFinding, inspectImage])
      acknowledge(one, 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', 'Serverless::Serverless-LambdaStarPermissions');

    new EventIntake(this, 'Intake', {
      prefix: name,
      subscriptions: [
        { id: 'ImagePushed', pattern: imagePushedPattern, queue: onImagePush.source.queue },
        { id: 'InspectorFinding', pattern: inspectorFindingPattern, queue: onFinding.source.queue },
        { id: 'GuardDutyFinding', pattern: guardDutyPattern, queue: onThreat.source.queue },
      ],
      schedules: [{ id: 'KevRefresh', every: Duration.hours(1), queue: refreshKev.source.queue }],
    });

    new CfnOutput(this, 'StateTableName', { value: table.tableName, description: 'What Sekisho knows and has said' });
    new CfnOutput(this, 'InspectionBucketName', {
      value: bucket.bucketName,
      description: 'The report of each layer, and the components of each image',
    });
    new CfnOutput(this, 'Policy', {
      value: policy.name,
      description: 'The policy that decides; every decision carries this name',
    });
    new CfnOutput(this, 'SlackWebhookSecretArn', {
      value: slack.secret.secretArn,
      description: 'Put the URL of a Slack incoming webhook here',
    });
  }
}
