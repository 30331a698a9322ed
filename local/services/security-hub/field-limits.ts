/** What the AWS Security Finding Format allows each field, from the model and the reference of Security Hub's API. */
import * as schemas from '@aws-sdk/client-securityhub';
import {
  type Constraint,
  entries,
  items,
  length,
  type MemberConstraints,
  oneOf,
  pattern,
  range,
} from '../../endpoint/constraints.ts';

/**
 * `namespace/category/classifier`, or the beginning of it. Security Hub itself checks the parts only; the namespaces
 * are those of its reference, and another one would be found by no filter or insight.
 */
export const FINDING_TYPE: Constraint = pattern(
  /^(Software and Configuration Checks|TTPs|Effects|Unusual Behaviors|Sensitive Data Identifications)(\/[^/]+){0,2}$/,
);

/** A map of texts: 50 entries of a key with 128 characters. */
export const textMap = (path: string, maxValue: number): MemberConstraints => ({
  [path]: entries(0, 50),
  [`${path}{key}`]: [length(1, 128), pattern(/\S/)],
  [`${path}{}`]: length(1, maxValue),
});

/** The fields that a provider sets for itself, or a customer in its place. */
export const assessment = (prefix: string): MemberConstraints => ({
  [`${prefix}Types`]: items(0, 50),
  [`${prefix}Types[]`]: FINDING_TYPE,
  [`${prefix}Severity.Label`]: oneOf(schemas.SeverityLabel),
  [`${prefix}Severity.Original`]: length(1, 64),
  [`${prefix}Severity.Normalized`]: range(0, 100),
  [`${prefix}Confidence`]: range(0, 100),
  [`${prefix}Criticality`]: range(0, 100),
  [`${prefix}RelatedFindings`]: items(1, 10),
  [`${prefix}RelatedFindings[].ProductArn`]: length(12, 2048),
  [`${prefix}RelatedFindings[].Id`]: length(1, 512),
});

export const NOTE: MemberConstraints = { 'Note.Text': length(1, 512), 'Note.UpdatedBy': length(1, 512) };

const THREATS: MemberConstraints = {
  Malware: items(0, 5),
  'Malware[].Name': length(1, 64),
  'Malware[].Path': length(1, 512),
  'Malware[].Type': oneOf(schemas.MalwareType),
  'Malware[].State': oneOf(schemas.MalwareState),
  Threats: items(1, 32),
  'Threats[].Name': length(1, 128),
  'Threats[].Severity': length(1, 128),
  'Threats[].FilePaths': items(1, 5),
  'Threats[].FilePaths[].FilePath': length(1, 128),
  'Threats[].FilePaths[].FileName': length(1, 128),
  'Threats[].FilePaths[].ResourceId': length(1, 128),
  'Threats[].FilePaths[].Hash': length(1, 128),
  ThreatIntelIndicators: items(1, 5),
  'ThreatIntelIndicators[].Type': oneOf(schemas.ThreatIntelIndicatorType),
  'ThreatIntelIndicators[].Category': oneOf(schemas.ThreatIntelIndicatorCategory),
  'ThreatIntelIndicators[].Value': length(1, 512),
  'ThreatIntelIndicators[].Source': length(1, 64),
};

const RESOURCES: MemberConstraints = {
  Resources: items(1, 32),
  'Resources[].Type': length(1, 256),
  'Resources[].Region': length(1, 16),
  'Resources[].Partition': oneOf(schemas.Partition),
  ...textMap('Resources[].Tags', 256),
  ...textMap('Resources[].Details.Other', 1024),
};

export const FIELD_LIMITS: MemberConstraints = {
  SchemaVersion: oneOf(['2018-10-08']),
  Id: length(1, 512),
  ProductArn: length(12, 2048),
  ProductName: length(1, 128),
  CompanyName: length(1, 128),
  GeneratorId: length(1, 512),
  Region: length(1, 16),
  AwsAccountName: length(1, 50),
  Title: length(1, 256),
  Description: length(1, 1024),
  'Remediation.Recommendation.Text': length(1, 512),
  RecordState: oneOf(schemas.RecordState),
  WorkflowState: oneOf(schemas.WorkflowState),
  'Workflow.Status': oneOf(schemas.WorkflowStatus),
  VerificationState: oneOf(schemas.VerificationState),
  'Compliance.Status': oneOf(schemas.ComplianceStatus),
  'Compliance.RelatedRequirements': items(0, 32),
  'GeneratorDetails.Labels': items(0, 10),
  'Network.Direction': oneOf(schemas.NetworkDirection),
  'Network.Protocol': length(1, 16),
  'Network.SourceDomain': length(1, 128),
  'Network.DestinationDomain': length(1, 128),
  'NetworkPath[].ComponentId': length(1, 32),
  'NetworkPath[].ComponentType': length(1, 32),
  'Process.Name': length(1, 64),
  'Process.Path': length(1, 512),
  'PatchSummary.Id': length(1, 256),
  'PatchSummary.Operation': length(1, 256),
  'PatchSummary.RebootOption': length(1, 256),
  'Vulnerabilities[].FixAvailable': oneOf(schemas.VulnerabilityFixAvailable),
  'Vulnerabilities[].ExploitAvailable': oneOf(schemas.VulnerabilityExploitAvailable),
  ...NOTE,
  ...assessment(''),
  ...assessment('FindingProviderFields.'),
  ...textMap('ProductFields', 2048),
  ...textMap('UserDefinedFields', 1024),
  ...RESOURCES,
  ...THREATS,
};
