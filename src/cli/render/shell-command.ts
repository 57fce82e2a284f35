import type { Delivery } from '../api/start-body.ts';

/** The command that runs a plan in the way it was planned. */
export function fromPlanCommand(planId: string, delivery: Delivery): string {
  const { reason, priority, mode, renudge } = delivery;
  return [
    `fleet-sync sync --from-plan ${planId}`,
    ...(priority === 'urgent' ? ['--urgent'] : []),
    ...(mode === undefined ? [] : [`--mode ${mode}`]),
    ...(renudge ? ['--renudge'] : []),
    ...(reason === undefined ? [] : [`--reason ${quote(reason)}`]),
  ].join(' ');
}

/** A word for a POSIX shell; PowerShell reads it alike unless there is an apostrophe in it. */
function quote(text: string): string {
  if (/^[\w.-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
