import { setTimeout as delay } from 'node:timers/promises';
import { describeError } from '../log/describe-error.ts';
import type { HostMessage, InstanceConfig, InstanceMessage } from '../protocol.ts';
import { ConfigurationError } from '../settings/configuration-error.ts';
import { startInstance } from './instance.ts';
import type { Instance } from './instance.ts';
import { watchHost } from './watch-host.ts';

/*
 * The process of one instance. The host starts it, speaks to it over IPC and replaces it when it
 * ends.
 */

/** After a timeout, the failed invocations get so long to give their messages back. */
const RESTART_GRACE_MS = 5_000;
/** Grace of an instance that is told to stop by a signal of its own, without the host. */
const SIGNAL_GRACE_MS = 10_000;

let instance: Promise<Instance> | undefined;
let isStopping = false;

process.on('message', (message) => {
  // Only the host has the other end of this channel.
  const command = message as HostMessage;
  switch (command.type) {
    case 'start':
      instance = start(command.config);
      break;
    case 'stop':
      void stop(command.graceMs, 0);
      break;
  }
});
// Without its host nobody would ever stop this process.
process.on('disconnect', () => process.exit(1));
watchHost();
// Ctrl+C reaches every process of the terminal; the host decides how instances end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => void stop(SIGNAL_GRACE_MS, 0));
process.on('uncaughtException', (error) => {
  const message = `the app crashed outside a function: ${describeError(error)}`;
  send({ type: 'log', entry: { level: 'critical', message } }, () => process.exit(1));
});

async function start(config: InstanceConfig): Promise<Instance> {
  try {
    const started = await startInstance(
      config,
      process.env,
      (entry) => send({ type: 'log', entry }),
      () => void stop(RESTART_GRACE_MS, 1),
    );
    send({ type: 'ready', port: started.port, functions: started.functions });
    return started;
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const text = error instanceof ConfigurationError ? error.message : stack;
    send({ type: 'failed', error: text }, () => process.exit(1));
    return await new Promise<never>(() => undefined);
  }
}

async function stop(graceMs: number, exitCode: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  send({ type: 'draining' });
  const started = await Promise.race([instance, delay(graceMs)]);
  await started?.stop(graceMs);
  // The callback comes when everything sent before has left the process.
  send({ type: 'draining' }, () => process.exit(exitCode));
}

function send(message: InstanceMessage, whenSent?: () => void): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => whenSent?.());
  else whenSent?.();
}
