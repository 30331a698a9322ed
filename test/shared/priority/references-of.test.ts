import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unknown } from '../../../shared/base/known.ts';
import { referencesOfThreat, referencesOfVulnerability } from '../../../shared/priority/references-of.ts';
import { enrichedThreat } from '../../support/decided.ts';
import { enriched } from '../../support/enriched.ts';
import { digest, NOWHERE, ON_FARGATE, OPENSSL, UNSEEN } from '../enrichment/findings.ts';

const inBase = { packages: [{ ...OPENSSL, layer: digest('1') }] };
const inApp = { packages: [OPENSSL] };
const nowhereKnown = { dossier: unknown('not read') };

describe('a vulnerability of a package in an image', () => {
  it.each([
    ['is one of the image', inApp, NOWHERE],
    ['is one of the image where nobody knows what runs it', inApp, UNSEEN],
    ['of the base image is one of the image while it runs', inBase, ON_FARGATE],
  ])('%s', (_case, finding, context) => {
    expect(referencesOfVulnerability(enriched(finding, { context }))).toEqual([
      { standard: 'NIST SP 800-190', id: '3.1.1', title: 'Image vulnerabilities' },
      { standard: 'NIST SP 800-190', id: '4.1.1', title: 'Image vulnerabilities' },
      { standard: 'NIST SP 800-190', id: '5.1', title: 'Exploit of a Vulnerability within an Image' },
      {
        standard: 'CIS Docker Benchmark',
        id: '4.4',
        title: 'Ensure images are scanned and rebuilt to include security patches',
      },
    ]);
  });

  it('that an instruction of the user brought is one of the app as well while it runs', () => {
    const ids = referencesOfVulnerability(enriched(inApp, { context: ON_FARGATE })).map(({ id }) => id);
    expect(ids).toEqual(['3.1.1', '3.4.4', '4.1.1', '4.4.4', '5.1', '4.4']);
  });

  it('is not called one of the app where it is not known which instruction brought it', () => {
    const ids = referencesOfVulnerability(enriched(inApp, nowhereKnown)).map(({ id }) => id);
    expect(ids).toEqual(['3.1.1', '4.1.1', '5.1', '4.4']);
  });
});

const ofType = (type: string) => referencesOfThreat(enrichedThreat({ type }));

it.each([
  ['AttackSequence:EKS/CompromisedCluster', ['3.4.5', '4.4.5']],
  ['AttackSequence:EC2/CompromisedInstanceGroup', ['3.4.5', '4.4.5']],
  ['Execution:Runtime/MaliciousFileExecuted', ['3.1.3', '4.1.3', '5.3']],
  ['Execution:Runtime/MaliciousFileExecuted.Custom', ['3.1.3', '4.1.3', '5.3']],
  ['Execution:ECS/SuspiciousFile', ['3.1.3', '4.1.3', '5.3']],
  ['Execution:Kubernetes/MaliciousFile', ['3.1.3', '4.1.3', '5.3']],
  ['Execution:EC2/MaliciousFile!Snapshot', ['3.1.3', '4.1.3', '5.3']],
  ['Impact:Runtime/CryptoMinerExecuted', ['3.1.3', '3.4.4', '4.1.3', '4.4.4']],
  ['PrivilegeEscalation:Kubernetes/PrivilegedContainer', ['3.4.3', '4.4.3', '5.2', '5.5']],
  [
    'PrivilegeEscalation:Kubernetes/AnomalousBehavior.WorkloadDeployed!PrivilegedContainer',
    ['3.4.3', '4.4.3', '5.2', '5.5'],
  ],
  ['Persistence:Kubernetes/ContainerWithSensitiveMount', ['3.4.3', '3.5.5', '4.4.3', '4.5.5', '5.2', '5.6']],
  [
    'Persistence:Kubernetes/AnomalousBehavior.WorkloadDeployed!ContainerWithSensitiveMount',
    ['3.4.3', '3.5.5', '4.4.3', '4.5.5', '5.2', '5.6'],
  ],
  ['PrivilegeEscalation:Runtime/ContainerMountsHostDirectory', ['3.4.3', '3.5.5', '4.4.3', '4.5.5', '5.2', '5.6']],
  ['PrivilegeEscalation:Runtime/DockerSocketAccessed', ['3.4.3', '3.5.5', '4.4.3', '4.5.5', '5.2', '5.32']],
  ['PrivilegeEscalation:Runtime/SensitiveFileModified', ['3.5.5', '4.5.5']],
  ['PrivilegeEscalation:Runtime/RuncContainerEscape', ['3.4.1', '4.4.1', '5.2']],
  ['DefenseEvasion:Runtime/KernelModuleLoaded', ['3.5.2', '3.5.3', '4.5.2', '4.5.3', '5.2']],
  ['PrivilegeEscalation:Runtime/CGroupsReleaseAgentModified', ['3.5.2', '4.5.2', '5.2']],
  ['PrivilegeEscalation:Runtime/UserfaultfdUsage', ['3.5.2', '4.5.2', '5.2']],
  ['Policy:Kubernetes/AnonymousAccessGranted', ['3.3.1', '4.3.1']],
  ['PrivilegeEscalation:Kubernetes/AnomalousBehavior.RoleBindingCreated', ['3.3.1', '4.3.1']],
  ['PrivilegeEscalation:Kubernetes/AnomalousBehavior.RoleCreated', ['3.3.1', '4.3.1']],
  ['Discovery:Kubernetes/SuccessfulAnonymousAccess', ['3.3.2', '4.3.2']],
  ['Impact:Kubernetes/MaliciousIPCaller.Custom', ['3.3.2', '4.3.2']],
  ['Execution:Kubernetes/ExecInKubeSystemPod', ['3.3.2', '4.3.2']],
  ['Execution:Kubernetes/AnomalousBehavior.WorkloadDeployed', ['3.3.2', '4.3.2']],
  ['Backdoor:Runtime/C&CActivity.B!DNS', ['3.4.2', '4.4.2']],
  ['CryptoCurrency:Runtime/BitcoinTool.B', ['3.4.2', '4.4.2']],
  ['Trojan:Lambda/DropPoint', ['3.4.2', '4.4.2']],
  ['Impact:Runtime/AbusedDomainRequest.Reputation', ['3.4.2', '4.4.2']],
  ['UnauthorizedAccess:Runtime/MetadataDNSRebind', ['3.4.2', '4.4.2']],
  ['UnauthorizedAccess:Lambda/TorClient', ['3.4.2', '4.4.2']],
  ['Execution:Runtime/ReverseShell', ['3.4.4', '4.4.4']],
  ['DefenseEvasion:Runtime/ProcessInjection.Proc', ['3.4.4', '4.4.4']],
  ['PrivilegeEscalation:Runtime/ElevationToRoot', ['3.4.4', '4.4.4']],
  ['UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.OutsideAWS', ['3.4.4', '4.4.4']],
  ['Recon:EC2/Portscan', []],
  ['', []],
])('a threat of the type %s falls under %j', (type, ids) => {
  expect(ofType(type).map(({ id }) => id)).toEqual(ids);
});

it('names at most eight clauses, each once', () => {
  const part = fc.constantFrom(
    'Execution:',
    'Runtime',
    'Kubernetes',
    '/',
    '!',
    'MaliciousFile',
    'PrivilegedContainer',
    'ContainerWithSensitiveMount',
    'KernelModuleLoaded',
    'x',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const references = ofType(parts.join(''));
      expect(references.length).toBeLessThanOrEqual(8);
      expect(new Set(references.map(({ standard, id }) => `${standard} ${id}`)).size).toBe(references.length);
    }),
  );
});
