import { type Cloud, clouds } from '../../../dev/bicep/clouds.ts';
import type { ValueObject } from '../../../dev/bicep/values.ts';

/** One way to deploy. */
export interface Scenario {
  readonly name: string;
  readonly parameters: ValueObject;
  readonly cloud: Cloud;
}

const always = { environmentName: 'test', location: 'westeurope' };

export const clientId = '00000000-0000-4000-8000-0000000000c1';

const guarded = {
  useVirtualNetwork: true,
  lockResources: true,
  allowedIpRanges: ['203.0.113.0/24'],
  notifyEmails: ['operations@example.com'],
  alwaysReadyInstances: 1,
};

const entra = {
  entraClientId: clientId,
  entraApplicationObjectId: '00000000-0000-4000-8000-0000000000c2',
  watchGraphActivity: true,
};

/** Ways to deploy that together reach every resource and both sides of every choice. */
export const scenarios: readonly Scenario[] = [
  { name: 'by default', parameters: always, cloud: clouds.public },
  { name: 'guarded', parameters: { ...always, ...guarded }, cloud: clouds.public },
  { name: 'with Entra ID', parameters: { ...always, ...entra }, cloud: clouds.public },
  {
    name: 'with Entra ID and keys',
    parameters: { ...always, ...entra, allowFunctionKeys: true },
    cloud: clouds.public,
  },
  {
    name: 'everything, in the US government cloud on Node 22',
    parameters: { ...always, ...guarded, ...entra, graphCloud: 'usGov', nodeVersion: '22' },
    cloud: clouds.usGov,
  },
];
