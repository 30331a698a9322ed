/** What a GuardDuty finding type says about the way out of the container. */

export type BreakoutClass = 'host-compromise' | 'escape-attempt' | 'escape-enabler' | 'none';

/** Types that are not listed say nothing about a way out. Retired types stay: old findings still carry them. */
const CLASS_OF_TYPE: ReadonlyMap<string, BreakoutClass> = new Map<string, BreakoutClass>([
  ['AttackSequence:EC2/CompromisedInstanceGroup', 'host-compromise'],
  ['DefenseEvasion:Runtime/KernelModuleLoaded', 'host-compromise'],
  ['PrivilegeEscalation:Runtime/CGroupsReleaseAgentModified', 'escape-attempt'],
  ['PrivilegeEscalation:Runtime/ContainerMountsHostDirectory', 'escape-attempt'],
  ['PrivilegeEscalation:Runtime/DockerSocketAccessed', 'escape-attempt'],
  ['PrivilegeEscalation:Runtime/RuncContainerEscape', 'escape-attempt'],
  ['PrivilegeEscalation:Runtime/ElevationToRoot', 'escape-enabler'],
  ['PrivilegeEscalation:Runtime/SuspiciousCommand', 'escape-enabler'],
  ['PrivilegeEscalation:Runtime/UserfaultfdUsage', 'escape-enabler'],
  ['PrivilegeEscalation:Runtime/SensitiveFileModified', 'escape-enabler'],
  ['UnauthorizedAccess:Runtime/MetadataDNSRebind', 'escape-enabler'],
  ['Execution:Kubernetes/ExecInKubeSystemPod', 'escape-enabler'],
  ['Persistence:Kubernetes/ContainerWithSensitiveMount', 'escape-enabler'],
  ['Persistence:Kubernetes/AnomalousBehavior.WorkloadDeployed!ContainerWithSensitiveMount', 'escape-enabler'],
  ['PrivilegeEscalation:Kubernetes/PrivilegedContainer', 'escape-enabler'],
  ['PrivilegeEscalation:Kubernetes/AnomalousBehavior.WorkloadDeployed!ContainerWithSensitiveMount', 'escape-enabler'],
  ['PrivilegeEscalation:Kubernetes/AnomalousBehavior.WorkloadDeployed!PrivilegedContainer', 'escape-enabler'],
]);

export const breakoutClass = (type: string): BreakoutClass => CLASS_OF_TYPE.get(type) ?? 'none';
