/** Keys of Google and Azure. */
import type { Detector } from '../detector.ts';
import { isRandom } from '../plausible.ts';
import { DIGITS, followedBy, LETTERS, token } from './tokens.ts';

/** The keys of Microsoft's emulators for Storage and Cosmos DB, the same on every machine: how they begin. */
const EMULATOR = /^(?:Eby8vdM02xNO|C2y6yDjf5\/R\+)/;

export const OTHER_CLOUDS: readonly Detector[] = [
  {
    ...token({
      kind: 'google-api-key',
      recognised: '`AIza` with 35 characters',
      anchors: ['AIza'],
      form: String.raw`AIza(?<random>[\w-]{35})`,
      entropy: 3.8,
    }),
    // Google's own programs and others bring theirs with them, for everybody to see.
    proven: false,
  },
  {
    kind: 'azure-storage-key',
    recognised:
      '`AccountKey=` (Storage, Cosmos DB) and `SharedAccessKey=` (Service Bus, Event Hubs) of connection strings',
    anchors: ['AccountKey=', 'SharedAccessKey='],
    form: /(?:AccountKey|SharedAccessKey)=(?<secret>[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)(?![A-Za-z0-9+/=])/y,
    proven: true,
    secretsIn: ({ match }) => {
      const secret = match.groups?.secret ?? '';
      return isRandom(secret, 4) && !EMULATOR.test(secret) ? [secret] : [];
    },
  },
  token({
    kind: 'azure-client-secret',
    recognised: 'the secret of an application in Entra ID: `…8Q~…`',
    anchors: [...DIGITS].flatMap((digit) => followedBy(`${digit}Q~`, `${LETTERS}${DIGITS}_~.-`)),
    before: 3,
    form: String.raw`(?<random>(?<![.~])[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34})(?![.~])`,
    entropy: 4,
  }),
];
