import { appendFileSync, existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Writes something down where the test finds it, also when this process is killed afterwards. */
export function observe(what: unknown): void {
  appendFileSync(process.env['OBSERVATIONS'] ?? '', `${JSON.stringify(what)}\n`);
}

/** Waits until the test says go on. */
export async function untilReleased(): Promise<void> {
  while (!existsSync(process.env['RELEASE'] ?? '')) await delay(10);
}
