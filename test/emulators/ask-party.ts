/** Asks one emulator every contract that an adapter of ours is held to. */
import { EnableSecurityHubCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { dynamoDbAlertStore } from '../../shared/aws/dynamodb-alert-store.ts';
import { dynamoDbDecisionStore } from '../../shared/aws/dynamodb-decision-store.ts';
import { dynamoDbDetailsStore } from '../../shared/aws/dynamodb-details-store.ts';
import { dynamoDbDossierStore } from '../../shared/aws/dynamodb-dossier-store.ts';
import { dynamoDbFindingStore } from '../../shared/aws/dynamodb-finding-store.ts';
import { dynamoDbKevStore } from '../../shared/aws/dynamodb-kev-store.ts';
import type { Clock } from '../../shared/base/clock.ts';
import { type LocalFront, startFront } from '../local/services/local-front.ts';
import { alertQueueContract } from '../shared/pipeline/contracts/alert-queue.ts';
import { alertStoreContract } from '../shared/pipeline/contracts/alert-store.ts';
import { deadLetterQueueContract } from '../shared/pipeline/contracts/dead-letter-queue.ts';
import { sqsDecidedQueueContract } from '../shared/pipeline/contracts/decided-queue.ts';
import { decisionStoreContract } from '../shared/pipeline/contracts/decision-store.ts';
import { dossierStoreContract } from '../shared/pipeline/contracts/dossier-store.ts';
import { findingDetailsStoreContract } from '../shared/pipeline/contracts/finding-details-store.ts';
import { securityHubContract } from '../shared/pipeline/contracts/finding-sink.ts';
import { findingStoreContract } from '../shared/pipeline/contracts/finding-store.ts';
import { imageSourceContract } from '../shared/pipeline/contracts/image-source.ts';
import { kevStoreContract } from '../shared/pipeline/contracts/kev-store.ts';
import { repositoryTagSourceContract } from '../shared/pipeline/contracts/repository-tag-source.ts';
import { secretReaderContract } from '../shared/pipeline/contracts/secret-reader.ts';
import { workloadSourceContract } from '../shared/pipeline/contracts/workload-source.ts';
import { useAwsEndpoint } from '../support/aws-environment.ts';
import { type AwsEndpoint, awsEndpoint } from '../support/aws-subjects/aws-endpoint.ts';
import { securityHubSubject } from '../support/aws-subjects/findings.ts';
import { imagesByApi } from '../support/aws-subjects/images.ts';
import { type QueueSubjects, queueSubjects } from '../support/aws-subjects/queues.ts';
import { repositoryTagSubject } from '../support/aws-subjects/repository-tags.ts';
import { secretSubject } from '../support/aws-subjects/secrets.ts';
import { createStateTable } from '../support/aws-subjects/state-tables.ts';
import { workloadSubject } from '../support/aws-subjects/workloads.ts';
import { manualClock } from '../support/manual-clock.ts';
import { MISSING, NOT_ASKED, PARTIES, type Party, SUITES, type Suite } from './differences.ts';
import { holdToDifferences } from './hold-to-differences.ts';
import { answerOf, OPERATIONS } from './operations.ts';
import { defaultSubnets } from './subnets.ts';

/** Each contract with the party as its subject; asked for when the party is there. */
const CONTRACTS: Readonly<Record<Suite, (aws: () => AwsEndpoint) => void>> = {
  DossierStore: (aws) => dossierStoreContract(storeAt(aws, 'dossiers', dynamoDbDossierStore)),
  FindingStore: (aws) => findingStoreContract(storeAt(aws, 'findings', dynamoDbFindingStore)),
  AlertStore: (aws) => alertStoreContract(storeAt(aws, 'alerts', dynamoDbAlertStore)),
  DecisionStore: (aws) => decisionStoreContract(storeAt(aws, 'decisions', dynamoDbDecisionStore)),
  KevStore: (aws) => kevStoreContract(storeAt(aws, 'kev', dynamoDbKevStore)),
  FindingDetailsStore: (aws) => findingDetailsStoreContract(storeAt(aws, 'details', dynamoDbDetailsStore)),
  DecidedQueue: (aws) => sqsDecidedQueueContract(() => queuesAt(aws).decided()),
  AlertQueue: (aws) => alertQueueContract(() => queuesAt(aws).alerts()),
  DeadLetterQueue: (aws) => deadLetterQueueContract(() => queuesAt(aws).deadLetters()),
  SecretReader: (aws) => secretReaderContract(once(() => secretSubject(aws()))),
  ImageSource: (aws) => imageSourceContract(async () => imagesByApi(aws())),
  RepositoryTagSource: (aws) => repositoryTagSourceContract(once(() => repositoryTagSubject(aws()))),
  WorkloadSource: (aws) => workloadSourceContract(once(() => workloadSubject(aws(), () => defaultSubnets(aws())))),
  FindingSink: (aws) => {
    beforeAll(async () => {
      await new SecurityHubClient(aws()).send(new EnableSecurityHubCommand({}));
    });
    securityHubContract(() => securityHubSubject(aws()));
  },
};

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const queues = new Map<string, QueueSubjects>();
/** One for all suites: it names the queues. */
const queuesAt = (aws: () => AwsEndpoint): QueueSubjects => {
  const { endpoint } = aws();
  const subjects = queues.get(endpoint) ?? queueSubjects(aws());
  queues.set(endpoint, subjects);
  return subjects;
};

const storeAt = <Store>(
  aws: () => AwsEndpoint,
  table: string,
  makeStore: (client: DynamoDBDocumentClient, table: string, clock: Clock) => Store,
): (() => Store) => {
  let store: Store | undefined;
  beforeAll(async () => {
    store = makeStore(await createStateTable(aws(), table), table, manualClock());
  });
  return () => {
    if (store === undefined) throw new Error('the table is not there yet');
    return store;
  };
};

export const askParty = (party: Party): void => {
  const endpoint = inject('emulators')?.[party];
  describe.skipIf(endpoint === undefined)(`${PARTIES[party].title} ${PARTIES[party].version}`, () => {
    const aws = once(() => awsEndpoint(endpoint ?? ''));
    let restore: () => void;
    let local: LocalFront;
    beforeAll(async () => {
      restore = useAwsEndpoint(aws().endpoint);
      // No party knows Inspector's clusters, and a source of workloads asks for them: ours answers that there are none.
      local = await startFront();
      process.env.AWS_ENDPOINT_URL_INSPECTOR2 = `http://${local.host}`;
    });
    afterAll(async () => {
      delete process.env.AWS_ENDPOINT_URL_INSPECTOR2;
      restore();
      await local.close();
    });

    describe('the operations that the adapters call', () => {
      it.each(Object.entries(OPERATIONS))('%s is as written in the table', async (name, operation) => {
        const missing = MISSING.find((row) => row.party === party && row.operation === name);
        expect(await answerOf(operation, aws())).toBe(missing?.status ?? 'there');
      });
    });

    const notAsked = NOT_ASKED.flatMap((row) => (row.party === party ? [row.suite] : []));
    describe.each(SUITES.filter((suite) => !notAsked.includes(suite)))('%s', (suite) => {
      holdToDifferences(party, suite);
      CONTRACTS[suite](aws);
    });
  });
};
