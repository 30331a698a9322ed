/** The environment variables of a function: its own, and those that Lambda sets; nothing of the machine it runs on. */

import { devNull } from 'node:os';
import { dirname } from 'node:path';

export interface EnvironmentVariablesInput {
  readonly functionName: string;
  readonly region: string;
  readonly memoryMb: number;
  readonly file: string;
  readonly handler: string;
  readonly logStreamName: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Lambda's variables are reserved: they win over the function's own. */
export const environmentVariables = (input: EnvironmentVariablesInput): Readonly<Record<string, string>> => ({
  LANG: 'en_US.UTF-8',
  PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
  // The SDK would read the user's own profile, and with it credentials of a real account, from the home directory.
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  ...input.environment,
  TZ: ':UTC',
  AWS_REGION: input.region,
  AWS_DEFAULT_REGION: input.region,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: input.functionName,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(input.memoryMb),
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${input.functionName}`,
  AWS_LAMBDA_LOG_STREAM_NAME: input.logStreamName,
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  LAMBDA_TASK_ROOT: dirname(input.file),
  _HANDLER: input.handler,
});
