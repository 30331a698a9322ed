/** One function with its queue, its bundle, its log group and a role of its own. */
import path from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionEnvironment, FunctionName } from '../shared/config/function-settings.ts';
import { acknowledge } from './acknowledge.ts';
import { grants } from './grants.ts';
import { QueueWithDeadLetters } from './queue-with-dead-letters.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** What the construct itself gives to every function. */
type Given = 'SOURCE_QUEUE_URL' | 'DEAD_LETTER_QUEUE_URL' | 'FUNCTION';

export interface PipelineFunctionProps<Name extends FunctionName> {
  readonly prefix: string;
  readonly bundles: string;
  readonly logRetentionDays: RetentionDays;
  readonly name: Name;
  readonly timeoutSeconds: number;
  readonly memoryMb?: number;
  /** The queue it works on; without one it gets a queue of its own. */
  readonly source?: QueueWithDeadLetters;
  readonly batch?: { readonly size: number; readonly windowSeconds?: number; readonly maximumConcurrency: number };
  /** The checked policy as a file, for a function that decides: its bundle carries it. */
  readonly policy?: string;
  readonly environment: Omit<FunctionEnvironment<Name>, Given>;
  readonly statements: readonly PolicyStatement[];
}

export class PipelineFunction<Name extends FunctionName> extends Construct {
  readonly source: QueueWithDeadLetters;

  constructor(scope: Construct, id: string, props: PipelineFunctionProps<Name>) {
    super(scope, id);
    const functionName = `${props.prefix}-${props.name}`;
    const { timeoutSeconds } = props;
    const windowSeconds = props.batch?.windowSeconds ?? 0;
    this.source =
      props.source ?? new QueueWithDeadLetters(this, 'Source', { name: functionName, timeoutSeconds, windowSeconds });
    const { queue, deadLetters } = this.source;

    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        Function: new PolicyDocument({
          statements: [...grants.writeLogs(logGroup), grants.send(deadLetters), ...props.statements],
        }),
      },
    });
    const bundle = path.join(props.bundles, props.name);
    const lambda = new LambdaFunction(this, 'Function', {
      functionName,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromCustomCommand(bundle, [
        process.execPath,
        path.join(ROOT, 'scripts/bundle.ts'),
        props.name,
        bundle,
        ...(props.policy === undefined ? [] : [props.policy]),
      ]),
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: props.memoryMb ?? 512,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_LOG_LEVEL: 'INFO',
        FUNCTION: functionName,
        SOURCE_QUEUE_URL: queue.queueUrl,
        DEAD_LETTER_QUEUE_URL: deadLetters.queueUrl,
        ...props.environment,
      },
    });
    acknowledge(
      this,
      'Serverless::Serverless-LambdaDLQ',
      'Serverless::Serverless-LambdaEventSourceMappingDestination',
      'Serverless::Serverless-LambdaTracing',
    );
    lambda.addEventSource(
      new SqsEventSource(queue, {
        batchSize: props.batch?.size ?? 10,
        ...(props.batch?.windowSeconds !== undefined && {
          maxBatchingWindow: Duration.seconds(props.batch.windowSeconds),
        }),
        maxConcurrency: props.batch?.maximumConcurrency ?? 5,
        reportBatchItemFailures: true,
      }),
    );
  }
}
