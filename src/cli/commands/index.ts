import type { AddCommand } from '../command.ts';
import { addCancel } from './cancel.ts';
import { addExplain } from './explain.ts';
import { addPermissions } from './permissions.ts';
import { addPlan } from './plan.ts';
import { addReport } from './report.ts';
import { addRetry } from './retry.ts';
import { addRuns } from './runs.ts';
import { addSilent } from './silent.ts';
import { addStatus } from './status.ts';
import { addSync } from './sync.ts';
import { addWatch } from './watch.ts';

/** Every command, in the order of the help. */
export const commands: readonly AddCommand[] = [
  addSync,
  addPlan,
  addStatus,
  addWatch,
  addCancel,
  addRetry,
  addReport,
  addRuns,
  addExplain,
  addPermissions,
  addSilent,
];
