import { type Check, deployed, distinct, textAt, valueAt } from '../infrastructure.ts';
import { type Value, isList, textOf } from '../../../../dev/bicep/values.ts';
import { differs } from './require.ts';

const RULE = 'Microsoft.Insights/scheduledQueryRules';
const GROUP = 'Microsoft.Insights/actionGroups';

/** ISO 8601 durations of rules, in minutes. */
function minutes(duration: Value | undefined): number {
  const [, days = 0, hours = 0, rest = 0] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(textOf(duration ?? '')) ?? [];
  return Number(days) * 1440 + Number(hours) * 60 + Number(rest);
}

/** The longest window of a log alert. */
const TWO_DAYS = 2 * 1440;

export const rulesSeeWhatArrivesLate: Check = (infrastructure) =>
  distinct(
    deployed(infrastructure, RULE).flatMap(({ where, name, body }) => {
      const window = minutes(valueAt(body, 'properties.windowSize'));
      const every = minutes(valueAt(body, 'properties.evaluationFrequency'));
      return [
        ...(window > TWO_DAYS ? [`${name} looks back further than the two days of an alert`] : []),
        ...(window > every
          ? []
          : [`${name} would miss what arrives late: its window is its interval`]),
      ].map((problem) => ({ where, problem }));
    }),
  );

export const rulesCanBeDeployedFirst: Check = (infrastructure) =>
  distinct(
    deployed(infrastructure, RULE).flatMap(({ where, body }) =>
      // The tables appear with their first rows.
      differs(
        where,
        'properties.skipQueryValidation',
        valueAt(body, 'properties.skipQueryValidation'),
        true,
      ),
    ),
  );

/** A rule about this app that started a run would keep starting runs. */
export const rulesOnlyNotify: Check = ({ deployments }) =>
  distinct(
    deployments.flatMap(({ deployment: { resources } }) => {
      const notify = resources.find(({ type, symbol }) => type === GROUP && symbol === 'notify');
      return resources
        .filter(({ type }) => type === RULE)
        .flatMap(({ where, body }) =>
          differs(
            where,
            'properties.actions.actionGroups',
            valueAt(body, 'properties.actions.actionGroups'),
            [notify?.id ?? ''],
          ),
        );
    }),
  );

/** The group that starts runs proves who it is by a token. */
export const triggerUsesTokens: Check = (infrastructure) => {
  const triggers = deployed(infrastructure, GROUP).filter(({ symbol }) => symbol === 'trigger');
  if (triggers.length === 0) return [{ where: 'infra', problem: 'there is no trigger group' }];
  return distinct(
    triggers.flatMap(({ where, body }) => {
      const receivers = valueAt(body, 'properties.webhookReceivers');
      return (isList(receivers) ? receivers : []).flatMap((receiver, i) => [
        ...differs(
          where,
          `webhookReceivers.${i}.useAadAuth`,
          valueAt(receiver, 'useAadAuth'),
          true,
        ),
        ...differs(
          where,
          `webhookReceivers.${i}.useCommonAlertSchema`,
          valueAt(receiver, 'useCommonAlertSchema'),
          true,
        ),
      ]);
    }),
  );
};

/** Each rule has its page, which its description names, and each page its rule. */
export const rulesHavePages: Check = (infrastructure) => {
  const rules = deployed(infrastructure, RULE);
  const named = rules.map(({ where, body }) => {
    const description = textOf(valueAt(body, 'properties.description') ?? '');
    return { where, page: /docs\/alerts\/[\w-]+\.md/.exec(description)?.[0] ?? 'no page' };
  });
  const pages = [...infrastructure.project.texts.keys()].filter((path) =>
    path.startsWith('docs/alerts/'),
  );
  return distinct([
    ...named
      .filter(({ page }) => textAt(infrastructure, page) === '')
      .map(({ where, page }) => ({ where, problem: `${page} does not exist` })),
    ...pages
      .filter((page) => !named.some((rule) => rule.page === page))
      .map((page) => ({ where: page, problem: 'is about no rule' })),
    ...pages
      .filter(
        (page) => !/^## What it means$[^]*^## What to do$/m.test(textAt(infrastructure, page)),
      )
      .map((page) => ({ where: page, problem: 'does not say what it means and what to do' })),
  ]);
};
