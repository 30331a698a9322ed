import type { AsffFinding } from '../../../../shared/asff/asff.ts';
import { inMemoryAlerts } from '../../../../shared/memory/alerts.ts';
import { inMemoryDecidedQueue } from '../../../../shared/memory/decided-queue.ts';
import { inMemoryDecisions } from '../../../../shared/memory/decisions.ts';
import { inMemoryDetails } from '../../../../shared/memory/details.ts';
import { inMemoryDossiers } from '../../../../shared/memory/dossiers.ts';
import { inMemoryFindings } from '../../../../shared/memory/findings.ts';
import { inMemoryHub } from '../../../../shared/memory/hub.ts';
import { inMemoryKev } from '../../../../shared/memory/kev.ts';
import {
  inMemoryChains,
  inMemoryLedger,
  inMemoryPushes,
  inMemoryReports,
  inMemoryWaits,
} from '../../../support/inspection-ports.ts';
import { alertStoreContract } from './alert-store.ts';
import { chainStoreContract } from './chain-store.ts';
import { decidedQueueContract } from './decided-queue.ts';
import { decisionStoreContract } from './decision-store.ts';
import { dossierStoreContract } from './dossier-store.ts';
import { findingDetailsStoreContract } from './finding-details-store.ts';
import { findingSinkContract } from './finding-sink.ts';
import { findingStoreContract } from './finding-store.ts';
import { issueLedgerContract } from './issue-ledger.ts';
import { kevStoreContract } from './kev-store.ts';
import { layerReportStoreContract } from './layer-report-store.ts';
import { layerWaitsContract } from './layer-waits.ts';
import { pushStoreContract } from './push-store.ts';

const [dossiers, findings, alerts] = [inMemoryDossiers(), inMemoryFindings(), inMemoryAlerts()];

dossierStoreContract(() => dossiers);
findingStoreContract(() => findings);
alertStoreContract(() => alerts);

const decisions = inMemoryDecisions();
decisionStoreContract(() => decisions);

const [kev, details] = [inMemoryKev(), inMemoryDetails()];

kevStoreContract(() => kev);
findingDetailsStoreContract(() => details);

const [reports, waits, pushes] = [inMemoryReports(), inMemoryWaits(), inMemoryPushes()];

layerReportStoreContract(() => reports);
layerWaitsContract(() => waits);
pushStoreContract(() => pushes);

const [chains, ledger] = [inMemoryChains(), inMemoryLedger()];

chainStoreContract(() => chains);
issueLedgerContract(() => ledger);

decidedQueueContract(async () => {
  const queue = inMemoryDecidedQueue();
  return { queue, bodies: async () => queue.take() };
});

const hub = inMemoryHub();
const inHub = new Map<string, AsffFinding>();
findingSinkContract(() => ({
  sink: hub,
  read: async (id) => {
    for (const { finding, isNews } of hub.take()) if (isNews) inHub.set(finding.Id, finding);
    return inHub.get(id);
  },
}));
