metadata description = 'The workbook: its layout is workbook.json, its queries are the files in kql.'

param location string
param tags object
param workspaceId string

@description('After so many hours a run is closed by force.')
param deadlineHours int

var queries = {
  state: loadTextContent('../kql/state.kql')
  runs: loadTextContent('../kql/runs.kql')
  'success-and-error-rate': loadTextContent('../kql/success-and-error-rate.kql')
  'failed-run': loadTextContent('../kql/failed-run.kql')
  'force-closed-run': loadTextContent('../kql/force-closed-run.kql')
  'poison-messages': loadTextContent('../kql/poison-messages.kql')
  'throttled-answers': loadTextContent('../kql/throttled-answers.kql')
  throttling: loadTextContent('../kql/throttling.kql')
  pace: loadTextContent('../kql/pace.kql')
  'duration-against-deadline': replace(loadTextContent('../kql/duration-against-deadline.kql'), '__DEADLINE_HOURS__', string(deadlineHours))
  'check-in-rate': loadTextContent('../kql/check-in-rate.kql')
  'check-in-time': loadTextContent('../kql/check-in-time.kql')
  'silent-devices': loadTextContent('../kql/silent-devices.kql')
  'execution-cost': loadTextContent('../kql/execution-cost.kql')
  'log-cost': loadTextContent('../kql/log-cost.kql')
}

var layout = loadJsonContent('../workbook.json')

// An item with a query names it; its text comes from the file of that name.
var items = map(layout.items, item => union(item, contains(queries, item.name) ? { content: { query: queries[item.name] } } : {}))

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'fleet-sync')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'fleet-sync'
    category: 'workbook'
    sourceId: workspaceId
    version: layout.version
    serializedData: string(union(layout, { items: items, fallbackResourceIds: [ workspaceId ] }))
  }
}
