/**
 * Columns that the queries use, by table of the workspace
 * (learn.microsoft.com/azure/azure-monitor/reference/tables).
 */
export const tables = {
  AppMetrics: [
    'TimeGenerated',
    'Name',
    'Sum',
    'Min',
    'Max',
    'ItemCount',
    'Properties',
    'AppRoleName',
  ],
  AppEvents: ['TimeGenerated', 'Name', 'Properties', 'Measurements', 'AppRoleName'],
  StorageQueueLogs: ['TimeGenerated', 'OperationName', 'StatusText', 'StatusCode', 'ObjectKey'],
  MicrosoftGraphActivityLogs: [
    'TimeGenerated',
    'ServicePrincipalId',
    'AppId',
    'RequestMethod',
    'RequestUri',
    'ResponseStatusCode',
    'IPAddress',
    'Roles',
  ],
  AzureMetrics: ['TimeGenerated', 'ResourceProvider', 'MetricName', 'Total', 'Maximum', 'Count'],
  Usage: ['TimeGenerated', 'DataType', 'Quantity', 'IsBillable'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type TableName = keyof typeof tables;

/** Words of the language, as far as the queries use it; functions are known by their parentheses. */
export const keywords = new Set([
  'and',
  'asc',
  'bin',
  'by',
  'desc',
  'extend',
  'false',
  'has',
  'has_any',
  'in',
  'isfuzzy',
  'matches',
  'not',
  'or',
  'order',
  'project',
  'regex',
  'summarize',
  'true',
  'union',
  'where',
]);
