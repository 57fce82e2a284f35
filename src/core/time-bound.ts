const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The longest duration, in days: ten years. A longer one is a slip of the keyboard. */
const MAX_DAYS = 3653;
/** The mean month and year of the Gregorian calendar, for the comparison with `MAX_DAYS` only. */
const MEAN_MONTH_DAYS = 365.2425 / 12;

const instantForm =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d))?$/;
const weeksForm = /^P(?<weeks>\d{1,9}(?:[.,]\d{1,9})?)W$/;
// A fraction of a month has no length, so only the units below it may carry one.
const durationForm =
  /^P(?=.)(?:(?<years>\d{1,9})Y)?(?:(?<months>\d{1,9})M)?(?:(?<days>\d{1,9}(?:[.,]\d{1,9})?)D)?(?:T(?=.)(?:(?<hours>\d{1,9}(?:[.,]\d{1,9})?)H)?(?:(?<minutes>\d{1,9}(?:[.,]\d{1,9})?)M)?(?:(?<seconds>\d{1,9}(?:[.,]\d{1,9})?)S)?)?$/;

interface Duration {
  /** Years and months together, whole. */
  readonly months: number;
  /** The rest; every day has 24 hours, because the calendar is that of UTC. */
  readonly ms: number;
}

/**
 * The moment that a bound of a scope means, ms since the epoch.
 *
 * Takes an ISO 8601 instant with its zone (`2026-01-31T08:00:00Z`, `…+02:00`; a date alone is its
 * midnight in UTC) or an ISO 8601 duration counted back from `now` (`P30D`, `PT12H`, `P1W`,
 * `P1DT12H`). Months and years go by the calendar of UTC: a month before 31 March is the last of
 * February. Only the smallest unit may have a fraction, and it must not be a month or a year.
 *
 * Whether a duration is one does not depend on `now` (from 1981 on), so a text that was accepted
 * once stays good.
 *
 * @param now ms since the epoch
 * @returns `undefined` for anything else: no zone, a day the month does not have, a moment before
 *   1970, a duration of zero or of more than ten years
 */
export function parseTimeBound(text: string, now: number): number | undefined {
  const at = text.startsWith('P') ? countBack(text, now) : parseInstant(text);
  return at !== undefined && at >= 0 ? at : undefined;
}

function parseInstant(text: string): number | undefined {
  const [, year, month, day] = instantForm.exec(text) ?? [];
  if (year === undefined) return undefined;
  // `Date.parse` turns 30 February into 2 March.
  if (Number(day) > daysInMonth(Number(year), Number(month) - 1)) return undefined;
  return Date.parse(text);
}

function countBack(text: string, now: number): number | undefined {
  const duration = parseDuration(text);
  if (duration === undefined) return undefined;
  const { months, ms } = duration;
  const days = months * MEAN_MONTH_DAYS + ms / DAY_MS;
  if (days === 0 || days > MAX_DAYS) return undefined;
  return monthsBefore(now, months) - ms;
}

function parseDuration(text: string): Duration | undefined {
  // Units that are not given are present as `undefined`.
  const units: Record<string, string | undefined> | undefined = (
    weeksForm.exec(text) ?? durationForm.exec(text)
  )?.groups;
  if (units === undefined) return undefined;
  const given = Object.values(units).filter((amount) => amount !== undefined);
  if (given.slice(0, -1).some((amount) => /[.,]/.test(amount))) return undefined;
  const amount = (unit: string) => Number(units[unit]?.replace(',', '.') ?? 0);
  const hours = amount('hours') + amount('minutes') / 60 + amount('seconds') / 3600;
  const days = amount('weeks') * 7 + amount('days');
  return {
    months: amount('years') * 12 + amount('months'),
    ms: Math.round(days * DAY_MS + hours * HOUR_MS),
  };
}

/** The same day and time `months` earlier, or the last day of a month that is too short for it. */
function monthsBefore(now: number, months: number): number {
  const date = new Date(now);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  date.setUTCDate(Math.min(day, daysInMonth(date.getUTCFullYear(), date.getUTCMonth())));
  return date.getTime();
}

/** @param month 0 to 11 */
function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}
