const FORMAT = /^(?:(\d{1,7})\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?$/;

/**
 * Reads a .NET TimeSpan, `[d.]hh:mm[:ss[.fffffff]]`, the notation of host.json and timer schedules.
 *
 * @returns milliseconds, or undefined when the text is not a TimeSpan
 */
export function parseTimeSpan(text: string): number | undefined {
  const match = FORMAT.exec(text.trim());
  if (match === null) return undefined;
  const [, days = '0', hours = '', minutes = '', seconds = '0', fraction = '0'] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const wholeSeconds =
    ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return wholeSeconds * 1000 + Math.trunc(Number(`0.${fraction}`) * 1000);
}
