/** IMG-033: variables that switch protection off, or that open a door. */
import type { Severity } from '../../rules/rule.ts';
import { environmentOf } from './environment.ts';
import { appStep, exampleImage } from './example-image.ts';
import { configEvidence, failOrPass, type ImageRule } from './image-rule.ts';
import { lastStepByName } from './step-variables.ts';

interface Danger {
  readonly names: readonly string[];
  /** Undefined: the value is harmless. `all`: every variable of the image. */
  readonly severity: (value: string, all: ReadonlyMap<string, string>) => Severity | undefined;
  readonly told: string;
}

const when = (isSo: boolean, severity: Severity = 'MEDIUM'): Severity | undefined => (isSo ? severity : undefined);

/** A debugger that takes connections from other hosts runs the code of whoever reaches it. */
const ANY_ADDRESS = /(?:=|address=)(?:\*|0\.0\.0\.0|\[?::\]?)(?::\d|$|[\s,])/;
const ofDebugger = (value: string, isOn: boolean): Severity | undefined =>
  when(isOn, ANY_ADDRESS.test(value) ? 'HIGH' : 'MEDIUM');

const DANGERS: readonly Danger[] = [
  {
    names: ['LD_PRELOAD'],
    // CVE-2025-23266: NVIDIA's container toolkit ran a hook on the host with it.
    severity: (value, all) => when(value !== '', all.has('NVIDIA_VISIBLE_DEVICES') ? 'HIGH' : 'MEDIUM'),
    told: 'loads a library into every program',
  },
  {
    names: ['NODE_TLS_REJECT_UNAUTHORIZED'],
    severity: (value) => when(value === '0'),
    told: 'makes Node.js take any certificate',
  },
  {
    names: ['PYTHONHTTPSVERIFY'],
    severity: (value) => when(value === '0'),
    told: 'makes Python take any certificate',
  },
  {
    names: ['GIT_SSL_NO_VERIFY'],
    // git asks whether it is set, not to what.
    severity: () => when(true),
    told: 'makes git take any certificate',
  },
  {
    names: ['NODE_OPTIONS'],
    severity: (value) => ofDebugger(value, /(?:^|\s)--inspect(?:-brk|-wait)?(?:=|\s|$)/.test(value)),
    told: 'opens the debugger of Node.js',
  },
  {
    names: ['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS', '_JAVA_OPTIONS', 'JAVA_OPTS'],
    severity: (value) => ofDebugger(value, /\bjdwp\b/.test(value)),
    told: 'opens the debugger of Java',
  },
  {
    names: ['NVIDIA_VISIBLE_DEVICES'],
    severity: (value) => when(value === 'all'),
    told: 'asks for every GPU of the node',
  },
  {
    names: ['NVIDIA_DRIVER_CAPABILITIES'],
    severity: (value) => when(value === 'all'),
    told: 'asks for every capability of the GPU driver',
  },
];

export const dangerousEnvironment: ImageRule = {
  id: 'IMG-033',
  title: 'The environment weakens the programs or the isolation',
  rationale:
    'Every process of every container of the image inherits these variables: they take any certificate, load a library into any program, let a debugger in, or ask the node for more devices than are needed.',
  severity: 'MEDIUM',
  class: 'runtime-attack',
  confirmed: true,
  references: { nist: ['3.4.3', '4.1.2', '4.4.3'], cis: [], others: ['CVE-2025-23266'] },
  remediation:
    'Remove the variable from the Dockerfile. Install the certificate authority that is missing; set what a debugging session or one workload needs in that workload alone.',
  examples: {
    good: [
      { title: 'an ordinary environment', subject: exampleImage() },
      {
        title: 'the same variables with harmless values',
        subject: exampleImage({
          config: { Env: ['NODE_OPTIONS=--max-old-space-size=512', 'NODE_TLS_REJECT_UNAUTHORIZED=1', 'LD_PRELOAD='] },
        }),
      },
    ],
    bad: [
      {
        title: 'no certificates are checked',
        subject: exampleImage({
          config: { Env: ['NODE_TLS_REJECT_UNAUTHORIZED=0'] },
          steps: [appStep('ENV NODE_TLS_REJECT_UNAUTHORIZED=0')],
        }),
      },
      { title: 'a library in every program', subject: exampleImage({ config: { Env: ['LD_PRELOAD=/opt/hook.so'] } }) },
      {
        title: 'a library in every program, and a GPU',
        subject: exampleImage({ config: { Env: ['NVIDIA_VISIBLE_DEVICES=all', 'LD_PRELOAD=/opt/hook.so'] } }),
        severity: 'HIGH',
      },
      {
        title: 'a debugger for everybody',
        subject: exampleImage({ config: { Env: ['NODE_OPTIONS=--inspect=0.0.0.0:9229'] } }),
        severity: 'HIGH',
      },
    ],
  },
  check: ({ config, steps }) => {
    const setBy = lastStepByName(steps, 'ENV');
    const variables = new Map(environmentOf(config));
    const found = DANGERS.flatMap(({ names, severity, told }) =>
      names.flatMap((name) => {
        const value = variables.get(name);
        const weight = value === undefined ? undefined : severity(value, variables);
        return weight === undefined ? [] : [{ weight, evidence: configEvidence(`${name} ${told}`, setBy.get(name)) }];
      }),
    );
    const worst = found.filter(({ weight }) => weight === 'HIGH');
    return failOrPass(
      [...worst, ...found.filter(({ weight }) => weight !== 'HIGH')].map(({ evidence }) => evidence),
      worst.length > 0 ? { severity: 'HIGH' } : {},
    );
  },
};
