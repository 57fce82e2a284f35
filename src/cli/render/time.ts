/** Seconds, rounded, as `45 s`, `2 min 05 s` or `1 h 02 min`. */
export function renderSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes === 0) return `${whole} s`;
  if (minutes < 60) return `${minutes} min ${twoDigits(whole % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

/** An instant of the API as `2026-11-21 08:00:00 UTC`; `-` when there is none. */
export function renderInstant(iso: string | null | undefined): string {
  const at = Date.parse(iso ?? '');
  if (Number.isNaN(at)) return '-';
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
