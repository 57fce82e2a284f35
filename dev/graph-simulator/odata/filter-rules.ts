/** What `$filter` may do with one property. */
export interface FilterRule {
  operators: readonly string[];
  /** Whether several values may be combined with `or`. */
  or: boolean;
  /** What its values are. */
  type: 'string' | 'date';
}

const date: FilterRule = { operators: ['lt', 'gt'], or: false, type: 'date' };
const anyOf: FilterRule = { operators: ['eq'], or: true, type: 'string' };
const equal: FilterRule = { operators: ['eq'], or: false, type: 'string' };
const named: FilterRule = { operators: ['eq', 'contains'], or: false, type: 'string' };
const contains: FilterRule = { operators: ['contains'], or: false, type: 'string' };
const equalOrNot: FilterRule = { operators: ['eq', 'ne'], or: false, type: 'string' };

/**
 * The properties that support `$filter`, with the operators that their descriptions name (Graph
 * metadata of 2026-08). All others cannot be filtered by.
 */
export const filterRules: ReadonlyMap<string, FilterRule> = new Map([
  ['lastSyncDateTime', date],
  ['enrolledDateTime', date],
  ['complianceGracePeriodExpirationDateTime', date],
  ['operatingSystem', anyOf],
  ['complianceState', anyOf],
  ['managementAgent', anyOf],
  ['managementState', anyOf],
  ['jailBroken', anyOf],
  ['manufacturer', anyOf],
  ['imei', anyOf],
  ['serialNumber', anyOf],
  ['deviceCategoryDisplayName', anyOf],
  ['exchangeAccessState', anyOf],
  ['deviceName', named],
  ['model', named],
  ['osVersion', contains],
  ['emailAddress', contains],
  ['phoneNumber', contains],
  ['userPrincipalName', equalOrNot],
  ['azureADDeviceId', equal],
]);
