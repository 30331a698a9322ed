/** HEALTHCHECK as one writes it, out of the two ways in which Go prints it. */

const QUOTED = /"(?:[^"\\]|\\.)*"/g;
const WITHOUT_NAMES = /^&\{(\[.*\]) ((?:"[^"]*" ?){2,4})'\\x([0-9a-f]{2})'\}$/;
const WITH_NAMES = /^\{Test:\[(\S+) ?(.*)\] ((?:[A-Z][A-Za-z]+:\S+ ){2,4})Retries:(\d{1,9})\}$/;
const OPTIONS = ['--interval=', '--timeout=', '--start-period=', '--start-interval='];

/** Undefined for any other form. What is zero was not set. */
export const healthcheckArguments = (text: string): string | undefined => withoutNames(text) ?? withNames(text);

/** `&{["CMD-SHELL" "curl localhost"] "30s" "5s" "0s" '\x03'}` */
const withoutNames = (text: string): string | undefined => {
  const [, list = '', durations = '', retries = '0'] = WITHOUT_NAMES.exec(text) ?? [];
  const test = list.match(QUOTED) ?? [];
  const [kind = '', first = '""'] = test;
  const shell = first.slice(1, -1).replace(/\\(["\\])/g, '$1');
  const values = [...durations.matchAll(/"([^"]*)"/g)].map(([, duration = '']) => duration);
  return written(kind.slice(1, -1), shell, `[${test.slice(1).join(', ')}]`, values, Number.parseInt(retries, 16));
};

/** `{Test:[CMD-SHELL curl localhost] Interval:30s Timeout:5s StartPeriod:0s StartInterval:0s Retries:3}` */
const withNames = (text: string): string | undefined => {
  const [, kind = '', test = '', durations = '', retries = '0'] = WITH_NAMES.exec(text) ?? [];
  const list = test.split(' ').map((word) => `"${word}"`);
  const values = [...durations.matchAll(/:(\S+) /g)].map(([, duration = '']) => duration);
  return written(kind, test, `[${list.join(', ')}]`, values, Number(retries));
};

const written = (
  kind: string,
  shell: string,
  list: string,
  durations: readonly string[],
  retries: number,
): string | undefined => {
  const options = durations.flatMap((duration, index) => (duration === '0s' ? [] : [`${OPTIONS[index]}${duration}`]));
  if (retries !== 0) options.push(`--retries=${retries}`);
  if (kind === 'NONE') return [...options, 'NONE'].join(' ');
  if (kind === 'CMD') return [...options, `CMD ${list}`].join(' ');
  return kind === 'CMD-SHELL' ? [...options, `CMD ${shell}`].join(' ') : undefined;
};
