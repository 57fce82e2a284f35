metadata description = 'What is reported. Each query is a file in kql, each rule has a page in docs/alerts.'

param prefix string
param location string
param tags object
param workspaceId string

@description('The only group these rules act on. A rule about this app that started a run would never end.')
param notifyGroupId string
param errorRatePercent int
param watchGraphActivity bool

@description('The object id of the app\'s identity.')
param principalId string

@description('How commands are sent: perDevice or bulk.')
param sendMode string

// A window is longer than the interval, so that what arrives late is still seen. None is over two days, which is
// as far back as an alert looks.
var rules = [
  {
    name: 'no-successful-run'
    title: 'No run succeeded for 8 days'
    severity: 1
    query: loadTextContent('../kql/no-successful-run.kql')
    every: 'PT1H'
    over: 'PT6H'
    operator: 'GreaterThan'
    threshold: 0
    isOn: true
  }
  {
    name: 'watchdog-silent'
    title: 'The app shows no sign of life'
    severity: 1
    query: loadTextContent('../kql/watchdog-silent.kql')
    every: 'PT30M'
    over: 'PT2H'
    operator: 'LessThan'
    threshold: 1
    isOn: true
  }
  {
    name: 'failed-run'
    title: 'A run failed'
    severity: 1
    query: loadTextContent('../kql/failed-run.kql')
    every: 'PT15M'
    over: 'PT1H'
    operator: 'GreaterThan'
    threshold: 0
    isOn: true
  }
  {
    name: 'force-closed-run'
    title: 'A run was closed at its deadline'
    severity: 2
    query: loadTextContent('../kql/force-closed-run.kql')
    every: 'PT15M'
    over: 'PT1H'
    operator: 'GreaterThan'
    threshold: 0
    isOn: true
  }
  {
    name: 'error-rate'
    title: 'Too many devices of a run failed'
    severity: 2
    query: replace(loadTextContent('../kql/error-rate.kql'), '__ERROR_RATE_PERCENT__', string(errorRatePercent))
    every: 'PT15M'
    over: 'PT1H'
    operator: 'GreaterThan'
    threshold: 0
    isOn: true
  }
  {
    name: 'poison-messages'
    title: 'A message failed for good'
    severity: 2
    query: loadTextContent('../kql/poison-messages.kql')
    every: 'PT15M'
    over: 'PT1H'
    operator: 'GreaterThan'
    threshold: 0
    isOn: true
  }
  {
    name: 'throttling'
    title: 'Graph throttles a run'
    severity: 3
    query: loadTextContent('../kql/throttling.kql')
    every: 'PT15M'
    over: 'PT1H'
    operator: 'GreaterThan'
    threshold: 0
    isOn: true
  }
  {
    name: 'graph-misuse'
    title: 'The app\'s identity does what the app never does'
    severity: 0
    query: replace(replace(loadTextContent('../kql/graph-misuse.kql'), '__PRINCIPAL_ID__', principalId), '__SEND_MODE__', sendMode)
    every: 'PT5M'
    over: 'PT30M'
    operator: 'GreaterThan'
    threshold: 0
    isOn: watchGraphActivity
  }
]

resource alertRules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in rules: if (rule.isOn) {
  name: '${prefix}-${rule.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'fleet-sync: ${rule.title}'
    description: 'What it means and what to do: docs/alerts/${rule.name}.md'
    enabled: true
    severity: rule.severity
    scopes: [
      workspaceId
    ]
    evaluationFrequency: rule.every
    windowSize: rule.over
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Count'
          operator: rule.operator
          threshold: rule.threshold
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    autoMitigate: true
    // A table appears with its first row, after the first run.
    skipQueryValidation: true
    actions: {
      actionGroups: [
        notifyGroupId
      ]
    }
  }
}]
