/** IMG-045: downloads whose server nobody checks. */

import { failOrPassByCommands, offendingCommands } from './command-evidence.ts';
import { appStep, exampleImage } from './example-image.ts';
import type { ImageRule } from './image-rule.ts';
import type { ShellCommand } from './shell-command.ts';

const example = (title: string, text: string) => ({ title, subject: exampleImage({ steps: [appStep(text)] }) });

export const tlsVerificationOff: ImageRule = {
  id: 'IMG-045',
  title: 'The build downloads without checking the server',
  rationale:
    'Without TLS, or with its check switched off, whoever sits on the way from the build to the server decides what is installed.',
  severity: 'MEDIUM',
  class: 'supply-chain',
  confirmed: true,
  references: { nist: ['3.2.1', '3.1.5', '4.1.5'], cis: [], others: [] },
  remediation:
    'Put the missing CA certificate into the image (`COPY ca.crt /usr/local/share/ca-certificates/`, `update-ca-certificates`) and use https addresses.',
  examples: {
    good: [
      example('an ordinary download', 'RUN curl -fsSLo k.tgz https://example.com/k.tgz'),
      example(
        'apt, whose lists are signed',
        'RUN echo "deb http://deb.debian.org/debian bookworm main" > /etc/apt/sources.list',
      ),
      example('an index on the same machine', 'RUN pip install --index-url http://localhost:3141/simple app'),
      example('a file whose name has a k behind its option', 'RUN curl -ok https://example.com/k'),
    ],
    bad: [
      example('curl -k', 'RUN curl -sk https://example.com/a.tgz -o a.tgz'),
      example('curl --insecure', 'RUN curl --insecure https://example.com/a.tgz'),
      example('wget', 'RUN wget --no-check-certificate https://example.com/a.tgz'),
      example('git', 'RUN git -c http.sslVerify=false clone https://example.com/a.git'),
      example('git for good', 'RUN git config --global http.sslVerify false'),
      example('apt', 'RUN apt-get -o Acquire::https::Verify-Peer=false update'),
      example(
        'a list of packages that nobody signs for',
        'RUN echo "deb [trusted=yes] http://example.com/debian ./" > /etc/apt/sources.list.d/a.list',
      ),
      example('an index without TLS', 'RUN pip install -i http://pypi.example.com/simple app'),
      example('a repository without TLS', 'RUN yum-config-manager --add-repo http://example.com/a.repo'),
    ],
  },
  check: (image) => failOrPassByCommands(image, offendingCommands(image.steps, isUnchecked)),
};

const isUnchecked = (command: ShellCommand): boolean => {
  const { program, args, words } = command;
  if (words.some((word) => /^GIT_SSL_NO_VERIFY=(?!0$|false$|$)/i.test(word))) return true;
  switch (program) {
    case 'curl':
      return args.some((arg) => arg === '--insecure' || arg === '--proxy-insecure' || hasShortK(arg));
    case 'wget':
      return args.includes('--no-check-certificate');
    case 'git':
      return args.some(
        (arg, at) =>
          /^http\..{0,200}sslverify=(?:false|0|no|off)$/i.test(arg) ||
          (/^http\..{0,200}sslverify$/i.test(arg) && /^(?:false|0|no|off)$/i.test(args[at + 1] ?? '')),
      );
    case 'apt':
    case 'apt-get':
      return args.some((arg) =>
        /^Acquire::https::.{0,200}?Verify-(?:Peer|Host)=(?:false|0|no)$/i.test(arg.replace(/^-o/, '')),
      );
    case 'echo':
    case 'printf':
      return args.some((arg) =>
        /\bdeb(?:-src)?\s{1,5}\[[^\]]{0,200}\btrusted=yes\b[^\]]{0,200}\]\s{1,5}http:\/\//.test(arg),
      );
    default:
      return isPackageManager(program) && (setsVerifyOff(args) || namesPlainSource(args));
  }
};

/** `-sk`, not `-ok`: what stands behind an option that takes a value is the value. */
const hasShortK = (arg: string): boolean => /^-[afgGiIjJlLMnNOpqRsSvVBZ#0-46]{0,30}k/.test(arg);

const isPackageManager = (program: string): boolean =>
  /^(?:pip[\d.]*|npm|yarn|pnpm|gem|yum|dnf|microdnf|zypper|yum-config-manager)$/.test(program);

const setsVerifyOff = (args: readonly string[]): boolean => args.some((arg) => /sslverify=(?:0|false|no)$/i.test(arg));

/** Options that name where packages come from. */
const SOURCE = /^(?:-i|--index-url|--extra-index-url|-f|--find-links|--registry|--source|-s|--add-repo|ar|addrepo)$/;
const PLAIN = /^http:\/\/(?!localhost\b|127\.|\[::1\])/i;

const namesPlainSource = (args: readonly string[]): boolean =>
  args.some((arg, at) => {
    const [option = '', value = ''] = arg.split('=', 2);
    return (SOURCE.test(option) && PLAIN.test(value)) || (SOURCE.test(args[at - 1] ?? '') && PLAIN.test(arg));
  });
