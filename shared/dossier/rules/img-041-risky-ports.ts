/** IMG-041: exposed ports that give control, or that a user without rights cannot open everywhere. */
import { exampleImage } from './example-image.ts';
import { type ExposedPort, portsOf } from './exposed-ports.ts';
import { configEvidence, failOrPass, type ImageRule, PASS } from './image-rule.ts';
import { isRoot, userPartOf } from './image-user.ts';

/** Whoever reaches one of these usually commands the host, the cluster, a process or a session. */
const CONTROL: Readonly<Record<number, string>> = {
  23: 'telnet',
  2375: 'the Docker API without TLS',
  2376: 'the Docker API',
  2379: 'etcd',
  3389: 'remote desktop',
  5005: 'the debugger of Java',
  5900: 'VNC',
  6443: 'the Kubernetes API',
  9229: 'the debugger of Node.js',
  10250: 'the kubelet',
};
const INTERNAL: Readonly<Record<number, string>> = { 111: 'the port mapper', 135: 'Windows RPC', 445: 'SMB' };
/** Below it are the ports that need a right to be opened, unless the runtime's sysctl says otherwise. */
const FIRST_UNPRIVILEGED = 1_024;

export const riskyPorts: ImageRule = {
  id: 'IMG-041',
  title: 'The image exposes risky ports',
  rationale:
    'What an image exposes is what people open for it. Debuggers, APIs of the platform and remote sessions hand over control; ports below 1024 tempt to run as root.',
  severity: 'LOW',
  class: 'surface',
  confirmed: true,
  references: { nist: ['3.4.2', '4.4.2'], cis: ['5.8', '5.9'], others: ['hadolint DL3011'] },
  remediation:
    'Expose only what clients of the service need, on ports from 1024 upwards; keep debuggers out of the released image.',
  examples: {
    good: [
      { title: 'an ordinary port', subject: exampleImage({ config: { ExposedPorts: ['8080/tcp'] } }) },
      {
        title: 'port 80 of an image that runs as root',
        subject: exampleImage({ config: { ExposedPorts: ['80/tcp'], User: '' } }),
      },
      {
        title: 'the number of a debugger’s port over udp',
        subject: exampleImage({ config: { ExposedPorts: ['9229/udp'] } }),
      },
      { title: 'port 22, of which IMG-040 speaks', subject: exampleImage({ config: { ExposedPorts: ['22/tcp'] } }) },
    ],
    bad: [
      { title: 'a debugger', subject: exampleImage({ config: { ExposedPorts: ['9229/tcp'] } }), severity: 'MEDIUM' },
      {
        title: 'a range that holds the kubelet’s',
        subject: exampleImage({ config: { ExposedPorts: ['10000-11000/tcp'] } }),
        severity: 'MEDIUM',
      },
      { title: 'SMB', subject: exampleImage({ config: { ExposedPorts: ['445/tcp'], User: '' } }) },
      { title: 'port 80 of a user without rights', subject: exampleImage({ config: { ExposedPorts: ['80/tcp'] } }) },
    ],
  },
  check: (image) => {
    const ports = portsOf(image);
    const named = (names: Readonly<Record<number, string>>) =>
      ports.flatMap((port) => reasons(port, names).map((text) => configEvidence(text, port.step)));
    const control = named(CONTROL);
    const hasRights = isRoot(userPartOf(image.config.config.User)) || image.config.os === 'windows';
    const privileged = hasRights
      ? []
      : ports
          .filter(
            ({ first }) =>
              first > 0 && first < FIRST_UNPRIVILEGED && first !== 22 && !(first in CONTROL) && !(first in INTERNAL),
          )
          .map(({ text, step }) => configEvidence(`EXPOSE ${text}, and the user is not root`, step));
    const evidence = [...control, ...named(INTERNAL), ...privileged];
    return evidence.length === 0 ? PASS : failOrPass(evidence, control.length > 0 ? { severity: 'MEDIUM' } : {});
  },
};

const reasons = ({ text, protocol, has }: ExposedPort, names: Readonly<Record<number, string>>): readonly string[] =>
  protocol === 'tcp'
    ? Object.entries(names)
        .filter(([port]) => has(Number(port)))
        .map(([, name]) => `EXPOSE ${text}: ${name}`)
    : [];
