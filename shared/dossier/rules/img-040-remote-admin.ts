/** IMG-040: a way in beside the platform's own. */
import type { Evidence } from '../../rules/rule.ts';
import type { InspectedImage } from '../inspected-image.ts';
import { APP_LAYER, exampleImage, IN_APP } from './example-image.ts';
import { portsOf } from './exposed-ports.ts';
import { configEvidence, failOrPassByFiles, fileEvidence, type ImageRule, isPresent } from './image-rule.ts';
import { commandsOfArguments } from './shell-commands.ts';

const SERVERS: ReadonlySet<string> = new Set(['sshd', 'dropbear', 'telnetd', 'in.telnetd', 'vncserver', 'Xvnc']);
const SSHD = {
  kind: 'remote-admin',
  path: 'usr/sbin/sshd',
  mode: 0o755,
  uid: 0,
  gid: 0,
  size: 900_000,
  ...IN_APP,
} as const;

export const remoteAdmin: ImageRule = {
  id: 'IMG-040',
  title: 'The image offers remote logins',
  rationale:
    'A login server in a container is one more thing to break into, with keys or passwords of its own that no one rotates; orchestrators have an audited way in.',
  severity: 'MEDIUM',
  class: 'surface',
  confirmed: true,
  references: { nist: ['4.1.2'], cis: ['5.7'], others: ['trivy DS-0004'] },
  remediation:
    'Remove the server and its port. To look inside use ECS Exec or `kubectl exec`, which IAM or RBAC allows.',
  examples: {
    good: [
      { title: 'a web server’s port', subject: exampleImage({ config: { ExposedPorts: ['8080/tcp'] } }) },
      {
        title: 'a server that a later layer deletes',
        subject: exampleImage({ tree: { notable: [{ ...SSHD, deletedBy: APP_LAYER }] } }),
      },
      { title: 'a port whose number begins alike', subject: exampleImage({ config: { ExposedPorts: ['2222/tcp'] } }) },
    ],
    bad: [
      { title: 'port 22', subject: exampleImage({ config: { ExposedPorts: ['22/tcp'] } }) },
      { title: 'sshd in the image', subject: exampleImage({ tree: { notable: [SSHD] } }) },
      {
        title: 'sshd behind a shell',
        subject: exampleImage({ config: { Entrypoint: ['/bin/sh', '-c', 'exec /usr/sbin/sshd -D'] } }),
      },
    ],
  },
  check: (image) =>
    failOrPassByFiles(image, [
      ...startedServers(image),
      ...portsOf(image)
        .filter(({ protocol, has }) => protocol === 'tcp' && has(22))
        .map(({ text, step }) => configEvidence(`EXPOSE ${text}`, step)),
      ...image.tree.notable
        .filter((file) => file.kind === 'remote-admin' && isPresent(file))
        .map((file) => fileEvidence(file, file.path)),
    ]),
};

const startedServers = ({ config: { config }, steps }: InspectedImage): readonly Evidence[] =>
  (['Entrypoint', 'Cmd'] as const).flatMap((member) => {
    const server = commandsOfArguments(config[member]).find(({ program }) => SERVERS.has(program))?.program;
    const step = steps.findLast(({ keyword }) => keyword === member.toUpperCase());
    return server === undefined ? [] : [configEvidence(`${member} starts ${server}`, step)];
  });
