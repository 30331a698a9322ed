/** The emulators that are asked, and the contracts that they are asked: each by the name of its port. */

export const PARTIES = {
  moto: { title: 'moto', version: '5.2.5' },
  ministack: { title: 'MiniStack', version: '1.5.33' },
} as const;

export type Party = keyof typeof PARTIES;

export const SUITES = [
  'DossierStore',
  'FindingStore',
  'AlertStore',
  'DecisionStore',
  'KevStore',
  'FindingDetailsStore',
  'LayerWaits',
  'PushStore',
  'ChainStore',
  'IssueLedger',
  'LayerReportStore',
  'DecidedQueue',
  'AlertQueue',
  'LayerQueue',
  'InspectionQueue',
  'DeadLetterQueue',
  'SecretReader',
  'ImageSource',
  'LayerSource',
  'RegistryFacts',
  'RepositoryTagSource',
  'WorkloadSource',
  'FindingSink',
] as const;

export type Suite = (typeof SUITES)[number];
