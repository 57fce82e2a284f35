import type { Ports } from '../../src/use-cases/ports.ts';

/** The moment at which a process is killed: before or after the effect of its nth port call. */
export interface CrashPoint {
  readonly call: number;
  readonly when: 'before' | 'after';
}

/** What a process did to the world, call by call: `runs.update`, `queue.enqueuePlan`. */
export type CallLog = string[];

/** The calls that change something. Being killed around a read is the same as around its successor. */
const writes = new Set([
  'runs.create',
  'runs.update',
  'runs.remove',
  'openRuns.admit',
  'keys.claim',
  'keys.release',
  'starts.draw',
  'ledger.clear',
  'ledger.addBatches',
  'ledger.addSkipped',
  'ledger.saveBatch',
  'ledger.finishBatch',
  'ledger.saveVerdicts',
  'queue.enqueuePlan',
  'queue.enqueueBatches',
  'queue.enqueueMonitor',
  'sender.send',
  'sender.sendBulk',
  'budget.reserve',
  'budget.throttle',
  'budget.announceUrgent',
  'telemetry.emit',
  'notifier.notify',
]);

type Call = (...args: unknown[]) => unknown;

/**
 * The ports of a process that dies at a given write. A dead process is one whose calls never
 * return: nothing after them runs, no `catch`, no `finally`, as with SIGKILL.
 *
 * @param onDeath told once, at the moment of death
 */
export function mortalPorts(
  ports: Ports,
  { log, crash, onDeath }: { log: CallLog; crash?: CrashPoint; onDeath?: () => void },
): Ports {
  let isDead = false;
  const die = () => {
    if (!isDead) onDeath?.();
    isDead = true;
    return new Promise<never>(() => undefined);
  };
  const guard = (name: string, call: Call): Call => {
    return (...args) => {
      if (isDead) return new Promise<never>(() => undefined);
      if (!writes.has(name)) return call(...args);
      log.push(name);
      const isTheOne = crash !== undefined && log.length - 1 === crash.call;
      if (isTheOne && crash.when === 'before') return die();
      return Promise.resolve(call(...args)).then((result) =>
        isDead || (isTheOne && crash.when === 'after') ? die() : result,
      );
    };
  };
  const guarded = Object.entries(ports).map(([port, target]: [string, unknown]) => {
    if (typeof target !== 'object' || target === null || port === 'clock') return [port, target];
    const proxy = new Proxy(target, {
      get(object, property) {
        const value: unknown = Reflect.get(object, property, object);
        if (typeof value !== 'function') return value;
        return guard(`${port}.${String(property)}`, (value as Call).bind(object));
      },
    });
    return [port, proxy];
  });
  return Object.fromEntries(guarded) as Ports;
}
