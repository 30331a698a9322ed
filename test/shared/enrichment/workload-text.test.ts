import { expect, it } from 'vitest';
import { workloadText } from '../../../shared/enrichment/workload-text.ts';
import { CHECKOUT } from './findings.ts';

it.each([
  ['ecs-fargate', 'service:checkout on ECS Fargate'],
  ['ecs-ec2', 'service:checkout on ECS on EC2'],
  ['eks-node', 'service:checkout on an EKS node'],
  ['unknown', 'service:checkout on an unknown runtime'],
] as const)('names the place of %s', (runtime, text) => {
  expect(workloadText({ ...CHECKOUT, runtime })).toBe(text);
});
