/** The CDK app: one stack, in the account and Region that the CLI is logged in to. */
import path from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { writePolicy } from './policy-file.ts';
import { SekishoStack } from './sekisho-stack.ts';
import { readDeploymentSettings } from './settings.ts';

const app = new App();

/** A mistake of the user's is told in its own words: where in this code it was found helps nobody. */
const orEnd = <T>(read: () => T): T => {
  try {
    return read();
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : String(thrown));
    process.exit(1);
  }
};

const settings = orEnd(() => readDeploymentSettings(app.node.tryGetContext('sekisho')));
const today = new Date().toISOString().slice(0, 10);
const policy = orEnd(() => writePolicy(path.join(app.outdir, 'policy'), settings.policy, today));
const account = process.env.CDK_DEFAULT_ACCOUNT;
const region = process.env.CDK_DEFAULT_REGION;

new SekishoStack(app, 'Sekisho', {
  stackName: settings.name,
  description: 'Sekisho, the checkpoint for container images',
  settings,
  bundles: path.join(app.outdir, 'bundles'),
  policy,
  ...(account !== undefined && region !== undefined && { env: { account, region } }),
});

// The local runtime only wants the template; `cdk synth` and CI run the checks, and fail on what they find.
if (app.node.tryGetContext('checks') !== 'off')
  Validations.of(app).addPlugins(new AwsSolutionsChecks(), new ServerlessChecks());

app.synth();
