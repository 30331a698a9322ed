/** The AWS Security Finding Format: only the fields that Sekisho writes, in Security Hub's own spelling. */

export interface AsffResource {
  readonly Type: string;
  readonly Id: string;
  readonly Partition?: 'aws' | 'aws-cn' | 'aws-us-gov';
  readonly Region?: string;
  readonly Details?: {
    readonly AwsEcrContainerImage?: {
      readonly RegistryId?: string;
      readonly RepositoryName?: string;
      readonly Architecture?: string;
      readonly ImageDigest?: string;
      readonly ImageTags?: readonly string[];
      readonly ImagePublishedAt?: string;
    };
    readonly Container?: { readonly Name?: string; readonly ImageName?: string; readonly Privileged?: boolean };
    readonly Other?: Readonly<Record<string, string>>;
  };
}

export interface AsffVulnerability {
  readonly Id: string;
  readonly VulnerablePackages?: readonly {
    readonly Name?: string;
    readonly Version?: string;
    readonly Epoch?: string;
    readonly Release?: string;
    readonly PackageManager?: string;
    readonly FilePath?: string;
    readonly FixedInVersion?: string;
    readonly SourceLayerHash?: string;
    readonly Remediation?: string;
  }[];
  readonly Cvss?: readonly {
    readonly Version?: string;
    readonly BaseScore?: number;
    readonly BaseVector?: string;
    readonly Source?: string;
  }[];
  readonly ReferenceUrls?: readonly string[];
  readonly FixAvailable?: 'YES' | 'NO' | 'PARTIAL';
  readonly ExploitAvailable?: 'YES' | 'NO';
  readonly EpssScore?: number;
  readonly LastKnownExploitAt?: string;
}

export interface AsffFinding {
  readonly SchemaVersion: '2018-10-08';
  readonly Id: string;
  readonly ProductArn: string;
  readonly ProductName?: string;
  readonly CompanyName?: string;
  readonly Region?: string;
  readonly GeneratorId: string;
  readonly AwsAccountId: string;
  readonly Types?: readonly string[];
  readonly FirstObservedAt?: string;
  readonly LastObservedAt?: string;
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly Title: string;
  readonly Description: string;
  readonly Remediation?: { readonly Recommendation: { readonly Text?: string; readonly Url?: string } };
  readonly ProductFields?: Readonly<Record<string, string>>;
  /** Without a status: Security Hub would resolve or reopen the finding by it. */
  readonly Compliance?: { readonly RelatedRequirements: readonly string[] };
  readonly Resources: readonly AsffResource[];
  readonly Vulnerabilities?: readonly AsffVulnerability[];
  readonly RecordState: 'ACTIVE' | 'ARCHIVED';
  readonly FindingProviderFields: {
    readonly Severity: {
      readonly Label: 'INFORMATIONAL' | 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';
      readonly Original?: string;
    };
    readonly Types: readonly string[];
  };
}
