import { Cron } from 'croner';
import { expandField } from './ncrontab-field.ts';
import type { FieldKind } from './ncrontab-field.ts';

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August'],
  ...['September', 'October', 'November', 'December'],
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const FIELDS: readonly FieldKind[] = [
  { name: 'second', min: 0, max: 59 },
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of month', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'day of week', min: 0, max: 6, names: DAYS },
];

/**
 * Reads an NCRONTAB expression of six fields, `{second} {minute} {hour} {day} {month} {day of week}`,
 * or of five without the seconds. Both day fields must fit (in Unix cron one of them is enough).
 *
 * @returns a function that gives the first occurrence after an instant, in UTC
 * @throws Error that names the wrong field, also for a date that never comes (30 February)
 */
export function parseNcrontab(expression: string): (after: Date) => Date {
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== 5 && fields.length !== 6) {
    throw new Error(`it has ${fields.length} fields, not 6 (or 5 without seconds)`);
  }
  const texts = fields.length === 5 ? ['0', ...fields] : fields;
  // Every field is spelled out for croner, whose own notation differs in steps, names and Sunday.
  const plain = FIELDS.map((kind, index) => expandField(texts[index] ?? '', kind).join(','));
  const cron = new Cron(plain.join(' '), { timezone: 'UTC', domAndDow: true, mode: '6-part' });
  const next = (after: Date): Date => {
    const occurrence = cron.nextRun(after);
    if (occurrence === null) throw new Error('it has no next occurrence');
    return occurrence;
  };
  next(new Date(0));
  return next;
}
