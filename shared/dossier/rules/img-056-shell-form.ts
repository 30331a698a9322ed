/** IMG-056: a shell as the first process. */
import { exampleImage } from './example-image.ts';
import { configEvidence, failOrPass, type ImageRule, notApplicable } from './image-rule.ts';
import { programOf } from './program-of.ts';
import { SHELLS } from './shell-command.ts';

export const shellForm: ImageRule = {
  id: 'IMG-056',
  title: 'The program runs inside a shell',
  rationale:
    'The shell is process 1 and passes no signals on: the service is killed instead of stopped, and arguments of the task are read as a script.',
  severity: 'INFO',
  class: 'hygiene',
  confirmed: true,
  references: { nist: [], cis: [], others: ['hadolint DL3025'] },
  remediation:
    'Write the exec form, `ENTRYPOINT ["/srv/app", "--port", "8080"]`; where a shell is needed, end it with `exec`.',
  examples: {
    good: [
      { title: 'the exec form', subject: exampleImage() },
      {
        title: 'a shell that makes room for the program',
        subject: exampleImage({ config: { Entrypoint: ['/bin/sh', '-c', 'exec /srv/app "$PORT"'] } }),
      },
      { title: 'a script', subject: exampleImage({ config: { Entrypoint: ['/bin/sh', '/entrypoint.sh'] } }) },
      { title: 'no program', subject: exampleImage({ config: { Entrypoint: [], Cmd: [] } }) },
    ],
    bad: [
      {
        title: 'the shell form',
        subject: exampleImage({ config: { Entrypoint: ['/bin/sh', '-c', '/srv/app --port 80'] } }),
      },
      {
        title: 'of another shell',
        subject: exampleImage({ config: { Entrypoint: ['/bin/bash', '-o', 'pipefail', '-c', '/srv/app'] } }),
      },
      {
        title: 'a command without an entry point',
        subject: exampleImage({ config: { Entrypoint: [], Cmd: ['/bin/sh', '-c', '/srv/app'] } }),
      },
    ],
  },
  check: ({ config: { config }, steps }) => {
    const member = config.Entrypoint.length > 0 ? 'Entrypoint' : 'Cmd';
    if (config[member].length === 0) return notApplicable('the image names no program');
    const { program, args } = programOf(config[member]);
    const at = args.findIndex((arg) => /^-[a-z]{0,10}c$/.test(arg));
    const isShell = SHELLS.has(program) && at >= 0 && !/^\s*exec\s/.test(args[at + 1] ?? '');
    const keyword = member.toUpperCase();
    const step = steps.findLast((one) => one.keyword === keyword);
    return failOrPass(isShell ? [configEvidence(`${keyword} runs ${program} -c`, step)] : []);
  },
};
