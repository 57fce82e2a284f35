import { createDraw, pick, type Draw } from '../random.ts';
import type { FleetSettings } from './fleet-options.ts';
import { platformNames, platforms, type Platform, type PlatformName } from './platforms.ts';

/** What a device is, by its index; nothing of it ever changes. */
export interface Traits {
  platformName(index: number): PlatformName;
  platform(index: number): Platform;
  isCompany(index: number): boolean;
  isCoManaged(index: number): boolean;
  /** Configuration Manager has a client on it, and Intune only shows it. */
  isTenantAttached(index: number): boolean;
  /** Graph's `managementAgent`. */
  agent(index: number): string;
  /** Graph's `managementState`. */
  state(index: number): string;
  /** Graph's `complianceState`. */
  compliance(index: number): string;
  isRegistered(index: number): boolean;
  hasNeverSynced(index: number): boolean;
  isGone(index: number): boolean;
  /** Whether Intune accepts a sync for it, judged by platform, agent and `refusedShare`. */
  acceptsSync(index: number): boolean;
  /** When it answers a sync. */
  answers(index: number): 'soon' | 'late' | 'never';
}

const coManagedAgent = 'configurationManagerClientMdm';
const tenantAttachedAgent = 'configurationManagerClient';
const leavingStates = ['retirePending', 'wipeIssued', 'deletePending'];
const otherCompliance = ['noncompliant', 'noncompliant', 'inGracePeriod', 'unknown'];

/** Draws the traits of every device of a fleet from its seed. */
export function createTraits(fleet: FleetSettings): Traits {
  const draw = (name: string) => createDraw(fleet.seed, name);
  const has = (name: string, share: number) => {
    const drawn = draw(name);
    return (index: number) => drawn(index) < share;
  };
  const platformName = createPlatformChoice(fleet, draw('platform'));
  const platform = (index: number) => platforms[platformName(index)];
  const coManaged = has('coManaged', fleet.coManagedShare);
  const tenantAttached = has('tenantAttached', fleet.tenantAttachedShare);
  const noSyncAgent = has('noSyncAgent', fleet.noSyncAgentShare);
  const refused = has('refused', fleet.refusedShare);
  const leaving = has('leaving', fleet.leavingShare);
  const compliant = has('compliant', fleet.compliantShare);
  const registered = has('registered', 1 - fleet.unregisteredShare);
  const [agentDraw, stateDraw, complianceDraw] = [draw('agent'), draw('state'), draw('compliance')];

  const isCoManaged = (index: number) =>
    platformName(index) === 'windows' && !noSyncAgent(index) && coManaged(index);
  const isTenantAttached = (index: number) =>
    platformName(index) === 'windows' &&
    !noSyncAgent(index) &&
    !coManaged(index) &&
    tenantAttached(index);
  return {
    platformName,
    platform,
    isCompany: has('company', fleet.companyShare),
    isCoManaged,
    isTenantAttached,
    agent(index) {
      if (isCoManaged(index)) return coManagedAgent;
      if (isTenantAttached(index)) return tenantAttachedAgent;
      const { agent, agentsWithoutSync } = platform(index);
      return noSyncAgent(index) ? pick(agentsWithoutSync, agentDraw(index)) : agent;
    },
    state: (index) => (leaving(index) ? pick(leavingStates, stateDraw(index)) : 'managed'),
    compliance: (index) =>
      compliant(index) ? 'compliant' : pick(otherCompliance, complianceDraw(index)),
    isRegistered: registered,
    hasNeverSynced: has('neverSynced', fleet.neverSyncedShare),
    isGone: has('gone', fleet.goneShare),
    acceptsSync: (index) =>
      platform(index).canSync && !noSyncAgent(index) && !isTenantAttached(index) && !refused(index),
    answers: createAnswers(fleet, draw('answers')),
  };
}

function createAnswers(fleet: FleetSettings, draw: Draw): Traits['answers'] {
  return (index) => {
    const drawn = draw(index);
    if (drawn < fleet.offlineShare) return 'never';
    return drawn < fleet.offlineShare + fleet.lateShare ? 'late' : 'soon';
  };
}

function createPlatformChoice(fleet: FleetSettings, draw: Draw): (index: number) => PlatformName {
  const total = platformNames.reduce((sum, name) => sum + fleet.platforms[name], 0);
  return (index) => {
    let rest = draw(index) * total;
    for (const name of platformNames) {
      rest -= fleet.platforms[name];
      if (rest < 0) return name;
    }
    // Rounding can leave a crumb; it belongs to the last platform that has any weight.
    return platformNames.findLast((name) => fleet.platforms[name] > 0) ?? 'windows';
  };
}
