/** The CDK app: one stack, in the account and Region that the CLI is logged in to. */
import path from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { SekishoStack } from './sekisho-stack.ts';
import { readDeploymentSettings } from './settings.ts';

const app = new App();
const settings = readDeploymentSettings(app.node.tryGetContext('sekisho'));
const account = process.env.CDK_DEFAULT_ACCOUNT;
const region = process.env.CDK_DEFAULT_REGION;

new SekishoStack(app, 'Sekisho', {
  stackName: settings.name,
  description: 'Sekisho, the checkpoint for container images',
  settings,
  bundles: path.join(app.outdir, 'bundles'),
  ...(account !== undefined && region !== undefined && { env: { account, region } }),
});

// The local runtime only wants the template; `cdk synth` and CI run the checks, and fail on what they find.
if (app.node.tryGetContext('checks') !== 'off')
  Validations.of(app).addPlugins(new AwsSolutionsChecks(), new ServerlessChecks());

app.synth();
