/** The key of the fingerprints that tell secrets apart: made up when it is deployed, and known to nobody. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

export class FingerprintKey extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description: 'Key of the fingerprints by which Sekisho tells secrets in images apart',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      // With another key the same secret would look like a new one. CloudFormation names it: one that was kept would hold up
      // the next deployment under a name of ours.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(this.secret, 'AwsSolutions::AwsSolutions-SMG4');
  }
}
