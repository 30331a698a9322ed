/** The seven forms in which AWS's sources write a point in time, as one. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2024-06-27T00:56:32.023000+02:00`: a space for the T, any number of fraction digits, and no offset (UTC) occur. */
const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):?(\d\d)?)?$/i;
/** `Wed Sep 04 16:55:38.411 UTC 2024` */
const JAVA_DATE = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d+))? (?:UTC|GMT) (\d{4})$/;
/** `Dec 3, 2021, 6:02:30 PM`, in UTC; newer Javas write a narrow no-break space before AM and PM. */
const US_ENGLISH = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}),? (\d{1,2}):(\d\d):(\d\d)\s([AP])M$/;

/** Numbers above this are milliseconds: as seconds they would be after the year 5138. */
const LARGEST_SECONDS = 1e11;
/** Beyond this a year has more than four digits, and text order would no longer be time order. */
const END_OF_9999 = Date.UTC(10_000, 0, 1);

/**
 * ISO 8601 in UTC with milliseconds (`2024-09-04T16:55:38.411Z`), whatever the machine's time zone and locale;
 * undefined for anything that names no point in time from 1970 to 9999. Never throws.
 */
export const parseTimestamp = (value: unknown): string | undefined => {
  const milliseconds = typeof value === 'number' ? fromNumber(value) : fromText(value);
  if (milliseconds === undefined || !(milliseconds >= 0 && milliseconds < END_OF_9999)) return undefined;
  return new Date(milliseconds).toISOString();
};

/** Zero is a field that nobody set. */
const fromNumber = (value: number): number | undefined => {
  if (!(value > 0)) return undefined;
  return Math.round(value > LARGEST_SECONDS ? value : value * 1000);
};

const fromText = (value: unknown): number | undefined => {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return fromIso(text) ?? fromJavaDate(text) ?? fromUsEnglish(text);
};

const fromIso = (text: string): number | undefined => {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction, sign, offsetHours, offsetMinutes] = match;
  const local = utc(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    fraction,
  );
  if (local === undefined || Number(offsetHours ?? 0) > 23 || Number(offsetMinutes ?? 0) > 59) return undefined;
  const offset = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * 60_000;
  return sign === '-' ? local + offset : local - offset;
};

const fromJavaDate = (text: string): number | undefined => {
  const match = JAVA_DATE.exec(text);
  if (!match) return undefined;
  const [, month = '', day, hour, minute, second, fraction, year] = match;
  return utc(Number(year), MONTHS.indexOf(month), Number(day), Number(hour), Number(minute), Number(second), fraction);
};

const fromUsEnglish = (text: string): number | undefined => {
  const match = US_ENGLISH.exec(text);
  if (!match) return undefined;
  const [, month = '', day, year, hour, minute, second, half] = match;
  if (Number(hour) < 1 || Number(hour) > 12) return undefined;
  const hours = (Number(hour) % 12) + (half === 'P' ? 12 : 0);
  return utc(Number(year), MONTHS.indexOf(month), Number(day), hours, Number(minute), Number(second), undefined);
};

/** Date.UTC carries 30 February over into March and an unknown month (-1) into the year before: here they are no dates. */
const utc = (
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  fraction: string | undefined,
): number | undefined => {
  const milliseconds = Number((fraction ?? '').slice(0, 3).padEnd(3, '0'));
  const date = new Date(Date.UTC(year, month, day, hour, minute, second, milliseconds));
  const isSame =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second;
  return isSame ? date.getTime() : undefined;
};
