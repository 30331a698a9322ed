import { inMemoryAlerts, inMemoryDossiers, inMemoryFindings } from '../../../support/in-memory-ports.ts';
import { alertStoreContract } from './alert-store.ts';
import { dossierStoreContract } from './dossier-store.ts';
import { findingStoreContract } from './finding-store.ts';

const [dossiers, findings, alerts] = [inMemoryDossiers(), inMemoryFindings(), inMemoryAlerts()];

dossierStoreContract(() => dossiers);
findingStoreContract(() => findings);
alertStoreContract(() => alerts);
