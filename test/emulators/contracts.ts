/** Every contract that an adapter of ours is held to, with an emulator as its subject. */
import { EnableSecurityHubCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeAll } from 'vitest';
import { dynamoDbAlertStore } from '../../shared/aws/dynamodb-alert-store.ts';
import { dynamoDbChainStore } from '../../shared/aws/dynamodb-chain-store.ts';
import { dynamoDbDecisionStore } from '../../shared/aws/dynamodb-decision-store.ts';
import { dynamoDbDetailsStore } from '../../shared/aws/dynamodb-details-store.ts';
import { dynamoDbDossierStore } from '../../shared/aws/dynamodb-dossier-store.ts';
import { dynamoDbFindingStore } from '../../shared/aws/dynamodb-finding-store.ts';
import { dynamoDbIssueLedger } from '../../shared/aws/dynamodb-issue-ledger.ts';
import { dynamoDbKevStore } from '../../shared/aws/dynamodb-kev-store.ts';
import { dynamoDbLayerWaits } from '../../shared/aws/dynamodb-layer-waits.ts';
import { dynamoDbPushStore } from '../../shared/aws/dynamodb-push-store.ts';
import type { Clock } from '../../shared/base/clock.ts';
import type { LayerReportStore } from '../../shared/pipeline/inspection-ports.ts';
import { alertQueueContract } from '../shared/pipeline/contracts/alert-queue.ts';
import { alertStoreContract } from '../shared/pipeline/contracts/alert-store.ts';
import { chainStoreContract } from '../shared/pipeline/contracts/chain-store.ts';
import { deadLetterQueueContract } from '../shared/pipeline/contracts/dead-letter-queue.ts';
import { sqsDecidedQueueContract } from '../shared/pipeline/contracts/decided-queue.ts';
import { decisionStoreContract } from '../shared/pipeline/contracts/decision-store.ts';
import { dossierStoreContract } from '../shared/pipeline/contracts/dossier-store.ts';
import { findingDetailsStoreContract } from '../shared/pipeline/contracts/finding-details-store.ts';
import { securityHubContract } from '../shared/pipeline/contracts/finding-sink.ts';
import { findingStoreContract } from '../shared/pipeline/contracts/finding-store.ts';
import { imageSourceContract } from '../shared/pipeline/contracts/image-source.ts';
import { inspectionQueueContract, layerQueueContract } from '../shared/pipeline/contracts/inspection-queues.ts';
import { issueLedgerContract } from '../shared/pipeline/contracts/issue-ledger.ts';
import { kevStoreContract } from '../shared/pipeline/contracts/kev-store.ts';
import { layerReportStoreContract } from '../shared/pipeline/contracts/layer-report-store.ts';
import { layerSourceContract } from '../shared/pipeline/contracts/layer-source.ts';
import { layerWaitsContract } from '../shared/pipeline/contracts/layer-waits.ts';
import { pushStoreContract } from '../shared/pipeline/contracts/push-store.ts';
import { registryFactsContract } from '../shared/pipeline/contracts/registry-facts.ts';
import { repositoryTagSourceContract } from '../shared/pipeline/contracts/repository-tag-source.ts';
import { secretReaderContract } from '../shared/pipeline/contracts/secret-reader.ts';
import { workloadSourceContract } from '../shared/pipeline/contracts/workload-source.ts';
import type { AwsEndpoint } from '../support/aws-subjects/aws-endpoint.ts';
import { layerReportsIn } from '../support/aws-subjects/buckets.ts';
import { securityHubSubject } from '../support/aws-subjects/findings.ts';
import { imagesBy, layersBy, pushByApi } from '../support/aws-subjects/images.ts';
import { type QueueSubjects, queueSubjects } from '../support/aws-subjects/queues.ts';
import { registryFactsSubject } from '../support/aws-subjects/registry-facts.ts';
import { repositoryTagSubject } from '../support/aws-subjects/repository-tags.ts';
import { secretSubject } from '../support/aws-subjects/secrets.ts';
import { createStateTable } from '../support/aws-subjects/state-tables.ts';
import { workloadSubject } from '../support/aws-subjects/workloads.ts';
import { manualClock } from '../support/manual-clock.ts';
import { once } from './once.ts';
import type { Suite } from './parties.ts';
import { defaultSubnets } from './subnets.ts';

/** Each is asked for when the party is there. */
export const CONTRACTS: Readonly<Record<Suite, (aws: () => AwsEndpoint) => void>> = {
  DossierStore: (aws) => dossierStoreContract(storeAt(aws, 'dossiers', dynamoDbDossierStore)),
  FindingStore: (aws) => findingStoreContract(storeAt(aws, 'findings', dynamoDbFindingStore)),
  AlertStore: (aws) => alertStoreContract(storeAt(aws, 'alerts', dynamoDbAlertStore)),
  DecisionStore: (aws) => decisionStoreContract(storeAt(aws, 'decisions', dynamoDbDecisionStore)),
  KevStore: (aws) => kevStoreContract(storeAt(aws, 'kev', dynamoDbKevStore)),
  FindingDetailsStore: (aws) => findingDetailsStoreContract(storeAt(aws, 'details', dynamoDbDetailsStore)),
  LayerWaits: (aws) => layerWaitsContract(storeAt(aws, 'waits', dynamoDbLayerWaits)),
  PushStore: (aws) => pushStoreContract(storeAt(aws, 'pushes', dynamoDbPushStore)),
  ChainStore: (aws) => chainStoreContract(storeAt(aws, 'chains', dynamoDbChainStore)),
  IssueLedger: (aws) => issueLedgerContract(storeAt(aws, 'issues', dynamoDbIssueLedger)),
  LayerReportStore: (aws) => {
    let store: LayerReportStore;
    beforeAll(async () => {
      store = await layerReportsIn(aws(), 'inspections');
    });
    layerReportStoreContract(() => store);
  },
  DecidedQueue: (aws) => sqsDecidedQueueContract(() => queuesAt(aws).decided()),
  AlertQueue: (aws) => alertQueueContract(() => queuesAt(aws).alerts()),
  LayerQueue: (aws) => layerQueueContract(() => queuesAt(aws).layers()),
  InspectionQueue: (aws) => inspectionQueueContract(() => queuesAt(aws).inspections()),
  DeadLetterQueue: (aws) => deadLetterQueueContract(() => queuesAt(aws).deadLetters()),
  SecretReader: (aws) => secretReaderContract(once(() => secretSubject(aws()))),
  ImageSource: (aws) => imageSourceContract(async () => imagesBy(pushByApi(aws()))),
  LayerSource: (aws) => layerSourceContract(async () => layersBy(pushByApi(aws()))),
  RegistryFacts: (aws) => registryFactsContract(once(() => registryFactsSubject(aws(), pushByApi(aws())))),
  RepositoryTagSource: (aws) => repositoryTagSourceContract(once(() => repositoryTagSubject(aws()))),
  WorkloadSource: (aws) => workloadSourceContract(once(() => workloadSubject(aws(), () => defaultSubnets(aws())))),
  FindingSink: (aws) => {
    beforeAll(async () => {
      await new SecurityHubClient(aws()).send(new EnableSecurityHubCommand({}));
    });
    securityHubContract(() => securityHubSubject(aws()));
  },
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
