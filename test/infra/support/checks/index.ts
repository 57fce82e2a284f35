import type { Check } from '../infrastructure.ts';
import * as access from './access.ts';
import * as alerts from './alerts.ts';
import * as bicep from './bicep.ts';
import * as code from './code.ts';
import * as flex from './flex-consumption.ts';
import { hostIsConfigured } from './host-json.ts';
import * as operations from './operations.ts';
import * as deployable from './package.ts';
import * as queries from './queries.ts';
import * as security from './security.ts';
import * as settings from './settings.ts';
import { workbookShowsTheQueries } from './workbook.ts';

/** Every check, under what it says of the infrastructure, by subject. */
export const checks: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  'the templates': {
    'are Bicep': bicep.isBicep,
    'declare what they use and use what they declare': bicep.declaresWhatItUses,
    'give every module the parameters it takes, and can be evaluated': bicep.evaluates,
    'have no resource that escapes the checks': bicep.everyResourceIsReached,
    'take the parameters of the parameters file': bicep.parametersFileFits,
    'have every parameter documented': bicep.parametersAreDocumented,
    'give every resource a name it may have': operations.namesAreValid,
    'deploy nothing twice': operations.namesAreUnique,
    'carry the tags by which azd finds the app': operations.azdFindsTheApp,
  },
  'the app': {
    'runs on Flex Consumption': flex.isFlexConsumption,
    'sets nothing that Flex Consumption forbids': flex.setsNothingForbidden,
    'is reached by TLS 1.2 only and cannot be debugged from afar': security.siteIsEncrypted,
    'has no publishing passwords': security.noPublishingPasswords,
    'works as a user-assigned identity': security.hasAUserAssignedIdentity,
    'lets in no origin': security.letsInNoOrigin,
    'turns away callers without a token when Entra ID is on': security.entraIsEnforced,
    'denies the rest when addresses are named': security.restrictionsDenyTheRest,
  },
  secrets: {
    'are not made, listed or named': security.namesNoKeys,
    'are in no output': security.outputsNoSecrets,
    'are secure parameters': security.keepsSecretsSecure,
  },
  'storage, telemetry and network': {
    'give no shared keys and nothing in public': security.storageHasNoKeys,
    'take telemetry and logs with a token only': security.telemetryTakesTokensOnly,
    'log what matters to the workspace': operations.logsWhatMatters,
    'leave no public way in once there is a virtual network': operations.networkIsPrivate,
    'lock what cannot be made again': operations.locksWhatIsIrreplaceable,
  },
  permissions: {
    'in Azure are those needed, each on one resource': access.leastPrivilegeInAzure,
    'on Graph are those the code needs': access.leastPrivilegeOnGraph,
    'on Graph are granted apart': access.grantsOnGraphApart,
  },
  'alerts and the workbook': {
    'look back far enough and not too far': alerts.rulesSeeWhatArrivesLate,
    'can be deployed before there is data': alerts.rulesCanBeDeployedFirst,
    'never start a run': alerts.rulesOnlyNotify,
    'start runs of other rules with a token': alerts.triggerUsesTokens,
    'have a page for each rule': alerts.rulesHavePages,
    'ask tables and columns that exist': queries.queriesUseWhatExists,
    'ask for what the app emits': queries.queriesAskForWhatIsEmitted,
    'use nothing that an alert may not': queries.queriesSuitAlerts,
    'tell misuse of the identity from its use': queries.misuseIsToldFromUse,
    'use every query, filled in': queries.queriesAreUsedAndFilledIn,
    'show every query in the workbook': workbookShowsTheQueries,
  },
  'infrastructure and code': {
    'agree on the settings': settings.setsWhatTheAppReads,
    'agree on values: the app starts with them': settings.setsWhatTheAppAccepts,
    'agree on defaults': settings.defaultsAreTheApps,
    'agree on queues and poison queues': code.queuesAreTheCodes,
    'agree on tables': code.tablesAreTheCodes,
    'agree on the route of alerts': code.alertsReachTheirRoute,
    'agree on which routes are open': code.openRoutesAreTheCodes,
    'agree on the version of Node.js': deployable.nodeVersionsAgree,
    'agree on what host.json says': hostIsConfigured,
    'agree on what is deployed': deployable.packageIsTheBundle,
  },
};
