import { z } from 'zod';
import { textOf } from '../../../../dev/bicep/values.ts';
import { type Check, deployed, distinct, valueAt } from '../infrastructure.ts';

const workbookSchema = z.object({
  version: z.literal('Notebook/1.0'),
  fallbackResourceIds: z.array(z.string()).length(1),
  items: z.array(
    z.object({
      type: z.number(),
      name: z.string(),
      content: z.object({ query: z.string().optional(), title: z.string().optional() }),
    }),
  ),
});

/** What type of item shows a query. */
const QUERY_ITEM = 3;

/** What the workbook must show, by the name of its query. */
const shown = [
  'runs',
  'success-and-error-rate',
  'throttled-answers',
  'duration-against-deadline',
  'check-in-rate',
  'silent-devices',
  'execution-cost',
];

const guid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

export const workbookShowsTheQueries: Check = (infrastructure) =>
  distinct(
    deployed(infrastructure, 'Microsoft.Insights/workbooks').flatMap(({ where, body }) => {
      const text = textOf(valueAt(body, 'properties.serializedData') ?? '');
      const parsed = workbookSchema.safeParse(JSON.parse(text));
      if (!parsed.success) return [{ where, problem: `no workbook: ${parsed.error.message}` }];
      const items = parsed.data.items.filter(({ type }) => type === QUERY_ITEM);
      const names = items.map(({ name }) => name);
      return [
        ...items
          .filter(({ content }) => (content.query ?? '') === '')
          .map(({ name }) => `the item ${name} has no query of that name`),
        ...shown.filter((name) => !names.includes(name)).map((name) => `${name} is not shown`),
        ...(guid.test(text) ? ['names a resource by its id'] : []),
      ].map((problem) => ({ where, problem }));
    }),
  );
