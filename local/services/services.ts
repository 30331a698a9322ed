/** The AWS services that the local runtime answers for. */
import type { Clock } from '../../shared/base/clock.ts';
import type { LocalService } from '../endpoint/local-service.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { createEcr, type Ecr } from './ecr/ecr.ts';
import { createEcs, type Ecs } from './ecs/ecs.ts';
import { createEventBridge, type EventBridgeOptions } from './event-bridge.ts';
import { createIam, type IamOptions } from './iam/iam.ts';
import { createInspector2, type Inspector2 } from './inspector/inspector2.ts';
import { createSecretsManager, type SecretsManager } from './secrets-manager.ts';
import { createSecurityHub, type SecurityHub } from './security-hub/security-hub.ts';
import { createSts } from './sts.ts';

export interface ServicesOptions {
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  readonly registry: { readonly store: RegistryStore };
  /** Host and port under which clients reach endpoint and registry; asked for when a call needs it. */
  readonly host: () => string;
  readonly putEvent: EventBridgeOptions['putEvent'];
  /** How long a write stays unseen by reads that AWS promises no consistency for; 0: not at all. */
  readonly lagMs: number;
  readonly roles: IamOptions['roles'];
  /** Told what goes wrong after a call was answered. */
  readonly onFault: (error: unknown) => void;
}

export interface Services {
  /** For the endpoint. */
  readonly all: readonly LocalService[];
  readonly secretsManager: SecretsManager;
  readonly securityHub: SecurityHub;
  readonly ecr: Ecr;
  readonly ecs: Ecs;
  readonly inspector2: Inspector2;
}

export const createServices = ({ registry, ...options }: ServicesOptions): Services => {
  const withImages = { ...options, store: registry.store };
  const secretsManager = createSecretsManager(options);
  const securityHub = createSecurityHub(options);
  const ecr = createEcr(withImages);
  const ecs = createEcs(withImages);
  const inspector2 = createInspector2({ ...withImages, ecs });
  const all = [
    createSts(options),
    createIam(options),
    secretsManager,
    createEventBridge(options),
    securityHub,
    ecr,
    ecs,
    inspector2,
  ];
  return { all, secretsManager, securityHub, ecr, ecs, inspector2 };
};
