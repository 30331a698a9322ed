/** The clients that a person's command reads with: in the account of the environment, or in a local runtime. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientDefaults } from './client-defaults.ts';

export interface ReaderClients {
  readonly tables: DynamoDBDocumentClient;
  readonly hub: SecurityHubClient;
  /** Undefined where neither the environment nor the profile names one. */
  readonly region: () => Promise<string | undefined>;
  readonly close: () => void;
}

/** A local runtime asks for a signature, and takes any. */
const LOCAL = { region: 'eu-west-1', credentials: { accessKeyId: 'READER', secretAccessKey: 'reader' } } as const;

/** `localEndpoint`: that of a local runtime; without it credentials and Region are looked for as every AWS tool does. */
export const readerClients = (localEndpoint?: string): ReaderClients => {
  const options = { ...clientDefaults, ...(localEndpoint !== undefined && { ...LOCAL, endpoint: localEndpoint }) };
  const tables = new DynamoDBClient(options);
  const hub = new SecurityHubClient(options);
  return {
    tables: DynamoDBDocumentClient.from(tables),
    hub,
    // It throws where there is none.
    region: () => tables.config.region().catch(() => undefined),
    close: () => {
      tables.destroy();
      hub.destroy();
    },
  };
};
