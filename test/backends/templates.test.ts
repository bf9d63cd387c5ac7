import { readFileSync, readdirSync } from 'node:fs';
import Handlebars from 'handlebars';
import { expect, test } from 'vitest';
import { correlationFields } from './correlation-fields.js';
import { backendIds } from '../../src/render/index.js';

/** What a template may read, by its name; fields of a list's elements behind a dot. */
const fields: Readonly<Record<string, readonly string[]>> = {
  'query.hbs': ['range', 'source', 'stages', 'stages.this'],
  'filter.hbs': ['first', 'search', 'where', 'condition'],
  'group.hbs': ['source', 'missing', 'condition', 'range', 'by', 'by.this'],
  'derive.hbs': ['columns', 'columns.name', 'columns.condition'],
};

/** What a template must read, lest a part of the query is lost. */
const required: Readonly<Record<string, readonly string[]>> = {
  'query.hbs': ['stages', 'stages.this'],
  'filter.hbs': ['condition'],
  'group.hbs': ['source', 'missing', 'condition', 'range', 'by', 'by.this'],
  'derive.hbs': ['columns', 'columns.name', 'columns.condition'],
};

const files = backendIds.flatMap((id) => [
  { name: 'query.hbs', path: `backends/${id}/query.hbs` },
  { name: 'correlation.hbs', path: `backends/${id}/correlation.hbs` },
  ...readdirSync(`backends/${id}/stages`).map((name) => ({
    name,
    path: `backends/${id}/stages/${name}`,
  })),
]);

interface Found {
  readonly paths: string[];
  readonly problems: string[];
}

function walk(node: hbs.AST.Program, list: string, found: Found): void {
  for (const statement of node.body) {
    switch (statement.type) {
      case 'ContentStatement':
      case 'CommentStatement':
        break;
      case 'MustacheStatement': {
        const { path, params, hash, escaped } = statement as hbs.AST.MustacheStatement;
        if (!escaped) found.problems.push('a triple mustache');
        if (params.length > 0 || (hash as hbs.AST.Hash | undefined))
          found.problems.push('a helper');
        note(path, list, found);
        break;
      }
      case 'BlockStatement': {
        const block = statement as hbs.AST.BlockStatement;
        const name = block.path.original;
        if (!['each', 'if', 'unless'].includes(name)) found.problems.push(`the helper ${name}`);
        note(block.params[0]!, list, found);
        const inner =
          name === 'each' ? `${(block.params[0] as hbs.AST.PathExpression).original}.` : list;
        walk(block.program, inner, found);
        if ((block as Partial<hbs.AST.BlockStatement>).inverse) walk(block.inverse, list, found);
        break;
      }
      default:
        found.problems.push(statement.type);
    }
  }
}

function note(path: hbs.AST.Node, list: string, found: Found): void {
  if (path.type !== 'PathExpression') {
    found.problems.push(path.type);
    return;
  }
  const { original, data } = path as hbs.AST.PathExpression;
  if (!data) found.paths.push(list + original);
  else if (!['@first', '@last'].includes(original)) found.problems.push(original);
}

function check(name: string, text: string): Found {
  const found: Found = { paths: [], problems: [] };
  walk(Handlebars.parse(text), '', found);
  if (/\\\{\{/.test(text)) found.problems.push('a backslash before a mustache');
  const known = fields[name];
  for (const path of found.paths) {
    if (known ? !known.includes(path) : !correlationFields.has(path.split(/[./]/).at(-1)!)) {
      found.problems.push(`the unknown field ${path}`);
    }
  }
  return found;
}

test.each(files)('$path only lays out', ({ name, path }) => {
  const { paths, problems } = check(name, readFileSync(path, 'utf8'));
  expect(problems).toEqual([]);
  for (const field of required[name] ?? []) expect(paths).toContain(field);
});

test.each([
  ['a triple mustache', '{{{condition}}}'],
  ['a helper', '{{upper condition}}'],
  ['an unknown field', '{{constructor}}'],
  ['a field behind a silent if', '{{#if missing}}x{{/if}}'],
  ['a partial', '{{> other}}'],
  ['a backslash before a mustache', '\\\\{{condition}}'],
])('the check finds %s', (_, text) => {
  expect(check('filter.hbs', text).problems).not.toEqual([]);
});
