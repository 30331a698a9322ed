/** Names that miners and what hides them go by, wherever they lie. */
import { isRegular, type Look } from './sighting.ts';

const MINERS = [
  ...['xmrig', 'xmrig-notls', 'xmrigDaemon', 'xmrigMiner', 'xmr-stak', 'xmr-stak-cpu', 'xmr-stak-rx'],
  ...['minerd', 'cpuminer', 'cpuminer-multi', 'ccminer', 'ethminer', 'nbminer'],
];
/** What the campaigns named Kinsing, H2Miner, WatchDog and TeamTNT leave behind. */
const CAMPAIGNS = ['kinsing', 'kdevtmpfsi', 'kthreaddi', 'kthreaddk', 'watchbog', 'tntrecht'];
/** Libraries and modules that hide processes from whoever looks. */
const HIDERS = ['libprocesshider.so', 'diamorphine.ko'];

const NAMES = new Set([...MINERS, ...CAMPAIGNS, ...HIDERS]);

export const maliciousName: Look = ({ entry, base }) =>
  NAMES.has(base) && isRegular(entry) ? { kind: 'malicious-name' } : undefined;
