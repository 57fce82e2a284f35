import type { AddCommand } from '../command.ts';
import { exitCodeOfRun } from '../exit-code.ts';
import { makePlan } from '../make-plan.ts';
import { renderPlan } from '../render/plan.ts';
import { fromPlanCommand } from '../render/shell-command.ts';
import {
  type StartOptions,
  addKeyOption,
  addStartOptions,
  readDelivery,
  readSelection,
} from '../start-options.ts';

/** `plan`: what a sync would do, without sending anything. */
export const addPlan: AddCommand = (program, perform) => {
  const command = program
    .command('plan')
    .description('show which devices a sync would reach, and how long it would take; send nothing');
  const scope = addStartOptions(command);
  addKeyOption(command);
  command.action(
    perform(async (session, options: StartOptions) => {
      const delivery = readDelivery(options);
      const body = { ...(await readSelection(options, scope)), ...delivery };
      const plan = await makePlan(
        session,
        body,
        options.idempotencyKey ?? session.context.newKey(),
      );
      session.result(plan, () => renderPlan(plan, fromPlanCommand(plan.id, delivery)));
      return exitCodeOfRun(plan);
    }),
  );
};
