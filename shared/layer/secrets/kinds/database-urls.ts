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

/** Hosts of manuals; `localhost` and `db` are hosts. */
const NO_HOST = /^(?:host(?:name)?|server|example|address|your|my|some|<|\$|%|\{|x\b)|\.?example\b/i;

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
      return isPassword(password) && password.toLowerCase() !== user.toLowerCase() && !NO_HOST.test(host)
        ? [password]
        : [];
    },
  },
];
