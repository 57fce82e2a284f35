import { describe, expect, test } from 'vitest';
import { matchRoute } from '../../../../dev/functions-host/http/match-route.ts';
import { parseRouteTemplate } from '../../../../dev/functions-host/http/route-template.ts';
import { splitPath } from '../../../../dev/functions-host/http/split-path.ts';

function match(route: string, path: string) {
  const segments = splitPath(path);
  return segments === undefined
    ? undefined
    : matchRoute(parseRouteTemplate(route, 'here'), segments);
}

const guid = '0f8fad5b-d9cb-469f-a165-70867728950e';

describe('a route', () => {
  test.each([
    ['runs', '/runs', {}],
    ['runs', '/RUNS/', {}],
    ['runs/{id}', '/runs/5', { id: '5' }],
    ['runs/{id}/devices', '/runs/a%20b/devices', { id: 'a b' }],
    ['runs/{id}', '/runs/a%2Fb', { id: 'a%2Fb' }],
    ['runs/{id}', '/runs/100%', { id: '100%' }],
    ['runs/{id?}', '/runs', {}],
    ['runs/{id=latest}', '/runs', { id: 'latest' }],
    ['files/{*path}', '/files/a/b', { path: 'a/b' }],
    ['files/{*path}', '/files', {}],
    ['files/{name}.{extension}', '/files/a.txt', { name: 'a', extension: 'txt' }],
    ['x/{id:guid}', `/x/${guid}`, { id: guid }],
    ['x/{id:int:min(5)}', '/x/7', { id: '7' }],
    ['x/{id:int?}', '/x', {}],
    ['x/{code:length(2)}', '/x/ab', { code: 'ab' }],
    ['x/{code:regex(^\\d+-(a|b)$)}', '/x/12-a', { code: '12-a' }],
  ])('%s matches %s', (route, path, expected) => {
    expect(match(route, path)).toEqual(expected);
  });

  test.each([
    ['runs', '/'],
    ['runs', '/runs/5'],
    ['runs', '//runs'],
    ['runs', '/runs//'],
    ['runs/{id}', '/runs'],
    ['runs/{id}', '/runs/a/b'],
    ['x/{id:int}', '/x/5a'],
    ['x/{id:int}', '/x/2147483648'],
    ['x/{id:guid}', '/x/5'],
    ['x/{id:bool}', '/x/yes'],
    ['x/{id:alpha}', '/x/a1'],
    ['x/{id:range(1,5)}', '/x/6'],
    ['x/{id:maxlength(2)}', '/x/abc'],
    ['x/{id:datetime}', '/x/soon'],
  ])('%s does not match %s', (route, path) => {
    expect(match(route, path)).toBeUndefined();
  });

  test.each([
    ['x/{id:uuid}', "unknown constraint 'uuid'"],
    ['x/{id', "cannot read '{id'"],
    ['{*all}/x', 'a catch-all must be the last segment'],
  ])('%s is refused: %s', (route, problem) => {
    expect(() => parseRouteTemplate(route, 'here')).toThrow(problem);
  });

  test('the more specific one sorts first', () => {
    const routes = ['a/{*rest}', 'a/{id}', 'a/{id:int}', 'a/b', 'a/b/{id}'];
    const sorted = routes
      .map((route) => [parseRouteTemplate(route, 'here').precedence, route])
      .sort()
      .map(([, route]) => route);
    expect(sorted).toEqual(['a/b', 'a/b/{id}', 'a/{id:int}', 'a/{id}', 'a/{*rest}']);
  });
});
