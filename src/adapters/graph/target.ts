import { z } from 'zod';
import type { TargetList } from '../../core/actions/action.ts';
import type { BatchDevice } from '../../core/device.ts';
import { graphInstant } from './graph-instant.ts';

/** An entry of a list of targets, as a batch keeps it: only the id must be there. */
export function targetSchema({ platform, nameProperty, lastSyncProperty }: TargetList) {
  return z.looseObject({ id: z.string().min(1) }).transform(({ id, ...entry }): BatchDevice => {
    const text = (property: string): string => {
      const value = entry[property];
      return typeof value === 'string' ? value : '';
    };
    const lastSyncAt = graphInstant(text(lastSyncProperty));
    return { id: id.toLowerCase(), name: text(nameProperty), platform, lastSyncAt };
  });
}
