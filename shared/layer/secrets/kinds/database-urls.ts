/** URLs of databases and queues with a password in them. */
import type { Detector } from '../detector.ts';
import { isPassword } from '../plausible.ts';

const SCHEMES = [
  'postgres',
  'postgresql',
  'mysql',
  'mariadb',
  'mongodb',
  'redis',
  'rediss',
  'amqp',
  'amqps',
  'mssql',
  'sqlserver',
  'cockroachdb',
  'clickhouse',
] as const;

/** What manuals write for a host, as its first label; `localhost`, `db`, `mydb` and `host1` are hosts. */
const STAND_IN_LABEL =
  /^(?:(?:your|my|some|the|a)?[-_]?(?:host(?:[-_]?name)?|server(?:[-_]?name)?|address)|your|my|some|x+|your[-_].{1,60})$/i;

/** By whole labels: a customer's host may begin with any word. */
const isStandInHost = (host: string): boolean => {
  const labels = host.split('.');
  return (
    /^[<$%{[(]/.test(host) ||
    STAND_IN_LABEL.test(labels[0] ?? '') ||
    labels.some((label) => label.toLowerCase() === 'example')
  );
};

export const DATABASE_URLS: readonly Detector[] = [
  {
    kind: 'database-url',
    recognised: `\`scheme://user:password@host\` of ${SCHEMES.join(', ')}`,
    anchors: [
      'postgres',
      'mysql',
      'mariadb',
      'mongodb',
      'redis',
      'amqp',
      'mssql',
      'sqlserver',
      'cockroachdb',
      'clickhouse',
    ],
    form: new RegExp(
      String.raw`(?<![A-Za-z0-9])(?:${SCHEMES.join('|')})(?:\+[a-z0-9]{1,20})?:\\?/\\?/(?<user>[^\s/:@"'\x60<>\\]{0,100}):(?<password>[^\s/@"'\x60<>\\]{3,300})@(?<host>[^\s/"'\x60:,?\\]{1,255})`,
      'y',
    ),
    proven: false,
    secretsIn: ({ match }) => {
      const { user = '', password = '', host = '' } = match.groups ?? {};
      return isPassword(password) && password.toLowerCase() !== user.toLowerCase() && !isStandInHost(host)
        ? [password]
        : [];
    },
  },
];
