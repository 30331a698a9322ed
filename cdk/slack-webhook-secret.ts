/** Where the URL of the Slack incoming webhook is kept; it holds a placeholder until someone puts the URL there. */
import { RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

export class SlackWebhookSecret extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, props: { readonly prefix: string }) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      secretName: `${props.prefix}/slack-webhook`,
      description: 'URL of the Slack incoming webhook that Sekisho posts to',
      // No secret: a value that tells the function that nothing is configured. CloudFormation leaves later values alone.
      secretStringValue: SecretValue.unsafePlainText('not configured'),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(this.secret, 'AwsSolutions::AwsSolutions-SMG4');
  }
}
