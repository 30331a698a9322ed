/** Reads the many forms in which Inspector writes a time: its API, its events of now and those of earlier years. */

/** `Wed Sep 04 16:55:38.411 UTC 2024` */
const UNIX_DATE = /^\w{3} (\w{3}) (\d{1,2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,3}))?\d* UTC (\d{4})$/;
/** `2025-06-03 10:11:12.123456+00:00`, with or without the T, the fraction and the zone. */
const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,3})\d*)?(Z|[+-]\d{2}:?\d{2})?$/;
/** `Dec 3, 2021, 6:02:30 PM` */
const US_DATE = /^(\w{3} \d{1,2}, \d{4}), (\d{1,2}:\d{2}:\d{2}) ([AP]M)$/;

const isoFrom = (text: string): string | undefined => {
  const [iso, date, time, fraction = '0', zone = 'Z'] = ISO.exec(text) ?? [];
  if (iso !== undefined) return `${date}T${time}.${fraction.padEnd(3, '0')}${zone}`;
  const [unix, month, day, clock, milliseconds = '0', year] = UNIX_DATE.exec(text) ?? [];
  if (unix !== undefined) return `${month} ${day}, ${year} ${clock}.${milliseconds.padEnd(3, '0')} UTC`;
  const [us, usDate, usTime, half] = US_DATE.exec(text) ?? [];
  return us === undefined ? undefined : `${usDate} ${usTime} ${half} UTC`;
};

/** Numbers are epoch seconds, with or without a fraction. Undefined for any other form. */
export const timeFrom = (value: unknown): Date | undefined => {
  const isSeconds = typeof value === 'number' || (typeof value === 'string' && /^\d{9,11}(\.\d+)?$/.test(value));
  if (isSeconds) return new Date(Math.round(Number(value) * 1000));
  const text = typeof value === 'string' ? isoFrom(value) : undefined;
  const date = new Date(text ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
};
